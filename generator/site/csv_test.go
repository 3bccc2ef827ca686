package site_test

import (
	"encoding/csv"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"tebiki/generator/sheet"
)

// table reads a table for programs and spreadsheets, and fails where it is not as machines read it:
// in UTF-8 with a BOM, lines that end in CRLF, one line of headings, each named and none twice, and
// no cell with a line break in it.
func table(t *testing.T, files published, address string) [][]string {
	t.Helper()
	text, ok := strings.CutPrefix(string(files[address]), "\ufeff")
	if !ok || strings.Count(text, "\r\n") != strings.Count(text, "\n") {
		t.Errorf("%s: got %.40q, want a BOM and CRLF", address, files[address])
	}
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll() // all of one length
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	if len(lines) < 2 {
		t.Fatalf("%s: got %d lines, want headings and more", address, len(lines))
	}
	seen := map[string]bool{}
	for _, heading := range lines[0] {
		if heading == "" || seen[heading] {
			t.Errorf("%s: got the heading %q, want each column named once", address, heading)
		}
		seen[heading] = true
	}
	for i, line := range lines {
		for _, cell := range line {
			if strings.ContainsAny(cell, "\n\t") || cell != strings.TrimSpace(cell) || sheet.Guarded(cell) != cell {
				t.Errorf("%s:%d: got %q, want a cell of one line that nothing takes for a formula", address, i+1, cell)
			}
		}
	}
	return lines[1:]
}

func TestTablesAreForMachines(t *testing.T) {
	bothEditions(t, func(t *testing.T, e *edition) {
		found := 0
		for _, address := range e.files.addresses() {
			if path.Ext(address) == ".csv" {
				table(t, e.files, address)
				found++
			}
		}
		if found < 2 {
			t.Errorf("got %d tables, want those of the measures and of all they are joined to", found)
		}
	})
}

func TestMeasureTables(t *testing.T) {
	bothEditions(t, func(t *testing.T, e *edition) {
		var measures, matrix [][]string
		measure, preparation := "対策", "準備"
		if e == kitchen(t) {
			measure, preparation = "Thing to do", "Opening"
		}
		for _, m := range e.handbook.Measures {
			every := ""
			if m.Every > 0 {
				every = fmt.Sprint(m.Every)
			}
			measures = append(measures, []string{m.Slug, measure + " " + m.Number, m.Title, m.Category.Name, m.Check, m.Exception, m.Rule, m.Handout, m.Ask,
				m.Effort.Time, m.Effort.Cost, every, m.Origin.Name, fmt.Sprint(m.Revision), m.Reviewed.Format(time.DateOnly), "measures/" + m.Slug + ".html"})
			for _, method := range e.handbook.Methods {
				listing := m.On(method)
				if listing == nil {
					continue
				}
				priority, mark := preparation, ""
				if listing.Priority != nil {
					priority, mark = listing.Priority.Name, listing.Priority.Mark
				}
				for _, threat := range m.Threats {
					matrix = append(matrix, []string{m.Slug, measure + " " + m.Number, m.Title, method.Slug, method.Name, priority, mark, threat.Slug, threat.Name})
				}
			}
		}
		wantTable(t, e, "data/measures.csv", measures)
		wantTable(t, e, "data/matrix.csv", matrix)
	})
}

// Whoever looks up another word for a term finds it.
func TestTermTable(t *testing.T) {
	e := offline(t)
	var want [][]string
	for _, term := range e.handbook.Terms {
		for _, word := range term.Names() {
			want = append(want, []string{term.Slug, word, term.Term, term.Reading, strings.Join(term.Body.Texts(), " "), term.Reviewed.Format(time.DateOnly), "glossary.html#" + term.Slug})
		}
	}
	wantTable(t, e, "data/terms.csv", want)
	if _, ok := kitchen(t).files["data/terms.csv"]; ok {
		t.Error("got a table of the terms of a handbook without any")
	}
}

// wantTable compares a table with its lines, in which spaces count as such and texts are guarded.
func wantTable(t *testing.T, e *edition, address string, want [][]string) {
	t.Helper()
	got := table(t, e.files, address)
	for i, line := range want {
		for j, cell := range line {
			line[j] = sheet.Guarded(strings.Join(strings.Fields(cell), " "))
		}
		if i < len(got) && !slices.Equal(got[i], line) {
			t.Errorf("%s:%d:\ngot  %q\nwant %q", address, i+2, got[i], line)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%s: got %d lines, want %d", address, len(got), len(want))
	}
}
