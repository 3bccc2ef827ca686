package site

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

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
		Groups []termGroup
	}
	contactsPage struct {
		recordPage
		Current, Ended []*handbook.Contact
	}
)

// A termGroup holds the terms whose readings begin with the letters from its
// own to the next group's.
type termGroup struct {
	Name  string
	ID    string // anchor
	Terms []*handbook.Term
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
	place := b.alphabet()
	terms := slices.Clone(b.Handbook.Terms)
	slices.SortStableFunc(terms, func(a, b *handbook.Term) int { return bytes.Compare(place(a.Reading), place(b.Reading)) })
	for i, name := range strings.Fields(p.UI().Glossary.Groups) {
		page.Groups = append(page.Groups, termGroup{Name: name, ID: fmt.Sprintf("group-%d", i+1)})
	}
	for i := len(page.Groups) - 1; i >= 0; i-- {
		first, _ := utf8.DecodeRuneInString(page.Groups[i].Name)
		begin := 0 // what comes before the first group is in it
		if i > 0 {
			begin, _ = slices.BinarySearchFunc(terms, place(string(first)), func(t *handbook.Term, first []byte) int { return bytes.Compare(place(t.Reading), first) })
		}
		page.Groups[i].Terms, terms = terms[begin:], terms[:begin]
	}
	page.Groups = slices.DeleteFunc(page.Groups, func(g termGroup) bool { return len(g.Terms) == 0 })
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
