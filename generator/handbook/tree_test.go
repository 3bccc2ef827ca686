package handbook

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"tebiki/generator/source"
)

// A tree is a content folder: file → text.
type tree map[string]string

// contentDay is a day on which nothing in valid.txtar is overdue.
var contentDay = time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)

// meanings are those that content/README.md tells, as the commands use them.
var meanings = sync.OnceValue(func() source.Meanings {
	readme, err := os.ReadFile("../../content/README.md")
	if err != nil {
		panic(err)
	}
	return source.ReadMeanings(string(readme))
})

// newTree returns the content of valid.txtar.
func newTree(t testing.TB) tree {
	t.Helper()
	archive, err := txtar.ParseFile(rulesFolder + "/" + validFile)
	if err != nil {
		t.Fatal(err)
	}
	files := tree{}
	for _, file := range archive.Files {
		files[file.Name] = string(file.Data)
	}
	return files
}

// replace replaces text that stands in the file exactly once.
func (files tree) replace(file, before, after string) {
	if n := strings.Count(files[file], before); n != 1 {
		panic(fmt.Sprintf("%q stands %d times in %s, want once", before, n, file))
	}
	files[file] = strings.Replace(files[file], before, after, 1)
}

func (files tree) fs() fstest.MapFS {
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return folder
}

// load loads the tree and returns its problems, one a line.
func (files tree) load(t testing.TB, today time.Time) (*Handbook, []string) {
	t.Helper()
	h, problems, err := (&Reader{Explain: meanings}).Load(files.fs(), today, Said{})
	if err != nil {
		t.Fatal(err)
	}
	files.checkLines(t, problems)
	var lines []string
	for i, p := range problems {
		lines = append(lines, p.String())
		if i > 0 && (p.File < problems[i-1].File || p.File == problems[i-1].File && p.Line < problems[i-1].Line) {
			t.Errorf("problems are not sorted: %s\nstands after %s", p, problems[i-1])
		}
	}
	return h, lines
}

// checkLines fails the test when a problem stands on no line of its file, or is no text.
func (files tree) checkLines(t testing.TB, problems []source.Problem) {
	t.Helper()
	for _, p := range problems {
		if last := 1 + strings.Count(files[p.File], "\n"); p.Line < 1 || p.Line > last {
			t.Errorf("line %d is outside of the file, which ends at %d: %s", p.Line, last, p)
		}
		if !utf8.ValidString(p.Text) {
			t.Errorf("a problem that is no text: %q", p.Text)
		}
	}
}

// wantProblems fails the test unless loading the tree reports exactly the lines of want.
func (files tree) wantProblems(t *testing.T, today time.Time, want string) {
	t.Helper()
	_, got := files.load(t, today)
	wanted := strings.FieldsFunc(want, func(r rune) bool { return r == '\n' })
	if !slices.Equal(got, wanted) {
		t.Errorf("got problems\n%swant\n%s", marked(got, wanted), marked(wanted, got))
	}
}

// marked returns lines, one each, with a mark before those that the others lack.
func marked(lines, others []string) string {
	var b strings.Builder
	for _, line := range lines {
		mark := "  "
		if !slices.Contains(others, line) {
			mark = "! "
		}
		b.WriteString(mark + line + "\n")
	}
	return b.String()
}
