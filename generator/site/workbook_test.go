package site_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tebiki/generator/handbook"
)

// openWorkbook reads the workbook of a method as another program does.
func openWorkbook(t *testing.T, files published, m *handbook.Method) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(files["download/"+m.Slug+".xlsx"]))
	if err != nil {
		t.Fatalf("%s: %v", m.Slug, err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func valueOf(t *testing.T, f *excelize.File, sheet, cell string) string {
	t.Helper()
	value, err := f.GetCellValue(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// The first sheet is the checklist, measure by measure, ready to be filled in, filtered and printed.
func TestWorkbooks(t *testing.T) {
	e := offline(t)
	for _, m := range e.handbook.Methods {
		f := openWorkbook(t, e.files, m)
		sheets := f.GetSheetList()
		if len(sheets) != 4 {
			t.Fatalf("%s: got the sheets %q, want four", m.Slug, sheets)
		}
		sheet := sheets[0]
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		var want [][]string
		add := func(mark string, measures []*handbook.Measure) {
			for _, measure := range measures {
				want = append(want, []string{
					measure.Number, mark, measure.Category.Name, measure.Title, measure.Check, "", "", "", "", "", "", "",
					measure.Slug + " " + strconv.Itoa(measure.Revision),
				})
			}
		}
		add("準備", m.Preparation)
		for _, group := range m.Groups {
			add(group.Priority.Mark, group.Measures)
		}
		const head = 4
		heads := []string{"No.", "優先度", "対策分類", "対策", "確認すること", "状態", "対象外にする理由", "担当", "期限", "確認した日", "証拠（リンクかファイル名）", "メモ", "tebiki 1 " + m.Slug}
		if got := rows[head-1]; !slices.Equal(got, heads) {
			t.Errorf("%s: got the heads %q, want %q", m.Slug, got, heads)
		}
		if got := rows[head:]; !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%s: got the measures\n%q\nwant\n%q", m.Slug, got, want)
		}
		last := head + len(want)

		if shown, err := f.GetColVisible(sheet, "M"); err != nil || shown {
			t.Errorf("%s: the column that names the measures is shown (%v)", m.Slug, err)
		}
		panes, err := f.GetPanes(sheet)
		if err != nil || !panes.Freeze || panes.YSplit != head || panes.XSplit != 0 {
			t.Errorf("%s: got the panes %+v, %v, want the rows down to the heads frozen", m.Slug, panes, err)
		}
		lists, err := f.GetDataValidations(sheet)
		if err != nil || len(lists) != 1 || lists[0].Type != "list" || lists[0].Sqref != fmt.Sprintf("F5:F%d", last) || lists[0].Formula1 != `"未対応,対応中,対応済み,対象外,わからない"` {
			t.Errorf("%s: got the drop-downs %+v, %v", m.Slug, lists, err)
		}
		names := map[string]string{}
		for _, name := range f.GetDefinedName() {
			names[name.Scope+" "+name.Name] = strings.ReplaceAll(name.RefersTo, "'"+name.Scope+"'!", "")
		}
		for name, want := range map[string]string{
			"_xlnm.Print_Titles": "$4:$4",
			"_xlnm.Print_Area":   fmt.Sprintf("$A$1:$L$%d", last),
			// With the hidden column, which must move with its row when it is sorted.
			"_xlnm._FilterDatabase": fmt.Sprintf("$A$4:$M$%d", last),
		} {
			if got := names[sheet+" "+name]; got != want {
				t.Errorf("%s: %s is %s, want %s", m.Slug, name, got, want)
			}
		}
		for _, name := range sheets {
			layout, err := f.GetPageLayout(name)
			if err != nil || *layout.Size != 9 || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 {
				t.Errorf("%s: %s: got the layout %+v, %v, want A4, landscape, one page wide", m.Slug, name, layout, err)
			}
			props, err := f.GetSheetProps(name)
			if err != nil || !*props.FitToPage {
				t.Errorf("%s: %s does not fit on the page (%v)", m.Slug, name, err)
			}
		}
	}
}

// The formulas count what is filled in, also when the rows of the checklist have changed places.
func TestWorkbookFormulas(t *testing.T) {
	e := offline(t)
	m := e.handbook.Methods[0]
	f := openWorkbook(t, e.files, m)
	sheets := f.GetSheetList()
	checklist, progress, threats := sheets[0], sheets[1], sheets[2]
	rows, err := f.GetRows(checklist)
	if err != nil {
		t.Fatal(err)
	}
	// The first two of the measures with each mark: done, and not applicable.
	seen, want := map[string]int{}, map[string][]string{}
	state := map[string]string{}
	for i, row := range rows[4:] {
		if seen[row[1]]++; seen[row[1]] <= 2 {
			label := []string{"", "対応済み", "対象外"}[seen[row[1]]]
			state[row[0]] = label
			if err := f.SetCellStr(checklist, fmt.Sprintf("F%d", 5+i), label); err != nil {
				t.Fatal(err)
			}
		}
	}
	for mark, n := range seen {
		want[mark] = []string{strconv.Itoa(n), "1", strconv.Itoa(n - 1), "1", strconv.Itoa(n - 2)}
	}
	calculated := func(sheet, cell string) string {
		value, err := f.CalcCellValue(sheet, cell, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatalf("%s %s: %v", sheet, cell, err)
		}
		return value
	}
	for row := 3; row < 3+len(seen); row++ {
		mark := valueOf(t, f, progress, fmt.Sprintf("A%d", row))
		var got []string
		for _, column := range []string{"C", "D", "E", "F", "G"} {
			got = append(got, calculated(progress, fmt.Sprintf("%s%d", column, row)))
		}
		if !slices.Equal(got, want[mark]) {
			t.Errorf("%s: got %q, want %q", mark, got, want[mark])
		}
	}
	listed, err := f.GetRows(threats)
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for i, row := range listed[1:] {
		if got, want := calculated(threats, fmt.Sprintf("E%d", i+2)), state[row[2]]; got != want {
			t.Errorf("%s %s: got the state %q, want %q", row[0], row[2], got, want)
		}
		count++
	}
	against := 0
	for _, threat := range e.handbook.Threats {
		for _, measure := range threat.Measures {
			if measure.On(m) != nil {
				against++
			}
		}
	}
	if count != against || count == 0 {
		t.Errorf("got %d rows of threats, want %d", count, against)
	}
}

// Excel shows a file from the web before it reckons: what formulas make stands beside them, as numbers.
func TestWorkbookShowsFigures(t *testing.T) {
	e := offline(t)
	for _, m := range e.handbook.Methods {
		f := openWorkbook(t, e.files, m)
		progress := f.GetSheetList()[1]
		total := 0
		for row := 3; ; row++ {
			value := valueOf(t, f, progress, fmt.Sprintf("C%d", row))
			if value == "" {
				break
			}
			n, err := strconv.Atoi(value)
			if err != nil {
				t.Fatal(err)
			}
			total += n
		}
		if want := strings.Count(string(e.files["checklists/"+m.Slug+".html"]), `data-measure="`); total != want {
			t.Errorf("%s: got %d measures in the figures, want %d", m.Slug, total, want)
		}
	}
}

func TestWorkbookSources(t *testing.T) {
	e := offline(t)
	f := openWorkbook(t, e.files, e.handbook.Methods[0])
	rows, err := f.GetRows(f.GetSheetList()[3])
	if err != nil {
		t.Fatal(err)
	}
	said := fmt.Sprint(rows)
	for _, want := range []string{
		e.handbook.Original.Title, e.handbook.Original.Edition, e.handbook.Original.URL, e.handbook.Original.Terms, e.handbook.Original.TermsURL,
		e.handbook.Maker, "総務省が作ったり認めたりしたものではありません", e.handbook.Licence, "内容を確認した日",
	} {
		if want == "" || !strings.Contains(said, want) {
			t.Errorf("the sources do not say %q:\n%s", want, said)
		}
	}
	links := 0
	for i, row := range rows {
		if len(row) < 2 || !strings.HasPrefix(row[1], "https://") {
			continue
		}
		links++
		if linked, target, err := f.GetCellHyperLink(f.GetSheetList()[3], fmt.Sprintf("B%d", i+1)); err != nil || !linked || target != row[1] {
			t.Errorf("got the link %q, %v, want %s", target, err, row[1])
		}
	}
	if links != 2 {
		t.Errorf("got %d links, want that of the publisher and that of the terms", links)
	}
}

// Two builds are equal (TestSameInputGivesTheSameBytes), so nothing tells when they were made.
func TestWorkbookDates(t *testing.T) {
	e := offline(t)
	for _, m := range e.handbook.Methods {
		properties, err := openWorkbook(t, e.files, m).GetDocProps()
		if err != nil || properties.Created != properties.Modified || !strings.HasSuffix(properties.Created, "T00:00:00Z") || properties.Title == "" {
			t.Errorf("%s: got the properties %+v, %v", m.Slug, properties, err)
		}
		data := e.files["download/"+m.Slug+".xlsx"]
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range z.File {
			if part.Modified.Year() > 1980 {
				t.Errorf("%s: %s is of %v", m.Slug, part.Name, part.Modified)
			}
		}
	}
}

// The script gives the page the same file, and says where in it what stands.
func TestWorkbookData(t *testing.T) {
	bothEditions(t, func(t *testing.T, e *edition) {
		for _, m := range e.handbook.Methods {
			script := string(e.files["data/excel-"+m.Slug+".js"])
			call, begins := strings.CutPrefix(script, "tebikiData(")
			call, ends := strings.CutSuffix(call, ")\n")
			if !begins || !ends {
				t.Fatalf("%s: got %.40q…, want a call", m.Slug, script)
			}
			var plan struct {
				File, Sheet, Head string
				Columns           map[string]struct{ Letter string }
				Measures          []struct {
					Row  int
					Slug string
				}
				States []struct {
					Sheet, Cell string
					Of          int
				}
			}
			if err := json.Unmarshal([]byte(call), &plan); err != nil {
				t.Fatalf("%s: %v", m.Slug, err)
			}
			file, err := base64.StdEncoding.DecodeString(plan.File)
			if err != nil || !bytes.Equal(file, e.files["download/"+m.Slug+".xlsx"]) {
				t.Errorf("%s: the script has another file than the download (%v)", m.Slug, err)
			}
			inside := parts(t, file)
			sheet := string(inside[plan.Sheet])
			for _, measure := range plan.Measures {
				for field, column := range plan.Columns {
					if at := fmt.Sprintf(`<c r="%s%d"`, column.Letter, measure.Row); strings.Count(sheet, at) != 1 {
						t.Errorf("%s: %s of %s: the sheet has no one cell %s", m.Slug, field, measure.Slug, at)
					}
				}
			}
			for _, state := range plan.States {
				if strings.Count(string(inside[state.Sheet]), `<c r="`+state.Cell+`"`) != 1 {
					t.Errorf("%s: %s has no one cell %s", m.Slug, state.Sheet, state.Cell)
				}
			}
		}
	})
}

// A column's width is told in order: Excel takes a file for damaged otherwise.
func TestWorkbookColumnsInOrder(t *testing.T) {
	e := offline(t)
	sheets := 0
	for name, xml := range parts(t, e.files["download/"+e.handbook.Methods[0].Slug+".xlsx"]) {
		if !strings.HasPrefix(name, "xl/worksheets/sheet") {
			continue
		}
		sheets++
		before := 0
		for _, column := range strings.Split(string(xml), `<col min="`)[1:] {
			number, _, _ := strings.Cut(column, `"`)
			n, err := strconv.Atoi(number)
			if err != nil || n != before+1 {
				t.Errorf("%s: got column %s after %d", name, number, before)
			}
			before = n
		}
		if bytes.Contains(xml, []byte("filterMode")) || bytes.Contains(xml, []byte("customHeight")) {
			t.Errorf("%s: rows are filtered out, or keep their heights", name)
		}
	}
	if sheets != 4 {
		t.Errorf("got %d sheets, want 4", sheets)
	}
}

// parts are the parts of a workbook.
func parts(t *testing.T, workbook []byte) published {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	inside := published{}
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		if inside[part.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return inside
}

// The tests of the page fill a workbook in that the generator has made.
func TestWorkbookOfScriptTests(t *testing.T) {
	got := kitchen(t).files["data/excel-cook-and-serve.js"]
	const name = "../../static/excel/testdata/template.js"
	if *update {
		if err := os.WriteFile(name, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(name); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s differs from what the generator makes (%v): go test ./generator/site -update writes it anew", name, err)
	}
}
