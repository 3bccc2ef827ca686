package handbook

import (
	"cmp"
	"strings"
	"time"

	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// A Change is an entry in the history of the content.
type Change struct {
	source.Record
	Date  time.Time `toml:"date"`
	Title string    `toml:"title"`
	Body  *markdown.Body
}

func newestFirst(a, b *Change) int {
	return cmp.Or(b.Date.Compare(a.Date), strings.Compare(b.Slug, a.Slug))
}

func (c *Change) check(_ *Handbook, report reporter) {
	if date := c.Date.Format(time.DateOnly); !c.Date.IsZero() && !strings.HasPrefix(c.Slug, date) {
		report(c.Problem("date", "日付 %s がファイル名と違います（ファイル名は日付で始めます: %s.md）", date, date))
	}
}
