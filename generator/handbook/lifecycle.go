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
	Body       *markdown.Body
}
