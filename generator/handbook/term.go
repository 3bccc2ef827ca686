package handbook

import (
	"cmp"
	"strings"
	"time"

	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// A Term (用語) of the glossary.
type Term struct {
	source.Record
	Term     string    `toml:"term"`
	Reading  string    `toml:"reading"`          // how it is pronounced; terms are sorted by it
	Aliases  []string  `toml:"aliases,optional"` // other words for the same thing
	Reviewed time.Time `toml:"reviewed"`
	Everyday bool      `toml:"everyday,optional"` // known to everybody: not linked in texts
	Body     *markdown.Body
}

// Names returns the term and its aliases.
func (t *Term) Names() []string { return append([]string{t.Term}, t.Aliases...) }

func byReading(a, b *Term) int {
	return cmp.Or(strings.Compare(a.Reading, b.Reading), strings.Compare(a.Slug, b.Slug))
}

// checkTerms reports words that mean two terms, and terms that no text uses.
func (h *Handbook) checkTerms(report reporter) {
	first := map[string]*Term{}
	var names []string
	for _, t := range h.Terms {
		names = append(names, t.Names()...)
	}
	used := h.used(names)
	for _, t := range h.Terms {
		if t.Term == "" {
			continue // reported as a missing field
		}
		isUsed := false
		for _, name := range t.Names() {
			key := strings.ToLower(name)
			if other, ok := first[key]; ok && other != t {
				report(t.Problem("term", "ことば %q は %s にもあります（どちらかから消してください）", name, other.Where()))
			}
			first[key] = t
			isUsed = isUsed || used[key]
		}
		if !isUsed {
			report(t.Problem("term", "用語 %q は、どの文でも使われていません（文で使うか、この用語を消してください）", t.Term))
		}
	}
}

// used returns which of the words, in lower case, stand in the texts of the other files than the
// terms' own.
func (h *Handbook) used(words []string) map[string]bool {
	used := map[string]bool{}
	var rest []string
	// Most words stand in some text as they are, which is quickly found.
	for _, word := range words {
		key := strings.ToLower(word)
		for _, text := range h.texts {
			if strings.Contains(text, word) {
				used[key] = true
				break
			}
		}
		if !used[key] {
			rest = append(rest, key)
		}
	}
	for i := 0; len(rest) > 0 && i < len(h.texts); i++ {
		lower := strings.ToLower(h.texts[i])
		left := rest[:0]
		for _, key := range rest {
			if used[key] = strings.Contains(lower, key); !used[key] {
				left = append(left, key)
			}
		}
		rest = left
	}
	return used
}
