package site

import (
	"strings"
	"unicode"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"
)

// fold makes one text of what is alike for a reader, as static/search/fold.ts
// does in the page: the pieces of a large index are found by folded pairs of
// characters. Tests hold both to static/search/fold.txt.
func fold(text string) string {
	if strings.ContainsAny(text, "\u3099\u309a\uff9e\uff9f") {
		text = norm.NFKC.String(text)
	}
	var folded []rune
	afterVu := false
	for _, original := range text {
		for _, r := range strings.ToLower(norm.NFKC.String(string(original))) {
			if r != '\n' && isLeftOut(r) {
				continue
			}
			r = foldKana(r)
			if joined, ok := vuRow[r]; ok && afterVu {
				folded[len(folded)-1] = joined
				afterVu = false
				continue
			}
			afterVu = r == vu
			if afterVu {
				r = bu
			}
			folded = append(folded, r)
		}
	}
	return string(folded)
}

const (
	vu = 'ゔ'
	bu = 'ぶ'
)

// vuRow: う with a mark and a vowel is one kana of the row of は with the mark.
var vuRow = map[rune]rune{'あ': 'ば', 'い': 'び', 'え': 'べ', 'お': 'ぼ'}

// isLeftOut reports dashes of all lengths, the long vowel, the middle dot and
// spaces.
func isLeftOut(r rune) bool {
	return unicode.Is(unicode.Pd, r) || unicode.IsSpace(r) || strings.ContainsRune("\u2212ー〜~・\ufeff", r)
}

func foldKana(r rune) rune {
	if 'ァ' <= r && r <= 'ヶ' {
		r -= 'ァ' - 'ぁ'
	}
	switch r {
	case 'ぁ', 'ぃ', 'ぅ', 'ぇ', 'ぉ', 'っ', 'ゃ', 'ゅ', 'ょ', 'ゎ':
		return r + 1
	case 'ゕ':
		return 'か'
	case 'ゖ':
		return 'け'
	}
	return r
}

// A pair is two UTF-16 units side by side in a folded text.
type pair [2]uint16

// eachPair calls use for every pair of a text. One with half a character, of
// which rare kanji have two, is no text and cannot name anything in JSON.
func eachPair(text string, use func(pair)) {
	units := utf16.Encode([]rune(text))
	for i := range len(units) - 1 {
		if p := (pair{units[i], units[i+1]}); !strings.ContainsRune(p.String(), unicode.ReplacementChar) {
			use(p)
		}
	}
}

// hash is FNV-1a over UTF-16 units, as static/search/piece-hash.ts has it.
func (p pair) hash() uint32 {
	hash := uint32(0x811c9dc5)
	for _, unit := range p {
		hash = (hash ^ uint32(unit)) * 0x01000193
	}
	return hash
}

func (p pair) String() string { return string(utf16.Decode(p[:])) }
