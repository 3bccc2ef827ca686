package site

import (
	"html/template"
	"slices"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/searchindex"
)

// A changesPage is the history of the content.
type changesPage struct {
	recordPage
	Changes []change
}

// A change is an entry of the history.
type change struct {
	*handbook.Change
	HTML template.HTML
}

var changesKind = pageKind{
	slug: "changes", layout: "changes", needed: always,
	date: func(h *handbook.Handbook) time.Time {
		return newest(h.Changes, func(c *handbook.Change) time.Time { return c.Date })
	},
	view: func(p recordPage) any {
		view := &changesPage{recordPage: p}
		for _, c := range p.Handbook.Changes {
			view.Changes = append(view.Changes, change{c, view.linked(c.Body.Lead.HTML)})
		}
		return view
	},
	anchors: func(b *builder) []anchor {
		return slices.Concat(named(b.Handbook.Changes, "", ""), named(b.Handbook.Changes, "heading-", ""), named(b.Gone(changesFolder), "", ""))
	},
	found: func(b *builder, d *searchindex.Doc) {
		for _, c := range b.Handbook.Changes {
			d.Add(c.Slug, c.Title)
			addParts(d, c.Slug, "", c.Body.Lead.Parts)
		}
	},
}
