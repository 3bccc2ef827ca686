package handbook

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// A Library is what a handbook offers beside its methods and measures. Every
// part of it may be left out of the content.
type Library struct {
	Guides     []*Guide     // by number
	Terms      []*Term      // by reading
	Survey     *Survey      // nil when there is none
	Charts     []*Chart     // by number
	Contacts   []*Contact   // by number
	References []*Reference // by number
	Lifecycles []*Lifecycle // by number
	SelfTest   *SelfTest    // nil when there is none

	texts string // of the other files, in lower case: the terms are used in them
}

// A Guide (設定ガイド) tells how to set up one product for several measures.
type Guide struct {
	Record
	Number       int       `toml:"number"`
	Title        string    `toml:"title"`
	Product      string    `toml:"product"`
	Vendor       string    `toml:"vendor,optional"`
	VendorURL    string    `toml:"vendor_url,optional"` // the vendor's own documentation
	Version      string    `toml:"version"`             // what the steps were written for
	Checked      time.Time `toml:"checked"`
	Summary      string    `toml:"summary"`
	MeasureSlugs []string  `toml:"measures"`
	Body         *Body

	Measures []*Measure
}

// A Term (用語) of the glossary.
type Term struct {
	Record
	Term     string    `toml:"term"`
	Reading  string    `toml:"reading"`          // how it is pronounced; terms are sorted by it
	Aliases  []string  `toml:"aliases,optional"` // other words for the same thing
	Reviewed time.Time `toml:"reviewed"`
	Everyday bool      `toml:"everyday,optional"` // known to everybody: not linked in texts
	Body     *Body
}

// Names returns the term and its aliases.
func (t *Term) Names() []string { return append([]string{t.Term}, t.Aliases...) }

// A Contact (相談先) is somebody to ask.
type Contact struct {
	Record
	Number       int       `toml:"number"`
	Name         string    `toml:"name"`
	Organisation string    `toml:"organisation"`
	Purpose      string    `toml:"purpose"`
	How          string    `toml:"how,optional"`
	URL          string    `toml:"url,optional"`
	Checked      time.Time `toml:"checked"`
	Ended        Day       `toml:"ended,optional"`       // history from then on
	ValidUntil   time.Time `toml:"valid_until,optional"` // to be looked at again by this day
	Body         *Body
}

// A Reference (資料) is a document to read further.
type Reference struct {
	Record
	Number    int       `toml:"number"`
	Title     string    `toml:"title"`
	Publisher string    `toml:"publisher"`
	Published string    `toml:"published,optional"` // in words
	URL       string    `toml:"url,optional"`
	Checked   time.Time `toml:"checked"`
	Body      *Body
}

// A Lifecycle (サポート期限) is the day on which a product's support ends.
type Lifecycle struct {
	Record
	Number     int       `toml:"number"`
	Product    string    `toml:"product"`
	End        Day       `toml:"end"`
	Checked    time.Time `toml:"checked"`
	SourceNote string    `toml:"source_note,optional"` // how sure the date is
	Body       *Body
}

// A Day is known to the day, or only to the month: then it is the month's first.
type Day struct {
	time.Time
	MonthOnly bool
}

// String writes the day as far as it is known, as HTML and ISO 8601 do.
func (d Day) String() string {
	if d.MonthOnly {
		return d.Format("2006-01")
	}
	return d.Format(time.DateOnly)
}

// A SelfTest (自己診断) is selftest.toml: statements that hold for the reader or
// do not, and what it means how many hold.
type SelfTest struct {
	Record
	Title      string        `toml:"title"`
	Lead       string        `toml:"lead"`
	Statements []*Statement  `toml:"statement"`
	Results    []*TestResult `toml:"result"` // from the most statements to none
}

// A Statement of a self-test.
type Statement struct {
	Record
	Text string `toml:"text"`
}

