package handbook

import (
	"math"
	"slices"
	"time"

	"tebiki/generator/source"
)

// A Survey (実態調査) is survey.toml: who was asked what, when and how.
type Survey struct {
	source.Record
	Title     string           `toml:"title"`
	Report    *Reference       // on the survey
	ReadIn    *Reference       // explains it, and is where the figures were read; nil when the report is
	Area      string           `toml:"area"`
	From      time.Time        `toml:"from"`
	To        time.Time        `toml:"to"`
	Method    string           `toml:"method"`
	Target    string           `toml:"target"`
	Sent      int              `toml:"sent"`
	Answered  int              `toml:"answered"`
	Telework  int              `toml:"telework"` // of these, the companies the main part was put to
	Caution   string           `toml:"caution"`
	InReport  string           `toml:"report"`
	WasReadIn string           `toml:"read_in,optional"`
	Questions []*SurveySection `toml:"section"`
}

// A SurveySection is a part of the questionnaire.
type SurveySection struct {
	source.Record
	Title      string   `toml:"title"`
	AnsweredBy int      `toml:"answered_by"`
	Base       string   `toml:"base"`    // who was asked, in words
	Message    string   `toml:"message"` // what the questions are good for
	Questions  []string `toml:"questions"`
}

// A Chart shows the answers to one question of the survey.
type Chart struct {
	source.Record
	Number   int      `toml:"number"`
	Question string   `toml:"question"`
	Title    string   `toml:"title"`
	N        int      `toml:"n"`
	Base     string   `toml:"base"` // who was asked, in words
	Kind     string   `toml:"kind"` // one of ChartKinds
	Message  string   `toml:"message"`
	Note     string   `toml:"note,optional"`
	Paired   bool     `toml:"paired,optional"`  // figures and answers were put together by the maker
	Columns  []string `toml:"columns,optional"` // of a grouped chart
	Rows     []*Row   `toml:"row"`
}

// ChartKinds: each answered one thing, several things, or one thing told apart by groups.
var ChartKinds = []string{"single", "multiple", "grouped"}

// A Row of a chart, in percent.
type Row struct {
	source.Record
	Label        string    `toml:"label"`
	Value        float64   `toml:"value,optional"`
	N            int       `toml:"n,optional"`      // of a group
	Values       []float64 `toml:"values,optional"` // of a group, one a column
	Unsure       bool      `toml:"unsure,optional"` // may be exchanged with another row's; the note tells more
	MeasureSlugs []string  `toml:"measures,optional"`

	Measures []*Measure
}

// Surveyed is a row that speaks to a measure.
type Surveyed struct {
	Chart *Chart
	Row   *Row
}

// Figures returns the row's percentages, one a column.
func (r *Row) Figures() []float64 {
	if r.Values != nil {
		return r.Values
	}
	return []float64{r.Value}
}

func (h *Handbook) resolveSurvey(report reporter) {
	if s := h.Survey; s != nil {
		s.Report = h.cited(&s.Record, "report", s.InReport, report)
		s.ReadIn = h.cited(&s.Record, "read_in", s.WasReadIn, report)
	}
}

func (c *Chart) resolve(h *Handbook, report reporter) {
	rows := c.Rows
	c.Rows = nil
	for _, row := range rows {
		r := *row // what was read stays as it is
		r.Measures = h.measures.all(&r.Record, "measures", "対策", r.MeasureSlugs, report)
		c.Rows = append(c.Rows, &r)
		for _, m := range r.Measures {
			m.Surveyed = append(m.Surveyed, Surveyed{c, &r})
		}
	}
}

func (c *Chart) check(_ *Handbook, report reporter) {
	checkCount(&c.Record, "n", c.N, report)
	for _, r := range c.Rows {
		checkCount(&r.Record, "n", r.N, report)
	}
	if c.Kind != "" && !slices.Contains(ChartKinds, c.Kind) {
		report(c.Problem("kind", "図の種類 %q は使えません%s", c.Kind, source.DidYouMean(c.Kind, ChartKinds)))
		return
	}
	grouped := c.Kind == "grouped"
	if grouped && len(c.Columns) == 0 {
		report(c.Problem("kind", "まとまりに分けた図には、列の名前 columns が要ります"))
	}
	c.checkWhole(report)
	for _, r := range c.Rows {
		switch {
		case grouped && len(r.Values) != len(c.Columns):
			report(r.Problem("values", "値が %d 個あります（columns と同じ %d 個にしてください）", len(r.Values), len(c.Columns)))
		case !grouped && !r.Has("value"):
			report(r.Problem("value", "値がありません（value にパーセントの数を書いてください）"))
		}
		if r.Unsure && c.Note == "" {
			report(r.Problem("unsure", "どの数がどのくらい確かでないかを、図の note に書いてください"))
		}
		for _, v := range append(slices.Clone(r.Values), r.Value) {
			if !isShare(v) {
				report(r.Problem("value", "値 %v はパーセントではありません（0から100までの数にしてください）", v))
			}
		}
	}
}

