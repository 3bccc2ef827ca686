package handbook

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Dialect returns the Markdown of the content: CommonMark, tables without
// alignment (the site's policy forbids style attributes) and headings with
// {#id}. The site adds options for rendering.
func Dialect(options ...goldmark.Option) goldmark.Markdown {
	return goldmark.New(append(options,
		goldmark.WithExtensions(
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
		),
		goldmark.WithParserOptions(parser.WithHeadingAttribute()),
	)...)
}

var dialect = Dialect()

// A Body is the parsed text of a record.
type Body struct {
	Source   []byte     // what the nodes of the sections point into; nil when the file cannot be read
	Lead     []ast.Node // before the first level 2 heading
	Sections []*Section
	Links    []Link

	leadLine int            // of the first block of Lead, in the file
	anchors  map[string]int // line of each heading that has a name of its own
}

// A Section is the part of a text under one level 2 heading.
type Section struct {
	ID      string // anchor within the page; "" when the heading has none
	Heading string // plain text
	Line    int    // 1-based, in the file
	Blocks  []ast.Node
}

// A Link is a link in a text, to be checked once all addresses are known.
type Link struct {
	Target string // "measures/antivirus.html#how" or an absolute URL
	Line   int    // 1-based, in the file
}

// Anchors returns the line of each heading that gives the page an anchor.
func (b *Body) Anchors() map[string]int {
	lines := maps.Clone(b.anchors)
	for _, s := range b.Sections {
		if s.ID != "" {
			lines[s.ID] = s.Line
		}
	}
	return lines
}

// Section returns the section with the given ID, or nil.
func (b *Body) Section(id string) *Section {
	for _, s := range b.Sections {
		if s.ID == id {
			return s
		}
	}
	return nil
}

// Excerpt returns the first block of the first section: what lists show of
// the record. It is nil when the body has none.
func (b *Body) Excerpt() ast.Node {
	if len(b.Sections) == 0 || len(b.Sections[0].Blocks) == 0 {
		return nil
	}
	return b.Sections[0].Blocks[0]
}

// parseBody parses a record's text, which begins on the given line of the
// file, and reports what the dialect does not allow.
func parseBody(source []byte, file string, firstLine int) (*Body, []Problem) {
	body := &Body{Source: source, anchors: map[string]int{}}
	document := dialect.Parser().Parse(text.NewReader(source))
	var problems []Problem
	starts := startsOfLines(source)
	line := func(n ast.Node) int {
		for n.Pos() < 0 {
			n = n.Parent() // the document's is 0
		}
		return firstLine - 1 + starts.line(n.Pos())
	}
	report := func(n ast.Node, format string, args ...any) {
		problems = append(problems, Problem{File: file, Line: line(n), Text: fmt.Sprintf(format, args...)})
	}

	level := 1
	err := ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			if n.Level == 1 {
				report(n, "本文に「# 」の見出しは書けません（題名は前書きに書き、本文は「## 」から始めてください）")
			} else if n.Level > level+1 {
				report(n, "見出しの段が飛んでいます（「%s 」の前に「%s 」が要ります）", strings.Repeat("#", n.Level), strings.Repeat("#", n.Level-1))
			}
			level = n.Level
			if Plain(n, source) == "" {
				report(n, "見出しに文字がありません")
			}
			for _, attribute := range n.Attributes() {
				if id, ok := attribute.Value.([]byte); !ok || string(attribute.Name) != "id" {
					report(n, "見出しに付けられるのは {#名前} だけです")
				} else if !slugForm.Match(id) {
					report(n, "見出しの名前 %q は使えません（小文字の英数字とハイフンだけで書いてください）", id)
				} else if body.anchors[string(id)] > 0 {
					report(n, "見出しの名前 %q が二度あります", id)
				} else {
					body.anchors[string(id)] = line(n)
				}
			}
		case *ast.Link:
			n.Destination = resolve(n.Destination)
			target := string(n.Destination)
			body.Links = append(body.Links, Link{Target: target, Line: line(n)})
			if n.FirstChild() == nil {
				report(n, "リンク %q に文字がありません", target)
			}
		case *ast.AutoLink:
			target := string(n.URL(source))
			if n.AutoLinkType == ast.AutoLinkEmail {
				target = "mailto:" + target
			}
			body.Links = append(body.Links, Link{Target: target, Line: line(n)})
		case *ast.Image:
			report(n, "本文に画像は置けません（文で説明してください）")
		case *ast.HTMLBlock, *ast.RawHTML:
			report(n, "本文に HTML は書けません（Markdown で書いてください）")
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		panic(err) // the walker itself returns none
	}

	for n := document.FirstChild(); n != nil; n = n.NextSibling() {
		if heading, ok := n.(*ast.Heading); ok && heading.Level == 2 {
			section := &Section{Heading: Plain(heading, source), Line: line(heading)}
			if id, ok := heading.AttributeString("id"); ok {
				if id, ok := id.([]byte); ok {
					section.ID = string(id)
				}
			}
			body.Sections = append(body.Sections, section)
		} else if len(body.Sections) == 0 {
			if body.Lead == nil {
				body.leadLine = line(n)
			}
			body.Lead = append(body.Lead, n)
		} else {
			last := body.Sections[len(body.Sections)-1]
			last.Blocks = append(last.Blocks, n)
		}
	}
	return body, problems
}

