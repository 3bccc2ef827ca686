package handbook

import (
	"fmt"

	"tebiki/generator/source"
)

// A record is what embeds a source.Record.
type record interface{ Self() *source.Record }

// A reporter takes the problems that a rule finds.
type reporter func(source.Problem)

// aside returns a reporter of problems with what no page relies on.
func (report reporter) aside() reporter {
	return func(p source.Problem) {
		p.Aside = true
		report(p)
	}
}

// written returns a text, or "" where it is still to be written.
func written(text string) string {
	if text == source.Blank {
		return ""
	}
	return text
}

// unique reports the second record with the same value of a field.
func unique[T any, K comparable](records []*T, self func(*T) *source.Record, field, what string, key func(*T) K, report reporter) {
	first := make(map[K]*T, len(records))
	var missing K // reported as a missing field
	for _, t := range records {
		k := key(t)
		if k == missing {
			continue
		}
		if other, ok := first[k]; ok {
			report(self(t).Problem(field, "%s %q は %s と同じです（どちらかを変えてください）", what, fmt.Sprint(k), self(other).Where(field)))
			continue
		}
		first[k] = t
	}
}
