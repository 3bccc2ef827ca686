package review_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/tools/txtar"

	"tebiki/generator/handbook"
	"tebiki/generator/review"
	"tebiki/generator/sheet"
	"tebiki/generator/source"
)

// day is one on which nothing in the small handbook is overdue.
var day = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

// small returns the content of the small handbook of the rules.
func small(t testing.TB) fstest.MapFS {
	t.Helper()
	archive, err := txtar.ParseFile("../handbook/testdata/rules/valid.txtar")
	if err != nil {
		t.Fatal(err)
	}
	content := fstest.MapFS{}
	for _, file := range archive.Files {
		content[file.Name] = &fstest.MapFile{Data: file.Data}
	}
	return content
}

// replace replaces a text that stands in a file once.
func replace(t testing.TB, content fstest.MapFS, file, old, new string) {
	t.Helper()
	text := string(content[file].Data)
	if strings.Count(text, old) != 1 {
		t.Fatalf("%s: %q stands there %d times, want once", file, old, strings.Count(text, old))
	}
	content[file] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, new, 1))}
}

func load(t testing.TB, content fs.FS) (*handbook.Handbook, []source.Problem) {
	t.Helper()
	h, problems, err := handbook.Load(content, day, handbook.Said{Partial: true})
	if err != nil {
		t.Fatal(err)
	}
	return h, problems
}

// table returns the table of a handbook as rows of cells.
func table(t testing.TB, h *handbook.Handbook) [][]string {
	t.Helper()
	var file bytes.Buffer
	if err := review.WriteTable(&file, h, true); err != nil {
		t.Fatal(err)
	}
	read, err := sheet.Read("a.csv", file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return read.Rows
}

func take(t testing.TB, content fs.FS, read *sheet.Table) *review.Taken {
	t.Helper()
	h, problems := load(t, content)
	taken, err := review.Take(h, problems, content, day, read)
	if err != nil {
		t.Fatal(err)
	}
	return taken
}

// A table that comes back as it went changes nothing, whatever a spreadsheet saves it as.
func TestUnchangedTable(t *testing.T) {
	for name, content := range map[string]fs.FS{"small": small(t), "this edition": os.DirFS("../../content")} {
		h, _ := load(t, content)
		var text, workbook bytes.Buffer
		if err := review.WriteTable(&text, h, true); err != nil {
			t.Fatal(err)
		}
		if err := review.WriteTable(&workbook, h, false); err != nil {
			t.Fatal(err)
		}
		// What Shift_JIS lacks, Excel writes as a question mark.
		legacy := strings.TrimPrefix(text.String(), "\ufeff")
		var inShiftJIS bytes.Buffer
		for _, letter := range legacy {
			encoded, err := japanese.ShiftJIS.NewEncoder().String(string(letter))
			if err != nil {
				encoded = "?"
			}
			inShiftJIS.WriteString(encoded)
		}
		dates := strings.ReplaceAll(text.String(), ",2026-", ",2026/") // as Excel shows days in Japan
		for file, data := range map[string][]byte{"a.csv": text.Bytes(), "b.csv": inShiftJIS.Bytes(), "c.csv": []byte(dates), "d.xlsx": workbook.Bytes()} {
			read, err := sheet.Read(file, data)
			if err != nil {
				t.Fatalf("%s, %s: %v", name, file, err)
			}
			if len(read.Rows) != 1+len(h.Measures) {
				t.Errorf("%s, %s: got %d rows, want one for each measure", name, file, len(read.Rows))
			}
			got := take(t, content, read)
			if len(got.Changes)+len(got.Files)+len(got.Troubles)+len(got.Notes)+len(got.Later) > 0 {
				t.Errorf("%s, %s: got %+v, want nothing", name, file, got)
			}
		}
	}
}

// changedLines returns the lines of the files that a table changes, "-" before what goes.
func changedLines(content fstest.MapFS, files map[string][]byte) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		old, now := strings.Split(string(content[name].Data), "\n"), strings.Split(string(files[name]), "\n")
		start := 0
		for start < min(len(old), len(now)) && old[start] == now[start] {
			start++
		}
		oldEnd, nowEnd := len(old), len(now)
		for oldEnd > start && nowEnd > start && old[oldEnd-1] == now[nowEnd-1] {
			oldEnd, nowEnd = oldEnd-1, nowEnd-1
		}
		for _, line := range old[start:oldEnd] {
			fmt.Fprintf(&b, "-%s\n", line)
		}
		for _, line := range now[start:nowEnd] {
			fmt.Fprintf(&b, "+%s\n", line)
		}
	}
	return b.String()
}

