package source

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// A level is a table and the struct that it fills.
type level struct {
	table *table
	of    reflect.Type
	path  string // "" or ending in "."
}

// A mender puts what stands in the wrong place of a table where it belongs, as far as that is clear:
// headers that are gone or misspelt, and fields that were moved to another table. Each mistake gives one
// problem, and what is right besides can still be read.
type mender struct {
	root     level
	found    []Problem // where nothing is wrong, nothing needs mending, but there may be doubts
	problems []Problem
	lost     bool       // what is wrong is said, and all else that is wrong follows from it
	doubts   []misplace // what is only wrong if there is a problem in it
}

// A misplace is lines of a file that stand below the wrong header if there is a problem with each or, of
// labels such as the headings of sections, if several other files have problems with them.
type misplace struct {
	lines   []int
	labels  []string
	problem Problem
}

// in returns which problems follow from what stands in a file below the wrong header, nil when nothing
// does.
func (d misplace) in(file string, problems []Problem) func(Problem) bool {
	onLine := func(p Problem, line int) bool { return p.File == file && p.Line == line && !p.Warning }
	isWrong := !slices.ContainsFunc(d.lines, func(line int) bool {
		return !slices.ContainsFunc(problems, func(p Problem) bool { return onLine(p, line) })
	})
	if isWrong {
		return func(p Problem) bool {
			return slices.ContainsFunc(d.lines, func(line int) bool { return onLine(p, line) })
		}
	}
	ofLabel := func(p Problem) bool {
		return p.File != file && !p.Warning && strings.HasPrefix(p.Text, "節「") &&
			slices.ContainsFunc(d.labels, func(label string) bool { return strings.Contains(p.Text, label) })
	}
	files := map[string]bool{}
	for _, p := range problems {
		if ofLabel(p) {
			files[p.File] = true
		}
	}
	if len(files) < 2 {
		return nil
	}
	return ofLabel
}

func (m *mender) problem(line int, format string, args ...any) {
	m.problems = append(m.problems, Problem{Line: line, Text: fmt.Sprintf(format, args...)})
}

// mend looks at a table and at those below it. above are the tables that hold it.
func (m *mender) mend(l level, above []level) {
	isWrong := len(m.found) > 0
	if isWrong {
		m.misspelt(l)
	}
	for _, f := range planOf(l.of).fields {
		if isWrong && isNamed(f.of) {
			m.unopened(l, f)
		}
		for _, below := range l.below(f) {
			m.mend(below, append(slices.Clip(above), l))
		}
		if e := l.table.at(f.name); e != nil && f.isTable && f.of.Kind() != reflect.Struct && !isNamed(f.of) {
			if t, ok := e.value.(*table); ok {
				m.free(t, f, l.path+f.name, append(slices.Clip(above), l))
			}
		}
	}
	if isWrong {
		m.stray(l, above)
	}
}

// An area is a table with its header's place in the file.
type area struct {
	*table
	path string
	of   reflect.Type
}

// areas returns a table and all below it that have a header, in the order of the file.
func areas(root level) []area {
	list := []area{{root.table, "", root.of}}
	var visit func(l level)
	visit = func(l level) {
		for _, f := range planOf(l.of).fields {
			below := l.below(f)
			if t, ok := l.table.atTable(f.name); ok && f.of.Kind() != reflect.Struct && !isNamed(f.of) {
				list = append(list, area{t, l.path + f.name, f.of})
			}
			for _, b := range below {
				list = append(list, area{b.table, strings.TrimSuffix(b.path, "."), b.of})
				visit(b)
			}
		}
	}
	visit(root)
	slices.SortStableFunc(list[1:], func(a, b area) int { return cmp.Compare(a.line, b.line) })
	return list
}

// moved looks for headers that were moved up or down among fields: no empty line stands above them any
// more, but one where they stood.
func (m *mender) moved() {
	all := areas(m.root)
	for i := 1; i < len(all); i++ {
		above, below := all[i-1], all[i]
		if !below.isTight {
			continue
		}
		first := slices.IndexFunc(below.entries, func(e entry) bool { return e.gap })
		if before := above.fields(); len(before) > 0 {
			gap := len(before) - 1
			for gap > 0 && !before[gap].gap {
				gap--
			}
			if gap > 0 && m.shift(before[gap:], above, below, "は、見出し [%s] の下に書きます（その見出しの行より下に移してください）") {
				continue
			}
		}
		if first > 0 {
			m.shift(slices.Clone(below.entries[:first]), below, above, "は、見出し ["+below.path+"] の下には書けません（その見出しの行より上に移してください）")
		}
	}
}