// nameSections gives the sections the IDs of the wanted headings and reports
// sections that are missing, foreign, empty or out of order.
func nameSections(body *Body, wanted Labels, record *Record) []Problem {
	if body.Source == nil || wanted == nil {
		return nil // reported as a file or a field that cannot be read
	}
	var problems []Problem
	report := func(line int, format string, args ...any) {
		problems = append(problems, Problem{File: record.File, Line: line, Text: fmt.Sprintf(format, args...)})
	}
	var headings []string
	for _, w := range wanted {
		headings = append(headings, w.Text)
		if line, ok := body.anchors[w.ID]; ok {
			report(line, "見出しの名前 %q は、節「%s」の名前です（{#%s} を消すか、別の名前にしてください）", w.ID, w.Text, w.ID)
		}
	}
	if len(body.Lead) > 0 {
		report(body.leadLine, "最初の「## 」の前に本文は置けません（どれかの節に入れてください）")
	}
	next, seen := 0, map[string]bool{}
	for _, s := range body.Sections {
		i := slices.Index(headings, s.Heading)
		switch {
		case s.Heading == "":
			continue // reported as a heading without text
		case i < 0:
			report(s.Line, "節「%s」はここでは使えません%s", s.Heading, DidYouMean(s.Heading, headings))
			continue
		case seen[s.Heading]:
			report(s.Line, "節「%s」が二度あります", s.Heading)
			continue
		case i < next:
			report(s.Line, "節「%s」の順番が違います（順番は %s）", s.Heading, strings.Join(headings, "、"))
		}
		next = i + 1
		seen[s.Heading] = true
		if s.ID != "" && s.ID != wanted[i].ID {
			report(s.Line, "節「%s」に {#%s} は付けられません（節の名前は handbook.toml にあります）", s.Heading, s.ID)
		}
		s.ID = wanted[i].ID
		if len(s.Blocks) == 0 {
			report(s.Line, "節「%s」に本文がありません", s.Heading)
		}
	}
	for _, w := range wanted {
		if !seen[w.Text] {
			problems = append(problems, record.problem("", "節「## %s」がありません", w.Text))
		}
	}
	return problems
}

// plain returns the whole text without markup, a line for each block and heading.
func (b *Body) plain() string {
	var text strings.Builder
	write := func(blocks []ast.Node) {
		for _, block := range blocks {
			text.WriteString(Plain(block, b.Source) + "\n")
		}
	}
	write(b.Lead)
	for _, s := range b.Sections {
		text.WriteString(s.Heading + "\n")
		write(s.Blocks)
	}
	return text.String()
}

// Plain returns the text of a node without markup.
func Plain(n ast.Node, source []byte) string {
	var b strings.Builder
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.Text:
			b.WriteString(Text(child, source))
			if child.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.AutoLink:
			b.Write(child.Label(source))
		default:
			b.WriteString(Plain(child, source))
		}
	}
	return b.String()
}

// Text returns what a node of text says. Escapes and references are resolved,
// but not in code; where a line of the file ends, words are kept apart.
func Text(t *ast.Text, source []byte) string {
	text := t.Segment.Value(source)
	if t.IsRaw() {
		return strings.ReplaceAll(string(text), "\n", " ")
	}
	text = resolve(text)
	last, _ := utf8.DecodeLastRune(text)
	if t.SoftLineBreak() && !isFullWidth(last) && !isFullWidth(firstLetter(t.NextSibling(), source)) {
		return string(text) + " "
	}
	return string(text)
}

// resolve returns a text of Markdown as it is meant: \* is *, and &amp; is &.
func resolve(text []byte) []byte {
	var meant []byte
	references := func(part []byte) {
		meant = append(meant, util.ResolveEntityNames(util.ResolveNumericReferences(part))...)
	}
	start := 0
	for i := 0; i+1 < len(text); i++ {
		if text[i] == '\\' && util.IsPunct(text[i+1]) {
			references(text[start:i])
			i++
			start = i + 1
			meant = append(meant, text[i])
		}
	}
	references(text[start:])
	return meant
}

// firstLetter returns what the text of a node begins with, or 0.
func firstLetter(n ast.Node, source []byte) rune {
	for n != nil {
		if t, ok := n.(*ast.Text); ok {
			letter, _ := utf8.DecodeRune(t.Segment.Value(source))
			return letter
		}
		n = n.FirstChild()
	}
	return 0
}

// isFullWidth reports whether a letter is of a writing that has no spaces.
func isFullWidth(letter rune) bool {
	return slices.Contains([]string{"F", "W", "H"}, util.EastAsianWidth(letter)) && !unicode.Is(unicode.Hangul, letter)
}
