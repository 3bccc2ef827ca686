package review

import (
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"tebiki/generator/handbook"
	"tebiki/generator/sheet"
	"tebiki/generator/source"
)

// A Change is what a table changes in a field of a measure.
type Change struct {
	File     string // in the content folder
	Line     int    // where the field stands now, or where its record begins
	Field    string
	Heading  string // of the column in the table
	Old, New string // as the table says it; "" for nothing

	row, column int
	value       any
}

// Taken is what a table that came back means for the content. Nothing is written.
type Taken struct {
	Changes  []Change          // by file, in the order of the columns
	Files    map[string][]byte // the changed files as they would be
	Troubles []string          // what cannot be taken back, by the place in the table: then there are no changes; with {program} where its name belongs
	Notes    []string          // what is left aside
	Later    []source.Problem  // what else is to be put right once the changes are made
}

// A taker compares a table with the measures.
type taker struct {
	*Taken
	h        *handbook.Handbook
	t        *sheet.Table
	columns  []column
	at       map[int]int // the place of each column in the table, for those that it has
	headings int         // the row of the headings
	measures map[int]*handbook.Measure
}

// Take compares a table with the content folder, of which h was loaded on the day, with these
// problems: warnings alone.
func Take(h *handbook.Handbook, before []source.Problem, content fs.FS, today time.Time, t *sheet.Table) (*Taken, error) {
	k := &taker{&Taken{Files: map[string][]byte{}}, h, t, columns(h), map[int]int{}, 0, map[int]*handbook.Measure{}}
	if k.findColumns() {
		k.rows()
	}
	if err := k.rewrite(content); err != nil {
		return nil, err
	}
	if len(k.Troubles) == 0 && len(k.Changes) > 0 {
		if err := k.checkAgain(before, content, today); err != nil {
			return nil, err
		}
	}
	if len(k.Troubles) > 0 {
		k.Changes, k.Files, k.Later = nil, nil, nil
	}
	return k.Taken, nil
}

// trouble reports what cannot be taken back. column is that of the table, below 0 for a whole row.
func (k *taker) trouble(row, column int, format string, args ...any) {
	where := fmt.Sprintf("%d行目", row+1)
	if column >= 0 {
		letter, err := excelize.ColumnNumberToName(column + 1)
		if err != nil {
			letter = fmt.Sprint(column + 1)
		}
		where += "の" + letter + "列"
		if heading := k.t.Cell(k.headings, column); heading != "" && row != k.headings {
			where += "（" + heading + "）"
		}
	}
	k.Troubles = append(k.Troubles, where+": "+fmt.Sprintf(format, args...))
}

func (k *taker) note(format string, args ...any) {
	k.Notes = append(k.Notes, fmt.Sprintf(format, args...))
}

// isEmpty reports whether a row of the table says nothing.
func isEmpty(row []string) bool {
	return !slices.ContainsFunc(row, func(cell string) bool { return strings.TrimSpace(cell) != "" })
}

// columnOf returns the place among the columns of one that has a heading, below 0 when none has.
func (k *taker) columnOf(heading string) int {
	return slices.IndexFunc(k.columns, func(c column) bool {
		return k.t.Says(heading, sheet.OneLine(c.Heading)) || slices.Contains(c.names, heading)
	})
}

// findHeadings finds the row of the headings: the first that has the one of the names, for a title may
// stand above it. Without, it is the first that says anything.
func (k *taker) findHeadings() bool {
	first := slices.IndexFunc(k.t.Rows, func(row []string) bool { return !isEmpty(row) })
	if first < 0 {
		k.Troubles = append(k.Troubles, "表に何もありません")
		return false
	}
	k.headings = first
	for row := range k.t.Rows {
		for j := range k.t.Rows[row] {
			if k.columnOf(k.t.Cell(row, j)) != 0 {
				continue
			}
			for above := first; above < row; above++ {
				if !isEmpty(k.t.Rows[above]) {
					k.note("%d行目は、見出しの行より上なので読みません", above+1)
				}
			}
			k.headings = row
			return true
		}
	}
	return true
}

// findColumns finds the columns by their headings.
func (k *taker) findColumns() bool {
	if !k.findHeadings() {
		return false
	}
	for j := range k.t.Rows[k.headings] {
		heading := k.t.Cell(k.headings, j)
		if heading == "" {
			continue
		}
		i := k.columnOf(heading)
		if i < 0 {
			k.note("列「%s」は読みません（見出しを変えた列なら、元に戻してください）", heading)
		} else if _, ok := k.at[i]; ok {
			k.trouble(k.headings, j, "列「%s」が二つあります（どちらかを消してください）", heading)
		} else {
			k.at[i] = j
		}
	}
	if _, ok := k.at[0]; !ok && len(k.t.Rows[k.headings]) == 1 && strings.ContainsAny(k.t.Cell(k.headings, 0), ";\t") {
		k.trouble(k.headings, -1, "列が「;」かタブで区切られています（「,」で区切った CSV か .xlsx で保存し直してください）")
	} else if !ok {
		k.trouble(k.headings, -1, "列「%s」がありません（見出しの行を消さずに、元に戻してください）", nameColumn)
	}
	if len(k.Troubles) > 0 {
		k.Notes = nil // of a row that is none of headings
		return false
	}
	var missing []string
	for i, c := range k.columns {
		if _, ok := k.at[i]; !ok {
			missing = append(missing, "「"+sheet.OneLine(c.Heading)+"」")
		}
	}
	if len(missing) > 0 {
		k.note("表にない列（%s）は、比べていません", strings.Join(missing, "、"))
	}
	return true
}

