package review_test

import (
	"bytes"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/pelletier/go-toml/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"tebiki/generator/review"
	"tebiki/generator/source"
	"tebiki/generator/words"
)

// asJSON returns the TOML of a file as what JSON knows: days are texts.
func asJSON(t *testing.T, text []byte, hasFront bool) any {
	t.Helper()
	if hasFront {
		parts := strings.SplitN(string(text), "+++\n", 3)
		text = []byte(parts[1])
	}
	var value map[string]any
	if err := toml.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	return plain(value)
}

func plain(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for key, below := range v {
			v[key] = plain(below)
		}
	case []any:
		for i, below := range v {
			v[i] = plain(below)
		}
	case toml.LocalDate:
		return v.String()
	case time.Time:
		return v.Format(time.RFC3339)
	}
	return value
}

// compile returns the schemas by the pattern of their files, with what content/README.md says.
func compile(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	readme, err := os.ReadFile("../../content/README.md")
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := review.Schemas(source.ReadMeanings(string(readme)))
	if err != nil {
		t.Fatal(err)
	}
	compiled := map[string]*jsonschema.Schema{}
	for _, s := range schemas {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(s.Text))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		c.AssertFormat()
		if err := c.AddResource(s.Name, value); err != nil {
			t.Fatal(err)
		}
		schema, err := c.Compile(s.Name) // also against the schema of schemas
		if err != nil {
			t.Fatal(err)
		}
		compiled[s.Files] = schema
	}
	return compiled
}

// Every record of this edition, and of the small handbook, is as its schema says, and each file with
// fields has a schema.
func TestSchemasDescribeTheRecords(t *testing.T) {
	for name, content := range map[string]fs.FS{"this edition": os.DirFS("../../content"), "small": small(t)} {
		checked := map[string]bool{}
		for files, schema := range compile(t) {
			found, err := fs.Glob(content, files)
			if err != nil {
				t.Fatal(err)
			}
			if len(found) == 0 && name == "this edition" {
				t.Errorf("%s: no such file", files)
			}
			for _, file := range found {
				checked[file] = true
				text, err := fs.ReadFile(content, file)
				if err != nil {
					t.Fatal(err)
				}
				if err := schema.Validate(asJSON(t, text, strings.HasSuffix(file, ".md"))); err != nil {
					t.Errorf("%s: %s: %v", name, file, err)
				}
			}
		}
		err := fs.WalkDir(content, ".", func(file string, entry fs.DirEntry, err error) error {
			isRecord := strings.HasSuffix(file, ".toml") || strings.HasSuffix(file, ".md") && strings.Contains(file, "/")
			if err == nil && isRecord && !strings.HasPrefix(file, "public/") && !checked[file] {
				t.Errorf("%s: %s has no schema", name, file)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestSchemasRefuse(t *testing.T) {
	schemas := compile(t)
	for _, test := range []struct{ files, file, old, new string }{
		{"measures/*.md", "measures/helmet.md", "title = ", "titel = "},
		{"measures/*.md", "measures/helmet.md", "title = ", "more = 1\ntitle = "},
		{"measures/*.md", "measures/helmet.md", `title = "ヘルメット"`, "title = 3"},
		{"measures/*.md", "measures/helmet.md", `title = "ヘルメット"`, `title = " "`},
		{"measures/*.md", "measures/helmet.md", "revision = 1", `revision = "1"`},
		{"measures/*.md", "measures/helmet.md", "revision = 1", "revision = 1.5"},
		{"measures/*.md", "measures/helmet.md", "reviewed = 2026-04-01", "reviewed = 2026-04-01T09:00:00Z"},
		{"measures/*.md", "measures/helmet.md", `threats = ["crash"]`, `threats = "crash"`},
		{"measures/*.md", "measures/helmet.md", `threats = ["crash"]`, `threats = ["crash", "crash"]`},
		{"measures/*.md", "measures/helmet.md", "who = ", "by = "},
		{"measures/*.md", "measures/register.md", "preparation = true", "preparation = 1"},
		{"handbook.toml", "handbook.toml", "[owner.mine]", "[owner.Mine]"},
		{"handbook.toml", "handbook.toml", "[priority.high]\nmark", "[priority.high]\nmrak"},
		{"handbook.toml", "handbook.toml", "[count.errand]\nhigh = 1", "[count.errand]\nhigh = \"1\""},
		{"ui.toml", "ui.toml", "count = ", "cuont = "},
		{"ui.toml", "ui.toml", `count = "{count}"`, "count = 1"},
	} {
		content := small(t)
		content["ui.toml"] = &fstest.MapFile{Data: []byte("[common]\ncount = \"{count}\"\n")}
		replace(t, content, test.file, test.old, test.new)
		if err := schemas[test.files].Validate(asJSON(t, content[test.file].Data, strings.HasSuffix(test.file, ".md"))); err == nil {
			t.Errorf("%s: %q is taken", test.file, test.new)
		}
	}
}

// Editors show what a field means, in the words of content/README.md.
func TestSchemasSayWhatFieldsMean(t *testing.T) {
	schemas := compile(t)
	var missing func(place string, s *jsonschema.Schema, meant bool)
	missing = func(place string, s *jsonschema.Schema, meant bool) {
		if meant && s.Description == "" {
			t.Errorf("%s: no meaning", place)
		}
		for name, below := range s.Properties {
			missing(place+" "+name, below, true)
		}
		for _, below := range s.PatternProperties {
			missing(place+" *", below, false)
		}
		if below, ok := s.AdditionalProperties.(*jsonschema.Schema); ok {
			missing(place+" *", below, false)
		}
	}
	for files, s := range schemas {
		if files != words.File { // some words say themselves where they stand
			missing(files, s, false)
		}
	}
	count := schemas[words.File].Properties["common"].Properties["count"]
	if want := "対策の数"; count.Description != want || *count.Default != "{count}項目" {
		t.Errorf("common.count: got %q and %v, want %q and its default", count.Description, *count.Default, want)
	}
}
