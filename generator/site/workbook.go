package site

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/xuri/excelize/v2"

	"tebiki/generator/handbook"
	"tebiki/generator/output"
)

// Each checklist is also a workbook for spreadsheets, to be filled in there or by the page, which
// puts the reader's answers into the same file and reads them back (static/excel/).

// A workbook is being written, sheet by sheet: cells are kept in rows, which are streamed when the
// sheet is whole, for that takes a third of the time of a sheet that is held as a model. It keeps its
// errors, so that cells are written one after the other without asking.
type workbook struct {
	*excelize.File
	b      *builder
	sheet  string // being written
	widths []float64
	hidden int    // number of a column that is not shown, 0 for none
	filter string // the cells that can be filtered, "" for none
	rows   [][]any
	styles map[string]int
	wraps  map[int]bool // by style
	err    error
}

// workbookPlan is what a page needs to fill a workbook in: the file, and where what stands in it. Its
// form is that of Template in static/excel/fill.ts.
type workbookPlan struct {
	File     string                   `json:"file"` // in Base64
	Name     string                   `json:"name"` // pattern of the filled file\'s name
	Method   string                   `json:"method"`
	Statuses map[string]string        `json:"statuses"`
	Cut      string                   `json:"cut"`     // ends a text that is too long for a cell
	Changed  string                   `json:"changed"` // ends the title of a measure that has changed since it was answered
	Key      string                   `json:"key"`     // begins what the file says of itself
	Sheet    string                   `json:"sheet"`   // part of the checklist
	Company  string                   `json:"company"` // cell of the name
	Date     string                   `json:"date"`    // cell of the day
	Head     string                   `json:"head"`    // cell of what the file says of itself
	Columns  map[string]plannedColumn `json:"columns"` // by field of an answer; "key" is the hidden one, "title" that of the measures
	Measures []plannedMeasure         `json:"measures"`
	Figures  []plannedFigure          `json:"figures"`
	States   []plannedState           `json:"states"`
}

// A plannedColumn is the column of a field.
type plannedColumn struct {
	Letter string  `json:"letter"`
	Width  float64 `json:"width"`
}

// A plannedMeasure is a row of the checklist.
type plannedMeasure struct {
	Row      int      `json:"row"`
	Lines    int      `json:"lines"` // that it has while nothing is filled in
	Title    string   `json:"title"`
	Slug     string   `json:"slug"`
	Revision int      `json:"revision"`
	Replaces []string `json:"replaces,omitempty"`
}

// A plannedFigure is a row of figures, which formulas make of the states of some measures. What they
// make is written beside them, too: Excel shows files from the web before it reckons.
type plannedFigure struct {
	Sheet string `json:"sheet"`
	Row   int    `json:"row"`
	Of    []int  `json:"of"` // places in the list of the measures
}

// A plannedState is a cell in which a formula shows the state of a measure, and the one with its title.
type plannedState struct {
	Sheet string `json:"sheet"`
	Cell  string `json:"cell"`
	Title string `json:"title"`
	Of    int    `json:"of"`
}

// A workbookColumn is a column of the checklist.
type workbookColumn struct {
	field string // of an answer, as saved answers name it; else ""
	width float64
	style string
	head  string
}

const (
	workbookHead  = 4                // row of the column heads
	workbookFirst = workbookHead + 1 // and of the first measure
	formatVersion = "1"
	paperA4       = 9
	textHeight    = 18.75 // in points, of the font of the words
)

// Parts of the file, by the places of their sheets.
func sheetPart(place int) string { return fmt.Sprintf("xl/worksheets/sheet%d.xml", place) }

func (b *builder) workbookRows() []Row {
	if !b.Shows() {
		return nil
	}
	var rows []Row
	for _, m := range b.Handbook.Methods {
		made := sync.OnceValues(func() (*workbookPlan, error) { return b.workbook(m) })
		rows = append(rows,
			Row{Address: workbookAddress(m), In: Everywhere, Make: func(w Writer) error {
				plan, err := made()
				if err != nil {
					return err
				}
				data, err := base64.StdEncoding.DecodeString(plan.File)
				w.Write(data)
				return err
			}},
			Row{Address: workbookDataAddress(m), In: Everywhere, Make: func(w Writer) error {
				plan, err := made()
				if err != nil {
					return err
				}
				data, err := json.Marshal(plan)
				w.WriteString("tebikiData(")
				w.Write(data)
				w.WriteString(")\n")
				return err
			}},
		)
	}
	return rows
}

