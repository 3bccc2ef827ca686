package source

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// A sample has a field of every type that a record may have.
type sample struct {
	Record
	Text     string                    `toml:"text"`
	Integer  int                       `toml:"integer,optional"`
	Decimal  float64                   `toml:"decimal,optional"`
	Truth    bool                      `toml:"truth,optional"`
	Date     time.Time                 `toml:"date,optional"`
	Day      Day                       `toml:"day,optional"`
	Texts    []string                  `toml:"texts,optional"`
	Decimals []float64                 `toml:"decimals,optional"`
	ByName   map[string]string         `toml:"by_name,optional"`
	Counts   map[string]map[string]int `toml:"counts,optional"`
	Labels   Labels                    `toml:"labels,optional"`
	Part     part                      `toml:"part,optional"`
	Parts    []*part                   `toml:"parts,optional"`
	Resolved *sample                   // no tag: not for editors
}

type part struct {
	Record
	Text string `toml:"text"`
}

const everyField = `text = " 文 "
integer = 3
decimal = 4
truth = true
date = 2026-11-23
day = "2026-11"
texts = [
  " 一",
  "二",
]
decimals = [4.8, 16]

[by_name]
a = "ア"

[counts.a]
b = 1

[labels]
z = "後"
a = "先"

[part]
text = "部"

[parts.one]
text = "壱"

[parts.two]
text = "弐"
`

// Values of all types reach their fields; each field, also one below a table, knows its line.
func TestDecode(t *testing.T) {
	f := &file{}
	var s sample
	f.decode(NewReader(fstest.MapFS{}), "a.toml", []byte(everyField), 101, &s)
	if len(f.problems) > 0 {
		t.Fatalf("got problems %v, want none", f.problems)
	}
	got := fmt.Sprintln(
		s.Text, s.Integer, s.Decimal, s.Truth, s.Date.Format(time.DateTime), s.Day,
		fmt.Sprintf("%q", s.Texts), s.Decimals, s.ByName, s.Counts, s.Labels, s.Part.Text,
	)
	for _, p := range s.Parts {
		got += fmt.Sprintln(p.Slug, p.Text, p.Where(""))
	}
	for _, field := range []string{"text", "decimals", "by_name.a", "counts.a.b", "part.text", "integr", ""} {
		got += fmt.Sprintf("%q stands on line %d: %v\n", field, s.At(field), s.Has(field))
	}
	got += fmt.Sprintln("the part's own", s.Part.At("text"), s.Parts[1].At("text"), s.Parts[1].At("nothing"))
	want := ` 文  3 4 true 2026-11-23 00:00:00 2026-11 ["一" "二"] [4.8 16] map[a:ア] map[a:map[b:1]] [{z 後} {a 先}] 部
one 壱 a.toml:126
two 弐 a.toml:129
"text" stands on line 101: true
"decimals" stands on line 111: true
"by_name.a" stands on line 114: true
"counts.a.b" stands on line 117: true
"part.text" stands on line 124: true
"integr" stands on line 1: false
"" stands on line 1: false
the part's own 124 130 129
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What the records of the handbook have none of: its rules show the other messages.
func TestDecodeReports(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`day = "2026-13"`, `項目 "day" は日付（例: 2026-11-23、引用符なし。月までしか分からなければ "2026-11"）で書きます`},
		{`day = 2026-11-23T10:00:00Z`, `項目 "day" は日付（例: 2026-11-23、引用符なし。月までしか分からなければ "2026-11"）で書きます`},
		{`decimal = "1"`, `項目 "decimal" は引用符のない数で書きます`},
		{`by_name = {a = ""}`, `項目 "by_name.a" が空です（書くことがないなら、行ごと消してください）`},
		{`by_name = "a"`, `項目 "by_name" は表（[by_name]）で書きます`},
		{`part = "a"`, `項目 "part" は表（[part]）で書きます`},
		{`Resolved = {}`, `項目 "Resolved" はここでは使えません（つづりを確かめてください）`},
	} {
		f := &file{}
		f.decode(NewReader(fstest.MapFS{}), "a.toml", []byte("text = \"文\"\n"+c.text), 1, new(sample))
		if got, want := fmt.Sprint(f.problems), "[a.toml:2: "+c.want+"]"; got != want {
			t.Errorf("%s\ngot  %s\nwant %s", c.text, got, want)
		}
	}
}

// A type that no rule decodes is a mistake in the program.
func TestDecodeRefusesTypes(t *testing.T) {
	defer func() {
		if got := fmt.Sprint(recover()); !strings.Contains(got, "complex128") {
			t.Errorf("got %s, want that complex128 cannot be decoded", got)
		}
	}()
	new(file).decode(NewReader(fstest.MapFS{}), "a.toml", []byte("a = 1"), 1, &struct {
		A complex128 `toml:"a"`
	}{})
}

func TestIsSlug(t *testing.T) {
	for name, want := range map[string]bool{
		"lock": true, "404": true, "q4-1-awareness": true,
		"": false, "Lock": false, "a_b": false, "-a": false, "a-": false, "a--b": false, "a/b": false, "鍵": false, "a\n": false,
	} {
		if got := IsSlug(name); got != want {
			t.Errorf("%q: got %v, want %v", name, got, want)
		}
	}
}
