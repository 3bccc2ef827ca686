package site

import (
	"cmp"
	"encoding/xml"
	"slices"
	"time"

	"tebiki/generator/handbook"
)

// sitemapRow tells search engines of the pages, and when each was last looked at by somebody.
func (b *builder) sitemapRow(s *Site) Row {
	return Row{Address: sitemapAddress, In: Web, Make: func(w Writer) error {
		w.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
		for _, row := range s.listed() {
			w.WriteString("<url><loc>")
			xml.EscapeText(w, []byte(b.baseURL+row.Address)) // a buffer takes everything
			w.WriteString("</loc>")
			if !row.Date.IsZero() {
				w.WriteString("<lastmod>" + row.Date.Format(time.DateOnly) + "</lastmod>")
			}
			w.WriteString("</url>\n")
		}
		w.WriteString("</urlset>\n")
		return nil
	}}
}

// listed returns the rows that search engines are told of, by address.
func (s *Site) listed() []Row {
	rows := slices.DeleteFunc(slices.Clone(s.Rows), func(row Row) bool { return !row.Listed })
	slices.SortFunc(rows, func(a, b Row) int { return cmp.Compare(a.Address, b.Address) })
	return rows
}

func measureDate(m *handbook.Measure) time.Time { return m.Reviewed }

// checklistDate returns the newest date of a method and of what is on its checklist.
func checklistDate(m *handbook.Method) time.Time {
	return newer(m.Reviewed, newest(m.Measures, measureDate))
}

// newest returns the newest date of records, the zero time when there are none.
func newest[T any](records []T, date func(T) time.Time) time.Time {
	var day time.Time
	for _, record := range records {
		day = newer(day, date(record))
	}
	return day
}

func newer(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
