package site_test

import (
	"bytes"
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// searchEntry is the address of the search index, whatever it holds.
const searchEntry = "data/search-1.js"

// searchData are the scripts that hold the search index.
var searchData = regexp.MustCompile(`^(data/search-1|assets/texts-\w+)\.js$`)

// An index is the search index as its scripts hold it.
type index struct {
	titles struct {
		Kinds   [][]json.RawMessage
		Methods []string
	}
	texts struct {
		Same [][]string
		Docs [][]string
	}
	docs []indexDoc
}

type indexDoc struct {
	kind, address, title string
	names                []string
	methods              []int
	parts                [][]string // anchor, heading, text
	asked                string     // a word a line
}

// readIndex reads the index from its scripts, which must hold one call each.
func readIndex(t testing.TB, files published) index {
	t.Helper()
	var x index
	for address, into := range map[string]any{searchEntry: &x.titles, assetNamed(t, files, "texts"): &x.texts} {
		call, begins := bytes.CutPrefix(files[address], []byte("tebikiSearch("))
		data, ends := bytes.CutSuffix(call, []byte(")\n"))
		if !begins || !ends {
			t.Fatalf("%s: got %.40q…, want one call", address, files[address])
		}
		decode(t, data, into)
	}
	for _, k := range x.titles.Kinds {
		var slug, label, title, before, after string
		var words bool
		var docs [][]json.RawMessage
		into := []any{&slug, &label, &title, &words, &before, &after, &docs}
		for i, data := range k {
			decode(t, data, into[i])
		}
		for _, d := range docs {
			doc := indexDoc{kind: slug}
			into := []any{&doc.address, &doc.title, &doc.names, &doc.methods}
			for i, data := range d {
				decode(t, data, into[i])
			}
			doc.address = before + doc.address + after
			if len(x.docs) < len(x.texts.Docs) {
				texts := x.texts.Docs[len(x.docs)]
				last := len(texts) - 1
				doc.parts, doc.asked = slices.Collect(slices.Chunk(texts[:last], 3)), texts[last]
			}
			x.docs = append(x.docs, doc)
		}
	}
	if len(x.docs) != len(x.texts.Docs) {
		t.Errorf("got texts of %d docs, want %d", len(x.texts.Docs), len(x.docs))
	}
	return x
}

func decode(t testing.TB, data json.RawMessage, into any) {
	t.Helper()
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
}

func assetNamed(t testing.TB, files published, name string) string {
	t.Helper()
	for _, address := range files.addresses() {
		if ok, _ := path.Match("assets/"+name+"-*.js", address); ok {
			return address
		}
	}
	t.Fatalf("no script %s", name)
	return ""
}

func (x index) doc(address string) *indexDoc {
	for i := range x.docs {
		if x.docs[i].address == address {
			return &x.docs[i]
		}
	}
	return nil
}

// Every result leads somewhere, and to one place only.
func TestSearchAddresses(t *testing.T) {
	e := offline(t)
	seen := map[string]bool{}
	for _, doc := range readIndex(t, e.files).docs {
		if seen[doc.address] {
			t.Errorf("%s: got it twice", doc.address)
		}
		seen[doc.address] = true
		for _, part := range doc.parts {
			address, anchor, _ := strings.Cut(doc.address, "#")
			if anchor == "" {
				anchor = part[0]
			}
			if p := e.page(t, address); anchor != "" && !p.ids[anchor] {
				t.Errorf("%s: no ID %q on the page (heading %q)", doc.address, anchor, part[1])
			}
		}
	}
}

// Nothing that an editor wrote is missing from the search.
func TestSearchHoldsEveryText(t *testing.T) {
	e := offline(t)
	x := readIndex(t, e.files)
	e.handbook.EachBody(func(r *source.Record, body *markdown.Body) {
		folder, slug := path.Split(strings.TrimSuffix(r.File, ".md"))
		address := strings.TrimPrefix(folder, "pages/") + slug + ".html"
		switch folder {
		case "terms/":
			address = "glossary.html#" + slug
		case "contacts/", "lifecycles/", "references/":
			address = strings.TrimSuffix(folder, "/") + ".html#" + slug
		case "changes/":
			address = "changes.html"
		case "incidents/":
			address = "incident/" + slug + ".html"
		}
		if address == "404.html" || address == "search.html" || len(body.Texts()) == 0 && folder == "frameworks/" {
			return
		}
		doc := x.doc(address)
		if doc == nil {
			t.Errorf("%s: nothing at %s", r.File, address)
			return
		}
		var all strings.Builder
		for _, part := range doc.parts {
			all.WriteString(part[1] + "\n" + part[2] + "\n")
		}
		for _, s := range append([]markdown.Section{body.Lead}, body.Sections...) {
			for _, part := range append(s.Parts, markdown.Part{Text: s.Heading}) {
				for line := range strings.Lines(part.Heading + "\n" + part.Text) {
					if !strings.Contains(all.String(), strings.TrimSuffix(line, "\n")) {
						t.Errorf("%s: %q is not in the index", r.File, line)
					}
				}
			}
		}
	})
}

// Measures know their methods, and terms their readings and other names.
func TestSearchNames(t *testing.T) {
	e := offline(t)
	x := readIndex(t, e.files)
	for _, m := range e.handbook.Measures {
		doc := x.doc("measures/" + m.Slug + ".html")
		if doc == nil {
			t.Errorf("no measure %s", m.Slug)
			continue
		}
		for i, method := range e.handbook.Methods {
			if got, want := slices.Contains(doc.methods, i), m.On(method) != nil; got != want {
				t.Errorf("%s: on %s = %v, want %v", m.Slug, x.titles.Methods[i], got, want)
			}
		}
	}
	for _, term := range e.handbook.Terms {
		doc := x.doc("glossary.html#" + term.Slug)
		for _, name := range append([]string{term.Reading}, term.Aliases...) {
			// What folds to the title, or to another name, need not stand there again.
			alike := func(other string) bool { return bare(other) == bare(name) }
			if doc == nil || !alike(doc.title) && !slices.ContainsFunc(doc.names, alike) {
				t.Errorf("%s: name %q is missing", term.Slug, name)
			}
		}
	}
}

// bare is a rough form of what the search takes for the same.
func bare(text string) string {
	text = strings.ToLower(norm.NFKC.String(text))
	text = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("ー-・ ", r):
			return -1
		case 'ァ' <= r && r <= 'ヶ':
			r -= 'ァ' - 'ぁ'
		}
		return r
	}, text)
	return strings.NewReplacer("ぁ", "あ", "ぃ", "い", "ぅ", "う", "ぇ", "え", "ぉ", "お", "っ", "つ", "ゃ", "や", "ゅ", "ゆ", "ょ", "よ", "ゔあ", "ば", "ゔぃ", "び", "ゔぇ", "べ", "ゔぉ", "ぼ", "ゔ", "ぶ", "‐", "").Replace(text)
}

