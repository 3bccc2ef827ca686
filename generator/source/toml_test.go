package source

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// lineCases are texts in TOML and the lines of their keys, in the order of the lines.
var lineCases = []struct{ rule, text, want string }{
	{"keys and tables", "# a\na = 1\n\n[b]\nc = 2", "a:2 b:4 b.c:5"},
	{"a value over several lines stands where its key does", "a = [\n1,\n2]\nb = \"\"\"\n\n\"\"\"\nc = '''\n'''\nd = 1", "a:1 b:4 c:7 d:9"},
	{"a table that is only mentioned", "\n[a.b.c]\nd = 1", "a:2 a.b:2 a.b.c:2 a.b.c.d:3"},
	{"a table that is mentioned before it stands", "[a.b]\nc = 1\n[a]\nd = 1", "a.b:1 a.b.c:2 a:3 a.d:4"},
	{"dotted keys", "a.b = 1\na.c = 2\n", "a:1 a.b:1 a.c:2"},
	{"inline tables", "a = {b = 1, c = {d = 2}}\ne = 3", "a:1 a.b:1 a.c:1 a.c.d:1 e:2"},
	{"tables in lists", "a = [{b = 1},\n{b = 2, c = [3]}]\nd = 1", "a:1 d:3"},
	{"arrays of tables stand where the first does", "\n[[a]]\nb = 1\n[[a]]\nb = 2\n[c]\n", "a:2 c:6"},
	{"what looks like a key or a comment in a text", "a = \"# b = 1\\\" [\"\nc = '''\nd = \"\n'''\ne = 1 # f = 2", "a:1 c:2 e:5"},
	{"quotation marks at the end of a long text", "a = \"\"\"\nb\"\"\"\"\"\nc = 1", "a:1 c:3"},
	{"quoted keys", "\"a b\" = 1\n'c#d'.\"e=\" = 2\n[\"f]\"]\ng = 3", "a b:1 c#d:2 c#d.e=:2 f]:3 f].g:4"},
	{"an empty text", "", ""},
}

func TestLines(t *testing.T) {
	for _, c := range lineCases {
		t.Run(c.rule, func(t *testing.T) {
			parsed, err := parseTOML([]byte(c.text), 1)
			if err != nil {
				t.Fatal(err)
			}
			lines := appendLines(nil, parsed, "")
			slices.SortStableFunc(lines, func(a, b fieldLine) int { return cmp.Compare(a.line, b.line) })
			var got []string
			for _, l := range lines {
				got = append(got, fmt.Sprintf("%s:%d", l.field, l.line))
			}
			if got := strings.Join(got, " "); got != c.want {
				t.Errorf("%s\ngot  %s\nwant %s", c.text, got, c.want)
			}
		})
	}
}

// keysThatStandTwice are texts that TOML forbids though each line is right.
var keysThatStandTwice = []string{
	"a = 1\na = 2",
	"a = {b = 1, b = 2}",
	"[a]\n[a]",
	"a.b = 1\n[a]",
	"[a]\nb.c = 1\n[a.b]",
	"a = 1\na.b = 2",
	"a = {b = 1}\na.c = 2",
	"[a.b]\n[a]\nb.c = 1",
	"a = 1\n[a.b]",
	"a = {b = 1}\n[a.c]",
	"a = []\n[[a]]",
	"[a]\n[[a]]",
	"[[a]]\n[a]",
}

func TestKeysThatStandTwice(t *testing.T) {
	for _, text := range keysThatStandTwice {
		if _, err := parseTOML([]byte(text), 1); err == nil || !strings.Contains(err.Error(), "二度あります") && !strings.Contains(err.Error(), "と同じ名前の項目") {
			t.Errorf("%q: got %v", text, err)
		}
		if toml.Unmarshal([]byte(text), new(map[string]any)) == nil {
			t.Errorf("%q: the library reads it", text)
		}
	}
}
