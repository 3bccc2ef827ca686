package review

import (
	"encoding/json"
	"path"
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

// Schemas returns the schema of each kind of file, made of the structs that they are read into, with
// what the fields mean.
func Schemas(meanings source.Meanings) ([]Schema, error) {
	var schemas []Schema
	for _, form := range handbook.Forms() {
		made := source.Schema(form.Type, func(field string) string { return meanings.Full(form.Name, field) })
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