// Without script the page lists all that can be found, each kind in the order of its names.
func TestSearchPageListsEverything(t *testing.T) {
	e := offline(t)
	p := e.page(t, "search.html")
	x := readIndex(t, e.files)
	listed := map[string]int{}
	for i, link := range all(p.root, func(n *html.Node) bool { return n.DataAtom == atom.A }) {
		if address := value(link, "href"); listed[address] == 0 {
			listed[address] = i + 1
		}
	}
	for _, doc := range x.docs {
		if listed[doc.address] == 0 {
			t.Errorf("%s: not listed", doc.address)
		}
	}
	// By their readings: あ, た, わ.
	a, b, c := listed["glossary.html#account"], listed["glossary.html#multi-factor-authentication"], listed["glossary.html#wifi"]
	if !(a < b && b < c) {
		t.Errorf("got アカウント, 多要素認証, Wi-Fi as links %d, %d, %d, want them in this order", a, b, c)
	}
}

// Budgets of the index, in bytes for each character of its texts, and of the scripts that are loaded first.
func TestSearchSizes(t *testing.T) {
	const quality, most = 11, 0.9
	files := offline(t).files
	characters, size := 0, 0
	for _, doc := range readIndex(t, files).docs {
		characters += len([]rune(doc.title))
		for _, part := range doc.parts {
			characters += len([]rune(part[1])) + len([]rune(part[2]))
		}
	}
	for _, address := range []string{searchEntry, assetNamed(t, files, "texts")} {
		own := brotliSize(t, files[address], quality)
		t.Logf("%s: %d bytes", address, own)
		size += own
	}
	perCharacter := float64(size) / float64(characters)
	t.Logf("%d bytes for %d characters: %.2f of %.2f bytes a character", size, characters, perCharacter, most)
	if perCharacter > most {
		t.Errorf("got %.2f bytes a character, want at most %.2f", perCharacter, most)
	}
}

// What is loaded only when somebody searches stands in no page as a script to be loaded.
func TestSearchIsLoadedOnUse(t *testing.T) {
	e := offline(t)
	for address, data := range e.files {
		if path.Ext(address) == ".html" && regexp.MustCompile(`<script[^>]*src="[^"]*(search|texts|pieces)-`).Match(data) {
			t.Errorf("%s: loads the search before it is used", address)
		}
	}
}
