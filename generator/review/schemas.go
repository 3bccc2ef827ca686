package review

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"tebiki/generator/handbook"
	"tebiki/generator/source"
)

// A Schema describes a kind of file of the content for other programs.
type Schema struct {
	Name  string // of its own file
	Files string // that it describes, as a pattern: "survey/*.toml"
	Front bool   // it describes what stands above their texts
	Text  []byte
}

// Schemas returns the schema of each kind of file, made of the structs that they are read into. What
// the fields mean is taken from the content's own README.md, if it has one.
func Schemas(content fs.FS) ([]Schema, error) {
	readme, err := fs.ReadFile(content, "README.md")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	meanings := meanings(string(readme))
	var schemas []Schema
	for _, form := range handbook.Forms() {
		made := source.Schema(form.Type, func(field string) string { return meanings[form.Name+" "+field] })
		made["title"] = form.Name
		text, err := json.MarshalIndent(made, "", "  ")
		if err != nil {
			return nil, err
		}
		s := Schema{Name: form.Name + ".schema.json", Files: form.Name, Front: form.Front, Text: append(text, '\n')}
		if folder, ok := strings.CutSuffix(form.Name, "/"); ok {
			ending := ".toml"
			if form.Front {
				ending = ".md"
			}
			s.Name, s.Files = folder+".schema.json", path.Join(folder, "*"+ending)
		}
		schemas = append(schemas, s)
	}
	return schemas, nil
}

var (
	recordHeading = regexp.MustCompile("^## `([^`]+)`$")
	tableHeading  = regexp.MustCompile("^### `\\[([^`]+)\\]`$")
	fieldRow      = regexp.MustCompile(`^\| ` + "`([^`]+)`" + ` \| [^|]* \| (.*) \|$`)
	chosenName    = regexp.MustCompile(`\.[^.a-z]+`) // 名前, 種類: the writer chooses them
)

// meanings reads from the README what the fields mean: "measures/ effort.time" → a sentence.
func meanings(readme string) map[string]string {
	found := map[string]string{}
	record, table := "", ""
	for line := range strings.Lines(readme) {
		line = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(line, "## ") {
			record, table = "", ""
		}
		if m := recordHeading.FindStringSubmatch(line); m != nil {
			record = m[1]
		} else if m := tableHeading.FindStringSubmatch(line); m != nil {
			table = chosenName.ReplaceAllString(m[1], ".*") + "."
		} else if m := fieldRow.FindStringSubmatch(line); m != nil && record != "" {
			found[record+" "+table+m[1]] = strings.ReplaceAll(m[2], "`", "")
		}
	}
	return found
}
