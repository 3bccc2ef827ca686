package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	table "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"tebiki/generator/source"
)

// lineMarks are marks at the beginning of a line that were typed in full width, or with a space too
// few or too many: they mean nothing to Markdown and would stand in the page as they are.
// The first is of headings.
var lineMarks = []struct {
	form    *regexp.Regexp
	problem string
}{
	{regexp.MustCompile(`^(?:＃|#+[^#\s0-9]|[*/_=~+-]#+\s|[■◆◇▼▽▲△])`), "見出しの印を読めません（見出しは、半角の「## 」か「### 」で始めてください。見出しでないなら、印を消してください）"},
	{regexp.MustCompile(`^(?:[０-９]+[.．、)）　 ]|[0-9]+[．]|[0-9]+\.[^\s0-9])`), "番号の印を読めません（半角の「1. 」と空白で始めてください）"},
	{regexp.MustCompile(`^(?:[・•●◦‣]|[－＊] |-[^\s0-9-])`), "箇条書きの印を読めません（半角の「- 」と空白で始めてください）"},
	{regexp.MustCompile(`^｜`), "表の印が全角の ｜ です（半角の | にしてください）"},
	{regexp.MustCompile(`^<{7}(?: |$)`), "行は、git が残した印です（どちらの文にするかを決め、「<<<<<<<」「=======」「>>>>>>>」の行を消してください）"},
	{regexp.MustCompile(`^\+\+\+\s*$`), "行は、前書きの初めと終わりだけに書けます（この行を消してください）"},
}

// markLetters are the letters with which lineMarks begin: few lines do.
const markLetters = "■◆◇▼▽▲△＃#*/_=~０１２３４５６７８９0123456789・•●◦‣－-＊｜+<"

// joinedMark is a mark of a line that follows the end of a sentence: its line has joined the one
// before.
var joinedMark = regexp.MustCompile(`(?:[^\s!-~]|[a-z)][.!?])((?:[-*]|#+|[0-9]+\.) )\S`)

// holdsMark reports whether joinedMark can be found in a line. Few lines have a space at all, and a
// regular expression that begins with any letter is slow on all others.
func holdsMark(line []byte) bool {
	for i, b := range line {
		if b == ' ' && i > 0 && strings.IndexByte("-*#.", line[i-1]) >= 0 {
			return true
		}
	}
	return false
}

// orderedMark begins an item of a list that a paragraph right above it takes in.
var orderedMark = regexp.MustCompile(`^[0-9]+[.)] `)

// otherItem begins a line as items do elsewhere. Two such lines of a paragraph were meant as a list.
var otherItem = regexp.MustCompile(`^(?:[①-⑳☑☐□✓✔･]|[(（][0-9０-９]{1,2}[)）]|[0-9]{1,2}、)`)

// textMarks are marks within a line that stayed text.
var textMarks = []struct{ mark, problem string }{
	{"](", linkMark},
	{"]（", linkMark},
	{"］(", linkMark},
	{"］（", linkMark},
	{"] (", linkMark},
	{"][", linkMark},
	{"＊＊", "太字の印を読めません（半角の「**」で囲んでください）"},
	{"**", "太字の印「**」が、文字のまま残ります（囲む文字の前と後に、空白を入れずに「**」を一つずつ書いてください）"},
	{"`", "「`」が、文字のまま残ります（囲む文字の前と後に、一つずつ書いてください）"},
	{"~~", "取り消し線は使えません（「~~」を消してください）"},
}

const linkMark = "リンクの形を読めません（半角で、空白を入れずに [文字](番地) と書いてください）"

// halfLink is an address of a page that follows a bracket in a text, as in a link without its text.
var halfLink = regexp.MustCompile(`[(（][a-z-]+/[a-z0-9-]+\.html`)

// bareLink is the beginning of an address that stands in a text as it is.
var bareLink = regexp.MustCompile(`https?://[a-z0-9]`)

// mailForm is how a link to a mail address is written.
var mailForm = regexp.MustCompile(`^mailto:[!-~]+@[!-~]+\.[a-z]+$`)

// reportAt reports what is wrong at an offset of the text.
func (r *reading) reportAt(offset int, format string, args ...any) {
	r.problems = append(r.problems, source.Problem{File: r.File, Line: r.lineOf(offset), Text: fmt.Sprintf(format, args...)})
}

