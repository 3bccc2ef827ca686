package review

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"tebiki/generator/handbook"
	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// A Link leads from the handbook out into the world.
type Link struct {
	URL  string
	File string
	Line int
	Use  string // the field, or "本文"
}

// leadsOut is an address of another site, of mail or of a telephone. In a sentence it ends where no
// letter of an address stands.
var leadsOut = regexp.MustCompile(`\b(?:https?://|mailto:|tel:)[^\s<>"'、。，．「」『』（）【】\x{3000}]+`)

// Links returns the links out of a handbook, by address, then by place. Nothing is fetched.
func Links(h *handbook.Handbook) []Link {
	var links []Link
	h.EachRecord(func(record any) {
		source.EachText(record, func(of *source.Record, field, text string) {
			for _, url := range leadsOut.FindAllString(text, -1) {
				links = append(links, Link{strings.TrimRight(url, ".,;:)"), of.File, of.At(field), field})
			}
		})
	})
	h.EachBody(func(of *source.Record, body *markdown.Body) {
		for _, link := range body.Links {
			if leadsOut.MatchString(link.Target) {
				links = append(links, Link{link.Target, of.File, link.Line, "本文"})
			}
		}
	})
	slices.SortStableFunc(links, func(a, b Link) int {
		return cmp.Or(strings.Compare(a.URL, b.URL), strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return links
}
