// Package markdown turns the text of a record into what the site shows and finds of it: sections of
// HTML, plain text for the search, links and anchors with their lines. It is the only place that
// knows goldmark.
//
// A text is rendered once, when it is read. Where its page will lie is not known then: each link
// within the site begins with RootMark, in whose place the way to the site's root is put when a
// page is made.
package markdown

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	table "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"tebiki/generator/phrase"
	"tebiki/generator/source"
)

// RootMark stands in HTML for the way to the site's root: at the beginning of an href, and nowhere
// else whatever the text holds.
const RootMark = "\x00"

// A Parser reads the Markdown of the content in one language: CommonMark, tables without alignment
// (the site's policy forbids style attributes) and headings with {#id}. It may be used by several
// goroutines at once.
type Parser struct {
	parser   parser.Parser
	renderer renderer.Renderer
	style    *source.Style
	cited    *regexp.Regexp // a number of a measure, with the word before it; nil when there is none
}

// NewParser returns a parser of texts in a language (BCP 47), which decides where the lines of
// headings may break, and of which a style says how long they may be.
func NewParser(language string, style *source.Style) *Parser {
	dialect := goldmark.New(
		goldmark.WithExtensions(extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone))),
		goldmark.WithParserOptions(parser.WithHeadingAttribute(),
			parser.WithInlineParsers(util.Prioritized(emphasisParser{parser.NewEmphasisParser()}, 499))), // before goldmark's own
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(nodeRenderer{phrase.NewBreaker(language)}, 100))),
	)
	p := &Parser{parser: dialect.Parser(), renderer: dialect.Renderer(), style: style}
	if style.Measure != "" {
		p.cited = regexp.MustCompile(regexp.QuoteMeta(style.Measure) + ` ?([0-9]+-[0-9]+)`)
	}
	return p
}

// A Body is the text of a record.
type Body struct {
	Lead     Section // what stands before the first level 2 heading; its heading is empty
	Sections []Section
	Links    []Link
	Anchors  []Anchor  // of the headings that have a name of their own
	Cited    []Cited   // numbers of measures, where the style says how texts name them
	Others   []Heading // that begin no section
	Unheaded bool      // some heading cannot be read, which is reported: where sections begin is not known
	End      int       // 1-based line, in the file, of the last that the text says, or its first line
	Read     bool      // false when the file cannot be read
}

// A Section is the part of a text under one level 2 heading.
type Section struct {
	ID      string // anchor within the page; "" when the heading has none
	Heading string // plain text
	Line    int    // 1-based, in the file; of a lead its first block's, 0 when there is none
	HTML    string // of what stands below the heading, with RootMark
	Parts   []Part // the same in plain text; the first is what stands right below the heading

	// Markdown is the same as it is written, but for the names of headings; links within the site
	// begin with RootMark.
	Markdown string

	excerpt int // length of the first block in HTML
}

// A Part of a section is what stands under one heading, in plain text.
type Part struct {
	Anchor  string // "" when the section's own is the nearest
	Heading string // "" at the start of a section
	Text    string // a line for each paragraph, item of a list and cell of a table
}

// A Link is a link in a text, to be checked once all addresses are known.
type Link struct {
	Target string // "measures/antivirus.html#how" or an absolute URL
	Text   string
	Line   int // 1-based, in the file
}

// A Cited number is one by which a text names a measure.
type Cited struct {
	Number string
	Line   int // 1-based, in the file
}

// A Heading is one of another level than 2.
type Heading struct {
	Level int
	Text  string
	Line  int // 1-based, in the file
}

// An Anchor is the name that a heading gives the place where it stands.
type Anchor struct {
	ID   string
	Line int // 1-based, in the file
}

// Empty reports whether nothing stands below the heading.
func (s *Section) Empty() bool { return s.excerpt == 0 }

// Section returns the section with the given ID, or nil.
func (b *Body) Section(id string) *Section {
	for i := range b.Sections {
		if b.Sections[i].ID == id {
			return &b.Sections[i]
		}
	}
	return nil
}

// Anchor returns the line of the heading with the given name, or 0.
func (b *Body) Anchor(id string) int {
	for _, a := range b.Anchors {
		if a.ID == id {
			return a.Line
		}
	}
	return 0
}

// Excerpt returns the first block of the first section as HTML, with RootMark: what lists show of
// the record.
func (b *Body) Excerpt() string {
	if len(b.Sections) == 0 {
		return ""
	}
	return b.Sections[0].HTML[:b.Sections[0].excerpt]
}

// Texts returns all that the text says, a string for each heading and part.
func (b *Body) Texts() []string {
	var texts []string
	add := func(text string) {
		if text != "" {
			texts = append(texts, text)
		}
	}
	for _, s := range append([]Section{b.Lead}, b.Sections...) {
		add(s.Heading)
		for _, p := range s.Parts {
			add(p.Heading)
			add(p.Text)
		}
	}
	return texts
}

