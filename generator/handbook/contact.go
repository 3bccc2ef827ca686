package handbook

import (
	"time"

	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// A Contact (相談先) is somebody to ask.
type Contact struct {
	source.Record
	Number       int        `toml:"number"`
	Name         string     `toml:"name"`
	Organisation string     `toml:"organisation"`
	Purpose      string     `toml:"purpose"`
	How          string     `toml:"how,optional"`
	URL          string     `toml:"url,optional"`
	Checked      time.Time  `toml:"checked"`
	Ended        source.Day `toml:"ended,optional"`       // history from then on
	ValidUntil   time.Time  `toml:"valid_until,optional"` // to be looked at again by this day
	Body         *markdown.Body
}

func (c *Contact) check(report reporter, today time.Time) {
	checkURL(&c.Record, "url", c.URL, report)
	if !c.ValidUntil.IsZero() && c.Ended.IsZero() && c.ValidUntil.Before(today) {
		report(c.Problem("valid_until", "期限 %s を過ぎた相談先です（続いているなら日付を直し、終わったなら ended に終わった日を書いてください）", c.ValidUntil.Format(time.DateOnly)))
	}
}
