package markdown

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// appendPlainLines adds the texts of a block, a line for each: of a paragraph, the items of a list,
// the cells of a table.
func appendPlainLines(text []byte, block ast.Node, source []byte) []byte {
	// The walker itself returns no error.
	_ = ast.Walk(block, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		first := n.FirstChild()
		if !entering || first == nil || first.Type() != ast.TypeInline {
			return ast.WalkContinue, nil
		}
		before := len(text)
		if before > 0 {
			text = append(text, '\n')
		}
		start := len(text)
		if text = appendPlain(text, n, source); len(text) == start {
			text = text[:before]
		}
		return ast.WalkSkipChildren, nil
	})
	return text
}

// plain returns the text of a node without markup.
func plain(n ast.Node, source []byte) string {
	var text [256]byte // most are headings and links
	return string(appendPlain(text[:0], n, source))
}

func appendPlain(text []byte, n ast.Node, source []byte) []byte {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.Text:
			text = append(text, textOf(child, source)...)
			if child.HardLineBreak() {
				text = append(text, '\n')
			}
		case *ast.AutoLink:
			text = append(text, child.Label(source)...)
		default:
			text = appendPlain(text, child, source)
		}
	}
	return text
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
	starts := make([]int, 1, 1+bytes.Count(text, []byte("\n")))
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
	return r.lineOf(n.Pos())
}

// lineOf returns the line of an offset in the file, 1-based.
func (r *reading) lineOf(offset int) int {
	i, exact := slices.BinarySearch(r.starts, offset)
	if !exact {
		i--
	}
	return r.Line + i
}