// Parse reads a record's text and reports what the dialect does not allow.
func (p *Parser) Parse(from source.Text) (*Body, []source.Problem) {
	if bytes.IndexByte(from.Source, 0) >= 0 {
		// As CommonMark wants; then nothing that is written in a text can pass for RootMark.
		from.Source = bytes.ReplaceAll(from.Source, []byte("\x00"), []byte("\ufffd"))
	}
	document := p.parser.Parse(text.NewReader(from.Source))
	r := reading{parser: p, Text: from, body: &Body{Read: true}, starts: startsOfLines(from.Source)}
	r.body.End = from.Line + bytes.Count(bytes.TrimRight(from.Source, " \t\n"), []byte("\n"))
	r.look(document)
	r.cut(document)
	return r.body, r.problems
}

// A reading is a text being read.
type reading struct {
	parser *Parser
	source.Text
	body     *Body
	problems []source.Problem
	starts   []int // offsets at which the lines begin
	edits    []edit
	carried  map[string]bool // targets of links that have their edits
}

func (r *reading) report(n ast.Node, format string, args ...any) {
	r.problems = append(r.problems, source.Problem{File: r.File, Line: r.line(n), Text: fmt.Sprintf(format, args...)})
}

func (r *reading) warn(line int, text string) {
	r.problems = append(r.problems, source.Problem{File: r.File, Line: line, Text: text, Warning: true})
}

// look gathers links and anchors, and reports what the dialect does not allow.
func (r *reading) look(document ast.Node) {
	level := 1
	err := ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			if line := r.lineAt(r.line(n)); isUnderlined(line) {
				r.body.Unheaded, n.Level = true, 3 // nothing is to follow from it
				r.report(n, "「%s」の下の横線が、見出しの印になります（線を消すか、間に空の行を入れてください）", quote(line))
			} else if n.Level == 1 {
				r.report(n, "本文に「# 」の見出しは書けません（題名は前書きに書き、本文は「## 」から始めてください）")
			} else if n.Level > level+1 {
				r.report(n, "見出しの段が飛んでいます（「%s 」の前に「%s 」が要ります）", strings.Repeat("#", n.Level), strings.Repeat("#", n.Level-1))
			}
			level = max(2, n.Level) // one of the first level is reported, and was meant as one of the second
			text := plain(n, r.Source)
			if n.Level != 2 {
				r.body.Others = append(r.body.Others, Heading{n.Level, text, r.line(n)})
			}
			r.lookForDouble(r.line(n))
			if text == "" {
				r.report(n, "見出しに文字がありません")
			}
			for _, fault := range source.Unfinished([]byte(text)) {
				r.warn(r.line(n), fault)
			}
			r.lookAtName(n, text)
			r.anchor(n)
			if idOf(n) != "" {
				r.carryHeading(n)
			}
		case *ast.Paragraph, *ast.TextBlock:
			r.lookForMarks(n)
			r.lookAtStyle(n)
		case *ast.List:
			r.lookAtList(n)
		case *table.Table:
			r.lookAtRows(n)
		case *table.TableCell:
			r.lookInText(n)
			r.lookAtStyle(n)
		case *ast.CodeBlock:
			r.lookAtIndented(n)
		case *ast.FencedCodeBlock:
			r.lookAtFence(n)
		case *ast.Link:
			r.carryLink(n.Destination)
			n.Destination = resolve(n.Destination)
			target := string(n.Destination)
			r.body.Links = append(r.body.Links, Link{target, plain(n, r.Source), r.line(n)})
			if n.FirstChild() == nil {
				r.report(n, "リンク %q に文字がありません", target)
			}
			if strings.HasPrefix(target, "mailto:") && !mailForm.MatchString(target) {
				r.report(n, "メールの番地 %q を読めません（mailto:name@example.jp のように、半角で書いてください）", target)
			}
		case *ast.AutoLink:
			target := string(n.URL(r.Source))
			if n.AutoLinkType == ast.AutoLinkEmail {
				target = "mailto:" + target
			}
			r.body.Links = append(r.body.Links, Link{target, target, r.line(n)})
		case *ast.Image:
			r.report(n, "本文に画像は置けません（文で説明してください）")
		case *ast.HTMLBlock, *ast.RawHTML:
			r.report(n, "本文に HTML は書けません（Markdown で書いてください）")
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		panic(err) // the walker itself returns none
	}
	r.lookAtEnd(document)
	slices.SortFunc(r.edits, func(a, b edit) int { return cmp.Compare(a.start, b.start) })
}

