package handbook

import (
	"time"

	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// A Threat (想定脅威) is what measures protect against.
type Threat struct {
	source.Record
	Number   int       `toml:"number"`
	Name     string    `toml:"name"`
	Summary  string    `toml:"summary"`
	Reviewed time.Time `toml:"reviewed"`
	Body     *markdown.Body

	Measures  []*Measure  // that protect against it, by number
	Incidents []*Incident // in which it has come true, by number
}

func (t *Threat) check(h *Handbook, report reporter) {
	if len(t.Measures) == 0 && !(h.measureUnread || len(h.Missed["measures"]) > 0) && !t.Unread() {
		report(t.Problem("", "この脅威を防ぐ対策が一つもありません（対策の threats に %q を足してください）", t.Slug))
	}
}
