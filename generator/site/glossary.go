package site

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tebiki/generator/handbook"
)

// A glossaryPage lists the terms.
type glossaryPage struct {
	recordPage
	Groups []termGroup
}

// A termGroup holds the terms whose readings begin with the letters from its own to the next
// group's.
type termGroup struct {
	Name  string
	ID    string // anchor
	Terms []*handbook.Term
}

var glossaryKind = pageKind{
	slug: "glossary", layout: "glossary",
	needed: func(h *handbook.Handbook) bool { return len(h.Terms) > 0 },
	date: func(h *handbook.Handbook) time.Time {
		return newest(h.Terms, func(t *handbook.Term) time.Time { return t.Reviewed })
	},
	view: func(p recordPage) any {
		return &glossaryPage{p, p.termGroups()}
	},
	anchors: func(b *builder) []anchor {
		anchors := append(named(b.Handbook.Terms, "", ""), named(b.Gone(termsFolder), "", "")...)
		for _, g := range b.letterGroups() {
			anchors = append(anchors, anchor{id: g.ID})
		}
		return anchors
	},
}

// letterGroups returns the groups without their terms.
func (b *builder) letterGroups() []termGroup {
	var groups []termGroup
	for i, name := range strings.Fields(b.words.Text("glossary.groups")) {
		groups = append(groups, termGroup{Name: name, ID: fmt.Sprintf("group-%d", i+1)})
	}
	return groups
}

// termGroups sorts the terms as dictionaries do and divides them by their first letters.
func (b *builder) termGroups() []termGroup {
	place, places := b.alphabet(), map[*handbook.Term][]byte{}
	for _, t := range b.Handbook.Terms {
		places[t] = place(t.Reading)
	}
	terms := slices.Clone(b.Handbook.Terms)
	slices.SortStableFunc(terms, func(a, b *handbook.Term) int { return bytes.Compare(places[a], places[b]) })
	groups := b.letterGroups()
	for i := len(groups) - 1; i >= 0; i-- {
		first, _ := utf8.DecodeRuneInString(groups[i].Name)
		begin := 0 // what comes before the first group is in it
		if i > 0 {
			begin, _ = slices.BinarySearchFunc(terms, place(string(first)), func(t *handbook.Term, first []byte) int { return bytes.Compare(places[t], first) })
		}
		groups[i].Terms, terms = terms[begin:], terms[:begin]
	}
	return slices.DeleteFunc(groups, func(g termGroup) bool { return len(g.Terms) == 0 })
}

// Names joins a list of words.
func (b *builder) Names(words []string) string {
	return strings.Join(words, b.words.Text("common.separator"))
}

func (b *builder) termDocs(add adder) {
	for _, t := range b.Handbook.Terms {
		d := add(termAddress(t), t.Term, append([]string{t.Reading}, t.Aliases...)...)
		addBody(d, t.Body)
	}
}

func termAddress(t *handbook.Term) string { return "glossary.html#" + t.Slug }
