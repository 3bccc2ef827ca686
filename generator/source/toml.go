package source

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2/unstable"
)

// A table is a TOML table that knows the line of each of its keys.
type table struct {
	line    int
	entries []entry // in the order of the file
	hasGaps bool    // of a whole document: whether some entry has one
	isTight bool    // it has a header, and no empty line stands above that
}

// An entry of a table: its value is a string, int64, float64, bool, time.Time (a date alone), []any,
// *table, or nil for what no field takes: times, and tables in lists.
type entry struct {
	key   string
	line  int
	value any
	state entryState
	gap   bool // an empty line stands above it, and above its notes
}

// An entryState says what may still be added to an entry.
type entryState byte

const (
	mentioned entryState = iota // only in [key.below]: its own header may follow
	dotted                      // in key.below = …: more such keys may follow
	opened                      // by its own header: tables below it may follow
	repeated                    // as [[key]], which may stand several times
	closed                      // a value
)

// at returns the entry of a key, or nil.
func (t *table) at(key string) *entry {
	for i := range t.entries {
		if t.entries[i].key == key {
			return &t.entries[i]
		}
	}
	return nil
}

// A tomlError is a mistake in a TOML document.
type tomlError struct {
	line    int // in the file
	message string
	plain   bool   // the message is in the reader's words, not the library's
	unless  string // the same in the reader's words, unless the line has a slip that explains it
}

func (e *tomlError) Error() string { return e.message }

// A tomlReader reads one document after another. The library's parser of expressions is used rather
// than its decoder: it knows where each key stands. Its package is called unstable for its interface,
// not its behaviour: the library itself reads by it.
type tomlReader struct {
	parser  unstable.Parser
	line    int // of the byte at offset
	offset  int
	hasGaps bool
}

var tomlReaders = sync.Pool{New: func() any { return new(tomlReader) }}

