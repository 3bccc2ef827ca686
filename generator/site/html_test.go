package site_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A page is a parsed HTML file.
type page struct {
	address string
	root    *html.Node
	ids     map[string]bool
}

func parsePages(files published) (map[string]*page, error) {
	pages := map[string]*page{}
	for address, data := range files {
		if path.Ext(address) != ".html" {
			continue
		}
		// Without scripting, what stands in noscript is parsed too.
		root, err := html.ParseWithOptions(bytes.NewReader(data), html.ParseOptionEnableScripting(false))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", address, err)
		}
		p := &page{address: address, root: root, ids: map[string]bool{}}
		for n := range elements(root) {
			if id, ok := attribute(n, "id"); ok {
				p.ids[id] = true
			}
		}
		pages[address] = p
	}
	return pages, nil
}

func elements(root *html.Node) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		for n := range root.Descendants() {
			if n.Type == html.ElementNode && !yield(n) {
				return
			}
		}
	}
}

// all returns the elements for which match is true, in order.
func all(root *html.Node, match func(*html.Node) bool) []*html.Node {
	var found []*html.Node
	for n := range elements(root) {
		if match(n) {
			found = append(found, n)
		}
	}
	return found
}

func named(names ...atom.Atom) func(*html.Node) bool {
	return func(n *html.Node) bool { return slices.Contains(names, n.DataAtom) }
}

// children returns the child elements.
func children(n *html.Node) []*html.Node {
	return slices.DeleteFunc(slices.Collect(n.ChildNodes()), func(n *html.Node) bool { return n.Type != html.ElementNode })
}

// closest returns the nearest element around n (or n) that has one of the names, or nil.
func closest(n *html.Node, names ...atom.Atom) *html.Node {
	for ; n != nil; n = n.Parent {
		if slices.Contains(names, n.DataAtom) {
			return n
		}
	}
	return nil
}

// attribute finds xlink:href under the name href, too.
func attribute(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func value(n *html.Node, name string) string {
	v, _ := attribute(n, name)
	return v
}

// textWithout returns the text of an element but for what stands in elements of the given names.
func textWithout(n *html.Node, names ...atom.Atom) string {
	var b strings.Builder
	for child := range n.Descendants() {
		if child.Type == html.TextNode && closest(child, names...) == nil {
			b.WriteString(child.Data)
		}
	}
	return squeeze(b.String())
}

// text returns what a node says, without white space: in Japanese it means nothing, and layouts may
// put it where phrases break.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return squeeze(b.String())
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// says fails the test unless the node says all of the texts.
func says(t *testing.T, where string, n *html.Node, texts ...string) {
	t.Helper()
	got := text(n)
	for _, want := range texts {
		if !strings.Contains(got, squeeze(want)) {
			t.Errorf("%s: got %q, want %q in it", where, got, want)
		}
	}
}

func (p *page) main(t testing.TB) *html.Node {
	t.Helper()
	found := all(p.root, named(atom.Main))
	if len(found) != 1 {
		t.Fatalf("got %d main elements, want 1", len(found))
	}
	return found[0]
}

// byID returns the element with an ID.
func (p *page) byID(t testing.TB, id string) *html.Node {
	t.Helper()
	for n := range elements(p.root) {
		if value(n, "id") == id {
			return n
		}
	}
	t.Fatalf("%s: no element with the ID %q", p.address, id)
	return nil
}

// linksTo returns the links of a part of the page that lead to an address of the site.
func (p *page) linksTo(part *html.Node, address string) []*html.Node {
	return all(part, func(n *html.Node) bool {
		href, ok := attribute(n, "href")
		return ok && n.DataAtom == atom.A && p.resolve(href) == address
	})
}

// resolve returns the address on the site, with its anchor, that a link on the page leads to.
func (p *page) resolve(href string) string {
	target, anchor, found := strings.Cut(href, "#")
	if target == "" {
		target = path.Base(p.address)
	}
	address := path.Join(path.Dir(p.address), target)
	if found {
		address += "#" + anchor
	}
	return address
}

// contentTexts are the files of the real content, one after another.
var contentTexts = sync.OnceValues(func() (string, error) {
	var texts strings.Builder
	content := folder("content")
	err := fs.WalkDir(content, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(content, name)
		texts.Write(data)
		return err
	})
	return texts.String(), err
})

// outside reports whether the content names an address of another site, or a mailbox. Which ones it
// may name is tested in package edition.
func outside(link string) bool {
	texts, err := contentTexts()
	return err == nil && strings.Contains(texts, strings.TrimPrefix(link, "mailto:"))
}

// figures are the files that pages offer beside the zip.
var figures = []string{
	"data/frameworks.csv", "data/handbook.json", "data/handbook.jsonld", "data/handbook.schema.json", "data/matrix.csv", "data/measures.csv", "data/survey.csv",
	"data/survey.json", "data/terms.csv",
}

// followed are the attributes whose value a browser follows or loads.
var followed = []string{"href", "src", "srcset", "action", "formaction", "data", "poster", "cite", "background", "manifest", "ping"}

// fileName is what a link looks like where scripts are told of it, in an attribute data-….
var fileName = regexp.MustCompile(`^[^ {}]+\.(html|js|css|json|jsonld|csv|zip)(#.*)?$`)

func isLink(a html.Attribute) bool {
	return slices.Contains(followed, a.Key) || strings.HasPrefix(a.Key, "data-") && fileName.MatchString(a.Val)
}

// linkFault says what is wrong with a link of a page, or "".
func linkFault(n *html.Node, link string, p *page, files published, pages map[string]*page) string {
	u, err := url.Parse(link)
	switch {
	case err != nil:
		return err.Error()
	case u.Scheme != "" || u.Host != "":
		if n.DataAtom != atom.A || !outside(link) {
			return "leads elsewhere"
		}
		return ""
	case link == "" || strings.HasPrefix(link, "/"):
		return "is not relative"
	case (u.RawQuery != "" || u.ForceQuery) && !(p.resolve(u.Path) == "search.html" && u.Query().Has("q")):
		return "has a query"
	}
	link, _, _ = strings.Cut(link, "?")
	address, anchor, hasAnchor := strings.Cut(p.resolve(link), "#")
	if address == "flow.html" && strings.Contains(anchor, "=") {
		for way := range flowPaths() {
			if way == anchor || strings.HasPrefix(way, anchor+"&") {
				return ""
			}
		}
	}
	if _, ok := files[address]; !ok {
		return "leads to no file of the site"
	}
	target, isPage := pages[address]
	if n.DataAtom == atom.A && !isPage && address != zipAddress && path.Ext(address) != ".xlsx" && !slices.Contains(figures, address) {
		return "is no page"
	}
	if hasAnchor && (!isPage || !target.ids[anchor]) {
		return "leads to no ID of the page"
	}
	return ""
}

func checkLinks(t *testing.T, files published, pages map[string]*page) {
	for _, address := range slices.Sorted(maps.Keys(pages)) {
		p, links := pages[address], 0
		for n := range elements(p.root) {
			for _, a := range n.Attr {
				if !isLink(a) {
					continue
				}
				links++
				if fault := linkFault(n, a.Val, p, files, pages); fault != "" {
					t.Errorf("%s: <%s %s=%q> %s", address, n.Data, a.Key, a.Val, fault)
				}
			}
		}
		if links == 0 {
			t.Errorf("%s: got no links, want some", address)
		}
	}
}