// workbookAddress is the address of the workbook of a method, workbookDataAddress that of the script
// that carries it to the page: on file:// nothing else can.
func workbookAddress(m *handbook.Method) string     { return "download/" + m.Slug + ".xlsx" }
func workbookDataAddress(m *handbook.Method) string { return dataFolder + "/excel-" + m.Slug + ".js" }

// ToWorkbook returns the link to the workbook of a method.
func (p *Page) ToWorkbook(m *handbook.Method) string { return p.Root + workbookAddress(m) }

// TableScript returns the name of the script that saves answers as a table, ReadScript of the one that
// reads tables.
func (p *Page) TableScript() (string, error) {
	names, err := p.assets.scripts()
	return names.saveTable, err
}

func (p *Page) ReadScript() (string, error) {
	names, err := p.assets.scripts()
	return names.readTable, err
}

// checklistEntry is a measure on a checklist with the mark of its group.
type checklistEntry struct {
	*handbook.Measure
	mark string
}

// entries lists the measures of a method's checklist in order, and its groups.
func (b *builder) entries(m *handbook.Method) (entries []checklistEntry, marks, names []string) {
	add := func(mark, name string, measures []*handbook.Measure) {
		if len(measures) == 0 {
			return
		}
		marks, names = append(marks, mark), append(names, name)
		for _, measure := range measures {
			entries = append(entries, checklistEntry{measure, mark})
		}
	}
	preparation := b.words.Text("common.preparation")
	add(preparation, b.words.Text("common.preparation_meaning"), m.Preparation)
	for _, group := range m.Groups {
		add(group.Priority.Mark, group.Priority.Name, group.Measures)
	}
	return entries, marks, names
}

// workbook makes the workbook of a method.
func (b *builder) workbook(m *handbook.Method) (*workbookPlan, error) {
	w := &workbook{File: excelize.NewFile(), b: b, styles: map[string]int{}, wraps: map[int]bool{}}
	defer w.Close()
	entries, marks, names := b.entries(m)
	plan := &workbookPlan{
		// The order in which a file's name tells what is in it is that of the words.
		Name:     b.Handbook.ID + "-" + b.words.Text("excel.name", "company", "{company}", "method", "{method}", "date", "{date}"),
		Method:   m.Mark + " " + m.Name,
		Statuses: map[string]string{},
		Cut:      b.words.Text("excel.cut"),
		Changed:  b.words.Text("document.changed"),
		Key:      strings.Join([]string{b.Handbook.ID, formatVersion, m.Slug}, " "),
		Columns:  map[string]plannedColumn{},
	}
	for _, s := range b.statuses() {
		plan.Statuses[s.ID] = s.Text
	}
	w.note(w.SetDefaultFont(b.words.Text("excel.font")))
	sheets := []string{b.words.Text("excel.checklist"), b.words.Text("excel.progress"), b.words.Text("excel.threats"), b.words.Text("excel.sources")}
	for i, name := range sheets {
		if i == 0 {
			w.note(w.SetSheetName("Sheet1", name))
			continue
		}
		_, err := w.NewSheet(name)
		w.note(err)
	}
	w.checklist(plan, sheets[0], b.checklistTitle(m), entries)
	threats := w.threats(plan, sheets, entries)
	w.progress(plan, sheets, entries, marks, names, threats)
	w.sources(sheets[3], m, entries)

	// What is fixed here is all that would differ between two builds.
	day := b.workbookDay(entries).Format(time.RFC3339)
	w.note(w.SetDocProps(&excelize.DocProperties{
		Title: b.checklistTitle(m), Creator: b.Handbook.Maker, LastModifiedBy: b.Handbook.Maker, Language: b.Handbook.Language,
		Created: day, Modified: day,
	}))
	w.note(w.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: new(true)}))
	if w.err != nil {
		return nil, fmt.Errorf("%s: %w", workbookAddress(m), w.err)
	}
	w.SetZipWriter(func(file io.Writer) excelize.ZipWriter { return &sortedZip{to: file} })
	file, err := w.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", workbookAddress(m), err)
	}
	plan.File = base64.StdEncoding.EncodeToString(file.Bytes())
	return plan, nil
}