// quote returns the beginning of a text as messages quote it.
func quote(text []byte) string {
	const most = 24 // letters
	letters := []rune(strings.TrimSpace(string(text)))
	if len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return string(letters)
}

// lookAtRows reports rows that are cut otherwise than the row of headings: what is too much would be
// left out, and what is missing be empty.
func (r *reading) lookAtRows(t *table.Table) {
	first := r.line(t.FirstChild())
	head := cutOf(r.lineAt(first))
	for i := range t.ChildCount() - 1 {
		line := first + 2 + i // past the line between
		text := r.lineAt(line)
		r.lookForDouble(line)
		if cutOf(text) != head {
			why := "行の初めと終わりにも、見出しの行と同じ数だけ書いてください"
			if bytes.Contains(text, []byte("｜")) {
				why = "全角の ｜ を、半角の | にしてください"
			}
			r.problems = append(r.problems, source.Problem{File: r.File, Line: line,
				Text: fmt.Sprintf("表の行「%s」の「|」が、見出しの行と違います（%s）", quote(text), why)})
		}
	}
}

// lineAt returns a line of the file.
func (r *reading) lineAt(line int) []byte {
	i := line - r.Line
	if i+1 < len(r.starts) {
		return r.Source[r.starts[i]:r.starts[i+1]]
	}
	return r.Source[r.starts[i]:]
}

// A cut is how the marks between cells stand in a line.
type cut struct {
	marks      int
	begin, end bool
}

func cutOf(line []byte) cut {
	line = bytes.ReplaceAll(bytes.TrimSpace(line), []byte(`\|`), nil)
	mark := []byte("|")
	return cut{bytes.Count(line, mark), bytes.HasPrefix(line, mark), bytes.HasSuffix(line, mark)}
}

// lookForMarks reports what was meant as a mark and is none.
func (r *reading) lookForMarks(block ast.Node) {
	suspect, inTable := false, false
	_, ofItem := block.Parent().(*ast.ListItem)
	var mark []byte // the line with the item's mark
	listed := 0     // lines that begin as otherItem
	for i := range block.Lines().Len() {
		segment := block.Lines().At(i)
		line := bytes.TrimLeft(segment.Value(r.Source), " ")
		number := r.lineOf(segment.Start)
		whole := r.lineAt(number)
		r.lookForDouble(number)
		if ofItem && i == 0 && itemMark(whole) != nil && !bytes.HasPrefix(bytes.TrimSpace(whole), []byte(">")) {
			mark = whole
		}
		if holdsMark(line) {
			found := joinedMark.FindSubmatchIndex(line)
			switch {
			case found == nil || line[found[2]] == '*' && bytes.Count(line[:found[2]], []byte("*"))%2 == 1: // it ends an emphasis
			case len(bytes.TrimLeft(line[:found[2]], "\u3000 ")) == 0:
				r.reportAt(segment.Start, "「%s」の前に、全角の空白があります（消してください。上の項目の中に入れるなら、半角の空白を、上の項目の文字にそろえて書いてください）", quote(line[found[2]:]))
			default:
				r.reportAt(segment.Start, "「%s」の前に、行の区切りがありません（印「%s」の前で改行してください）", quote(line[found[2]:]), bytes.TrimSpace(line[found[2]:found[3]]))
			}
		}
		letter, _ := utf8.DecodeRune(line)
		if letter == '|' && !inTable {
			inTable = true // its other lines say nothing new
			r.reportAt(segment.Start, "表の行「%s」を読めません（見出しの行の下に「| --- | --- |」の行を、見出しと同じ列の数で書いてください）", quote(line))
		}
		isMark := false
		if strings.ContainsRune(markLetters, letter) && !inTable {
			for j, m := range lineMarks {
				if m.form.Match(line) {
					isMark = true
					r.reportAt(segment.Start, "「%s」の%s", quote(line), m.problem)
					r.body.Unheaded = r.body.Unheaded || j == 0
				}
			}
			inTable = letter == '｜'
		}
		switch {
		case isMark || i == 0:
		case mark != nil && indentOf(whole) <= indentOf(mark):
			r.reportAt(segment.Start, "「%s」は、上の項目の続きになります（同じ文の続きなら、上の行につないでください。新しい項目なら、初めに「- 」か「1. 」を書いてください。項目でないなら、上に空の行を入れてください）", quote(line))
		case !ofItem && orderedMark.Match(line):
			r.reportAt(segment.Start, "「%s」は、上の文の続きになります（上に空の行を入れてください。上の行が項目なら、その番号の印を直してください）", quote(line))
		}
		if block.Lines().Len() > 1 && otherItem.Match(line) {
			if listed++; listed == 2 {
				r.warn(number, fmt.Sprintf("「%s」は、上の行の続きになります（箇条書きなら、どの行も「- 」か「1. 」で始めてください。文の続きなら、上の行につないでください）", quote(line)))
			}
		}
		suspect = suspect || isSuspect(line)
	}
	if suspect && !inTable {
		r.lookInText(block)
	}
}

