package handbook

import (
	"cmp"
	"regexp"
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

// fieldOf returns the field that has a name, whatever its case.
func (t *Term) fieldOf(name string) string {
	if strings.EqualFold(name, t.Term) {
		return "term"
	}
	return "aliases"
}

// kana are the letters that say how a word is read. Of other languages the reading is the word.
var kana = regexp.MustCompile(`^[ぁ-ゖー]+$`)

func (t *Term) check(h *Handbook, report reporter) {
	if h.Language == "ja" && t.Reading != "" && !kana.MatchString(t.Reading) {
		report(t.Problem("reading", "読み %q は、ひらがなと「ー」だけで書いてください（この読みの順に並びます）", t.Reading))
	}
}

func byReading(a, b *Term) int {
	return cmp.Or(strings.Compare(a.Reading, b.Reading), strings.Compare(a.Slug, b.Slug))
}

// checkTerms reports words that mean two terms, and terms that no text uses.
func (h *Handbook) checkTerms(used []bool, report reporter) {
	first := map[string]*Term{}
	for i, t := range h.Terms {
		if t.Term == "" {
			continue // reported as a missing field
		}
		for _, name := range t.Names() {
			key := strings.ToLower(name)
			if other, ok := first[key]; ok && other != t {
				report(t.Problem(t.fieldOf(name), "ことば %q は %s にもあります（どちらかから消してください）", name, other.Where(other.fieldOf(name))))
			}
			first[key] = t
		}
		if !used[i] && h.textsWhole {
			report(t.Problem("term", "用語 %q は、どの文でも使われていません（文で使うか、この用語を消してください）", t.Term))
		}
	}
}
