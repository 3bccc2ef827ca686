package handbook

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// seeds calls use for each file that a case of TestRules leaves in the folder
// (or with the name, for a file), each text once.
func seeds(folder string, use func(text string)) {
	seen := map[string]bool{}
	for _, c := range rules() {
		files := newTree()
		c.change(files)
		for _, name := range slices.Sorted(maps.Keys(files)) {
			if text := files[name]; strings.HasPrefix(name, folder) && !seen[text] {
				seen[text] = true
				use(text)
			}
		}
	}
}

// checkLines fails the test when a problem stands outside of its file, or on
// none.
func checkLines(t *testing.T, problems []Problem, text string) {
	t.Helper()
	for _, p := range problems {
		if last := 1 + strings.Count(text, "\n"); p.Line < 1 || p.Line > last {
			t.Errorf("line %d is outside of the file, which ends at %d: %s", p.Line, last, p)
		}
		if !utf8.ValidString(p.Text) {
			t.Errorf("a problem that is no text: %q", p.Text)
		}
	}
}

// A record is read without panic, whatever it holds; the parts of the file add
// up to the file.
func FuzzFrontMatter(f *testing.F) {
	seeds("measures/", func(text string) { f.Add([]byte(text)) })
	f.Fuzz(func(t *testing.T, data []byte) {
		before := bytes.Clone(data)
		front, body, bodyLine, ok := splitFrontMatter(data)
		if !bytes.Equal(data, before) {
			t.Errorf("the file was changed: got %q, want %q", data, before)
		}
		if !ok {
			return
		}
		whole := strings.TrimSuffix(string(data), "\n")
		if got := strings.TrimSuffix("+++\n"+front+"+++\n"+string(body), "\n"); got != whole {
			t.Errorf("the parts are not the whole:\ngot  %q\nwant %q", got, whole)
		}
		if want := 3 + strings.Count(front, "\n"); bodyLine != want {
			t.Errorf("the text begins on line %d, want %d", bodyLine, want)
		}

		files := tree{"measures/a.md": string(data)}
		_, problems, err := Load(files.fs(), contentDay)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range problems {
			checkLines(t, []Problem{p}, files[p.File])
		}
	})
}

// A TOML text is read into any record without panic, and every key of a text
// that is TOML has its line.
func FuzzTOML(f *testing.F) {
	for _, file := range []string{"handbook.toml", "published.toml", "flow.toml"} {
		seeds(file, func(text string) { f.Add(text) })
	}
	seeds("measures/", func(text string) {
		if front, _, _, ok := splitFrontMatter([]byte(text)); ok {
			f.Add(front)
		}
	})
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip() // such a file is not parsed
		}
		var data map[string]any
		if md, err := toml.Decode(text, &data); err == nil {
			if got, want := len(keyLines(text)), len(md.Keys()); got != want {
				t.Errorf("lines of %d keys, want %d: %v in %q", got, want, md.Keys(), text)
			}
		}
		for _, into := range []any{new(Edition), new(Published), new(Flow), new(Method), new(Measure), new(Chart)} {
			l := &loader{unread: map[place]bool{}}
			l.decode("a.toml", text, 1, into)
			checkLines(t, l.problems, text)
		}
	})
}

// Every path of a flow without problems is finite and ends at a method.
func FuzzFlow(f *testing.F) {
	seeds("flow.toml", func(text string) { f.Add(text) })
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		l := &loader{unread: map[place]bool{}}
		var flow Flow
		l.decode("flow.toml", text, 1, &flow)
		methods := []*Method{{Record: Record{Slug: "commute", File: "flow.toml", start: 1}}, {Record: Record{Slug: "errand", File: "flow.toml", start: 1}}}
		problems := append(l.problems, flow.resolve(methods)...)
		checkLines(t, problems, text)
		if len(problems) > 0 {
			return
		}
		reached := map[*Method]bool{}
		for _, end := range flow.Ends() {
			reached[end.Method] = true
		}
		if len(reached) != len(methods) || reached[nil] {
			t.Errorf("got ends at %d methods, want %d", len(reached), len(methods))
		}
	})
}

// The files that everything else refers to are read and checked without panic.
// What can be published has as many measures as were counted.
func FuzzLoad(f *testing.F) {
	valid := newTree()
	seeds("handbook.toml", func(text string) { f.Add(text, valid["published.toml"]) })
	seeds("published.toml", func(text string) { f.Add(valid["handbook.toml"], text) })
	f.Fuzz(func(t *testing.T, handbook, published string) {
		files := maps.Clone(valid)
		files["handbook.toml"], files["published.toml"] = handbook, published
		h, problems, err := Load(files.fs(), contentDay)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range problems {
			checkLines(t, []Problem{p}, files[p.File])
		}
		if !Publishable(problems) {
			return
		}
		for _, m := range h.Methods {
			for _, group := range h.Checklist(m).Groups {
				if got, want := len(group.Measures), h.Counts[m.Slug][group.Priority.Slug]; got != want {
					t.Errorf("%s has %d measures of %s, want %d", m.Slug, got, group.Priority.Slug, want)
				}
			}
		}
	})
}

// A text is parsed without panic; links and sections stand on lines of it.
func FuzzBody(f *testing.F) {
	for _, folder := range []string{"measures/", "pages/", "threats/"} {
		seeds(folder, func(text string) {
			if _, body, _, ok := splitFrontMatter([]byte(text)); ok {
				f.Add(body)
			}
		})
	}
	wanted := Labels{{"why", "なぜ"}, {"how", "やり方"}}
	f.Fuzz(func(t *testing.T, source []byte) {
		if !utf8.Valid(source) {
			t.Skip() // such a file is not parsed
		}
		body, problems := parseBody(source, "a.md", 1)
		problems = append(problems, nameSections(body, wanted, &Record{File: "a.md", start: 1})...)
		for _, link := range body.Links {
			problems = append(problems, Problem{File: "a.md", Line: link.Line, Text: "link"})
		}
		for _, s := range body.Sections {
			problems = append(problems, Problem{File: "a.md", Line: s.Line, Text: "section"})
		}
		checkLines(t, problems, string(source))
		if len(body.Lead) == 0 && len(body.Sections) == 0 && len(bytes.TrimSpace(source)) > 0 {
			if bytes.IndexFunc(source, func(r rune) bool { return r > ' ' && r != '\u00a0' }) >= 0 {
				t.Errorf("a text was lost: %q", source)
			}
		}
		body.Excerpt()
	})
}