// workbookDay is the day on which what the workbook says was last known to be right.
func (b *builder) workbookDay(entries []checklistEntry) time.Time {
	day := b.Handbook.Reviewed
	for _, e := range entries {
		if e.Reviewed.Before(day) {
			day = e.Reviewed
		}
	}
	return day
}

// checklist writes the sheet of the measures.
func (w *workbook) checklist(plan *workbookPlan, sheet, title string, entries []checklistEntry) {
	w.sheet = sheet
	columns := []workbookColumn{
		{"", 7, "text", w.b.words.Text("checklist.number")},
		{"", 7, "centre", w.b.words.Text("common.priority")},
		{"", 14, "text", w.b.words.Text("common.category")},
		{"title", 26, "text", w.b.words.Text("common.measure")},
		{"", 42, "text", w.b.words.Text("excel.check")},
		{"status", 11, "state", w.b.words.Text("share.status")},
		{"reason", 20, "field", w.b.words.Text("answer.reason")},
		{"owner", 12, "field", w.b.words.Text("answer.owner")},
		{"due", 12, "date", w.b.words.Text("answer.due")},
		{"checked", 12, "date", w.b.words.Text("answer.checked")},
		{"evidence", 20, "field", w.b.words.Text("answer.evidence")},
		{"note", 34, "field", w.b.words.Text("answer.note")},
		{"key", 9, "key", ""},
	}
	last := workbookHead + len(entries)
	key := letter(len(columns))
	visible := letter(len(columns) - 1)
	w.begin(sheet)
	for i, c := range columns {
		at := letter(i + 1)
		w.widths = append(w.widths, c.width)
		if c.field != "" {
			plan.Columns[c.field] = plannedColumn{at, c.width}
		}
	}
	w.hidden = len(columns)
	w.row(w.cell(title, "title"))
	w.row(w.cell(w.b.words.Text("checklist.company"), "label"), nil, w.cell("", "name"))
	w.row(w.cell(w.b.words.Text("excel.made"), "label"), nil, w.cell("", "day"))
	plan.Sheet, plan.Company, plan.Date, plan.Head = sheetPart(1), "C2", "C3", cell(key, workbookHead)
	var heads []any
	for _, c := range columns {
		heads = append(heads, w.cell(c.head, "head"))
	}
	heads[len(heads)-1] = w.cell(plan.Key, "key")
	w.row(heads...)
	for _, e := range entries {
		values := make([]string, len(columns))
		copy(values, []string{e.Number, e.mark, e.Category.Name, e.Title, e.Check})
		values[len(values)-1] = e.Slug + " " + strconv.Itoa(e.Revision)
		var cells []any
		for i, c := range columns {
			cells = append(cells, w.cell(values[i], c.style))
		}
		plan.Measures = append(plan.Measures, plannedMeasure{len(w.rows) + 1, int(w.height(cells) / textHeight), e.Title, e.Slug, e.Revision, e.Replaces})
		w.row(cells...)
	}

	state := excelize.NewDataValidation(true)
	state.Sqref = cell(plan.Columns["status"].Letter, workbookFirst) + ":" + cell(plan.Columns["status"].Letter, last)
	var labels []string
	for _, s := range w.b.statuses() {
		labels = append(labels, s.Text)
	}
	w.note(state.SetDropList(labels))
	state.SetError(excelize.DataValidationErrorStyleStop, w.b.words.Text("excel.state_title"), w.b.words.Text("excel.state_text"))
	w.note(w.AddDataValidation(sheet, state))

	// Sorted by the filter, rows move as far as it reaches: the hidden column must move with them.
	w.filter = cell("A", workbookHead) + ":" + cell(key, last)
	first := func(field string) string { return "$" + cell(plan.Columns[field].Letter, workbookFirst) }
	finished := fmt.Sprintf(`OR(%s=%s,%[1]s=%[3]s)`, first("status"), quoted(plan.Statuses["done"]), quoted(plan.Statuses["na"]))
	w.colour(cell(plan.Columns["due"].Letter, workbookFirst)+":"+cell(plan.Columns["due"].Letter, last),
		fmt.Sprintf(`AND(%s<>"",%[1]s<TODAY(),NOT(%s))`, first("due"), finished), excelize.Font{Bold: true, Color: "B00020"})
	w.colour(cell("A", workbookFirst)+":"+cell(visible, last), finished, excelize.Font{Color: "5F6368"})
	w.end(workbookHead, cell("A", 1)+":"+cell(visible, last))
}

