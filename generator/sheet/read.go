package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/unicode/norm"
)

// A Table is what was read of a file: its rows of cells, of which none is of a certain length.
type Table struct {
	Rows [][]string

	legacy   bool // in Shift_JIS, which lacks many letters
	from1904 bool // days are counted as old Macs did
}

// The largest file that is read, and the largest size to which a workbook may unpack.
const (
	mostBytes    = 32 << 20
	mostUnpacked = 128 << 20
)

// Read reads a table that a spreadsheet has saved. The name's ending tells what it is.
func Read(name string, data []byte) (*Table, error) {
	if len(data) > mostBytes {
		return nil, fmt.Errorf("ファイルが大きすぎます（%d MBまで読めます）", mostBytes>>20)
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".csv":
		return readCSV(data)
	case ".xlsx":
		return readWorkbook(data)
	}
	return nil, errors.New("読めるのは .xlsx と .csv です")
}

// readCSV reads commas between cells, in UTF-8 or, as Excel saves it in Japan, in Shift_JIS.
func readCSV(data []byte) (*Table, error) {
	t := new(Table)
	text := bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(text) {
		t.legacy = true
		var err error
		text, err = japanese.ShiftJIS.NewDecoder().Bytes(text)
		if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
			return nil, errors.New("文字コードが UTF-8 でも Shift_JIS でもありません（「CSV UTF-8」で保存し直してください）")
		}
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord = -1
	for lines, read := 0, int64(0); ; {
		row, err := r.Read()
		if err == io.EOF {
			break
		}
		var at *csv.ParseError
		switch {
		case errors.As(err, &at):
			return nil, fmt.Errorf("CSV として読めません（%d行目の引用符 \" を確かめてください）", at.Line)
		case err != nil:
			return nil, err
		}
		// The reader skips empty lines, which spreadsheets count.
		start, _ := r.FieldPos(0)
		t.Rows = append(t.Rows, make([][]string, start-lines-1)...)
		lines, read = lines+bytes.Count(text[read:r.InputOffset()], []byte("\n")), r.InputOffset()
		for i, cell := range row {
			row[i] = Unguarded(cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

// readWorkbook reads the first sheet of a workbook.
func readWorkbook(data []byte) (*Table, error) {
	file, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		RawCellValue:      true, // days are numbers: how they are shown is the reader's choice
		UnzipSizeLimit:    mostUnpacked,
		UnzipXMLSizeLimit: mostUnpacked,
	})
	if err != nil {
		return nil, errors.New("この Excel のファイルを読めません（パスワードを外し、.xlsx で保存し直してください）")
	}
	defer file.Close()
	t := new(Table)
	if properties, err := file.GetWorkbookProps(); err == nil && properties.Date1904 != nil {
		t.from1904 = *properties.Date1904
	}
	t.Rows, err = file.GetRows(file.GetSheetName(0))
	if err != nil {
		return nil, fmt.Errorf("シートを読めません: %w", err)
	}
	return t, nil
}

// Cell returns a cell in one line, by row and column from 0. What is not there is empty.
func (t *Table) Cell(row, column int) string {
	if column >= len(t.Rows[row]) {
		return ""
	}
	return OneLine(t.Rows[row][column])
}

// OneLine returns a text as cells have it: in one line, with single spaces. A wide space, as in names,
// stays one.
func OneLine(text string) string {
	return strings.Join(strings.FieldsFunc(strings.TrimSpace(text), func(letter rune) bool {
		return unicode.IsSpace(letter) && letter != '\u3000'
	}), " ")
}

// Place names a cell as spreadsheets do: "C5".
func Place(row, column int) string {
	name, err := excelize.CoordinatesToCellName(column+1, row+1)
	if err != nil {
		return fmt.Sprintf("%d行目の%d列目", row+1, column+1)
	}
	return name
}

// Says reports whether a cell says what was written. A file in Shift_JIS has other letters in place
// of those that it lacks, each for one.
func (t *Table) Says(cell, written string) bool {
	if cell == written || !t.legacy {
		return cell == written
	}
	got := []rune(cell)
	for _, letter := range written {
		switch {
		case len(got) == 0:
			return false
		case got[0] != letter && isLegacy(letter):
			return false
		}
		got = got[1:]
	}
	return len(got) == 0
}

// Loses returns the letters of a text that the file cannot hold.
func (t *Table) Loses(text string) string {
	if !t.legacy {
		return ""
	}
	return strings.Map(func(letter rune) rune {
		if isLegacy(letter) {
			return -1
		}
		return letter
	}, text)
}

func isLegacy(letter rune) bool {
	_, err := japanese.ShiftJIS.NewEncoder().String(string(letter))
	return err == nil
}

// writtenDays are the ways a day is written, all with the year first: which of two other numbers is
// the month cannot be known.
var writtenDays = regexp.MustCompile(`^(\d{4})(?:-|/|\.|年 ?)(\d{1,2})(?:-|/|\.|月 ?)(\d{1,2})日?(?:[T ]0{1,2}:00(?::00)?(?:\.0+)?Z?)?$`)

// Day reads a day as it was written or as a spreadsheet counts it: Excel makes a number of it.
func (t *Table) Day(cell string) (time.Time, bool) {
	cell = norm.NFKC.String(cell)
	if m := writtenDays.FindStringSubmatch(cell); m != nil {
		year, _ := strconv.Atoi(m[1])
		month, _ := strconv.Atoi(m[2])
		day, _ := strconv.Atoi(m[3])
		date := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		return date, date.Day() == day && int(date.Month()) == month
	}
	count, err := strconv.ParseFloat(cell, 64)
	// Less than this was a year, or a number of another kind; the most is in 2119.
	if err != nil || count < 20000 || count > 80000 || count != float64(int(count)) {
		return time.Time{}, false
	}
	date, err := excelize.ExcelDateToTime(count, t.from1904)
	return date, err == nil
}
