package handbook

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// check applies the rules that look at more than one field: those of each kind, and those that join
// kinds.
func (h *Handbook) check(report reporter, today time.Time) {
	rules := []func(reporter){
		func(report reporter) { h.checkKinds(report, today) },
		func(report reporter) { h.Flow.check(h.Methods, report) },
		h.checkEdition,
		h.checkMethods,
		h.checkMeasures,
		h.checkCounts,
		h.checkPublished,
		h.checkRevisions,
		h.checkCited,
		h.checkUsage,
		h.checkSelfTest,
		h.checkSurvey,
		h.checkForgotten,
	}
	// No rule needs what another does, and problems are sorted in the end.
	var checking sync.WaitGroup
	var reporting sync.Mutex
	for _, rule := range rules {
		checking.Go(func() {
			rule(func(p source.Problem) {
				reporting.Lock()
				defer reporting.Unlock()
				report(p)
			})
		})
	}
	checking.Wait()
}

// checkKinds applies the rules of each kind, and those that ask what day it is: one after the other, for
// they note the days of reviews.
func (h *Handbook) checkKinds(report reporter, today time.Time) {
	for _, k := range kinds {
		k.check(h, report, today)
	}
	h.checkLeakReport(report, today)
	h.checkSecurity(report, today)
	h.checkFuture(today, report)
	h.checkReview(&h.Edition.Record, h.Reviewed, today, report)
}

// checkCounts compares the checklists with the numbers that the edition expects.
func (h *Handbook) checkCounts(report reporter) {
	report = report.aside()
	if h.Counts == nil {
		return // nothing is expected, or that it cannot be read is reported
	}
	misspelt := map[string]bool{} // methods whose counts stand under another name
	for _, method := range slices.Sorted(maps.Keys(h.Counts)) {
		if h.methods.isUnknown(method) {
			misspelt[source.Nearest(method, slugs(h.Methods))] = true
			report(h.methods.unknown(&h.Edition.Record, "count."+method, "方式", method))
		}
		for _, priority := range slices.Sorted(maps.Keys(h.Counts[method])) {
			if !h.priorities.has(priority) {
				report(h.priorities.unknown(&h.Edition.Record, "count."+method+"."+priority, "優先度", priority))
			}
		}
	}
	if h.uncountable {
		return // the numbers cannot be right
	}
	for _, method := range h.Methods {
		for _, group := range method.Groups {
			slug := group.Priority.Slug
			want, ok := h.Counts[method.Slug][slug]
			if !ok && misspelt[method.Slug] && h.Counts[method.Slug] == nil {
				continue
			} else if !ok {
				field := "count." + method.Slug
				if !h.Edition.Has(field) {
					field = "count"
				}
				report(h.Problem(field, "方式 %q の優先度 %q の項目数がありません（[count.%s] に %s = %d を足してください）", method.Slug, slug, method.Slug, slug, len(group.Measures)))
			} else if want != len(group.Measures) {
				report(h.Problem("count."+method.Slug+"."+slug, "方式 %q の優先度 %q は %d 項目のはずですが、%d 項目あります（%s対策の [priority] か、この数を直してください）", method.Slug, slug, want, len(group.Measures), h.notOn(method)))
			}
		}
	}
}

// notOn tells which measures are not on the checklist of a method that has fewer than it should: a line
// that is gone from one of them leaves no other trace. It is "" where there are too many to look at.
func (h *Handbook) notOn(method *Method) string {
	const most = 4
	listed, expected := 0, 0
	for _, group := range method.Groups {
		listed += len(group.Measures)
		expected += h.Counts[method.Slug][group.Priority.Slug]
	}
	var files []string
	for _, m := range h.Measures {
		if _, ok := m.PrioritySlug[method.Slug]; !ok && !m.Preparation {
			files = append(files, m.File)
		}
	}
	if listed >= expected || len(files) < expected-listed || len(files) > most {
		return ""
	}
	return fmt.Sprintf("%s の [priority] には、%s がありません。", strings.Join(files, "、"), method.Slug)
}

// checkForgotten warns of what may be left out, and most records of the kind have.
func (h *Handbook) checkForgotten(report reporter) {
	forgotten(h.Measures, (*Measure).Self, "ask", "聞くこと", (*Measure).asks, report)
	forgotten(h.Methods, (*Method).Self, "diagram", "図", (*Method).isDrawn, report)
	forgotten(h.Lifecycles, (*Lifecycle).Self, "group", "製品のまとまり", (*Lifecycle).isGrouped, report)
}

func forgotten[T any](list []T, self func(T) *source.Record, field, what string, has func(T) bool, report reporter) {
	if !mostHave(list, has) {
		return
	}
	for _, record := range list {
		if !has(record) && !self(record).Unread() {
			p := self(record).Problem(field, "%s（%s）がありません（ほかの多くにはあります。要らなければ、このままにしてください）", what, field)
			p.Warning = true
			report(p)
		}
	}
}