// fields returns the entries of a table that are no tables.
func (t *table) fields() []entry {
	return slices.DeleteFunc(slices.Clone(t.entries), func(e entry) bool { _, isTable := e.value.(*table); return isTable })
}

// shift moves fields from one table to another if there is a problem with each, and reports that. If
// there is none yet, there may be one later.
func (m *mender) shift(stray []entry, from, to area, how string) bool {
	if strings.Contains(how, "%s") {
		how = fmt.Sprintf(how, to.path)
	}
	p := Problem{Line: stray[0].line, Text: "項目 " + saidKeys(stray) + " " + how}
	if slices.ContainsFunc(stray, func(e entry) bool { return !m.hasProblem(e) }) {
		m.doubt(p, stray, from.of)
		return false
	}
	m.problems = append(m.problems, p)
	from.remove(stray)
	for _, e := range stray {
		e.gap = false
		to.entries = append(to.entries, e)
	}
	slices.SortStableFunc(to.entries, func(a, b entry) int { return cmp.Compare(a.line, b.line) })
	return true
}

// remove takes fields out of a table.
func (t *table) remove(fields []entry) {
	t.entries = slices.DeleteFunc(t.entries, func(e entry) bool {
		return slices.ContainsFunc(fields, func(f entry) bool { return f.key == e.key })
	})
}

// doubt notes what may be wrong with fields of a table of some type, unless something is noted of them.
func (m *mender) doubt(p Problem, fields []entry, of reflect.Type) {
	doubt := misplace{problem: p}
	for _, e := range fields {
		if slices.ContainsFunc(m.doubts, func(d misplace) bool { return slices.Contains(d.lines, e.line) }) {
			return
		}
		doubt.lines = append(doubt.lines, e.line)
		if text, ok := e.value.(string); ok && of == labelsType {
			doubt.labels = append(doubt.labels, text)
		}
	}
	m.doubts = append(m.doubts, doubt)
}

// hasProblem reports whether something wrong was found on the line of an entry.
func (m *mender) hasProblem(e entry) bool {
	return slices.ContainsFunc(m.found, func(p Problem) bool { return p.Line == e.line })
}

// misspelt gives fields and tables the name that was meant, where the table lacks that one or, of a
// table, has a part of it.
func (m *mender) misspelt(l level) {
	for i := 0; i < len(l.table.entries); i++ {
		e := &l.table.entries[i]
		below, isBelow := e.value.(*table)
		near := nearestField(l.table, l.of, e)
		if near == "" {
			continue
		}
		m.problem(e.line, "項目 %q はここでは使えません（%s のことですか）", l.path+e.key, near)
		there := l.table.at(near)
		if there == nil {
			e.key = near
			continue
		}
		if other, ok := there.value.(*table); ok && isBelow {
			other.merge(below)
		}
		l.table.entries = slices.Delete(l.table.entries, i, i+1)
		i--
	}
}

// nearestField returns the field that was probably meant by an entry of a table which is none, "" when
// none is near. A field that is there was not meant, but a table may have stood in two places.
func nearestField(t *table, of reflect.Type, e *entry) string {
	p := planOf(of)
	if slices.Contains(p.names, e.key) {
		return ""
	}
	_, isBelow := e.value.(*table)
	var candidates []string
	for _, f := range p.fields {
		if t.at(f.name) == nil || isBelow && f.isTable {
			candidates = append(candidates, f.name)
		}
	}
	if near := Nearest(e.key, candidates); near != "" || isBelow {
		return near
	}
	return onlyMissing(t, p, e)
}

// onlyMissing returns the one field that a table must have and has not, if the value of its one unknown
// field would do for it: another kind of record calls it so.
func onlyMissing(t *table, p *plan, e *entry) string {
	missing := slices.DeleteFunc(slices.Clone(p.fields), func(f plannedField) bool { return f.optional || t.at(f.name) != nil })
	isOnly := !slices.ContainsFunc(t.entries, func(other entry) bool { return other.key != e.key && !slices.Contains(p.names, other.key) })
	if len(missing) != 1 || !isOnly || missing[0].isTable {
		return ""
	}
	d := decoder{}
	missing[0].decode(&d, e, reflect.New(missing[0].of).Elem(), "")
	if len(d.problems) > 0 {
		return ""
	}
	return missing[0].name
}

