package site_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"tebiki/generator/handbook"
	"tebiki/generator/site"
	"tebiki/generator/source"
)

// A damage is what a slip of the hand does to the lines of a file. It returns the lines that are left
// and the place where they differ, from 0, or false where it cannot be done.
type damage struct {
	name string
	do   func(r *rand.Rand, lines []string) ([]string, int, bool)
}

// inLine makes a damage of one line.
func inLine(name string, do func(r *rand.Rand, line string) string) damage {
	return damage{name, func(r *rand.Rand, lines []string) ([]string, int, bool) {
		i := r.IntN(len(lines))
		line := do(r, lines[i])
		if line == lines[i] {
			return nil, 0, false
		}
		return slices.Replace(lines, i, i+1, line), i, true
	}}
}

// oneOf replaces one of the places at which a letter of from stands by that of to.
func oneOf(r *rand.Rand, line string, from, to []rune) string {
	letters := []rune(line)
	var places []int
	for i, letter := range letters {
		if slices.Contains(from, letter) {
			places = append(places, i)
		}
	}
	if len(places) == 0 {
		return line
	}
	at := places[r.IntN(len(places))]
	letters[at] = to[slices.Index(from, letters[at])]
	return string(letters)
}

var damages = []damage{
	{"a line is gone", func(r *rand.Rand, lines []string) ([]string, int, bool) {
		i := r.IntN(len(lines))
		return slices.Delete(lines, i, i+1), i, true
	}},
	{"a line stands twice", func(r *rand.Rand, lines []string) ([]string, int, bool) {
		i := r.IntN(len(lines))
		return slices.Insert(lines, i, lines[i]), i, true
	}},
	{"two lines have changed places", func(r *rand.Rand, lines []string) ([]string, int, bool) {
		if len(lines) < 2 {
			return nil, 0, false
		}
		i := r.IntN(len(lines) - 1)
		lines[i], lines[i+1] = lines[i+1], lines[i]
		return lines, i, lines[i] != lines[i+1]
	}},
	{"a line has joined the next", func(r *rand.Rand, lines []string) ([]string, int, bool) {
		if len(lines) < 2 {
			return nil, 0, false
		}
		i := r.IntN(len(lines) - 1)
		return slices.Replace(lines, i, i+2, lines[i]+lines[i+1]), i, lines[i] != "" && lines[i+1] != ""
	}},
	{"the end is cut off", func(r *rand.Rand, lines []string) ([]string, int, bool) {
		i := r.IntN(len(lines))
		return lines[:i], i, true
	}},
	inLine("a letter is gone", func(r *rand.Rand, line string) string {
		if line == "" {
			return line
		}
		letters := []rune(line)
		i := r.IntN(len(letters))
		return string(slices.Delete(letters, i, i+1))
	}),
	inLine("two letters have changed places", func(r *rand.Rand, line string) string {
		letters := []rune(line)
		if len(letters) < 2 {
			return line
		}
		i := r.IntN(len(letters) - 1)
		letters[i], letters[i+1] = letters[i+1], letters[i]
		return string(letters)
	}),
	inLine("a mark is of another width", func(r *rand.Rand, line string) string {
		return oneOf(r, line, []rune(`="[]()#|-+,.*{}: `+"`0123456789"), []rune(`＝”［］（）＃｜－＋，．＊｛｝：　｀０１２３４５６７８９`))
	}),
	inLine("a mark is another one", func(r *rand.Rand, line string) string {
		return oneOf(r, line, []rune(`="[]()#|-,.{}*`), []rune(`:'{}[]*/_.,()-`))
	}),
	inLine("a small letter is another one", func(r *rand.Rand, line string) string {
		from := []rune("abcdefghijklmnopqrstuvwxyz")
		return oneOf(r, line, from, append(slices.Clone(from[1:]), 'a'))
	}),
	inLine("spaces stand before a line", func(r *rand.Rand, line string) string {
		return strings.Repeat(" ", 1+r.IntN(5)) + line
	}),
}

// isText reports whether a file of the content is one that editors write.
func isText(name string) bool {
	return slices.Contains([]string{".md", ".toml"}, path.Ext(name)) && name != "README.md" && !strings.HasPrefix(name, "public/")
}

// TestDamages: whatever a slip of the hand does to the real content, it is told near the place where
// it happened, or the handbook is as sound as before. CASES says how many slips are made.
func TestDamages(t *testing.T) {
	cases := 200
	if n, err := strconv.Atoi(os.Getenv("CASES")); err == nil {
		cases = n
	}
	today := time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)
	layouts, err := site.ReadLayouts(folder("layouts"))
	if err != nil {
		t.Fatal(err)
	}
	assets, err := ownAssets()
	if err != nil {
		t.Fatal(err)
	}
	content, err := readFolder(folder("content"))
	if err != nil {
		t.Fatal(err)
	}
	reader := handbook.NewReader()
	load := func(content fstest.MapFS) []source.Problem {
		_, problems, err := site.Load(reader, content, layouts, assets, today, site.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return problems
	}
	before := map[source.Problem]bool{}
	for _, p := range load(content) {
		before[p] = true
	}
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(content)), func(name string) bool { return !isText(name) })
	r := rand.New(rand.NewPCG(2026, 11))
	count := map[string]int{}
	for i := 0; i < cases; {
		name := names[r.IntN(len(names))]
		d := damages[r.IntN(len(damages))]
		lines := strings.Split(strings.TrimSuffix(string(content[name].Data), "\n"), "\n")
		left, at, ok := d.do(r, slices.Clone(lines))
		if !ok {
			continue
		}
		i++
		damaged := maps.Clone(content)
		text := strings.Join(left, "\n") + "\n"
		damaged[name] = &fstest.MapFile{Data: []byte(text), ModTime: time.Unix(int64(i), 0)}
		problems := load(damaged)
		verdict := judge(problems, before, name, text, at+1)
		count[verdict]++
		if verdict == "elsewhere" || verdict == "outside" {
			was := ""
			if at < len(lines) {
				was = lines[at]
			}
			t.Errorf("%s:%d: %s (it is %q): %s", name, at+1, d.name, was, summary(problems, before))
		}
	}
	t.Logf("of %d slips: %v", cases, count)
}

// judge says what an editor learns of a slip on a line of a file.
func judge(problems []source.Problem, before map[source.Problem]bool, name, text string, line int) string {
	last := 1 + strings.Count(text, "\n")
	slug := strings.TrimSuffix(path.Base(name), path.Ext(name))
	verdict := "harmless"
	for _, p := range problems {
		if before[p] {
			continue
		}
		if p.File == name && (p.Line < 1 || p.Line > last) || !utf8.ValidString(p.Text) {
			return "outside"
		}
		switch {
		case p.File == name && p.Line >= line-2 && p.Line <= line+2:
			return "named where it is"
		case p.File == name || strings.Contains(p.Text, slug):
			verdict = "named by its file"
		case verdict == "harmless" && strings.Contains(p.Text, "項目のはずですが"):
			verdict = "named by a count" // which measure has lost its place nobody can tell
		case verdict == "harmless":
			verdict = "elsewhere"
		}
	}
	return verdict
}

// summary tells the new ones of some problems.
func summary(problems []source.Problem, before map[source.Problem]bool) string {
	var lines []string
	for _, p := range problems {
		if !before[p] {
			lines = append(lines, p.String())
		}
	}
	return fmt.Sprintf("%d problems\n\t%s", len(lines), strings.Join(lines[:min(3, len(lines))], "\n\t"))
}