// threats writes the sheet of the threats with their measures, and returns, for each threat of this
// checklist, the places of these.
func (w *workbook) threats(plan *workbookPlan, sheets []string, entries []checklistEntry) []threatMeasures {
	w.begin(sheets[2])
	w.widths = []float64{22, 9, 9, 60, 14}
	w.heads(w.b.words.Text("common.threats"), w.b.words.Text("common.priority"), w.b.words.Text("checklist.number"), w.b.words.Text("common.measure"), w.b.words.Text("share.status"))
	last := workbookHead + len(entries)
	states := columnOf(sheets[0], plan.Columns["status"].Letter, workbookFirst, last)
	numbers := columnOf(sheets[0], "A", workbookFirst, last)
	var threats []threatMeasures
	for _, t := range w.b.Handbook.Threats {
		of := threatMeasures{Threat: t}
		for i, e := range entries {
			if !e.Against(t) {
				continue
			}
			row := len(w.rows) + 1
			// Found by the number, for the checklist may be sorted.
			state := w.formula(fmt.Sprintf(`IFERROR(INDEX(%s,MATCH($C%d,%s,0))&"","")`, states, row, numbers), "state", "")
			w.row(w.cell(t.Name, "text"), w.cell(e.mark, "centre"), w.cell(e.Number, "text"), w.cell(e.Title, "text"), state)
			plan.States = append(plan.States, plannedState{sheetPart(3), cell("E", row), cell("D", row), i})
			of.places = append(of.places, i)
		}
		if len(of.places) > 0 {
			threats = append(threats, of)
		}
	}
	w.filter = "A1:" + cell("E", len(w.rows))
	w.end(1, w.filter)
	return threats
}

// threatMeasures is a threat with the places of its measures on the checklist.
type threatMeasures struct {
	*handbook.Threat
	places []int
}

