package site

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"tebiki/generator/handbook"
)

// A withdrawnPage stands at the address of a withdrawn record.
type withdrawnPage struct {
	Page
	Withdrawn  *handbook.Withdrawn
	Successors []Link
}

func (b *builder) withdrawnRows() []Row {
	var rows []Row
	add := func(address, layout string, w *handbook.Withdrawn) {
		row := b.row(address, layout, func() any { return b.withdrawn(address, layout, w) })
		row.Date = w.Date
		rows = append(rows, row)
	}
	for _, w := range b.Handbook.Withdrawn {
		if isOnList(w.Kind) {
			continue // their pages go on listing them
		}
		add(withdrawnAddress(w), "withdrawn", w)
		if w.Kind == "methods" {
			add(checklistAddress(w.Slug), "withdrawn", w)
			add(embeddedAddress(w.Slug), "embed-withdrawn", w)
		}
	}
	return rows
}

func (b *builder) withdrawn(address, layout string, w *handbook.Withdrawn) *withdrawnPage {
	title, description := b.words.Text("withdrawn.title", "title", w.Title), b.words.Text("withdrawn.description", "title", w.Title)
	above := w.Kind
	if w.Kind == "incidents" {
		above = incidentsKind.slug
	}
	if b.Handbook.Page(above) == nil {
		above = "" // it was the last of its kind, or a page by itself
	}
	p := &withdrawnPage{Page: b.page(address, layout, title, description, above), Withdrawn: w}
	p.Reviewed = w.Date
	p.Successors = p.measureLinks(w.Successors, numbered)
	if w.To != "" {
		p.Successors = append(p.Successors, Link{p.Root + w.To, b.titleAt(w.To)})
	}
	return p
}

// titleAt returns the title of the page at an address, or the address where it has none of its own.
func (b *builder) titleAt(address string) string {
	page, _, _ := strings.Cut(address, "#")
	for _, p := range b.Handbook.Pages {
		if pageAddress(p) == page {
			return p.Title
		}
	}
	return address
}

func withdrawnAddress(w *handbook.Withdrawn) string { return recordAddress(w.Kind, w.Slug) }

// recordAddress returns the address of the page of a record, also of one that is gone.
func recordAddress(folder, slug string) string {
	switch folder {
	case "pages":
		return slug + ".html"
	case "incidents":
		return incidentFolder + "/" + slug + ".html"
	}
	return folder + "/" + slug + ".html"
}

// A movedLink is where a heading of the page went. Links to its name lead to it.
type movedLink struct {
	ID string
	Link
}

// movedFrom returns the headings that pages do not have any more, by address.
func movedFrom(h *handbook.Handbook) map[string][]*handbook.Moved {
	moved := map[string][]*handbook.Moved{}
	for _, m := range h.Moved {
		folder, slug, _ := strings.Cut(m.Of, "/")
		address := recordAddress(folder, slug)
		moved[address] = append(moved[address], m)
	}
	return moved
}

// Moved returns where headings of the page went.
func (p *Page) Moved() []movedLink {
	var links []movedLink
	for _, m := range p.moved[p.Address] {
		links = append(links, movedLink{m.Slug, Link{p.Root + m.To, m.Title}})
	}
	return links
}

// A redirect leads from the address of a page that is gone to what took its place.
type redirect struct{ From, To string }

// redirects are for servers. Where none does it, as on file://, a page stands there and says so.
func (b *builder) redirects() []redirect {
	var all []redirect
	for _, w := range b.Handbook.Withdrawn {
		if w.To != "" && !isOnList(w.Kind) {
			all = append(all, redirect{withdrawnAddress(w), w.To})
		}
	}
	return all
}

// redirectRows tell of them in Netlify's form.
func (b *builder) redirectRows() []Row {
	var lines bytes.Buffer
	for _, r := range b.redirects() {
		fmt.Fprintf(&lines, "/%s /%s 301!\n", r.From, r.To)
	}
	if lines.Len() == 0 {
		return nil
	}
	return rowsIn(Web, map[string][]byte{redirectsAddress: lines.Bytes()})
}

// Folders of records that a page lists, and to which links lead by their names there.
const (
	termsFolder      = "terms"
	surveyFolder     = "survey"
	contactsFolder   = "contacts"
	referencesFolder = "references"
	lifecyclesFolder = "lifecycles"
	changesFolder    = "changes"
)

// isOnList reports whether the records of a folder have no pages of their own.
func isOnList(folder string) bool {
	return slices.Contains([]string{termsFolder, surveyFolder, contactsFolder, referencesFolder, lifecyclesFolder, changesFolder}, folder)
}

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
