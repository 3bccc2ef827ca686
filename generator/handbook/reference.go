package handbook

import (
	"time"

	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// A Reference (資料) is a document to read further.
type Reference struct {
	source.Record
	Number    int       `toml:"number"`
	Title     string    `toml:"title"`
	Publisher string    `toml:"publisher"`
	Published string    `toml:"published,optional"` // in words
	URL       string    `toml:"url,optional"`
	Checked   time.Time `toml:"checked"`
	Body      *markdown.Body
}

func (r *Reference) check(_ *Handbook, report reporter) { checkURL(&r.Record, "url", r.URL, report) }
