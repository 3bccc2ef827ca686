package searchindex

import (
	"strings"
	"unicode"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"
)

// A folder makes one text of what is alike for a reader, as static/search/fold.ts does in the page:
// the pieces of a large index are found by folded pairs of characters. Tests hold both to
// static/search/fold.txt.
//
// What a character becomes is worked out when it is first met. So each goroutine has its own.
type folder struct {
	learnt [0x10000]int32 // the unit that a character becomes, or one of the values below
	longer map[rune][]uint16
	units  []uint16
}

const (
	unknown = 0
	nothing = -1
	several = -2 // or a character beyond the table: longer has its units
	joining = -3 // a mark that joins the kana before it
)

const (
	vu = 'ゔ'
	bu = 'ぶ'
)

func newFolder() *folder {
	f := &folder{longer: map[rune][]uint16{}}
	for _, mark := range "\u3099\u309a\uff9e\uff9f" {
		f.learnt[mark] = joining
	}
	return f
}

// fold returns the UTF-16 units of the folded text. The next call overwrites them.
func (f *folder) fold(text string) []uint16 {
	if folded, joins := f.foldEach(text, false); !joins {
		return folded
	}
	folded, _ := f.foldEach(norm.NFKC.String(text), true)
	return folded
}

// foldEach folds each character by itself. Before a text is made whole, it gives up at a mark that
// stands apart from its kana.
func (f *folder) foldEach(text string, isWhole bool) (folded []uint16, joins bool) {
	f.units = f.units[:0]
	afterVu := false
	put := func(unit uint16) {
		if joined := vuRow(unit); afterVu && joined != 0 {
			f.units[len(f.units)-1] = joined
			afterVu = false
			return
		}
		afterVu = unit == vu
		if afterVu {
			unit = bu
		}
		f.units = append(f.units, unit)
	}
	for _, r := range text {
		unit := int32(several)
		if int(r) < len(f.learnt) {
			if unit = f.learnt[r]; unit == unknown {
				unit = f.learn(r)
			}
		}
		switch {
		case unit >= 0:
			put(uint16(unit))
		case unit == several, unit == joining && isWhole:
			for _, unit := range f.unitsOf(r) {
				put(unit)
			}
		case unit == joining:
			return nil, true
		}
	}
	return f.units, false
}

// learn works out what a character of the table becomes.
func (f *folder) learn(r rune) int32 {
	unit := int32(several)
	switch units := foldRune(r); len(units) {
	case 0:
		unit = nothing
	case 1:
		unit = int32(units[0])
	}
	f.learnt[r] = unit
	return unit
}

func (f *folder) unitsOf(r rune) []uint16 {
	units, ok := f.longer[r]
	if !ok {
		units = foldRune(r)
		f.longer[r] = units
	}
	return units
}

func foldRune(r rune) []uint16 {
	var units []uint16
	for _, r := range strings.ToLower(norm.NFKC.String(string(r))) {
		if r == '\n' || !isLeftOut(r) {
			units = utf16.AppendRune(units, foldKana(r))
		}
	}
	return units
}

// vuRow: う with a mark and a vowel is one kana of the row of は with the mark.
func vuRow(vowel uint16) uint16 {
	switch vowel {
	case 'あ':
		return 'ば'
	case 'い':
		return 'び'
	case 'え':
		return 'べ'
	case 'お':
		return 'ぼ'
	}
	return 0
}

// isLeftOut reports dashes of all lengths, the long vowel, the middle dot and spaces.
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
