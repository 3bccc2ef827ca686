package site

import (
	"fmt"
	"strings"

	"tebiki/generator/handbook"
)

// The kinds of pages of the library.
type (
	guidesPage struct {
		recordPage
		Measures []*handbook.Measure // that some guide helps with
	}
	guidePage struct {
		Page
		Guide *handbook.Guide
	}
	glossaryPage struct {
		recordPage
		Letters []letter
	}
	contactsPage struct {
		recordPage
		Current, Ended []*handbook.Contact
	}
)

// A letter holds the terms whose readings begin with it.
type letter struct {
	Letter string
	ID     string // anchor
	Terms  []*handbook.Term
}

// libraryPages are the pages that list a part of the library, with the number
// of records each lists.
func (b *builder) libraryPages() map[string]int {
	h, tests := b.Handbook, 0
	if h.SelfTest != nil {
		tests = 1
	}
	return map[string]int{
		"guides":     len(h.Guides),
		"glossary":   len(h.Terms),
		"survey":     len(h.Charts),
		"contacts":   len(h.Contacts),
		"references": len(h.References),
		"lifecycles": len(h.Lifecycles),
		"guideline":  tests,
	}
}

func (b *builder) guides(p recordPage) (*Page, any) {
	page := &guidesPage{recordPage: p}
	for _, m := range b.Handbook.Measures {
		if len(b.Handbook.GuidesFor(m)) > 0 {
			page.Measures = append(page.Measures, m)
		}
	}
	return &page.Page, page
}

func (b *builder) guide(g, before, after *handbook.Guide) (*Page, any) {
	page := &guidePage{Page: b.page(address(g), "guide", g.Title, g.Summary, "guides"), Guide: g}
	page.Reviewed = g.Checked
	page.Contents = contents(g.Body)
	if before != nil {
		page.Previous = &Link{address(before), before.Title}
	}
	if after != nil {
		page.Next = &Link{address(after), after.Title}
	}
	return &page.Page, page
}

func (b *builder) glossary(p recordPage) (*Page, any) {
	page := &glossaryPage{recordPage: p}
	for _, t := range b.Handbook.Terms {
		first := string([]rune(t.Reading)[:1])
		last := len(page.Letters) - 1
		if last < 0 || page.Letters[last].Letter != first {
			page.Letters = append(page.Letters, letter{Letter: first, ID: fmt.Sprintf("letter-%d", last+2)})
			last++
		}
		page.Letters[last].Terms = append(page.Letters[last].Terms, t)
	}
	return &page.Page, page
}

func (b *builder) contacts(p recordPage) (*Page, any) {
	page := &contactsPage{recordPage: p}
	for _, c := range b.Handbook.Contacts {
		if c.Ended.IsZero() {
			page.Current = append(page.Current, c)
		} else {
			page.Ended = append(page.Ended, c)
		}
	}
	return &page.Page, page
}

// Day words a day as far as it is known.
func (p *Page) Day(d handbook.Day) string {
	if d.MonthOnly {
		return fill(p.UI().Common.Month, "year", d.Year(), "month", int(d.Month()))
	}
	return p.Date(d.Time)
}

// Names joins a list of words.
func (p *Page) Names(words []string) string { return strings.Join(words, p.UI().Common.Separator) }
