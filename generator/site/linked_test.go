package site_test

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/piprate/json-gold/ld"
	"golang.org/x/net/html"
)

// schemaOrg is where the names of the vocabulary stand.
const schemaOrg = "https://schema.org/"

// A thing is an item of a page's microdata: what it is, and its properties, each a text, an address or
// another *thing, in the order of the page.
type thing struct {
	kind       string
	properties map[string][]any
}

func (i *thing) text(name string) string {
	if values := i.properties[name]; len(values) == 1 {
		s, _ := values[0].(string)
		return s
	}
	return ""
}

func (i *thing) things(name, kind string) []*thing {
	var list []*thing
	for _, value := range i.properties[name] {
		if below, ok := value.(*thing); ok && below.kind == kind {
			list = append(list, below)
		}
	}
	return list
}

// microdata returns the top items of a page by the rules of HTML (5.2), as far as pages use them: an
// item without a property is a top item; the value of a link is where it leads, of a meta its content.
func (p *page) microdata(t *testing.T) []*thing {
	var top []*thing
	var walk func(n *html.Node, within *thing)
	walk = func(n *html.Node, within *thing) {
		next := within
		_, isItem := attribute(n, "itemscope")
		name, isProperty := attribute(n, "itemprop")
		if kind, ok := attribute(n, "itemtype"); isItem != ok || isItem && !strings.HasPrefix(kind, schemaOrg) {
			t.Errorf("%s: <%s itemtype=%q>: want an item of schema.org", p.address, n.Data, kind)
		}
		if isItem {
			next = &thing{strings.TrimPrefix(value(n, "itemtype"), schemaOrg), map[string][]any{}}
		}
		switch {
		case isProperty && within == nil:
			t.Errorf("%s: <%s itemprop=%q>: want an item around it", p.address, n.Data, name)
		case isProperty && isItem:
			within.properties[name] = append(within.properties[name], next)
		case isProperty:
			said := strings.Join(strings.Fields(text(n)), " ")
			if content, ok := attribute(n, "content"); ok {
				said = content
			} else if href, ok := attribute(n, "href"); ok {
				said = p.resolve(href)
			}
			if said == "" {
				t.Errorf("%s: <%s itemprop=%q>: got nothing, want a value", p.address, n.Data, name)
			}
			within.properties[name] = append(within.properties[name], said)
		case isItem:
			top = append(top, next)
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			if child.Type == html.ElementNode {
				walk(child, next)
			}
		}
	}
	walk(children(p.root)[0], nil)
	return top
}

func (p *page) items(t *testing.T, kind string) []*thing {
	return slices.DeleteFunc(p.microdata(t), func(i *thing) bool { return i.kind != kind })
}

// Each page but the first, and those without a trail, says the way to it, as it shows it.
func TestBreadcrumbsAreData(t *testing.T) {
	found := 0
	offline(t).each(t, func(t *testing.T, p *page) {
		lists := p.items(t, "BreadcrumbList")
		shown := all(p.root, func(n *html.Node) bool { return value(n, "class") == "breadcrumb" })
		if len(lists) != len(shown) || len(lists) > 1 {
			t.Fatalf("got %d, want %d", len(lists), len(shown))
		}
		if len(lists) == 0 {
			return
		}
		found++
		steps := lists[0].things("itemListElement", "ListItem")
		if len(steps) < 2 || len(steps) != len(lists[0].properties["itemListElement"]) {
			t.Fatalf("got %d steps, want the start page, and this one", len(steps))
		}
		for i, step := range steps {
			last := i == len(steps)-1
			if step.text("position") != strconv.Itoa(i+1) || step.text("name") == "" || (step.text("item") == "") != last {
				t.Errorf("got the step %v, want its place, name and, but for this page, address", step.properties)
			}
		}
	})
	if found < 100 {
		t.Errorf("got %d pages, want nearly all", found)
	}
}

// The glossary is a set of terms, each named as the page names it.
func TestTermsAreData(t *testing.T) {
	e := offline(t)
	sets := e.page(t, "glossary.html").items(t, "DefinedTermSet")
	if len(sets) != 1 || sets[0].text("name") != e.handbook.Page("glossary").Title {
		t.Fatalf("got %v, want one set", sets)
	}
	got := map[string]string{}
	for _, term := range sets[0].things("hasDefinedTerm", "DefinedTerm") {
		got[term.text("name")] = term.text("description")
	}
	for _, term := range e.handbook.Terms {
		if want := strings.Join(term.Body.Texts(), ""); squeeze(got[term.Term]) != squeeze(want) {
			t.Errorf("%s: got %q, want %q", term.Slug, got[term.Term], want)
		}
	}
	if len(got) != len(e.handbook.Terms) {
		t.Errorf("got %d terms, want %d", len(got), len(e.handbook.Terms))
	}
}

