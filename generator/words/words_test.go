package words

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"tebiki/generator/source"
)

// realUses returns how the layouts of this project use words.
func realUses(t *testing.T) []Use {
	t.Helper()
	uses, err := Uses(os.DirFS("../../layouts"))
	if err != nil {
		t.Fatal(err)
	}
	return append(uses, usesInGo()...)
}

// Every word that layouts or Go use has a default with the placeholders that they fill, and no
// default is in vain.
func TestDefaultsAreWhatIsUsed(t *testing.T) {
	texts := defaults()[reference]
	used := map[string]bool{}
	for _, use := range realUses(t) {
		used[use.Key] = true
		if text, ok := texts[use.Key]; !ok {
			t.Errorf("%s: uses %s, which %s.toml does not have", use.Place, use.Key, reference)
		} else if got, want := sortedNames(use.Names), sortedNames(namesIn(text)); !slices.Equal(got, want) {
			t.Errorf("%s: fills %q of %s, want %q as in %q", use.Place, got, use.Key, want, text)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		if !used[key] && !strings.HasPrefix(key, nounGroup+".") {
			t.Errorf("%s.toml: nothing uses %s", reference, key)
		}
	}
	if len(used) < 400 {
		t.Errorf("got %d words, want all of them", len(used))
	}
}

// The nouns that the texts of a language name are those that it has.
func TestNounsAreWhatIsNamed(t *testing.T) {
	for language, texts := range defaults() {
		named := map[string]bool{}
		for _, text := range texts {
			for _, match := range nounForm.FindAllStringSubmatch(text, -1) {
				named[strings.ToLower(match[1])] = true
			}
		}
		if got, want := slices.Sorted(maps.Keys(named)), nounsIn(texts); !slices.Equal(got, want) {
			t.Errorf("%s.toml: its texts name %q, want %q", language, got, want)
		}
	}
}

// A noun that a handbook names stands in all texts, where a sentence begins with a capital.
func TestNouns(t *testing.T) {
	content := fstest.MapFS{
		"handbook.toml": {Data: []byte("language = \"en\"")},
		"ui.toml":       {Data: []byte("[words]\ncompany = \"ward\"\n[checklist]\ncompany = \"<Company> or <company>\"")},
	}
	w, problems, err := Load(content, []Use{{"checklist.company", nil, "x"}})
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	for key, want := range map[string]string{"checklist.company": "Ward or ward", "store.company": "My ward"} {
		if got := w.texts[key]; got != want {
			t.Errorf("%s: got %q, want %q", key, got, want)
		}
	}
}

func sortedNames(names []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(names)))
}

// A language has the words of every other, in the same order, with the same placeholders.
func TestDefaultsOfLanguagesAreAlike(t *testing.T) {
	files, err := fs.Glob(defaultFiles, "*.toml")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 2 {
		t.Errorf("got %q, want two languages", files)
	}
	read := func(file string) (keys []string, texts map[string]string) {
		reader := source.NewReader(defaultFiles)
		record, texts := reader.Strings(file)
		// Not every language needs the same nouns.
		maps.DeleteFunc(texts, func(key, _ string) bool { return strings.HasPrefix(key, nounGroup+".") })
		if problems, err := reader.Done(); err != nil || len(problems) > 0 {
			t.Errorf("%s: got %v, %v, want no problems", file, problems, err)
		}
		keys = slices.SortedFunc(maps.Keys(texts), func(a, b string) int { return record.At(a) - record.At(b) })
		return keys, texts
	}
	wantKeys, wantTexts := read(reference + ".toml")
	for _, file := range files {
		keys, texts := read(file)
		for i := range max(len(keys), len(wantKeys)) {
			if i == len(keys) || i == len(wantKeys) || keys[i] != wantKeys[i] {
				t.Errorf("%s: its keys differ from those of %s.toml: got %q, want %q", file, reference, keys[i:min(i+1, len(keys))], wantKeys[i:min(i+1, len(wantKeys))])
				break
			}
		}
		for key, text := range texts {
			if got, want := sortedNames(namesIn(text)), sortedNames(namesIn(wantTexts[key])); !slices.Equal(got, want) {
				t.Errorf("%s: %s has the placeholders %q, want %q", file, key, got, want)
			}
		}
	}
}

// someUses are those of the layouts in the cases below.
var someUses = []Use{
	{"checklist.title", []string{"method"}, "checklist.html:1:3"},
	{"common.skip", nil, "base.html:2:3"},
	{"checklist.progress", []string{"group", "total", "done"}, "checklist.html:2:3"},
	{"checklist.progress", []string{"group", "done"}, "workspace.html:1:3"},
}

