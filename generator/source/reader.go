package source

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"
)

// A Reader reads the files of a content folder, once, and collects all that is wrong with them.
type Reader struct {
	content plain
	memory  *Memory
	style   *Style
	explain func() Meanings
	files   map[string]*file // what was read, by name

	problems []Problem // of folders and missing files
	err      error     // the first error of the disk
}

// A Memory keeps what was read between one Reader and the next, which reads only the files that
// have changed since. It serves one Reader at a time.
type Memory struct{ files map[string]*file }

// A file is what was read of a file.
type file struct {
	size    int64
	changed time.Time
	record  any    // *T of a record in a folder: never changed, readers get copies
	table   *table // of a file that is a single record, if nothing is wrong with it

	problems []Problem
	unread   []int // lines of values of the wrong type or empty
	doubts   []misplace
	texts    []string // all that it says
	lost     bool     // what it says is not known
}

// A Text is what stands below the front matter of a file.
type Text struct {
	Source []byte
	File   string
	Line   int // of its first line
}

// NewReader returns a reader of a content folder.
func NewReader(content fs.FS) *Reader {
	return &Reader{content: plain{content}, style: &Style{}, explain: func() Meanings { return nil }, files: map[string]*file{}}
}

// Remember lets the folders be read by way of a memory.
func (r *Reader) Remember(memory *Memory) { r.memory = memory }

// Follow lets texts be compared with a style, which may stand in the first file that is read.
func (r *Reader) Follow(style *Style) { r.style = style }

// Explain lets problems say what a missing field means. The function is called when one is missing.
func (r *Reader) Explain(meanings func() Meanings) { r.explain = meanings }

// Done returns the problems of all that was read, unsorted, and the first error of the disk.
func (r *Reader) Done() ([]Problem, error) {
	problems := r.problems
	for _, f := range r.files {
		problems = append(problems, f.problems...)
	}
	if r.memory != nil && r.err == nil {
		r.memory.files = r.files
	}
	return problems, r.err
}

// Unread returns a function that reports whether a problem stands where a value is of the wrong
// type or empty. What follows from such a value says nothing new.
func (r *Reader) Unread() func(Problem) bool {
	return func(p Problem) bool {
		f, ok := r.files[p.File]
		return ok && slices.Contains(f.unread, p.Line)
	}
}

// Misplaced returns the problems with one in the place of those that follow from a header which is gone.
func (r *Reader) Misplaced(problems []Problem) []Problem {
	for _, name := range slices.Sorted(maps.Keys(r.files)) {
		for _, doubt := range r.files[name].doubts {
			if follows := doubt.in(name, problems); follows != nil {
				problems = append(slices.DeleteFunc(problems, follows), doubt.problem)
			}
		}
	}
	return problems
}

// Texts calls use with all that a file says, for each file that was read.
func (r *Reader) Texts(use func(name string, texts []string)) {
	for name, f := range r.files {
		use(name, f.texts)
	}
}

// Whole reports whether all texts are known: no file is missing, in another encoding, or where it is
// not read. What follows from an unknown text says nothing new.
func (r *Reader) Whole() bool {
	for _, f := range r.files {
		if f.lost {
			return false
		}
	}
	return len(r.problems) == 0
}

// Known reports files and folders in the content folder that nothing reads. silent names are
// accepted, too, but never suggested for a misspelt one.
func (r *Reader) Known(files, folders []string, silent ...string) {
	entries, err := fs.ReadDir(r.content, ".")
	r.fail(err)
	for _, entry := range entries {
		name, known := entry.Name(), files
		// Not the entry: a link to a folder is read like a folder.
		if info, err := fs.Stat(r.content, name); err == nil && info.IsDir() {
			known = folders
		}
		// Reading a folder by the name of a file says what is wrong with it.
		if !slices.Contains(known, name) && !slices.Contains(files, name) && !slices.Contains(silent, name) {
			r.problem(name, "この名前のファイルやフォルダーは使われません。要らなければ消してください"+DidYouMean(name, known))
		}
	}
}

// problem reports what is wrong with a whole file or folder.
func (r *Reader) problem(name, text string) {
	r.problems = append(r.problems, Problem{File: name, Line: 1, Text: text})
}