// parseTOML reads a TOML document whose first line has the number firstLine. The error is a
// *tomlError.
func parseTOML(text []byte, firstLine int) (*table, error) {
	r := tomlReaders.Get().(*tomlReader)
	defer tomlReaders.Put(r)
	r.parser.Reset(text)
	r.line, r.offset, r.hasGaps = firstLine, 0, false
	top := &table{entries: make([]entry, 0, 16)}
	current := top // nil in a table of a list, which no field takes
	for r.parser.NextExpression() {
		var err error
		switch e := r.parser.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			current, err = r.header(top, e)
		case unstable.KeyValue:
			err = r.keyValue(current, e)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := r.parser.Error(); err != nil {
		return nil, r.syntaxError(err)
	}
	top.hasGaps = r.hasGaps
	return top, nil
}

// lineOf returns the line of a key. Keys are asked for in the order of the document.
func (r *tomlReader) lineOf(key *unstable.Node) int {
	at := int(key.Raw.Offset)
	r.line += bytes.Count(r.parser.Data()[r.offset:at], []byte("\n"))
	r.offset = at
	return r.line
}

// syntaxError says where the library met its error. At the end of a line or of the document that is
// the line which ends there; a text that is never closed stands where it begins.
func (r *tomlReader) syntaxError(err error) error {
	at := &tomlError{line: r.line, message: err.Error()}
	var where *unstable.ParserError
	if !errors.As(err, &where) {
		return at
	}
	data, place := r.parser.Data(), int(r.parser.Range(where.Highlight).Offset)
	if place == len(data) && place > r.offset && data[place-1] == '\n' {
		place--
	}
	if _, quotes, found := strings.Cut(at.message, "not terminated by "); found {
		place = bytes.LastIndex(data, []byte(quotes))
	}
	if strings.Contains(at.message, "escape") {
		backslash := bytes.LastIndexByte(data[:place+1], '\\')
		letter, _ := utf8.DecodeRune(data[backslash+1:])
		at.message, at.plain = fmt.Sprintf(`文の中の \%c は使えません（\ そのものは \\ と書きます）`, letter), true
	}
	if end, isList := strings.CutPrefix(at.message, "expected ',' or '"); isList {
		before := said(data[:place]) // behind which it is missing
		place = len(before)
		line := before[bytes.LastIndexByte(before, '\n')+1:]
		at.unless = fmt.Sprintf("「%s」の後に「,」がありません（並びの終わりなら「%s」を書いてください）", Ending(string(line)), end[:1])
	}
	if list := openList(data[r.offset:place]); list >= 0 && noValue.MatchString(at.message) {
		rest, _, _ := bytes.Cut(data[place:], []byte("\n"))
		if nextEntry.Match(rest) {
			place = r.offset + list
			key, _, _ := bytes.Cut(data[place:], []byte("="))
			at.unless = fmt.Sprintf("%s の並びが閉じていません（並びの終わりに「]」を書いてください）", bytes.TrimSpace(key))
		} else {
			at.unless = fmt.Sprintf("並びの中の「%s」を読めません（文は半角の引用符 \" で囲んでください）", beginning(strings.TrimSpace(string(rest))))
		}
	}
	if strings.HasPrefix(at.message, "expected newline but got") {
		rest, _, _ := bytes.Cut(data[place:], []byte("\n"))
		at.unless = fmt.Sprintf("値の後の「%s」は余分です（1行に書けるのは一つの項目だけです。並びは [ ] で囲み、メモは # の後に書きます）", beginning(strings.TrimSpace(string(rest))))
	}
	at.line += bytes.Count(data[r.offset:max(r.offset, place)], []byte("\n"))
	return at
}

var (
	// noValue is what the library says where a value cannot begin so.
	noValue = regexp.MustCompile(`^unexpected character .* at start of value$|^strings must be quoted$|^expected keyword|^expected digit`)
	// nextEntry begins a line that goes on with something else than a value.
	nextEntry = regexp.MustCompile(`^(?:[A-Za-z0-9_.-]+\s*=|\[+[a-z])`)
)

// said returns a text as far as it says something: without space and notes at its end.
func said(text []byte) []byte {
	for {
		text = bytes.TrimRight(text, " \t\n")
		line := text[bytes.LastIndexByte(text, '\n')+1:]
		note := noteIn(line)
		if note < 0 {
			return text
		}
		text = text[:len(text)-len(line)+note]
	}
}

// noteIn returns where the note of a line begins, -1 when it has none.
func noteIn(line []byte) int {
	quote := byte(0)
	for i, b := range line {
		switch {
		case quote == 0 && b == '#':
			return i
		case quote == 0 && (b == '"' || b == '\''):
			quote = b
		case b == quote && line[i-1] != '\\':
			quote = 0
		}
	}
	return -1
}

// openList returns where the entry begins whose list is open at the end of a text, -1 when none is.
func openList(text []byte) int {
	begin, offset, depth := -1, 0, 0
	for line := range bytes.Lines(text) {
		if depth == 0 {
			begin = offset
		}
		offset += len(line)
		if note := noteIn(line); note >= 0 {
			line = line[:note]
		}
		line = quotedText.ReplaceAll(line, nil)
		depth += bytes.Count(line, []byte("[")) - bytes.Count(line, []byte("]"))
	}
	if depth <= 0 {
		return -1
	}
	return begin
}

var quotedText = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|'[^']*'`)

// twice is the error of a key or the name of a table that cannot stand where it does again. first is the
// line where it stands before. Most often a key comes again because a header between the two is gone.
func twice(path []string, line, first int, isKey bool) error {
	what, how := "表", "見出しの名前を打ちまちがえたのなら直し、そうでなければ、どちらかを消してください"
	if isKey {
		what, how = "項目", "間にあった [ ] の見出しを消したのなら、戻してください。そうでなければ、どちらかを消してください"
	}
	return &tomlError{line: line, message: fmt.Sprintf("%s %s が二度あります（初めは %d 行目です。%s）", what, strings.Join(path, "."), first, how), plain: true}
}

