package handbook

import (
	"maps"
	"runtime"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// checkUsage reports terms and synonyms that no text uses.
func (h *Handbook) checkUsage(report reporter) {
	var words []string
	for _, t := range h.Terms {
		words = append(words, t.Names()...)
	}
	for _, group := range h.Synonyms.Same {
		words = append(words, group.Words...)
	}
	used := wordsIn(h.texts, words)
	h.checkTerms(used, report)
	h.checkSynonyms(used, report)
}

// wordsIn returns which of the words stand in the texts. Case does not matter; the keys of the
// result are in lower case. The texts are searched on all cores.
func wordsIn(texts, words []string) map[string]bool {
	tree := &wordTree{}
	for _, word := range words {
		tree.add(strings.ToLower(word))
	}
	found := make([]map[string]bool, runtime.GOMAXPROCS(0))
	var running sync.WaitGroup
	for worker := range found {
		found[worker] = map[string]bool{}
		running.Go(func() {
			for i := worker; i < len(texts); i += len(found) {
				tree.find(texts[i], found[worker])
			}
		})
	}
	running.Wait()
	for _, others := range found[1:] {
		maps.Copy(found[0], others)
	}
	return found[0]
}

// A wordTree finds words in texts. It is followed letter by letter, so that the time for a text
// depends on its length and not on how many words there are.
type wordTree struct {
	word string // that ends here, if any
	next map[rune]*wordTree
}

// add adds a word in lower case.
func (t *wordTree) add(word string) {
	for _, letter := range word {
		if t.next == nil {
			t.next = map[rune]*wordTree{}
		}
		if t.next[letter] == nil {
			t.next[letter] = &wordTree{}
		}
		t = t.next[letter]
	}
	t.word = word
}

// find notes the words that stand in a text.
func (t *wordTree) find(text string, found map[string]bool) {
	for start, first := range text {
		at := t.next[lower(first)]
		rest := text[start+utf8.RuneLen(first):]
		for at != nil {
			if at.word != "" {
				found[at.word] = true
			}
			letter, size := utf8.DecodeRuneInString(rest)
			at, rest = at.next[lower(letter)], rest[size:]
		}
	}
}

// lower returns a letter in lower case. Most letters of Japanese have none, which unicode.ToLower
// takes long to find out.
func lower(letter rune) rune {
	if '\u3000' <= letter && letter < '\ua000' {
		return letter
	}
	return unicode.ToLower(letter)
}
