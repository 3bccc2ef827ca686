// Package review holds what those work with who look a handbook over: a table of its measures that
// goes to experts and comes back, what differs between two states of it, and where it links to.
package review

import (
	"bytes"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"tebiki/generator/handbook"
	"tebiki/generator/sheet"
	"tebiki/generator/source"
)

// preparation is what stands in place of a priority in the cells of a preparation.
const preparation = "準備"

// nameColumn is the heading of the names of the measures, by which rows are known.
const nameColumn = "名前"

// A column of the table of measures.
type column struct {
	sheet.Column
	names  []string // by which it is known, beside its heading
	field  string   // of the measure, as its record knows it; "" for its name
	method *handbook.Method
	show   func(*handbook.Measure) string
	read   func(t *sheet.Table, cell string) (value any, trouble string) // nil for a method's priority
}

// columns are those of the table of a handbook's measures.
func columns(h *handbook.Handbook) []column {
	list := []column{
		{sheet.Column{Heading: nameColumn, Width: 24}, []string{"slug"}, "", nil, func(m *handbook.Measure) string { return m.Slug }, nil},
		{sheet.Column{Heading: "番号", Width: 8}, []string{"number"}, "number", nil, func(m *handbook.Measure) string { return m.Number }, readNumber},
		{sheet.Column{Heading: "題名", Width: 30}, []string{"title"}, "title", nil, func(m *handbook.Measure) string { return m.Title }, readText},
		{sheet.Column{Heading: "確認すること", Width: 56}, []string{"check"}, "check", nil, func(m *handbook.Measure) string { return m.Check }, readText},
	}
	choices := []string{preparation}
	for _, p := range h.Priorities {
		choices = append(choices, p.Mark)
	}
	for _, method := range h.Methods {
		list = append(list, column{
			Column: sheet.Column{Heading: method.Mark + " " + method.Short, Width: 10, Choices: choices},
			names:  []string{method.Mark, method.Short, method.Name, method.Slug},
			field:  "priority." + method.Slug,
			method: method,
			show:   func(m *handbook.Measure) string { return priorityOn(h, m, method) },
		})
	}
	list = append(list, column{sheet.Column{Heading: "脅威", Width: 26}, []string{"threats"}, "threats", nil, threatsOf, readThreats(h)})
	if len(h.Origins) > 0 {
		list = append(list, column{sheet.Column{Heading: "由来", Width: 18, Choices: names(h.Origins, originName)}, []string{"origin"}, "origin", nil, originOf, readOrigin(h)})
	}
	return append(list,
		column{sheet.Column{Heading: "改訂", Width: 7}, []string{"revision"}, "revision", nil, func(m *handbook.Measure) string { return strconv.Itoa(m.Revision) }, readRevision},
		column{sheet.Column{Heading: "確認した日", Width: 13, IsDate: true}, []string{"reviewed"}, "reviewed", nil, func(m *handbook.Measure) string { return m.Reviewed.Format(time.DateOnly) }, readDay},
	)
}

func originOf(m *handbook.Measure) string {
	if m.Origin == nil {
		return ""
	}
	return m.Origin.Name
}

func originName(o *handbook.Origin) string { return o.Name }

func names[T any](records []*T, name func(*T) string) []string {
	var list []string
	for _, r := range records {
		list = append(list, name(r))
	}
	return list
}

// priorityOn is what stands in the cell of a measure and a method.
func priorityOn(h *handbook.Handbook, m *handbook.Measure, method *handbook.Method) string {
	if m.Preparation {
		return preparation
	}
	return mark(h, m.PrioritySlug[method.Slug])
}

// mark returns the mark of a priority, or its name when it is an unknown one.
func mark(h *handbook.Handbook, slug string) string {
	for _, p := range h.Priorities {
		if p.Slug == slug {
			return p.Mark
		}
	}
	return slug
}

// betweenThreats are the letters that part threats in a cell: the first when it is written.
const betweenThreats = "、，,;；"

func threatsOf(m *handbook.Measure) string {
	list := names(m.Threats, threatName)
	return strings.Join(list, "、")
}

// threatName is what a threat is called in a cell. A name that would be taken apart is not.
func threatName(t *handbook.Threat) string {
	if strings.ContainsAny(t.Name, betweenThreats) {
		return t.Slug
	}
	return t.Name
}

// sheetError is what a spreadsheet shows in the place of a value, or a formula.
var sheetError = regexp.MustCompile(`^(?:#(?:REF|NAME|VALUE|DIV/0|NULL|NUM|N/A|SPILL|CALC)[!?]?|=.*)$`)

