// Package words knows the words of the interface: every text on the site that is no record of the
// handbook, by keys such as "checklist.title".
//
// Keys and placeholders come from the layouts, and from one table for the words that Go needs.
// Texts come from the defaults of the handbook's language, and from ui.toml in its content, which
// holds what this edition says otherwise; in a language without defaults it holds all. What layouts
// ask for and what texts offer is compared before a page is made: words that are missing, that
// nothing uses, or that are filled in wrongly are problems of ui.toml. Texts take their places in
// the parse trees of the layouts, so that nothing is looked up while a page is made.
package words

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"tebiki/generator/source"
)

// File is where an edition has its words, in its content folder.
const File = "ui.toml"

// defaultFiles have the words of a language each, all with the same keys and placeholders.
//
//go:embed ja.toml en.toml
var defaultFiles embed.FS

// defaults returns the words of each language that has any, by language and key. They are read
// once: nothing changes them.
var defaults = sync.OnceValue(func() map[string]map[string]string {
	byLanguage := map[string]map[string]string{}
	reader := source.NewReader(defaultFiles)
	for _, language := range []string{"ja", "en"} {
		_, byLanguage[language] = reader.Strings(language + ".toml")
	}
	return byLanguage
})

// Words are the words of an edition.
type Words struct {
	texts   map[string]string // by key
	nouns   map[string]string // by name
	partial bool              // some could not be read
}

// A Use is a place that shows a word.
type Use struct {
	Key   string
	Names []string // of the placeholders that are filled there
	Place string   // in the layouts: "parts/header.html:3:10"
}

// Load reads the words of an edition and compares them with the uses that layouts make of them. The
// error is one of the disk.
func Load(content fs.FS, uses []Use) (*Words, []source.Problem, error) {
	language, err := languageOf(content)
	if err != nil {
		return nil, nil, err
	}
	w := &Words{texts: map[string]string{}}
	maps.Copy(w.texts, defaults()[language])
	record, problems := source.NewRecord("ui", File), []source.Problem(nil)
	// An edition that says nothing otherwise needs no file.
	if _, err := fs.Stat(content, File); len(w.texts) == 0 || !errors.Is(err, fs.ErrNotExist) {
		reader := source.NewReader(content)
		var own map[string]string
		record, own = reader.Strings(File)
		if problems, err = reader.Done(); err != nil {
			return nil, nil, err
		}
		if record.Unread() {
			w.partial = true
			return w, problems, nil
		}
		maps.Copy(w.texts, own)
	}
	w.partial = language == "" || len(problems) > 0
	problems = append(problems, w.takeNouns(record, defaults()[language])...)
	problems = append(problems, w.putNouns(record)...)
	uses = append(slices.Clip(uses), usesInGo()...)
	problems = append(problems, w.checkTexts(record, uses)...)
	if language != "" {
		problems = append(problems, w.checkMissing(record, uses)...)
	}
	return w, source.SortProblems(problems), nil
}

// languageOf returns the language of a handbook, as far as defaults tell languages apart: "en" for
// "en-GB", and "" when its file does not say.
func languageOf(content fs.FS) (string, error) {
	reader := source.NewReader(content)
	_, edition := reader.Strings("handbook.toml")
	// What is wrong with the file is not to be said here.
	_, err := reader.Done()
	language, _, _ := strings.Cut(edition["language"], "-")
	return language, err
}

// All returns the texts of all words, and whether these are all there are: of a file that cannot be
// read, and without a language, they are not known.
func (w *Words) All() (texts []string, whole bool) {
	return slices.Collect(maps.Values(w.texts)), !w.partial
}

// Text returns a word that Go uses, with values in the place of its placeholders:
// Text("common.title", "page", "方式", "site", "てびき").
func (w *Words) Text(key string, namesAndValues ...any) string {
	if _, ok := inGo[key]; !ok {
		panic("words: " + key + " is not in the table of the words used in Go")
	}
	return fill(w.texts[key], namesAndValues...)
}

// nounGroup has the nouns that handbooks name as they like: what is a company to one is a clinic to
// another.
const nounGroup = "words"

// takeNouns takes the nouns out of the texts, and reports those that the defaults of the language do
// not have. A language without defaults may have any.
func (w *Words) takeNouns(record source.Record, known map[string]string) []source.Problem {
	w.nouns = map[string]string{}
	for key, text := range w.texts {
		if name, ok := strings.CutPrefix(key, nounGroup+"."); ok {
			w.nouns[name] = text
			delete(w.texts, key)
		}
	}
	var problems []source.Problem
	for name := range w.nouns {
		if key := nounGroup + "." + name; len(known) > 0 && known[key] == "" {
			problems = append(problems, record.Problem(key, "項目 %q はここでは使えません%s", key, meant(name, nounsIn(known), maps.Keys(known))))
		}
	}
	return problems
}

// nounsIn returns the names of the nouns among texts, sorted.
func nounsIn(texts map[string]string) []string {
	var names []string
	for key := range texts {
		if name, ok := strings.CutPrefix(key, nounGroup+"."); ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// nounForm is the name of a noun within a text: "<company>", or "<Company>" where a sentence begins.
var nounForm = regexp.MustCompile(`<([^<>]*)>`)

// putNouns puts the nouns into all texts, and reports names that none has.
func (w *Words) putNouns(record source.Record) []source.Problem {
	var problems []source.Problem
	for key, text := range w.texts {
		if !strings.Contains(text, "<") {
			continue
		}
		w.texts[key] = nounForm.ReplaceAllStringFunc(text, func(form string) string {
			name := form[1 : len(form)-1]
			lower := strings.ToLower(name)
			noun, ok := w.nouns[lower]
			if !ok {
				problems = append(problems, record.Problem(key, "項目 %q に <%s> は使えません%s", key, name, source.DidYouMean(lower, slices.Sorted(maps.Keys(w.nouns)))))
				return form
			}
			if name != lower {
				noun = capitalized(noun)
			}
			return noun
		})
	}
	return problems
}

func capitalized(noun string) string {
	first, size := utf8.DecodeRuneInString(noun)
	return string(unicode.ToUpper(first)) + noun[size:]
}

// placeholder is a name in braces within a text.
var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// fill puts values into a text's placeholders: fill("{count}項目", "count", 10).
func fill(text string, namesAndValues ...any) string {
	if len(namesAndValues) == 0 {
		return text
	}
	var b strings.Builder
	for {
		start := strings.IndexByte(text, '{')
		end := start + strings.IndexByte(text[start+1:], '}') + 1
		if start < 0 || end <= start {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:start])
		value, ok := valueOf(text[start+1:end], namesAndValues)
		if !ok {
			value = text[start : end+1]
		}
		b.WriteString(value)
		text = text[end+1:]
	}
}

// valueOf returns the value of a placeholder in words.
func valueOf(name string, namesAndValues []any) (string, bool) {
	for i := 0; i+1 < len(namesAndValues); i += 2 {
		if namesAndValues[i] == name {
			return fmt.Sprint(namesAndValues[i+1]), true
		}
	}
	return "", false
}