// both is the error of a name that is a field and a table.
func both(path []string, line, field int) error {
	return &tomlError{line: line, message: fmt.Sprintf("見出し [%[1]s] と同じ名前の項目 %[1]s が、%d 行目にあります（別の表の項目なら、その表の見出しの下に移してください。見出しか項目の、どちらかが要りません）", strings.Join(path, "."), field), plain: true}
}

// header follows the name of [a.b] or [[a.b]] and returns the table that the keys below it go to.
func (r *tomlReader) header(t *table, header *unstable.Node) (*table, error) {
	var path []string
	for key := header.Key(); key.Next(); {
		name, line := string(key.Node().Data), r.lineOf(key.Node())
		path = append(path, name)
		e := t.at(name)
		isNew := e == nil
		if isNew {
			t.entries = append(t.entries, entry{key: name, line: line, value: &table{line: line}})
			e = &t.entries[len(t.entries)-1]
		}
		below, isTable := e.value.(*table)
		switch {
		case !key.IsLast():
			switch e.state {
			case repeated:
				return nil, nil // within a table of a list
			case closed:
				return nil, both(path, line, e.line)
			}
		case header.Kind == unstable.ArrayTable:
			if !isNew && e.state != repeated {
				return nil, twice(path, line, e.line, false)
			}
			e.state, e.value = repeated, nil
			return nil, nil
		case e.state == closed:
			return nil, both(path, line, e.line)
		case e.state != mentioned:
			return nil, twice(path, line, e.line, false)
		default:
			e.state, e.line, below.line = opened, line, line
			below.isTight = !endsEmpty(r.parser.Data()[:r.offset])
		}
		if !isTable {
			return nil, twice(path, line, e.line, false)
		}
		t = below
	}
	return t, nil
}

// keyValue notes a key, which may lead through tables, and its value. Without a table it looks for
// mistakes alone.
func (r *tomlReader) keyValue(t *table, expression *unstable.Node) error {
	var path []string
	gap := false
	for key := expression.Key(); key.Next(); {
		name, line := string(key.Node().Data), r.lineOf(key.Node())
		if path == nil {
			gap = endsEmpty(r.parser.Data()[:r.offset])
		}
		path = append(path, name)
		if t == nil {
			t = &table{}
		}
		e := t.at(name)
		switch {
		case key.IsLast():
			if e != nil {
				return twice(path, line, e.line, true)
			}
			value, err := r.value(expression.Value(), line)
			if err != nil {
				return err
			}
			t.entries = append(t.entries, entry{name, line, value, closed, gap})
			r.hasGaps = r.hasGaps || gap
			return nil
		case e == nil:
			below := &table{line: line}
			t.entries = append(t.entries, entry{name, line, below, dotted, gap})
			t = below
		case e.state != dotted:
			return twice(path, line, e.line, true)
		default:
			t = e.value.(*table)
		}
	}
	return nil
}

