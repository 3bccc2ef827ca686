package site

import (
	"bytes"
	"html/template"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"tebiki/generator/handbook"
)

// newRenderer returns a renderer for the pages from which the site's root lies
// at the given relative address.
func newRenderer(root string) renderer.Renderer {
	links := renderer.WithNodeRenderers(util.Prioritized(linkRenderer{root}, 100))
	return handbook.Dialect(goldmark.WithRendererOptions(links)).Renderer()
}

// render renders parsed text. The nodes are shared by pages rendered at the
// same time and are not changed.
func (p *Page) render(source []byte, nodes ...ast.Node) template.HTML {
	var b bytes.Buffer
	for _, n := range nodes {
		if err := p.renderers[p.Root()].Render(&b, source, n); err != nil {
			panic(err) // a buffer takes everything
		}
	}
	return template.HTML(b.String())
}

// isExternal reports whether a link's target lies outside the site.
func isExternal(target string) bool {
	return strings.HasPrefix(target, "https://") || strings.HasPrefix(target, "mailto:")
}

// linkRenderer writes the content's links, which start at the site's root,
// relative to the page they stand on.
type linkRenderer struct{ root string }

func (l linkRenderer) RegisterFuncs(register renderer.NodeRendererFuncRegisterer) {
	register.Register(ast.KindLink, l.render)
}

func (l linkRenderer) render(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, err := w.WriteString("</a>")
		return ast.WalkContinue, err
	}
	target := string(node.(*ast.Link).Destination)
	if !isExternal(target) {
		target = l.root + target
	}
	_, err := w.WriteString(`<a href="` + template.HTMLEscapeString(target) + `">`)
	return ast.WalkContinue, err
}
