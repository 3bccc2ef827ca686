package review

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/aymanbagabas/go-udiff"

	"tebiki/generator/source"
)

// A ChangedFile is a file of the content that differs between two states, by its name there.
type ChangedFile struct {
	Name string
	How  string // 足した, 消した, 直した
}

func (f ChangedFile) String() string { return f.Name + ": " + f.How }

// A ChangedText is a file of which both states are known.
type ChangedText struct {
	Name  string
	Edits []Edit // in the order of the file
}

// An Edit is a place in a file where lines differ: as many as there were, more, or fewer.
type Edit struct {
	Line     int // 1-based, of the first of New, or where it would stand
	WasLine  int // the same of Old
	Old, New []string
}

// CompareFiles notes which lines differ in the files of two states of the content, and the files that
// differ and are not named by what differs in the records: a flow, a page, the time that a measure
// takes. The error is one of the disk.
func (c *Comparison) CompareFiles(old, now fs.FS) error {
	was, err := contents(old)
	if err != nil {
		return err
	}
	is, err := contents(now)
	if err != nil {
		return err
	}
	named := c.named()
	both := maps.Clone(was)
	maps.Copy(both, is)
	for _, name := range slices.Sorted(maps.Keys(both)) {
		before, there := was[name]
		after, here := is[name]
		if there && here && !bytes.Equal(before, after) {
			c.Texts = append(c.Texts, ChangedText{name, editsOf(before, after)})
		}
		switch {
		case named[name]:
		case !there:
			how := "足した"
			if from := renamedFrom(after, was, is); from != "" {
				how = "足した（消した " + from + " と同じ内容）"
			}
			c.Files = append(c.Files, ChangedFile{name, how})
		case !here:
			c.Files = append(c.Files, ChangedFile{name, "消した"})
		case !bytes.Equal(before, after):
			c.Files = append(c.Files, ChangedFile{name, "直した"})
		}
	}
	return nil
}

// renamedFrom returns the file that said the same and is gone, "" when there is none.
func renamedFrom(text []byte, was, is map[string][]byte) string {
	for _, name := range slices.Sorted(maps.Keys(was)) {
		if _, stays := is[name]; !stays && bytes.Equal(was[name], text) {
			return name
		}
	}
	return ""
}

// editsOf returns the lines that differ between two states of a file.
func editsOf(old, now []byte) []Edit {
	if !utf8.Valid(old) || !utf8.Valid(now) {
		return nil
	}
	was := string(old)
	var found []Edit
	shift := 0 // how many more lines stand before this place now
	for _, edit := range udiff.Lines(was, string(now)) {
		line := 1 + strings.Count(was[:edit.Start], "\n")
		e := Edit{Line: line + shift, WasLine: line, Old: linesOf(was[edit.Start:edit.End]), New: linesOf(edit.New)}
		shift += len(e.New) - len(e.Old)
		found = append(found, e)
	}
	return found
}

func linesOf(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// lines prints what differs in a file, a line for each.
func (t ChangedText) lines() []string {
	if t.Edits == nil {
		return []string{t.Name + ": 文字のファイルではないので、行は比べません"}
	}
	said := []string{t.Name}
	line := func(format string, a ...any) { said = append(said, "  "+fmt.Sprintf(format, a...)) }
	for _, e := range t.Edits {
		if len(e.Old) == len(e.New) {
			for i := range e.Old {
				if was, is := around(e.Old[i], e.New[i]); was != is {
					line("%d 行目: %s → %s", e.Line+i, was, is)
				} else {
					line("%d 行目: 空白だけが違います", e.Line+i)
				}
			}
			continue
		}
		for i, text := range e.Old {
			line("前の %d 行目を消した: %s", e.WasLine+i, shown(text))
		}
		for i, text := range e.New {
			line("%d 行目を足した: %s", e.Line+i, shown(text))
		}
	}
	return said
}

// shown returns a line as it is told of.
func shown(text string) string {
	if text = strings.TrimSpace(text); text == "" {
		return "（空の行）"
	}
	return text
}

// around cuts two states of a long line down to what differs and a little before and after it.
func around(old, now string) (was, is string) {
	const (
		whole = 48 // letters of a line that is shown as it is
		most  = 16 // letters before and after
	)
	a, b := []rune(strings.TrimSpace(old)), []rune(strings.TrimSpace(now))
	if len(a) <= whole && len(b) <= whole {
		return shown(old), shown(now)
	}
	shorter := min(len(a), len(b))
	before := 0
	for before < shorter && a[before] == b[before] {
		before++
	}
	after := 0
	for after < shorter-before && a[len(a)-1-after] == b[len(b)-1-after] {
		after++
	}
	cut := func(text []rune) string {
		begin, end := before-most, len(text)-after+most
		said := string(text[max(0, begin):min(len(text), end)])
		if begin > 0 {
			said = "…" + said
		}
		if end < len(text) {
			said += "…"
		}
		return shown(said)
	}
	return cut(a), cut(b)
}

// named returns the files of the records of which the comparison tells something.
func (c *Comparison) named() map[string]bool {
	names := map[string]bool{}
	add := func(folder string, items ...Item) {
		for _, i := range items {
			names[folder+"/"+i.Slug+".md"] = true
		}
	}
	for _, l := range c.Listed {
		add(l.folder, slices.Concat(l.Added, l.Withdrawn, l.Rewritten)...)
	}
	for _, f := range slices.Concat(c.Split, c.Merged, c.Replaced) {
		add("measures", slices.Concat(f.From, f.To)...)
	}
	for _, s := range slices.Concat(c.Revised, c.Reworded, c.Reprioritised, c.Renumbered) {
		add("measures", s.Item)
	}
	return names
}

// contents returns all files of a folder by their names, without what editors leave beside them.
func contents(folder fs.FS) (map[string][]byte, error) {
	folder = source.Plain(folder)
	files := map[string][]byte{}
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		// What lies behind a link to a folder is not looked for.
		if info, err := fs.Stat(folder, name); err == nil && info.IsDir() {
			return nil
		}
		text, err := fs.ReadFile(folder, name)
		// A link that leads nowhere is reported where the content is read.
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		// Git may give the same text with other line ends.
		files[name] = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
		return nil
	})
	return files, err
}
