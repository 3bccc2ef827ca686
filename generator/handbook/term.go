package handbook

import (
	"cmp"
	"strings"
	"time"
	"unicode"

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
	used := wordsIn(h.texts, names)
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

// A wordTree finds words in texts. It is followed letter by letter, so that the time for a text
// depends on its length and not on how many words there are.
type wordTree struct {
	word string // that ends here, if any
	next map[rune]*wordTree
}

// wordsIn returns which of the words stand in the texts. Case does not matter; the keys of the
// result are in lower case.
func wordsIn(texts, words []string) map[string]bool {
	root := &wordTree{}
	for _, word := range words {
		at := root
		word = strings.ToLower(word)
		for _, letter := range word {
			if at.next[letter] == nil {
				if at.next == nil {
					at.next = map[rune]*wordTree{}
				}
				at.next[letter] = &wordTree{}
			}
			at = at.next[letter]
		}
		at.word = word
	}
	found := map[string]bool{}
	for _, text := range texts {
		for start := range text {
			at := root
			for _, letter := range text[start:] {
				if at = at.next[unicode.ToLower(letter)]; at == nil {
					break
				}
				if at.word != "" {
					found[at.word] = true
				}
			}
		}
	}
	return found
}
