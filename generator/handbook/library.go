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

	texts string // of the other files, in which the terms are used
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
	Ended        time.Time `toml:"ended,optional"`       // history from this day on
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
	End        time.Time `toml:"end"`
	Precision  string    `toml:"precision,optional"` // "month" when the day is not known
	Checked    time.Time `toml:"checked"`
	SourceNote string    `toml:"source_note,optional"` // how sure the date is
	Body       *Body
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

// library reads the parts of the library that the content has.
func (l *loader) library() Library {
	lib := Library{}
	lib.Guides = records[Guide](l, "guides")
	lib.Contacts = records[Contact](l, "contacts")
	lib.References = records[Reference](l, "references")
	lib.Lifecycles = records[Lifecycle](l, "lifecycles")
	lib.Charts = tomlRecords[Chart](l, "survey")
	if l.optional(surveyFile) != nil {
		lib.Survey = new(Survey)
		l.toml(surveyFile, lib.Survey)
	}
	lib.texts = l.texts.String()
	lib.Terms = records[Term](l, "terms")
	return lib
}

const surveyFile = "survey.toml"

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
	for _, l := range h.Lifecycles {
		if l.Precision != "" && l.Precision != "month" {
			problems = append(problems, l.problem("precision", "日付の細かさ %q は使えません（月までしか分からないときだけ month と書きます）", l.Precision))
		}
	}
	problems = append(problems, h.checkPlainTexts()...)
	problems = append(problems, h.checkTerms()...)
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
	all := strings.ToLower(h.texts)
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
			used = used || strings.Contains(all, key)
		}
		if !used {
			problems = append(problems, t.problem("term", "用語 %q は、どの文でも使われていません（文で使うか、この用語を消してください）", t.Term))
		}
	}
	return problems
}

func (h *Handbook) checkCharts() []Problem {
	var problems []Problem
	if len(h.Charts) > 0 && h.Survey == nil {
		problems = append(problems, Problem{File: surveyFile, Line: 1, Text: "このファイルがありません（survey/ の図の調査について書いてください）"})
	}
	for _, c := range h.Charts {
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