// isUnderlined reports whether the line of a heading has no mark of one: the line below it is the mark.
func isUnderlined(line []byte) bool {
	for mark := itemMark(line); mark != nil; mark = itemMark(line) {
		line = line[len(mark):]
	}
	return !bytes.HasPrefix(bytes.TrimLeft(line, " >"), []byte("#"))
}

// anchor notes the name of a heading.
func (r *reading) anchor(heading *ast.Heading) {
	for _, attribute := range heading.Attributes() {
		if id, ok := attribute.Value.([]byte); !ok || string(attribute.Name) != "id" {
			r.report(heading, "見出しに付けられるのは {#名前} だけです")
		} else if name := string(id); !source.IsSlug(name) {
			r.report(heading, "見出しの名前 %q は使えません（小文字の英数字とハイフンだけで書いてください）", name)
		} else if r.body.Anchor(name) > 0 {
			r.report(heading, "見出しの名前 %q が二度あります", name)
		} else {
			r.body.Anchors = append(r.body.Anchors, Anchor{name, r.line(heading)})
		}
	}
}

// A scratch is where a text is written; texts are written one after the other in the same.
type scratch struct {
	html     bytes.Buffer
	out      *bufio.Writer // to html; else the renderer makes one for each block
	markdown []byte
	plain    []byte
	part     []byte // the plain text of the current part
	parts    []int  // where the plain text of each part before ends
	sections []ends
}

// ends of a section in a scratch.
type ends struct{ html, markdown int }

var scratches = sync.Pool{New: func() any {
	s := new(scratch)
	s.out = bufio.NewWriter(&s.html)
	return s
}}

// cut divides the text into its sections.
func (r *reading) cut(document ast.Node) {
	s := scratches.Get().(*scratch)
	defer scratches.Put(s)
	current := &r.body.Lead
	endPart := func() {
		s.plain = append(s.plain, s.part...)
		s.part = s.part[:0]
		s.parts = append(s.parts, len(s.plain))
	}
	begin, beginHTML := 0, 0 // of the section, below its heading
	endSection := func(end int) {
		endPart()
		s.markdown = r.appendCarried(s.markdown, begin, end)
		beginHTML = s.html.Len()
		s.sections = append(s.sections, ends{beginHTML, len(s.markdown)})
	}
	current.Parts = []Part{{}}
	for n := document.FirstChild(); n != nil; n = n.NextSibling() {
		heading, isHeading := n.(*ast.Heading)
		if isHeading && heading.Level == 2 {
			start, below := r.headingAt(heading)
			endSection(start)
			begin = below
			r.body.Sections = append(r.body.Sections, Section{
				ID: idOf(heading), Heading: plain(heading, r.Source), Line: r.line(heading), Parts: []Part{{}},
			})
			current = &r.body.Sections[len(r.body.Sections)-1]
			continue
		}
		if current.Line == 0 {
			current.Line = r.line(n)
		}
		if err := r.parser.renderer.Render(s.out, r.Source, n); err != nil {
			panic(err) // a buffer takes everything
		}
		if current.excerpt == 0 {
			current.excerpt = s.html.Len() - beginHTML
		}
		if !isHeading {
			s.part = appendPlainLines(s.part, n, r.Source)
			continue
		}
		endPart()
		nearest := current.Parts[len(current.Parts)-1].Anchor
		current.Parts = append(current.Parts, Part{Anchor: cmp.Or(idOf(heading), nearest), Heading: plain(heading, r.Source)})
	}
	endSection(len(r.Source))
	s.give(r.body)
}

// give gives the sections of a body what was written, and empties the scratch. All of a body's texts lie
// in one string: the collector has less to look at than with several for each section.
func (s *scratch) give(body *Body) {
	htmlEnd, plainEnd := s.html.Len(), s.html.Len()+len(s.plain)
	s.html.Write(s.plain)
	s.html.Write(s.markdown)
	all := s.html.String()
	html, plain, markdown := all[:htmlEnd], all[htmlEnd:plainEnd], all[plainEnd:]

	var last ends
	lastPart, parts := 0, s.parts
	for i, end := range s.sections {
		section := &body.Lead
		if i > 0 {
			section = &body.Sections[i-1]
		}
		section.HTML = html[last.html:end.html]
		section.Markdown = strings.TrimSpace(markdown[last.markdown:end.markdown])
		last = end
		for j := range section.Parts {
			section.Parts[j].Text = plain[lastPart:parts[j]]
			lastPart = parts[j]
		}
		parts = parts[len(section.Parts):]
	}
	s.html.Reset()
	s.markdown, s.plain, s.parts, s.sections = s.markdown[:0], s.plain[:0], s.parts[:0], s.sections[:0]
}

func idOf(heading *ast.Heading) string {
	if id, ok := heading.AttributeString("id"); ok {
		if id, ok := id.([]byte); ok {
			return string(id)
		}
	}
	return ""
}
