package sheet

import (
	"io"
	"time"

	"github.com/xuri/excelize/v2"
)

// A Column is a column of a workbook that is to be filled in.
type Column struct {
	Heading string
	Width   float64
	Choices []string // what may be written; nil for anything
	IsDate  bool
}

// WriteWorkbook writes a workbook of one sheet whose headings and first columns stay in sight. Days
// are written as such, all else as text, so that nothing becomes a day by itself.
func WriteWorkbook(out io.Writer, name string, columns []Column, rows [][]string) error {
	w := excelize.NewFile()
	defer w.Close()
	if err := w.SetSheetName(w.GetSheetName(0), name); err != nil {
		return err
	}
	headings := make([]string, len(columns))
	for i, c := range columns {
		headings[i] = c.Heading
	}
	if err := w.SetSheetRow(name, Place(0, 0), &headings); err != nil {
		return err
	}
	for i, row := range rows {
		cells := make([]any, len(row))
		for j, cell := range row {
			cells[j] = cell
			if date, err := time.Parse(time.DateOnly, cell); columns[j].IsDate && err == nil {
				cells[j] = date
			}
		}
		if err := w.SetSheetRow(name, Place(i+1, 0), &cells); err != nil {
			return err
		}
	}
	if err := formatColumns(w, name, columns, max(1, len(rows))); err != nil {
		return err
	}
	if err := w.SetPanes(name, &excelize.Panes{Freeze: true, XSplit: 3, YSplit: 1, TopLeftCell: "D2", ActivePane: "bottomRight"}); err != nil {
		return err
	}
	if err := w.AutoFilter(name, Place(0, 0)+":"+Place(len(rows), len(columns)-1), nil); err != nil {
		return err
	}
	_, err := w.WriteTo(out)
	return err
}

// formatColumns gives the columns their width, and their cells a form and what may be chosen.
func formatColumns(w *excelize.File, name string, columns []Column, rows int) error {
	style := func(form string, bold bool) (int, error) {
		return w.NewStyle(&excelize.Style{
			CustomNumFmt: &form, Font: &excelize.Font{Bold: bold},
			Alignment: &excelize.Alignment{Vertical: "top", WrapText: true},
		})
	}
	heading, err := style("@", true)
	if err != nil {
		return err
	}
	for i, c := range columns {
		form := "@"
		if c.IsDate {
			form = "yyyy-mm-dd"
		}
		below, err := style(form, false)
		if err != nil {
			return err
		}
		letter, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		for _, err := range []error{
			w.SetColWidth(name, letter, letter, c.Width),
			w.SetCellStyle(name, Place(0, i), Place(0, i), heading),
			w.SetCellStyle(name, Place(1, i), Place(rows, i), below),
			addChoices(w, name, Place(1, i)+":"+Place(rows, i), c.Choices),
		} {
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// addChoices lets cells be chosen from a list. Another text can still be written: it is told of when
// the table is read.
func addChoices(w *excelize.File, name, cells string, choices []string) error {
	list := excelize.NewDataValidation(true)
	list.Sqref = cells
	if choices == nil || list.SetDropList(choices) != nil { // which is too long for a list
		return nil
	}
	return w.AddDataValidation(name, list)
}
