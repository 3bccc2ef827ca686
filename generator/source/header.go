package source

import (
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

// misplaced returns what is wrong with fields that stand in another table than theirs, because its
// header was deleted or they were moved below one, if there are any. All else that is wrong with the file
// follows from it.
func misplaced(file string, top *table, of reflect.Type) (p Problem, found bool) {
	root := level{top, of, ""}
	root.visit(func(l level, above []level) {
		stray, atEnd := l.stray()
		if found || stray == nil {
			return
		}
		var names []string
		for _, e := range stray {
			names = append(names, fmt.Sprintf("%q", e.key))
		}
		said := strings.Join(names, "、")
		if len(names) > 4 {
			said = strings.Join(names[:3], "、") + " など"
		}
		if slices.ContainsFunc(above, func(outer level) bool { return outer.lacks(stray) }) {
			said += fmt.Sprintf(" は、見出し [%s] の下には書けません（その見出しの行より上に移してください）", strings.TrimSuffix(l.path, "."))
		} else if homes := root.homes(stray, l.path); atEnd && homes != nil {
			said += fmt.Sprintf(" は、ここでは使えません（%s の項目なら、その見出しの行をこの上に書いてください）", strings.Join(homes, " か "))
		} else {
			return
		}
		p, found = Problem{File: file, Line: stray[0].line, Text: "項目 " + said}, true
	}, nil)
	return p, found
}

// visit calls use for a table and for those below it, each with the tables above it.
func (l level) visit(use func(l level, above []level), above []level) {
	use(l, above)
	above = append(slices.Clip(above), l)
	for _, f := range planOf(l.of).fields {
		for _, below := range l.below(f) {
			below.visit(use, above)
		}
	}
}

// below returns the tables of a field: its own, or the named ones in it.
func (l level) below(f plannedField) []level {
	e := l.table.at(f.name)
	if e == nil {
		return nil
	}
	t, ok := e.value.(*table)
	if !ok {
		return nil
	}
	if f.of.Kind() == reflect.Struct {
		return []level{{t, f.of, l.path + f.name + "."}}
	}
	if !isNamed(f.of) {
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

// stray returns the fields of a table that are none of its own, unless they seem to be misspelt ones, and
// whether its own all stand above them.
func (l level) stray() (stray []entry, atEnd bool) {
	names := planOf(l.of).names
	atEnd = true
	for _, e := range l.table.entries {
		_, isTable := e.value.(*table)
		switch known := slices.Contains(names, e.key); {
		case isTable:
		case known:
			atEnd = stray == nil
		default:
			if near := Nearest(e.key, names); near != "" && l.table.at(near) == nil {
				return nil, false
			}
			stray = append(stray, e)
		}
	}
	return stray, atEnd
}

// lacks reports whether a table has none of some fields, all of which it could have.
func (l level) lacks(fields []entry) bool {
	for _, e := range fields {
		own := slices.IndexFunc(planOf(l.of).fields, func(f plannedField) bool { return f.name == e.key && !f.isTable })
		if own < 0 || l.table.at(e.key) != nil {
			return false
		}
	}
	return true
}

// homes returns the headers below which some fields can have stood, those that are nearest to a path.
func (l level) homes(fields []entry, path string) []string {
	var homes []string
	nearest := 0
	l.visit(func(l level, _ []level) {
		near := len(l.path)
		if !strings.HasPrefix(path, l.path) {
			near = -1
		}
		for _, f := range planOf(l.of).fields {
			isHome := false
			header := l.path + f.name
			switch there := l.table.at(f.name) != nil; {
			case isNamed(f.of):
				isHome = holdsAll(f.of.Elem().Elem(), fields)
				header += ".名前"
			case there || !f.isTable:
			case f.of.Kind() == reflect.Struct:
				isHome = holdsAll(f.of, fields)
			default:
				isHome = (!f.optional || len(fields) > 1) && takesAny(f.of, fields)
			}
			switch {
			case !isHome || near < nearest:
			case near > nearest:
				nearest, homes = near, []string{"[" + header + "]"}
			default:
				homes = append(homes, "["+header+"]")
			}
		}
	}, nil)
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

// takesAny reports whether fields may be the texts or lists of a table whose names are free.
func takesAny(of reflect.Type, fields []entry) bool {
	isText := of == labelsType || of.Kind() == reflect.Map && of.Elem().Kind() == reflect.String
	isList := of.Kind() == reflect.Map && of.Elem().Kind() == reflect.Slice
	for _, e := range fields {
		_, text := e.value.(string)
		_, list := e.value.([]any)
		if !(text && isText || list && isList) || !IsSlug(e.key) {
			return false
		}
	}
	return true
}