// checkWhole reports figures that are no parts of a whole although each company gave one answer, and
// groups of more companies than were asked.
func (c *Chart) checkWhole(report reporter) {
	check := func(at *source.Record, field string, parts []float64) {
		sum := 0.0
		for _, part := range parts {
			if !isShare(part) {
				return // which is reported
			}
			sum += part
		}
		rounding := 0.05*float64(len(parts)) + 0.01 // each figure has one decimal
		if !slices.ContainsFunc(parts, func(part float64) bool { return part != math.Trunc(part) }) {
			rounding *= 10 // or none
		}
		const unsaid = 10 // that a note explains
		switch {
		case sum == 0: // they are missing, which is reported
		case sum > 100+rounding:
			report(at.Problem(field, "割合の合計が %.1f です（一つだけ選ぶ質問では、100を超えません。数を確かめてください）", sum))
		case sum < 100-rounding && c.Note == "", sum < 100-unsaid:
			p := at.Problem(field, "割合の合計が %.1f で、100になりません（数を確かめてください。載せない答えがあるなら、note に書いてください）", sum)
			p.Warning = true
			report(p)
		}
	}
	var parts []float64
	groups := 0
	for _, r := range c.Rows {
		parts = append(parts, r.Value)
		groups += r.N
		if c.Kind == "grouped" && len(r.Values) == len(c.Columns) {
			check(&r.Record, "values", r.Values)
		}
	}
	if c.Kind == "single" && len(parts) > 0 {
		check(&c.Record, "kind", parts)
	}
	areAllCounted := !slices.ContainsFunc(c.Rows, func(r *Row) bool { return r.N < 1 })
	switch p := c.Problem("n", "行の n の合計が %d で、図の n の %d と違います（数を確かめてください）", groups, c.N); {
	case c.N < 1 || groups == c.N:
	case groups > c.N:
		report(p)
	case areAllCounted:
		p.Warning = true
		report(p)
	}
}

// isShare reports whether a number can be a percentage. NaN is none.
func isShare(v float64) bool { return v >= 0 && v <= 100 }

// checkCount reports a number of people or companies below 1.
func checkCount(r *source.Record, field string, n int, report reporter) {
	if r.Has(field) && n < 1 {
		report(r.Problem(field, "項目 %q は1以上の数にしてください", field))
	}
}

func (h *Handbook) checkSurvey(report reporter) {
	s := h.Survey
	if s == nil {
		if len(h.Charts) > 0 {
			report(source.Problem{File: surveyFile, Line: 1, Text: "このファイルがありません（survey/ の図の調査について書いてください）"})
		}
		return
	}
	checkCount(&s.Record, "sent", s.Sent, report)
	checkCount(&s.Record, "answered", s.Answered, report)
	checkCount(&s.Record, "telework", s.Telework, report)
	if !s.From.IsZero() && s.To.Before(s.From) && !s.To.IsZero() {
		report(s.Problem("to", "終わりの日が、始まりの日 %s より前です", s.From.Format(time.DateOnly)))
	}
	checkPart(&s.Record, "answered", s.Answered, "sent", s.Sent, report)
	checkPart(&s.Record, "telework", s.Telework, "answered", s.Answered, report)
	for _, section := range s.Questions {
		checkCount(&section.Record, "answered_by", section.AnsweredBy, report)
		checkPart(&section.Record, "answered_by", section.AnsweredBy, "answered", s.Answered, report)
	}
	for _, c := range h.Charts {
		checkPart(&c.Record, "n", c.N, surveyFile+" の answered", s.Answered, report)
	}
}

// checkPart reports a number of companies that is larger than the number of which it is a part.
func checkPart(r *source.Record, field string, n int, whole string, of int, report reporter) {
	if n > of && of > 0 {
		report(r.Problem(field, "項目 %q の %d が、%s の %d より大きくなっています（数を確かめてください）", field, n, whole, of))
	}
}
