package handbook

import (
	"maps"
	"runtime"
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"
)

// checkUsage reports terms and synonyms that no text uses.
func (h *Handbook) checkUsage(report reporter) {
	var groups [][]string
	for _, t := range h.Terms {
		groups = append(groups, t.Names())
	}
	for _, group := range h.Synonyms.Same {
		groups = append(groups, group.Words)
	}
	used := h.usage.of(groups, h.texts)
	h.checkTerms(used[:len(h.Terms)], report)
	h.checkSynonyms(used[len(h.Terms):], report)
}

// A usage remembers which groups of words stand in texts, to find it out for texts of which few have
// changed since.
type usage struct {
	tree  *wordTree
	texts map[string][]string // of each file
	used  []bool
}

// of tells of each group whether one of its words stands in the texts.
func (u *usage) of(groups [][]string, texts map[string][]string) []bool {
	if u.tree == nil || !slices.EqualFunc(groups, u.tree.groups, slices.Equal) {
		*u = usage{tree: newWordTree(groups), used: make([]bool, len(groups))}
	}
	var gone, come [][]string
	for name, says := range u.texts {
		if !isSame(says, texts[name]) {
			gone = append(gone, says)
		}
	}
	for name, says := range texts {
		if !isSame(says, u.texts[name]) {
			come = append(come, says)
		}
	}
	u.texts = texts
	found := u.tree.in(come)
	var doubtful []int // what has gone may have been the last that said a word of it
	var theirs [][]string
	for i, was := range u.tree.in(gone) {
		if was && !found[i] {
			doubtful, theirs = append(doubtful, i), append(theirs, groups[i])
		}
		u.used[i] = u.used[i] || found[i]
	}
	if len(doubtful) > 0 {
		everywhere := slices.Collect(maps.Values(texts))
		for i, still := range newWordTree(theirs).in(everywhere) {
			u.used[doubtful[i]] = still
		}
	}
	return u.used
}

// isSame reports whether two lists are one and the same, and not only equal.
func isSame(a, b []string) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// A wordTree finds out which groups of words stand in texts: of each group one word is enough. It is
// followed letter by letter, so that the time for a text depends on its length and not on how many
// words there are. Case does not matter.
type wordTree struct {
	groups [][]string
	root   wordNode
	starts wordStarts
}

type wordNode struct {
	groups []int // of which a word ends here
	next   map[rune]*wordNode
}

// wordStarts count how words begin: with two letters, or with the only one they have. Few letters of
// a text begin any, which the bits tell: they fit into the nearest cache.
type wordStarts struct {
	pairs, singles       [1 << 16]uint16
	anyPairs, anySingles [1 << 10]uint64
}

// add counts a word that begins as word does, or with -1 one less.
func (s *wordStarts) add(word string, n int) {
	first, size := utf8.DecodeRuneInString(word)
	first = lower(first)
	counts, bits, place := &s.singles, &s.anySingles, uint16(first)
	if size < len(word) {
		second, _ := utf8.DecodeRuneInString(word[size:])
		counts, bits, place = &s.pairs, &s.anyPairs, pair(first, lower(second))
	}
	counts[place] += uint16(n)
	bits[place/64] &^= 1 << (place % 64)
	if counts[place] > 0 {
		bits[place/64] |= 1 << (place % 64)
	}
}

// any reports whether a word may begin with two letters, or be the first of them.
func (s *wordStarts) any(first, second rune) bool {
	p, q := pair(first, second), uint16(first)
	return s.anyPairs[p/64]>>(p%64)&1 > 0 || s.anySingles[q/64]>>(q%64)&1 > 0
}

// pair returns the place in pairs of words that begin with two letters. Few other pairs share it: the
// factor is 2^16 divided by the golden ratio, which spreads the kana.
func pair(first, second rune) uint16 { return uint16(first)*40503 + uint16(second) }

func newWordTree(groups [][]string) *wordTree {
	t := &wordTree{groups: groups}
	for i, words := range groups {
		for _, word := range words {
			if word != "" { // reported as a missing field
				t.add(word, i)
			}
		}
	}
	return t
}

func (t *wordTree) add(word string, group int) {
	at := &t.root
	for _, letter := range word {
		letter = lower(letter)
		if at.next == nil {
			at.next = map[rune]*wordNode{}
		}
		if at.next[letter] == nil {
			at.next[letter] = &wordNode{}
		}
		at = at.next[letter]
	}
	at.groups = append(at.groups, group)
	t.starts.add(word, 1)
}

// in tells of each group whether one of its words stands in the texts of files, which are searched
// on all cores.
func (t *wordTree) in(files [][]string) []bool {
	searches := make([]wordSearch, min(runtime.GOMAXPROCS(0), len(files)))
	var running sync.WaitGroup
	for worker := range searches {
		s := &searches[worker]
		*s = wordSearch{t, t.starts, make([]bool, len(t.groups)), len(t.groups)}
		running.Go(func() {
			for i := worker; i < len(files) && s.missing > 0; i += len(searches) {
				for _, text := range files[i] {
					s.look(text)
				}
			}
		})
	}
	running.Wait()
	found := make([]bool, len(t.groups))
	for _, s := range searches {
		for i, by := range s.found {
			found[i] = found[i] || by
		}
	}
	return found
}

// A wordSearch is on its way: starts are those of the groups that it has not found yet.
type wordSearch struct {
	*wordTree
	starts  wordStarts
	found   []bool
	missing int
}

// look notes the groups of which words stand in a text.
func (s *wordSearch) look(text string) {
	start, first := 0, rune(0)
	for i, letter := range text {
		second := lower(letter)
		if i > 0 && s.starts.any(first, second) {
			s.follow(text[start:])
		}
		start, first = i, second
	}
	s.follow(text[start:])
}

// follow notes the groups of the words that a text begins with.
func (s *wordSearch) follow(text string) {
	n := &s.root
	for _, letter := range text {
		if n = n.next[lower(letter)]; n == nil {
			return
		}
		for _, group := range n.groups {
			if s.found[group] {
				continue
			}
			s.found[group] = true
			s.missing--
			for _, word := range s.groups[group] {
				s.starts.add(word, -1)
			}
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
