package markdown

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	table "github.com/yuin/goldmark/extension/ast"

	"tebiki/generator/source"
)

// Marks that were typed in full width, or with a space too few or too many, mean nothing to Markdown
// and would stand in the page as they are.
var (
	lineMarks = []struct {
		form    *regexp.Regexp
		problem string
	}{
		{regexp.MustCompile(`^(?:＃|#+[^#\s0-9])`), "見出しの印を読めません（半角の「## 」と空白で始めてください）"},
		{regexp.MustCompile(`^(?:[０-９]+[.．]|[0-9]+．|[0-9]+\.[^\s0-9])`), "番号の印を読めません（半角の「1. 」と空白で始めてください）"},
		{regexp.MustCompile(`^(?:・|－ |-[^\s0-9-])`), "箇条書きの印を読めません（半角の「- 」と空白で始めてください）"},
	}
	textMarks = []struct {
		mark    []byte
		problem string
	}{
		{[]byte("]（"), linkMark},
		{[]byte("］("), linkMark},
		{[]byte("］（"), linkMark},
		{[]byte("] ("), linkMark},
		{[]byte("＊＊"), "太字の印を読めません（半角の「**」で囲んでください）"},
	}
	codeSpan = regexp.MustCompile("`[^`]*`")
)

// markLetters are the letters with which lineMarks begin: few lines do.
const markLetters = "＃#０１２３４５６７８９0123456789・－-"

// noTable is the first line of what was meant as a table and is none.
var noTable = regexp.MustCompile(`^\|.*\|\s*$`)

const linkMark = "リンクの形を読めません（半角で、空白を入れずに [文字](番地) と書いてください）"

// lookAtRows reports rows that are cut otherwise than the row of headings: what is too much would be
// left out, and what is missing be empty.
func (r *reading) lookAtRows(t *table.Table) {
	first := r.line(t.FirstChild())
	head := r.pipes(first)
	for i := range t.ChildCount() - 1 {
		line := first + 2 + i // past the line between
		if r.pipes(line) != head {
			r.problems = append(r.problems, source.Problem{File: r.File, Line: line,
				Text: "表の行の「|」が、見出しの行と違います（行の初めと終わりにも、見出しの行と同じ数だけ書いてください）"})
		}
	}
}

// A cut is how the marks between cells stand in a line.
type cut struct {
	marks      int
	begin, end bool
}

func (r *reading) pipes(line int) cut {
	i := line - r.Line
	text := r.Source[r.starts[i]:]
	if i+1 < len(r.starts) {
		text = r.Source[r.starts[i]:r.starts[i+1]]
	}
	text = bytes.ReplaceAll(bytes.TrimSpace(text), []byte(`\|`), nil)
	mark := []byte("|")
	return cut{bytes.Count(text, mark), bytes.HasPrefix(text, mark), bytes.HasSuffix(text, mark)}
}

// lookForMarks reports what was meant as a mark and is none.
func (r *reading) lookForMarks(block ast.Node) {
	report := func(line int, problem string) {
		r.problems = append(r.problems, source.Problem{File: r.File, Line: line, Text: problem})
	}
	first := r.line(block)
	for i := range block.Lines().Len() {
		segment := block.Lines().At(i)
		line := bytes.TrimLeft(segment.Value(r.Source), " ")
		letter, _ := utf8.DecodeRune(line)
		if i == 0 && letter == '|' && noTable.Match(line) {
			report(first, "表を読めません（見出しの行の下に「| --- | --- |」の行を、見出しと同じ列の数で書いてください）")
		}
		if strings.ContainsRune(markLetters, letter) {
			for _, m := range lineMarks {
				if m.form.Match(line) {
					report(first+i, m.problem)
				}
			}
		}
		for _, m := range textMarks {
			if bytes.Contains(line, m.mark) && bytes.Contains(codeSpan.ReplaceAll(line, nil), m.mark) {
				report(first+i, m.problem)
				break
			}
		}
	}
}