func mostHave[T any](list []T, has func(T) bool) bool {
	count := 0
	for _, record := range list {
		if has(record) {
			count++
		}
	}
	return 2*count > len(list)
}

func (m *Measure) asks() bool        { return m.Ask != "" }
func (m *Method) isDrawn() bool      { return len(m.Diagram.Places) > 0 }
func (l *Lifecycle) isGrouped() bool { return l.GroupSlug != "" }

// addressAtEnd is one, or a telephone number, that may stand at the end in the place of a sentence.
var addressAtEnd = regexp.MustCompile(`(?:@|://)[!-~]+$|[0-9]-[0-9]+$`)

// lookForUnended warns of fields that end within a sentence, as texts do of which half was lost, where
// nearly all other records end theirs.
func lookForUnended[T any](records []*T, self func(*T) *source.Record, end string, report reporter) {
	const (
		fewest   = 3 // records that make a habit
		shortest = 8 // letters of what seems to be a sentence
	)
	if end == "" {
		return
	}
	of := reflect.TypeFor[T]()
	for i := range of.NumField() {
		name, _, _ := strings.Cut(of.Field(i).Tag.Get("toml"), ",")
		if name == "" || of.Field(i).Type.Kind() != reflect.String {
			continue
		}
		ended := 0
		var unended []*T
		for n, record := range records {
			text := reflect.ValueOf(record).Elem().Field(i).String()
			if strings.HasSuffix(text, end) {
				ended++
				continue
			}
			if n > 4*fewest && ended == 0 {
				break // no sentences
			}
			last, _ := utf8.DecodeLastRuneInString(text)
			isWithin := unicode.IsLetter(last) || unicode.IsDigit(last)
			if isWithin && utf8.RuneCountInString(text) >= shortest && !addressAtEnd.MatchString(text) {
				unended = append(unended, record)
			}
		}
		if ended < fewest || 10*len(unended) > ended && len(unended) > 1 {
			continue
		}
		for _, record := range unended {
			text := reflect.ValueOf(record).Elem().Field(i).String()
			p := self(record).Problem(name, "項目 %q が「%s」で終わっています（途中なら続きを書き、終わりなら「%s」を付けてください）", name, source.Ending(text), end)
			p.Warning = true
			report(p)
		}
	}
}

// checkFuture warns of what happened on a day that is still to come.
func (h *Handbook) checkFuture(today time.Time, report reporter) {
	warn := func(r *source.Record, field string, date time.Time) {
		if date.After(today.AddDate(0, 0, 1)) {
			p := r.Problem(field, "日付 %s がまだ来ていません（日付を確かめてください）", date.Format(time.DateOnly))
			p.Warning = true
			report(p)
		}
	}
	for _, c := range h.Changes {
		warn(&c.Record, "date", c.Date)
	}
	for _, w := range h.Withdrawn {
		warn(&w.Record, "date", w.Date)
	}
	warn(&h.Original.Record, "published", h.Original.Published)
}

// numberInLink is a number of a measure in the text of a link.
var numberInLink = regexp.MustCompile(`(?:^|[^0-9-])([0-9]+-[0-9]+)(?:$|[^0-9-])`)

// checkCited warns of numbers of measures in texts: those that no measure has, and those of links to
// a measure that has another one.
func (h *Handbook) checkCited(report reporter) {
	if h.uncountable || h.Style.Measure == "" {
		return
	}
	known := map[string]bool{}
	for _, m := range h.Measures {
		known[m.Number] = true
	}
	h.EachBody(func(r *source.Record, body *markdown.Body) {
		warn := func(line int, format string, args ...any) {
			p := r.ProblemAt(line, format, args...)
			p.Warning = true
			report(p)
		}
		for _, c := range body.Cited {
			if !known[c.Number] {
				warn(c.Line, "番号 %s の対策はありません（番号が変わったのなら、文を直してください）", c.Number)
			}
		}
		for _, link := range body.Links {
			address, _, _ := strings.Cut(link.Target, "#")
			slug, ok := strings.CutPrefix(strings.TrimSuffix(address, ".html"), "measures/")
			m := h.measures.bySlug[slug]
			if !ok || m == nil {
				continue
			}
			if !strings.Contains(link.Text, "-") {
				continue // as most
			}
			if found := numberInLink.FindStringSubmatch(link.Text); found != nil && known[found[1]] && found[1] != m.Number {
				warn(link.Line, "リンク「%s」の番号が、行き先の対策 %q の番号 %s と違います（番号かリンクを直してください）", link.Text, m.Title, m.Number)
			}
		}
	})
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
