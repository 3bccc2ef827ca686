package site

import (
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"

	"tebiki/generator/phrase"
	"tebiki/generator/words"
)

// layouts are the parsed templates: layouts/<kind>.html for each kind of
// page, with all of parts/. One that defines "content" stands within base.html,
// any other is a whole page itself.
type layouts map[string]*template.Template

func parseLayouts(fsys fs.FS, w *words.Words, language string, icons map[string]template.HTML) (layouts, error) {
	functions := template.FuncMap{
		"icon": func(name string) (template.HTML, error) {
			svg, ok := icons[name]
			if !ok {
				return "", fmt.Errorf("no icon static/icons/%s.svg", name)
			}
			return svg, nil
		},
		"phrases": func(text string) template.HTML { return phrases(language, text) },
		"scope":   newScope,
	}
	base, err := template.New("base.html").Funcs(functions).Funcs(words.Functions).ParseFS(fsys, "base.html", "parts/*.html")
	if err != nil {
		return nil, err
	}
	kinds, err := fs.Glob(fsys, "*.html")
	if err != nil {
		return nil, err
	}
	set := layouts{}
	for _, file := range kinds {
		if file == "base.html" {
			continue
		}
		t, err := base.Clone()
		if err != nil {
			return nil, err
		}
		if t, err = t.ParseFS(fsys, file); err != nil {
			return nil, err
		}
		for _, part := range t.Templates() {
			if err := w.Replace(part.Tree); err != nil {
				return nil, err
			}
		}
		whole := "base.html"
		if t.Lookup("content") == nil {
			whole = path.Base(file)
		}
		set[strings.TrimSuffix(path.Base(file), ".html")] = t.Lookup(whole)
	}
	return set, nil
}

// phrases marks where the lines of a heading or a button may break. The style
// sheet keeps the rest together.
func phrases(language, text string) template.HTML {
	var b strings.Builder
	for i, part := range phrase.Split(language, text) {
		if i > 0 {
			b.WriteString("<wbr>")
		}
		b.WriteString(template.HTMLEscapeString(part))
	}
	return template.HTML(b.String())
}

// A scope is what a part of a layout is given: the page it stands on and the
// thing it shows.
type scope struct {
	Page any
	It   any
}

func newScope(page, it any) scope { return scope{page, it} }
