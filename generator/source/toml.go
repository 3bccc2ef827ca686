package source

import (
	"errors"
	"regexp"
	"strings"

	"github.com/BurntSushi/toml"
)

// A table is a TOML table that knows the line of each of its keys.
type table struct {
	line    int
	entries []entry // in the order of the file
}

// An entry of a table: its value is a string, int64, float64, bool, time.Time, []any or *table.
type entry struct {
	key   string
	line  int
	value any

	own bool // not only mentioned in [key.below]
}

// at returns the entry of a key, or nil.
func (t *table) at(key string) *entry {
	for i := range t.entries {
		if t.entries[i].key == key {
			return &t.entries[i]
		}
	}
	return nil
}

// parseTOML reads a TOML document whose first line has the number firstLine.
func parseTOML(text string, firstLine int) (*table, error) {
	var data map[string]any
	md, err := toml.Decode(text, &data)
	if err != nil {
		return nil, err
	}
	top, lines := &table{}, keyLines(text)
	for i, key := range md.Keys() {
		top.add(key, firstLine-1+lines[i], data)
	}
	return top, nil
}

// add notes that a key, which may lead through tables, stands on a line. data is what the table
// holds as the library read it.
func (t *table) add(key toml.Key, line int, data map[string]any) {
	for i, name := range key {
		e, own := t.at(name), i == len(key)-1
		if e == nil {
			value := data[name]
			if _, isTable := value.(map[string]any); isTable {
				value = &table{line: line}
			}
			t.entries = append(t.entries, entry{key: name, line: line, value: value})
			e = &t.entries[len(t.entries)-1]
		}
		below, isTable := e.value.(*table)
		if own && !e.own {
			e.own, e.line = true, line
			if isTable {
				below.line = line
			}
		}
		if !isTable {
			return // a key of a table in a list, which has no name
		}
		t, data = below, data[name].(map[string]any)
	}
}

// keyLines returns the line, from 1, of every key and table header of a TOML text without mistakes,
// in the order of MetaData.Keys. The library knows the lines but tells them only in errors, each at
// the cost of a pass over the text.
func keyLines(text string) []int {
	text = strings.TrimPrefix(text, "\ufeff")
	var lines []int
	var open []byte // brackets around this place: [ or {
	line, atKey := 1, true
	for i := 0; i < len(text); {
		c, size := text[i], 1
		if atKey && !strings.ContainsRune(" \t\r\n#}", rune(c)) {
			lines = append(lines, line)
			atKey = false
		}
		switch c {
		case '\n':
			atKey = atKey || len(open) == 0
		case '#':
			size = len(text) - i
			if end := strings.IndexByte(text[i:], '\n'); end >= 0 {
				size = end
			}
		case '"', '\'':
			size = quoted(text[i:])
		case '[', '{':
			open = append(open, c)
			atKey = c == '{'
		case ']', '}':
			open = open[:len(open)-1]
			atKey = false
		case ',':
			atKey = open[len(open)-1] == '{'
		}
		line += strings.Count(text[i:i+size], "\n")
		i += size
	}
	return lines
}

// quoted returns the length of the string in quotation marks that a text begins with.
func quoted(text string) int {
	mark := text[:1]
	if triple := strings.Repeat(mark, 3); strings.HasPrefix(text, triple) {
		mark = triple
	}
	i := len(mark)
	for !strings.HasPrefix(text[i:], mark) {
		if text[i] == '\\' && mark[0] == '"' {
			i++
		}
		i++
	}
	i += len(mark)
	// Before the end of a long string there may be two marks that belong to it.
	for range 2 {
		if len(mark) == 3 && i < len(text) && text[i] == mark[0] {
			i++
		}
	}
	return i
}

// syntaxMessages are plain words for what the library says about the mistakes that are made most.
var syntaxMessages = []struct{ library, plain string }{
	{`^Key '(.*)' (?:has already been defined|was already created)`, `項目 $1 が二度あります（どちらかを消してください）`},
	{`^strings cannot contain newlines|^unexpected EOF; expected ['"]+$`, `引用符が閉じていません（文の終わりに引用符を書いてください）`},
	{`^expected value but found`, `「=」の後の値を読めません（文は半角の引用符 " で囲んでください）`},
	{`^expected a comma|^unexpected comma`, `並びが閉じていません（要素の間の「,」と終わりの「]」を確かめてください）`},
	{`^unexpected EOF; expected value$`, `値の途中で終わっています（「=」の後と、並びの終わりの「]」を確かめてください）`},
	{`^expected '\.' or '=', but got|^unexpected EOF; expected key separator '='`, `項目の名前の後に「=」がありません（名前は半角の英数字で書いてください）`},
	{`^expected '\.' or ']' to end table name`, `表の名前の終わりに「]」がありません`},
	{`^expected a top-level item to end`, `値の後に余分な文字があります（1行に書けるのは一つの項目だけです）`},
	{`^invalid datetime: (.*)$`, `日付 $1 はありません（例: 2026-11-23）`},
	{`^(?:invalid escape in string|expected \w+ hexadecimal digits after) '(.*?)'`, `文の中の $1 は使えません（\ そのものは \\ と書きます）`},
}

// tomlProblem words the library's message about broken syntax.
func tomlProblem(file, text string, firstLine int, err error) Problem {
	p := Problem{File: file, Line: firstLine, Text: "TOML として読めません: " + err.Error()}
	var at toml.ParseError
	if !errors.As(err, &at) {
		return p
	}
	start := max(0, min(at.Position.Start, len(text))) // before the first character it is -1
	if quotes, ok := strings.CutPrefix(at.Message, "unexpected EOF; expected "); ok && len(quotes) == 5 && strings.Trim(quotes, `'"`) == "" {
		start = strings.LastIndex(text, quotes[1:4]) // where the text in """ begins
	}
	// At the end of a line the library's own line is the next one.
	p.Line += strings.Count(text[:start], "\n")
	p.Text = "TOML として読めません（引用符、かっこ、= を確かめてください）: " + at.Message
	for _, m := range syntaxMessages {
		if form := regexp.MustCompile(m.library); form.MatchString(at.Message) {
			p.Text = "TOML として読めません: " + form.ReplaceAllString(form.FindString(at.Message), m.plain)
			break
		}
	}
	return p
}
