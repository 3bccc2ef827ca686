package source

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// A Style says how long what readers read may be. What it leaves out has no limit.
type Style struct {
	Record
	Sentence  int    `toml:"sentence,optional"`  // letters
	Paragraph int    `toml:"paragraph,optional"` // sentences
	Title     int    `toml:"title,optional"`     // letters
	End       string `toml:"end,optional"`       // of a sentence: "。"
	Measure   string `toml:"measure,optional"`   // the word before a measure's number in texts
}

// limits are what texts are compared with.
func (s *Style) limits() [5]any { return [5]any{s.Sentence, s.Paragraph, s.Title, s.End, s.Measure} }

// Same reports whether two styles find the same.
func (s *Style) Same(other *Style) bool { return s.limits() == other.limits() }

// Check reports limits that cannot be kept.
func (s *Style) Check(report func(Problem)) {
	if (s.Sentence > 0 || s.Paragraph > 0) && s.End == "" {
		report(s.Problem("end", "文が何で終わるかがありません（end = \"。\" のように書いてください）"))
	}
	for field, limit := range map[string]int{"sentence": s.Sentence, "paragraph": s.Paragraph, "title": s.Title} {
		if s.Has(field) && limit < 1 {
			report(s.Problem(field, "項目 %q は1以上の数にしてください", "style."+field))
		}
	}
}

// Holds reports whether a text keeps the limits whatever of it is markup.
func (s *Style) Holds(text []byte) bool {
	if s.End == "" {
		return true
	}
	letters, sentences := 0, 0
	// Byte by byte: to look for an end that begins as most letters of the text do is slower.
	last := s.End[len(s.End)-1]
	for i, b := range text {
		if utf8.RuneStart(b) {
			letters++
		}
		if s.Sentence > 0 && letters > s.Sentence {
			return false
		}
		if b == last && bytes.HasSuffix(text[:i+1], []byte(s.End)) {
			letters = 0
			sentences++
		}
	}
	return s.Paragraph == 0 || sentences <= s.Paragraph
}

var webAddress = regexp.MustCompile(`https://[!-~]+`)

// Faults says what in a paragraph is too long.
func (s *Style) Faults(paragraph string) []string {
	var faults []string
	if s.End == "" {
		return nil
	}
	paragraph = webAddress.ReplaceAllString(paragraph, "")
	for sentence := range strings.SplitAfterSeq(paragraph, s.End) {
		if n := utf8.RuneCountInString(sentence); s.Sentence > 0 && n > s.Sentence {
			faults = append(faults, fmt.Sprintf("文「%s」は %d 文字あります（%d 文字までの文に分けてください）", beginning(sentence), n, s.Sentence))
		}
	}
	if n := strings.Count(paragraph, s.End); s.Paragraph > 0 && n > s.Paragraph {
		faults = append(faults, fmt.Sprintf("段落「%s」に文が %d あります（%d 文までの段落に分けてください）", beginning(paragraph), n, s.Paragraph))
	}
	return faults
}

func beginning(text string) string {
	if letters := []rune(strings.TrimSpace(text)); len(letters) > mostQuoted {
		return string(letters[:mostQuoted]) + "…"
	}
	return text
}

// Ending returns the end of a text as messages quote it.
func Ending(text string) string {
	if letters := []rune(strings.TrimSpace(text)); len(letters) > mostQuoted {
		return "…" + string(letters[len(letters)-mostQuoted:])
	}
	return strings.TrimSpace(text)
}

// mostQuoted is how many letters messages quote.
const mostQuoted = 16

// lookAtStyle warns of texts of a table that are too long.
func (f *file) lookAtStyle(style *Style, name string, t *table) {
	warn := func(line int, text string) {
		f.problems = append(f.problems, Problem{File: name, Line: line, Text: text, Warning: true})
	}
	look := func(line int, text string) {
		for _, fault := range Unfinished([]byte(text)) {
			warn(line, fault)
		}
		if strings.HasSuffix(text, "、") && utf8.RuneCountInString(text) > 1 {
			warn(line, fmt.Sprintf("文が「%s」で終わっています（続きを書くか、「、」を消してください）", Ending(text)))
		}
		if style.Holds([]byte(text)) {
			return
		}
		// A text over several lines has paragraphs.
		for paragraph := range strings.SplitSeq(text, "\n") {
			for _, fault := range style.Faults(paragraph) {
				warn(line, fault)
			}
		}
	}
	for _, e := range t.entries {
		switch value := e.value.(type) {
		case *table:
			f.lookAtStyle(style, name, value)
		case []any:
			for _, element := range value {
				if text, ok := element.(string); ok {
					look(e.line, text)
				}
			}
		case string:
			if n := utf8.RuneCountInString(value); e.key == "title" && style.Title > 0 && n > style.Title {
				warn(e.line, fmt.Sprintf("題名「%s」は %d 文字あります（%d 文字までにしてください）", beginning(value), n, style.Title))
				continue
			}
			look(e.line, value)
		}
	}
}
