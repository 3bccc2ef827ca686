package site

import (
	"time"

	"tebiki/generator/handbook"
)

// referencesKind lists what to read further.
var referencesKind = pageKind{
	slug: "references", layout: "references",
	needed: func(h *handbook.Handbook) bool { return len(h.References) > 0 },
	date: func(h *handbook.Handbook) time.Time {
		return newest(h.References, func(r *handbook.Reference) time.Time { return r.Checked })
	},
	view: plainView,
	anchors: func(b *builder) []anchor {
		return append(named(b.Handbook.References, "", ""), named(b.Gone(referencesFolder), "", "")...)
	},
}

func (b *builder) referenceDocs(add adder) {
	for _, r := range b.Handbook.References {
		d := add(referenceAddress(r), r.Title, r.Publisher)
		addBody(d, r.Body)
	}
}

func referenceAddress(r *handbook.Reference) string { return "references.html#" + r.Slug }
