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
	root  wordNode
	begin [1 << 16]bool // by beginning: no word begins with most pairs of letters
}

type wordNode struct {
	word string // that ends here, if any
	next map[rune]*wordNode
}

// beginning returns the place of two letters in wordTree.begin, which other pairs may share.
func beginning(first, second rune) uint16 { return uint16(first)*31 + uint16(second) }

// add adds a word in lower case.
func (t *wordTree) add(word string) {
	letters := []rune(word)
	if len(letters) == 1 {
		for i := range t.begin { // it may stand before any letter
			t.begin[i] = true
		}
	} else if len(letters) > 1 {
		t.begin[beginning(letters[0], letters[1])] = true
	}
	at := &t.root
	for _, letter := range letters {
		if at.next == nil {
			at.next = map[rune]*wordNode{}
		}
		if at.next[letter] == nil {
			at.next[letter] = &wordNode{}
		}
		at = at.next[letter]
	}
	at.word = word
}

// find notes the words that stand in a text.
func (t *wordTree) find(text string, found map[string]bool) {
	first, size := utf8.DecodeRuneInString(text)
	for first = lower(first); text != ""; {
		rest := text[size:]
		second, nextSize := utf8.DecodeRuneInString(rest)
		second = lower(second)
		if t.begin[beginning(first, second)] {
			t.root.follow(text, found)
		}
		text, first, size = rest, second, nextSize
	}
}

// follow notes the words that a text begins with.
func (n *wordNode) follow(text string, found map[string]bool) {
	for _, letter := range text {
		if n = n.next[lower(letter)]; n == nil {
			return
		}
		if n.word != "" {
			found[n.word] = true
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