// progress writes the sheet of the figures: by priority, and by threat.
func (w *workbook) progress(plan *workbookPlan, sheets []string, entries []checklistEntry, marks, names []string, threats []threatMeasures) {
	w.begin(sheets[1])
	w.widths = []float64{14, 36, 12, 12, 12, 12, 12, 12}
	head := func(first string) {
		w.heads(first, w.b.words.Text("excel.meaning"), w.b.words.Text("excel.total"), plan.Statuses["na"], w.b.words.Text("excel.applicable"), plan.Statuses["done"], w.b.words.Text("excel.left"), w.b.words.Text("excel.share"))
	}
	// figures writes a row about the measures at some places: those with the row's first cell in one
	// column, of which others have the states and the titles. A measure that has changed counts as open.
	figures := func(of []int, name any, meaning, groups, states, titles string) {
		row := len(w.rows) + 1
		count := func(status string) string {
			return fmt.Sprintf("COUNTIFS(%s,$A%d,%s,%s,%s,%s)", groups, row, states, quoted(plan.Statuses[status]), titles, quoted("<>*"+plan.Changed))
		}
		w.row(name, w.cell(meaning, "text"),
			w.formula(fmt.Sprintf("COUNTIFS(%s,$A%d)", groups, row), "number", len(of)),
			w.formula(count("na"), "number", 0),
			w.formula(fmt.Sprintf("C%d-D%[1]d", row), "number", len(of)),
			w.formula(count("done"), "number", 0),
			w.formula(fmt.Sprintf("E%d-F%[1]d", row), "number", len(of)),
			w.formula(fmt.Sprintf("IF(E%d=0,0,F%[1]d/E%[1]d)", row), "percent", 0))
		plan.Figures = append(plan.Figures, plannedFigure{sheetPart(2), row, of})
	}
	last := workbookHead + len(entries)
	w.row(w.cell(w.b.words.Text("excel.progress"), "title"))
	head(w.b.words.Text("common.priority"))
	for i, mark := range marks {
		var of []int
		for place, e := range entries {
			if e.mark == mark {
				of = append(of, place)
			}
		}
		figures(of, w.cell(mark, "centre"), names[i], columnOf(sheets[0], "B", workbookFirst, last), columnOf(sheets[0], plan.Columns["status"].Letter, workbookFirst, last), columnOf(sheets[0], plan.Columns["title"].Letter, workbookFirst, last))
	}
	w.row()
	head(w.b.words.Text("common.threats"))
	end := len(plan.States) + 1
	for _, t := range threats {
		figures(t.places, w.cell(t.Name, "text"), t.Summary, columnOf(sheets[2], "A", 2, end), columnOf(sheets[2], "E", 2, end), columnOf(sheets[2], "D", 2, end))
	}
	w.end(0, "A1:"+cell("H", len(w.rows)))
}

// sources writes the sheet that says where all this comes from, and how to use it.
func (w *workbook) sources(sheet string, m *handbook.Method, entries []checklistEntry) {
	w.begin(sheet)
	b, h := w.b, w.b.Handbook
	w.widths = []float64{24, 90}
	type fact struct{ label, value, url string }
	lines := []fact{
		{w.b.words.Text("excel.use"), w.b.words.Text("excel.use_fill"), ""},
		{"", w.b.words.Text("excel.use_free"), ""},
	}
	if page := h.Page(workspaceKind.slug); page != nil {
		lines = append(lines, fact{"", w.b.words.Text("excel.use_read", "page", page.Label), ""})
	}
	if o := h.Follows(); o != nil {
		readIn := ""
		if o.ReadIn != nil {
			readIn = b.Cited(o.ReadIn)
		}
		lines = append(lines, []fact{
			{w.b.words.Text("checklist.edition"), w.b.words.Text("excel.document", "publisher", o.Publisher, "title", o.Title, "edition", o.Edition), ""},
			{w.b.words.Text("excel.published"), b.Date(o.Published), ""},
			{w.b.words.Text("excel.read_in"), readIn, ""},
			{w.b.words.Text("excel.page", "publisher", o.Publisher), o.URL, o.URL},
			{w.b.words.Text("excel.terms"), o.Terms, ""},
			{"", o.TermsURL, o.TermsURL},
			{w.b.words.Text("excel.not_theirs"), w.b.words.Text("excel.not_theirs_text", "publisher", o.Publisher, "maker", h.Maker), ""},
		}...)
	}
	lines = append(lines, []fact{
		{w.b.words.Text("excel.licence"), h.Licence, ""},
		{w.b.words.Text("excel.reviewed"), b.Date(b.workbookDay(entries)), ""},
		{w.b.words.Text("common.method"), m.Mark + " " + m.Name, ""},
		{w.b.words.Text("excel.site"), h.Title + " " + h.Tagline, ""},
	}...)
	w.row(w.cell(w.b.words.Text("excel.sources"), "title"))
	for _, line := range lines {
		if line.value == "" {
			continue
		}
		w.row(w.cell(line.label, "label"), w.cell(line.value, "text"))
		if line.url != "" {
			w.note(w.SetCellHyperLink(sheet, cell("B", len(w.rows)), line.url, "External"))
		}
	}
	w.end(0, "A1:"+cell("B", len(w.rows)))
}

// begin begins a sheet.
func (w *workbook) begin(sheet string) {
	w.sheet, w.widths, w.hidden, w.filter, w.rows = sheet, nil, 0, "", nil
}