// rows compares each row with its measure.
func (k *taker) rows() {
	rowOf := map[*handbook.Measure]int{}
	for row := k.headings + 1; row < len(k.t.Rows); row++ {
		if isEmpty(k.t.Rows[row]) {
			continue
		}
		m := k.measure(row)
		if m == nil {
			continue
		}
		if other, ok := rowOf[m]; ok {
			k.trouble(row, k.at[0], "対策「%s」は %d行目にもあります（どちらかの行を消してください）", m.Slug, other+1)
			continue
		}
		rowOf[m], k.measures[row] = row, m
		k.fields(m, row)
		k.priorities(m, row)
	}
	if missing := len(k.h.Measures) - len(rowOf); missing > 0 && len(k.Troubles) == 0 {
		k.note("表にない対策が %d あります。そのままにします", missing)
	}
	place := func(c Change) int {
		return slices.IndexFunc(k.columns, func(of column) bool { return of.field == c.Field })
	}
	slices.SortStableFunc(k.Changes, func(a, b Change) int {
		if a.File != b.File {
			return strings.Compare(a.File, b.File)
		}
		return place(a) - place(b)
	})
}

// measure returns the measure that a row names, or nil.
func (k *taker) measure(row int) *handbook.Measure {
	slug := k.t.Cell(row, k.at[0])
	var slugs []string
	for _, m := range k.h.Measures {
		if m.Slug == slug {
			return m
		}
		slugs = append(slugs, m.Slug)
	}
	hint, known := source.DidYouMean(slug, slugs), false
	for _, m := range k.h.Measures {
		if k.names(m) {
			continue // the row is a copy of another
		}
		for i, c := range k.columns[:4] {
			if at, ok := k.at[i]; ok && i > 0 && k.t.Cell(row, at) == sheet.OneLine(c.show(m)) {
				hint, known = fmt.Sprintf("（名前は変えられません。%s に戻してください）", m.Slug), true
			}
		}
	}
	switch {
	case slug == "" && known:
		k.trouble(row, k.at[0], "名前が空です%s", hint)
	case slug == "":
		k.trouble(row, k.at[0], "名前が空です（新しい対策なら、先に「{program} new measure 名前」で作り、その名前を書いてください）")
	case known:
		k.trouble(row, k.at[0], "対策「%s」がありません%s", slug, hint)
	default:
		k.trouble(row, k.at[0], "対策「%[1]s」がありません%[2]s。新しい対策なら、先に「{program} new measure %[1]s」で作ってください", slug, hint)
	}
	return nil
}

// names reports whether some row names a measure.
func (k *taker) names(m *handbook.Measure) bool {
	return slices.ContainsFunc(k.t.Rows, func(row []string) bool { return k.at[0] < len(row) && row[k.at[0]] == m.Slug })
}

// changed returns what a cell says, when that is not what was written there.
func (k *taker) changed(m *handbook.Measure, row, i int) (cell string, changed bool) {
	at, ok := k.at[i]
	if !ok {
		return "", false
	}
	cell = k.t.Cell(row, at)
	written := sheet.OneLine(k.columns[i].show(m))
	if k.t.Says(cell, written) {
		return cell, false
	}
	if lost := k.t.Loses(written); lost != "" && k.columns[i].read != nil {
		k.trouble(row, at, "元の文にある「%s」は、Shift_JIS のファイルに書けません（「CSV UTF-8」か .xlsx で保存し直してください）", lost)
		return cell, false
	}
	return cell, true
}

// add notes a change, unless the field has the value.
func (k *taker) add(m *handbook.Measure, row, i int, field string, old, value any, from, to string) {
	if reflect.DeepEqual(old, value) {
		return
	}
	k.Changes = append(k.Changes, Change{m.File, m.At(field), field, k.t.Cell(k.headings, k.at[i]), from, to, row, k.at[i], value})
}

