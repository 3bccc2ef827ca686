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
	"unicode/utf8"
)

//go:embed ja.json
var japanese []byte

// A model holds the weights of what stands around a position, and the sum of all.
type model struct {
	weights [len(features)]map[string]int // of each feature
	sum     int
}

var models = sync.OnceValue(func() map[string]model {
	var byName map[string]map[string]int
	if err := json.Unmarshal(japanese, &byName); err != nil {
		panic(err)
	}
	ja := model{}
	for i, f := range features {
		ja.weights[i] = byName[f.name]
		for _, w := range ja.weights[i] {
			ja.sum += w
		}
	}
	return map[string]model{"ja": ja}
})

// features name the characters looked at, as offsets from the position.
var features = [...]struct {
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
	var at []int // offsets of the characters, and the end
	for i := range text {
		at = append(at, i)
	}
	at = append(at, len(text))
	var phrases []string
	start := 0
	for i := 1; i < len(at)-1; i++ {
		score := 0
		for feature, f := range features {
			if from, to := i+f.from, i+f.to; from >= 0 && to < len(at) {
				score += model.weights[feature][text[at[from]:at[to]]]
			}
		}
		// The sum of all weights is the score of an even chance, twice over.
		if 2*score > model.sum {
			phrases = append(phrases, cut(text[at[start]:at[i]])...)
			start = i
		}
	}
	return append(phrases, cut(text[at[start]:])...)
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
func cut(phrase string) []string {
	if utf8.RuneCountInString(phrase) <= longest {
		return []string{phrase}
	}
	var parts []string
	start, before := 0, rune(0)
	for i, after := range phrase {
		if isKatakana(before) && unicode.Is(unicode.Han, after) || isKatakana(after) && unicode.In(before, unicode.Han, unicode.Hiragana) {
			parts = append(parts, phrase[start:i])
			start = i
		}
		before = after
	}
	return append(parts, phrase[start:])
}

// The mark of long vowels is of no script in particular.
func isKatakana(r rune) bool { return unicode.Is(unicode.Katakana, r) || r == 'ー' }
