package sheet_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"

	"tebiki/generator/sheet"
)

func inShiftJIS(t testing.TB, text string) []byte {
	t.Helper()
	data, err := japanese.ShiftJIS.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(data)
}

func TestReadCSV(t *testing.T) {
	want := [][]string{{"番号", "題名"}, {"2-1", "a, \"b\"\nc"}, nil, nil, {"'x", "①◎～"}, {""}}
	text := "番号,題名\r\n'2-1,\"a, \"\"b\"\"\r\nc\"\r\n\r\n\r\n'x,①◎～\r\n\"\""
	for name, data := range map[string][]byte{
		"with a BOM":   []byte("\ufeff" + text),
		"without":      []byte(text),
		"in Shift_JIS": inShiftJIS(t, text),
	} {
		got, err := sheet.Read("table.CSV", data)
		if err != nil || !slices.EqualFunc(got.Rows, want, slices.Equal[[]string]) {
			t.Errorf("%s: got %q and %v, want %q", name, got.Rows, err, want)
		}
	}
	var written bytes.Buffer
	if err := sheet.WriteCSV(&written, []string{"a", "b", "c"}, func(line func(...string)) { line("2-1", "x", "2026-11-29") }); err != nil {
		t.Fatal(err)
	}
	if got, err := sheet.Read("a.csv", written.Bytes()); err != nil || !slices.Equal(got.Rows[1], []string{"2-1", "x", "2026-11-29"}) {
		t.Errorf("got %q and %v, want what was written", got.Rows, err)
	}
}

func TestReadRefuses(t *testing.T) {
	for name, want := range map[string]string{
		"a.csv\xff\xff\xff":      "文字コード",
		"b.csva,b\n\"c,d":        "2行目の引用符",
		"c.xlsxPK":               "Excel",
		"d.ods":                  ".xlsx と .csv",
		"e.csv\x82":              "文字コード",
		"f.xlsx\xd0\xcf\x11\xe0": "パスワード",
	} {
		ending := strings.Index(name, ".") + 4
		if strings.HasPrefix(name[ending:], "x") {
			ending++
		}
		if got, err := sheet.Read(name[:ending], []byte(name[ending:])); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v and %v, want %q", name, got, err, want)
		}
	}
}

func TestShiftJISLacksLetters(t *testing.T) {
	table, err := sheet.Read("a.csv", inShiftJIS(t, "あ"))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		cell, written string
		want          bool
	}{
		{"あいう", "あいう", true}, {"caf? ?x", "café —x", true}, {"cafe -x", "café —x", true},
		{"あいう", "あいえ", false}, {"caf?", "café—", false}, {"caf??", "café", false}, {"caf?", "cafe", false},
	} {
		if got := table.Says(test.cell, test.written); got != test.want {
			t.Errorf("%q for %q: got %v", test.cell, test.written, got)
		}
	}
	if got := table.Loses("①café—あ"); got != "é—" {
		t.Errorf("got %q, want the letters that are not in Shift_JIS", got)
	}
	if table, _ = sheet.Read("a.csv", []byte("あ")); table.Says("caf?", "café") || table.Loses("é") != "" {
		t.Error("UTF-8 has all letters")
	}
}

func TestDay(t *testing.T) {
	table := new(sheet.Table)
	for _, cell := range []string{"2026-04-01", "2026/4/1", "2026/04/01", "2026.4.1", "2026年4月1日", "２０２６／４／１", "46113", "46113.0", "2026-04-01T00:00:00", "2026/4/1 0:00"} {
		if got, ok := table.Day(cell); !ok || got.Format(time.DateOnly) != "2026-04-01" {
			t.Errorf("%q: got %v %v", cell, got, ok)
		}
	}
	for _, cell := range []string{"", "4/1/2026", "2026-02-30", "2026-13-01", "2026", "46113.5", "1e9", "NaN", "4月1日", "2026/4"} {
		if got, ok := table.Day(cell); ok {
			t.Errorf("%q: got %v, want none", cell, got)
		}
	}
}

func TestWorkbook(t *testing.T) {
	columns := []sheet.Column{{Heading: "番号", Width: 8}, {Heading: "日", Width: 12, IsDate: true}, {Heading: "印", Width: 6, Choices: []string{"◎", "○"}}, {Heading: "文", Width: 40}}
	rows := [][]string{{"2-1", "2026-04-01", "◎", "=1+1"}, {"10-12", "", "", "a　b \n c"}}
	var file bytes.Buffer
	if err := sheet.WriteWorkbook(&file, "対策", columns, rows); err != nil {
		t.Fatal(err)
	}
	got, err := sheet.Read("a.xlsx", file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if day, ok := got.Day(got.Cell(1, 1)); !ok || day.Format(time.DateOnly) != "2026-04-01" || strings.Contains(got.Cell(1, 1), "-") {
		t.Errorf("got the day %q, want the number by which Excel knows it", got.Cell(1, 1))
	}
	for i, row := range rows {
		for j, cell := range row {
			if c := got.Cell(i+1, j); j != 1 && c != strings.ReplaceAll(cell, " \n ", " ") {
				t.Errorf("%s: got %q, want %q", sheet.Place(i+1, j), c, cell)
			}
		}
	}
	book, err := excelize.OpenReader(&file)
	if err != nil {
		t.Fatal(err)
	}
	if lists, err := book.GetDataValidations("対策"); err != nil || len(lists) != 1 || lists[0].Sqref != "C2:C3" {
		t.Errorf("got the choices %v and %v, want one list", lists, err)
	}
	if err := book.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: new(true)}); err != nil {
		t.Fatal(err)
	}
	old, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	if got, err = sheet.Read("a.xlsx", old.Bytes()); err != nil {
		t.Fatal(err)
	}
	if day, ok := got.Day("44651"); !ok || day.Format(time.DateOnly) != "2026-04-01" {
		t.Errorf("got %v, want the day as it is counted from 1904", day)
	}
}

// Whatever file is given, it is read or refused.
func FuzzRead(f *testing.F) {
	f.Add(true, []byte("a,b\r\n\"c\n\",'2-1"))
	f.Add(true, []byte("\x82\xa0,\x87\x40"))
	var file bytes.Buffer
	if err := sheet.WriteWorkbook(&file, "a", []sheet.Column{{Heading: "b", Width: 9}}, [][]string{{"c"}}); err != nil {
		f.Fatal(err)
	}
	f.Add(false, file.Bytes())
	f.Fuzz(func(t *testing.T, isCSV bool, data []byte) {
		name := "a.xlsx"
		if isCSV {
			name = "a.csv"
		}
		table, err := sheet.Read(name, data)
		if (table == nil) != (err != nil) {
			t.Fatalf("got %v and %v", table, err)
		}
		if err != nil {
			return
		}
		for i, row := range table.Rows {
			for j := range row {
				table.Day(table.Cell(i, j))
				table.Says(table.Cell(i, j), "é")
			}
		}
	})
}
