package source

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
)

// fenceSpaces are spaces after the lines around front matter: nobody sees them.
var fenceSpaces = regexp.MustCompile(`(?m)^\+\+\+[ \t]+$`)

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
		whole := fenceSpaces.ReplaceAllString(strings.TrimSuffix(string(data), "\n"), "+++")
		if got := fenceSpaces.ReplaceAllString(strings.TrimSuffix("+++\n"+string(front)+"+++\n"+string(below), "\n"), "+++"); got != whole {
			t.Errorf("the parts are not the whole:\ngot  %q\nwant %q", got, whole)
		}
		if want := 3 + bytes.Count(front, []byte("\n")); line != want {
			t.Errorf("the text begins on line %d, want %d", line, want)
		}
	})
}

// A TOML text is read into a record without panic, as the library reads it.
func FuzzTOML(f *testing.F) {
	f.Add(everyField)
	f.Add("text = \"\"\"\n\"")
	f.Add("\x02text")
	f.Add("parts = {}\nlabels = {A = \"b\"}\ntexts = [1]\ndecimals = [\"\"]\nday = \"\"")
	for _, c := range lineCases {
		f.Add(c.text)
	}
	for _, text := range keysThatStandTwice {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip() // such a file is not parsed
		}
		// What the library's decoder takes is read.
		_, err := parseTOML([]byte(text), 1)
		if err != nil && toml.Unmarshal([]byte(text), new(map[string]any)) == nil {
			t.Errorf("%q is not read: %v", text, err)
		}
		file := &file{}
		file.decode(NewReader(fstest.MapFS{}), "a.toml", []byte(text), 1, new(sample))
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