// fail keeps the first error of the disk.
func (r *Reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// Has reports whether there is a file. One that cannot be looked at counts: reading it says why.
func (r *Reader) Has(name string) bool {
	_, err := fs.Stat(r.content, name)
	return !errors.Is(err, fs.ErrNotExist)
}

// Optional returns a file's bytes, nil when there is none.
func (r *Reader) Optional(name string) []byte {
	data, err := fs.ReadFile(r.content, name)
	switch {
	case errors.Is(err, ErrNotPlain):
		r.problem(name, ErrNotPlain.Error())
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		r.fail(err)
	}
	return data
}

// publicName is what a file that is published as it is may be called, and its folder: no other letters
// stand in an address as they are.
var publicName = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)

// Files returns the files of a folder and of the folders in it, by their paths in it.
func (r *Reader) Files(folder string) map[string][]byte {
	files := map[string][]byte{}
	r.addFiles(files, folder, "")
	return files
}

func (r *Reader) addFiles(files map[string][]byte, folder, below string) {
	entries, err := fs.ReadDir(r.content, path.Join(folder, below))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		r.fail(err)
	}
	for _, entry := range entries {
		name := path.Join(below, entry.Name())
		full := path.Join(folder, name)
		info, err := fs.Stat(r.content, full)
		switch isFolder := err == nil && info.IsDir(); {
		case !publicName.MatchString(entry.Name()):
			r.problem(full, "名前は、半角の英数字と「.」「_」「-」だけにしてください（ページの番地になります）")
		case isFolder && below != "":
			r.problem(full, "フォルダーの中のフォルダーには置けません（一つ上のフォルダーに移してください）")
		case isFolder:
			r.addFiles(files, folder, name)
		case errors.Is(err, fs.ErrNotExist):
			r.problem(full, lostLink)
		default:
			files[name] = r.Optional(full)
		}
	}
}

// Named returns the files of a folder that have an ending, by their names without it.
func (r *Reader) Named(folder, ending string) map[string][]byte {
	files := map[string][]byte{}
	for _, entry := range r.list(folder, ending) {
		files[entry.slug] = r.Optional(entry.name)
	}
	return files
}

// lostLink says what is wrong with a link to a file that is not there.
const lostLink = "このリンクの先がありません（リンクを直すか、消してください）"

// TOML reads a file that is a single record into the struct that into points to.
func (r *Reader) TOML(name string, into any) {
	f := r.recall(name)
	if f.table != nil {
		r.files[name] = f
		(&decoder{file: name}).record(f.table, reflect.ValueOf(into).Elem(), "") // as before, without a problem
		return
	}
	f = &file{size: f.size, changed: f.changed}
	r.files[name] = f
	data, err := f.read(r.content, name)
	r.fail(err)
	if data == nil {
		return
	}
	if t := f.decode(r, name, data, 1, into); r.memory != nil && len(f.problems) == 0 {
		f.table = t
	}
}

// read returns a file as text with plain line ends, or nil when there is no such file or no text in it.
func (f *file) read(content fs.FS, name string) ([]byte, error) {
	data, err := fs.ReadFile(content, name)
	switch {
	case errors.Is(err, ErrNotPlain):
		f.lose(name, 1, ErrNotPlain.Error())
		return nil, nil
	case errors.Is(err, fs.ErrNotExist):
		why := "このファイルがありません（名前を変えたなら、戻してください。初めからないなら、new handbook で作った手引きのものを写せます）"
		if _, err := fs.Lstat(content, name); err == nil {
			why = lostLink
		}
		f.lose(name, 1, why)
		return nil, nil
	case err != nil:
		return nil, err
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	}
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		f.lose(name, 1, "このファイルは空です（書きかけなら内容を書き、要らなければ消してください）")
		return nil, nil
	case utf8.Valid(data):
		f.lookForBlank(name, data)
		return slices.Clip(f.withoutHidden(name, data)), nil
	}
	line := 1
	for text := range bytes.Lines(data) {
		if !utf8.Valid(text) {
			break
		}
		line++
	}
	f.lose(name, line, "文字コードが UTF-8 ではありません（UTF-8 で保存し直してください）")
	return nil, nil
}

// lose reports why nothing of a file is known.
func (f *file) lose(name string, line int, why string) {
	f.lost = true
	f.problems = append(f.problems, Problem{File: name, Line: line, Text: why})
}

