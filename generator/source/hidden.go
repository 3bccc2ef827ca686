package source

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"
)

// hidden are the letters that nobody sees and that change how others are read: control characters
// other than tabs and line ends, those that turn the direction of a text round, line ends of Unicode's
// own, and the mark for the beginning of a file.
var hidden = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x00, 0x08, 1}, {0x0b, 0x1f, 1}, {0x7f, 0x9f, 1},
		{0x061c, 0x061c, 1}, {0x200e, 0x200f, 1}, {0x2028, 0x202e, 1}, {0x2066, 0x2069, 1}, {0xfeff, 0xfeff, 1},
	},
	LatinOffset: 3,
}

// startsHidden are the bytes that hidden letters begin with in UTF-8. Few other letters of Japanese do.
var startsHidden = func() (starts [256]bool) {
	for _, letters := range hidden.R16 {
		for letter := letters.Lo; letter <= letters.Hi; letter++ {
			starts[string(rune(letter))[0]] = true
		}
	}
	return starts
}()

// withoutHidden returns a text without the hidden letters, each of which it reports.
func (f *file) withoutHidden(name string, text []byte) []byte {
	var kept []byte
	end := 0 // of what is kept
	for i, first := range text {
		if !startsHidden[first] {
			continue
		}
		if letter, size := utf8.DecodeRune(text[i:]); unicode.Is(hidden, letter) {
			f.reportHidden(name, 1+bytes.Count(text[:i], []byte("\n")), letter)
			kept = append(kept, text[end:i]...)
			end = i + size
		}
	}
	if end == 0 {
		return text
	}
	return append(kept, text[end:]...)
}

// reportHidden reports a hidden letter, once a line.
func (f *file) reportHidden(name string, line int, letter rune) {
	p := Problem{File: name, Line: line, Text: fmt.Sprintf("目に見えない制御文字 U+%04X があります（消してください。見つからなければ、前後の文字と一緒に打ち直してください）", letter)}
	if n := len(f.problems); n == 0 || f.problems[n-1] != p {
		f.problems = append(f.problems, p)
	}
}

// lookForHidden reports hidden letters in the texts of a table, where TOML spells them out: "\u202e".
func (f *file) lookForHidden(name string, t *table) {
	look := func(line int, value any) {
		text, _ := value.(string)
		for _, letter := range text {
			if unicode.Is(hidden, letter) {
				f.reportHidden(name, line, letter)
			}
		}
	}
	for _, e := range t.entries {
		switch value := e.value.(type) {
		case *table:
			f.lookForHidden(name, value)
		case []any:
			for _, element := range value {
				look(e.line, element)
			}
		default:
			look(e.line, value)
		}
	}
}
