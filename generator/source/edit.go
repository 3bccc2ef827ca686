package source

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/pelletier/go-toml/v2/unstable"
)

// An Edit gives a field of a record another value.
type Edit struct {
	Field string // "title", or "priority.commute" in a table
	Value any    // string, int, bool, time.Time (a day), []string, or nil to take the field away
}

// Rewrite returns the bytes of a record's file with the fields changed, and every other byte as it
// is. The file is one that was read without problems.
func Rewrite(file []byte, edits []Edit) ([]byte, error) {
	start, end := frontMatter(file)
	front := slices.Clone(file[start:end])
	newline := "\n"
	if bytes.Contains(front, []byte("\r\n")) {
		newline = "\r\n"
	}
	// Fields are added before others go, so that no table is emptied and made anew.
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int {
		switch {
		case a.Value != nil && b.Value == nil:
			return -1
		case a.Value == nil && b.Value != nil:
			return 1
		}
		return 0
	})
	for _, e := range edits {
		var err error
		if front, err = rewriteField(front, e, newline); err != nil {
			return nil, fmt.Errorf("%s: %w", e.Field, err)
		}
	}
	return slices.Concat(file[:start], front, file[end:]), nil
}

// frontMatter returns where the TOML of a file stands: between the fences, or all of it.
func frontMatter(file []byte) (start, end int) {
	text := bytes.TrimPrefix(file, []byte("\ufeff"))
	start = len(file) - len(text)
	at := start
	isFence := func(line []byte) bool { return string(bytes.TrimRight(line, "\r\n")) == "+++" }
	for line := range bytes.Lines(text) {
		switch {
		case at == start && !isFence(line):
			return start, len(file)
		case at == start:
		case isFence(line):
			return start + bytes.IndexByte(text, '\n') + 1, at
		}
		at += len(line)
	}
	return start, len(file)
}

// A place is where a field stands in a text: the key, its value and what ends with it.
type place struct {
	field             string
	key, value, after int
	section           int  // of the text, counted by its headers; 0 is what stands before the first
	inline            bool // in { }: it has no line of its own
}

// A header is the line [name].
type header struct {
	name       string
	start, end int // of the line
}

// places finds the fields and the headers of a TOML text, whose first section has none.
func places(text []byte) ([]place, []header, error) {
	var parser unstable.Parser
	parser.Reset(text)
	var found []place
	headers := []header{{}}
	name := func(keys unstable.Iterator) (dotted string, first, after int) {
		first = -1
		for keys.Next() {
			raw := keys.Node().Raw
			if first < 0 {
				first = int(raw.Offset)
			}
			dotted, after = dotted+"."+string(keys.Node().Data), int(raw.Offset+raw.Length)
		}
		return dotted[1:], first, after
	}
	var add func(pair *unstable.Node, prefix string, inline bool)
	add = func(pair *unstable.Node, prefix string, inline bool) {
		field, key, after := name(pair.Key())
		value := after + len(text[after:]) - len(bytes.TrimLeft(text[after:], " \t=")) // keys and values begin with none of these
		p := place{prefix + field, key, value, int(pair.Raw.Offset + pair.Raw.Length), len(headers) - 1, inline}
		found = append(found, p)
		if pair.Value().Kind == unstable.InlineTable {
			for below := pair.Value().Children(); below.Next(); {
				if below.Node().Kind == unstable.KeyValue {
					add(below.Node(), p.field+".", true)
				}
			}
		}
	}
	for parser.NextExpression() {
		switch e := parser.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			dotted, first, _ := name(e.Key())
			start, end := lineAround(text, first, first)
			headers = append(headers, header{dotted, start, end})
		case unstable.KeyValue:
			prefix := headers[len(headers)-1].name
			if prefix != "" {
				prefix += "."
			}
			add(e, prefix, false)
		}
	}
	return found, headers, parser.Error()
}

