// Package phrase finds where a line of Japanese may break without tearing a phrase (文節). Browsers
// break between any two characters; in headings and on buttons that reads badly.
//
// The method and the model ja.json are those of BudouX 0.9 (Copyright Google LLC, Apache-2.0): a
// sum of learnt weights of the characters around each position. There is no maintained Go module of
// it.
package phrase

import (
	_ "embed"
	"encoding/json"
	"html"
	"strings"
	"sync"
	"unicode"
)

//go:embed ja.json
var japanese []byte

// A model holds the weight of characters by feature, and the sum of all.
type model struct {
	weights map[string]map[string]int
	sum     int
}

var models = sync.OnceValue(func() map[string]model {
	ja := model{}
	if err := json.Unmarshal(japanese, &ja.weights); err != nil {
		panic(err)
	}
	for _, weights := range ja.weights {
		for _, w := range weights {
			ja.sum += w
		}
	}
	return map[string]model{"ja": ja}
})

// features name the characters looked at, as offsets from the position.
var features = []struct {
	name     string
	from, to int
}{
	{"UW1", -3, -2}, {"UW2", -2, -1}, {"UW3", -1, 0}, {"UW4", 0, 1}, {"UW5", 1, 2}, {"UW6", 2, 3},
	{"BW1", -2, 0}, {"BW2", -1, 1}, {"BW3", 0, 2},
	{"TW1", -3, 0}, {"TW2", -2, 1}, {"TW3", -1, 2}, {"TW4", 0, 3},
}

// longest is how many characters a phrase may have: what a heading shows in one line of a phone.
const longest = 12

// Split cuts a text into phrases. A text in a language without a model comes back whole.
func Split(language, text string) []string {
	base, _, _ := strings.Cut(language, "-")
	model, ok := models()[base]
	if !ok || text == "" {
		return []string{text}
	}
	runes := []rune(text)
	var phrases []string
	start := 0
	for i := 1; i < len(runes); i++ {
		score := 0
		for _, f := range features {
			if from, to := i+f.from, i+f.to; from >= 0 && to <= len(runes) {
				score += model.weights[f.name][string(runes[from:to])]
			}
		}
		// The sum of all weights is the score of an even chance, twice over.
		if 2*score > model.sum {
			phrases = append(phrases, cut(runes[start:i])...)
			start = i
		}
	}
	return append(phrases, cut(runes[start:])...)
}

// A Breaker marks in HTML where the lines of texts in one language may break. It may be used by
// several goroutines at once.
type Breaker struct {
	language string
	known    sync.Map // text → what HTML returned: titles stand on many pages
}

// NewBreaker returns a breaker of texts in a language (BCP 47).
func NewBreaker(language string) *Breaker { return &Breaker{language: language} }

// HTML returns a text as HTML, with a <wbr> between its phrases.
func (b *Breaker) HTML(text string) string {
	if known, ok := b.known.Load(text); ok {
		return known.(string)
	}
	var marked strings.Builder
	for i, part := range Split(b.language, text) {
		if i > 0 {
			marked.WriteString("<wbr>")
		}
		marked.WriteString(html.EscapeString(part))
	}
	b.known.Store(text, marked.String())
	return marked.String()
}

// cut divides a phrase that is too long between its words in katakana and in kanji or hiragana;
// what is tied to a word in katakana by hiragana stays.
func cut(phrase []rune) []string {
	var parts []string
	start := 0
	for i := 1; len(phrase) > longest && i < len(phrase); i++ {
		before, after := phrase[i-1], phrase[i]
		if isKatakana(before) && unicode.Is(unicode.Han, after) || isKatakana(after) && unicode.In(before, unicode.Han, unicode.Hiragana) {
			parts = append(parts, string(phrase[start:i]))
			start = i
		}
	}
	return append(parts, string(phrase[start:]))
}

// The mark of long vowels is of no script in particular.
func isKatakana(r rune) bool { return unicode.Is(unicode.Katakana, r) || r == 'ー' }
