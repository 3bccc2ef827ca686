package handbook

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// field begins a field of a table, and a list over several lines when nothing follows its bracket.
var field = regexp.MustCompile(`^(?:"[^"]+"|[A-Za-z0-9_.-]+) *= *(\[$)?`)

// Where editors put empty lines is theirs: nothing is gone for that.
func TestEmptyLines(t *testing.T) {
	forms := map[string]func(n, of int) bool{ // whether an empty line stands above the nth of a table's fields
		"above each field":             func(int, int) bool { return true },
		"in the middle of each table":  func(n, of int) bool { return n == of/2 },
		"above the last of each table": func(n, of int) bool { return n == of-1 },
		"nowhere":                      func(int, int) bool { return false },
	}
	contents := map[string]fs.FS{"valid": newTree(t).fs(), "this edition": os.DirFS("../../content")}
	for name, content := range contents {
		today := contentDay
		if name == "this edition" {
			today = time.Now()
		}
		for form, isAbove := range forms {
			changed := fstest.MapFS{}
			err := fs.WalkDir(content, ".", func(name string, entry fs.DirEntry, err error) error {
				if err != nil || entry.IsDir() {
					return err
				}
				data, err := fs.ReadFile(content, name)
				text := string(data)
				switch front, below, hasFront := strings.Cut(strings.TrimPrefix(text, "+++\n"), "\n+++\n"); {
				case strings.HasSuffix(name, ".toml"):
					text = withEmptyLines(text, isAbove)
				case hasFront && strings.HasPrefix(text, "+++\n"):
					text = "+++\n" + withEmptyLines(front, isAbove) + "+++\n" + below
				}
				changed[name] = &fstest.MapFile{Data: []byte(text)}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			_, want, err := Load(content, today, Said{Partial: true})
			if err != nil {
				t.Fatal(err)
			}
			_, got, err := Load(changed, today, Said{Partial: true})
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != len(want) {
				t.Errorf("%s, empty lines %s: got %d problems, beginning with %v, want %d", name, form, len(got), got[:min(3, len(got))], len(want))
			}
		}
	}
}

// withEmptyLines returns a document in TOML with the empty lines that are wanted, and no others.
func withEmptyLines(text string, isAbove func(n, of int) bool) string {
	var lines []string
	var fields []int // of the table, by their places among the lines
	endTable := func() {
		for n, at := range slices.Backward(fields) {
			if isAbove(n, len(fields)) {
				lines = slices.Insert(lines, at, "")
			}
		}
		fields = nil
	}
	inList, inText := false, false
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		found := field.FindStringSubmatch(line)
		switch {
		case inText || strings.Count(line, `"""`) == 1:
			inText = inText != (strings.Count(line, `"""`) == 1)
			if found != nil && inText {
				fields = append(fields, len(lines))
			}
		case inList:
			inList = line != "]"
		case strings.TrimSpace(line) == "":
			continue
		case strings.HasPrefix(line, "["):
			endTable()
		case found != nil:
			fields = append(fields, len(lines))
			inList = found[1] != ""
		}
		lines = append(lines, line)
	}
	endTable()
	return strings.Join(lines, "\n") + "\n"
}
