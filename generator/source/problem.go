package source

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// A Problem is something in the content that an editor has to put right.
type Problem struct {
	File    string // slash-separated, relative to the content folder
	Line    int    // 1-based; 1 when the whole file is meant
	Text    string // what is wrong, then what to do, in the editor's language
	Warning bool   // worth a look, but does not stop the build
	Aside   bool   // no page relies on what is wrong: all can be made, though not published
	Misnamed
}

// A Misnamed is a name that no record has, with the record whose name is nearly that: either of the two
// may be the one that was mistyped. It is empty for other problems.
type Misnamed struct {
	Kind, Name string // 優先度, high
	Near       string // hihg
	NearFile   string
	NearLine   int // 1-based
}

// String gives the problem in the form editors can click: path:line: text.
func (p Problem) String() string {
	if p.Warning {
		return fmt.Sprintf("%s:%d: 注意: %s", p.File, p.Line, p.Text)
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text)
}

// SortProblems puts problems in the order of file, line and text, each once.
func SortProblems(problems []Problem) []Problem {
	slices.SortFunc(problems, func(a, b Problem) int {
		return cmp.Or(
			strings.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			strings.Compare(a.Text, b.Text),
		)
	})
	return slices.Compact(problems)
}

// Publishable reports whether none of the problems stops the build.
func Publishable(problems []Problem) bool {
	return !slices.ContainsFunc(problems, func(p Problem) bool { return !p.Warning })
}

// Showable reports whether pages can be made in spite of the problems.
func Showable(problems []Problem) bool {
	return !slices.ContainsFunc(problems, func(p Problem) bool { return !p.Warning && !p.Aside })
}

// DidYouMean returns 「（near のことですか）」 for the known word nearest to word, or what can be written
// instead when none is near.
func DidYouMean(word string, known []string) string { return suggest(word, known, mostListed) }

// OneOf is DidYouMean that lists all known words, however many.
func OneOf(word string, known []string) string { return suggest(word, known, len(known)) }

// mostListed is how many known words are listed.
const mostListed = 12

func suggest(word string, known []string, most int) string {
	return listOr(Nearest(word, known), known, most)
}

// listOr asks whether a word near to the one that is wrong was meant or, without, lists the known words
// if there are not too many.
func listOr(near string, known []string, most int) string {
	if near != "" {
		return "（" + near + " のことですか）"
	}
	switch {
	case len(known) == 0:
		return "（まだ一つもありません）"
	case len(known) <= most:
		return "（書けるのは " + strings.Join(known, "、") + "）"
	}
	return "（つづりを確かめてください）"
}

// Nearest returns the known word that was probably meant by another, "" when none is near.
func Nearest(word string, known []string) string {
	// A third of the letters wrong is still a typing mistake; more is another word.
	near, distance := "", max(1, utf8.RuneCountInString(word)/3)+1
	for _, k := range known {
		d := levenshtein.ComputeDistance(word, k)
		if swapped([]rune(word), []rune(k)) {
			d = 1
		}
		// Two words that have no letter in common are not near, however short.
		if d < distance && d < max(utf8.RuneCountInString(word), utf8.RuneCountInString(k)) {
			near, distance = k, d
		}
	}
	return near
}

// swapped reports whether two neighbouring letters changed places, the mistake of fast typing:
// titel for title.
func swapped(a, b []rune) bool {
	for i := range min(len(a), len(b)) - 1 {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
		}
	}
	return false
}