// A TestResult holds from a number of statements upwards, as far as the next
// result's.
type TestResult struct {
	Record
	From     int    `toml:"from"`
	When     string `toml:"when"` // the same in words
	Title    string `toml:"title"`
	Text     string `toml:"text"`
	PageSlug string `toml:"page,optional"` // where the reader goes next

	Page *Page
}

// A Survey (実態調査) is survey.toml: who was asked what, when and how.
type Survey struct {
	Record
	Title     string           `toml:"title"`
	Report    string           `toml:"report"`
	Area      string           `toml:"area"`
	From      time.Time        `toml:"from"`
	To        time.Time        `toml:"to"`
	Method    string           `toml:"method"`
	Target    string           `toml:"target"`
	Sent      int              `toml:"sent"`
	Answered  int              `toml:"answered"`
	Telework  int              `toml:"telework"` // of these, the companies the main part was put to
	Caution   string           `toml:"caution"`
	Questions []*SurveySection `toml:"section"`
}

// A SurveySection is a part of the questionnaire.
type SurveySection struct {
	Record
	Title      string   `toml:"title"`
	AnsweredBy int      `toml:"answered_by"`
	Base       string   `toml:"base"`    // who was asked, in words
	Message    string   `toml:"message"` // what the questions are good for
	Questions  []string `toml:"questions"`
}

// A Chart shows the answers to one question of the survey.
type Chart struct {
	Record
	Number   int      `toml:"number"`
	Question string   `toml:"question"`
	Title    string   `toml:"title"`
	N        int      `toml:"n"`
	Base     string   `toml:"base"` // who was asked, in words
	Kind     string   `toml:"kind"` // one of ChartKinds
	Message  string   `toml:"message"`
	Note     string   `toml:"note,optional"`
	Columns  []string `toml:"columns,optional"` // of a grouped chart
	Rows     []*Row   `toml:"row"`
}

// ChartKinds: each answered one thing, several things, or one thing told
// apart by groups.
var ChartKinds = []string{"single", "multiple", "grouped"}

// A Row of a chart, in percent.
type Row struct {
	Record
	Label        string    `toml:"label"`
	Value        float64   `toml:"value,optional"`
	N            int       `toml:"n,optional"`      // of a group
	Values       []float64 `toml:"values,optional"` // of a group, one a column
	MeasureSlugs []string  `toml:"measures,optional"`

	Measures []*Measure
}

// GuidesFor returns the guides that help with a measure.
func (h *Handbook) GuidesFor(m *Measure) []*Guide {
	var list []*Guide
	for _, g := range h.Guides {
		if slices.Contains(g.Measures, m) {
			list = append(list, g)
		}
	}
	return list
}

// Figures returns the row's percentages, one a column.
func (r *Row) Figures() []float64 {
	if r.Values != nil {
		return r.Values
	}
	return []float64{r.Value}
}

// library reads the parts of the library that the content has.
func (l *loader) library() Library {
	lib := Library{}
	lib.Guides = records[Guide](l, "guides")
	lib.Contacts = records[Contact](l, "contacts")
	lib.References = records[Reference](l, "references")
	lib.Lifecycles = records[Lifecycle](l, "lifecycles")
	lib.Charts = records[Chart](l, "survey")
	if l.optional(selfTestFile) != nil {
		lib.SelfTest = new(SelfTest)
		l.toml(selfTestFile, lib.SelfTest)
	}
	if l.optional(surveyFile) != nil {
		lib.Survey = new(Survey)
		l.toml(surveyFile, lib.Survey)
	}
	lib.texts = strings.ToLower(l.texts.String())
	lib.Terms = records[Term](l, "terms")
	return lib
}

const (
	surveyFile   = "survey.toml"
	selfTestFile = "selftest.toml"
)

