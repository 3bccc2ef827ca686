package site

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"tebiki/generator/handbook"
)

// The search works in the reader's browser on scripts that hold data: titles
// come first, texts when the titles are there. Texts stand in them as they are
// on the pages; what is alike for a reader (widths, kana, dashes) the script
// finds out itself.

// A searchKind is a kind of things that can be found: 対策, 用語.
type searchKind struct {
	Slug  string // as in search.html?kind=measures
	Label string
	title string       // of the page that lists them
	words bool         // they are words themselves: their names mean the same anywhere
	Docs  []*searchDoc // by title
}

// A searchDoc is something that can be found: a page, or an entry of a page
// that lists short ones.
type searchDoc struct {
	Address string // relative to the site's root, with an anchor for an entry
	Title   string
	reading string   // what it is sorted by, where that is not the title
	names   []string // others for the same: readings, abbreviations, numbers
	methods []int    // places in the handbook's list of the methods it is of use to; nil for all
	parts   []searchPart
}

// A searchPart is a part of a doc under one heading. Anchor and heading are
// empty at the start.
type searchPart struct{ anchor, heading, text string }

func (d *searchDoc) add(anchor, heading string, texts ...string) {
	texts = slices.DeleteFunc(texts, func(text string) bool { return text == "" })
	if heading != "" || len(texts) > 0 {
		d.parts = append(d.parts, searchPart{anchor, heading, strings.Join(texts, "\n")})
	}
}

// addBody adds a text, a part for each heading. Headings below the second
// level without an anchor are found at the one above.
func (d *searchDoc) addBody(body *handbook.Body) {
	d.addBlocks("", "", body.Source, body.Lead)
	for _, s := range body.Sections {
		d.addBlocks(s.ID, s.Heading, body.Source, s.Blocks)
	}
}

