package site

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"tebiki/generator/handbook"
	"tebiki/generator/searchindex"
)

// addBody adds a text to what can be found, a part for each heading. Headings
// below the second level without an anchor are found at the one above.
func addBody(d *searchindex.Doc, body *handbook.Body) {
	addBlocks(d, "", "", body.Source, body.Lead)
	for _, s := range body.Sections {
		addBlocks(d, s.ID, s.Heading, body.Source, s.Blocks)
	}
}

func addBlocks(d *searchindex.Doc, anchor, heading string, source []byte, blocks []ast.Node) {
	var texts []string
	for _, block := range blocks {
		if h, ok := block.(*ast.Heading); ok {
			d.Add(anchor, heading, texts...)
			heading, texts = handbook.Plain(h, source), nil
			if id, ok := h.AttributeString("id"); ok {
				anchor = fmt.Sprintf("%s", id)
			}
			continue
		}
		texts = append(texts, plainTexts(block, source)...)
	}
	d.Add(anchor, heading, texts...)
}

// plainTexts returns the texts of a block: a paragraph, the items of a list,
// the cells of a table.
func plainTexts(block ast.Node, source []byte) []string {
	var texts []string
	// The walker itself returns no error.
	_ = ast.Walk(block, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if first := n.FirstChild(); entering && first != nil && first.Type() == ast.TypeInline {
			texts = append(texts, handbook.Plain(n, source))
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return texts
}

// searchKinds gathers all that can be found.
func (b *builder) searchKinds() []*searchindex.Kind {
	h, ui := b.Handbook, b.UI()
	var kinds []*searchindex.Kind
	readings := map[*searchindex.Doc]string{} // what docs are sorted by, where that is not the title
	kind := func(slug, label, title string) func(address, title string, names ...string) *searchindex.Doc {
		k := &searchindex.Kind{Slug: slug, Label: label, Title: title}
		kinds = append(kinds, k)
		return func(address, title string, names ...string) *searchindex.Doc {
			d := &searchindex.Doc{Address: address, Title: title, Names: names}
			k.Docs = append(k.Docs, d)
			return d
		}
	}
	// The entries of a page stand under the name of the page.
	listed := func(slug string) func(address, title string, names ...string) *searchindex.Doc {
		if page := h.Page(slug); page != nil {
			return kind(slug, page.Label, page.Title)
		}
		return kind(slug, "", "") // there are none
	}

	add := listed("measures")
	for _, m := range h.Measures {
		d := add(address(m), m.Title, m.Number)
		d.Add("", "", m.Check)
		addBody(d, m.Body)
		for _, note := range b.ownerNotes(m) {
			d.Add("owner-"+note.Owner.Slug, fill(ui.Measure.OwnerNote, "owner", note.Owner.Name), note.Text)
		}
		if m.Exception != "" {
			d.Add("", ui.Measure.Exception, m.Exception)
		}
		d.Add("rule", ui.Measure.Rule, m.Rule)
		if m.Handout != "" {
			d.Add("handout", ui.Measure.Handout, m.Handout)
		}
		d.Add("ask", ui.Measure.Ask, m.Ask)
		for i, method := range h.Methods {
			if m.On(method) {
				d.Methods = append(d.Methods, i)
			}
		}
	}
	add = listed("methods")
	for i, m := range h.Methods {
		d := add(address(m), m.Mark+" "+m.Name, m.Short, ui.Common.Method+m.Mark)
		d.Add("", "", append([]string{m.Summary}, m.Signs...)...)
		addBody(d, m.Body)
		d.Methods = []int{i}
	}
	add = kind("checklists", ui.Method.Checklist, "")
	for i, m := range h.Methods {
		d := add(checklistAddress(m.Slug), b.checklistTitle(m), fill(ui.Checklist.Title, "method", ui.Common.Method+m.Mark))
		d.Methods = []int{i}
	}
	add = listed("threats")
	for _, t := range h.Threats {
		d := add(address(t), t.Name)
		d.Add("", "", t.Summary)
		addBody(d, t.Body)
	}
	add = listed("guides")
	for _, g := range h.Guides {
		d := add(address(g), g.Title, g.Product)
		d.Add("", "", g.Summary)
		addBody(d, g.Body)
	}
	add = listed("glossary")
	kinds[len(kinds)-1].Words = true
	for _, t := range h.Terms {
		d := add(address(t), t.Term, append([]string{t.Reading}, t.Aliases...)...)
		readings[d] = t.Reading
		addBody(d, t.Body)
	}
	add = listed("contacts")
	for _, c := range h.Contacts {
		d := add("contacts.html#"+c.Slug, c.Name, c.Organisation)
		d.Add("", "", c.Purpose, c.How)
		addBody(d, c.Body)
	}
	add = listed("lifecycles")
	for _, l := range h.Lifecycles {
		d := add("lifecycles.html#"+l.Slug, l.Product)
		addBody(d, l.Body)
		d.Add("", "", l.SourceNote)
	}
	add = listed("survey")
	for _, c := range h.Charts {
		d := add("survey.html#"+c.Slug, c.Title, c.Question)
		d.Add("", "", c.Message, c.Note)
		for _, r := range c.Rows {
			d.Add("", "", r.Label)
		}
	}
	add = listed("references")
	for _, r := range h.References {
		d := add("references.html#"+r.Slug, r.Title, r.Publisher)
		addBody(d, r.Body)
	}
	add = kind("pages", ui.Search.Pages, "")
	for _, p := range h.Pages {
		if !isListed(address(p)) || p.Slug == searchSlug {
			continue
		}
		d := add(address(p), p.Title, p.Label)
		d.Add("", "", p.Description)
		addBody(d, p.Body)
		switch p.Slug {
		case "index":
			d.Add("steps", ui.Home.Steps, ui.Home.ChooseText, ui.Home.ShowText)
		case "workspace":
			d.Add("", ui.Files.Save, ui.Files.SaveText)
			d.Add("", ui.Files.Table, ui.Files.TableText)
			d.Add("", ui.Files.Load, ui.Files.LoadText)
			d.Add("", ui.Share.Heading, ui.Share.Text)
			d.Add("", ui.Workspace.Erase, ui.Workspace.EraseText)
		case "download":
			d.Add("", ui.Download.Get, ui.Download.Hash)
		case "flow":
			for _, q := range h.Flow.Questions {
				d.Add("question-"+q.Slug, q.Text, q.Why, q.Unsure)
			}
		case "changes":
			for _, c := range h.Changes {
				d.Add(c.Slug, c.Title)
				addBlocks(d, c.Slug, "", c.Body.Source, c.Body.Lead)
			}
		case "guideline":
			if test := h.SelfTest; test != nil {
				d.Add("self-test", test.Title, test.Lead)
				for _, s := range test.Statements {
					d.Add("self-test", "", s.Text)
				}
			}
		case "survey":
			if h.Survey != nil {
				for _, s := range h.Survey.Questions {
					d.Add("questions", s.Title, s.Questions...)
				}
			}
		}
	}

	kinds = slices.DeleteFunc(kinds, func(k *searchindex.Kind) bool { return len(k.Docs) == 0 })
	place, places := b.alphabet(), map[*searchindex.Doc][]byte{}
	for _, k := range kinds {
		for _, d := range k.Docs {
			places[d] = place(cmp.Or(readings[d], d.Title))
		}
		slices.SortStableFunc(k.Docs, func(a, b *searchindex.Doc) int { return bytes.Compare(places[a], places[b]) })
	}
	return kinds
}

// alphabet returns what gives a word's place in the order of the handbook's
// language, as dictionaries have it: bytes to be compared. To find it takes as
// long as to compare two words by the order itself.
func (b *builder) alphabet() func(word string) []byte {
	order := collate.New(language.Make(b.Handbook.Language), collate.Numeric, collate.IgnoreCase)
	// The package mistakes a kana and the long vowel after it, together, for a
	// vowel alone: サーバー would stand under あ. A joiner keeps them apart.
	apart := strings.NewReplacer("ー", "\u034fー")
	var buffer collate.Buffer
	return func(word string) []byte {
		buffer.Reset()
		return bytes.Clone(order.KeyFromString(&buffer, apart.Replace(word)))
	}
}

// addSearch adds the search index.
func (b *builder) addSearch() {
	b.kinds = b.searchKinds()
	x := searchindex.Index{Kinds: b.kinds}
	for _, m := range b.Handbook.Methods {
		x.Methods = append(x.Methods, m.Slug)
	}
	for _, group := range b.Handbook.Synonyms.Same {
		x.Same = append(x.Same, group.Words)
	}
	for _, pair := range b.Handbook.Synonyms.Readings {
		x.Same = append(x.Same, strings.Fields(pair))
	}
	var contents []byte
	for _, file := range x.Files() {
		contents = file.AppendTo(contents[:0])
		b.assets.files[indexAddress(file.Name)] = bytes.Clone(contents)
	}
}

// indexAddress returns where a file of the search index lies. What has a name of
// its own for each state of its contents may be kept, like all assets.
func indexAddress(name string) string {
	if name == searchindex.Entry {
		return dataFolder + "/" + name
	}
	return assetFolder + "/" + name
}
