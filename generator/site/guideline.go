package site

import (
	"tebiki/generator/handbook"
	"tebiki/generator/searchindex"
)

// guidelineKind is the page that holds the self-test, if the content has one.
var guidelineKind = pageKind{
	slug: "guideline", layout: "guideline",
	needed: func(h *handbook.Handbook) bool { return h.SelfTest != nil }, alone: true,
	view: func(p recordPage) any {
		p.Contents = contents(p.Record.Body)
		if test := p.Handbook.SelfTest; test != nil {
			p.Contents = append([]Link{{"#self-test", test.Title}}, p.Contents...)
		}
		return &p
	},
	found: func(b *builder, d *searchindex.Doc) {
		if test := b.Handbook.SelfTest; test != nil {
			d.Add("self-test", test.Title, test.Lead)
			for _, s := range test.Statements {
				d.Add("self-test", "", s.Text)
			}
		}
	},
}
