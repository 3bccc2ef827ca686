package source

import (
	"regexp"
	"strings"
)

// Meanings tell what the fields of the files mean, for those who write them.
type Meanings []meaning

// A meaning is a row of the document that explains the fields.
type meaning struct {
	form  string   // "measures/", "handbook.toml"
	table []string // the names on the way to the table; * for one that the writer chooses
	field string
	text  string
}

var (
	formHeading  = regexp.MustCompile("^## `([^`]+)`")
	tableHeading = regexp.MustCompile("^### `\\[([^`]+)\\]`")
	fieldRow     = regexp.MustCompile("^\\| `([^`]+)` \\| [^|]* \\| (.*) \\|$")
	chosenName   = regexp.MustCompile(`^[^a-z]`) // 名前, 種類
	example      = regexp.MustCompile("。?例: (`[^`]*`)?[^。]*")
)

// ReadMeanings reads a document with a heading for each file or folder, one below for each of its
// tables, and a row for each field: its name, whether it is needed, what it means.
func ReadMeanings(document string) Meanings {
	var m Meanings
	form, table := "", []string(nil)
	for line := range strings.Lines(document) {
		line = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(line, "## ") {
			form, table = "", nil
		}
		if found := formHeading.FindStringSubmatch(line); found != nil {
			form = found[1]
		} else if found := tableHeading.FindStringSubmatch(line); found != nil {
			table = strings.Split(found[1], ".")
			for i, name := range table {
				if chosenName.MatchString(name) {
					table[i] = "*"
				}
			}
		} else if found := fieldRow.FindStringSubmatch(line); found != nil && form != "" {
			m = append(m, meaning{form, table, found[1], found[2]})
		}
	}
	return m
}

// Full returns what a field of a form means, or "". The field has its dotted name, in which names that
// the writer chooses may be whatever they are.
func (m Meanings) Full(form, field string) string {
	return strings.ReplaceAll(m.row(form, field), "`", "")
}

// Plain is Full without examples, which are of one handbook.
func (m Meanings) Plain(form, field string) string {
	return strings.ReplaceAll(example.ReplaceAllString(m.row(form, field), ""), "`", "")
}

func (m Meanings) row(form, field string) string {
	names := strings.Split(field, ".")
	table, field := names[:len(names)-1], names[len(names)-1]
	for _, row := range m {
		if row.form == form && row.field == field && row.holds(table) {
			return row.text
		}
	}
	return ""
}

func (row meaning) holds(table []string) bool {
	if len(table) != len(row.table) {
		return false
	}
	for i, name := range row.table {
		if name != "*" && name != table[i] {
			return false
		}
	}
	return true
}

// short returns the first sentence of what a field of a file means, or "".
func (m Meanings) short(file, field string) string {
	form := file
	if folder, _, ok := strings.Cut(file, "/"); ok {
		form = folder + "/"
	}
	text, _, _ := strings.Cut(m.Plain(form, field), "。")
	return text
}
