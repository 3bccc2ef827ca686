package handbook

import (
	"runtime"
	"strings"
	"sync"
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
	used := usedIn(h.texts, words)
	h.checkTerms(used, report)
	h.checkSynonyms(used, report)
}

// usedIn returns which of the words, in lower case, stand in the texts. All are looked for at once,
// on all cores: there are hundreds, most of them synonyms that stand in no text.
func usedIn(texts, words []string) map[string]bool {
	var keys []string
	byLetter := map[rune][]int{} // first letter → places in keys
	var starts [1 << 8]bool      // first bytes
	for _, word := range words {
		if word == "" {
			continue // reported as a missing field
		}
		key := strings.ToLower(word)
		first, _ := utf8.DecodeRuneInString(key)
		byLetter[first] = append(byLetter[first], len(keys))
		starts[key[0]] = true
		keys = append(keys, key)
	}
	workers := runtime.GOMAXPROCS(0)
	found := make([][]bool, workers)
	var running sync.WaitGroup
	for worker := range workers {
		seen := make([]bool, len(keys))
		found[worker] = seen
		running.Go(func() {
			for i := worker; i < len(texts); i += workers {
				text := strings.ToLower(texts[i])
				for at := 0; at < len(text); {
					letter, size := utf8.DecodeRuneInString(text[at:])
					if starts[text[at]] {
						for _, k := range byLetter[letter] {
							seen[k] = seen[k] || strings.HasPrefix(text[at:], keys[k])
						}
					}
					at += size
				}
			}
		})
	}
	running.Wait()
	used := make(map[string]bool, len(keys))
	for k, key := range keys {
		for _, seen := range found {
			used[key] = used[key] || seen[k]
		}
	}
	return used
}