// lineAround returns where the lines begin and end on which a part of a text stands.
func lineAround(text []byte, from, to int) (start, end int) {
	start = bytes.LastIndexByte(text[:from], '\n') + 1
	end = len(text)
	if i := bytes.IndexByte(text[to:], '\n'); i >= 0 {
		end = to + i + 1
	}
	return start, end
}

var errInline = errors.New("{ } の中の項目は、足すことも消すこともできません（[表] に書き直してください）")

// rewriteField changes one field of a TOML text.
func rewriteField(text []byte, e Edit, newline string) ([]byte, error) {
	found, headers, err := places(text)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(found, func(p place) bool { return p.field == e.Field })
	switch {
	case at < 0 && e.Value == nil:
		return text, nil
	case at < 0:
		return addField(text, e, found, headers, newline)
	case e.Value != nil:
		return splice(text, found[at].value, found[at].after, inTOML(e.Value)), nil
	case found[at].inline:
		return nil, errInline
	}
	start, end := lineAround(text, found[at].key, found[at].after)
	return withoutEmpty(splice(text, start, end, ""), headers[found[at].section].name)
}

// addField adds a field at the end of its table.
func addField(text []byte, e Edit, found []place, headers []header, newline string) ([]byte, error) {
	table, key := "", e.Field
	if i := strings.LastIndexByte(e.Field, '.'); i >= 0 {
		table, key = e.Field[:i], e.Field[i+1:]
	}
	line := key + " = " + inTOML(e.Value) + newline
	section := slices.IndexFunc(headers, func(h header) bool { return h.name == table })
	if section < 0 {
		if slices.ContainsFunc(found, func(p place) bool { return p.field == table || strings.HasPrefix(p.field, table+".") }) {
			return nil, errInline
		}
		return splice(text, len(text), len(text), newline+"["+table+"]"+newline+line), nil
	}
	end := headers[section].end
	for _, p := range found {
		if p.section == section {
			_, end = lineAround(text, p.key, max(end, p.after))
		}
	}
	if end > 0 && text[end-1] != '\n' {
		line = newline + line
	}
	return splice(text, end, end, line), nil
}

// withoutEmpty takes the header of a table away when nothing stands below it, not even a comment.
func withoutEmpty(text []byte, table string) ([]byte, error) {
	_, headers, err := places(text)
	if err != nil || table == "" {
		return text, err
	}
	for i, h := range headers {
		next := len(text)
		if i+1 < len(headers) {
			next = headers[i+1].start
		}
		if h.name == table && len(bytes.TrimSpace(text[h.end:next])) == 0 {
			// The empty lines below it stay, those above it go with it.
			above := bytes.TrimRight(text[:h.start], "\r\n")
			if len(above) == 0 {
				return splice(text, h.start, next, ""), nil
			}
			_, end := lineAround(text, len(above), len(above))
			return splice(text, end, h.end, ""), nil
		}
	}
	return text, nil
}

func splice(text []byte, from, to int, with string) []byte {
	return slices.Concat(text[:from], []byte(with), text[to:])
}

// inTOML writes a value on one line.
func inTOML(value any) string {
	switch v := value.(type) {
	case string:
		return quoted(v)
	case int:
		return strconv.Itoa(v)
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		return v.Format(time.DateOnly)
	case []string:
		texts := make([]string, len(v))
		for i, text := range v {
			texts[i] = quoted(text)
		}
		return "[" + strings.Join(texts, ", ") + "]"
	}
	panic(fmt.Sprintf("source: no rule to write %T", value))
}

// quoted writes a text as a basic string of TOML.
func quoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, letter := range text {
		switch {
		case letter == '"' || letter == '\\':
			b.WriteByte('\\')
			b.WriteRune(letter)
		case unicode.IsControl(letter):
			fmt.Fprintf(&b, `\u%04x`, letter)
		default:
			b.WriteRune(letter)
		}
	}
	b.WriteByte('"')
	return b.String()
}