// decode fills the struct that into points to from TOML whose first line has the number firstLine, and
// returns what that says; nil when it is no TOML.
func (f *file) decode(r *Reader, name string, text []byte, firstLine int, into any) *table {
	t := f.parse(name, text, firstLine)
	if t == nil {
		f.texts = append(f.texts, string(text))
		return nil
	}
	f.addTexts(t)
	record := reflect.ValueOf(into).Elem()
	d := decoder{file: name, explain: r.explain}
	d.record(t, record, "")
	if len(d.problems) > 0 || t.hasGaps {
		f.mend(&d, t, record)
	}
	f.problems = append(f.problems, d.problems...)
	f.unread = d.unread
	f.lookAtStyle(r.style, name, t)
	return t
}

// mend puts what stands in the wrong place where it belongs, and decodes again if there was any.
func (f *file) mend(d *decoder, t *table, record reflect.Value) {
	m := mender{root: level{t, record.Type(), ""}, found: d.problems}
	m.moved()
	m.mend(m.root, nil)
	for _, doubt := range m.doubts {
		doubt.problem.File = d.file
		f.doubts = append(f.doubts, doubt)
	}
	if len(m.problems) == 0 {
		return
	}
	record.SetZero()
	d.problems, d.unread = nil, nil
	if !m.lost {
		d.record(t, record, "")
	}
	for _, p := range m.problems {
		p.File = d.file
		d.problems = append(d.problems, p)
	}
}

// parse reads TOML; text that is none gives a problem and no table.
func (f *file) parse(name string, text []byte, firstLine int) *table {
	t, err := parseTOML(text, firstLine)
	if err != nil {
		problem := tomlProblem(name, text, firstLine, err)
		// A text that is not closed ends at the quotes of the next one: the mistake is met below it.
		if bytes.Count(text, []byte(`"""`))%2 == 1 && !strings.Contains(problem.Text, "引用符") {
			problem.Text += "。この上に、「\"\"\"」で始めて閉じていない文があります"
		}
		f.problems = append(f.problems, problem)
		return nil
	}
	if bytes.IndexByte(text, '\\') >= 0 {
		f.lookForHidden(name, t)
	}
	return t
}

// addTexts notes the strings of a table and of the tables below it.
func (f *file) addTexts(t *table) {
	for _, e := range t.entries {
		switch value := e.value.(type) {
		case string:
			f.texts = append(f.texts, value)
		case []any:
			for _, element := range value {
				if text, ok := element.(string); ok {
					f.texts = append(f.texts, text)
				}
			}
		case *table:
			f.addTexts(value)
		}
	}
}

