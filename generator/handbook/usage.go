package handbook

import (
	"maps"
	"runtime"
	"strings"
	"sync"
	"unicode"
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
	for start := range text {
		at := t
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
