package source

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// A decoder fills structs from tables and collects what does not fit.
//
// Fields are named by the tag toml:"name" and required unless the tag says toml:"name,optional". A
// slice of struct pointers takes a table of named tables, in the order of the file, and gives each
// struct its name in the embedded Record, which is also told where it stands.
type decoder struct {
	file     string
	explain  func() Meanings
	problems []Problem
	unread   []int // lines of values of the wrong type or empty
	optional bool  // whether the field being decoded may be left out
}

// A plan says how a struct type is filled; it is made once for each type.
type plan struct {
	record int // place of the embedded Record, -1 for none
	fields []plannedField
	names  []string // of the fields
}

type plannedField struct {
	name     string
	place    int // in the struct
	of       reflect.Type
	optional bool
	isTable  bool // it stands under a heading of its own
	decode   func(d *decoder, e *entry, target reflect.Value, name string)
}

var plans sync.Map // reflect.Type → *plan

func planOf(t reflect.Type) *plan {
	if known, ok := plans.Load(t); ok {
		return known.(*plan)
	}
	p := &plan{record: -1}
	for i := range t.NumField() {
		field := t.Field(i)
		if field.Type == recordType {
			p.record = i
			continue
		}
		tag := field.Tag.Get("toml")
		if tag == "" || tag == "-" {
			continue
		}
		name, option, _ := strings.Cut(tag, ",")
		p.fields = append(p.fields, plannedField{name, i, field.Type, option == "optional", isTable(field.Type), decoderOf(field.Type)})
		p.names = append(p.names, name)
	}
	known, _ := plans.LoadOrStore(t, p)
	return known.(*plan)
}

var (
	recordType = reflect.TypeFor[Record]()
	labelsType = reflect.TypeFor[Labels]()
	timeType   = reflect.TypeFor[time.Time]()
	dayType    = reflect.TypeFor[Day]()
)

// decoderOf returns how values of a type are decoded.
func decoderOf(t reflect.Type) func(d *decoder, e *entry, target reflect.Value, name string) {
	switch t {
	case labelsType:
		return (*decoder).labels
	case timeType:
		return (*decoder).date
	case dayType:
		return (*decoder).day
	}
	switch t.Kind() {
	case reflect.String:
		return (*decoder).text
	case reflect.Int:
		return (*decoder).integer
	case reflect.Float64:
		return (*decoder).number
	case reflect.Bool:
		return (*decoder).truth
	case reflect.Map:
		return (*decoder).byName
	case reflect.Struct:
		return (*decoder).table
	case reflect.Slice:
		switch t.Elem().Kind() {
		case reflect.String:
			return (*decoder).texts
		case reflect.Float64:
			return (*decoder).numbers
		case reflect.Pointer:
			return (*decoder).named
		}
	}
	panic("source: no rule to decode " + t.String())
}

func (d *decoder) problem(line int, format string, args ...any) {
	d.problems = append(d.problems, Problem{File: d.file, Line: line, Text: fmt.Sprintf(format, args...)})
}

// refuse reports a value that has no meaning for the field.
func (d *decoder) refuse(line int, format string, args ...any) {
	d.problem(line, format, args...)
	d.unread = append(d.unread, line)
}

// wrong reports a value of another type than the field wants.
func (d *decoder) wrong(e *entry, name, want string) {
	d.refuse(e.line, "項目 %q は%sで書きます", name, want)
}

// record fills a struct. prefix is the dotted name of its table, for messages.
func (d *decoder) record(t *table, into reflect.Value, prefix string) {
	p := planOf(into.Type())
	record := &Record{}
	if p.record >= 0 {
		record = into.Field(p.record).Addr().Interface().(*Record)
	}
	record.File, record.start, record.fields = d.file, max(1, t.line), p.fields
	record.lines = appendLines(make([]fieldLine, 0, t.size()), t, "")
	for _, e := range t.entries {
		if !slices.Contains(p.names, e.key) {
			d.problem(e.line, "項目 %q はここでは使えません%s", prefix+e.key, listOr("", p.names, mostListed))
		}
	}
	for _, field := range p.fields {
		e := t.at(field.name)
		if e == nil {
			if !field.optional {
				d.missing(record.At(field.name), prefix+field.name)
			}
			continue
		}
		d.optional = field.optional
		field.decode(d, e, into.Field(field.place), prefix+field.name)
	}
}

// missing reports a field that must be there.
func (d *decoder) missing(line int, name string) {
	meaning := d.explain().short(d.file, name)
	if meaning == "" {
		d.problem(line, "項目 %q がありません", name)
		return
	}
	d.problem(line, "項目 %q がありません（意味: %s）", name, meaning)
}