func (w *workbook) row(cells ...any) { w.rows = append(w.rows, cells) }

func (w *workbook) heads(words ...string) {
	var cells []any
	for _, word := range words {
		cells = append(cells, w.cell(word, "head"))
	}
	w.row(cells...)
}

func (w *workbook) cell(value, style string) any {
	if value == "" {
		return excelize.Cell{StyleID: w.style(style)}
	}
	return excelize.Cell{StyleID: w.style(style), Value: value}
}

// formula is a cell with a formula, and what it makes while nothing is filled in.
func (w *workbook) formula(formula, style string, makes any) any {
	return excelize.Cell{StyleID: w.style(style), Formula: formula, Value: makes}
}

// end writes the sheet, and says how it is printed: on A4, one page wide. The rows down to head stay
// on the screen, and the last of them stands above each page.
func (w *workbook) end(head int, area string) {
	landscape, page, one, zero := "landscape", paperA4, 1, 0
	w.note(w.SetPageLayout(w.sheet, &excelize.PageLayoutOptions{Size: &page, Orientation: &landscape, FitToWidth: &one, FitToHeight: &zero}))
	w.note(w.SetSheetProps(w.sheet, &excelize.SheetPropsOptions{FitToPage: new(true)}))
	margin := 0.4
	w.note(w.SetPageMargins(w.sheet, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Top: &margin, Bottom: new(0.6)}))
	w.note(w.SetHeaderFooter(w.sheet, &excelize.HeaderFooterOptions{OddFooter: "&L&A&R&P / &N"}))
	w.note(w.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: quotedSheet(w.sheet) + absolute(area), Scope: w.sheet}))
	if head > 0 {
		below := cell("A", head+1)
		w.note(w.SetPanes(w.sheet, &excelize.Panes{Freeze: true, YSplit: head, TopLeftCell: below, ActivePane: "bottomLeft",
			Selection: []excelize.Selection{{SQRef: below, ActiveCell: below, Pane: "bottomLeft"}}}))
		w.note(w.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s$%d:$%[2]d", quotedSheet(w.sheet), head), Scope: w.sheet}))
	}
	w.note(w.SetSheetDimension(w.sheet, "A1:"+cell(letter(len(w.widths)), len(w.rows))))
	stream, err := w.NewStreamWriter(w.sheet)
	if err != nil {
		w.note(err)
		return
	}
	// Before the stream it would say that rows are filtered out now.
	if w.filter != "" {
		w.note(w.AutoFilter(w.sheet, w.filter, nil))
	}
	// Each goes before those that are there, and they must be in order.
	if w.hidden > 0 {
		w.note(stream.SetColVisible(w.hidden, w.hidden, false))
	}
	for i, width := range slices.Backward(w.widths) {
		w.note(stream.SetColWidth(i+1, i+1, width))
	}
	for i, cells := range w.rows {
		w.note(stream.SetRow(cell("A", i+1), cells, excelize.RowOpts{Height: w.height(cells)}))
	}
	w.note(stream.Flush())
}

// height returns the height of a row. Spreadsheets find it themselves when something is written, not
// when a file is opened.
func (w *workbook) height(cells []any) float64 {
	lines := 1
	for i, c := range cells {
		if c, ok := c.(excelize.Cell); ok && i < len(w.widths) && w.wraps[c.StyleID] {
			text, _ := c.Value.(string)
			lines = max(lines, linesOf(text, w.widths[i]))
		}
	}
	return float64(lines) * textHeight
}

// linesOf returns how many lines a text has in a column. linesOf in static/excel/fill.ts counts the same.
func linesOf(text string, width float64) int {
	lines := 0
	for line := range strings.SplitSeq(text, "\n") {
		units := 0
		for _, r := range line {
			units++
			if r > unicode.MaxLatin1 {
				units++
			}
		}
		lines += max(1, int(math.Ceil(float64(units)/(width-1))))
	}
	return lines
}

