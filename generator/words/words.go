// Package words knows the words of the interface: every text on the site that is no record of the
// handbook, by keys such as "checklist.title".
//
// Keys and placeholders come from the layouts, and from one table for the words that Go needs. The
// texts of an edition stand in the ui.toml of its content. What layouts ask for and what texts offer
// is compared before a page is made: words that are missing, that nothing uses, or that are filled
// in wrongly are problems of ui.toml. Texts take their places in the parse trees of the layouts, so
// that nothing is looked up while a page is made.
package words

import (
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"tebiki/generator/source"
)

// file is where an edition has its words, in its content folder.
const file = "ui.toml"

// Words are the words of an edition.
type Words struct {
	texts map[string]string // by key
}

// A Use is a place that shows a word.
type Use struct {
	Key   string
	Names []string // of the placeholders that are filled there
	Place string   // in the layouts: "parts/header.html:3"
}

// Load reads the words of an edition and compares them with the uses that layouts make of them. The
// error is one of the disk.
func Load(content, layouts fs.FS, _ string) (*Words, []source.Problem, error) {
	uses, err := Uses(layouts)
	if err != nil {
		return nil, nil, err
	}
	reader := source.NewReader(content)
	record, texts := reader.Strings(file)
	problems, err := reader.Done()
	if err != nil {
		return nil, nil, err
	}
	if !record.Unread() {
		isUnread := reader.Unread()
		for _, p := range check(record, texts, placeholdersOf(uses)) {
			if !isUnread(p) {
				problems = append(problems, p)
			}
		}
	}
	return &Words{texts}, problems, nil
}

// placeholdersOf returns the placeholders that a text may hold, by key: those that every use fills.
func placeholdersOf(uses []Use) map[string][]string {
	known := map[string][]string{}
	for key, names := range inGo {
		known[key] = names
	}
	for _, use := range uses {
		names, ok := known[use.Key]
		if !ok {
			known[use.Key] = use.Names
			continue
		}
		known[use.Key] = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !slices.Contains(use.Names, name) })
	}
	return known
}

// All returns the texts of all words.
func (w *Words) All() []string { return slices.Collect(maps.Values(w.texts)) }

// Text returns a word that Go uses, with values in the place of its placeholders:
// Text("common.title", "page", "方式", "site", "てびき").
func (w *Words) Text(key string, namesAndValues ...any) string {
	if _, ok := inGo[key]; !ok {
		panic("words: " + key + " is not in the table of the words used in Go")
	}
	return fill(w.texts[key], namesAndValues...)
}

// placeholder is a name in braces within a text.
var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// fill puts values into a text's placeholders: fill("{count}項目", "count", 10).
func fill(text string, namesAndValues ...any) string {
	if len(namesAndValues) == 0 {
		return text
	}
	pairs := make([]string, len(namesAndValues))
	for i, v := range namesAndValues {
		if i%2 == 0 {
			v = fmt.Sprintf("{%s}", v)
		}
		pairs[i] = fmt.Sprint(v)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}
