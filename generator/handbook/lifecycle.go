package handbook

import (
	"time"

	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// A Lifecycle (サポート期限) is the day on which a product's support ends.
type Lifecycle struct {
	source.Record
	Number     int        `toml:"number"`
	Product    string     `toml:"product"`
	End        source.Day `toml:"end"`
	Checked    time.Time  `toml:"checked"`
	SourceNote string     `toml:"source_note,optional"` // how sure the date is
	GroupSlug  string     `toml:"group,optional"`
	Body       *markdown.Body

	Group *LifecycleGroup // nil without
}

// A LifecycleGroup holds the products that a reader owns, or does not, together: phones, servers.
type LifecycleGroup struct {
	source.Record
	Name string `toml:"name"`
	Note string `toml:"note,optional"` // what holds for all of them, such as where to look
}

func (l *Lifecycle) resolve(h *Handbook, report reporter) {
	if l.GroupSlug == "" || h.Edition.Unread() {
		return
	}
	for _, g := range h.lifecycleGroups.all(&l.Record, "group", "まとまり", []string{l.GroupSlug}, report) {
		l.Group = g
	}
}