// isSuspect reports whether a mark may stand in a line as text.
func isSuspect(line []byte) bool {
	for i, b := range line {
		switch b {
		case ']', '*', '`', '~':
			return true
		case '.':
			if bytes.HasPrefix(line[i:], []byte(".html")) {
				return true
			}
		case ':':
			if bytes.HasPrefix(line[i:], []byte("://")) {
				return true
			}
		case "＊"[0]:
			if bytes.HasPrefix(line[i:], []byte("＊＊")) || bytes.HasPrefix(line[i:], []byte("］")) {
				return true
			}
		}
	}
	return false
}

// lookForDouble warns of a line that is the same as the one above it.
func (r *reading) lookForDouble(line int) {
	if line > r.Line && bytes.Equal(bytes.TrimRight(r.lineAt(line), " \n"), bytes.TrimRight(r.lineAt(line-1), " \n")) {
		r.warn(line, "「"+quote(r.lineAt(line))+"」の行が、続けて二つあります（どちらかを消してください）")
	}
}

// lookInText reports marks that stayed text, the first of each piece of text.
func (r *reading) lookInText(block ast.Node) {
	for _, piece := range textPieces(nil, block) {
		text := r.Source[piece.start:piece.end]
		if bytes.IndexByte(text, '\\') >= 0 {
			text = withoutEscapes(text)
		}
		at, problem := len(text), ""
		for _, m := range textMarks {
			if i := bytes.Index(text, []byte(m.mark)); i >= 0 && i < at {
				at, problem = i, m.problem
			}
		}
		if bytes.Contains(text, []byte(".html")) {
			if found := halfLink.FindIndex(text); found != nil && found[0] < at {
				at, problem = found[0], linkMark
			}
		}
		// The text of a link may be its address.
		if isLinked := piece.start > 0 && r.Source[piece.start-1] == '['; !isLinked && bytes.Contains(text, []byte("://")) {
			if found := bareLink.FindIndex(text); found != nil && found[0] < at {
				at, problem = found[0], "番地は、このままではリンクになりません（[文字](番地) か <番地> と書いてください）"
			}
		}
		if problem == "" {
			continue
		}
		begin := max(0, at-12)
		for !utf8.RuneStart(text[begin]) {
			begin++
		}
		r.reportAt(piece.start+at, "「%s」の%s", quote(r.Source[piece.start+begin:piece.end]), problem)
	}
}

// withoutEscapes returns a text with spaces in the place of what is meant as text: \* and its like.
func withoutEscapes(text []byte) []byte {
	text = slices.Clone(text)
	for i := 0; i+1 < len(text); i++ {
		if text[i] == '\\' && util.IsPunct(text[i+1]) {
			text[i], text[i+1] = ' ', ' '
			i++
		}
	}
	return text
}

// A piece of a text, from one offset to another.
type piece struct{ start, end int }

// textPieces adds the pieces of text in a node, each as long as no mark stands in it. Code is none.
func textPieces(pieces []piece, n ast.Node) []piece {
	fresh := true
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.Text:
			last := len(pieces) - 1
			if fresh || pieces[last].end != child.Segment.Start {
				pieces = append(pieces, piece{child.Segment.Start, child.Segment.Stop})
			} else {
				pieces[last].end = child.Segment.Stop
			}
			fresh = false
			continue
		case *ast.CodeSpan, *ast.AutoLink, *ast.RawHTML:
		default:
			pieces = textPieces(pieces, child)
		}
		fresh = true
	}
	return pieces
}

