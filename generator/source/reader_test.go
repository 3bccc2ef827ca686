package source

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
)

// A countedFS is a folder that notes which files are read.
type countedFS struct {
	fstest.MapFS
	mu     sync.Mutex
	read   []string
	broken string // a file at which the disk fails
}

func (c *countedFS) ReadFile(name string) ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if name == c.broken {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrPermission}
	}
	c.read = append(c.read, path.Base(name))
	return c.MapFS.ReadFile(name)
}

// write gives a file another text at a time of its own.
func (c *countedFS) write(name, text string, at int64) {
	c.MapFS[name] = &fstest.MapFile{Data: []byte(text), ModTime: time.Unix(at, 0)}
}

// A note is a record with a text below it.
type note struct {
	Record
	Title string `toml:"title"`
	Below string
}

// readNote has a problem with every text that says 悪い.
func readNote(n *note, below Text) (says []string, problems []Problem) {
	n.Below = strings.TrimSpace(string(below.Source))
	if strings.Contains(n.Below, "悪い") {
		problems = append(problems, Problem{File: below.File, Line: below.Line, Text: n.Below})
	}
	return []string{n.Below}, problems
}

// notes reads a folder and returns a line for each record, each problem and all that was said.
func notes(t *testing.T, content fs.FS, memory *Memory) ([]*note, string) {
	t.Helper()
	r := NewReader(content)
	r.Remember(memory)
	records := Records(r, "notes", readNote)
	problems, err := r.Done()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, n := range records {
		fmt.Fprintln(&b, n.Slug, n.Title, n.Below, n.At("title"))
	}
	for _, p := range SortProblems(problems) {
		fmt.Fprintln(&b, p)
	}
	said := map[string]string{}
	r.Texts(func(name string, texts []string) { said[path.Base(name)] = strings.Join(texts, ",") })
	for _, name := range slices.Sorted(maps.Keys(said)) {
		fmt.Fprintln(&b, name, "says", said[name])
	}
	return records, b.String()
}

// TestMemory: with a memory only what has changed is read, and the result is the same as without.
func TestMemory(t *testing.T) {
	content := &countedFS{MapFS: fstest.MapFS{}}
	content.write("notes/a.md", "+++\ntitle = \"一\"\n+++\n良い\n", 1)
	content.write("notes/b.md", "+++\ntitel = \"二\"\n+++\n悪い\n", 1)
	content.write("notes/c.md", "+++\ntitle = \"三\"\n+++\n悪い\n", 1)
	memory := new(Memory)
	for _, c := range []struct {
		rule   string
		change func()
		read   []string
	}{
		{"what was never read", func() {}, []string{"a.md", "b.md", "c.md"}},
		{"nothing has changed", func() {}, nil},
		{"a later file", func() { content.write("notes/b.md", "+++\ntitle = \"弐\"\n+++\n悪い\n", 2) }, []string{"b.md"}},
		{"an earlier file", func() { content.write("notes/b.md", "+++\ntitle = \"二\"\n+++\n良い\n", 1) }, []string{"b.md"}},
		{"a file of the same time and another size", func() { content.write("notes/a.md", "+++\ntitle = \"一\"\n+++\n悪い一\n", 1) }, []string{"a.md"}},
		{"a new file", func() { content.write("notes/aa.md", "悪い\n", 1) }, []string{"aa.md"}},
		{"a file that is gone", func() { delete(content.MapFS, "notes/c.md") }, nil},
		{"a file that has come back", func() { content.write("notes/c.md", "+++\ntitle = \"三\"\n+++\n悪い\n", 1) }, []string{"c.md"}},
	} {
		c.change()
		content.read = nil
		_, got := notes(t, content, memory)
		slices.Sort(content.read)
		if !slices.Equal(content.read, c.read) {
			t.Errorf("%s: read %q, want %q", c.rule, content.read, c.read)
		}
		if _, want := notes(t, content.MapFS, nil); got != want {
			t.Errorf("%s: got\n%s\nwant, as without a memory,\n%s", c.rule, got, want)
		}
	}
}

// A file that is a single record is read again when it has changed, or had problems.
func TestMemoryOfOneRecord(t *testing.T) {
	content := &countedFS{MapFS: fstest.MapFS{}}
	memory := new(Memory)
	type names struct {
		Record
		Title string   `toml:"title"`
		Names []string `toml:"names"`
	}
	var first *names
	for i, c := range []struct {
		rule, text string
		isRead     bool
	}{
		{"what was never read", "title = \"一\"\nnames = [\"a\", \"b\"]\n", true},
		{"nothing has changed", "", false},
		{"a later file", "\ntitle = \"二\"\nnames = [\"c\"]\n", true},
		{"nothing has changed then", "", false},
		{"a file with a problem", "titel = \"三\"\nnames = []\n", true},
		{"the problem stays", "", true},
		{"a file without the problem", "title = \"三\"\nnames = [\"d\"]\n", true},
		{"nothing has changed after it", "", false},
	} {
		if c.text != "" {
			content.write("top.toml", c.text, int64(i))
		}
		read := func(content fs.FS, memory *Memory) (*names, string) {
			r := NewReader(content)
			r.Remember(memory)
			into := new(names)
			r.TOML("top.toml", into)
			problems, err := r.Done()
			said := ""
			r.Texts(func(name string, texts []string) { said += fmt.Sprint(name, texts) })
			return into, fmt.Sprint(into.Title, into.Names, into.File, into.At("title"), into.At("names"), problems, err, said)
		}
		content.read = nil
		into, got := read(content, memory)
		if _, want := read(content.MapFS, nil); got != want {
			t.Errorf("%s: got\n%s\nwant, as without a memory,\n%s", c.rule, got, want)
		}
		if isRead := len(content.read) > 0; isRead != c.isRead {
			t.Errorf("%s: got read %v, want %v", c.rule, isRead, c.isRead)
		}
		if i == 0 {
			first = into
			first.Names[0] = "x" // changes nothing that is read later
		}
	}
	if fmt.Sprint(first.Names) != "[x b]" {
		t.Errorf("the earlier record was changed: got %v, want [x b]", first.Names)
	}
}

