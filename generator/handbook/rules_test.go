package handbook

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write the problems in testdata/rules anew")

const (
	rulesFolder = "testdata/rules" // its README.md tells how a rule is written
	validFile   = "valid.txtar"
)

// A rule is an archive of testdata/rules.
type rule struct {
	file    string         // of the archive
	text    string         // says the rule
	archive *txtar.Archive // the last section holds the problems
	content tree           // the valid content, changed as the archive says
	today   time.Time
}

// readRules reads every rule, in the order of the files.
func readRules(t testing.TB) []rule {
	t.Helper()
	valid := newTree(t)
	var rules []rule
	err := filepath.WalkDir(rulesFolder, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(file) != ".txtar" || filepath.Base(file) == validFile {
			return err
		}
		archive, err := txtar.ParseFile(file)
		if err != nil {
			return err
		}
		r, err := newRule(archive, valid)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		r.file = file
		rules = append(rules, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(rules) == 0 {
		t.Fatal("there are no rules")
	}
	return rules
}

// newRule applies an archive to the valid content.
func newRule(archive *txtar.Archive, valid tree) (rule, error) {
	r := rule{
		text:    strings.TrimSpace(string(archive.Comment)),
		archive: archive,
		content: maps.Clone(valid),
		today:   contentDay,
	}
	last := len(archive.Files) - 1
	if r.text == "" || last < 0 || archive.Files[last].Name != "problems" {
		return r, errors.New("want the rule in words at the beginning, and the section problems at the end")
	}
	for _, section := range archive.Files[:last] {
		verb, file, _ := strings.Cut(section.Name, " ")
		_, exists := r.content[file]
		var err error
		switch {
		case verb == "add" && !exists:
			r.content[file] = string(section.Data)
		case verb == "edit" && exists:
			r.content[file], err = edit(r.content[file], string(section.Data))
		case verb == "remove" && exists:
			delete(r.content, file)
		case section.Name == "today":
			r.today, err = time.Parse(time.RFC3339, strings.TrimSpace(string(section.Data)))
		default:
			err = errors.New("want add and a new file, edit or remove and a file of the content, or today")
		}
		if err != nil {
			return r, fmt.Errorf("section %q: %w", section.Name, err)
		}
	}
	return r, nil
}

// edit changes lines of a text. In the change "- " stands before each line that goes, "+ " before
// each that comes, and two spaces before each that stays and shows the place. The lines that go and
// stay must stand in the text exactly once.
func edit(text, change string) (string, error) {
	var before, after []string
	for line := range strings.Lines(change) {
		if line == "\n" {
			line = "  \n" // editors take away spaces at the end of a line
		}
		mark, rest := line[:1], strings.TrimPrefix(line[1:], " ")
		if !strings.Contains(" -+", mark) || line[1] != ' ' && line[1] != '\n' {
			return "", fmt.Errorf("want %q to begin with two spaces, \"- \" or \"+ \"", line)
		}
		if mark != "+" {
			before = append(before, rest)
		}
		if mark != "-" {
			after = append(after, rest)
		}
	}
	lines := slices.Collect(strings.Lines(text))
	var found []int
	for i := range len(lines) - len(before) + 1 {
		if slices.Equal(lines[i:i+len(before)], before) {
			found = append(found, i)
		}
	}
	if len(found) != 1 {
		return "", fmt.Errorf("%q stands %d times in the file, want once", strings.Join(before, ""), len(found))
	}
	return strings.Join(slices.Replace(lines, found[0], found[0]+len(before), after...), ""), nil
}

// TestRules: the specification of the content, a small valid handbook with one thing broken and the
// problems that must be reported, all of them, each once, in order.
func TestRules(t *testing.T) {
	t.Run(validFile, func(t *testing.T) { newTree(t).wantProblems(t, contentDay, "") })
	for _, r := range readRules(t) {
		name := strings.TrimSuffix(filepath.ToSlash(r.file), ".txtar")
		t.Run(strings.TrimPrefix(name, rulesFolder+"/"), func(t *testing.T) {
			t.Parallel()
			problems := &r.archive.Files[len(r.archive.Files)-1]
			if *update {
				_, got := r.content.load(t, r.today)
				problems.Data = []byte(strings.Join(got, "\n"))
				if err := os.WriteFile(r.file, txtar.Format(r.archive), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			r.content.wantProblems(t, r.today, string(problems.Data))
			if t.Failed() {
				t.Logf("%s: %s (go test ./generator/handbook -update writes the problems anew)", r.file, r.text)
			}
		})
	}
}

// TestEdit: what an edit of a rule may be, and what it must not.
func TestEdit(t *testing.T) {
	const text = "a = 1\n\n[b]\nc = 2\n\n[d]\nc = 2\n"
	for _, test := range []struct{ rule, change, want, problem string }{
		{"a line", "- a = 1\n+ a = 3\n", "a = 3\n\n[b]\nc = 2\n\n[d]\nc = 2\n", ""},
		{"a line that stands twice, after one that does not", "  [d]\n- c = 2\n+\n+   e\n", "a = 1\n\n[b]\nc = 2\n\n[d]\n\n  e\n", ""},
		{"empty lines", "  a = 1\n\n- [b]\n- c = 2\n-\n", "a = 1\n\n[d]\nc = 2\n", ""},
		{"a line that stands twice", "- c = 2\n", "", "stands 2 times"},
		{"a part of a line", "- a =\n", "", "stands 0 times"},
		{"no place", "+ e\n", "", "stands 8 times"},
		{"no mark", "a = 1\n", "", "to begin with"},
		{"no space after the mark", "-a = 1\n", "", "to begin with"},
	} {
		got, err := edit(text, test.change)
		if got != test.want || (err == nil) != (test.problem == "") || err != nil && !strings.Contains(err.Error(), test.problem) {
			t.Errorf("%s: %q\ngot  %q, error %v\nwant %q, error %q", test.rule, test.change, got, err, test.want, test.problem)
		}
	}
}
