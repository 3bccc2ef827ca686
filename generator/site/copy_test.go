package site_test

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extended "github.com/yuin/goldmark/extension/ast"
	mark "github.com/yuin/goldmark/text"
	"golang.org/x/net/html"

	"tebiki/generator/markdown"
)

// parseMarkdown reads a text as other programs do: CommonMark with tables.
func parseMarkdown(source []byte) ast.Node {
	return goldmark.New(goldmark.WithExtensions(extension.Table)).Parser().Parse(mark.NewReader(source))
}

// eachNode calls use with every node of a text.
func eachNode(n ast.Node, use func(ast.Node)) {
	use(n)
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		eachNode(child, use)
	}
}

// markdownLinks returns the targets of the links in a text.
func markdownLinks(from string) []string {
	var links []string
	eachNode(parseMarkdown([]byte(from)), func(n ast.Node) {
		if link, ok := n.(*ast.Link); ok {
			links = append(links, string(link.Destination))
		}
	})
	return links
}

// rendered returns what a reader of a text in Markdown sees, without spaces.
func rendered(t *testing.T, source []byte) string {
	t.Helper()
	var page strings.Builder
	if err := goldmark.New(goldmark.WithExtensions(extension.Table)).Convert(source, &page); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(page.String()))
	if err != nil {
		t.Fatal(err)
	}
	return squeeze(text(root))
}

// A copy says what its record says, in a form of its own: one title, a summary, sections, and at the
// end where it comes from and how it may be used. Its links lead to pages.
// A new kind of record is not to be forgotten.
func TestEveryRecordHasACopy(t *testing.T) {
	others := []string{".", "checklists", "embed", "embed/checklist", "handouts", "rules", "show"} // folders
	files := web(t).files
	for _, address := range files.addresses() {
		page, isPage := strings.CutSuffix(address, ".html")
		if _, ok := files[page+".md"]; isPage && !ok && !slices.Contains(others, path.Dir(address)) {
			t.Errorf("%s: got no copy", address)
		}
	}
}

func TestCopies(t *testing.T) {
	for name, e := range map[string]*edition{"real": offline(t), "on the web": web(t), "English": kitchen(t)} {
		base := e.handbook.BaseURL
		if name == "on the web" {
			base = "https://example.jp/tebiki/"
		}
		copies := 0
		for _, address := range e.files.addresses() {
			if path.Ext(address) != ".md" {
				continue
			}
			copies++
			source := e.files[address]
			page := strings.TrimSuffix(address, ".md") + ".html"
			if e.pages[page] == nil {
				t.Errorf("%s: %s: got a copy of no page", name, address)
				continue
			}
			document := parseMarkdown(source)
			level := 0
			titles := 0
			eachNode(document, func(n ast.Node) {
				switch n := n.(type) {
				case *ast.Heading:
					if n.Level == 1 {
						titles++
					}
					if n.Level > level+1 {
						t.Errorf("%s: %s: got a heading of level %d after one of %d", name, address, n.Level, level)
					}
					level = n.Level
				case *ast.RawHTML, *ast.HTMLBlock, *ast.Image, *extended.Strikethrough:
					t.Errorf("%s: %s: got %v, want none", name, address, n.Kind())
				}
			})
			if _, ok := document.FirstChild().NextSibling().(*ast.Blockquote); titles != 1 || !ok {
				t.Errorf("%s: %s: got %d titles and %.80q, want one, and the summary below", name, address, titles, source)
			}
			if strings.Contains(string(source), "{#") || strings.Contains(string(source), "\x00") {
				t.Errorf("%s: %s: got a name of a heading or a mark", name, address)
			}
			for _, link := range markdownLinks(string(source)) {
				inside := path.Join(path.Dir(address), link)
				if base != "" {
					inside = strings.TrimPrefix(link, base)
				}
				if markdown.IsExternal(link) && inside == link || strings.HasPrefix(link, "https:") && base == "" {
					continue
				}
				if fault := lostAddress(e, inside); fault != "" {
					t.Errorf("%s: %s: %s", name, address, fault)
				}
			}
			says := rendered(t, source)
			for _, want := range []string{e.handbook.Maker, e.handbook.Original.Title, e.handbook.Licence, e.handbook.LicenceURL} {
				if !strings.Contains(says, squeeze(want)) {
					t.Errorf("%s: %s: got no %q", name, address, want)
				}
			}
			var alternates []string
			for n := range elements(e.pages[page].root) {
				if value(n, "type") == "text/markdown" {
					alternates = append(alternates, value(n, "href"))
				}
			}
			want := []string{base + address}
			if base == "" {
				want = nil
			}
			if !slices.Equal(alternates, want) {
				t.Errorf("%s: %s: got the copies %q, want %q", name, page, alternates, want)
			}
		}
		h := e.handbook
		if want := len(h.Measures) + len(h.Methods) + len(h.Threats) + len(h.Guides) + len(h.Incidents); copies < want {
			t.Errorf("%s: got %d copies, want at least %d", name, copies, want)
		}
		for _, m := range h.Measures {
			says := rendered(t, e.files["measures/"+m.Slug+".md"])
			texts := append(m.Body.Texts(), m.Title, m.Number, m.Check, m.Exception, m.Rule, m.Handout, m.Ask, m.Effort.Cost, m.Category.Name, m.Origin.Name)
			for _, note := range m.OwnerNotes {
				texts = append(texts, note.Text)
			}
			wantSaid(t, m.File, says, texts)
		}
		for _, i := range h.Incidents {
			wantSaid(t, i.File, rendered(t, e.files["incident/"+i.Slug+".md"]), slices.Concat(i.Body.Texts(), i.Steps, i.Never, i.Write, []string{i.Title, i.Signs, i.First}))
		}
		for _, m := range h.Methods {
			titles := []string{m.Name, m.Summary}
			for _, measure := range m.Measures {
				titles = append(titles, measure.Title)
			}
			wantSaid(t, m.File, rendered(t, e.files["methods/"+m.Slug+".md"]), slices.Concat(m.Body.Texts(), m.Signs, titles))
		}
	}
}