// indentOf returns how many spaces a line begins with.
func indentOf(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " ")) }

// itemMark returns the beginning of a line as far as the text of an item of a list, nil where the line
// begins none. A regular expression takes long for what is asked of so many lines.
func itemMark(line []byte) []byte {
	rest := bytes.TrimLeft(line, " >")
	digits := len(rest) - len(bytes.TrimLeft(rest, "0123456789"))
	marks := "-*+"
	if digits > 0 {
		marks = ".)"
	}
	rest = rest[digits:]
	if len(rest) == 0 || strings.IndexByte(marks, rest[0]) < 0 || indentOf(rest[1:]) == 0 {
		return nil
	}
	return line[:len(line)-len(bytes.TrimLeft(rest[1:], " "))]
}

// lookAtList reports a list that was meant to stand within the item above it and has too few spaces
// for that, and one that was meant to go on with the list above it and has another mark: each would cut
// the list above in two, and its numbers.
func (r *reading) lookAtList(list *ast.List) {
	above, ok := list.PreviousSibling().(*ast.List)
	if !ok {
		return
	}
	line := r.line(list)
	text := r.lineAt(line)
	outer := itemMark(r.lineAt(r.line(above.LastChild())))
	if own := indentOf(text); own > indentOf(outer) && own < len(outer) {
		r.problems = append(r.problems, source.Problem{File: r.File, Line: line,
			Text: fmt.Sprintf("「%s」は、上の項目の中に入りません（行の初めの空白を %d 個にしてください）", quote(text), len(outer))})
	} else if above.IsOrdered() == list.IsOrdered() && above.Marker != list.Marker {
		wrong, marker := list, above.Marker
		if list.Marker == '-' {
			wrong, marker = above, list.Marker // as all others are written
		}
		first := r.line(wrong)
		p := source.Problem{File: r.File, Line: first,
			Text: fmt.Sprintf("「%s」からの箇条書きが、前か後のものと別になります（印を「%c」にそろえてください）", quote(r.lineAt(first)), marker)}
		if !slices.Contains(r.problems, p) {
			r.problems = append(r.problems, p)
		}
	}
}

// lookAtIndented reports lines that are code for the spaces before them: they were meant as text.
func (r *reading) lookAtIndented(code *ast.CodeBlock) {
	first := code.Lines().At(0)
	r.reportAt(first.Start, "「%s」は、行の初めに空白が四つ以上あるので、コードになります（空白を消してください。箇条書きの続きなら、上の項目の文字にそろえてください）", quote(first.Value(r.Source)))
}

// lookAtFence reports code that nothing ends: all that follows it is code, too.
func (r *reading) lookAtFence(code *ast.FencedCodeBlock) {
	lines := code.Lines()
	if lines.Len() == 0 {
		return
	}
	next := bytes.TrimLeft(r.Source[lines.At(lines.Len()-1).Stop:], " >\t")
	if !bytes.HasPrefix(next, []byte("```")) && !bytes.HasPrefix(next, []byte("~~~")) {
		r.problems = append(r.problems, source.Problem{File: r.File, Line: max(r.Line, r.lineOf(lines.At(0).Start)-1),
			Text: "ここから始まるコードが終わりません（終わりにも「```」だけの行を書いてください）"})
	}
}

// headingName is a name of a heading that goldmark does not read as one.
var headingName = regexp.MustCompile(`\s*(?:[｛{]\s*#?|[（(]#)\s*([A-Za-z0-9_-]*)\s*[｝}）)]?\s*$`)

// lookAtName reports a name of a heading whose brackets are not those that are wanted, and gives the
// heading the name, so that nothing follows from it.
func (r *reading) lookAtName(heading *ast.Heading, text string) {
	if idOf(heading) != "" || !strings.ContainsAny(text, "｛{#") {
		return
	}
	if name := headingName.FindStringSubmatch(text); name != nil && name[1] != "" {
		r.report(heading, "見出し「%s」の名前を読めません（半角で {#%s} と書いてください）", text, name[1])
		heading.SetAttributeString("id", []byte(name[1]))
	}
}