// resolveLibrary sorts the library and replaces the names in it by what they
// name.
func (h *Handbook) resolveLibrary() []Problem {
	slices.SortStableFunc(h.Guides, func(a, b *Guide) int { return a.Number - b.Number })
	slices.SortStableFunc(h.Terms, func(a, b *Term) int {
		return cmp.Or(strings.Compare(a.Reading, b.Reading), strings.Compare(a.Slug, b.Slug))
	})
	slices.SortStableFunc(h.Charts, func(a, b *Chart) int { return a.Number - b.Number })
	slices.SortStableFunc(h.Contacts, func(a, b *Contact) int { return a.Number - b.Number })
	slices.SortStableFunc(h.References, func(a, b *Reference) int { return a.Number - b.Number })
	slices.SortStableFunc(h.Lifecycles, func(a, b *Lifecycle) int { return a.Number - b.Number })
	var problems []Problem
	for _, g := range h.Guides {
		g.Measures = named(&problems, &g.Record, "measures", "対策", g.MeasureSlugs, h.Measures)
		problems = append(problems, nameSections(g.Body, h.Sections.Guide, &g.Record)...)
	}
	if h.SelfTest != nil {
		slices.SortStableFunc(h.SelfTest.Results, func(a, b *TestResult) int { return b.From - a.From })
		for _, r := range h.SelfTest.Results {
			r.Page = one(&problems, &r.Record, "page", "ページ", r.PageSlug, h.Pages)
		}
	}
	for _, m := range h.Methods {
		m.Readings = named(&problems, &m.Record, "readings", "用語", m.TermSlugs, h.Terms)
		for _, t := range m.Readings {
			if !strings.Contains(m.Name, t.Term) {
				problems = append(problems, m.problem("readings", "用語 %q は、方式の名前 %q にありません（名前にある用語だけを書いてください）", t.Slug, m.Name))
			}
		}
	}
	for _, c := range h.Charts {
		for _, r := range c.Rows {
			r.Measures = named(&problems, &r.Record, "measures", "対策", r.MeasureSlugs, h.Measures)
		}
	}
	return problems
}

func (h *Handbook) checkLibrary(today time.Time) []Problem {
	problems := unique(h.Guides, "number", "ガイドの番号", func(g *Guide) int { return g.Number })
	problems = append(problems, unique(h.Contacts, "number", "相談先の番号", func(c *Contact) int { return c.Number })...)
	problems = append(problems, unique(h.References, "number", "資料の番号", func(r *Reference) int { return r.Number })...)
	problems = append(problems, unique(h.Lifecycles, "number", "期限の番号", func(l *Lifecycle) int { return l.Number })...)
	problems = append(problems, unique(h.Charts, "number", "図の番号", func(c *Chart) int { return c.Number })...)
	url := func(r *Record, field, address string) {
		if address != "" && !isSecureURL(address) {
			problems = append(problems, r.problem(field, "番地 %q は https:// で始めてください", address))
		}
	}
	for _, g := range h.Guides {
		url(&g.Record, "vendor_url", g.VendorURL)
	}
	for _, r := range h.References {
		url(&r.Record, "url", r.URL)
	}
	for _, c := range h.Contacts {
		url(&c.Record, "url", c.URL)
		if !c.ValidUntil.IsZero() && c.Ended.IsZero() && c.ValidUntil.Before(today) {
			problems = append(problems, c.problem("valid_until", "期限 %s を過ぎた相談先です（続いているなら日付を直し、終わったなら ended に終わった日を書いてください）", c.ValidUntil.Format(time.DateOnly)))
		}
	}
	problems = append(problems, h.checkPlainTexts()...)
	problems = append(problems, h.checkTerms()...)
	problems = append(problems, h.checkSelfTest()...)
	return append(problems, h.checkCharts()...)
}

// checkPlainTexts reports headings in the texts that stand in a list.
func (h *Handbook) checkPlainTexts() []Problem {
	var problems []Problem
	h.EachBody(func(r *Record, b *Body) {
		switch folder, _, _ := strings.Cut(r.File, "/"); folder {
		case "changes", "contacts", "lifecycles", "references", "terms":
			for _, s := range b.Sections {
				problems = append(problems, Problem{File: r.File, Line: s.Line, Text: "ここの本文に見出しは書けません（段落と箇条書きで書いてください）"})
			}
		}
	})
	return problems
}

