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
// only when the problems are Publishable. The error is one of the disk.
func Load(content fs.FS, today time.Time) (*Handbook, []Problem, error) {
	l := &loader{content: content}
	h := &Handbook{}
	l.folder()
	l.toml("handbook.toml", &h.Edition)
	l.toml("ui.toml", &h.UI)
	l.toml("flow.toml", &h.Flow)
	var published Published
	l.toml("published.toml", &published)
	h.ShareImage = l.optional(shareImage)
	h.Methods = records[Method](l, "methods")
	h.Measures = records[Measure](l, "measures")
	h.Threats = records[Threat](l, "threats")
	h.Pages = records[Page](l, "pages")
	h.Changes = records[Change](l, "changes")
	if l.err != nil {
		return nil, nil, l.err
	}
	problems := append(l.problems, h.resolve()...)
	problems = append(problems, h.check(published, today)...)
	return h, SortProblems(problems), nil
}

type loader struct {
	content  fs.FS
	problems []Problem
	err      error // the first error of the disk
}

// tomlFiles and recordFolders are all that a content folder may hold.
var (
	tomlFiles     = []string{"flow.toml", "handbook.toml", "published.toml", "ui.toml"}
	recordFolders = []string{"changes", "measures", "methods", "pages", "threats"}
)

// shareImage may lie beside the TOML files.
const shareImage = "share.png"

// folder reports files that nothing would read.
func (l *loader) folder() {
	entries, err := fs.ReadDir(l.content, ".")
	l.fail(err)
	for _, entry := range entries {
		name, known := entry.Name(), tomlFiles
		if entry.IsDir() {
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
	for i, line := range bytes.Split(data, []byte("\n")) {
		if !utf8.Valid(line) {
			l.problems = append(l.problems, Problem{File: file, Line: i + 1, Text: "文字コードが UTF-8 ではありません（UTF-8 で保存し直してください）"})
			return nil, false
		}
	}
	return data, true
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
		l.problems = append(l.problems, tomlProblem(file, firstLine, err))
		return
	}
	d := decoder{file: file}
	d.record(t, reflect.ValueOf(into).Elem(), "")
	l.problems = append(l.problems, d.problems...)
}

// records reads a folder of Markdown files with front matter, one record a
// file. T embeds Record and has a field Body.
func records[T any](l *loader, folder string) []*T {
	entries, err := fs.ReadDir(l.content, folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.fail(err)
	}
	var list []*T
	for _, entry := range entries {
		file := path.Join(folder, entry.Name())
		slug, isMarkdown := strings.CutSuffix(entry.Name(), ".md")
		switch {
		case strings.HasPrefix(entry.Name(), "."):
			continue
		case entry.IsDir() || !isMarkdown:
			l.problems = append(l.problems, Problem{File: file, Line: 1, Text: "ここには .md のファイルだけを置きます"})
			continue
		case !slugForm.MatchString(slug):
			l.problems = append(l.problems, Problem{File: file, Line: 1, Text: "ファイル名は、小文字の英数字とハイフンだけにしてください（ページの番地になります）"})
		}
		data, ok := l.read(file)
		if !ok {
			continue
		}
		front, body, bodyLine, ok := splitFrontMatter(data)
		if !ok {
			l.problems = append(l.problems, Problem{File: file, Line: 1, Text: "前書きがありません（1行目と、前書きの終わりに「+++」だけの行を書いてください）"})
			continue
		}
		record := new(T)
		l.decode(file, front, 2, record)
		value := reflect.ValueOf(record).Elem()
		r := value.FieldByName("Record").Addr().Interface().(*Record)
		r.Slug, r.File, r.start = slug, file, 1
		parsed, problems := parseBody(body, file, bodyLine)
		l.problems = append(l.problems, problems...)
		value.FieldByName("Body").Set(reflect.ValueOf(parsed))
		list = append(list, record)
	}
	return list
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