// merge adds the entries of another table.
func (t *table) merge(other *table) {
	for _, e := range other.entries {
		there := t.at(e.key)
		if there == nil {
			t.entries = append(t.entries, e)
			continue
		}
		inner, ok := there.value.(*table)
		if below, isTable := e.value.(*table); ok && isTable {
			inner.merge(below)
		}
	}
}

// unopened finds named tables that have parts and no header of their own, although they need fields: the
// name is misspelt in the header or in those of the parts.
func (m *mender) unopened(l level, f plannedField) {
	t, ok := l.table.atTable(f.name)
	if !ok {
		return
	}
	of := f.of.Elem().Elem()
	if !slices.ContainsFunc(planOf(of).fields, func(f plannedField) bool { return !f.isTable && !f.optional }) {
		return
	}
	var names []string
	for _, e := range t.entries {
		if e.state == opened {
			names = append(names, e.key)
		}
	}
	for i := 0; i < len(t.entries); i++ {
		e := t.entries[i]
		parts, isTable := e.value.(*table)
		if !isTable || e.state != mentioned {
			continue
		}
		near := Nearest(e.key, names)
		if near == "" {
			continue
		}
		header := t.at(near)
		m.problem(max(e.line, header.line), "見出し [%[1]s.%[2]s] と [%[1]s.%[3]s] の名前が違います（どちらかの打ちまちがいです。同じ名前にしてください）", l.path+f.name, near, e.key)
		whole := header.value.(*table)
		if !slices.ContainsFunc(whole.entries, func(e entry) bool { _, isTable := e.value.(*table); return isTable }) {
			header.key = e.key // it has no parts by its own name
		}
		whole.merge(parts)
		t.entries = slices.Delete(t.entries, i, i+1)
		i--
	}
}

// atTable returns the table of a key.
func (t *table) atTable(key string) (*table, bool) {
	e := t.at(key)
	if e == nil {
		return nil, false
	}
	below, ok := e.value.(*table)
	return below, ok
}

// free looks at a table whose names are free: nothing but their values, their neighbours and what is
// missing elsewhere tells that some belong to another table.
func (m *mender) free(t *table, f plannedField, path string, above []level) {
	if f.of.Kind() == reflect.Map && f.of.Elem().Kind() == reflect.Map {
		f.of = f.of.Elem()
		for _, e := range t.entries {
			if below, ok := e.value.(*table); ok {
				m.free(below, f, path+"."+e.key, above)
			}
		}
		return
	}
	for i := 0; i < len(t.entries); i++ {
		e := t.entries[i]
		for _, outer := range slices.Backward(above) {
			if own := outer.lacking(e.key); own != nil && (!own.optional || !takesAny(f.of, []entry{e})) {
				m.problem(e.line, "項目 %q は、見出し [%s] の下には書けません（その見出しの行より上に移してください）", e.key, path)
				outer.table.entries = append(outer.table.entries, e)
				t.entries = slices.Delete(t.entries, i, i+1)
				i--
				break
			}
		}
	}
	gap := slices.IndexFunc(t.entries, func(e entry) bool { return e.gap })
	if gap <= 0 {
		return
	}
	stray := slices.Clone(t.entries[gap:])
	homes := m.root.homes(stray, path+".", true)
	if len(homes) == 0 {
		return
	}
	isNeeded := slices.ContainsFunc(homes, func(h home) bool { return h.needed })
	isWrong := !slices.ContainsFunc(stray, func(e entry) bool { return !m.hasProblem(e) })
	p := Problem{Line: stray[0].line, Text: misplacedText(stray, homes)}
	switch {
	case isNeeded || isWrong:
		t.entries = t.entries[:gap]
		m.move(stray, homes)
	default:
		m.doubt(p, stray, f.of)
	}
}

// move reports fields whose header is gone, and puts them below it when it is clear which.
func (m *mender) move(stray []entry, homes []home) {
	m.problem(stray[0].line, "%s", misplacedText(stray, homes))
	if needed := slices.DeleteFunc(slices.Clone(homes), func(h home) bool { return !h.needed }); len(needed) == 1 {
		homes = needed
	}
	switch h := homes[0]; {
	case len(homes) > 1 || h.isNew:
		m.lost = true // under which name they stood is not known
	case h.there != nil:
		h.there.entries = append(h.there.entries, stray...)
	default:
		h.in.entries = append(h.in.entries, entry{key: h.name, line: stray[0].line, value: &table{line: stray[0].line, entries: stray}, state: opened})
	}
}

