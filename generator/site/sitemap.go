package site

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"slices"
	"time"

	"tebiki/generator/handbook"
)

// sitemapRow tells search engines of the pages, and when each was last looked at by somebody.
func (b *builder) sitemapRow(s *Site) Row {
	return Row{Address: sitemapAddress, In: Web, Make: func(w *bytes.Buffer) error {
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

// listedDate returns the newest date of the records that a page of the content lists.
func (b *builder) listedDate(slug string) time.Time {
	h := b.Handbook
	switch slug {
	case measuresKind.slug, matrixKind.slug:
		return newest(h.Measures, measureDate)
	case methodsKind.slug:
		return newest(h.Methods, func(m *handbook.Method) time.Time { return m.Reviewed })
	case threatsKind.slug:
		return newest(h.Threats, func(t *handbook.Threat) time.Time { return t.Reviewed })
	case guidesKind.slug:
		return newest(h.Guides, func(g *handbook.Guide) time.Time { return g.Checked })
	case glossaryKind.slug:
		return newest(h.Terms, func(t *handbook.Term) time.Time { return t.Reviewed })
	case contactsKind.slug:
		return newest(h.Contacts, func(c *handbook.Contact) time.Time { return c.Checked })
	case referencesKind.slug:
		return newest(h.References, func(r *handbook.Reference) time.Time { return r.Checked })
	case lifecyclesKind.slug:
		return newest(h.Lifecycles, func(l *handbook.Lifecycle) time.Time { return l.Checked })
	case incidentsKind.slug:
		return newest(h.Incidents, func(i *handbook.Incident) time.Time { return i.Checked })
	case frameworksKind.slug:
		return newest(h.Frameworks, func(f *handbook.Framework) time.Time { return f.Checked })
	case changesKind.slug:
		return newest(h.Changes, func(c *handbook.Change) time.Time { return c.Date })
	}
	return time.Time{}
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
