package handbook

import (
	"strings"

	"tebiki/generator/source"
)

// Synonyms (search.toml) say which words the search takes for the same, beside the names and
// aliases of the glossary's terms.
type Synonyms struct {
	source.Record
	// Readings are words and how they are pronounced, separated by a space: "相談 そうだん".
	Readings []string   `toml:"readings,optional"`
	Same     []*Synonym `toml:"same,optional"`
}

// A Synonym is a group of words that readers use for one thing: a search for one finds the others too.
type Synonym struct {
	source.Record
	Words []string `toml:"words"`
}

func (h *Handbook) checkSynonyms(used map[string]bool, report reporter) {
	read := map[string]bool{}
	for _, pair := range h.Synonyms.Readings {
		word, reading, _ := strings.Cut(pair, " ")
		switch {
		case word == "" || reading == "" || strings.Contains(reading, " "):
			report(h.Synonyms.Problem("readings", "読み %q は「ことば 読み」の形で書いてください（例: \"相談 そうだん\"）", pair))
		case read[word]:
			report(h.Synonyms.Problem("readings", "ことば %q の読みが二度あります（どちらかを消してください）", word))
		}
		read[word] = true
	}
	var names, words []string
	for _, t := range h.Terms {
		names = append(names, t.Names()...)
	}
	for _, group := range h.Synonyms.Same {
		words = append(words, group.Words...)
	}
	named := wordsIn(names, words)
	first := map[string]*Synonym{}
	for _, group := range h.Synonyms.Same {
		if group.Words == nil {
			continue // reported as a missing field
		}
		if len(group.Words) < 2 {
			report(group.Problem("words", "同じものとして探すことばは、二つ以上書いてください"))
		}
		isUsed := false
		for _, word := range group.Words {
			key := strings.ToLower(word)
			isUsed = isUsed || used[key] || named[key]
			if other, ok := first[key]; ok {
				report(group.Problem("words", "ことば %q は %s にもあります（どちらかから消すか、一つの表にまとめてください）", word, other.Where()))
				continue
			}
			first[key] = group
		}
		if !isUsed {
			report(group.Problem("words", "ここのことばは、どの文にもありません（文で使っていることばを、一つは入れてください）"))
		}
	}
}
