package markdown

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// plainTexts returns the texts of a block: a paragraph, the items of a list, the cells of a table.
func plainTexts(block ast.Node, source []byte) []string {
	var texts []string
	// The walker itself returns no error.
	_ = ast.Walk(block, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if first := n.FirstChild(); entering && first != nil && first.Type() == ast.TypeInline {
			if text := plain(n, source); text != "" {
				texts = append(texts, text)
			}
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return texts
}

// plain returns the text of a node without markup.
func plain(n ast.Node, source []byte) string {
	var b strings.Builder
	writePlain(&b, n, source)
	return b.String()
}

func writePlain(b *strings.Builder, n ast.Node, source []byte) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.Text:
			b.Write(textOf(child, source))
			if child.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.AutoLink:
			b.Write(child.Label(source))
		default:
			writePlain(b, child, source)
		}
	}
}

// textOf returns what a node of text says. Escapes and references are resolved, but not in code;
// where a line of the file ends, words are kept apart.
func textOf(t *ast.Text, source []byte) []byte {
	text := t.Segment.Value(source)
	if t.IsRaw() {
		return bytes.ReplaceAll(text, []byte("\n"), []byte(" "))
	}
	text = resolve(text)
	if t.SoftLineBreak() {
		last, _ := utf8.DecodeLastRune(text)
		if !isFullWidth(last) && !isFullWidth(firstLetter(t.NextSibling(), source)) {
			return append(slices.Clip(text), ' ')
		}
	}
	return text
}

// resolve returns a text of Markdown as it is meant: \* is *, and &amp; is &.
func resolve(text []byte) []byte {
	if bytes.IndexByte(text, '\\') < 0 && bytes.IndexByte(text, '&') < 0 {
		return text
	}
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

// startsOfLines returns the offsets at which the lines of a text begin.
func startsOfLines(text []byte) []int {
	starts := []int{0}
	for i, c := range text {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// line returns the line of a node in the file, 1-based.
func (r *reading) line(n ast.Node) int {
	for n.Pos() < 0 {
		n = n.Parent() // the document's is 0
	}
	i, exact := slices.BinarySearch(r.starts, n.Pos())
	if !exact {
		i--
	}
	return r.Line + i
}
