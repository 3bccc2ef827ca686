package site

import (
	"cmp"

	"tebiki/generator/markdown"
	"tebiki/generator/searchindex"
)

// An adder adds something that can be found; names are others for the same: readings,
// abbreviations, numbers.
type adder func(address, title string, names ...string) *searchindex.Doc

// addBody adds a text to what can be found.
func addBody(d *searchindex.Doc, body *markdown.Body) {
	addParts(d, "", "", body.Lead.Parts)
	for _, s := range body.Sections {
		addParts(d, s.ID, s.Heading, s.Parts)
	}
}

// addParts adds the parts of a section with the given anchor and heading.
func addParts(d *searchindex.Doc, anchor, heading string, parts []markdown.Part) {
	for _, part := range parts {
		d.Add(cmp.Or(part.Anchor, anchor), cmp.Or(part.Heading, heading), part.Text)
	}
}
