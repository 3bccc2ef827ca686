package site

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// serverRows are what only servers and search engines read.
func (b *builder) serverRows(s *Site) []Row {
	rows := []Row{
		{Address: headersAddress, In: Web, Make: func(w Writer) error {
			writeHeaders(w, s.folderRules())
			return nil
		}},
		{Address: robotsAddress, In: Web, Make: func(w Writer) error {
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
	if len(b.Handbook.Security.Contacts) > 0 {
		rows = append(rows, Row{Address: securityAddress, In: Everywhere, Make: b.securityText})
	}
	rows = append(rows, b.serverFileRows(s)...)
	if b.baseURL != "" {
		rows = append(rows, b.sitemapRow(s), b.feedRow())
	}
	return rows
}

// securityText tells whom to tell of a hole in the site, as RFC 9116 has it. It is in the zip, too, as
// are the files that the content publishes as they are: by that a later build knows that it is ours.
func (b *builder) securityText(w Writer) error {
	s := &b.Handbook.Security
	for _, contact := range s.Contacts {
		fmt.Fprintf(w, "Contact: %s\r\n", contact)
	}
	fmt.Fprintf(w, "Expires: %s\r\n", s.Expires.UTC().Format(time.RFC3339))
	fmt.Fprintf(w, "Preferred-Languages: %s\r\n", b.Handbook.Language)
	if b.baseURL != "" {
		fmt.Fprintf(w, "Canonical: %s\r\n", b.baseURL+securityAddress)
	}
	if s.Policy != "" {
		fmt.Fprintf(w, "Policy: %s\r\n", s.Policy)
	}
	return nil
}

// folders returns the folders at the top of the web's files, sorted.
func (s *Site) folders() []string {
	seen := map[string]bool{topFolder(zipAddress): true}
	for _, row := range s.Rows {
		if row.In&Web != 0 {
			seen[topFolder(row.Address)] = true
		}
	}
	for _, bundle := range s.Bundles {
		for _, folder := range bundle.Folders {
			seen[topFolder(folder+"/")] = true
		}
	}
	delete(seen, "")
	return slices.Sorted(maps.Keys(seen))
}
