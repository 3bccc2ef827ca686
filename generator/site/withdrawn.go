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
		if w.Kind == termsFolder || w.Kind == surveyFolder {
			continue // their pages go on listing them
		}
		add(withdrawnAddress(w), w)
		if w.Kind == "methods" {
			add(checklistAddress(w.Slug), w)
		}
	}
	return rows
}

func (b *builder) withdrawn(address string, w *handbook.Withdrawn) *withdrawnPage {
	title, description := b.words.Text("withdrawn.title", "title", w.Title), b.words.Text("withdrawn.description", "title", w.Title)
	above := w.Kind
	if w.Kind == "incidents" {
		above = incidentsKind.slug
	}
	if b.Handbook.Page(above) == nil {
		above = "" // it was the last of its kind, or a page by itself
	}
	p := &withdrawnPage{Page: b.page(address, "withdrawn", title, description, above), Withdrawn: w}
	p.Reviewed = w.Date
	p.Successors = p.measureLinks(w.Successors, numbered)
	return p
}

func withdrawnAddress(w *handbook.Withdrawn) string {
	switch w.Kind {
	case "pages":
		return w.Slug + ".html"
	case "incidents":
		return incidentFolder + "/" + w.Slug + ".html"
	}
	return w.Kind + "/" + w.Slug + ".html"
}

// Folders of records that a page lists, and to which links lead by their names there.
const (
	termsFolder  = "terms"
	surveyFolder = "survey"
)

// Gone returns the withdrawn records of a folder.
func (b *builder) Gone(folder string) []*handbook.Withdrawn {
	var gone []*handbook.Withdrawn
	for _, w := range b.Handbook.Withdrawn {
		if w.Kind == folder {
			gone = append(gone, w)
		}
	}
	return gone
}
