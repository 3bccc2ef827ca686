package source

import (
	"reflect"
	"slices"
	"strings"
)

// EachText calls use for each text in the fields of a record, a pointer to a struct, and of the
// tables below it: with the record that knows the field and with the field's name there.
func EachText(record any, use func(of *Record, field, text string)) {
	eachTextIn(reflect.ValueOf(record).Elem(), nil, "", use)
}

func eachTextIn(record reflect.Value, of *Record, prefix string, use func(*Record, string, string)) {
	p := planOf(record.Type())
	if p.record >= 0 {
		of, prefix = record.Field(p.record).Addr().Interface().(*Record), ""
	}
	for _, field := range p.fields {
		eachTextOf(record.Field(field.place), of, prefix+field.name, use)
	}
}

func eachTextOf(value reflect.Value, of *Record, field string, use func(*Record, string, string)) {
	if labels, ok := value.Interface().(Labels); ok {
		for _, label := range labels {
			use(of, field+"."+label.ID, label.Text)
		}
		return
	}
	switch value.Kind() {
	case reflect.String:
		use(of, field, value.String())
	case reflect.Struct:
		if t := value.Type(); t != timeType && t != dayType {
			eachTextIn(value, of, field+".", use)
		}
	case reflect.Map:
		keys := value.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, key := range keys {
			eachTextOf(value.MapIndex(key), of, field+"."+key.String(), use)
		}
	case reflect.Slice:
		for i := range value.Len() {
			if element := value.Index(i); element.Kind() == reflect.Pointer {
				eachTextIn(element.Elem(), of, field, use)
			} else {
				eachTextOf(element, of, field, use)
			}
		}
	}
}