func misplacedText(stray []entry, homes []home) string {
	var headers []string
	for _, h := range homes {
		headers = append(headers, "["+h.header+"]")
	}
	return fmt.Sprintf("項目 %s は、ここでは使えません（%s の項目なら、その見出しの行をこの上に書いてください）", saidKeys(stray), strings.Join(headers, " か "))
}

// stray looks for fields of a table that are none of its own. An empty line parts those that stood below
// several headers.
func (m *mender) stray(l level, above []level) {
	stray, atEnd := l.strays()
	for len(stray) > 0 {
		n := 1
		for n < len(stray) && !stray[n].gap {
			n++
		}
		m.place(l, above, stray[:n], atEnd)
		stray = stray[n:]
	}
}

// place puts fields that stand together in a table to which they do not belong where they do.
func (m *mender) place(l level, above []level, stray []entry, atEnd bool) {
	for _, outer := range slices.Backward(above) {
		if outer.lacks(stray) {
			m.problem(stray[0].line, "項目 %s は、見出し [%s] の下には書けません（その見出しの行より上に移してください）", saidKeys(stray), strings.TrimSuffix(l.path, "."))
			l.table.remove(stray)
			outer.table.entries = append(outer.table.entries, stray...)
			return
		}
	}
	for _, f := range planOf(l.of).fields {
		if f.of.Kind() != reflect.Struct {
			continue
		}
		for _, below := range l.below(f) {
			if l.table.at(f.name).state == opened && below.lacks(stray) {
				m.problem(stray[0].line, "項目 %s は、見出し [%s] の下に書きます（その見出しの行より下に移してください）", saidKeys(stray), strings.TrimSuffix(below.path, "."))
				l.table.remove(stray)
				below.table.entries = append(below.table.entries, stray...)
				return
			}
		}
	}
	if homes := m.root.homes(stray, l.path, stray[0].gap); atEnd && homes != nil {
		l.table.remove(stray)
		m.move(stray, homes)
	}
}

// saidKeys names fields as messages do.
func saidKeys(fields []entry) string {
	const most = 4
	var names []string
	for _, e := range fields {
		names = append(names, fmt.Sprintf("%q", e.key))
	}
	if len(names) > most {
		return strings.Join(names[:most-1], "、") + " など"
	}
	return strings.Join(names, "、")
}

// below returns the tables of a field: its own, or the named ones in it.
func (l level) below(f plannedField) []level {
	t, ok := l.table.atTable(f.name)
	switch {
	case !ok:
		return nil
	case f.of.Kind() == reflect.Struct:
		return []level{{t, f.of, l.path + f.name + "."}}
	case !isNamed(f.of):
		return nil
	}
	var levels []level
	for _, e := range t.entries {
		if inner, ok := e.value.(*table); ok {
			levels = append(levels, level{inner, f.of.Elem().Elem(), l.path + f.name + "." + e.key + "."})
		}
	}
	return levels
}

// isNamed reports whether a field takes named tables.
func isNamed(of reflect.Type) bool {
	return of.Kind() == reflect.Slice && of.Elem().Kind() == reflect.Pointer
}

// strays returns the fields of a table that are none of its own, and whether its own all stand above
// them.
func (l level) strays() (stray []entry, atEnd bool) {
	names := planOf(l.of).names
	atEnd = true
	for _, e := range l.table.entries {
		_, isTable := e.value.(*table)
		switch known := slices.Contains(names, e.key); {
		case isTable:
		case known:
			atEnd = stray == nil
		default:
			stray = append(stray, e)
		}
	}
	return stray, atEnd
}

// lacking returns the field of a name that a table could have and has not, unless it is a table; nil
// when there is none.
func (l level) lacking(name string) *plannedField {
	fields := planOf(l.of).fields
	own := slices.IndexFunc(fields, func(f plannedField) bool { return f.name == name && !f.isTable })
	if own < 0 || l.table.at(name) != nil {
		return nil
	}
	return &fields[own]
}

// lacks reports whether a table has none of some fields, all of which it could have.
func (l level) lacks(fields []entry) bool {
	return !slices.ContainsFunc(fields, func(e entry) bool { return l.lacking(e.key) == nil })
}

