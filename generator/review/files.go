package review

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"slices"

	"tebiki/generator/source"
)

// A ChangedFile is a file of the content that differs between two states, by its name there.
type ChangedFile struct {
	Name string
	How  string // 足した, 消した, 直した
}

func (f ChangedFile) String() string { return f.Name + ": " + f.How }

// CompareFiles notes the files of two states of the content that differ and are not named by what
// differs in the records: a flow, a page, the time that a measure takes. What differs in them is for
// people to look up. The error is one of the disk.
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
		switch {
		case named[name]:
		case !there:
			c.Files = append(c.Files, ChangedFile{name, "足した"})
		case !here:
			c.Files = append(c.Files, ChangedFile{name, "消した"})
		case !bytes.Equal(before, after):
			c.Files = append(c.Files, ChangedFile{name, "直した"})
		}
	}
	return nil
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
