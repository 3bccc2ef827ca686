package site

import "tebiki/generator/handbook"

// A withdrawnPage stands at the address of a withdrawn record.
type withdrawnPage struct {
	Page
	Withdrawn  *handbook.Withdrawn
	Successors []Link
}

func (b *builder) withdrawnRows() []Row {
	var rows []Row
	add := func(address string, w *handbook.Withdrawn) {
		rows = append(rows, b.row(address, "withdrawn", func() any { return b.withdrawn(address, w) }))
	}
	for _, w := range b.Handbook.Withdrawn {
		add(withdrawnAddress(w), w)
		if w.Kind == "methods" {
			add(checklistAddress(w.Slug), w)
		}
	}
	return rows
}

func (b *builder) withdrawn(address string, w *handbook.Withdrawn) *withdrawnPage {
	title, description := b.words.Text("withdrawn.title", "title", w.Title), b.words.Text("withdrawn.description", "title", w.Title)
	p := &withdrawnPage{Page: b.page(address, "withdrawn", title, description, w.Kind), Withdrawn: w}
	p.Reviewed = w.Date
	p.Successors = p.measureLinks(w.Successors, numbered)
	return p
}

func withdrawnAddress(w *handbook.Withdrawn) string { return w.Kind + "/" + w.Slug + ".html" }
