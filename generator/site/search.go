package site

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"tebiki/generator/searchindex"
)

// A searchPage is the page of the search, which lists everything to those without script.
type searchPage struct{ recordPage }

// A foundKind is a kind of things that can be found.
type foundKind struct {
	Slug, Label string
	Links       []Link
}

var searchKind = pageKind{
	slug: "search", layout: "search", needed: always,
	view: func(p recordPage) any { return &searchPage{p} },
	anchors: func(b *builder) []anchor {
		anchors := make([]anchor, len(b.kinds))
		for i, slug := range b.kinds {
			anchors[i] = anchor{id: slug}
		}
		return anchors
	},
}

// Kinds returns what can be found, which takes a while to gather.
func (p *searchPage) Kinds() []foundKind {
	var kinds []foundKind
	for _, k := range p.index().Kinds {
		kind := foundKind{k.Slug, k.Label, make([]Link, len(k.Docs))}
		for i, d := range k.Docs {
			kind.Links[i] = Link{p.Root + d.Address, d.Title}
		}
		kinds = append(kinds, kind)
	}
	return kinds
}

// SearchScripts returns the names of the scripts that make the search work when a reader first uses
// it: its own, and the one for a large index. The index itself has a fixed address, so that no page
// changes with it.
func (b *builder) SearchScripts() (string, error) {
	names, err := b.assets.scripts()
	return names.search + " " + names.pieces, err
}

// found are the kinds of things that can be found, the most important first. A kind with a page has
// that page's slug and words.
var found = []struct {
	slug  string
	label func(*builder) string // where there is no page
	words bool                  // they are words themselves, sorted by their readings
	docs  func(*builder, adder)
}{
	{slug: "measures", docs: (*builder).measureDocs},
	{slug: "methods", docs: (*builder).methodDocs},
	{slug: "checklists", label: checklistsLabel, docs: (*builder).checklistDocs},
	{slug: "incident", docs: (*builder).incidentDocs},
	{slug: "threats", docs: (*builder).threatDocs},
	{slug: "guides", docs: (*builder).guideDocs},
	{slug: "frameworks", docs: (*builder).frameworkDocs},
	{slug: "show", docs: (*builder).showDocs},
	{slug: "glossary", words: true, docs: (*builder).termDocs},
	{slug: "contacts", docs: (*builder).contactDocs},
	{slug: "lifecycles", docs: (*builder).lifecycleDocs},
	{slug: "references", docs: (*builder).referenceDocs},
	{slug: "pages", label: pagesLabel, docs: (*builder).pageDocs},
	{slug: "survey", docs: (*builder).chartDocs},
}

func checklistsLabel(b *builder) string { return b.words.Text("method.checklist") }
func pagesLabel(b *builder) string      { return b.words.Text("search.pages") }

// newIndex gathers all that can be found.
func (b *builder) newIndex() *searchindex.Index {
	x := &searchindex.Index{}
	place, places := b.alphabet(), map[*searchindex.Doc][]byte{}
	for _, kind := range found {
		k := &searchindex.Kind{Slug: kind.slug, Words: kind.words}
		if kind.label != nil {
			k.Label = kind.label(b)
		} else if page := b.Handbook.Page(kind.slug); page != nil {
			k.Label, k.Title = page.Label, page.Title
		}
		kind.docs(b, func(address, title string, names ...string) *searchindex.Doc {
			d := &searchindex.Doc{Address: address, Title: title, Names: names, Asked: b.Handbook.Synonyms.Asked[address]}
			sorted := title
			if kind.words { // the first name of a word is its reading
				sorted = cmp.Or(names[0], title)
			}
			places[d] = place(sorted)
			k.Docs = append(k.Docs, d)
			return d
		})
		if len(k.Docs) == 0 {
			continue
		}
		slices.SortStableFunc(k.Docs, func(a, b *searchindex.Doc) int { return bytes.Compare(places[a], places[b]) })
		x.Kinds = append(x.Kinds, k)
	}
	for _, m := range b.Handbook.Methods {
		x.Methods = append(x.Methods, m.Slug)
	}
	for _, group := range b.Handbook.Synonyms.Same {
		x.Same = append(x.Same, group.Words)
	}
	for _, pair := range b.Handbook.Synonyms.Readings {
		x.Readings = append(x.Readings, strings.Fields(pair))
	}
	x.General = b.Handbook.Synonyms.General
	return x
}

// searchBundle is the index of the search.
func (b *builder) searchBundle() Bundle {
	return Bundle{Folders: []string{assetFolder, dataFolder}, Rows: func() ([]Row, error) {
		var rows []Row
		for _, file := range b.index().Files() {
			folder := assetFolder
			if file.Name == searchindex.Entry {
				folder = dataFolder
			}
			rows = append(rows, Row{Address: folder + "/" + file.Name, In: Everywhere, Make: func(w Writer) error {
				w.Write(file.AppendTo(w.AvailableBuffer()))
				return nil
			}})
		}
		return rows, nil
	}}
}

// pageDocs are the pages of the content.
func (b *builder) pageDocs(add adder) {
	for _, p := range b.Handbook.Pages {
		if !isListed(pageAddress(p)) || p.Slug == searchKind.slug {
			continue
		}
		d := add(pageAddress(p), p.Title, p.Label)
		d.Add("", "", p.Description)
		addBody(d, p.Body)
		if kind := kindOf(p.Slug); kind.found != nil {
			kind.found(b, d)
		}
	}
}

// alphabet returns what gives a word's place in the order of the handbook's language, as
// dictionaries have it: bytes to be compared. To find it takes as long as to compare two words by
// the order itself.
func (b *builder) alphabet() func(word string) []byte {
	order := collate.New(language.Make(b.Handbook.Language), collate.Numeric, collate.IgnoreCase)
	// The package mistakes a kana and the long vowel after it, together, for a vowel alone: サーバー
	// would stand under あ. A joiner keeps them apart.
	apart := strings.NewReplacer("ー", "\u034fー")
	var buffer collate.Buffer
	return func(word string) []byte {
		buffer.Reset()
		return bytes.Clone(order.KeyFromString(&buffer, apart.Replace(word)))
	}
}
