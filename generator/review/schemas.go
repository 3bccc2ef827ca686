package review

import (
	"encoding/json"
	"path"
	"strings"

	"tebiki/generator/handbook"
	"tebiki/generator/source"
	"tebiki/generator/words"
)

// A Schema describes a kind of file of the content for other programs.
type Schema struct {
	Name  string // of its own file
	Files string // that it describes, as a pattern: "survey/*.toml"
	Front bool   // it describes what stands above their texts
	Text  []byte
}

// Schemas returns the schema of each kind of file, made of the structs that they are read into and of
// the words of the interface, with what the fields mean.
func Schemas(meanings source.Meanings) ([]Schema, error) {
	texts, err := jsonOf(words.File, words.Schema(func(key string) string {
		meaning := meanings.Full(words.File, key) // the default, and where it is shown
		return meaning[strings.LastIndex(meaning, "| ")+len("| "):]
	}))
	if err != nil {
		return nil, err
	}
	schemas := []Schema{{Name: words.File + ".schema.json", Files: words.File, Text: texts}}
	for _, form := range handbook.Forms() {
		text, err := jsonOf(form.Name, source.Schema(form.Type, func(field string) string { return meanings.Full(form.Name, field) }))
		if err != nil {
			return nil, err
		}
		s := Schema{Name: form.Name + ".schema.json", Files: form.Name, Front: form.Front, Text: text}
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

func jsonOf(title string, schema map[string]any) ([]byte, error) {
	schema["title"] = title
	text, err := json.MarshalIndent(schema, "", "  ")
	return append(text, '\n'), err
}