// colour gives cells another font where a formula holds.
func (w *workbook) colour(area, formula string, font excelize.Font) {
	style, err := w.NewConditionalStyle(&excelize.Style{Font: &font})
	w.note(err)
	w.note(w.SetConditionalFormat(w.sheet, area, []excelize.ConditionalFormatOptions{{Type: "formula", Criteria: formula, Format: &style}}))
}

func (w *workbook) note(err error) {
	if err != nil {
		w.err = errors.Join(w.err, err)
	}
}

// style returns the number of a style.
func (w *workbook) style(name string) int {
	if number, ok := w.styles[name]; ok {
		return number
	}
	border := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "BDC1C6", Style: 1})
	}
	font := &excelize.Font{Family: w.b.words.Text("excel.font"), Size: 11}
	style := &excelize.Style{Font: font, Border: border, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}
	const asText = 49 // the built-in format "@": what is typed stays as it is
	switch name {
	case "title":
		font.Size, font.Bold = 14, true
		style.Border, style.Alignment = nil, nil
	case "label":
		font.Bold = true
		style.Border, style.Alignment = nil, &excelize.Alignment{Vertical: "top"}
	case "name":
		style.Border, style.NumFmt, style.Alignment = nil, asText, nil
	case "head":
		font.Bold = true
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EAED"}}
		style.Alignment = &excelize.Alignment{Vertical: "center", WrapText: true}
	case "centre":
		style.Alignment.Horizontal = "center"
	case "field":
		style.NumFmt = asText
	case "date", "day":
		style.CustomNumFmt = new(w.b.words.Text("excel.date"))
		style.Alignment = &excelize.Alignment{Vertical: "top", Horizontal: "left"}
		if name == "day" {
			style.Border = nil
		}
	case "percent":
		style.NumFmt = 9
	case "text", "state", "number":
	case "key":
		font.Color = "5F6368"
		style.Border, style.NumFmt, style.Alignment = nil, asText, nil
	default:
		panic("site: no style " + name)
	}
	if name == "text" {
		style.NumFmt = asText
	}
	number, err := w.NewStyle(style)
	w.note(err)
	w.styles[name] = number
	w.wraps[number] = style.Alignment != nil && style.Alignment.WrapText
	return number
}

// sortedZip packs the parts of a workbook in the order of their names, which excelize leaves to
// chance, in the way that the zip of the site is packed.
type sortedZip struct {
	to    io.Writer
	parts map[string]*bytes.Buffer
}

func (z *sortedZip) Create(name string) (io.Writer, error) {
	if z.parts == nil {
		z.parts = map[string]*bytes.Buffer{}
	}
	z.parts[name] = new(bytes.Buffer)
	return z.parts[name], nil
}

func (z *sortedZip) AddFS(fs.FS) error { return errors.ErrUnsupported }

func (z *sortedZip) Close() error {
	packed, err := output.NewZip(z.to, ".")
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(z.parts)) {
		// A height of a reader's own choice would stay when more is written into the row.
		part := bytes.ReplaceAll(z.parts[name].Bytes(), []byte(`" customHeight="1"`), []byte(`"`))
		if err := packed.Add(name, output.Pack(part)); err != nil {
			return err
		}
	}
	return packed.Close()
}

// letter returns the name of a column, from 1.
func letter(n int) string {
	name, err := excelize.ColumnNumberToName(n)
	if err != nil {
		panic(err)
	}
	return name
}

func cell(column string, row int) string { return column + strconv.Itoa(row) }

// columnOf returns a part of a column of a sheet as formulas name it.
func columnOf(sheet, column string, first, last int) string {
	return quotedSheet(sheet) + absolute(cell(column, first)+":"+cell(column, last))
}

func quotedSheet(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'!" }

func quoted(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

// absolute makes a range such as A1:B2 one that does not move: $A$1:$B$2.
func absolute(area string) string {
	from, to, _ := strings.Cut(area, ":")
	fix := func(ref string) string {
		column, row, err := excelize.SplitCellName(ref)
		if err != nil {
			panic(err)
		}
		return "$" + column + "$" + strconv.Itoa(row)
	}
	return fix(from) + ":" + fix(to)
}
