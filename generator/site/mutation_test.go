package site_test

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"

	"tebiki/generator/handbook"
	"tebiki/generator/site"
	"tebiki/generator/source"
)

// A slip is what may happen to a file of a handbook: of the hand, of an editor, of a disk. It changes
// the content and returns the places at which the content now differs, or none where it cannot happen.
type slip struct {
	name string
	do   func(r *rand.Rand, content fstest.MapFS, file string) []place
}

// A place is a line of a file, or the whole file for line 0.
type place struct {
	file string
	line int
}

// inText makes a slip of the lines of a text. do returns those that are left and where they differ,
// from 0, or false where it cannot be done.
func inText(name string, do func(r *rand.Rand, lines []string) ([]string, int, bool)) slip {
	return slip{name, func(r *rand.Rand, content fstest.MapFS, file string) []place {
		if !isText(file) {
			return nil
		}
		left, at, ok := do(r, strings.Split(strings.TrimSuffix(string(content[file].Data), "\n"), "\n"))
		if !ok {
			return nil
		}
		put(content, file, []byte(strings.Join(left, "\n")+"\n"))
		return []place{{file, at + 1}}
	}}
}

// inLine makes a slip of one line.
func inLine(name string, do func(r *rand.Rand, line string) string) slip {
	return inText(name, func(r *rand.Rand, lines []string) ([]string, int, bool) {
		i := r.IntN(len(lines))
		line := do(r, lines[i])
		if line == lines[i] {
			return nil, 0, false
		}
		return slices.Replace(lines, i, i+1, line), i, true
	})
}

// inBytes makes a slip of the bytes of a text. do returns those that are left and where they differ, or
// false where it cannot be done.
func inBytes(name string, do func(r *rand.Rand, data []byte) ([]byte, int, bool)) slip {
	return slip{name, func(r *rand.Rand, content fstest.MapFS, file string) []place {
		data := content[file].Data
		if !isText(file) {
			return nil
		}
		left, at, ok := do(r, slices.Clone(data))
		if !ok || bytes.Equal(left, data) {
			return nil
		}
		put(content, file, left)
		return []place{{file, 1 + bytes.Count(data[:at], []byte("\n"))}}
	}}
}

// ofFile makes a slip that gives a file other names, or none. do returns them.
func ofFile(name string, do func(r *rand.Rand, file string) []string) slip {
	return slip{name, func(r *rand.Rand, content fstest.MapFS, file string) []place {
		names := do(r, file)
		data, places := content[file].Data, []place{{file, 0}}
		for _, name := range names {
			if _, taken := content[name]; taken && name != file {
				return nil
			}
		}
		delete(content, file)
		for _, name := range names {
			put(content, name, data)
			places = append(places, place{name, 0})
		}
		return places
	}}
}

// put writes a file as nobody has read it yet.
func put(content fstest.MapFS, file string, data []byte) {
	written++
	content[file] = &fstest.MapFile{Data: data, ModTime: time.Unix(written, 0)}
}

var written int64

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

