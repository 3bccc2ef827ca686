package handbook

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Load reads the content folder and returns the handbook with all problems,
// sorted. today decides which review dates have passed. The handbook is usable
// only when the problems are Publishable. The error is one of the disk. said is what readers find on
// the site besides the content: terms and synonyms may be used there alone.
func Load(content fs.FS, today time.Time, said ...string) (*Handbook, []Problem, error) {
	// The day counts, not the hour; the editor's, wherever the build runs.
	today = time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, time.UTC)
	l := &loader{content: content, unread: map[place]bool{}}
	h := &Handbook{}
	l.folder()
	l.texts.WriteString(strings.Join(said, "\n"))
	l.toml("handbook.toml", &h.Edition)
	l.toml("flow.toml", &h.Flow)
	var published Published
	l.toml("published.toml", &published)
	h.ShareImage = l.optional(shareImage)
	h.Methods = records[Method](l, "methods")
	h.Measures = records[Measure](l, "measures")
	h.Threats = records[Threat](l, "threats")
	h.Pages = records[Page](l, "pages")
	h.Changes = records[Change](l, "changes")
	h.Library = l.library()
	if l.optional(searchFile) != nil {
		l.toml(searchFile, &h.Synonyms)
	}
	if l.err != nil {
		return nil, nil, l.err
	}
	problems := l.problems
	for _, p := range append(h.resolve(), h.check(published, today)...) {
		// What follows from a value that cannot be read says nothing new.
		if !l.unread[place{p.File, p.Line}] {
			problems = append(problems, p)
		}
	}
	return h, SortProblems(problems), nil
}

type loader struct {
	content  fs.FS
	problems []Problem
	unread   map[place]bool  // where a value is of the wrong type or empty
	texts    strings.Builder // what the files read so far say: strings of the TOML and bodies
	err      error           // the first error of the disk
}

// A place is a line of a file.
type place struct {
	file string
	line int
}

// tomlFiles and recordFolders are all that a content folder may hold.
var (
	tomlFiles     = []string{"flow.toml", "handbook.toml", "published.toml", searchFile, selfTestFile, surveyFile, "ui.toml"}
	recordFolders = []string{"changes", "contacts", "guides", "lifecycles", "measures", "methods", "pages", "references", "survey", "terms", "threats"}
)

// shareImage may lie beside the TOML files.
const shareImage = "share.png"

// folder reports files that nothing would read.
func (l *loader) folder() {
	entries, err := fs.ReadDir(l.content, ".")
	l.fail(err)
	for _, entry := range entries {
		name, known := entry.Name(), tomlFiles
		// Not the entry: a link to a folder is read like a folder.
		if info, err := fs.Stat(l.content, name); err == nil && info.IsDir() {
			known = recordFolders
		}
		if strings.HasPrefix(name, ".") || name == "README.md" || name == shareImage || slices.Contains(known, name) {
			continue
		}
		l.problems = append(l.problems, Problem{File: name, Line: 1, Text: "この名前のファイルやフォルダーは使われません" + DidYouMean(name, known)})
	}
}

// fail keeps the first error of the disk.
func (l *loader) fail(err error) {
	if l.err == nil {
		l.err = err
	}
}

// optional returns a file's bytes, nil when there is none.
func (l *loader) optional(file string) []byte {
	data, err := fs.ReadFile(l.content, file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.fail(err)
	}
	return data
}