// Each case is the ui.toml of an edition, and all its problems in their order.
func TestLoad(t *testing.T) {
	cases := []struct {
		rule     string
		language string
		ui       string // "" for none
		uses     []Use
		want     string
	}{
		{rule: "an edition that says nothing otherwise needs no file", language: "ja"},
		{rule: "a country does not matter", language: "en-GB"},
		{
			rule:     "a noun that no text has",
			language: "ja", ui: "[words]\ncompnay = \"診療所\"",
			want: "ui.toml:2: 項目 \"words.compnay\" はここでは使えません（company のことですか）",
		},
		{
			rule:     "a text with a noun that there is not",
			language: "ja", ui: "[common]\nskip = \"<compnay>と<company>\"",
			want: "ui.toml:2: 項目 \"common.skip\" に <compnay> は使えません（company のことですか）",
		},
		{rule: "a text of its own", language: "ja", ui: "[common]\nskip = \"文\"\ndate = \"{year}\""},
		{
			rule:     "a file that is broken",
			language: "ja", ui: "[common\nskip = \"文\"",
			want: `ui.toml:1: TOML として読めません: 表の名前の終わりに「]」がありません`,
		},
		{
			rule:     "a text that is empty, and none",
			language: "ja", ui: "[common]\nskip = \"\"\nmenu = 1",
			want: "ui.toml:2: 項目 \"common.skip\" が空です（なくてはならない項目です）\n" +
				`ui.toml:3: 項目 "common.menu" は引用符で囲んだ文字列で書きます`,
		},
		{
			rule:     "a placeholder in a text that has none",
			language: "ja", ui: "[common]\nskip = \"文{count}\"",
			want: `ui.toml:2: 項目 "common.skip" に {count} は使えません（{ } のない文にしてください）`,
		},
		{
			rule:     "a placeholder that the text does not have",
			language: "ja", ui: "[common]\ndate = \"{year}年{mon}月{day}日\"",
			want: `ui.toml:2: 項目 "common.date" に {mon} は使えません（使えるのは {year}、{month}、{day}）`,
		},
		{
			rule:     "a placeholder without a name",
			language: "ja", ui: "[common]\nskip = \"文{}\"",
			want: `ui.toml:2: 項目 "common.skip" に {} は使えません（{ } のない文にしてください）`,
		},
		{
			rule:     "a placeholder that only one of two places fills",
			language: "ja", ui: "[common]\nskip = \"文\"\n\n[checklist]\nprogress = \"{total}\"", uses: someUses,
			want: `ui.toml:5: 項目 "checklist.progress" に {total} は使えません（使えるのは {group}、{done}）`,
		},
		{
			rule:     "a default that layouts fill otherwise",
			language: "ja", uses: []Use{{"flow.end", []string{"name"}, "flow.html:1:3"}},
			want: `ui.toml:1: 項目 "flow.end" に {method} は使えません（使えるのは {name}）`,
		},
		{
			rule:     "a word, and a group of words, that nobody knows",
			language: "ja", ui: "[common]\nskpi = \"文\"\n\n[comon]\nskip = \"文\"\nmenu = \"文\"",
			want: "ui.toml:2: 項目 \"common.skpi\" はここでは使えません（skip のことですか）\n" +
				`ui.toml:4: 項目 "comon" はここでは使えません（common のことですか）`,
		},
		{
			rule:     "a header that is gone",
			language: "ja", ui: "[common]\nskip = \"文\"\nmethods_text = \"文\"", uses: someUses[:2],
			want: `ui.toml:3: 項目 "common.methods_text" はここでは使えません（[home] か [linking] に書く項目です。見出しを消したなら戻し、そうでなければ、見出しの下に移してください）`,
		},
		{
			rule:     "a name that many tables have, in one that does not",
			language: "ja", ui: "[show]\ndocument = \"文\"", uses: someUses[:2],
			want: `ui.toml:2: 項目 "show.document" はここでは使えません（[boss] か [calendar] か [compare] か [excel] などに書く項目です。見出しを消したなら戻し、そうでなければ、見出しの下に移してください）`,
		},
		{
			rule:     "words above all headers, one with the name of a table",
			language: "ja", ui: "choose_text = \"文\"\ncompanies = \"文\"", uses: someUses[:2],
			want: `ui.toml:1: 項目 "choose_text" はここでは使えません（[home] に書く項目です。見出しを消したなら戻し、そうでなければ、見出しの下に移してください）` + "\n" +
				`ui.toml:2: 項目 "companies" はここでは使えません（[show] か [words] か [workspace] に書く項目です。見出しを消したなら戻し、そうでなければ、見出しの下に移してください）`,
		},
		{
			rule:     "a text in the place of a group",
			language: "ja", ui: "common = \"文\"",
			want: `ui.toml:1: 項目 "common" は表（[common]）で書きます`,
		},
		{
			rule:     "a word that only other layouts use",
			language: "ja", ui: "[common]\nmenu = \"文\"", uses: someUses[:2],
		},
		{
			rule:     "a word of somebody's own layouts",
			language: "ja", ui: "[own]\nword = \"{a}\"", uses: []Use{{"own.word", []string{"a"}, "own.html:1:3"}},
		},
		{
			rule:     "a word of somebody's own layouts that is missing, once for all its places",
			language: "ja", uses: []Use{{"own.word", nil, "own.html:1:3"}, {"own.word", nil, "own.html:2:3"}},
			want: `ui.toml:1: 項目 "own.word" がありません（ページの型 own.html:1:3 が使うことばです）`,
		},
		{
			rule: "what is missing is not known where the language is not",
			ui:   "[common]\nskip = \"{count}\"", uses: someUses,
			want: `ui.toml:2: 項目 "common.skip" に {count} は使えません（{ } のない文にしてください）`,
		},
		{
			rule:     "a language without defaults needs the file",
			language: "fr",
			want:     `ui.toml:1: このファイルがありません（名前を変えたなら、戻してください。初めからないなら、new handbook で作った手引きのものを写せます）`,
		},
	}
	for _, c := range cases {
		t.Run(c.rule, func(t *testing.T) {
			_, problems, err := Load(edition(c.language, c.ui), c.uses)
			if err != nil {
				t.Fatal(err)
			}
			if got := lines(problems); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

// A language without defaults names every word.
func TestLanguageWithoutDefaults(t *testing.T) {
	ui := "[own]\nword = \"mot\"\n\n[common]\n"
	for key := range inGo {
		if name, ok := strings.CutPrefix(key, "common."); ok {
			ui += name + " = \"mot\"\n"
		}
	}
	_, problems, err := Load(edition("fr", ui), []Use{{"own.word", nil, "own.html:1:3"}, {"common.skip", nil, "base.html:1:3"}})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{`ui.toml:4: 項目 "common.skip" がありません（日本語では「本文へ移動」）`}
	for key := range inGo {
		if !strings.HasPrefix(key, "common.") {
			want = append(want, fmt.Sprintf("ui.toml:1: 項目 %q がありません（日本語では「%s」）", key, defaults()["ja"][key]))
		}
	}
	slices.Sort(want)
	if got := lines(problems); got != strings.Join(want, "\n") {
		t.Errorf("got:\n%s\nwant:\n%s", got, strings.Join(want, "\n"))
	}
}

// Text and Replace show the edition's own word where it has one, and the language's elsewhere.
func TestOwnWordsComeFirst(t *testing.T) {
	w, _, err := Load(edition("ja", "[common]\nhome = \"入口\""), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := w.Text("common.home")+" "+w.Text("common.count", "count", 3), "入口 3項目"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A brokenFS is a disk that fails at one file.
type brokenFS struct {
	fstest.MapFS
	name string
}

func (b brokenFS) ReadFile(name string) ([]byte, error) {
	if name == b.name {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrPermission}
	}
	return b.MapFS.ReadFile(name)
}

// A file that cannot be read is no problem of the content.
func TestLoadReturnsErrorsOfTheDisk(t *testing.T) {
	for _, name := range []string{"handbook.toml", "ui.toml"} {
		content := brokenFS{edition("ja", "[common]"), name}
		if _, problems, err := Load(content, nil); err == nil {
			t.Errorf("%s: got problems %v, no error", name, problems)
		}
	}
}

// edition returns a content folder with a language and words.
func edition(language, ui string) fstest.MapFS {
	content := fstest.MapFS{}
	if language != "" {
		content["handbook.toml"] = &fstest.MapFile{Data: []byte(fmt.Sprintf("language = %q\n[priority.must]\nmark = 1\n", language))}
	}
	if ui != "" {
		content["ui.toml"] = &fstest.MapFile{Data: []byte(ui)}
	}
	return content
}

func lines(problems []source.Problem) string {
	var list []string
	for _, p := range problems {
		list = append(list, p.String())
	}
	return strings.Join(list, "\n")
}
