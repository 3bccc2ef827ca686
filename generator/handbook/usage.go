package handbook

import (
	"maps"
	"runtime"
	"slices"
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
	used := h.usage.of(words, h.texts)
	h.checkTerms(used, report)
	h.checkSynonyms(used, report)
}

// A usage remembers which words stand in texts, to find it out for texts of which few have changed
// since.
type usage struct {
	words []string
	texts map[string][]string // of each file
	used  map[string]bool     // words in lower case
}

// of returns which of the words stand in the texts.
func (u *usage) of(words []string, texts map[string][]string) map[string]bool {
	if !slices.Equal(words, u.words) {
		u.words, u.texts, u.used = words, nil, map[string]bool{}
	}
	var gone, come []string
	for name, says := range u.texts {
		if !isSame(says, texts[name]) {
			gone = append(gone, says...)
		}
	}
	for name, says := range texts {
		if !isSame(says, u.texts[name]) {
			come = append(come, says...)
		}
	}
	u.texts = texts
	if found := wordsIn(come, words); len(gone) == 0 {
		maps.Copy(u.used, found)
	} else {
		// What has gone may have been the last that said a word.
		var doubtful []string
		for word := range wordsIn(gone, words) {
			if !found[word] {
				doubtful = append(doubtful, word)
				delete(u.used, word)
			}
		}
		maps.Copy(u.used, found)
		if len(doubtful) > 0 {
			maps.Copy(u.used, wordsIn(slices.Concat(slices.Collect(maps.Values(texts))...), doubtful))
		}
	}
	return u.used
}

// isSame reports whether two lists are one and the same, and not only equal.
func isSame(a, b []string) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
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
		own := *tree
		running.Go(func() {
			for i := worker; i < len(texts); i += len(found) {
				own.find(texts[i], found[worker])
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
	root wordNode
	// The words not found yet, counted by how they begin: with two letters, or with the only one
	// they have. Few letters of a text begin any.
	pairs, singles [1 << 16]uint16
}

type wordNode struct {
	word string // that ends here, if any
	next map[rune]*wordNode
}

// pair returns the place in wordTree.pairs of words that begin with two letters. Few other pairs
// share it: the factor is 2^16 divided by the golden ratio, which spreads the kana.
func pair(first, second rune) uint16 { return uint16(first)*40503 + uint16(second) }

// left returns the count of the words not found yet that begin as a word does.
func (t *wordTree) left(word string) *uint16 {
	first, size := utf8.DecodeRuneInString(word)
	if size == len(word) {
		return &t.singles[uint16(first)]
	}
	second, _ := utf8.DecodeRuneInString(word[size:])
	return &t.pairs[pair(first, second)]
}

// add adds a word in lower case.
func (t *wordTree) add(word string) {
	at := &t.root
	for _, letter := range word {
		if at.next == nil {
			at.next = map[rune]*wordNode{}
		}
		if at.next[letter] == nil {
			at.next[letter] = &wordNode{}
		}
		at = at.next[letter]
	}
	if at.word != word {
		at.word = word
		*t.left(word)++
	}
}

// find notes the words that stand in a text.
func (t *wordTree) find(text string, found map[string]bool) {
	start, first := 0, rune(0)
	for i, letter := range text {
		second := lower(letter)
		if i > 0 && (t.pairs[pair(first, second)] > 0 || t.singles[uint16(first)] > 0) {
			t.follow(text[start:], found)
		}
		start, first = i, second
	}
	t.follow(text[start:], found)
}

// follow notes the words that a text begins with.
func (t *wordTree) follow(text string, found map[string]bool) {
	n := &t.root
	for _, letter := range text {
		if n = n.next[lower(letter)]; n == nil {
			return
		}
		if n.word != "" && !found[n.word] {
			found[n.word] = true
			*t.left(n.word)--
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
