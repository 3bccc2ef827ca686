package handbook

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"tebiki/generator/source"
)

// seeds calls use for each file that a rule leaves in the folder (or with the name, for a file), each
// text once.
func seeds(f *testing.F, folder string, use func(text string)) {
	var trees []tree
	for _, r := range readRules(f) {
		trees = append(trees, r.content)
	}
	for _, r := range byteRules {
		files := newTree(f)
		r.change(files)
		trees = append(trees, files)
	}
	ways := newTree(f)
	manyWays(ways)
	trees = append(trees, ways)

	seen := map[string]bool{}
	for _, files := range trees {
		for _, name := range slices.Sorted(maps.Keys(files)) {
			if text := files[name]; strings.HasPrefix(name, folder) && !seen[text] {
				seen[text] = true
				use(text)
			}
		}
	}
}

// A record is read and checked without panic, whatever its file holds.
func FuzzMeasure(f *testing.F) {
	valid := newTree(f)
	seeds(f, "measures/", func(text string) { f.Add(text) })
	f.Fuzz(func(t *testing.T, text string) {
		files := maps.Clone(valid)
		files["measures/lock.md"] = text
		files.load(t, contentDay)
	})
}

// Every path of a flow without problems is finite and ends at a method.
func FuzzFlow(f *testing.F) {
	seeds(f, "flow.toml", func(text string) { f.Add(text) })
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip() // such a file is not parsed
		}
		files := tree{flowFile: text}
		from := source.NewReader(files.fs())
		var flow Flow
		from.TOML(flowFile, &flow)
		problems, err := from.Done()
		if err != nil {
			t.Fatal(err)
		}
		methods := []*Method{{Record: source.NewRecord("commute", flowFile)}, {Record: source.NewRecord("errand", flowFile)}}
		report := func(p source.Problem) { problems = append(problems, p) }
		flow.resolve(indexOf(methods), report)
		flow.check(methods, report)
		files.checkLines(t, problems)
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

// The files that everything else refers to are read and checked without panic. What can be published
// has as many measures as were counted.
func FuzzLoad(f *testing.F) {
	valid := newTree(f)
	seeds(f, editionFile, func(text string) { f.Add(text, valid[publishedFile]) })
	seeds(f, publishedFile, func(text string) { f.Add(valid[editionFile], text) })
	f.Fuzz(func(t *testing.T, edition, published string) {
		files := maps.Clone(valid)
		files[editionFile], files[publishedFile] = edition, published
		h, problems, err := Load(files.fs(), contentDay, Said{})
		if err != nil {
			t.Fatal(err)
		}
		files.checkLines(t, problems)
		if !source.Publishable(problems) || h.Counts == nil {
			return
		}
		for _, m := range h.Methods {
			for _, group := range m.Groups {
				if got, want := len(group.Measures), h.Counts[m.Slug][group.Priority.Slug]; got != want {
					t.Errorf("%s has %d measures of %s, want %d", m.Slug, got, group.Priority.Slug, want)
				}
			}
		}
	})
}