// size returns how many keys a table and those below it have.
func (t *table) size() int {
	n := len(t.entries)
	for _, e := range t.entries {
		if below, ok := e.value.(*table); ok {
			n += below.size()
		}
	}
	return n
}

// appendLines notes the lines of all keys of a table, those of tables below it under dotted names.
func appendLines(lines []fieldLine, t *table, prefix string) []fieldLine {
	for _, e := range t.entries {
		lines = append(lines, fieldLine{prefix + e.key, e.line})
		if below, ok := e.value.(*table); ok {
			lines = appendLines(lines, below, prefix+e.key+".")
		}
	}
	return lines
}

func (d *decoder) text(e *entry, target reflect.Value, name string) {
	text, ok := e.value.(string)
	if !ok {
		d.wrong(e, name, "引用符で囲んだ文字列")
		return
	}
	// The text keeps its spaces: some join others, as ", " does.
	if strings.TrimSpace(text) == "" && d.optional {
		d.refuse(e.line, "項目 %q が空です（書くことがないなら、行ごと消してください）", name)
	} else if strings.TrimSpace(text) == "" {
		d.refuse(e.line, "項目 %q が空です（なくてはならない項目です）", name)
	}
	d.lookForBraces(e.line, text, name)
	target.SetString(text)
}

// wideBraces are those of a placeholder in another width.
var wideBraces = regexp.MustCompile(`[｛{]([a-z_]+)｝|｛([a-z_]+)\}`)

// lookForBraces reports a placeholder that nothing would fill.
func (d *decoder) lookForBraces(line int, text, name string) {
	if !strings.Contains(text, "｛") && !strings.Contains(text, "｝") {
		return
	}
	if found := wideBraces.FindStringSubmatch(text); found != nil {
		d.problem(line, "項目 %q の %s のかっこが全角です（半角で {%s} と書いてください）", name, found[0], found[1]+found[2])
	}
}

func (d *decoder) integer(e *entry, target reflect.Value, name string) {
	number, ok := e.value.(int64)
	if !ok {
		d.wrong(e, name, "引用符のない整数")
		return
	}
	target.SetInt(number)
}

func (d *decoder) number(e *entry, target reflect.Value, name string) {
	number, ok := decimal(e.value)
	if !ok {
		d.wrong(e, name, "引用符のない数")
		return
	}
	target.SetFloat(number)
}

// decimal returns a number written with or without a decimal point.
func decimal(value any) (float64, bool) {
	switch number := value.(type) {
	case float64:
		return number, true
	case int64:
		return float64(number), true
	}
	return 0, false
}

func (d *decoder) truth(e *entry, target reflect.Value, name string) {
	truth, ok := e.value.(bool)
	if !ok {
		d.wrong(e, name, " true か false ")
		return
	}
	target.SetBool(truth)
}

func (d *decoder) date(e *entry, target reflect.Value, name string) {
	date, ok := e.value.(time.Time)
	if !ok {
		d.wrong(e, name, "日付（例: 2026-11-23、引用符なし）")
		return
	}
	target.Set(reflect.ValueOf(date))
}

func (d *decoder) day(e *entry, target reflect.Value, name string) {
	day := Day{}
	var ok bool
	if text, isText := e.value.(string); isText {
		month, err := time.Parse("2006-01", text)
		day, ok = Day{month, true}, err == nil
	} else {
		day.Time, ok = e.value.(time.Time)
	}
	if !ok {
		d.wrong(e, name, "日付（例: 2026-11-23、引用符なし。月までしか分からなければ \"2026-11\"）")
		return
	}
	target.Set(reflect.ValueOf(day))
}

func (d *decoder) texts(e *entry, target reflect.Value, name string) {
	list, ok := e.value.([]any)
	for _, element := range list {
		if _, isText := element.(string); !isText {
			ok = false
		}
	}
	if !ok {
		d.refuse(e.line, "項目 %q は文字列の並び（例: [\"a\", \"b\"]）で書きます", name)
		return
	}
	texts, seen := make([]string, 0, len(list)), make(map[string]bool, len(list))
	for _, element := range list {
		text := strings.TrimSpace(element.(string))
		switch {
		case text == "":
			d.problem(e.line, "項目 %q に空の文字列があります", name)
			continue
		case seen[text]:
			d.problem(e.line, "項目 %q に %q が二度あります", name, text)
			continue
		}
		seen[text] = true
		d.lookForBraces(e.line, text, name)
		texts = append(texts, text)
	}
	target.Set(reflect.ValueOf(texts))
}

