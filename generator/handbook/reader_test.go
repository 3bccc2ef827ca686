package handbook

import (
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tebiki/generator/source"
)

// TestReader: a reader gives what Load gives, whatever changed in between, and the handbooks that it
// gave earlier stay as they were, for pages are still made of them.
func TestReader(t *testing.T) {
	files := newTree(t)
	files["survey/q1.toml"] = strings.Replace(files["survey/q1.toml"], `kind = "single"`, `kind = "multiple"`, 1)
	reader := NewReader()
	type state struct {
		rule     string
		content  fstest.MapFS
		handbook *Handbook
		problems []source.Problem
	}
	var states []state
	content := files.fs()
	for i, c := range []struct {
		rule   string
		change func(tree)
	}{
		{"nothing was read before", func(tree) {}},
		{"nothing has changed", func(tree) {}},
		{"a measure has another title", func(files tree) { files.replace("measures/lock.md", `title = "鍵"`, `title = "錠"`) }},
		{"a measure is against another threat, on another checklist", func(files tree) {
			files.replace("measures/lock.md", `["theft"]`, `["crash"]`)
			files.replace("measures/lock.md", `commute = "low"`, `errand = "low"`)
		}},
		{"a method has another name", func(files tree) { files.replace("methods/errand.md", `short = "店へ"`, `short = "店に"`) }},
		{"the sections have other names", func(files tree) { files.replace("handbook.toml", `what = "何が`, `which = "何が`) }},
		{"a question has another reason", func(files tree) {
			files.replace("flow.toml", `why = "道が違うから"`, `why = "道も違うから"`)
		}},
		{"a measure is broken", func(files tree) { files.replace("measures/light.md", `title = "灯り"`, `title = "灯り`) }},
		{"a measure is gone", func(files tree) { delete(files, "measures/light.md") }},
		{"the language is another", func(files tree) { files.replace("handbook.toml", `language = "ja"`, `language = "en"`) }},
		{"the language is the first again", func(files tree) { files.replace("handbook.toml", `language = "en"`, `language = "ja"`) }},
	} {
		c.change(files)
		next := files.fs()
		for name, file := range next {
			if before := content[name]; before != nil && string(before.Data) == string(file.Data) {
				file.ModTime = before.ModTime
			} else {
				file.ModTime = time.Unix(int64(i), 0)
			}
		}
		content = next
		h, problems, err := reader.Load(content, contentDay, Said{})
		if err != nil {
			t.Fatal(err)
		}
		states = append(states, state{c.rule, content, h, problems})
	}
	for _, s := range states {
		h, problems, err := Load(s.content, contentDay, Said{})
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(s.handbook, h) {
			t.Errorf("%s: got another handbook than Load gives, or it was changed later", s.rule)
		}
		if !reflect.DeepEqual(s.problems, problems) {
			t.Errorf("%s: got problems %v, want %v", s.rule, s.problems, problems)
		}
	}
}

// The language decides where the lines of headings break: with another one every text is made anew.
func TestReaderOfAnotherLanguage(t *testing.T) {
	files := newTree(t)
	files.replace("measures/helmet.md", "### 大きさ", "### ヘルメットの大きさを合わせる")
	reader := NewReader()
	html := func() string {
		h, _, err := reader.Load(files.fs(), contentDay, Said{})
		if err != nil {
			t.Fatal(err)
		}
		return h.measures.bySlug["helmet"].Body.Section("how").HTML
	}
	if got := html(); !strings.Contains(got, "<wbr>") {
		t.Fatalf("in Japanese: got %q, want <wbr> in it", got)
	}
	files.replace("handbook.toml", `language = "ja"`, `language = "en"`)
	if got := html(); strings.Contains(got, "<wbr>") {
		t.Errorf("in English: got %q, want no <wbr>", got)
	}
}
