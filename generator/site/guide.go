package site

import (
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/markdown"
)

// A guidePage shows a guide.
type guidePage struct {
	Page
	Guide    *handbook.Guide
	Measures []Link
}

func (b *builder) guideRows() []Row {
	return recordRows(b, b.Handbook.Guides, "guide", guideAddress,
		func(g *handbook.Guide) *markdown.Body { return g.Body }, func(g *handbook.Guide) time.Time { return g.Checked }, func(i int) any { return b.guide(i) })
}

func (b *builder) guide(i int) *guidePage {
	g := b.Handbook.Guides[i]
	p := &guidePage{Page: b.page(guideAddress(g), "guide", g.Title, g.Summary, "guides"), Guide: g}
	p.Reviewed = g.Checked
	p.Text, p.Contents = p.text(g.Body), contents(g.Body)
	p.Previous, p.Next = neighbours(b.Handbook.Guides, i, func(g *handbook.Guide) Link { return Link{p.ToGuide(g), g.Title} })
	p.Measures = p.measureLinks(g.Measures, numbered)
	return p
}

func (b *builder) guideDocs(add adder) {
	for _, g := range b.Handbook.Guides {
		d := add(guideAddress(g), g.Title, g.Product)
		d.Add("", "", g.Summary)
		addBody(d, g.Body)
	}
}

// A guidesPage lists the guides, and by measure.
type guidesPage struct {
	recordPage
	Measures []guidedMeasure
}

// A guidedMeasure is a measure that some guide helps with.
type guidedMeasure struct {
	Link
	Guides []Link
}

var guidesKind = pageKind{
	slug: "guides", layout: "guides",
	needed: func(h *handbook.Handbook) bool { return len(h.Guides) > 0 },
	date: func(h *handbook.Handbook) time.Time {
		return newest(h.Guides, func(g *handbook.Guide) time.Time { return g.Checked })
	},
	view: func(p recordPage) any {
		view := &guidesPage{recordPage: p}
		for _, m := range p.Handbook.Measures {
			if len(m.Guides) > 0 {
				view.Measures = append(view.Measures, guidedMeasure{Link{p.ToMeasure(m), numbered(m)}, p.guideLinks(m.Guides)})
			}
		}
		return view
	},
}

func guideAddress(g *handbook.Guide) string { return "guides/" + g.Slug + ".html" }
