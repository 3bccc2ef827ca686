package markdown

import (
	"fmt"
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	table "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"tebiki/generator/phrase"
)

// IsExternal reports whether a link's target lies outside the site.
func IsExternal(target string) bool {
	return strings.HasPrefix(target, "https://") || strings.HasPrefix(target, "mailto:")
}

// nodeRenderer writes what differs from plain Markdown: texts, whose lines end as those of the
// search index do, links, which start at the site's root, relative to the page they stand on,
// headings with the places where their lines may break, and tables that phones show as blocks.
type nodeRenderer struct{ phrases *phrase.Breaker }

func (r nodeRenderer) RegisterFuncs(register renderer.NodeRendererFuncRegisterer) {
	register.Register(ast.KindText, r.text)
	register.Register(ast.KindLink, r.link)
	register.Register(ast.KindHeading, r.heading)
	register.Register(table.KindTable, r.table)
	register.Register(table.KindTableCell, r.cell)
}

func (r nodeRenderer) text(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	t := node.(*ast.Text)
	if !entering {
		return ast.WalkContinue, nil
	}
	_, err := w.Write(util.EscapeHTML(textOf(t, source)))
	if t.HardLineBreak() {
		_, err = w.WriteString("<br>\n")
	}
	return ast.WalkContinue, err
}

func (r nodeRenderer) table(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	tag := "</table>\n"
	if entering {
		tag = `<table class="table table--blocks">` + "\n"
	}
	_, err := w.WriteString(tag)
	return ast.WalkContinue, err
}

// cell writes a cell. The first of a row is its heading; each other one says which column it is of,
// for blocks have no columns.
func (r nodeRenderer) cell(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	inHead := node.Parent().Kind() == table.KindTableHeader
	var tag string
	switch {
	case (inHead || node.PreviousSibling() == nil) && !entering:
		tag = "</th>\n"
	case inHead:
		tag = `<th scope="col">`
	case node.PreviousSibling() == nil:
		tag = `<th scope="row">`
	case !entering:
		tag = "</td>\n"
	default:
		column := node.Parent().Parent().FirstChild().FirstChild()
		for cell := node.PreviousSibling(); cell != nil; cell = cell.PreviousSibling() {
			column = column.NextSibling()
		}
		tag = `<td><span class="table__label">` + html.EscapeString(plain(column, source)) + "</span>"
	}
	_, err := w.WriteString(tag)
	return ast.WalkContinue, err
}

// heading writes a heading as plain text.
func (r nodeRenderer) heading(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	heading := node.(*ast.Heading)
	id := idOf(heading)
	if id != "" {
		id = ` id="` + html.EscapeString(id) + `"`
	}
	level := heading.Level
	_, err := fmt.Fprintf(w, "<h%d%s>%s</h%d>\n", level, id, r.phrases.HTML(plain(node, source)), level)
	return ast.WalkSkipChildren, err
}

func (r nodeRenderer) link(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, err := w.WriteString("</a>")
		return ast.WalkContinue, err
	}
	target := string(node.(*ast.Link).Destination)
	if !IsExternal(target) {
		target = RootMark + target
	}
	_, err := w.WriteString(`<a href="` + html.EscapeString(target) + `">`)
	return ast.WalkContinue, err
}