// Records reads a folder, one record a file, on all cores. With text the files are Markdown with
// front matter: it is given the record and what stands below, and returns what that says and what
// is wrong with it. Without, the files are TOML. A file that cannot be read gives a record with
// nothing but a name, so that references to it hold.
func Records[T any, P interface {
	*T
	Self() *Record
}](r *Reader, folder string, text func(record *T, below Text) (says []string, problems []Problem)) []*T {
	ending := ".toml"
	if text != nil {
		ending = ".md"
	}
	list := r.list(folder, ending)
	files, records := make([]*file, len(list)), make([]*T, len(list))
	read := func(i int) error {
		f := r.recall(list[i].name)
		if f.record == nil {
			record := new(T)
			below, err := r.readRecord(f, list[i], record, text != nil)
			if err != nil {
				return err
			}
			self := P(record).Self()
			self.Slug, self.File, self.start = list[i].slug, list[i].name, 1
			if below.Source != nil {
				says, problems := text(record, below)
				f.texts, f.problems = append(f.texts, says...), append(f.problems, problems...)
			}
			f.record = record
		}
		own := *f.record.(*T)
		files[i], records[i] = f, &own
		return nil
	}
	// Not a goroutine for each file: its stack would have to grow each time.
	var group errgroup.Group
	var next atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() error {
			for i := next.Add(1) - 1; int(i) < len(list); i = next.Add(1) - 1 {
				if err := read(int(i)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	r.fail(group.Wait())
	if r.err != nil {
		return nil
	}
	for i, entry := range list {
		r.files[entry.name] = files[i]
	}
	return records
}

// within says what to do with a folder that is not meant, and what lies there: it may have been
// moved by mistake.
func (r *Reader) within(folder string) string {
	entries, err := fs.ReadDir(r.content, folder)
	r.fail(err)
	if len(entries) == 0 {
		return "（空のフォルダーです。消してください）"
	}
	var names []string
	for _, entry := range entries[:min(3, len(entries))] {
		names = append(names, entry.Name())
	}
	if len(entries) > len(names) {
		names = append(names, "…")
	}
	return "（フォルダーの中に " + strings.Join(names, "、") + " があります。要るものはもとの場所へ移し、フォルダーを消してください）"
}

// A listed file is one that holds a record. What its folder tells of it need not be asked again where it
// is read from.
type listed struct {
	name, slug string
	from       fs.FS
}

// list returns the files of a folder that hold records, and reports those that do not.
func (r *Reader) list(folder, ending string) []listed {
	info, err := fs.Stat(r.content, folder)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return nil // a file by the name of a folder is none that is known
	}
	entries, err := fs.ReadDir(r.content, folder)
	r.fail(err)
	list := make([]listed, 0, len(entries))
	for _, entry := range entries {
		name := path.Join(folder, entry.Name())
		slug, isRecord := strings.CutSuffix(entry.Name(), ending)
		switch {
		case entry.IsDir():
			r.problem(name, "ここには "+ending+" のファイルだけを置きます"+r.within(name))
			continue
		case !isRecord:
			r.problem(name, "ここには "+ending+" のファイルだけを置きます（要らなければ消してください）")
			continue
		case !IsSlug(slug):
			r.problem(name, "ファイル名は、小文字の英数字とハイフンだけにしてください（ページの番地や、ほかのファイルが呼ぶ名前になります）")
			// References mean the name the file should have.
			if slug = strings.ToLower(strings.ReplaceAll(slug, "_", "-")); !IsSlug(slug) {
				continue
			}
		}
		var from fs.FS = r.content
		if entry.Type().IsRegular() {
			from = r.content.FS
		}
		list = append(list, listed{name, slug, from})
	}
	return list
}

// recall returns a file as it was last read, or one without a record when it has changed since.
func (r *Reader) recall(name string) *file {
	f := &file{}
	if r.memory == nil {
		return f
	}
	// What cannot be looked at cannot be read either, which says why.
	if info, err := fs.Stat(r.content, name); err == nil {
		f.size, f.changed = info.Size(), info.ModTime()
	}
	if known := r.memory.files[name]; known != nil && known.size == f.size && known.changed.Equal(f.changed) {
		return known
	}
	return f
}

// readRecord reads a file of a folder into the struct that into points to. With front matter it
// returns what stands below it.
func (r *Reader) readRecord(f *file, listed listed, into any, hasFront bool) (Text, error) {
	name := listed.name
	data, err := f.read(listed.from, name)
	switch {
	case data == nil:
		return Text{}, err
	case !hasFront:
		f.decode(r, name, data, 1, into)
		return Text{}, nil
	}
	front, below, line, ok := splitFrontMatter(data)
	if !ok {
		f.problems = append(f.problems, noFrontMatter(name, data))
		f.texts = append(f.texts, string(data)) // it may use terms
		return Text{}, nil
	}
	if len(bytes.TrimSpace(front)) == 0 {
		f.problems = append(f.problems, Problem{File: name, Line: 1, Text: "前書きに何もありません（二つの「+++」の行の間に、項目を書いてください）"})
		f.texts = append(f.texts, string(below))
		return Text{}, nil
	}
	f.decode(r, name, front, 2, into)
	below, line = f.withoutFields(name, below, line)
	return Text{below, name, line}, nil
}

// isFence reports whether a line begins or ends front matter. Spaces after it are not seen, and so no
// mistake.
func isFence(line []byte) bool {
	return bytes.HasPrefix(line, []byte("+++")) && len(bytes.TrimRight(line, " \t\n")) == 3
}

// splitFrontMatter cuts a file into the TOML between the lines "+++" and the text after them, which
// begins on the line bodyLine.
func splitFrontMatter(data []byte) (front, body []byte, bodyLine int, ok bool) {
	first := bytes.IndexByte(data, '\n') + 1
	if first == 0 || !isFence(data[:first]) {
		return nil, nil, 0, false
	}
	rest := data[first:]
	if !bytes.HasSuffix(rest, []byte("\n")) {
		rest = append(slices.Clip(rest), '\n')
	}
	line := 2
	for at := 0; at < len(rest); line++ {
		end := at + bytes.IndexByte(rest[at:], '\n') + 1
		if isFence(rest[at:end]) {
			return rest[:at:at], rest[end:], line + 1, true
		}
		at = end
	}
	return nil, nil, 0, false
}

// strayField is a field below the front matter.
var strayField = regexp.MustCompile(`^([a-z_]+) *= *["\[0-9tf]`)

// withoutFields reports fields that stand right below the front matter, and returns the text after
// them, and its line. That they are missing above says nothing new.
func (f *file) withoutFields(name string, below []byte, line int) ([]byte, int) {
	for {
		field := strayField.FindSubmatch(below)
		if field == nil {
			return below, line
		}
		missing := fmt.Sprintf("項目 %q がありません", field[1])
		f.problems = slices.DeleteFunc(f.problems, func(p Problem) bool { return strings.HasPrefix(p.Text, missing) })
		f.problems = append(f.problems, Problem{File: name, Line: line, Text: fmt.Sprintf("項目 %q が前書きの下にあります（「+++」の行の上に移してください）", field[1])})
		_, below, _ = bytes.Cut(below, []byte("\n"))
		line++
	}
}

// fieldForm is a line of front matter.
var fieldForm = regexp.MustCompile(`^(?:[a-z_]+ *=|\[[a-z])`)

// headingLine is a heading of a text; a note in TOML has one # alone.
var headingLine = regexp.MustCompile(`(?m)^#{2,6} `)

// noFrontMatter says which of the two lines around front matter is missing: the first, or the last,
// which should stand above the first line that is no TOML or, to Markdown, a heading.
func noFrontMatter(name string, data []byte) Problem {
	first, rest, _ := bytes.Cut(data, []byte("\n"))
	if fieldForm.Match(first) {
		return Problem{File: name, Line: 1, Text: "前書きの初めがありません（1行目の上に、半角の「+++」だけの行を足してください）"}
	}
	if !isFence(first) {
		return Problem{File: name, Line: 1, Text: "前書きがありません（1行目を、半角の「+++」だけの行にしてください。前書きの終わりにも、同じ行が要ります）"}
	}
	line := 1 + bytes.Count(bytes.TrimRight(data, "\n"), []byte("\n"))
	if _, err := parseTOML(rest, 2); err != nil {
		line = err.(*tomlError).line
	}
	if at := headingLine.FindIndex(rest); at != nil {
		line = min(line, 2+bytes.Count(rest[:at[0]], []byte("\n")))
	}
	return Problem{File: name, Line: line, Text: "前書きの終わりがありません（前書きと本文の間に、半角の「+++」だけの行を書いてください）"}
}

// Strings reads a TOML file of texts in tables, by dotted key: "checklist.title". A file that is
// not there, or is broken, gives a problem and no texts.
func (r *Reader) Strings(name string) (Record, map[string]string) {
	f, record, texts := &file{}, NewRecord(strings.TrimSuffix(name, ".toml"), name), map[string]string{}
	r.files[name] = f
	data, err := f.read(r.content, name)
	r.fail(err)
	if data == nil {
		return record, texts
	}
	t := f.parse(name, data, 1)
	if t == nil {
		return record, texts
	}
	d := decoder{file: name, explain: r.explain}
	record.lines = appendLines(make([]fieldLine, 0, t.size()), t, "")
	d.strings(t, texts, "")
	f.problems, f.unread = append(f.problems, d.problems...), d.unread
	return record, texts
}

// strings notes the texts of a table and of the tables below it.
func (d *decoder) strings(t *table, into map[string]string, prefix string) {
	for i := range t.entries {
		e := &t.entries[i]
		switch value := e.value.(type) {
		case *table:
			d.strings(value, into, prefix+e.key+".")
		case string:
			if strings.TrimSpace(value) == "" {
				d.refuse(e.line, "項目 %q が空です（なくてはならない項目です）", prefix+e.key)
				continue
			}
			d.lookForBraces(e.line, value, prefix+e.key)
			into[prefix+e.key] = value
		default:
			d.wrong(e, prefix+e.key, "引用符で囲んだ文字列")
		}
	}
}
