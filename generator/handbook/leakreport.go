package handbook

import (
	"time"

	"tebiki/generator/source"
)

// A LeakReport (漏えい等報告) is leak-report.toml: by when a leak of personal data is to be reported,
// and drafts of what is said.
type LeakReport struct {
	source.Record
	Title        string      `toml:"title"`
	Lead         string      `toml:"lead"`
	Learned      string      `toml:"learned"` // what the day is that is counted from
	Checked      time.Time   `toml:"checked"`
	Deadlines    []*Deadline `toml:"deadline"`
	DraftTitle   string      `toml:"draft_title"`
	DraftLead    string      `toml:"draft_lead"`
	Drafts       []*Draft    `toml:"draft"`
	MeasureSlugs []string    `toml:"measures,optional"`
}

// A Deadline of a report. The day on which the leak became known is day 1.
type Deadline struct {
	source.Record
	Name string `toml:"name"`
	Whom string `toml:"whom"`          // who is told
	When string `toml:"when"`          // in words
	From int    `toml:"from,optional"` // the first of the days on which it is expected
	To   int    `toml:"to,optional"`   // the last day; 0 where no number of days is set
}

// A Draft is a text to be copied and completed.
type Draft struct {
	source.Record
	Title string `toml:"title"`
	Note  string `toml:"note,optional"`
	Text  string `toml:"text"`
}

// On returns the first and the last day of the deadline for a leak that became known on a day; both
// are the last where there is but one.
func (d *Deadline) On(learned time.Time) (from, to time.Time) {
	to = learned.AddDate(0, 0, d.To-1)
	if d.From > 0 {
		return learned.AddDate(0, 0, d.From-1), to
	}
	return to, to
}

func (h *Handbook) resolveLeakReport(report reporter) {
	if h.LeakReport == nil {
		return
	}
	for _, m := range h.measures.all(&h.LeakReport.Record, "measures", "対策", h.LeakReport.MeasureSlugs, report) {
		m.Reported = true
	}
}

func (h *Handbook) checkLeakReport(report reporter, today time.Time) {
	if h.LeakReport == nil {
		return
	}
	h.checkReview(&h.LeakReport.Record, h.LeakReport.Checked, today, report)
	for _, d := range h.LeakReport.Deadlines {
		checkCount(&d.Record, "from", d.From, report)
		checkCount(&d.Record, "to", d.To, report)
		if d.Has("from") && d.From >= d.To {
			report(d.Problem("from", "from は、to より前の日にしてください（to だけなら from は消してください）"))
		}
	}
}
