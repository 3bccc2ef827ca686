package site

import (
	"strings"

	"tebiki/generator/handbook"
	"tebiki/generator/searchindex"
)

// A workspacePage is the page of the companies.
type workspacePage struct {
	recordPage
	Catalogue catalogue
	Companies string // link to the companies side by side
}

// A catalogue is what scripts know of the handbook.
type catalogue struct {
	*Page
	Measures    []catalogueMeasure
	Preparation bool // some measure is one
}

// A catalogueMeasure is what scripts know of a measure.
type catalogueMeasure struct {
	*handbook.Measure
	Href          string
	ReplacesWords string // the slugs, apart by spaces
	In            string // "company-vpn:high employee-vpn:preparation": methods and priorities
	ThreatWords   string // the slugs, apart by spaces
}

func (p *Page) catalogue() catalogue {
	c := catalogue{Page: p}
	for _, m := range p.Handbook.Measures {
		var in []string
		for _, listing := range m.Listings {
			group := preparationSlug
			if listing.Priority != nil {
				group = listing.Priority.Slug
			}
			in = append(in, listing.Method.Slug+":"+group)
		}
		c.Measures = append(c.Measures, catalogueMeasure{m, p.ToMeasure(m), strings.Join(m.Replaces, " "), strings.Join(in, " "), strings.Join(m.ThreatSlugs, " ")})
		c.Preparation = c.Preparation || m.Preparation
	}
	return c
}

var workspaceKind = pageKind{
	slug: "workspace", layout: "workspace", needed: never, alone: true,
	view: func(p recordPage) any {
		return &workspacePage{p, p.catalogue(), p.Root + companiesAddress}
	},
	found: func(b *builder, d *searchindex.Doc) {
		d.Add("", b.words.Text("files.save"), b.words.Text("files.save_text"))
		d.Add("", b.words.Text("files.table"), b.words.Text("files.table_text"))
		d.Add("", b.words.Text("files.load"), b.words.Text("files.load_text"))
		d.Add("", b.words.Text("share.heading"), b.words.Text("share.text"))
		d.Add("", b.words.Text("workspace.erase"), b.words.Text("workspace.erase_text"))
	},
}
