package site

import (
	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// An anchor is a name that a record gives a place on a page.
type anchor struct {
	id   string
	of   *source.Record // nil for a name of the site's own, which the page may have
	line int            // of the heading whose name it is; 0 for a name of the record
	kind string         // of the texts that all have this heading: "measure"
}

// named returns the anchors of records, which are their slugs with something before and behind.
func named[T interface{ Self() *source.Record }](records []T, before, behind string) []anchor {
	anchors := make([]anchor, len(records))
	for i, r := range records {
		anchors[i] = anchor{id: before + r.Self().Slug + behind, of: r.Self()}
	}
	return anchors
}

// headings returns the anchors that a text gives its page. kind names the sections that all texts
// of its kind have.
func headings(of *source.Record, body *markdown.Body, kind string) []anchor {
	var anchors []anchor
	for _, a := range body.Anchors {
		anchors = append(anchors, anchor{id: a.ID, of: of, line: a.Line})
	}
	for _, s := range body.Sections {
		if s.ID != "" && body.Anchor(s.ID) == 0 {
			anchors = append(anchors, anchor{id: s.ID, of: of, line: s.Line, kind: kind})
		}
	}
	return anchors
}