// fields compares the cells of a row that stand for one field each.
func (k *taker) fields(m *handbook.Measure, row int) {
	old := map[string]any{
		"number": m.Number, "title": m.Title, "check": m.Check, "threats": m.ThreatSlugs, "origin": m.OriginSlug, "revision": m.Revision, "reviewed": m.Reviewed,
	}
	for i, c := range k.columns {
		if c.read == nil {
			continue
		}
		cell, changed := k.changed(m, row, i)
		if !changed {
			continue
		}
		value, trouble := c.read(k.t, cell)
		if trouble != "" {
			k.trouble(row, k.at[i], "%s", trouble)
			continue
		}
		// As it will be written, where it may have been typed in another form.
		switch value := value.(type) {
		case time.Time:
			cell = value.Format(time.DateOnly)
		case int:
			cell = strconv.Itoa(value)
		case string:
			if c.field == "number" {
				cell = value
			}
		}
		k.add(m, row, i, c.field, old[c.field], value, sheet.OneLine(c.show(m)), cell)
	}
}

// priorities compares the cells of a row that stand for the methods. A measure is a preparation for
// all of them or for none.
func (k *taker) priorities(m *handbook.Measure, row int) {
	prepares, others, first := -1, -1, -1 // columns
	wanted := map[int]string{}
	for i, c := range k.columns {
		if c.method == nil {
			continue
		}
		written, changed := k.changed(m, row, i)
		if !changed {
			written = c.show(m)
		} else if first < 0 {
			first = i
		}
		slug, isPreparation, trouble := readPriority(k.h, written)
		switch {
		case trouble != "":
			k.trouble(row, k.at[i], "%s", trouble)
			return
		case isPreparation:
			prepares = i
		default:
			others = i
		}
		wanted[i] = slug
	}
	if first < 0 {
		return
	}
	if prepares >= 0 && others >= 0 {
		k.trouble(row, k.at[first], "「%s」は、すべての方式に付けるか、どれにも付けません", preparation)
		return
	}
	if isPreparation := prepares >= 0; isPreparation != m.Preparation {
		if isPreparation {
			k.add(m, row, first, "preparation", nil, true, "", preparation)
		} else {
			k.add(m, row, first, "preparation", true, nil, preparation, "")
		}
	}
	for i, c := range k.columns {
		if c.method == nil {
			continue
		}
		var old, value any
		from := m.PrioritySlug[c.method.Slug]
		if from != "" {
			old = from
		}
		if wanted[i] != "" {
			value = wanted[i]
		}
		k.add(m, row, i, c.field, old, value, mark(k.h, from), mark(k.h, wanted[i]))
	}
}

// rewrite makes the changed files.
func (k *taker) rewrite(content fs.FS) error {
	edits := map[string][]source.Edit{}
	for _, c := range k.Changes {
		edits[c.File] = append(edits[c.File], source.Edit{Field: c.Field, Value: c.value})
	}
	for file, list := range edits {
		data, err := fs.ReadFile(content, file)
		if err != nil {
			return err
		}
		changed, err := source.Rewrite(data, list)
		if err != nil {
			i := slices.IndexFunc(k.Changes, func(c Change) bool { return c.File == file })
			k.trouble(k.Changes[i].row, -1, "%s: %v", file, err)
			continue
		}
		k.Files[file] = changed
	}
	return nil
}

// An overlay is a folder in which some files say something else.
type overlay struct {
	fs.FS
	files map[string][]byte
}

func (o overlay) ReadFile(name string) ([]byte, error) {
	if data, ok := o.files[name]; ok {
		return data, nil
	}
	return fs.ReadFile(o.FS, name)
}

func (o overlay) Stat(name string) (fs.FileInfo, error) { return fs.Stat(o.FS, name) }

// checkAgain loads the content with the changes. What is wrong then with a measure is the table's
// fault; what is wrong elsewhere, such as a number of measures that is expected, can only be put right
// afterwards.
func (k *taker) checkAgain(before []source.Problem, content fs.FS, today time.Time) error {
	after, problems, err := handbook.Load(overlay{content, k.Files}, today, handbook.Said{Partial: true})
	if err != nil {
		return err
	}
	measures := map[string]*handbook.Measure{}
	for _, m := range after.Measures {
		measures[m.File] = m
	}
	for _, p := range problems {
		m := measures[p.File]
		switch {
		case slices.ContainsFunc(before, func(old source.Problem) bool { return old.File == p.File && old.Text == p.Text }): // on another line, perhaps
		case p.Warning || m == nil:
			k.Later = append(k.Later, p)
		default:
			k.blame(m, p)
		}
	}
	return nil
}

// blame finds the cell that makes a problem.
func (k *taker) blame(m *handbook.Measure, p source.Problem) {
	for _, c := range k.Changes {
		if c.File == p.File && c.value != nil && m.At(c.Field) == p.Line {
			k.trouble(c.row, c.column, "%s", p.Text)
			return
		}
	}
	// What a change made wrong elsewhere names the changed file.
	for _, c := range k.Changes {
		if c.File != p.File && strings.Contains(p.Text, c.File+":") && strings.Contains(p.Text, c.New) {
			k.trouble(c.row, c.column, "%s の %s", p.File, p.Text)
			return
		}
	}
	for row, of := range k.measures {
		if of.File == p.File {
			k.trouble(row, -1, "%s", p.Text)
			return
		}
	}
	k.Troubles = append(k.Troubles, p.String()) // of a measure that is not in the table
}
