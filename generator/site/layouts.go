package site

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"strings"
	"sync"
	"text/template/parse"

	"tebiki/generator/source"
	"tebiki/generator/words"
)

// Layouts are the files of the layouts folder, and what stands in them.
type Layouts struct {
	fsys fs.FS
	uses []words.Use
	ids  map[string]map[string]bool // of each kind of page, that stand in its layout as they are
}

// ReadLayouts reads the layouts folder. The error is one of the disk or a fault in a layout.
func ReadLayouts(fsys fs.FS) (*Layouts, error) {
	fsys = source.Plain(fsys)
	uses, err := words.Uses(fsys)
	if err != nil {
		return nil, err
	}
	l := &Layouts{fsys, uses, map[string]map[string]bool{}}
	shared := map[string]*parse.Tree{}
	kinds := map[string]map[string]*parse.Tree{}
	for _, pattern := range []string{"*.html", "parts/*.html"} {
		files, err := fs.Glob(fsys, pattern)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			text, err := fs.ReadFile(fsys, file)
			if err != nil {
				return nil, err
			}
			name, trees := path.Base(file), shared
			if name == file && name != "base.html" {
				trees = map[string]*parse.Tree{}
				kinds[strings.TrimSuffix(name, ".html")] = trees
			}
			tree := parse.New(name)
			tree.Mode = parse.SkipFuncCheck
			if _, err := tree.Parse(string(text), "", "", trees); err != nil {
				return nil, err
			}
		}
	}
	for kind, own := range kinds {
		trees := maps.Clone(shared)
		maps.Copy(trees, own)
		whole := "base.html"
		if own["content"] == nil {
			whole = kind + ".html"
		}
		l.ids[kind] = map[string]bool{}
		noteIDs(l.ids[kind], trees, whole)
	}
	return l, nil
}

// idForm is how layouts write the id of an element.
var idForm = regexp.MustCompile(` id="([^"]+)"`)

// noteIDs notes the ids in a template and in those that it uses, each of which it takes from trees.
func noteIDs(ids map[string]bool, trees map[string]*parse.Tree, name string) {
	tree := trees[name]
	if tree == nil {
		return
	}
	delete(trees, name)
	walk(tree.Root, func(n parse.Node) {
		switch n := n.(type) {
		case *parse.TextNode:
			for _, match := range idForm.FindAllSubmatch(n.Text, -1) {
				ids[string(match[1])] = true
			}
		case *parse.TemplateNode:
			noteIDs(ids, trees, n.Name)
		case *parse.ActionNode:
			if call := n.Pipe.Cmds[0].Args; len(call) > 1 && call[0].String() == "once" {
				if part, ok := call[1].(*parse.StringNode); ok {
					noteIDs(ids, trees, part.Text)
				}
			}
		}
	})
}

// layouts are the templates of the pages: layouts/<name>.html for each kind of page, with all of
// parts/. One that defines "content" stands within base.html, any other is a whole page itself.
// Each is parsed when it is first needed.
type layouts struct {
	*Layouts
	b    *builder
	base func() (*template.Template, error) // base.html and parts/, with their words
	sets sync.Map                           // name → func() (*layout, error)
}

// A layout is the template of one kind of page.
type layout struct {
	whole *template.Template
	once  sync.Map // part and what it was given → *rendered
}

// A part that is equal on many pages.
type partKey struct {
	name string
	data any
}

type rendered struct {
	do   sync.Once
	html template.HTML
	err  error
}

func newLayouts(read *Layouts, b *builder) *layouts {
	l := &layouts{Layouts: read, b: b}
	l.base = sync.OnceValues(func() (*template.Template, error) {
		base, err := template.New("base.html").Funcs(l.functions()).Funcs(words.Functions).ParseFS(read.fsys, "base.html", "parts/*.html")
		if err != nil {
			return nil, err
		}
		return base, l.replaceWords(base)
	})
	return l
}

// functions are what layouts can call beside the words.
func (l *layouts) functions() template.FuncMap {
	return template.FuncMap{
		"icon": func(name string) (template.HTML, error) {
			svg, ok := l.b.assets.icons[name]
			if !ok {
				return "", fmt.Errorf("no icon static/icons/%s.svg", name)
			}
			return svg, nil
		},
		"drawing":  l.b.drawing,
		"phrases":  func(text string) template.HTML { return template.HTML(l.b.phrases.HTML(text)) },
		"statuses": l.b.statuses,
		"once":     func(string, ...any) (template.HTML, error) { return "", errors.New("no page is being made") },
	}
}

func (l *layouts) replaceWords(t *template.Template) error {
	for _, part := range t.Templates() {
		if part.Tree == nil {
			continue
		}
		if err := l.b.words.Replace(part.Tree); err != nil {
			return err
		}
	}
	return nil
}

// layout returns the layout of a kind of page.
func (l *layouts) layout(name string) (*layout, error) {
	parse, ok := l.sets.Load(name)
	if !ok {
		parse, _ = l.sets.LoadOrStore(name, sync.OnceValues(func() (*layout, error) { return l.parse(name) }))
	}
	return parse.(func() (*layout, error))()
}

func (l *layouts) parse(name string) (*layout, error) {
	base, err := l.base()
	if err != nil {
		return nil, err
	}
	t, err := base.Clone()
	if err != nil {
		return nil, err
	}
	file := name + ".html"
	text, err := fs.ReadFile(l.fsys, file)
	if err != nil {
		return nil, err
	}
	own, err := template.New(file).Funcs(l.functions()).Funcs(words.Functions).Parse(string(text))
	if err != nil {
		return nil, err
	}
	if err := l.replaceWords(own); err != nil {
		return nil, err
	}
	for _, part := range own.Templates() {
		if part.Tree == nil {
			continue
		}
		if _, err := t.AddParseTree(part.Name(), part.Tree); err != nil {
			return nil, err
		}
	}
	made := &layout{whole: t.Lookup("base.html")}
	if t.Lookup("content") == nil {
		made.whole = t.Lookup(file)
	}
	made.whole.Funcs(template.FuncMap{"once": made.part})
	return made, nil
}

// walk calls visit for the nodes of a list and below them.
func walk(list *parse.ListNode, visit func(parse.Node)) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		visit(n)
		var b *parse.BranchNode
		switch n := n.(type) {
		case *parse.IfNode:
			b = &n.BranchNode
		case *parse.RangeNode:
			b = &n.BranchNode
		case *parse.WithNode:
			b = &n.BranchNode
		default:
			continue
		}
		walk(b.List, visit)
		walk(b.ElseList, visit)
	}
}

// part renders a part of the layout with what it is given, a small struct that can be compared: the
// first time; afterwards it is known.
func (l *layout) part(name string, data ...any) (template.HTML, error) {
	key := partKey{name: name}
	if len(data) == 1 {
		key.data = data[0]
	}
	known, ok := l.once.Load(key)
	if !ok {
		known, _ = l.once.LoadOrStore(key, new(rendered))
	}
	r := known.(*rendered)
	r.do.Do(func() {
		var b bytes.Buffer
		r.err = l.whole.ExecuteTemplate(&b, name, key.data)
		r.html = template.HTML(b.String())
	})
	return r.html, r.err
}

// execute writes a page.
func (l *layouts) execute(w Writer, name, address string, data any) error {
	made, err := l.layout(name)
	if err == nil {
		err = made.whole.Execute(w, data)
	}
	if err != nil {
		return fmt.Errorf("layouts: %s: %w", address, err)
	}
	return nil
}
