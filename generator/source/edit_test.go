package source

import (
	"strings"
	"testing"
	"time"
)

const editable = "+++\n# a note\nnumber = \"1-1\" # stays\nthreats = [\n  \"a\", # first\n  \"b\",\n]\ntext = \"\"\"\nlong\n\"\"\"\nrevision = 1\nreviewed = 2026-01-02\n\n[effort]\ntime = 'short'\n\n[priority]\n# by method\ncommute = \"high\"  # why\n\n[owner_note]\nown = \"text\"\n+++\n\nrevision = 1\n"

func TestRewrite(t *testing.T) {
	for name, test := range map[string]struct {
		edits []Edit
		want  []string // old, new, old, new …
	}{
		"nothing":                {nil, nil},
		"a text":                 {[]Edit{{"number", `2-"\` + "\u202e\t"}}, []string{`"1-1"`, `"2-\"\\` + "\u202e" + `\u0009"`}},
		"a literal text":         {[]Edit{{"effort.time", "long"}}, []string{`'short'`, `"long"`}},
		"a list":                 {[]Edit{{"threats", []string{"b", "c"}}}, []string{"[\n  \"a\", # first\n  \"b\",\n]", `["b", "c"]`}},
		"a long text":            {[]Edit{{"text", "short"}}, []string{"\"\"\"\nlong\n\"\"\"", `"short"`}},
		"a number":               {[]Edit{{"revision", 12}}, []string{"revision = 1\nreviewed", "revision = 12\nreviewed"}},
		"a day":                  {[]Edit{{"reviewed", time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)}}, []string{"2026-01-02", "2026-04-01"}},
		"a field in a table":     {[]Edit{{"priority.commute", "low"}}, []string{`"high"`, `"low"`}},
		"a new field":            {[]Edit{{"preparation", true}}, []string{"01-02\n", "01-02\npreparation = true\n"}},
		"a new field in a table": {[]Edit{{"priority.errand", "low"}, {"priority.home", "low"}}, []string{"# why\n", "# why\nerrand = \"low\"\nhome = \"low\"\n"}},
		"a new table":            {[]Edit{{"earlier.1", "text"}}, []string{"own = \"text\"\n", "own = \"text\"\n\n[earlier]\n1 = \"text\"\n"}},
		"a field less":           {[]Edit{{"threats", nil}}, []string{"threats = [\n  \"a\", # first\n  \"b\",\n]\n", ""}},
		"a table with a note":    {[]Edit{{"priority.commute", nil}}, []string{"commute = \"high\"  # why\n", ""}},
		"a table less":           {[]Edit{{"owner_note.own", nil}}, []string{"\n[owner_note]\nown = \"text\"\n", ""}},
		"one for another":        {[]Edit{{"owner_note.own", nil}, {"owner_note.rent", "x"}}, []string{`own = "text"`, `rent = "x"`}},
		"nothing to take":        {[]Edit{{"earlier.1", nil}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			for ending, form := range map[string]func(string) string{
				"LF":   func(s string) string { return s },
				"CRLF": func(s string) string { return "\ufeff" + strings.ReplaceAll(s, "\n", "\r\n") },
			} {
				want := editable
				for i := 0; i < len(test.want); i += 2 {
					if strings.Count(want, test.want[i]) != 1 {
						t.Fatalf("%q is not there once", test.want[i])
					}
					want = strings.Replace(want, test.want[i], test.want[i+1], 1)
				}
				got, err := Rewrite([]byte(form(editable)), test.edits)
				if err != nil || string(got) != form(want) {
					t.Errorf("%s: got %v\n%s\nwant\n%s", ending, err, got, form(want))
				}
			}
		})
	}
}

func TestRewriteOtherForms(t *testing.T) {
	for _, test := range []struct {
		text string
		edit Edit
		want string // "" for an error
	}{
		{`priority = { commute = "high", "errand"="low" }`, Edit{"priority.errand", "x"}, `priority = { commute = "high", "errand"="x" }`},
		{`priority = { commute = "high" }`, Edit{"priority.errand", "x"}, ""},
		{`priority = { commute = "high" }`, Edit{"priority.commute", nil}, ""},
		{"priority . commute =\t\"high\"\n", Edit{"priority.commute", "x"}, "priority . commute =\t\"x\"\n"},
		{"priority.commute = \"high\"\n", Edit{"priority.errand", "x"}, ""},
		{"a = ", Edit{"a", "x"}, ""},
		{"a = 1", Edit{"b", 2}, "a = 1\nb = 2\n"},
		{"[a]\nb = 1\n", Edit{"c", 2}, "c = 2\n[a]\nb = 1\n"},
		{"[a]\nb = 1\n[d]\n", Edit{"a.b", nil}, "[d]\n"},
	} {
		got, err := Rewrite([]byte(test.text), []Edit{test.edit})
		if string(got) != test.want || (err == nil) != (test.want != "") {
			t.Errorf("%s, %v: got %q and %v, want %q", test.text, test.edit, got, err, test.want)
		}
	}
}
