package site_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"tebiki/generator/markdown"
)

// handbookSchema compiles data/handbook.schema.json. Programs pass over fields that they do not know;
// a strict one refuses what is not described.
func handbookSchema(t testing.TB, files published, strict bool) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(files["data/handbook.schema.json"]))
	if err != nil {
		t.Fatal(err)
	}
	if strict {
		closeObjects(document)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	const name = "urn:tebiki:handbook:1"
	if err := compiler.AddResource(name, document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// closeObjects lets a schema refuse properties that it does not name.
func closeObjects(schema any) {
	switch schema := schema.(type) {
	case map[string]any:
		if _, ok := schema["properties"].(map[string]any); ok {
			schema["additionalProperties"] = false
		}
		for _, below := range schema {
			closeObjects(below)
		}
	case []any:
		for _, below := range schema {
			closeObjects(below)
		}
	}
}

func unmarshal(t testing.TB, data []byte) map[string]any {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return value.(map[string]any)
}

// Each handbook is as the schema says, and says nothing that it does not describe.
func TestHandbookIsAsItsSchemaSays(t *testing.T) {
	editions := map[string]*edition{"real": offline(t), "English": kitchen(t)}
	content := contentCopy(t)
	withdraw(t, content)
	withdrawn, err := newEdition(sources{content: content})
	if err != nil {
		t.Fatal(err)
	}
	editions["with what was withdrawn"] = withdrawn
	for name, e := range editions {
		if err := handbookSchema(t, e.files, true).Validate(unmarshal(t, e.files["data/handbook.json"])); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The schema finds what is wrong.
func TestHandbookSchemaRefuses(t *testing.T) {
	e := offline(t)
	schema := handbookSchema(t, e.files, false)
	at := func(value map[string]any, names ...string) map[string]any {
		for _, name := range names {
			value = value[name].(map[string]any)
		}
		return value
	}
	for name, spoil := range map[string]func(h map[string]any){
		"another format":             func(h map[string]any) { h["format"] = json.Number("2") },
		"no measures":                func(h map[string]any) { delete(h, "measures") },
		"a measure without a check":  func(h map[string]any) { delete(at(h, "measures", "antivirus"), "check") },
		"a number that is none":      func(h map[string]any) { at(h, "measures", "antivirus")["number"] = "2" },
		"a day that is none":         func(h map[string]any) { at(h, "measures", "antivirus")["reviewed"] = "2026-02-30" },
		"an address of another site": func(h map[string]any) { at(h, "measures", "antivirus")["address"] = "https://example.jp/" },
		"a slug that is none":        func(h map[string]any) { at(h, "terms")["VPN"] = at(h, "terms", "vpn") },
		"an answer that leads nowhere": func(h map[string]any) {
			anyOf(at(anyOf(at(h, "flow", "questions")), "answers"))["next"] = map[string]any{}
		},
		"a share of more than a whole": func(h map[string]any) {
			at(h, "survey")["charts"].([]any)[0].(map[string]any)["rows"].([]any)[0].(map[string]any)["percent"] = []any{json.Number("101")}
		},
		"a framework without its items": func(h map[string]any) { delete(at(h, "frameworks", "scs-3"), "items") },
	} {
		h := unmarshal(t, e.files["data/handbook.json"])
		spoil(h)
		if err := schema.Validate(h); err == nil {
			t.Errorf("%s: got no fault, want one", name)
		}
	}
	h := unmarshal(t, e.files["data/handbook.json"])
	at(h, "measures", "antivirus")["colour"] = "red"
	if err := schema.Validate(h); err != nil {
		t.Errorf("a field of a later edition: got %v, want it passed over", err)
	}
}

func anyOf(values map[string]any) map[string]any {
	for _, value := range values {
		return value.(map[string]any)
	}
	return nil
}

// What the schema cannot say: slugs name records, addresses and the links of the texts lead to files, and
// checklists are those of the handbook.
func TestHandbookData(t *testing.T) {
	bothEditions(t, func(t *testing.T, e *edition) {
		type text struct{ Text string }
		var h struct {
			BaseURL                    string
			Methods, Measures, Threats map[string]struct {
				Address   string
				Number    any
				Sections  []text
				Priority  map[string]string
				Threats   []string
				Checklist struct {
					Address     string
					Preparation []string
					Groups      []struct {
						Priority string
						Measures []string
					}
				}
			}
			Guides map[string]struct {
				Address  string
				Sections []text
			}
			Terms, Contacts, References, Lifecycles map[string]struct{ Address, Text string }
		}
		if err := json.Unmarshal(e.files["data/handbook.json"], &h); err != nil {
			t.Fatal(err)
		}
		if h.BaseURL != e.handbook.BaseURL {
			t.Errorf("got the address %q, want %q", h.BaseURL, e.handbook.BaseURL)
		}
		var addresses, texts []string
		take := func(address string, sections []text) {
			addresses = append(addresses, address)
			for _, s := range sections {
				texts = append(texts, s.Text)
			}
		}
		for slug, m := range h.Measures {
			take(m.Address, m.Sections)
			for method := range m.Priority {
				if _, ok := h.Methods[method]; !ok {
					t.Errorf("%s: got the method %q, want one of the handbook", slug, method)
				}
			}
			for _, threat := range m.Threats {
				if _, ok := h.Threats[threat]; !ok {
					t.Errorf("%s: got the threat %q, want one of the handbook", slug, threat)
				}
			}
		}
		for _, threat := range h.Threats {
			take(threat.Address, threat.Sections)
		}
		for _, g := range h.Guides {
			take(g.Address, g.Sections)
		}
		for _, notes := range []map[string]struct{ Address, Text string }{h.Terms, h.Contacts, h.References, h.Lifecycles} {
			for _, note := range notes {
				take(note.Address, []text{{note.Text}})
			}
		}
		for _, m := range e.handbook.Methods {
			got := h.Methods[m.Slug]
			take(got.Address, got.Sections)
			take(got.Checklist.Address, nil)
			slugs := slices.Clone(got.Checklist.Preparation)
			for _, g := range got.Checklist.Groups {
				slugs = append(slugs, g.Measures...)
			}
			var want []string
			for _, measure := range m.Preparation {
				want = append(want, measure.Slug)
			}
			for _, g := range m.Groups {
				for _, measure := range g.Measures {
					want = append(want, measure.Slug)
				}
			}
			if !slices.Equal(slugs, want) || len(want) != len(m.Measures) {
				t.Errorf("%s: got the checklist %q, want %q", m.Slug, slugs, want)
			}
		}
		if len(h.Measures) != len(e.handbook.Measures) || len(h.Terms) != len(e.handbook.Terms) || len(h.Guides) != len(e.handbook.Guides) {
			t.Errorf("got %d measures, %d terms and %d guides, want %d, %d and %d", len(h.Measures), len(h.Terms), len(h.Guides), len(e.handbook.Measures), len(e.handbook.Terms), len(e.handbook.Guides))
		}
		links := 0
		for _, text := range texts {
			if strings.ContainsAny(text, "\x00\r") {
				t.Errorf("got %.60q, want no mark in it", text)
			}
			for _, link := range markdownLinks(text) {
				if !markdown.IsExternal(link) {
					addresses = append(addresses, link)
					links++
				}
			}
		}
		if len(texts) == 0 || links == 0 && len(e.handbook.Guides) > 0 {
			t.Errorf("got %d texts with %d links, want some", len(texts), links)
		}
		for _, address := range addresses {
			if fault := lostAddress(e, address); fault != "" {
				t.Error(fault)
			}
		}
	})
}

// lostAddress says what is wrong with an address from the site's root, "" when there is a file.
func lostAddress(e *edition, address string) string {
	target, fragment, _ := strings.Cut(address, "#")
	target, _, _ = strings.Cut(target, "?")
	p := e.pages[target]
	if _, ok := e.files[target]; !ok || path.Clean(target) != target {
		return fmt.Sprintf("got the address %q, want a file", address)
	}
	if fragment != "" && target != "flow.html" && (p == nil || !p.ids[fragment]) {
		return fmt.Sprintf("got the address %q, want a place on that page", address)
	}
	return ""
}

// docs/data.md lists the columns of each table.
func TestDocsListColumns(t *testing.T) {
	const docs, begin, end = "../../docs/data.md", "## CSV の列\n\n", "## 例\n"
	data, err := os.ReadFile(docs)
	if err != nil {
		t.Fatal(err)
	}
	before, after, ok := strings.Cut(string(data), begin)
	got, after, ok2 := strings.Cut(after, end)
	if !ok || !ok2 {
		t.Fatalf("%s: got no list of columns between %q and %q", docs, begin, end)
	}
	e := offline(t)
	var want strings.Builder
	for _, address := range e.files.addresses() {
		if strings.HasPrefix(address, "data/") && path.Ext(address) == ".csv" {
			columns, _, _ := strings.Cut(strings.TrimPrefix(string(e.files[address]), "\ufeff"), "\r\n")
			names := strings.Split(columns, ",")
			fmt.Fprintf(&want, "- `%s`: %s\n", address, strings.Join(names, "、"))
			says(t, "download.html", e.page(t, "download.html").main(t), strings.Join(names, "、"))
		}
	}
	want.WriteString("\n")
	if got == want.String() {
		return
	}
	if !*update {
		t.Fatalf("%s: the columns are not those of the tables (go test ./generator/site -run TestDocsListColumns -update writes them anew)\ngot  %q\nwant %q", docs, got, want.String())
	}
	if err := os.WriteFile(docs, []byte(before+begin+want.String()+end+after), 0o666); err != nil {
		t.Fatal(err)
	}
}

// The data name what they come from: what the handbook follows, and where that and the survey were read.
func TestDataNameTheirSources(t *testing.T) {
	e := offline(t)
	type sources []struct{ Role, Title, Publisher, Published, Terms, Reference string }
	var h struct {
		Version string
		Source  struct{ Statement string }
		Sources sources
		Survey  struct{ Sources sources }
	}
	if err := json.Unmarshal(e.files["data/handbook.json"], &h); err != nil {
		t.Fatal(err)
	}
	o, s := e.handbook.Original, e.handbook.Survey
	read := fmt.Sprintf("{read %s %s %s %s %s}", o.ReadIn.Title, o.ReadIn.Publisher, o.ReadIn.Published, o.Terms, o.ReadIn.Slug)
	if got, want := fmt.Sprint(h.Sources), fmt.Sprintf("[{original %s %s 2020年9月11日 %s } %s]", o.Title, o.Publisher, o.Terms, read); got != want {
		t.Errorf("got the sources %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(h.Survey.Sources), fmt.Sprintf("[{original %s %s %s  %s} %s]", s.Report.Title, s.Report.Publisher, s.Report.Published, s.Report.Slug, read); got != want {
		t.Errorf("got the sources of the survey %s, want %s", got, want)
	}
	if want := e.handbook.Changes[0].Date.Format(time.DateOnly); h.Version != want {
		t.Errorf("got the version %q, want %q", h.Version, want)
	}
	for _, address := range []string{"llms.txt", "measures/antivirus.md"} {
		if !strings.Contains(strings.ReplaceAll(string(e.files[address]), "\\", ""), h.Source.Statement) {
			t.Errorf("%s: want %q in it", address, h.Source.Statement)
		}
	}
	for _, address := range []string{"index.html", "embed/flow.html", "linking.html", "download.html"} {
		says(t, address, e.page(t, address).root, o.Title, o.ReadIn.Title, o.ReadIn.Published)
	}
}