// The columns of the small handbook are: name, number, title, check, two methods, threats, origin,
// revision, day; its rows are register (a preparation), helmet, light and lock.
func TestChangedCells(t *testing.T) {
	for name, test := range map[string]struct {
		cells map[[2]int]string // row and column → what is written there
		lines string
		later string
	}{
		"title":            {map[[2]int]string{{2, 2}: `"固い" 帽子\`}, "-title = \"ヘルメット\"\n+title = \"\\\"固い\\\" 帽子\\\\\"\n", ""},
		"check":            {map[[2]int]string{{4, 3}: "  錠を\n掛けた。 "}, "-check = \"掛けている。\"\n+check = \"錠を 掛けた。\"\n", ""},
		"number":           {map[[2]int]string{{4, 1}: "２－２"}, "-number = \"2-1\"\n+number = \"2-2\"\n", ""},
		"number of Excel":  {map[[2]int]string{{4, 1}: "2月3日"}, "-number = \"2-1\"\n+number = \"2-3\"\n", ""},
		"priority by mark": {map[[2]int]string{{2, 5}: "◎"}, "", ""},
		"priority by name": {map[[2]int]string{{2, 5}: "次に"}, "-errand = \"high\"\n+errand = \"low\"\n", "handbook.toml"},
		"priority by slug": {map[[2]int]string{{2, 5}: "low"}, "-errand = \"high\"\n+errand = \"low\"\n", "handbook.toml"},
		"another circle":   {map[[2]int]string{{2, 5}: "〇"}, "-errand = \"high\"\n+errand = \"low\"\n", "handbook.toml"},
		"no priority":      {map[[2]int]string{{2, 4}: ""}, "-commute = \"high\"\n", "handbook.toml"},
		"new priority":     {map[[2]int]string{{3, 5}: "○"}, "+errand = \"low\"\n", "handbook.toml"},
		"threats by name":  {map[[2]int]string{{2, 6}: "盗難、転倒"}, "-threats = [\"crash\"]\n+threats = [\"theft\", \"crash\"]\n", ""},
		"threats by slug":  {map[[2]int]string{{2, 6}: "theft; crash"}, "-threats = [\"crash\"]\n+threats = [\"theft\", \"crash\"]\n", ""},
		"same threats":     {map[[2]int]string{{2, 6}: "crash、"}, "", ""},
		"revision":         {map[[2]int]string{{2, 8}: "２"}, "-revision = 1\n+revision = 2\n", ""},
		"day":              {map[[2]int]string{{2, 9}: "2026/4/9"}, "-reviewed = 2026-04-01\n+reviewed = 2026-04-09\n", ""},
		"day as a number":  {map[[2]int]string{{2, 9}: "46121"}, "-reviewed = 2026-04-01\n+reviewed = 2026-04-09\n", ""},
		"an overdue day":   {map[[2]int]string{{2, 9}: "2025-4-9"}, "-reviewed = 2026-04-01\n+reviewed = 2025-04-09\n", "measures/helmet.md"},
	} {
		t.Run(name, func(t *testing.T) {
			content := small(t)
			h, _ := load(t, content)
			rows := table(t, h)
			for at, cell := range test.cells {
				rows[at[0]][at[1]] = cell
			}
			got := take(t, content, &sheet.Table{Rows: rows})
			lines := changedLines(content, got.Files)
			if lines != test.lines {
				t.Errorf("got\n%s\nwant\n%s", lines, test.lines)
			}
			if len(got.Troubles)+len(got.Notes) > 0 || (len(got.Later) > 0) != (test.later != "") || len(got.Later) > 0 && got.Later[0].File != test.later {
				t.Errorf("got troubles %q, notes %q, later %v", got.Troubles, got.Notes, got.Later)
			}
			for _, c := range got.Changes {
				if old := strings.Split(string(content[c.File].Data), "\n"); c.Old != "" && c.Field != "preparation" && !strings.Contains(old[c.Line-1], "=") {
					t.Errorf("%+v: got the line %q", c, old[c.Line-1])
				}
			}
			if len(got.Files) == 0 {
				return
			}
			// Once written, the table says nothing new.
			for file, data := range got.Files {
				content[file] = &fstest.MapFile{Data: data}
			}
			if again := take(t, content, &sheet.Table{Rows: rows}); len(again.Changes)+len(again.Troubles) > 0 {
				t.Errorf("got %+v after all was written, want nothing", again)
			}
		})
	}
}

// A preparation has no priorities: both change at once.
func TestPreparation(t *testing.T) {
	for file, test := range map[string]struct {
		row      int
		cells    []string
		old, new string // each two parts of the file
	}{
		"measures/lock.md":     {4, []string{"準備", "準備"}, "られますか。\"\n|\n[priority]\ncommute = \"low\"\n", "られますか。\"\npreparation = true\n|"},
		"measures/register.md": {1, []string{"◎", ""}, "preparation = true\n|who = [\"rider\"]\n", "|who = [\"rider\"]\n\n[priority]\ncommute = \"high\"\n"},
	} {
		content := small(t)
		h, _ := load(t, content)
		rows := table(t, h)
		copy(rows[test.row][4:], test.cells)
		taken := take(t, content, &sheet.Table{Rows: rows})
		old, new := strings.Split(test.old, "|"), strings.Split(test.new, "|")
		replace(t, content, file, old[0], new[0])
		replace(t, content, file, old[1], new[1])
		if got, want := string(taken.Files[file]), string(content[file].Data); got != want || len(taken.Files) != 1 {
			t.Errorf("%s: got\n%s\nwant\n%s", file, got, want)
		}
	}
}

func TestTroubles(t *testing.T) {
	for name, test := range map[string]struct {
		change func(rows [][]string) [][]string
		want   string
	}{
		"unknown name":     {cell(2, 0, "hlemet"), "3行目のA列（名前）: 対策「hlemet」がありません（名前は変えられません。helmet に戻してください）"},
		"unknown row":      {func(rows [][]string) [][]string { return append(rows, []string{"bell", "1-9", "ベル"}) }, "6行目のA列（名前）: 対策「bell」がありません"},
		"new row":          {func(rows [][]string) [][]string { return append(rows, []string{"", "1-9", "ベル"}) }, "6行目のA列（名前）: 名前が空です（新しい対策なら、先に「{program} new measure 名前」で作り、その名前を書いてください）"},
		"new name":         {func(rows [][]string) [][]string { return append(rows, []string{"doorbell", "1-9", "ベル"}) }, "。新しい対策なら、先に「{program} new measure doorbell」で作ってください"},
		"copied row":       {func(rows [][]string) [][]string { return append(rows, append([]string{"doorbell"}, rows[2][1:]...)) }, "。新しい対策なら、先に「{program} new measure doorbell」で作ってください"},
		"no name":          {cell(2, 0, ""), "3行目のA列（名前）: 名前が空です（名前は変えられません。helmet に戻してください）"},
		"twice":            {func(rows [][]string) [][]string { return append(rows, nil, rows[2]) }, "7行目のA列（名前）: 対策「helmet」は 3行目にもあります（どちらかの行を消してください）"},
		"empty title":      {cell(2, 2, " "), "3行目のC列（題名）: 空です（なくてはならない項目です）"},
		"empty number":     {cell(2, 1, ""), "3行目のB列（番号）: 空です"},
		"wrong number":     {cell(2, 1, "x"), "3行目のB列（番号）: 番号 \"x\" は「分類の番号-連番」の形にしてください（例: 1-1）"},
		"same number":      {cell(2, 1, "1-3"), "3行目のB列（番号）: measures/light.md の 対策の番号 \"1-3\" は"},
		"unknown priority": {cell(2, 4, "◉"), "3行目のE列（① 通勤）: 優先度「◉」がありません（書けるのは 準備、◎、○）。チェックリストから外すなら、空にしてください"},
		"half preparation": {cell(2, 4, "準備"), "3行目のE列（① 通勤）: 「準備」は、すべての方式に付けるか、どれにも付けません"},
		"on no checklist":  {cell(4, 4, ""), "5行目: どのチェックリストにもありません"},
		"unknown threat":   {cell(2, 6, "転倒、雷"), "3行目のG列（脅威）: 脅威「雷」がありません"},
		"no threat":        {cell(2, 6, "、"), "3行目のG列（脅威）: 脅威が一つもありません"},
		"unknown origin":   {cell(2, 7, "写し"), "3行目のH列（由来）: 由来「写し」がありません"},
		"wrong revision":   {cell(2, 8, "二"), "3行目のI列（改訂）: 整数ではありません"},
		"revision 0":       {cell(2, 8, "0"), "3行目のI列（改訂）: 改訂の番号は1以上にしてください"},
		"wrong day":        {cell(2, 9, "4/1/2026"), "3行目のJ列（確認した日）: 日付として読めません"},
		"hidden letter":    {cell(2, 2, "灯\u202e"), "3行目のC列（題名）: 目に見えない制御文字 U+202E"},
		"no names":         {cell(0, 0, "対策"), "1行目: 列「名前」がありません"},
		"column twice":     {cell(0, 3, "title"), "1行目のD列: 列「title」が二つあります"},
		"error of a sheet": {cell(2, 2, "#REF!"), "3行目のC列（題名）: 「#REF!」は、表計算の誤りの印か式です"},
		"formula":          {cell(2, 2, "=A1"), "3行目のC列（題名）: 「=A1」は、表計算の誤りの印か式です"},
		"semicolons":       {func([][]string) [][]string { return [][]string{{"名前;題名"}, {"lock;錠"}} }, "1行目: 列が「;」かタブで区切られています"},
		"nothing":          {func([][]string) [][]string { return [][]string{nil, {" "}} }, "表に何もありません"},
	} {
		t.Run(name, func(t *testing.T) {
			content := small(t)
			h, _ := load(t, content)
			rows := table(t, h)
			rows[3][2] = "別の題名" // which is right, and not taken either
			got := take(t, content, &sheet.Table{Rows: test.change(rows)})
			if len(got.Troubles) != 1 || !strings.Contains(got.Troubles[0], test.want) {
				t.Errorf("got %q, want %q", got.Troubles, test.want)
			}
			if len(got.Changes)+len(got.Files) > 0 {
				t.Errorf("got %+v, want no changes", got.Changes)
			}
		})
	}
}

func cell(row, column int, text string) func([][]string) [][]string {
	return func(rows [][]string) [][]string { rows[row][column] = text; return rows }
}

// Rows and columns may be moved, left out and added.
func TestTableInAnotherOrder(t *testing.T) {
	content := small(t)
	got := take(t, content, &sheet.Table{Rows: [][]string{nil, {"感想", "title", "①", "slug"}, {"よい", "錠", "○", "lock"}, nil, {"", "ヘルメット", "○", "helmet"}}})
	if want := "-commute = \"high\"\n+commute = \"low\"\n-title = \"鍵\"\n+title = \"錠\"\n"; changedLines(content, got.Files) != want {
		t.Errorf("got %s, want %s", changedLines(content, got.Files), want)
	}
	want := []string{"列「感想」は読みません（見出しを変えた列なら、元に戻してください）", "表にない列（「番号」、「確認すること」、「② 店へ」、「脅威」、「由来」、「改訂」、「確認した日」）は、比べていません", "表にない対策が 2 あります。そのままにします"}
	if !slices.Equal(got.Notes, want) || len(got.Troubles) > 0 {
		t.Errorf("got notes %q and troubles %q, want %q", got.Notes, got.Troubles, want)
	}
}

// A title may stand above the headings.
func TestTableBelowATitle(t *testing.T) {
	content := small(t)
	got := take(t, content, &sheet.Table{Rows: [][]string{{"", "対策の見直し"}, nil, {"名前", "title"}, {"lock", "錠"}}})
	if want := "-title = \"鍵\"\n+title = \"錠\"\n"; changedLines(content, got.Files) != want || len(got.Troubles) > 0 {
		t.Errorf("got %s and troubles %q, want %s", changedLines(content, got.Files), got.Troubles, want)
	}
	if want := "1行目は、見出しの行より上なので読みません"; len(got.Notes) == 0 || got.Notes[0] != want {
		t.Errorf("got notes %q, want %q first", got.Notes, want)
	}
	got = take(t, content, &sheet.Table{Rows: [][]string{{"対策の見直し"}, {"題名", "番号"}, {"鍵", "2-1"}}})
	if want := "1行目: 列「名前」がありません"; len(got.Troubles) != 1 || !strings.Contains(got.Troubles[0], want) {
		t.Errorf("got troubles %q, want %q", got.Troubles, want)
	}
}

// What Shift_JIS cannot hold is not lost unseen.
func TestShiftJISCannotChangeAllTexts(t *testing.T) {
	content := small(t)
	replace(t, content, "measures/helmet.md", `title = "ヘルメット"`, `title = "ヘルメット—"`)
	for title, want := range map[string]int{"ヘルメット?": 0, "帽子?": 1} {
		data, err := japanese.ShiftJIS.NewEncoder().String("名前,題名\r\nhelmet," + title + "\r\n")
		if err != nil {
			t.Fatal(err)
		}
		read, err := sheet.Read("a.csv", []byte(data))
		if err != nil {
			t.Fatal(err)
		}
		if got := take(t, content, read); len(got.Changes) > 0 || len(got.Troubles) != want {
			t.Errorf("%s: got %+v, want %d troubles", title, got, want)
		}
	}
}

// A handbook without origins has no column of them.
func TestTableWithoutOrigins(t *testing.T) {
	content := small(t)
	for name, file := range content {
		text := strings.ReplaceAll(string(file.Data), "origin = \"own\"\n", "")
		content[name] = &fstest.MapFile{Data: []byte(text)}
	}
	replace(t, content, "handbook.toml", "[origin.own]\nname = \"自作\"\nmeaning = \"私たちが書いた\"\n", "")
	h, problems := load(t, content)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	rows := table(t, h)
	if slices.Contains(rows[0], "由来") {
		t.Errorf("got the headings %q", rows[0])
	}
	if got := take(t, content, &sheet.Table{Rows: rows}); len(got.Changes)+len(got.Troubles)+len(got.Notes) > 0 {
		t.Errorf("got %+v, want nothing", got)
	}
}

// An expert's spreadsheet writes what it likes.
func TestEditedWorkbook(t *testing.T) {
	content := small(t)
	h, _ := load(t, content)
	var file bytes.Buffer
	if err := review.WriteTable(&file, h, false); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&file)
	if err != nil {
		t.Fatal(err)
	}
	name := book.GetSheetName(0)
	for at, value := range map[string]any{"J3": time.Date(2026, 5, 2, 0, 0, 0, 0, time.UTC), "I3": "２", "C3": []excelize.RichTextRun{{Text: "固い"}, {Text: "帽子", Font: &excelize.Font{Bold: true}}}} {
		if runs, ok := value.([]excelize.RichTextRun); ok {
			err = book.SetCellRichText(name, at, runs)
		} else {
			err = book.SetCellValue(name, at, value)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	saved, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	read, err := sheet.Read("a.xlsx", saved.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range take(t, content, read).Changes {
		got = append(got, fmt.Sprintf("%s:%d: %s: %s → %s", c.File, c.Line, c.Field, c.Old, c.New))
	}
	want := []string{"measures/helmet.md:3: title: ヘルメット → 固い帽子", "measures/helmet.md:8: revision: 1 → 2", "measures/helmet.md:9: reviewed: 2026-04-01 → 2026-05-02"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A table changes nothing, or what it says and in measures alone: then it says nothing new.
func FuzzTake(f *testing.F) {
	content := small(f)
	h, problems := load(f, content)
	var file bytes.Buffer
	if err := review.WriteTable(&file, h, true); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Add([]byte("slug,title,①,②,threats\nhelmet,\"a\\\"\"\",準備,準備,theft;crash\nlight,x,,○,\n"))
	f.Add([]byte("slug,number,revision,reviewed\nlock,2月2日,３,46000\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		read, err := sheet.Read("a.csv", data)
		if err != nil {
			return
		}
		taken, err := review.Take(h, problems, content, day, read)
		if err != nil {
			t.Fatal(err)
		}
		if (len(taken.Changes) == 0) != (len(taken.Files) == 0) || len(taken.Troubles) > 0 && len(taken.Files) > 0 {
			t.Fatalf("got %+v, want files that change or troubles", taken)
		}
		after := maps.Clone(content)
		for name, text := range taken.Files {
			if !strings.HasPrefix(name, "measures/") || bytes.Equal(text, content[name].Data) {
				t.Fatalf("%s: got no change", name)
			}
			after[name] = &fstest.MapFile{Data: text}
		}
		if len(taken.Files) == 0 {
			return
		}
		if again := take(t, after, read); len(again.Changes)+len(again.Troubles) > 0 {
			t.Errorf("got %+v after all was written, want nothing", again)
		}
	})
}