// checkTerms reports words that mean two terms, and terms that no text uses.
func (h *Handbook) checkTerms() []Problem {
	var problems []Problem
	first := map[string]*Term{}
	for _, t := range h.Terms {
		if t.Term == "" {
			continue // reported as a missing field
		}
		used := false
		for _, name := range t.Names() {
			key := strings.ToLower(name)
			if other, ok := first[key]; ok && other != t {
				problems = append(problems, t.problem("term", "ことば %q は %s にもあります（どちらかから消してください）", name, where(&other.Record)))
			}
			first[key] = t
			used = used || strings.Contains(h.texts, key)
		}
		if !used {
			problems = append(problems, t.problem("term", "用語 %q は、どの文でも使われていません（文で使うか、この用語を消してください）", t.Term))
		}
	}
	return problems
}

// checkSelfTest reports what leaves a reader without a result.
func (h *Handbook) checkSelfTest() []Problem {
	t := h.SelfTest
	if t == nil || len(t.Results) == 0 || len(t.Statements) == 0 {
		return nil // the missing are reported as such
	}
	var problems []Problem
	for i, r := range t.Results {
		switch {
		case r.From < 0 || r.From > len(t.Statements):
			problems = append(problems, r.problem("from", "from は0から文の数（%d）までにしてください", len(t.Statements)))
		case i > 0 && r.From == t.Results[i-1].From:
			problems = append(problems, r.problem("from", "from が結果 %q と同じです（どちらかを変えてください）", t.Results[i-1].Slug))
		}
	}
	if t.Results[len(t.Results)-1].From > 0 {
		problems = append(problems, t.problem("result", "一つも当てはまらないときの結果がありません（from = 0 の結果を書いてください）"))
	}
	return problems
}

func (h *Handbook) checkCharts() []Problem {
	var problems []Problem
	counted := func(r *Record, field string, n int) {
		if r.lines[field] > 0 && n < 1 {
			problems = append(problems, r.problem(field, "項目 %q は1以上の数にしてください", field))
		}
	}
	if s := h.Survey; s != nil {
		counted(&s.Record, "sent", s.Sent)
		counted(&s.Record, "answered", s.Answered)
		counted(&s.Record, "telework", s.Telework)
		for _, section := range s.Questions {
			counted(&section.Record, "answered_by", section.AnsweredBy)
		}
	}
	if len(h.Charts) > 0 && h.Survey == nil {
		problems = append(problems, Problem{File: surveyFile, Line: 1, Text: "このファイルがありません（survey/ の図の調査について書いてください）"})
	}
	for _, c := range h.Charts {
		counted(&c.Record, "n", c.N)
		for _, r := range c.Rows {
			counted(&r.Record, "n", r.N)
		}
		if c.Kind != "" && !slices.Contains(ChartKinds, c.Kind) {
			problems = append(problems, c.problem("kind", "図の種類 %q は使えません%s", c.Kind, DidYouMean(c.Kind, ChartKinds)))
			continue
		}
		grouped := c.Kind == "grouped"
		if grouped && len(c.Columns) == 0 {
			problems = append(problems, c.problem("kind", "まとまりに分けた図には、列の名前 columns が要ります"))
		}
		for _, r := range c.Rows {
			switch {
			case grouped && len(r.Values) != len(c.Columns):
				problems = append(problems, r.problem("values", "値が %d 個あります（columns と同じ %d 個にしてください）", len(r.Values), len(c.Columns)))
			case !grouped && r.lines["value"] == 0:
				problems = append(problems, r.problem("value", "値がありません（value にパーセントの数を書いてください）"))
			}
			for _, v := range append(slices.Clone(r.Values), r.Value) {
				if !(v >= 0 && v <= 100) { // nan is neither
					problems = append(problems, r.problem("value", "値 %v はパーセントではありません（0から100までの数にしてください）", v))
				}
			}
		}
	}
	return problems
}
