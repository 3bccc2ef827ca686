package handbook

import (
	"maps"
	"slices"
	"time"

	"tebiki/generator/source"
)

// check applies the rules that look at more than one field: first those of each kind, then those
// that join kinds.
func (h *Handbook) check(report reporter, today time.Time) {
	for _, k := range kinds {
		k.check(h, report, today)
	}
	for _, rule := range []func(*Handbook, reporter){
		(*Handbook).checkEdition,
		(*Handbook).checkMethods,
		(*Handbook).checkMeasures,
		(*Handbook).checkCounts,
		(*Handbook).checkPublished,
		(*Handbook).checkUsage,
		(*Handbook).checkSelfTest,
		(*Handbook).checkSurvey,
		(*Handbook).checkForgotten,
	} {
		rule(h, report)
	}
	h.Flow.check(h.Methods, report)
	h.checkLeakReport(report, today)
	h.checkSecurity(report, today)
	h.checkReview(&h.Edition.Record, h.Reviewed, today, report)
}

// checkCounts compares the checklists with the numbers that the edition expects.
func (h *Handbook) checkCounts(report reporter) {
	if h.Counts == nil {
		return // nothing is expected, or that it cannot be read is reported
	}
	for _, method := range slices.Sorted(maps.Keys(h.Counts)) {
		if !h.methods.has(method) {
			report(h.Problem("count."+method, "方式 %q がありません%s", method, h.methods.hint(method)))
		}
		for _, priority := range slices.Sorted(maps.Keys(h.Counts[method])) {
			if !h.priorities.has(priority) {
				report(h.Problem("count."+method+"."+priority, "優先度 %q がありません%s", priority, h.priorities.hint(priority)))
			}
		}
	}
	if h.measureUnread {
		return // the numbers cannot be right
	}
	for _, method := range h.Methods {
		for _, group := range method.Groups {
			slug := group.Priority.Slug
			want, ok := h.Counts[method.Slug][slug]
			if !ok {
				field := "count." + method.Slug
				if !h.Edition.Has(field) {
					field = "count"
				}
				report(h.Problem(field, "方式 %q の優先度 %q の項目数がありません（[count.%s] に %s = %d を足してください）", method.Slug, slug, method.Slug, slug, len(group.Measures)))
			} else if want != len(group.Measures) {
				report(h.Problem("count."+method.Slug+"."+slug, "方式 %q の優先度 %q は %d 項目のはずですが、%d 項目あります（対策の [priority] か、この数を直してください）", method.Slug, slug, want, len(group.Measures)))
			}
		}
	}
}

// checkForgotten warns of what may be left out, and most records of the kind have.
func (h *Handbook) checkForgotten(report reporter) {
	forgotten(h.Measures, (*Measure).Self, "ask", "業者に聞くこと", func(m *Measure) bool { return m.Ask != "" }, report)
	forgotten(h.Methods, (*Method).Self, "diagram", "図", func(m *Method) bool { return len(m.Diagram.Places) > 0 }, report)
}

func forgotten[T any](list []T, self func(T) *source.Record, field, what string, has func(T) bool, report reporter) {
	var without []*source.Record
	for _, record := range list {
		if !has(record) && !self(record).Unread() {
			without = append(without, self(record))
		}
	}
	if 2*len(without) >= len(list) {
		return
	}
	for _, r := range without {
		p := r.Problem(field, "%s（%s）がありません（ほかの多くにはあります。要らなければ、このままにしてください）", what, field)
		p.Warning = true
		report(p)
	}
}

// A Dated record was compared with the world on a day, and is to be compared again.
type Dated struct {
	File         string
	Line         int // of the day
	Checked, Due time.Time
}

// checkReview warns of a date that has passed and of one still to come.
func (h *Handbook) checkReview(r *source.Record, reviewed, today time.Time, report reporter) {
	if h.ReviewMonths < 1 {
		return
	}
	field := "reviewed"
	if r.Has("checked") {
		field = "checked"
	}
	var p source.Problem
	due := reviewed.AddDate(0, h.ReviewMonths, 0)
	if !reviewed.IsZero() {
		h.Dates = append(h.Dates, Dated{r.File, r.At(field), reviewed, due})
	}
	switch {
	case reviewed.IsZero():
		return // reported as a missing field
	case due.Before(today):
		p = r.Problem(field, "見直しの期限 %s を過ぎました（内容を確かめて、日付を新しくしてください）", due.Format(time.DateOnly))
	case reviewed.After(today.AddDate(0, 0, 1)):
		p = r.Problem(field, "確認した日 %s がまだ来ていません（日付を確かめてください）", reviewed.Format(time.DateOnly))
	default:
		return
	}
	p.Warning = true
	report(p)
}