func readText(_ *sheet.Table, cell string) (any, string) {
	if cell == "" {
		return nil, "空です（なくてはならない項目です）"
	}
	if sheetError.MatchString(cell) {
		return nil, "「" + cell + "」は、表計算の誤りの印か式です（元の文を書いてください）"
	}
	return cell, ""
}

// readNumber reads the number of a measure. Excel in Japanese shows 2-1 as a day when it is not told
// that it is a text.
func readNumber(_ *sheet.Table, cell string) (any, string) {
	number := strings.ReplaceAll(norm.NFKC.String(cell), "\u2212", "-")
	month, rest, isDay := strings.Cut(number, "月")
	if day, ok := strings.CutSuffix(rest, "日"); isDay && ok {
		number = month + "-" + day
	}
	return readText(nil, number)
}

func readRevision(_ *sheet.Table, cell string) (any, string) {
	n, err := strconv.Atoi(norm.NFKC.String(cell))
	if err != nil {
		return nil, "整数ではありません"
	}
	return n, ""
}

func readDay(t *sheet.Table, cell string) (any, string) {
	day, ok := t.Day(cell)
	if !ok {
		return nil, "日付として読めません（2026-04-01 のように書いてください）"
	}
	return day, ""
}

func readThreats(h *handbook.Handbook) func(*sheet.Table, string) (any, string) {
	return func(t *sheet.Table, cell string) (any, string) {
		slugs := []string{}
		for _, part := range strings.FieldsFunc(cell, func(letter rune) bool { return strings.ContainsRune(betweenThreats, letter) }) {
			part = strings.TrimSpace(part)
			if part == "" {
				continue
			}
			i := slices.IndexFunc(h.Threats, func(threat *handbook.Threat) bool { return part == threat.Slug || t.Says(part, threat.Name) })
			if i < 0 {
				return nil, "脅威「" + part + "」がありません" + source.DidYouMean(part, names(h.Threats, threatName))
			}
			slugs = append(slugs, h.Threats[i].Slug)
		}
		if len(slugs) == 0 {
			return nil, "脅威が一つもありません"
		}
		return slugs, ""
	}
}

func readOrigin(h *handbook.Handbook) func(*sheet.Table, string) (any, string) {
	return func(t *sheet.Table, cell string) (any, string) {
		for _, o := range h.Origins {
			if cell == o.Slug || t.Says(cell, o.Name) {
				return o.Slug, ""
			}
		}
		return nil, "由来「" + cell + "」がありません" + source.DidYouMean(cell, names(h.Origins, originName))
	}
}

// circles are other letters that look like a circle and are written in its place.
var circles = strings.NewReplacer("〇", "○", "◯", "○")

// readPriority returns the priority that a cell names, "" for none.
func readPriority(h *handbook.Handbook, cell string) (slug string, isPreparation bool, trouble string) {
	if cell == "" || cell == preparation || strings.Trim(cell, "（）()") == "なし" {
		return "", cell == preparation, ""
	}
	known := []string{preparation}
	for _, written := range []string{cell, circles.Replace(cell)} {
		for _, p := range h.Priorities {
			if written == p.Mark || written == p.Name || written == p.Slug {
				return p.Slug, false, ""
			}
			known = append(known, p.Mark)
		}
	}
	return "", false, "優先度「" + cell + "」がありません" + source.DidYouMean(cell, slices.Compact(known[:1+len(h.Priorities)])) + "。チェックリストから外すなら、空にしてください"
}

// WriteTable writes the measures of a handbook without problems as a workbook or, by the ending of
// the name, as CSV.
func WriteTable(out io.Writer, h *handbook.Handbook, asCSV bool) error {
	list := columns(h)
	var rows [][]string
	for _, m := range h.Measures {
		var row []string
		for _, c := range list {
			row = append(row, sheet.OneLine(c.show(m)))
		}
		rows = append(rows, row)
	}
	var shown []sheet.Column
	var headings []string
	for _, c := range list {
		shown, headings = append(shown, c.Column), append(headings, c.Heading)
	}
	if !asCSV {
		return sheet.WriteWorkbook(out, "対策", shown, rows)
	}
	var text bytes.Buffer
	err := sheet.WriteCSV(&text, headings, func(line func(...string)) {
		for _, row := range rows {
			line(row...)
		}
	})
	if err != nil {
		return err
	}
	_, err = text.WriteTo(out)
	return err
}