var slips = []slip{
	inText("a line is gone", func(r *rand.Rand, lines []string) ([]string, int, bool) {
		i := r.IntN(len(lines))
		return slices.Delete(lines, i, i+1), i, true
	}),
	inText("a line stands twice", func(r *rand.Rand, lines []string) ([]string, int, bool) {
		i := r.IntN(len(lines))
		return slices.Insert(lines, i, lines[i]), i, true
	}),
	inText("two lines have changed places", func(r *rand.Rand, lines []string) ([]string, int, bool) {
		if len(lines) < 2 {
			return nil, 0, false
		}
		i := r.IntN(len(lines) - 1)
		lines[i], lines[i+1] = lines[i+1], lines[i]
		return lines, i, lines[i] != lines[i+1]
	}),
	inText("a line has joined the next", func(r *rand.Rand, lines []string) ([]string, int, bool) {
		if len(lines) < 2 {
			return nil, 0, false
		}
		i := r.IntN(len(lines) - 1)
		ok := lines[i] != "" && lines[i+1] != ""
		return slices.Replace(lines, i, i+2, lines[i]+lines[i+1]), i, ok
	}),
	inText("the end is cut off", func(r *rand.Rand, lines []string) ([]string, int, bool) {
		i := r.IntN(len(lines))
		return lines[:i], i, true
	}),
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

	inBytes("a byte is another one", func(r *rand.Rand, data []byte) ([]byte, int, bool) {
		at := r.IntN(len(data))
		data[at] = byte(r.Uint32())
		return data, at, true
	}),
	inBytes("a byte is gone", func(r *rand.Rand, data []byte) ([]byte, int, bool) {
		at := r.IntN(len(data))
		return slices.Delete(data, at, at+1), at, true
	}),
	inBytes("bytes are zero", func(r *rand.Rand, data []byte) ([]byte, int, bool) {
		at := r.IntN(len(data))
		clear(data[at:min(at+1+r.IntN(512), len(data))])
		return data, at, true
	}),
	inBytes("half was written", func(r *rand.Rand, data []byte) ([]byte, int, bool) {
		at := r.IntN(len(data))
		return data[:at], at, true
	}),
	inBytes("it is in Shift_JIS", func(r *rand.Rand, data []byte) ([]byte, int, bool) {
		at := bytes.IndexFunc(data, func(letter rune) bool { return letter >= utf8.RuneSelf })
		left, err := japanese.ShiftJIS.NewEncoder().Bytes(data)
		return left, at, at >= 0 && err == nil
	}),
	inBytes("it is in UTF-16", func(r *rand.Rand, data []byte) ([]byte, int, bool) {
		left, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(data)
		return left, 0, err == nil
	}),
	inBytes("it is as Windows saves it", func(r *rand.Rand, data []byte) ([]byte, int, bool) {
		return slices.Concat([]byte("\ufeff"), bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))), 0, true
	}),

	ofFile("a file is gone", func(r *rand.Rand, file string) []string { return nil }),
	ofFile("a file has another name", func(r *rand.Rand, file string) []string {
		folder, name := path.Split(file)
		ending := path.Ext(name)
		base := strings.TrimSuffix(name, ending)
		at := r.IntN(len(base))
		return []string{folder + []string{
			base[:at] + base[at+1:] + ending,
			base[:at] + "x" + base[at:] + ending,
			base + strings.ToUpper(ending),
			base + ending + ".txt",
			base + ending + "~",
			base,
			"." + name,
			strings.ToUpper(base[:1]) + base[1:] + ending,
			base + "・" + ending,
		}[r.IntN(9)]}
	}),
	ofFile("a file stands twice", func(r *rand.Rand, file string) []string {
		ending := path.Ext(file)
		base := strings.TrimSuffix(file, ending)
		return []string{file, []string{base + " - コピー" + ending, base + "のコピー" + ending, base + " (1)" + ending, base + "-2" + ending, file + ".bak"}[r.IntN(5)]}
	}),
	ofFile("a file lies in another folder", func(r *rand.Rand, file string) []string {
		folders := []string{"", "measures/", "methods/", "pages/", "guides/", "terms/", "threats/", "public/", "measures/old/", "changes/"}
		name := folders[r.IntN(len(folders))] + path.Base(file)
		if name == file {
			return []string{"old/" + file}
		}
		return []string{name}
	}),
	{"a file is empty", func(r *rand.Rand, content fstest.MapFS, file string) []place {
		put(content, file, []byte([]string{"", "\n", "+++\n+++\n"}[r.IntN(3)]))
		return []place{{file, 0}}
	}},
}

// isText reports whether a file of the content is one that editors write.
func isText(name string) bool {
	return slices.Contains([]string{".md", ".toml"}, path.Ext(name)) && name != "README.md" && !strings.HasPrefix(name, "public/")
}

// TestDamages: whatever happens to a file of the real content, it is named, near the place where it
// happened, or the handbook is as sound as before. CASES says how often something happens.
//
// What no problem names is silent. It is harmless in this sense: the pages can be made, and show no
// mark that was meant for a program. They may say something else: a paragraph that is gone and a word that
// has lost a letter are what an editor could have meant, and nothing but a reader can know better.
func TestDamages(t *testing.T) {
	cases := 150
	if n, err := strconv.Atoi(os.Getenv("CASES")); err == nil {
		cases = n
	}
	c, err := newDamaged()
	if err != nil {
		t.Fatal(err)
	}
	files := slices.Sorted(maps.Keys(c.content))
	r := rand.New(rand.NewPCG(2026, 11))
	counts, all := map[string]map[string]int{}, map[string]int{}
	for i := 0; i < cases; {
		s := slips[r.IntN(len(slips))]
		content := maps.Clone(c.content)
		places := s.do(r, content, files[r.IntN(len(files))])
		if places == nil {
			continue
		}
		i++
		verdict, why := c.judge(content, places)
		if counts[s.name] == nil {
			counts[s.name] = map[string]int{}
		}
		counts[s.name][verdict]++
		all[verdict]++
		if slices.Contains([]string{"elsewhere", "outside", "unsound"}, verdict) {
			t.Errorf("%s at %v is %s:\n\t%s", s.name, places, verdict, why)
		}
	}
	for _, s := range slips {
		t.Logf("%s: %v", s.name, counts[s.name])
	}
	t.Logf("all %d: %v", cases, all)
	// What is gone has no line, and is named at the place where it is missed.
	if n := all["named by its file"]; n > 5+cases/20 {
		t.Errorf("%d of %d are named by their files alone, want few", n, cases)
	}
}

