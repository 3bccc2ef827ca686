package handbook

import (
	"time"

	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// A Page is a page that is written rather than listed, or the heading and lead of a page that the
// site lists from records.
type Page struct {
	source.Record
	Title       string    `toml:"title"`
	Label       string    `toml:"label"` // in navigation and breadcrumbs
	Description string    `toml:"description"`
	Reviewed    time.Time `toml:"reviewed"`
	Document    bool      `toml:"document,optional"` // its sections are a document to be printed and changed
	Body        *markdown.Body
}

func (p *Page) check(_ *Handbook, report reporter) { checkNamed(&p.Record, p.Body, report) }

// checkNamed reports headings without a name of their own, of texts whose headings are no sections of
// the edition: links lead to them.
func checkNamed(r *source.Record, body *markdown.Body, report reporter) {
	for _, s := range body.Sections {
		if s.ID == "" && s.Heading != "" {
			report(r.ProblemAt(s.Line, "見出し「%s」に名前がありません（「## 見出し {#name}」の形で書いてください）", s.Heading))
		}
	}
}
