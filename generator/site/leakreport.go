package site

import (
	"tebiki/generator/handbook"
	"tebiki/generator/searchindex"
)

// A leakReportPage tells by when a leak is to be reported, and drafts what is said.
type leakReportPage struct {
	recordPage
	Report    *handbook.LeakReport // nil when the content has only the page
	Deadlines []deadlineRow
}

// A deadlineRow is a deadline, with its days for a leak that became known on the day the rules were
// checked.
type deadlineRow struct {
	*handbook.Deadline
	Example string // in words, "" where no number of days is set
}

var leakReportKind = pageKind{
	slug: "leak-report", layout: "leak-report",
	needed: func(h *handbook.Handbook) bool { return h.LeakReport != nil },
	view: func(p recordPage) any {
		p.Contents = contents(p.Record.Body)
		view := &leakReportPage{recordPage: p, Report: p.Handbook.LeakReport}
		if view.Report == nil {
			return view
		}
		view.Extra = formExtra
		view.Contents = append([]Link{{"#deadlines", view.Report.Title}}, append(view.Contents, Link{"#drafts", view.Report.DraftTitle})...)
		for _, d := range view.Report.Deadlines {
			row := deadlineRow{Deadline: d}
			switch from, to := d.On(view.Report.Checked); {
			case d.To > 0 && from.Before(to):
				row.Example = p.words.Text("report.span", "from", p.Date(from), "to", p.Date(to))
			case d.To > 0:
				row.Example = p.words.Text("report.until", "date", p.Date(to))
			}
			view.Deadlines = append(view.Deadlines, row)
		}
		return view
	},
	found: func(b *builder, d *searchindex.Doc) {
		if r := b.Handbook.LeakReport; r != nil {
			d.Add("deadlines", r.Title, r.Lead)
			for _, deadline := range r.Deadlines {
				d.Add("deadlines", r.Title, deadline.Name, deadline.When)
			}
			for _, draft := range r.Drafts {
				d.Add("drafts", r.DraftTitle, draft.Title)
			}
		}
	},
}
