package source

import (
	"bytes"
	"fmt"
	"slices"
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

// unusual are letters that have their use, and mostly come along from web pages unseen: what looks
// like a space and is none to TOML and Markdown, and what has no width.
var unusual = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0xa0, 0xa0, 1}, {0xad, 0xad, 1},
		{0x2000, 0x200b, 1}, {0x202f, 0x202f, 1}, {0x205f, 0x2060, 1},
	},
	LatinOffset: 2,
}

// startsHidden are the bytes that hidden and unusual letters begin with in UTF-8, and the mark of a lost
// one. Few other letters of Japanese do.
var startsHidden = func() (starts [256]bool) {
	starts["\ufffd"[0]] = true
	for _, letters := range append(slices.Clip(hidden.R16), unusual.R16...) {
		for letter := letters.Lo; letter <= letters.Hi; letter++ {
			starts[string(rune(letter))[0]] = true
		}
	}
	return starts
}()

// withoutHidden returns a text without the hidden letters, each of which it reports. It warns of
// unusual ones.
func (f *file) withoutHidden(name string, text []byte) []byte {
	var kept []byte
	end := 0 // of what is kept
	for i, first := range text {
		if !startsHidden[first] {
			continue
		}
		letter, size := utf8.DecodeRune(text[i:])
		if f.reportHidden(name, 1+bytes.Count(text[:i], []byte("\n")), letter) {
			kept = append(kept, text[end:i]...)
			end = i + size
		}
	}
	if end == 0 {
		return text
	}
	return append(kept, text[end:]...)
}

// reportHidden reports a letter that is hidden, and warns of an unusual one, once a line. isHidden
// tells which it is.
func (f *file) reportHidden(name string, line int, letter rune) (isHidden bool) {
	p := Problem{File: name, Line: line}
	switch isHidden = unicode.Is(hidden, letter); {
	case isHidden:
		p.Text = fmt.Sprintf("目に見えない制御文字 U+%04X があります（消してください。見つからなければ、前後の文字と一緒に打ち直してください）", letter)
	case letter == utf8.RuneError:
		p.Text = "文字の形を失った印「\ufffd」があります（元の文字を打ち直してください）"
		p.Warning = true
	case unicode.Is(unusual, letter):
		p.Text = fmt.Sprintf("普通の空白に見えるか、幅のない文字 U+%04X があります（わざと入れたのでなければ、前後の文字と一緒に打ち直してください）", letter)
		p.Warning = true
	default:
		return false
	}
	if n := len(f.problems); n == 0 || f.problems[n-1] != p {
		f.problems = append(f.problems, p)
	}
	return isHidden
}

// lookForHidden reports hidden letters in the texts of a table, where TOML spells them out: "\u202e".
func (f *file) lookForHidden(name string, t *table) {
	look := func(line int, value any) {
		text, _ := value.(string)
		for _, letter := range text {
			f.reportHidden(name, line, letter)
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
