package site

import (
	"bytes"
	"encoding/xml"
	"maps"
	"path"
	"slices"
)

// shareRows is the picture shown where links to the site are shared.
func (b *builder) shareRows() []Row {
	if b.Handbook.ShareImage == nil {
		return nil
	}
	return rowsOf(map[string][]byte{shareAddress: b.Handbook.ShareImage})
}

// serverRows are what only servers and search engines read.
func (b *builder) serverRows(s *Site) []Row {
	rows := []Row{
		{Address: headersAddress, In: Web, Make: func(w *bytes.Buffer) error {
			writeHeaders(w, s.folders())
			return nil
		}},
		{Address: robotsAddress, In: Web, Make: func(w *bytes.Buffer) error {
			w.WriteString("User-agent: *\nAllow: /\n")
			if b.baseURL != "" {
				w.WriteString("Sitemap: " + b.baseURL + sitemapAddress + "\n")
			}
			return nil
		}},
	}
	if b.keeps() {
		rows = append(rows, b.manifestRow())
	}
	if b.baseURL != "" {
		rows = append(rows, Row{Address: sitemapAddress, In: Web, Make: func(w *bytes.Buffer) error {
			w.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
			for _, address := range s.listed() {
				w.WriteString("<url><loc>")
				xml.EscapeText(w, []byte(b.baseURL+address)) // a buffer takes everything
				w.WriteString("</loc></url>\n")
			}
			w.WriteString("</urlset>\n")
			return nil
		}})
	}
	return rows
}

// listed returns the addresses that search engines are told of, sorted.
func (s *Site) listed() []string {
	var addresses []string
	for _, row := range s.Rows {
		if row.Listed {
			addresses = append(addresses, row.Address)
		}
	}
	slices.Sort(addresses)
	return addresses
}

// folders returns the folders that files of the web lie in, sorted.
func (s *Site) folders() []string {
	seen := map[string]bool{path.Dir(zipAddress): true}
	for _, row := range s.Rows {
		if folder := path.Dir(row.Address); folder != "." && row.In&Web != 0 {
			seen[folder] = true
		}
	}
	for _, bundle := range s.Bundles {
		for _, folder := range bundle.Folders {
			seen[folder] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}