// month is a date without its day.
var month = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}$`)

// endsEmpty reports whether the last line above the one in which a text ends is empty, but for notes.
func endsEmpty(text []byte) bool {
	text = text[:bytes.LastIndexByte(text, '\n')+1]
	for len(text) > 0 {
		text = text[:len(text)-1]
		line := bytes.TrimSpace(text[bytes.LastIndexByte(text, '\n')+1:])
		if len(line) == 0 || line[0] != '#' {
			return len(line) == 0
		}
		text = text[:bytes.LastIndexByte(text, '\n')+1]
	}
	return false
}

var wholeDate = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)

// value returns a value as entries hold it. line is that of its key.
func (r *tomlReader) value(n *unstable.Node, line int) (any, error) {
	switch n.Kind {
	case unstable.String:
		return string(n.Data), nil
	case unstable.Bool:
		return n.Data[0] == 't', nil
	case unstable.Integer:
		// With base 0 Go reads what TOML allows; what it does not allow the library has refused.
		number, err := strconv.ParseInt(string(n.Data), 0, 64)
		if err != nil {
			return nil, &tomlError{line: line, message: fmt.Sprintf("数 %s は大きすぎます", n.Data), plain: true}
		}
		return number, nil
	case unstable.Float:
		number, err := strconv.ParseFloat(strings.ReplaceAll(string(n.Data), "_", ""), 64)
		if err != nil {
			return nil, &tomlError{line: line, message: fmt.Sprintf("数 %s は大きすぎます", n.Data), plain: true}
		}
		return number, nil
	case unstable.LocalDate:
		date, err := time.Parse(time.DateOnly, string(n.Data))
		if err != nil {
			if month.Match(n.Data) {
				return nil, &tomlError{line: line, message: fmt.Sprintf("日付 %[1]s に日がありません（2026-04-01 のように書いてください。月まででよい項目なら、引用符で囲んで \"%[1]s\" と書けます）", n.Data), plain: true}
			}
			if !wholeDate.Match(n.Data) {
				return nil, &tomlError{line: line, message: fmt.Sprintf("日付 %s を読めません（2026-04-01 のように、年は4桁、月と日は2桁で書いてください）", n.Data), plain: true}
			}
			return nil, &tomlError{line: line, message: fmt.Sprintf("日付 %s は、暦にありません", n.Data), plain: true}
		}
		return date, nil
	case unstable.Array:
		list := []any{}
		for element := n.Children(); element.Next(); {
			value, err := r.value(element.Node(), line)
			if err != nil {
				return nil, err
			}
			if _, isTable := value.(*table); isTable {
				value = nil
			}
			list = append(list, value)
		}
		return list, nil
	case unstable.InlineTable:
		t := &table{line: line}
		for pair := n.Children(); pair.Next(); {
			if err := r.keyValue(t, pair.Node()); err != nil {
				return nil, err
			}
		}
		return t, nil
	}
	return nil, nil // a time
}

// syntaxMessages are plain words for what the library says about the mistakes that are made most.
var syntaxMessages = []struct{ library, plain string }{
	{`strings cannot have new lines$|^unterminated \w+ string$|^multiline \w+ string not terminated`, `引用符が閉じていません（文の終わりに引用符を書いてください）`},
	{`^expected value, not end of input$`, `値の途中で終わっています（「=」の後と、並びの終わりの「]」を確かめてください）`},
	{noValue.String(), `「=」の後の値を読めません（文は半角の引用符 " で囲んでください）`},
	{`^unexpected comma|^array is incomplete$|^inline table is incomplete$|^expected value but got U\+002C`, `並びが閉じていません（要素の間の「,」と終わりの「]」を確かめてください）`},
	{`^expected '=' after key$|^invalid character at start of key`, `項目の名前の後に「=」がありません（名前は半角の英数字で書いてください）`},
	{`^expected '\]\]?' to close`, `表の名前の終わりに「]」がありません`},
	{`^integers cannot have leading zeroes$`, `数を 0 で始めることはできません（数なら 0 を消し、文なら引用符 " で囲んでください）`},
}

// tomlProblem words a mistake in a text whose first line has the number firstLine.
func tomlProblem(file string, text []byte, firstLine int, err error) Problem {
	at := err.(*tomlError)
	p := Problem{File: file, Line: at.line}
	if at.plain {
		p.Text = "TOML として読めません: " + at.message
		return p
	}
	if why := slipIn(lineAt(text, at.line-firstLine)); why != "" {
		p.Text = "TOML として読めません: " + why
		return p
	}
	if at.unless != "" {
		p.Text = "TOML として読めません: " + at.unless
		return p
	}
	for _, m := range syntaxMessages {
		if form := regexp.MustCompile(m.library); form.MatchString(at.message) {
			p.Text = "TOML として読めません: " + form.ReplaceAllString(form.FindString(at.message), m.plain)
			return p
		}
	}
	p.Text = "TOML として読めません（引用符、かっこ、= を確かめてください）: " + at.message
	return p
}

// lineAt returns a line of a text, counted from 0.
func lineAt(text []byte, n int) string {
	for line := range strings.Lines(string(text)) {
		if n == 0 {
			return strings.TrimRight(line, "\n")
		}
		n--
	}
	return ""
}