// What is done to a record changes neither the memory nor the record that is read next.
func TestMemoryGivesCopies(t *testing.T) {
	content := fstest.MapFS{"notes/a.md": {Data: []byte("+++\ntitle = \"一\"\n+++\n良い\n")}}
	memory := new(Memory)
	first, want := notes(t, content, memory)
	first[0].Slug, first[0].Title, first[0].Below = "x", "x", "x"
	if _, got := notes(t, content, memory); got != want {
		t.Errorf("after a record was changed: got\n%s\nwant\n%s", got, want)
	}
	if first[0].Title != "x" {
		t.Errorf("the earlier record was changed: got %q, want x", first[0].Title)
	}
}

// After an error of the disk the memory is what it was.
func TestMemoryOutlivesErrors(t *testing.T) {
	content := &countedFS{MapFS: fstest.MapFS{}}
	content.write("notes/a.md", "+++\ntitle = \"一\"\n+++\n良い\n", 1)
	memory := new(Memory)
	notes(t, content, memory)

	content.write("notes/b.md", "", 2)
	content.broken = "notes/b.md"
	r := NewReader(content)
	r.Remember(memory)
	records := Records(r, "notes", readNote)
	if problems, err := r.Done(); err == nil || records != nil {
		t.Errorf("got records %v, problems %v, no error, want an error alone", records, problems)
	}

	delete(content.MapFS, "notes/b.md")
	content.read = nil
	if notes(t, content, memory); len(content.read) > 0 {
		t.Errorf("read %q again, want nothing", content.read)
	}
}

// However many cores read a folder, records and problems are the same and in the same order.
func TestRecordsOnAllCores(t *testing.T) {
	content := fstest.MapFS{}
	for i := range 300 {
		text := fmt.Sprintf("+++\ntitle = \"%d\"\n+++\n\n悪い%d\n", i, i)
		switch i % 5 {
		case 1:
			text = "+++\ntitle = 1\nother = 2\n+++\n"
		case 2:
			text = "+++\ntitle = \"\n"
		}
		content[fmt.Sprintf("notes/n%03d.md", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	_, want := notes(t, content, nil)
	runtime.GOMAXPROCS(4)
	if _, got := notes(t, content, nil); got != want {
		t.Errorf("on four cores: got\n%s\nwant, as on one,\n%s", got, want)
	}
}

// TestStrings: texts by dotted key, each with its line.
func TestStrings(t *testing.T) {
	r := NewReader(fstest.MapFS{
		"words.toml": {Data: []byte("top = \"上\"\n[a]\nb = \"い\"\nempty = \" \"\nnumber = 1\n[a.c]\nd = \"ろ\"\n")},
		"open.toml":  {Data: []byte("a = \"\n")},
	})
	record, texts := r.Strings("words.toml")
	_, open := r.Strings("open.toml")
	_, missing := r.Strings("missing.toml")
	problems, err := r.Done()
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprintln(texts, open, missing, record.Slug, record.At("a.b"), record.At("a.c.d"))
	for _, p := range SortProblems(problems) {
		got += fmt.Sprintln(p)
	}
	const want = `map[a.b:い a.c.d:ろ top:上] map[] map[] words 3 7
missing.toml:1: このファイルがありません（名前を変えたなら、戻してください。初めからないなら、new handbook で作った手引きのものを写せます）
open.toml:1: TOML として読めません: 引用符が閉じていません（文の終わりに引用符を書いてください）
words.toml:4: 項目 "a.empty" が空です（なくてはならない項目です）
words.toml:5: 項目 "a.number" は引用符で囲んだ文字列で書きます
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	unread := r.Unread()
	for line, want := range map[int]bool{3: false, 4: true, 5: true} {
		if got := unread(Problem{File: "words.toml", Line: line}); got != want {
			t.Errorf("line %d: got unread %v, want %v", line, got, want)
		}
	}
}

func TestFrontMatter(t *testing.T) {
	for _, c := range []struct{ rule, file, front, below, want string }{
		{"front matter and text", "+++\na = 1\n+++\n\n文\n", "a = 1\n", "\n文\n", "line 4"},
		{"nothing in between", "+++\n+++\n文", "", "文\n", "line 3"},
		{"nothing below, no line end", "+++\na = 1\n+++", "a = 1\n", "", "line 4"},
		{"a line that only begins like the end", "+++\n++++\n+++\n", "++++\n", "", "line 4"},
		{"no front matter", "文\n", "", "", "none"},
		{"front matter below the first line", "\n+++\n+++\n", "", "", "none"},
		{"front matter that does not end", "+++\na = 1\n", "", "", "none"},
		{"an empty file", "", "", "", "none"},
	} {
		front, below, line, ok := splitFrontMatter([]byte(c.file))
		got := "none"
		if ok {
			got = fmt.Sprint("line ", line)
		}
		if string(front) != c.front || string(below) != c.below || got != c.want {
			t.Errorf("%s: %q\ngot  %q, %q, %s\nwant %q, %q, %s", c.rule, c.file, front, below, got, c.front, c.below, c.want)
		}
	}
}
