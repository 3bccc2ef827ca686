package edition_test

import (
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/source"
)

// documented is every field that an editor can write, as "section: field",
// with what the second column of its row in content/README.md must say: whether it is required.
func documented(t *testing.T) map[string]string {
	fields := map[string]string{}
	for _, form := range handbook.Forms() {
		addFields(fields, form.Name, "", form.Type)
	}
	icons, err := os.ReadDir("../../static/icons")
	if err != nil {
		t.Fatal(err)
	}
	for _, icon := range icons {
		fields["絵: "+strings.TrimSuffix(icon.Name(), ".svg")] = ""
	}
	for _, style := range handbook.LineStyles {
		fields["線: "+style] = ""
	}
	return fields
}

// addFields adds the fields of a table and of the tables below it. The table has a heading of its
// own, such as "flow.toml [question.名前]", unless it is the record itself.
func addFields(fields map[string]string, file, table string, record reflect.Type) {
	section := file
	if table != "" {
		section += " [" + table + "]"
		table += "."
	}
	for i := range record.NumField() {
		field := record.Field(i)
		tag, ok := field.Tag.Lookup("toml")
		if !ok {
			continue
		}
		name, option, _ := strings.Cut(tag, ",")
		below := field.Type
		if below.Kind() == reflect.Map && below.Elem().Kind() == reflect.Slice { // named tables of several kinds
			name, below = name+".種類", below.Elem()
		}
		switch named := below.Kind() == reflect.Slice && below.Elem().Kind() == reflect.Pointer; {
		case named:
			addFields(fields, file, table+name+".名前", below.Elem().Elem())
		case below.Kind() == reflect.Struct && below != reflect.TypeFor[time.Time]() && below != reflect.TypeFor[source.Day]():
			addFields(fields, file, table+name, below)
		}
		name, _, _ = strings.Cut(name, ".")
		fields[section+": "+name] = "必須"
		if option == "optional" {
			fields[section+": "+name] = "任意"
		}
	}
}

var (
	readmeHeading = regexp.MustCompile("^(###?) `?([^`]+)`?$")
	readmeRow     = regexp.MustCompile("^\\| `([^`]+)` \\| ([^|]*) \\|")
)

// TestReadme reads content/README.md: "## `file`" begins the section of a record, "### `[table]`"
// that of a table in it, and each row of a table that begins with `name` documents one field.
func TestReadme(t *testing.T) {
	const file = "content/README.md"
	want := documented(t)
	got := map[string]int{}
	record, section := "", ""
	for i, line := range strings.Split(read(t, "README.md"), "\n") {
		if h := readmeHeading.FindStringSubmatch(line); h != nil && h[1] == "##" {
			record, section = h[2], h[2]
		} else if h != nil {
			section = strings.TrimPrefix(record+" "+h[2], "絵と線 ")
		}
		row := readmeRow.FindStringSubmatch(line)
		if row == nil || record == "ui.toml" { // whose words the layouts decide
			continue
		}
		name := section + ": " + row[1]
		second, ok := want[name]
		switch {
		case !ok:
			t.Errorf("%s:%d: documents a field that does not exist: %s", file, i+1, name)
		case got[name] != 0:
			t.Errorf("%s:%d: documents %s again, as line %d did", file, i+1, name, got[name])
		case second != "" && second != row[2]:
			t.Errorf("%s:%d: %s\ngot  %s\nwant %s", file, i+1, name, row[2], second)
		}
		got[name] = i + 1
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got[name] == 0 && !strings.HasPrefix(name, "絵: ") { // many icons are the layouts' own
			t.Errorf("%s: no row for %s", file, name)
		}
	}
}
