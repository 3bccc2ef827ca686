package source

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// The parts of a file add up to the file.
func FuzzFrontMatter(f *testing.F) {
	for _, text := range []string{"", "文", "+++", "+++\n+++", "+++\na = 1\n+++\n\n文", "+++\n++++\n+++\n", "+++\n +++\n+++ \n"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		before := bytes.Clone(data)
		front, below, line, ok := splitFrontMatter(data)
		if !bytes.Equal(data, before) {
			t.Errorf("the file was changed: got %q, want %q", data, before)
		}
		if !ok {
			return
		}
		whole := strings.TrimSuffix(string(data), "\n")
		if got := strings.TrimSuffix("+++\n"+front+"+++\n"+string(below), "\n"); got != whole {
			t.Errorf("the parts are not the whole:\ngot  %q\nwant %q", got, whole)
		}
		if want := 3 + strings.Count(front, "\n"); line != want {
			t.Errorf("the text begins on line %d, want %d", line, want)
		}
	})
}

// A TOML text is read into a record without panic, and every key of a text that is TOML has its
// line.
func FuzzTOML(f *testing.F) {
	f.Add(everyField)
	f.Add("text = \"\"\"\n\"")
	f.Add("\x02text")
	f.Add("parts = {}\nlabels = {A = \"b\"}\ntexts = [1]\ndecimals = [\"\"]\nday = \"\"")
	for _, c := range lineCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip() // such a file is not parsed
		}
		var data map[string]any
		if md, err := toml.Decode(text, &data); err == nil {
			if got, want := len(keyLines(text)), len(md.Keys()); got != want {
				t.Errorf("lines of %d keys, want %d: %v in %q", got, want, md.Keys(), text)
			}
		}
		file := &file{}
		file.decode("a.toml", text, 1, new(sample))
		for _, p := range file.problems {
			if last := 1 + strings.Count(text, "\n"); p.Line < 1 || p.Line > last {
				t.Errorf("line %d is outside of the file, which ends at %d: %s", p.Line, last, p)
			}
			if !utf8.ValidString(p.Text) {
				t.Errorf("a problem that is no text: %q", p.Text)
			}
		}
	})
}
