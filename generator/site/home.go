package site

import (
	"tebiki/generator/handbook"
	"tebiki/generator/searchindex"
)

// A homePage is the start page.
type homePage struct {
	recordPage
	Grid      []gridRow
	Steps     int // questions on the longest path of the flow
	First     *handbook.Priority
	Catalogue catalogue

	FirstHour *Link // for readers in an emergency; nil when the content says nothing to them
}

// A gridRow holds the methods of one owner, one cell for each access.
type gridRow struct {
	Owner *handbook.Axis
	Cells [][]*handbook.Method
}

var homeKind = pageKind{
	slug: "index", layout: "index", needed: always,
	view: func(p recordPage) any {
		h := p.Handbook
		view := &homePage{recordPage: p, First: h.Priorities[0], FirstHour: p.PageLink("incident")}
		view.Catalogue = p.catalogue()
		for _, end := range h.Flow.Ends() {
			view.Steps = max(view.Steps, len(end.Steps))
		}
		// Without rows or columns the methods are a list.
		for _, owner := range h.Owners {
			if len(h.Accesses) == 0 {
				break
			}
			row := gridRow{Owner: owner}
			for _, access := range h.Accesses {
				var cell []*handbook.Method
				for _, m := range h.Methods {
					if m.Owner == owner && m.Access == access {
						cell = append(cell, m)
					}
				}
				row.Cells = append(row.Cells, cell)
			}
			view.Grid = append(view.Grid, row)
		}
		return view
	},
	found: func(b *builder, d *searchindex.Doc) {
		d.Add("steps", b.words.Text("home.steps"), b.words.Text("home.choose_text"), b.words.Text("home.show_text"))
	},
}
