package handbook

import (
	"slices"
	"strings"

	"tebiki/generator/source"
)

// Synonyms (search.toml) say which words the search takes for the same, beside the names and
// aliases of the glossary's terms.
type Synonyms struct {
	source.Record
	// Readings are words and how they are pronounced, separated by a space: "相談 そうだん".
	Readings []string `toml:"readings,optional"`
	// General words stand in questions about anything: "方法". Alone they tell little of what is
	// meant.
	General []string `toml:"general,optional"`
	// Asked are words under which readers look for what the search finds, by its address. They mean
	// it alone: another text that holds one is not meant.
	Asked map[string][]string `toml:"asked,optional"`
	Same  []*Synonym          `toml:"same,optional"`
}

// A Synonym is a group of words that readers use for one thing: a search for one finds the others too.
type Synonym struct {
	source.Record
	Words []string `toml:"words"`
}

func (h *Handbook) checkSynonyms(used []bool, report reporter) {
	read := map[string]bool{}
	for _, pair := range h.Synonyms.Readings {
		word, reading, _ := strings.Cut(pair, " ")
		switch {
		case word == "" || reading == "" || strings.Contains(reading, " "):
			report(h.Synonyms.Problem("readings", "読み「%s」は「ことば 読み」の形で、間を半角の空白にして書いてください（例: \"相談 そうだん\"）", pair))
		case read[word]:
			report(h.Synonyms.Problem("readings", "ことば %q の読みが二度あります（どちらかを消してください）", word))
		}
		read[word] = true
	}
	first := map[string]*Synonym{}
	for i, group := range h.Synonyms.Same {
		if group.Words == nil {
			continue // reported as a missing field
		}
		if len(group.Words) < 2 {
			report(group.Problem("words", "同じものとして探すことばは、二つ以上書いてください"))
		}
		for _, word := range group.Words {
			key := strings.ToLower(word)
			if other, ok := first[key]; ok {
				report(group.Problem("words", "ことば %q は %s にもあります（どちらかから消すか、一つの表にまとめてください）", word, other.Where("words")))
				continue
			}
			first[key] = group
		}
		if !used[i] && h.textsWhole && !h.isNamed(group.Words) {
			report(group.Problem("words", "ここのことばは、どの文にもありません（文で使っていることばを、一つは入れてください）"))
		}
	}
}

// isNamed reports whether one of the words stands in the name of a term.
func (h *Handbook) isNamed(words []string) bool {
	return slices.ContainsFunc(h.Terms, func(t *Term) bool {
		return slices.ContainsFunc(t.Names(), func(name string) bool {
			return slices.ContainsFunc(words, func(word string) bool {
				return strings.Contains(strings.ToLower(name), strings.ToLower(word))
			})
		})
	})
}
