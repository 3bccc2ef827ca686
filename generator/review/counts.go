package review

import (
	"fmt"
	"strings"

	"tebiki/generator/handbook"
)

// Counts is a table of how many measures stand on the checklist of each method, a line a method: what
// is counted, before its number, in the same order everywhere.
func Counts(h *handbook.Handbook) string {
	var b strings.Builder
	for _, m := range h.Methods {
		fmt.Fprintf(&b, "%s  ", m.Mark)
		if len(m.Preparation) > 0 {
			fmt.Fprintf(&b, "%s %2d  ", preparation, len(m.Preparation))
		}
		for _, group := range m.Groups {
			fmt.Fprintf(&b, "%s %2d  ", group.Priority.Mark, len(group.Measures))
		}
		fmt.Fprintf(&b, "計 %2d  %s\n", len(m.Measures), m.Short)
	}
	return b.String()
}