// read returns a file as text with plain line ends, or false when there is no
// such file or it is not text.
func (l *loader) read(file string) ([]byte, bool) {
	data, err := fs.ReadFile(l.content, file)
	if errors.Is(err, fs.ErrNotExist) {
		l.problems = append(l.problems, Problem{File: file, Line: 1, Text: "このファイルがありません（README.md を見て作ってください）"})
		return nil, false
	}
	if err != nil {
		l.fail(err)
		return nil, false
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	if utf8.Valid(data) {
		return data, true
	}
	for i, line := range bytes.Split(data, []byte("\n")) {
		if !utf8.Valid(line) {
			l.problems = append(l.problems, Problem{File: file, Line: i + 1, Text: "文字コードが UTF-8 ではありません（UTF-8 で保存し直してください）"})
			break
		}
	}
	return nil, false
}

// toml reads a file that is a single record.
func (l *loader) toml(file string, into any) {
	if data, ok := l.read(file); ok {
		l.decode(file, string(data), 1, into)
	}
}

func (l *loader) decode(file, text string, firstLine int, into any) {
	t, err := parseTOML(text, firstLine)
	if err != nil {
		l.problems = append(l.problems, tomlProblem(file, text, firstLine, err))
		l.texts.WriteString(text) // it may use terms
		return
	}
	l.addTexts(t)
	d := decoder{file: file}
	d.record(t, reflect.ValueOf(into).Elem(), "")
	l.problems = append(l.problems, d.problems...)
	for _, line := range d.unread {
		l.unread[place{file, line}] = true
	}
}

// addTexts notes the strings of a table and of the tables below it.
func (l *loader) addTexts(t *table) {
	for _, key := range t.keys {
		switch data := t.values[key].data.(type) {
		case string:
			l.texts.WriteString(data + "\n")
		case []any:
			for _, element := range data {
				if text, ok := element.(string); ok {
					l.texts.WriteString(text + "\n")
				}
			}
		case *table:
			l.addTexts(data)
		}
	}
}

// records reads a folder, one record a file. T embeds Record; with a field Body
// the files are Markdown with front matter, else TOML. A file that cannot be
// read gives a record with nothing but a name, so that references to it hold.
func records[T any](l *loader, folder string) []*T {
	entries, err := fs.ReadDir(l.content, folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.fail(err)
	}
	ending := ".toml"
	_, hasBody := reflect.TypeFor[T]().FieldByName("Body")
	if hasBody {
		ending = ".md"
	}
	var list []*T
	for _, entry := range entries {
		slug, ok := l.recordName(folder, entry, ending)
		if !ok {
			continue
		}
		file := path.Join(folder, entry.Name())
		record := new(T)
		value := reflect.ValueOf(record).Elem()
		if hasBody {
			value.FieldByName("Body").Set(reflect.ValueOf(l.record(file, record)))
		} else {
			l.toml(file, record)
		}
		r := value.FieldByName("Record").Addr().Interface().(*Record)
		r.Slug, r.File, r.start = slug, file, 1
		list = append(list, record)
	}
	return list
}

// recordName returns the name of the record in a file, or false when the
// folder should not hold it.
func (l *loader) recordName(folder string, entry fs.DirEntry, ending string) (string, bool) {
	file := path.Join(folder, entry.Name())
	slug, isRecord := strings.CutSuffix(entry.Name(), ending)
	switch {
	case strings.HasPrefix(entry.Name(), "."):
		return "", false
	case entry.IsDir() || !isRecord:
		l.problems = append(l.problems, Problem{File: file, Line: 1, Text: "ここには " + ending + " のファイルだけを置きます"})
		return "", false
	case !slugForm.MatchString(slug):
		l.problems = append(l.problems, Problem{File: file, Line: 1, Text: "ファイル名は、小文字の英数字とハイフンだけにしてください（ページの番地になります）"})
		// References mean the name the file should have.
		slug = strings.ToLower(strings.ReplaceAll(slug, "_", "-"))
	}
	return slug, slugForm.MatchString(slug)
}

// record reads a file into the fields of a record and returns its text.
func (l *loader) record(file string, into any) *Body {
	data, ok := l.read(file)
	if !ok {
		return &Body{}
	}
	front, source, bodyLine, ok := splitFrontMatter(data)
	if !ok {
		l.problems = append(l.problems, Problem{File: file, Line: 1, Text: "前書きがありません（1行目と、前書きの終わりに「+++」だけの行を書いてください）"})
		l.texts.Write(data) // it may use terms
		return &Body{}
	}
	l.decode(file, front, 2, into)
	body, problems := parseBody(source, file, bodyLine)
	l.problems = append(l.problems, problems...)
	l.texts.WriteString(body.plain())
	return body
}

// splitFrontMatter cuts a file into the TOML between the lines "+++" and the
// text after them, which begins on the line bodyLine.
func splitFrontMatter(data []byte) (front string, body []byte, bodyLine int, ok bool) {
	const fence = "+++\n"
	rest, ok := bytes.CutPrefix(data, []byte(fence))
	if !ok {
		return "", nil, 0, false
	}
	if !bytes.HasSuffix(rest, []byte("\n")) {
		rest = append(slices.Clip(rest), '\n')
	}
	line := 2
	for at := 0; at < len(rest); line++ {
		end := at + bytes.IndexByte(rest[at:], '\n') + 1
		if string(rest[at:end]) == fence {
			return string(rest[:at]), rest[end:], line + 1, true
		}
		at = end
	}
	return "", nil, 0, false
}
