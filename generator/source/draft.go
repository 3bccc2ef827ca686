package source

import (
	"bytes"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Blank stands in a draft where a text is to be written. As long as it is there, that is a problem.
const Blank = "（ここに書きます）"

// A Draft is front matter to be filled in: what a struct declares for a record, written out.
type Draft struct {
	Values map[string]any            // by dotted name, of fields whose value is known
	Note   func(field string) string // what a field means, by its dotted name
	Today  time.Time

	unasked bool // all of a table that may be left out is a comment
}

// A Choice is a value of a field, and the names that it could be or hold: a comment behind tells them.
type Choice struct {
	Value any
	Of    []string
}

// Write returns the front matter of a record of a type. What may be left out and has no value is
// written as a comment.
func (d Draft) Write(record reflect.Type) string {
	var text strings.Builder
	d.table(&text, record, "")
	return text.String()
}

// table writes the fields of a table: first the plain ones, for those after a table would belong to
// it.
func (d Draft) table(text *strings.Builder, record reflect.Type, table string) {
	var tables []plannedField
	fields := planOf(record).fields
	for _, field := range fields {
		kind := record.Field(field.place).Type
		if isTable(kind) {
			tables = append(tables, field)
			continue
		}
		value, known := d.Values[table+field.name]
		if !known {
			value = d.blank(kind)
		}
		d.note(text, table+field.name, field.optional && !known)
		if field.optional && !known {
			text.WriteString("# ")
		}
		fmt.Fprintf(text, "%s = %s\n", field.name, literal(value))
	}
	for _, field := range tables {
		d.below(text, record.Field(field.place).Type, field, table)
	}
}

// below writes a field that is a table, or holds tables.
func (d Draft) below(text *strings.Builder, kind reflect.Type, field plannedField, table string) {
	name := table + field.name
	value, known := d.Values[name]
	text.WriteString("\n")
	d.note(text, name, field.optional && !known)
	if field.optional && !known && !d.unasked {
		whole := text
		text = new(strings.Builder)
		d.unasked = true // what is below is a comment already
		defer func() {
			for line := range strings.Lines(text.String()) {
				whole.WriteString(strings.TrimSpace("# "+line) + "\n")
			}
		}()
	}
	switch {
	case kind.Kind() == reflect.Struct:
		fmt.Fprintf(text, "[%s]\n", name)
		d.table(text, kind, name+".")
	case kind.Kind() == reflect.Slice && kind != labelsType: // of named tables: one to begin with
		fmt.Fprintf(text, "[%s.first]\n", name)
		d.table(text, kind.Elem().Elem(), name+".first.")
	default:
		fmt.Fprintf(text, "[%s]\n", name)
		labels, _ := value.(Labels)
		for _, label := range labels {
			fmt.Fprintf(text, "%s = %s\n", label.ID, literal(label.Text))
		}
	}
}

func (d Draft) note(text *strings.Builder, field string, optional bool) {
	note := d.Note(field)
	if optional {
		note = strings.TrimSpace("（任意） " + note)
	}
	if note != "" {
		fmt.Fprintf(text, "# %s\n", note)
	}
}

// isTable reports whether values of a type are written below a heading of their own.
func isTable(t reflect.Type) bool {
	switch t {
	case timeType, dayType:
		return false
	case labelsType:
		return true
	}
	return t.Kind() == reflect.Struct || t.Kind() == reflect.Map || t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Pointer
}

// blank returns a value of a type that says nothing yet.
func (d Draft) blank(t reflect.Type) any {
	switch {
	case t == timeType || t == dayType:
		return d.Today
	case t.Kind() == reflect.String:
		return Blank
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.String:
		return []string{Blank}
	case t.Kind() == reflect.Slice:
		return []string(nil)
	case t.Kind() == reflect.Bool:
		return false
	}
	return 1
}

// literal writes a value as TOML does.
func literal(value any) string {
	switch value := value.(type) {
	case time.Time:
		return value.Format(time.DateOnly)
	case []string:
		quoted := make([]string, len(value))
		for i, text := range value {
			quoted[i] = literal(text)
		}
		return "[" + strings.Join(quoted, ", ") + "]"
	case string:
		return strconv.Quote(value)
	case Choice:
		return literal(value.Value) + " # " + strings.Join(value.Of, "、")
	}
	return fmt.Sprint(value)
}

// lookForBlank reports a text that is still to be written. What is a comment may stay.
func (f *file) lookForBlank(name string, data []byte) {
	if !bytes.Contains(data, []byte(Blank)) {
		return
	}
	line := 0
	for text := range bytes.Lines(data) {
		line++
		if bytes.Contains(text, []byte(Blank)) && !bytes.HasPrefix(text, []byte("#")) {
			f.problems = append(f.problems, Problem{File: name, Line: line, Text: "「" + Blank + "」が残っています（文を書くか、要らない項目なら行ごと消してください）"})
			return // the others are seen beside it
		}
	}
}