// A home is a table below whose header, which is not there, fields can have stood.
type home struct {
	in     *table
	name   string // in it
	of     reflect.Type
	header string
	there  *table // what has parts, and no header of its own
	isNew  bool   // its name is not known
	needed bool   // something is missing without it
}

// homes returns the tables to which some fields may belong, those that are nearest to a path. freely
// says that more than the names of the fields tells that they stand in the wrong one.
func (l level) homes(fields []entry, path string, freely bool) []home {
	var homes []home
	nearest := 0
	add := func(l level, h home) {
		near := len(l.path)
		if !strings.HasPrefix(path, l.path) {
			near = -1
		}
		h.in, h.header = l.table, l.path+h.header
		switch {
		case near > nearest:
			nearest, homes = near, []home{h}
		case near == nearest:
			homes = append(homes, h)
		}
	}
	var visit func(l level)
	visit = func(l level) {
		for _, f := range planOf(l.of).fields {
			e := l.table.at(f.name)
			isMap := f.of.Kind() == reflect.Map
			switch {
			case isNamed(f.of):
				if holdsAll(f.of.Elem().Elem(), fields) {
					found := l.unopened(f, fields)
					for _, h := range found {
						add(l, h)
					}
					if found == nil {
						add(l, home{header: f.name + ".名前", of: f.of, isNew: true})
					}
				}
			case isMap && isNamed(f.of.Elem()):
				if holdsAll(f.of.Elem().Elem().Elem(), fields) {
					add(l, home{header: f.name + ".種類.名前", of: f.of, isNew: true})
				}
			case isMap && f.of.Elem().Kind() == reflect.Map:
				if takesAny(f.of.Elem(), fields) {
					add(l, home{header: f.name + ".名前", of: f.of, isNew: true})
				}
			case !f.isTable || e != nil && (e.state != mentioned || f.of.Kind() != reflect.Struct):
			case f.of.Kind() == reflect.Struct:
				if below := l.below(f); holdsAll(f.of, fields) && (e == nil || len(below) == 1 && below[0].lacks(fields)) {
					h := home{name: f.name, header: f.name, of: f.of, needed: !f.optional || e != nil}
					if e != nil {
						h.there = below[0].table
					}
					add(l, h)
				}
			case (freely || !f.optional || len(fields) > 1) && takesAny(f.of, fields):
				add(l, home{name: f.name, header: f.name, of: f.of, needed: !f.optional})
			}
			for _, below := range l.below(f) {
				visit(below)
			}
		}
	}
	visit(l)
	return homes
}

// unopened returns the named tables of a field that have parts and lack some fields.
func (l level) unopened(f plannedField, fields []entry) []home {
	var homes []home
	t, _ := l.table.atTable(f.name)
	if t == nil {
		return nil
	}
	for _, e := range t.entries {
		below, isTable := e.value.(*table)
		if isTable && e.state == mentioned && (level{below, f.of.Elem().Elem(), ""}).lacks(fields) {
			homes = append(homes, home{name: e.key, header: f.name + "." + e.key, of: f.of, there: below, needed: true})
		}
	}
	return homes
}

// holdsAll reports whether fields are those that a struct needs, and no others than it can have.
func holdsAll(of reflect.Type, fields []entry) bool {
	p := planOf(of)
	for _, e := range fields {
		if !slices.Contains(p.names, e.key) {
			return false
		}
	}
	for _, f := range p.fields {
		if !f.optional && !f.isTable && !slices.ContainsFunc(fields, func(e entry) bool { return e.key == f.name }) {
			return false
		}
	}
	return true
}

// takesAny reports whether a table whose names are free may have some fields.
func takesAny(of reflect.Type, fields []entry) bool {
	kind := reflect.String // of labels
	if of.Kind() == reflect.Map {
		kind = of.Elem().Kind()
	}
	if kind == reflect.Slice && of.Elem().Elem().Kind() != reflect.String {
		return false // of tables
	}
	for _, e := range fields {
		fits := false
		switch e.value.(type) {
		case string:
			fits = kind == reflect.String
		case []any:
			fits = kind == reflect.Slice
		case int64:
			fits = kind == reflect.Int || kind == reflect.Float64
		case float64:
			fits = kind == reflect.Float64
		}
		if !fits {
			return false
		}
	}
	return true
}