func (d *decoder) numbers(e *entry, target reflect.Value, name string) {
	list, ok := e.value.([]any)
	numbers := make([]float64, len(list))
	for i, element := range list {
		var isNumber bool
		numbers[i], isNumber = decimal(element)
		ok = ok && isNumber
	}
	if !ok {
		d.refuse(e.line, "項目 %q は数の並び（例: [4.8, 16.1]）で書きます", name)
		return
	}
	target.Set(reflect.ValueOf(numbers))
}

// table fills a struct from the table that a field holds.
func (d *decoder) table(e *entry, target reflect.Value, name string) {
	if t, ok := e.value.(*table); ok {
		d.record(t, target, name+".")
		return
	}
	d.wrong(e, name, "表（["+name+"]）")
}

// byName fills a map from a table.
func (d *decoder) byName(e *entry, target reflect.Value, name string) {
	t, ok := e.value.(*table)
	if !ok {
		d.wrong(e, name, "表（["+name+"]）")
		return
	}
	decode, optional := decoderOf(target.Type().Elem()), d.optional
	target.Set(reflect.MakeMapWithSize(target.Type(), len(t.entries)))
	for i := range t.entries {
		below := &t.entries[i]
		element := reflect.New(target.Type().Elem()).Elem()
		d.optional = optional
		decode(d, below, element, name+"."+below.key)
		target.SetMapIndex(reflect.ValueOf(below.key), element)
	}
}

// named fills a slice from a table of named tables.
func (d *decoder) named(e *entry, target reflect.Value, name string) {
	t, ok := e.value.(*table)
	if !ok {
		d.refuse(e.line, "項目 %q は名前の付いた表（[%s.名前]）で書きます", name, name)
		return
	}
	if len(t.entries) == 0 {
		d.refuse(e.line, "項目 %q に表が一つもありません（[%s.名前] を足してください）", name, name)
	}
	if !slices.ContainsFunc(t.entries, func(below entry) bool { _, ok := below.value.(*table); return ok }) && len(t.entries) > 0 {
		d.refuse(e.line, "項目 %q は名前の付いた表（[%s.名前]）で書きます", name, name)
		return
	}
	for _, below := range t.entries {
		key := below.key
		element := reflect.New(target.Type().Elem().Elem())
		element.Elem().FieldByName("Slug").SetString(key)
		if !IsSlug(key) {
			d.problem(below.line, "名前 %q は使えません（小文字の英数字とハイフンだけで書いてください）", key)
		}
		inner, ok := below.value.(*table)
		if !ok {
			d.refuse(below.line, "項目 %q は表（[%s.%s]）で書きます", name+"."+key, name, key)
			continue
		}
		if dotted := inner.onlyTables(planOf(element.Elem().Type()).names); dotted != "" {
			d.refuse(inner.line, "名前 %q に「.」は使えません（表の区切りになります。[%s.%s] のように「-」でつないでください）", key+"."+dotted, name, strings.ReplaceAll(key+"."+dotted, ".", "-"))
			continue
		}
		d.record(inner, element.Elem(), name+"."+key+".")
		target.Set(reflect.Append(target, element))
	}
}

// onlyTables returns the rest of a name that was meant to have dots, [item.1.2.3]: the names of the
// tables that each hold nothing but the next. known are the fields that may be tables.
func (t *table) onlyTables(known []string) string {
	if len(t.entries) == 0 {
		return ""
	}
	for _, e := range t.entries {
		if _, isTable := e.value.(*table); !isTable || slices.Contains(known, e.key) {
			return ""
		}
	}
	first := t.entries[0]
	if rest := first.value.(*table).onlyTables(known); rest != "" {
		return first.key + "." + rest
	}
	return first.key
}

// labels fills a list from a table name = "text".
func (d *decoder) labels(e *entry, target reflect.Value, name string) {
	t, ok := e.value.(*table)
	if !ok {
		d.refuse(e.line, "項目 %q は表（[%s]）で書きます", name, name)
		return
	}
	labels := make(Labels, 0, len(t.entries))
	for _, below := range t.entries {
		text, ok := below.value.(string)
		if text = strings.TrimSpace(text); !ok || text == "" || !IsSlug(below.key) {
			d.problem(below.line, "項目 %q は、名前 = \"文字列\" の形で書きます（名前は小文字の英数字とハイフン）", name+"."+below.key)
			continue
		}
		labels = append(labels, Label{ID: below.key, Text: text})
	}
	target.Set(reflect.ValueOf(labels))
}
