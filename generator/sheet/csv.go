// Package sheet reads and writes tables for spreadsheets, as CSV and as Excel's workbooks. It knows
// cells alone, not what they mean.
package sheet

import (
	"encoding/csv"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Tables for programs and spreadsheets keep to the ministry's rules for what machines read
// (統計表における機械判読可能なデータの表記方法の統一ルール): a datum a cell and a kind of datum a
// column, one line of headings, units there and not beside the numbers, nothing left out because
// the line above says it, no line breaks within a cell.

// WriteCSV writes the columns' names, and what fill gives, cell by cell. Excel takes a file for UTF-8 only by its BOM.
func WriteCSV(out io.Writer, columns []string, fill func(line func(cells ...string))) error {
	io.WriteString(out, "\ufeff") // what follows tells of an error
	w := csv.NewWriter(out)
	w.UseCRLF = true
	written := map[string]string{} // what cells become: most say what others in their column say
	line := func(cells ...string) {
		for i, cell := range cells {
			if _, ok := written[cell]; !ok {
				written[cell] = Guarded(OneLine(cell))
			}
			cells[i] = written[cell]
		}
		w.Write(cells) // the error stays in the writer
	}
	line(columns...)
	fill(line)
	w.Flush()
	return w.Error()
}

// readOtherwise are what a spreadsheet takes for something else than text: see static/csv.ts, where
// the same forms stand.
var readOtherwise = sync.OnceValue(func() []*regexp.Regexp { // not at the start, when nobody has asked yet
	return []*regexp.Regexp{
		regexp.MustCompile(`^[=+\-@\t\r\n]`),
		regexp.MustCompile(`(?i)^[\s(¥$]*\d[\d\s.,:/\-()%e+年月日時分秒]*(?:[ap]m)?\s*$`),
		regexp.MustCompile(`(?i)^\s*(?:\d+[\s.\-/]*)?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|october|november|december)[\s.\-/]*\d*[\s.\-/]*\d*\s*$`),
		regexp.MustCompile(`(?i)^\s*(?:[rhstm]|令和|平成|昭和|大正|明治)\s*[\d元][\d元.\-/年月日]*\s*$`),
		regexp.MustCompile(`(?i)^\s*(?:true|false)\s*$`),
	}
})

// kept are a number and a date that stay what they are.
var kept = regexp.MustCompile(`^(?:(?:0|[1-9]\d{0,14})(?:\.\d*[1-9])?|\d{4}-\d\d-\d\d)$`)

// isPlain reports whether a text begins with a letter that stays itself and with which no form of
// readOtherwise begins, as most texts do.
func isPlain(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return 'ぁ' <= first && first <= 'ゖ' || 'ァ' <= first && first <= 'ヺ' || '一' <= first && first <= '鿿' && !strings.ContainsRune("令平昭大明", first)
}

// Guarded keeps spreadsheets from taking a text for anything else.
func Guarded(cell string) string {
	if isPlain(cell) {
		return cell
	}
	read := norm.NFKC.String(cell)
	otherwise := slices.ContainsFunc(readOtherwise(), func(form *regexp.Regexp) bool { return form.MatchString(read) })
	if otherwise && !kept.MatchString(cell) {
		return "'" + cell
	}
	return cell
}

// Unguarded takes a guard away again.
func Unguarded(cell string) string {
	if text, ok := strings.CutPrefix(cell, "'"); ok && Guarded(text) == cell {
		return text
	}
	return cell
}

// AsText keeps spreadsheets from taking a number that is a name, such as "3", for a quantity.
func AsText(cell string) string {
	if kept.MatchString(cell) {
		return "'" + cell
	}
	return cell
}
