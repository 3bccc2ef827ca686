package handbook

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// A table is a TOML table that knows the line of each of its keys.
type table struct {
	line   int
	keys   []string // in the order of the file
	values map[string]value
}

// A value is a string, int64, float64, bool, time.Time, []any or *table.
type value struct {
	line int
	data any
}

// parseTOML reads a TOML document whose first line has the number firstLine.
func parseTOML(text string, firstLine int) (*table, error) {
	var top map[string]any
	md, err := toml.Decode(text, &top)
	if err != nil {
		return nil, err
	}
	places := map[string]keyPlace{}
	lines := keyLines(text)
	for i, key := range md.Keys() {
		line := firstLine - 1 + lines[i]
		for n := range key { // [a.b] mentions a, too
			name, own := key[:n+1].String(), n == len(key)-1
			place, ok := places[name]
			if !ok {
				place = keyPlace{order: i, line: line}
			} else if own && !place.own {
				place.line = line
			}
			place.own = place.own || own
			places[name] = place
		}
	}
	return newTable(places, nil, top), nil
}

// A keyPlace is where a key stands.
type keyPlace struct {
	order int // of the first mention
	line  int
	own   bool // not only mentioned in [key.below]
}

func newTable(places map[string]keyPlace, path toml.Key, data map[string]any) *table {
	t := &table{line: places[path.String()].line, values: make(map[string]value, len(data))}
	order := map[string]int{}
	for key, v := range data {
		keyPath := append(slices.Clone(path), key)
		if below, ok := v.(map[string]any); ok {
			v = newTable(places, keyPath, below)
		}
		place := places[keyPath.String()]
		t.values[key] = value{place.line, v}
		t.keys = append(t.keys, key)
		order[key] = place.order
	}
	slices.SortFunc(t.keys, func(a, b string) int { return order[a] - order[b] })
	return t
}

// keyLines returns the line, from 1, of every key and table header of a TOML
// text without mistakes, in the order of MetaData.Keys. The library knows the
// lines but gives them only with an error, each at the cost of the whole text.
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

// quoted returns the length of the string in quotation marks that a text
// begins with.
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

// syntaxMessages are plain words for what the library says about the mistakes
// that are made most.
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

// slugForm is what a file name or table name must look like: it becomes an
// address and a storage key. "404" is one too, hence the leading digit.
var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// A decoder fills structs from tables and collects what does not fit.
//
// Fields are named by the tag toml:"name" and required unless the tag says
// toml:"name,optional". A slice of struct pointers takes a table of named
// tables, in the order of the file, and gives each struct its name in the
// embedded Record, which is also told where it stands.
type decoder struct {
	file     string
	problems []Problem
	unread   []int // lines of values of the wrong type or empty
	optional bool  // whether the field being decoded may be left out
}

func (d *decoder) problem(line int, format string, args ...any) {
	d.problems = append(d.problems, Problem{File: d.file, Line: line, Text: fmt.Sprintf(format, args...)})
}

// refuse reports a value that has no meaning for the field.
func (d *decoder) refuse(line int, format string, args ...any) {
	d.problem(line, format, args...)
	d.unread = append(d.unread, line)
}

var (
	recordType = reflect.TypeFor[Record]()
	labelsType = reflect.TypeFor[Labels]()
	timeType   = reflect.TypeFor[time.Time]()
	dayType    = reflect.TypeFor[Day]()
)

// record fills the struct that into points to. prefix is the dotted name of
// the table, for messages.
func (d *decoder) record(t *table, into reflect.Value, prefix string) {
	var known []string
	for i := range into.NumField() {
		field, target := into.Type().Field(i), into.Field(i)
		if field.Type == recordType {
			record := target.Addr().Interface().(*Record)
			record.File, record.start, record.lines = d.file, max(1, t.line), map[string]int{}
			addLines(record.lines, t, "")
			continue
		}
		tag := field.Tag.Get("toml")
		if tag == "" || tag == "-" {
			continue
		}
		name, option, _ := strings.Cut(tag, ",")
		known = append(known, name)
		v, ok := t.values[name]
		if !ok {
			if option != "optional" {
				d.problem(max(1, t.line), "項目 %q がありません（意味は README.md にあります）", prefix+name)
			}
			continue
		}
		d.optional = option == "optional"
		d.value(v, target, prefix+name)
	}
	for _, key := range t.keys {
		if !slices.Contains(known, key) {
			d.problem(t.values[key].line, "項目 %q はここでは使えません%s", prefix+key, DidYouMean(key, known))
		}
	}
}