func wantSaid(t *testing.T, name, says string, texts []string) {
	t.Helper()
	for _, text := range texts {
		for line := range strings.Lines(text) {
			if !strings.Contains(says, squeeze(line)) {
				t.Errorf("%s: the copy does not say %q", name, line)
			}
		}
	}
}

// llmsLine is a line of a list: a link, and what it leads to.
var llmsLine = regexp.MustCompile(`^- \[.+\]\(\S+\): .+$`)

// llms.txt is as llmstxt.org says: a title, a summary, text, and then lists of links under headings.
func TestLLMs(t *testing.T) {
	for name, e := range map[string]*edition{"real": offline(t), "on the web": web(t), "English": kitchen(t)} {
		base := e.handbook.BaseURL
		if name == "on the web" {
			base = "https://example.jp/tebiki/"
		}
		source := e.files["llms.txt"]
		if !strings.HasPrefix(string(source), "# "+e.handbook.Title+"\n\n> "+e.handbook.Tagline+"\n") {
			t.Errorf("%s: got %.100q, want the title and what it is", name, source)
		}
		_, lists, _ := strings.Cut(string(source), "\n## ")
		for i, line := range strings.Split(strings.TrimSpace("## "+lists), "\n") {
			if line != "" && !strings.HasPrefix(line, "## ") && !llmsLine.MatchString(line) {
				t.Errorf("%s: line %d of the lists: got %q, want a heading or a link with what it leads to", name, i+1, line)
			}
		}
		listed := map[string]bool{}
		for _, link := range markdownLinks(string(source)) {
			inside, ok := strings.CutPrefix(link, base)
			if fault := lostAddress(e, inside); !ok || fault != "" {
				t.Errorf("%s: %s %s", name, link, fault)
			}
			listed[inside] = true
		}
		for _, address := range e.files.addresses() {
			if path.Ext(address) == ".md" && !listed[address] {
				t.Errorf("%s: %s is not listed", name, address)
			}
		}
		says := rendered(t, source)
		for _, m := range e.handbook.Measures {
			if !strings.Contains(says, squeeze(m.Number+m.Title+":"+m.Check)) {
				t.Errorf("%s: got nothing of %s", name, m.Slug)
			}
		}
	}
}