// A damaged is the real content, to be damaged.
type damaged struct {
	content fstest.MapFS
	layouts *site.Layouts
	assets  *site.Assets
	reader  *handbook.Reader
	sound   *site.Site
	told    map[source.Problem]bool // of the sound one
}

func newDamaged() (*damaged, error) {
	c := &damaged{reader: handbook.NewReader()}
	var err error
	if c.layouts, err = site.ReadLayouts(folder("layouts")); err != nil {
		return nil, err
	}
	if c.assets, err = ownAssets(); err != nil {
		return nil, err
	}
	if c.content, err = readFolder(folder("content")); err != nil {
		return nil, err
	}
	delete(c.content, "README.md")
	var problems []source.Problem
	c.sound, problems, err = c.load(c.content)
	c.told = map[source.Problem]bool{}
	for _, p := range problems {
		c.told[p] = true
	}
	return c, err
}

// load reads content on a day on which nothing is overdue. A panic is an error.
func (c *damaged) load(content fstest.MapFS) (s *site.Site, problems []source.Problem, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return site.Load(c.reader, content, c.layouts, c.assets, time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC), site.Options{})
}

// judge says what an editor learns of content that is damaged at some places, and why.
func (c *damaged) judge(content fstest.MapFS, places []place) (verdict, why string) {
	s, problems, err := c.load(content)
	if err != nil {
		return "unsound", err.Error()
	}
	problems = slices.DeleteFunc(problems, func(p source.Problem) bool { return c.told[p] })
	if len(problems) == 0 {
		return c.compare(s, places[0].file)
	}
	verdict, why = "elsewhere", lines(problems)
	for _, p := range problems {
		if file := content[p.File]; !utf8.ValidString(p.Text) || p.Line < 1 || file != nil && p.Line > 2+bytes.Count(file.Data, []byte("\n")) {
			return "outside", why
		}
		for _, at := range places {
			switch {
			case p.File == at.file && (at.line == 0 || p.Line >= at.line-2 && p.Line <= at.line+2):
				verdict = "named where it is"
			case verdict == "elsewhere" && names(p, at.file):
				verdict = "named by its file"
				if at.line == 0 {
					verdict = "named where it is"
				}
			}
		}
	}
	return verdict, why
}

// names reports whether a problem names a file, by its path or as published.toml names a text: without
// the ending.
func names(p source.Problem, file string) bool {
	text := strings.TrimSuffix(file, path.Ext(file))
	return p.File == file || strings.Contains(p.Text, file) || strings.Contains(text, "/") && strings.Contains(p.Text, text)
}

// compare says whether a page on which a file is shown says the same as before.
func (c *damaged) compare(s *site.Site, file string) (verdict, why string) {
	address, _, _ := strings.Cut(cmp.Or(c.sound.PageOf(file), "index.html"), "#")
	before, err := show(c.sound, address)
	if err != nil {
		return "unsound", err.Error()
	}
	after, err := show(s, address)
	switch {
	case err != nil:
		return "unsound", err.Error()
	case before == after:
		return "silent, its page is the same", ""
	case len(strayMark.FindAllString(after, -1)) > len(strayMark.FindAllString(before, -1)):
		return "unsound", fmt.Sprintf("%s shows a mark: %q", address, strayMark.FindAllString(after, -1))
	}
	return "silent, its page says something else", ""
}

// strayMark is a mark for a program that a page shows: of a link, a heading, an item, a field.
var strayMark = regexp.MustCompile("(?m)\\*\\*|\\]\\(|[［］｛｝＊｀`]|^\\+\\+\\+|^#+ |^[-*_=] |^\\.?[0-9]+[.．] |^[a-z_]+ = |[。）」](?:-|#+|[0-9]+\\.) ")

// show returns what a page says, a line for each piece of text. A panic is an error.
func show(s *site.Site, address string) (said string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s: panic: %v\n%s", address, p, debug.Stack())
		}
	}()
	data, err := s.File(address)
	if err != nil {
		return "", err
	}
	pages, err := parsePages(published{address: data})
	if err != nil || pages[address] == nil {
		return "", errors.Join(err, fmt.Errorf("no page %s", address))
	}
	var b strings.Builder
	for n := range pages[address].root.Descendants() {
		if text := strings.TrimSpace(n.Data); n.Type == html.TextNode && text != "" {
			b.WriteString(text + "\n")
		}
	}
	return b.String(), nil
}