func (d *searchDoc) addBlocks(anchor, heading string, source []byte, blocks []ast.Node) {
	var texts []string
	for _, block := range blocks {
		if h, ok := block.(*ast.Heading); ok {
			d.add(anchor, heading, texts...)
			heading, texts = handbook.Plain(h, source), nil
			if id, ok := h.AttributeString("id"); ok {
				anchor = fmt.Sprintf("%s", id)
			}
			continue
		}
		texts = append(texts, plainTexts(block, source)...)
	}
	d.add(anchor, heading, texts...)
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
func (b *builder) searchKinds() []*searchKind {
	h := b.Handbook
	var kinds []*searchKind
	kind := func(slug, label, title string) func(address, title string, names ...string) *searchDoc {
		k := &searchKind{Slug: slug, Label: label, title: title}
		kinds = append(kinds, k)
		return func(address, title string, names ...string) *searchDoc {
			d := &searchDoc{Address: address, Title: title}
			// What folds to the same is found anyway.
			known := map[string]bool{"": true, fold(title): true}
			for _, name := range names {
				if folded := fold(name); !known[folded] {
					known[folded] = true
					d.names = append(d.names, name)
				}
			}
			k.Docs = append(k.Docs, d)
			return d
		}
	}
	// The entries of a page stand under the name of the page.
	listed := func(slug string) func(address, title string, names ...string) *searchDoc {
		if page := h.Page(slug); page != nil {
			return kind(slug, page.Label, page.Title)
		}
		return kind(slug, "", "") // there are none
	}

	add := listed("measures")
	for _, m := range h.Measures {
		d := add(address(m), m.Title, m.Number)
		d.add("", "", m.Check)
		d.addBody(m.Body)
		for _, note := range b.ownerNotes(m) {
			d.add("owner-"+note.Owner.Slug, b.words.Text("measure.owner_note", "owner", note.Owner.Name), note.Text)
		}
		if m.Exception != "" {
			d.add("", b.words.Text("measure.exception"), m.Exception)
		}
		d.add("rule", b.words.Text("measure.rule"), m.Rule)
		if m.Handout != "" {
			d.add("handout", b.words.Text("measure.handout"), m.Handout)
		}
		d.add("ask", b.words.Text("measure.ask"), m.Ask)
		for i, method := range h.Methods {
			if m.On(method) {
				d.methods = append(d.methods, i)
			}
		}
	}
	add = listed("methods")
	for i, m := range h.Methods {
		d := add(address(m), m.Mark+" "+m.Name, m.Short, b.words.Text("common.method")+m.Mark)
		d.add("", "", append([]string{m.Summary}, m.Signs...)...)
		d.addBody(m.Body)
		d.methods = []int{i}
	}
	add = kind("checklists", b.words.Text("method.checklist"), "")
	for i, m := range h.Methods {
		d := add(checklistAddress(m.Slug), b.checklistTitle(m), b.words.Text("checklist.title", "method", b.words.Text("common.method")+m.Mark))
		d.methods = []int{i}
	}
	add = listed("threats")
	for _, t := range h.Threats {
		d := add(address(t), t.Name)
		d.add("", "", t.Summary)
		d.addBody(t.Body)
	}
	add = listed("guides")
	for _, g := range h.Guides {
		d := add(address(g), g.Title, g.Product)
		d.add("", "", g.Summary)
		d.addBody(g.Body)
	}
	add = listed("glossary")
	kinds[len(kinds)-1].words = true
	for _, t := range h.Terms {
		d := add(address(t), t.Term, append([]string{t.Reading}, t.Aliases...)...)
		d.reading = t.Reading
		d.addBody(t.Body)
	}
	add = listed("contacts")
	for _, c := range h.Contacts {
		d := add("contacts.html#"+c.Slug, c.Name, c.Organisation)
		d.add("", "", c.Purpose, c.How)
		d.addBody(c.Body)
	}
	add = listed("lifecycles")
	for _, l := range h.Lifecycles {
		d := add("lifecycles.html#"+l.Slug, l.Product)
		d.addBody(l.Body)
		d.add("", "", l.SourceNote)
	}
	add = listed("survey")
	for _, c := range h.Charts {
		d := add("survey.html#"+c.Slug, c.Title, c.Question)
		d.add("", "", c.Message, c.Note)
		for _, r := range c.Rows {
			d.add("", "", r.Label)
		}
	}
	add = listed("references")
	for _, r := range h.References {
		d := add("references.html#"+r.Slug, r.Title, r.Publisher)
		d.addBody(r.Body)
	}
	add = kind("pages", b.words.Text("search.pages"), "")
	for _, p := range h.Pages {
		if !isListed(address(p)) || p.Slug == searchSlug {
			continue
		}
		d := add(address(p), p.Title, p.Label)
		d.add("", "", p.Description)
		d.addBody(p.Body)
		switch p.Slug {
		case "index":
			d.add("steps", b.words.Text("home.steps"), b.words.Text("home.choose_text"), b.words.Text("home.show_text"))
		case "workspace":
			d.add("", b.words.Text("files.save"), b.words.Text("files.save_text"))
			d.add("", b.words.Text("files.table"), b.words.Text("files.table_text"))
			d.add("", b.words.Text("files.load"), b.words.Text("files.load_text"))
			d.add("", b.words.Text("share.heading"), b.words.Text("share.text"))
			d.add("", b.words.Text("workspace.erase"), b.words.Text("workspace.erase_text"))
		case "download":
			d.add("", b.words.Text("download.get"), b.words.Text("download.hash"))
		case "flow":
			for _, q := range h.Flow.Questions {
				d.add("question-"+q.Slug, q.Text, q.Why, q.Unsure)
			}
		case "changes":
			for _, c := range h.Changes {
				d.add(c.Slug, c.Title)
				d.addBlocks(c.Slug, "", c.Body.Source, c.Body.Lead)
			}
		case "guideline":
			if test := h.SelfTest; test != nil {
				d.add("self-test", test.Title, test.Lead)
				for _, s := range test.Statements {
					d.add("self-test", "", s.Text)
				}
			}
		case "survey":
			if h.Survey != nil {
				for _, s := range h.Survey.Questions {
					d.add("questions", s.Title, s.Questions...)
				}
			}
		}
	}

	order := b.alphabet()
	kinds = slices.DeleteFunc(kinds, func(k *searchKind) bool { return len(k.Docs) == 0 })
	for _, k := range kinds {
		slices.SortStableFunc(k.Docs, func(a, b *searchDoc) int {
			return order(cmp.Or(a.reading, a.Title), cmp.Or(b.reading, b.Title))
		})
	}
	return kinds
}

// alphabet compares words by the order of the handbook's language, as
// dictionaries have it.
func (b *builder) alphabet() func(x, y string) int {
	order := collate.New(language.Make(b.Handbook.Language), collate.Numeric, collate.IgnoreCase)
	// The package mistakes a kana and the long vowel after it, together, for a
	// vowel alone: サーバー would stand under あ. A joiner keeps them apart.
	apart := strings.NewReplacer("ー", "\u034fー")
	return func(x, y string) int { return order.CompareString(apart.Replace(x), apart.Replace(y)) }
}

// addSearch adds the scripts that hold the index to the assets. Its form is
// described in static/search/search-index.ts.
func (b *builder) addSearch() error {
	b.kinds = b.searchKinds()
	same := [][]string{}
	for _, group := range b.Handbook.Synonyms.Same {
		same = append(same, group.Words)
	}
	for _, pair := range b.Handbook.Synonyms.Readings {
		same = append(same, strings.Fields(pair))
	}
	var methods []string
	for _, m := range b.Handbook.Methods {
		methods = append(methods, m.Slug)
	}
	size := 0
	for _, k := range b.kinds {
		for _, d := range k.Docs {
			for _, p := range d.parts {
				size += len(p.text)
			}
		}
	}
	titles := map[string]any{"methods": methods}
	var err error
	if size > wholeIndex {
		titles["kinds"] = b.kindRows(false)
		if titles["pieces"], err = b.addPieces(same); err != nil {
			return err
		}
		b.assets.texts = b.assets.pieces
	} else {
		titles["kinds"] = b.kindRows(true)
		texts := []any{}
		for _, k := range b.kinds {
			for _, d := range k.Docs {
				texts = append(texts, d.partTexts())
			}
		}
		if b.assets.texts, err = b.addData("texts", map[string]any{"same": same, "docs": texts}); err != nil {
			return err
		}
	}
	b.assets.titles, err = b.addData("titles", titles)
	return err
}

// kindRows returns the kinds as the titles hold them, with their docs or
// without.
func (b *builder) kindRows(withDocs bool) []any {
	var rows []any
	for _, k := range b.kinds {
		before, after, docs := "", "", []any{}
		if withDocs {
			before, after = k.addressFrame()
			for _, d := range k.Docs {
				short := d.Address[len(before) : len(d.Address)-len(after)]
				docs = append(docs, []any{short, d.Title, nonNil(d.names), nonNil(d.methods)})
			}
		}
		rows = append(rows, []any{k.Slug, k.Label, k.title, k.words, before, after, docs})
	}
	return rows
}

// partTexts returns the parts of a doc, three texts each.
func (d *searchDoc) partTexts() []string {
	texts := []string{}
	for _, p := range d.parts {
		texts = append(texts, p.anchor, p.heading, p.text)
	}
	return texts
}

// addressFrame returns what the addresses of all docs begin and end with. The
// two do not overlap, not even in the shortest address.
func (k *searchKind) addressFrame() (before, after string) {
	if len(k.Docs) == 1 {
		return "", ""
	}
	before = k.Docs[0].Address
	for _, d := range k.Docs {
		for !strings.HasPrefix(d.Address, before) {
			before = before[:len(before)-1]
		}
	}
	after = k.Docs[0].Address[len(before):]
	for _, d := range k.Docs {
		for !strings.HasSuffix(d.Address[len(before):], after) {
			after = after[1:]
		}
	}
	return before, after
}

// addData adds a script that hands over data under a name, and returns the
// asset's name, which changes with the data.
func (b *builder) addData(name string, data any) (string, error) {
	body, err := compactJSON(data)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(body)
	hashed := name + "-" + base32.StdEncoding.EncodeToString(sum[:5])
	b.assets.files[assetFolder+"/"+hashed+".js"] = dataScript(name, body)
	return hashed, nil
}

// nonNil keeps JSON from saying null.
func nonNil[T any](list []T) []T { return append([]T{}, list...) }
