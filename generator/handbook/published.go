package handbook

import (
	"slices"
	"time"

	"tebiki/generator/source"
)

// Published is published.toml: every slug that was ever an address. A record that vanishes by
// mistake breaks links and readers' saved answers, so what was published stays, or is listed as
// withdrawn.
type Published struct {
	source.Record
	Methods   []string     `toml:"methods"`
	Measures  []string     `toml:"measures"`
	Threats   []string     `toml:"threats"`
	Withdrawn []*Withdrawn `toml:"withdrawn,optional"`
}

// A Withdrawn record was published once; its address goes on answering.
type Withdrawn struct {
	source.Record
	Kind   string    `toml:"kind"` // "methods", "measures" or "threats"
	Title  string    `toml:"title"`
	Reason string    `toml:"reason"`
	Date   time.Time `toml:"date"`

	Successors []*Measure // the measures that replace it
}

// A publishedList is what published.toml lists of one kind, beside what there is.
type publishedList struct {
	kind   string
	listed []string          // nil when the field cannot be read
	now    []string          // slugs that the content has
	has    func(string) bool // whether the content has a slug
}

func (h *Handbook) publishedLists() []publishedList {
	return []publishedList{
		{"measures", h.published.Measures, slugs(h.Measures), h.measures.has},
		{"methods", h.published.Methods, slugs(h.Methods), h.methods.has},
		{"threats", h.published.Threats, slugs(h.Threats), h.threats.has},
	}
}

// resolvePublished tells the withdrawn measures what replaces them.
func (h *Handbook) resolvePublished() {
	h.Withdrawn = h.published.Withdrawn
	successors := map[string][]*Measure{}
	for _, m := range h.Measures {
		for _, slug := range m.Replaces {
			successors[slug] = append(successors[slug], m)
		}
	}
	for _, w := range h.Withdrawn {
		if w.Kind == "measures" {
			w.Successors = successors[w.Slug]
		}
	}
}

// checkPublished compares the records with the list of what was published.
func (h *Handbook) checkPublished(report reporter) {
	if h.published.Unread() {
		return
	}
	lists := h.publishedLists()
	var names []string
	for _, list := range lists {
		names = append(names, list.kind)
	}
	withdrawn := map[[2]string]bool{} // kind and slug
	var measures []string
	for _, w := range h.Withdrawn {
		// A record of an unknown kind may be of any.
		of := []string{w.Kind}
		if !slices.Contains(names, w.Kind) {
			of = names
			if w.Kind != "" {
				report(w.Problem("kind", "種類 %q は使えません%s", w.Kind, source.DidYouMean(w.Kind, names)))
			}
		}
		for _, name := range of {
			withdrawn[[2]string{name, w.Slug}] = true
		}
		if slices.Contains(of, "measures") {
			measures = append(measures, w.Slug)
		}
	}
	for _, list := range lists {
		h.checkListed(list, withdrawn, report)
	}
	known := set(measures)
	for _, m := range h.Measures {
		for _, slug := range m.Replaces {
			if !known[slug] {
				report(m.Problem("replaces", "取り下げた対策 %q がありません%s", slug, source.DidYouMean(slug, measures)))
			}
		}
	}
}

// checkListed compares the records of a kind with those listed as published and as withdrawn.
func (h *Handbook) checkListed(list publishedList, withdrawn map[[2]string]bool, report reporter) {
	listed := set(list.listed)
	for _, w := range h.Withdrawn {
		if w.Kind != list.kind {
			continue
		}
		if list.has(w.Slug) {
			report(w.Problem("", "取り下げたはずの %q が、まだ %s/ にあります", w.Slug, list.kind))
		}
		if !listed[w.Slug] && list.listed != nil {
			report(w.Problem("", "取り下げた %q が %s の一覧にありません（公開した名前は消さず、一覧に戻してください）", w.Slug, list.kind))
		}
	}
	for _, slug := range list.listed {
		if !list.has(slug) && !withdrawn[[2]string{list.kind, slug}] {
			report(h.published.Problem(list.kind, "公開した %s/%s.md がなくなっています（戻すか、[withdrawn.%s] に取り下げた理由を書いてください）", list.kind, slug, slug))
		}
	}
	for _, slug := range list.now {
		if !listed[slug] && list.listed != nil {
			report(h.published.Problem(list.kind, "%s/%s.md がこの一覧にありません（%s に %q を足してください）", list.kind, slug, list.kind, slug))
		}
	}
}

func set(words []string) map[string]bool {
	s := make(map[string]bool, len(words))
	for _, w := range words {
		s[w] = true
	}
	return s
}
