package source

import (
	"reflect"
	"strings"
)

// slugPattern is slugForm for other programs.
const slugPattern = `^[a-z0-9]+(-[a-z0-9]+)*$`

// Schema describes the files of records of a type for other programs, as JSON Schema (2020-12). It
// says what the decoder takes; what a value must be beside its type, the rules of the handbook say.
// describe gives what a field means, by its dotted name, in which * stands for a name of the writer's
// choice; "" for nothing.
func Schema(record reflect.Type, describe func(field string) string) map[string]any {
	schema := tableSchema(record, "", describe)
	schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	return schema
}

// tableSchema describes a table that fills a struct.
func tableSchema(t reflect.Type, prefix string, describe func(string) string) map[string]any {
	properties, required := map[string]any{}, []string{}
	for i := range t.NumField() {
		tag := t.Field(i).Tag.Get("toml")
		if tag == "" || tag == "-" {
			continue
		}
		name, option, _ := strings.Cut(tag, ",")
		field := valueSchema(t.Field(i).Type, prefix+name, describe)
		if meaning := describe(prefix + name); meaning != "" {
			field["description"] = meaning
		}
		properties[name] = field
		if option != "optional" {
			required = append(required, name)
		}
	}
	return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

// valueSchema describes the value of a field. Days are texts there: JSON has none.
func valueSchema(t reflect.Type, field string, describe func(string) string) map[string]any {
	text := func() map[string]any { return map[string]any{"type": "string", "pattern": `\S`} }
	named := func(below map[string]any) map[string]any {
		return map[string]any{"type": "object", "patternProperties": map[string]any{slugPattern: below}, "additionalProperties": false}
	}
	switch t {
	case labelsType:
		return named(text())
	case timeType:
		return map[string]any{"type": "string", "format": "date"}
	case dayType:
		return map[string]any{"type": "string", "pattern": `^\d{4}-\d\d(-\d\d)?$`}
	}
	switch t.Kind() {
	case reflect.String:
		return text()
	case reflect.Int:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": valueSchema(t.Elem(), field+".*", describe)}
	case reflect.Struct:
		return tableSchema(t, field+".", describe)
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Pointer {
			list := named(tableSchema(t.Elem().Elem(), field+".*.", describe))
			list["minProperties"] = 1
			return list
		}
		list := map[string]any{"type": "array", "items": valueSchema(t.Elem(), field, describe)}
		if t.Elem().Kind() == reflect.String {
			list["uniqueItems"] = true
		}
		return list
	}
	panic("source: no rule to describe " + t.String())
}
