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
	var top map[string]toml.Primitive
	md, err := toml.Decode(text, &top)
	if err != nil {
		return nil, err
	}
	order := map[string]int{}
	for i, key := range md.Keys() {
		order[key.String()] = i
	}
	return newTable(&md, order, nil, top, firstLine-1), nil
}

func newTable(md *toml.MetaData, order map[string]int, path toml.Key, primitives map[string]toml.Primitive, lineOffset int) *table {
	t := &table{values: map[string]value{}}
	for key, primitive := range primitives {
		v := value{line: lineOf(md, primitive) + lineOffset}
		if err := md.PrimitiveDecode(primitive, &v.data); err != nil {
			panic(err) // any value decodes into an interface
		}
		keyPath := append(slices.Clone(path), key)
		if _, ok := v.data.(map[string]any); ok {
			var below map[string]toml.Primitive
			if err := md.PrimitiveDecode(primitive, &below); err != nil {
				panic(err)
			}
			sub := newTable(md, order, keyPath, below, lineOffset)
			// [a.b] alone leaves no position for a: its first key stands in.
			if v.line <= lineOffset {
				for _, under := range sub.values {
					if v.line <= lineOffset || under.line < v.line {
						v.line = under.line
					}
				}
			}
			sub.line = v.line
			v.data = sub
		}
		t.values[key] = v
		t.keys = append(t.keys, key)
	}
	position := func(key string) int {
		if i, ok := order[append(slices.Clone(path), key).String()]; ok {
			return i
		}
		return t.values[key].line // implicit parent of a [dotted.table]
	}
	slices.SortFunc(t.keys, func(a, b string) int {
		if d := t.values[a].line - t.values[b].line; d != 0 {
			return d
		}
		return position(a) - position(b)
	})
	return t
}

// lineOf asks for the line of a value in the only way the library offers: it
// gives a position with every error, so the value is decoded into a type that
// refuses it.
func lineOf(md *toml.MetaData, primitive toml.Primitive) int {
	var at toml.ParseError
	if err := md.PrimitiveDecode(primitive, refusal{}); errors.As(err, &at) {
		return at.Position.Line
	}
	return 0
}

type refusal struct{}

func (refusal) UnmarshalTOML(any) error { return errors.New("refused") }

// tomlProblem words the library's message about broken syntax.
func tomlProblem(file string, firstLine int, err error) Problem {
	p := Problem{File: file, Line: firstLine, Text: "TOML として読めません: " + err.Error()}
	var at toml.ParseError
	if errors.As(err, &at) {
		p.Line = firstLine - 1 + max(1, at.Position.Line)
		p.Text = "TOML として読めません（引用符、かっこ、= を確かめてください）: " + at.Message
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
}

func (d *decoder) problem(line int, format string, args ...any) {
	d.problems = append(d.problems, Problem{File: d.file, Line: line, Text: fmt.Sprintf(format, args...)})
}

var (
	recordType = reflect.TypeFor[Record]()
	labelsType = reflect.TypeFor[Labels]()
	timeType   = reflect.TypeFor[time.Time]()
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
	wrong := func(want string) { d.problem(v.line, "項目 %q は%sで書きます", name, want) }
	switch target.Kind() {
	case reflect.String:
		text, ok := v.data.(string)
		if !ok {
			wrong("引用符で囲んだ文字列")
			return
		}
		if text = strings.TrimSpace(text); text == "" {
			d.problem(v.line, "項目 %q が空です（書くことがないなら、行ごと消してください）", name)
		}
		target.SetString(text)
	case reflect.Int:
		number, ok := v.data.(int64)
		if !ok {
			wrong("引用符のない整数")
			return
		}
		target.SetInt(number)
	case reflect.Bool:
		truth, ok := v.data.(bool)
		if !ok {
			wrong(" true か false ")
			return
		}
		target.SetBool(truth)
	case reflect.Slice:
		if target.Type().Elem().Kind() == reflect.String {
			d.strings(v, target, name)
		} else {
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
		if target.Type() == timeType {
			date, ok := v.data.(time.Time)
			// The library marks a date without a time by its location's name.
			if !ok || date.Location().String() != "date-local" {
				wrong("日付（例: 2026-11-23、引用符なし）")
				return
			}
			target.Set(reflect.ValueOf(time.Date(date.Year(), date.Month(), date.Day(), 0, 0, 0, 0, time.UTC)))
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

func (d *decoder) strings(v value, target reflect.Value, name string) {
	list, ok := v.data.([]any)
	texts := make([]string, 0, len(list))
	for _, element := range list {
		text, isText := element.(string)
		if ok = ok && isText; isText {
			texts = append(texts, strings.TrimSpace(text))
		}
	}
	if !ok {
		d.problem(v.line, "項目 %q は文字列の並び（例: [\"a\", \"b\"]）で書きます", name)
		return
	}
	seen := map[string]bool{}
	for _, text := range texts {
		if text == "" {
			d.problem(v.line, "項目 %q に空の文字列があります", name)
		} else if seen[text] {
			d.problem(v.line, "項目 %q に %q が二度あります", name, text)
		}
		seen[text] = true
	}
	target.Set(reflect.ValueOf(texts))
}

// named fills a slice from a table of named tables.
func (d *decoder) named(v value, target reflect.Value, name string) {
	t, ok := v.data.(*table)
	if !ok {
		d.problem(v.line, "項目 %q は名前の付いた表（[%s.名前]）で書きます", name, name)
		return
	}
	for _, key := range t.keys {
		element := reflect.New(target.Type().Elem().Elem())
		element.Elem().FieldByName("Slug").SetString(key)
		if !slugForm.MatchString(key) {
			d.problem(t.values[key].line, "名前 %q は使えません（小文字の英数字とハイフンだけで書いてください）", key)
		}
		below, ok := t.values[key].data.(*table)
		if !ok {
			d.problem(t.values[key].line, "項目 %q は表（[%s.%s]）で書きます", name+"."+key, name, key)
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
		d.problem(v.line, "項目 %q は表（[%s]）で書きます", name, name)
		return
	}
	var labels Labels
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
