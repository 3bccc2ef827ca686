package markdown

import (
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// An emphasisParser reads asterisks as CommonMark does, but that letters of a writing without spaces
// bound a word as spaces do: **「文」**です is bold. CommonMark would leave the marks in the text, because
// a bracket stands within them and a letter without. The rule is that of the CJK-friendly amendment
// (github.com/tats-u/markdown-cjk-friendly), of which there is no package for goldmark.
type emphasisParser struct{ parser.InlineParser }

func (p emphasisParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	node := p.InlineParser.Parse(parent, block, pc)
	mark, ok := node.(*parser.Delimiter)
	if !ok || mark.Char != '*' {
		return node
	}
	after := '\n'
	if line, _ := block.PeekLine(); len(line) > 0 {
		after, _ = utf8.DecodeRune(line)
	}
	wideBefore, wideAfter := isFullWidth(before), isFullWidth(after)
	bounds := func(letter rune, wide bool) bool {
		return wide || util.IsSpaceRune(letter) || util.IsPunctRune(letter)
	}
	mark.CanOpen = !util.IsSpaceRune(after) && (wideAfter || !util.IsPunctRune(after) || bounds(before, wideBefore))
	mark.CanClose = !util.IsSpaceRune(before) && (wideBefore || !util.IsPunctRune(before) || bounds(after, wideAfter))
	return node
}