func (d *decoder) value(v value, target reflect.Value, name string) {
	if target.Type() == labelsType {
		d.labels(v, target, name)
		return
	}
	wrong := func(want string) { d.refuse(v.line, "項目 %q は%sで書きます", name, want) }
	switch target.Kind() {
	case reflect.String:
		text, ok := v.data.(string)
		if !ok {
			wrong("引用符で囲んだ文字列")
			return
		}
		// The text keeps its spaces: some join others, as ", " does.
		if strings.TrimSpace(text) == "" && d.optional {
			d.refuse(v.line, "項目 %q が空です（書くことがないなら、行ごと消してください）", name)
		} else if strings.TrimSpace(text) == "" {
			d.refuse(v.line, "項目 %q が空です（なくてはならない項目です）", name)
		}
		target.SetString(text)
	case reflect.Int:
		number, ok := v.data.(int64)
		if !ok {
			wrong("引用符のない整数")
			return
		}
		target.SetInt(number)
	case reflect.Float64:
		number, ok := decimal(v.data)
		if !ok {
			wrong("引用符のない数")
			return
		}
		target.SetFloat(number)
	case reflect.Bool:
		truth, ok := v.data.(bool)
		if !ok {
			wrong(" true か false ")
			return
		}
		target.SetBool(truth)
	case reflect.Slice:
		switch target.Type().Elem().Kind() {
		case reflect.String:
			d.strings(v, target, name)
		case reflect.Float64:
			d.numbers(v, target, name)
		default:
			d.named(v, target, name)
		}
	case reflect.Map:
		t, ok := v.data.(*table)
		if !ok {
			wrong("表（[" + name + "]）")
			return
		}
		target.Set(reflect.MakeMap(target.Type()))
		for _, key := range t.keys {
			element := reflect.New(target.Type().Elem()).Elem()
			d.value(t.values[key], element, name+"."+key)
			target.SetMapIndex(reflect.ValueOf(key), element)
		}
	case reflect.Struct:
		switch target.Type() {
		case timeType:
			date, ok := wholeDate(v.data)
			if !ok {
				wrong("日付（例: 2026-11-23、引用符なし）")
				return
			}
			target.Set(reflect.ValueOf(date))
			return
		case dayType:
			day := Day{}
			var ok bool
			if text, isText := v.data.(string); isText {
				month, err := time.Parse("2006-01", text)
				day, ok = Day{month, true}, err == nil
			} else {
				day.Time, ok = wholeDate(v.data)
			}
			if !ok {
				wrong("日付（例: 2026-11-23、引用符なし。月までしか分からなければ \"2026-11\"）")
				return
			}
			target.Set(reflect.ValueOf(day))
			return
		}
		t, ok := v.data.(*table)
		if !ok {
			wrong("表（[" + name + "]）")
			return
		}
		d.record(t, target, name+".")
	default:
		panic("handbook: no rule to decode " + target.Type().String())
	}
}

// wholeDate returns a date without a time, which the library marks by its location's name.
func wholeDate(data any) (time.Time, bool) {
	date, ok := data.(time.Time)
	if !ok || date.Location().String() != "date-local" {
		return time.Time{}, false
	}
	return time.Date(date.Year(), date.Month(), date.Day(), 0, 0, 0, 0, time.UTC), true
}

// decimal returns a number written with or without a decimal point.
func decimal(data any) (float64, bool) {
	switch number := data.(type) {
	case float64:
		return number, true
	case int64:
		return float64(number), true
	}
	return 0, false
}

func (d *decoder) numbers(v value, target reflect.Value, name string) {
	list, ok := v.data.([]any)
	numbers := make([]float64, len(list))
	for i, element := range list {
		var isNumber bool
		numbers[i], isNumber = decimal(element)
		ok = ok && isNumber
	}
	if !ok {
		d.refuse(v.line, "項目 %q は数の並び（例: [4.8, 16.1]）で書きます", name)
		return
	}
	target.Set(reflect.ValueOf(numbers))
}

func (d *decoder) strings(v value, target reflect.Value, name string) {
	list, ok := v.data.([]any)
	for _, element := range list {
		if _, isText := element.(string); !isText {
			ok = false
		}
	}
	if !ok {
		d.refuse(v.line, "項目 %q は文字列の並び（例: [\"a\", \"b\"]）で書きます", name)
		return
	}
	texts, seen := make([]string, 0, len(list)), map[string]bool{}
	for _, element := range list {
		text := strings.TrimSpace(element.(string))
		switch {
		case text == "":
			d.problem(v.line, "項目 %q に空の文字列があります", name)
			continue
		case seen[text]:
			d.problem(v.line, "項目 %q に %q が二度あります", name, text)
			continue
		}
		seen[text] = true
		texts = append(texts, text)
	}
	target.Set(reflect.ValueOf(texts))
}

// named fills a slice from a table of named tables.
func (d *decoder) named(v value, target reflect.Value, name string) {
	t, ok := v.data.(*table)
	if !ok {
		d.refuse(v.line, "項目 %q は名前の付いた表（[%s.名前]）で書きます", name, name)
		return
	}
	if len(t.keys) == 0 {
		d.refuse(v.line, "項目 %q に表が一つもありません（[%s.名前] を足してください）", name, name)
	}
	for _, key := range t.keys {
		element := reflect.New(target.Type().Elem().Elem())
		element.Elem().FieldByName("Slug").SetString(key)
		if !slugForm.MatchString(key) {
			d.problem(t.values[key].line, "名前 %q は使えません（小文字の英数字とハイフンだけで書いてください）", key)
		}
		below, ok := t.values[key].data.(*table)
		if !ok {
			d.refuse(t.values[key].line, "項目 %q は表（[%s.%s]）で書きます", name+"."+key, name, key)
			continue
		}
		d.record(below, element.Elem(), name+"."+key+".")
		target.Set(reflect.Append(target, element))
	}
}

// labels fills a list from a table name = "text".
func (d *decoder) labels(v value, target reflect.Value, name string) {
	t, ok := v.data.(*table)
	if !ok {
		d.refuse(v.line, "項目 %q は表（[%s]）で書きます", name, name)
		return
	}
	labels := make(Labels, 0, len(t.keys))
	for _, key := range t.keys {
		text, ok := t.values[key].data.(string)
		if text = strings.TrimSpace(text); !ok || text == "" || !slugForm.MatchString(key) {
			d.problem(t.values[key].line, "項目 %q は、名前 = \"文字列\" の形で書きます（名前は小文字の英数字とハイフン）", name+"."+key)
			continue
		}
		labels = append(labels, Label{ID: key, Text: text})
	}
	target.Set(reflect.ValueOf(labels))
}

// addLines notes the lines of all keys of a table, those of tables below it
// under dotted names.
func addLines(lines map[string]int, t *table, prefix string) {
	for key, v := range t.values {
		lines[prefix+key] = v.line
		if below, ok := v.data.(*table); ok {
			addLines(lines, below, prefix+key+".")
		}
	}
}
