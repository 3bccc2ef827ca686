package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"tebiki/generator/source"
)

// lookAtStyle warns of what is too long to be read, and notes the measures that a text names by their
// numbers.
func (r *reading) lookAtStyle(block ast.Node) {
	start, end := -1, 0
	for i := range block.Lines().Len() {
		line := block.Lines().At(i)
		if start < 0 {
			start = line.Start
		}
		end = line.Stop
		if r.parser.cited == nil || !bytes.Contains(line.Value(r.Source), []byte(r.parser.style.Measure)) {
			continue
		}
		for _, found := range r.parser.cited.FindAllSubmatch(line.Value(r.Source), -1) {
			r.body.Cited = append(r.body.Cited, Cited{string(found[1]), r.lineOf(line.Start)})
		}
	}
	if text := bytes.TrimSpace(r.Source[max(start, 0):end]); r.parser.style.End != "" && bytes.HasSuffix(text, []byte("、")) {
		r.warn(r.lineOf(block.Lines().At(block.Lines().Len()-1).Start), "段落が「、」で終わっています（続きを書くか、「"+r.parser.style.End+"」で終えてください）")
	}
	// Of brackets that are part of a mark which cannot be read all is said.
	if line, n := r.lineOf(max(start, 0)), len(r.problems); n == 0 || r.problems[n-1].Line < line {
		for _, fault := range source.Unfinished(r.Source[max(start, 0):end]) {
			r.warn(line, fault)
		}
	}
	r.lookAtHalf(block)
	// As it is written a text is only longer than it is read.
	if start < 0 || r.parser.style.Holds(r.Source[start:end]) {
		return
	}
	for _, fault := range r.parser.style.Faults(plain(block, r.Source)) {
		r.warn(r.lineOf(start), fault)
	}
}

// lookAtHalf warns of a paragraph whose last sentence, after others, does not end: half of it may have
// been lost. Of a single sentence nothing is known, it may be a phrase.
func (r *reading) lookAtHalf(block ast.Node) {
	end, lines := r.parser.style.End, block.Lines()
	if end == "" || lines.Len() == 0 || block.Kind() != ast.KindParagraph && block.Kind() != ast.KindTextBlock {
		return
	}
	if kind := block.LastChild().Kind(); kind == ast.KindLink || kind == ast.KindAutoLink {
		return // a link may stand alone
	}
	last := lines.At(lines.Len() - 1)
	text := bytes.TrimSpace(r.Source[lines.At(0).Start:last.Stop])
	if letter, _ := utf8.DecodeLastRune(text); !isWithinSentence(letter) || !bytes.Contains(text, []byte(end)) {
		return
	}
	r.warnOfHalf("段落", string(text), last.Start)
}

// warnOfHalf warns of something whose last letters do not end a sentence.
func (r *reading) warnOfHalf(what, text string, offset int) {
	r.warn(r.lineOf(offset), fmt.Sprintf("%sが「%s」で終わっています（途中なら続きを書き、終わりなら「%s」を付けてください）", what, source.Ending(text), r.parser.style.End))
}

// lookAtEnd warns of a text that ends within a sentence: half of it may have been written. The items of
// a list need be no sentences, unless all the others are.
func (r *reading) lookAtEnd(document ast.Node) {
	end, last := r.parser.style.End, document.LastChild()
	if end == "" || last == nil {
		return
	}
	ends := func(block ast.Node) bool { return strings.HasSuffix(plain(block, r.Source), end) }
	if last.Kind() == ast.KindList {
		list := last
		last = list.LastChild().LastChild()
		for item := list.LastChild().PreviousSibling(); item != nil; item = item.PreviousSibling() {
			if !ends(item) {
				return
			}
		}
		if list.ChildCount() == 1 {
			return
		}
	}
	if last == nil || !last.HasChildren() || last.Kind() != ast.KindParagraph && last.Kind() != ast.KindTextBlock {
		return
	}
	if kind := last.LastChild().Kind(); kind == ast.KindLink || kind == ast.KindAutoLink {
		return // a link may stand alone
	}
	letters := []rune(plain(last, r.Source))
	if only := last.FirstChild(); only == last.LastChild() && (only.Kind() == ast.KindCodeSpan || only.Kind() == ast.KindEmphasis) || datum.MatchString(string(letters)) {
		return
	}
	if len(letters) == 0 || !isWithinSentence(letters[len(letters)-1]) || strings.Contains(string(letters), end) {
		return // the last is told by lookAtHalf
	}
	r.warnOfHalf("本文", string(letters), last.Lines().At(last.Lines().Len()-1).Start)
}

// datum is what need not be a sentence: one with its name before it, or a telephone number.
var datum = regexp.MustCompile(`^[^、。]{1,12}[:：]|[0-9]-[0-9]+$`)

// isWithinSentence reports whether a sentence goes on after a letter: it ends in a mark.
func isWithinSentence(letter rune) bool {
	return unicode.IsLetter(letter) || unicode.IsDigit(letter) || letter == ','
}
