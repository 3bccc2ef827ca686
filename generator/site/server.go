package site

import (
	"bytes"
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
		rows = append(rows, b.sitemapRow(s), b.feedRow())
	}
	return rows
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