// Only the emergency sheets say what to do step by step, in one order.
func TestStepsAreData(t *testing.T) {
	e := offline(t)
	for _, incident := range e.handbook.Incidents {
		sheets := e.page(t, "incident/"+incident.Slug+".html").items(t, "HowTo")
		if len(sheets) != 1 || sheets[0].text("name") != incident.Title {
			t.Fatalf("%s: got %v, want one", incident.Slug, sheets)
		}
		got := fmt.Sprint(sheets[0].properties["step"]...)
		if want := fmt.Sprint(append([]any{incident.First}, asAny(incident.Steps)...)...); squeeze(got) != squeeze(want) {
			t.Errorf("%s: got %q, want %q", incident.Slug, got, want)
		}
	}
}

func asAny[T any](list []T) []any {
	values := make([]any, len(list))
	for i, v := range list {
		values[i] = v
	}
	return values
}

// The pages that offer data name each file, and what it is.
func TestDataSetsAreData(t *testing.T) {
	bothEditions(t, func(t *testing.T, e *edition) {
		want := map[string][]string{"download.html": {"data/handbook.json", "data/handbook.jsonld", "data/matrix.csv", "data/measures.csv"}}
		if e.handbook.Survey != nil {
			want["survey.html"] = []string{"data/survey.csv", "data/survey.json"}
			want["download.html"] = slices.Concat(want["download.html"], want["survey.html"], []string{"data/frameworks.csv", "data/terms.csv"})
		}
		for address, files := range want {
			sets := e.page(t, address).items(t, "Dataset")
			if len(sets) != 1 || sets[0].text("name") == "" || sets[0].text("description") == "" {
				t.Fatalf("%s: got %v, want one with a name and what it is", address, sets)
			}
			var got []string
			for _, file := range sets[0].things("distribution", "DataDownload") {
				address := file.text("contentUrl")
				got = append(got, address)
				if _, ok := e.files[address]; !ok || !strings.Contains(address, map[string]string{"text/csv": ".csv", "application/json": ".json", "application/ld+json": ".jsonld"}[file.text("encodingFormat")]) {
					t.Errorf("%s: got %v, want a file of that format", address, file.properties)
				}
			}
			slices.Sort(got)
			slices.Sort(files)
			if !slices.Equal(got, files) {
				t.Errorf("%s: got %q, want %q", address, got, files)
			}
		}
	})
}

// What the data are is JSON-LD that means something without any other file: each address leads to a
// place of the site, and each name is one of schema.org.
func TestLinkedData(t *testing.T) {
	bothEditions(t, func(t *testing.T, e *edition) {
		const base = "https://example.jp/tebiki/"
		document, err := ld.DocumentFromReader(bytes.NewReader(e.files["data/handbook.jsonld"]))
		if err != nil {
			t.Fatal(err)
		}
		options := ld.NewJsonLdOptions(base + "data/handbook.jsonld")
		options.DocumentLoader = noDocuments{}
		expanded, err := ld.NewJsonLdProcessor().Expand(document, options)
		if err != nil {
			t.Fatal(err)
		}
		kinds := map[string]int{}
		addresses := 0
		var look func(value any)
		look = func(value any) {
			switch value := value.(type) {
			case []any:
				for _, one := range value {
					look(one)
				}
			case map[string]any:
				for name, below := range value {
					switch name {
					case "@type":
						for _, kind := range below.([]any) {
							kinds[strings.TrimPrefix(kind.(string), schemaOrg)]++
						}
					case "@id":
						addresses++
						if inside, ok := strings.CutPrefix(below.(string), base); ok {
							if fault := lostAddress(e, inside); fault != "" {
								t.Error(fault)
							}
						} else if !strings.HasPrefix(below.(string), "https://") {
							t.Errorf("got the address %q, want a whole one", below)
						}
					case "@value":
						if below == "" {
							t.Error("got an empty value")
						}
					default:
						if !strings.HasPrefix(name, schemaOrg) {
							t.Errorf("got the name %q, want one of schema.org", name)
						}
						look(below)
					}
				}
			}
		}
		look(expanded)
		want := map[string]int{"Dataset": 1, "DataDownload": 3, "Organization": 2, "CreativeWork": 1}
		if e.handbook.Survey != nil {
			want = map[string]int{"Dataset": 2, "DataDownload": 7, "Organization": 5, "CreativeWork": 4, "DefinedTermSet": 1, "DefinedTerm": len(e.handbook.Terms)}
		}
		if fmt.Sprint(kinds) != fmt.Sprint(want) || addresses < 5 {
			t.Errorf("got %v with %d addresses, want %v", kinds, addresses, want)
		}
		if e.handbook.LicenceURL != "" && !bytes.Contains(e.files["data/handbook.jsonld"], []byte(`"license": "`+e.handbook.LicenceURL+`"`)) {
			t.Error("got no licence, want it")
		}
	})
}

// noDocuments has no other files.
type noDocuments struct{}

func (noDocuments) LoadDocument(address string) (*ld.RemoteDocument, error) {
	return nil, fmt.Errorf("%s is asked for", address)
}
