package site

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/searchindex"
	"tebiki/generator/sheet"
	"tebiki/generator/source"
)

// A surveyPage shows the charts and the questions of the survey.
type surveyPage struct {
	recordPage
	Charts []chart
	Data   string // link to the figures as JSON
	Table  string // and as CSV
}

// A chart is a chart of the survey with its bars.
type chart struct {
	*handbook.Chart
	Bars []bar
}

// A bar is a row with its figures in words and as lengths.
type bar struct {
	*handbook.Row
	Figures  []string // "4.8%", one a column
	Segments []segment
	Measures []Link
}

// A segment of a bar: lengths in percent of the whole.
type segment struct {
	Start, Length string
}

var surveyKind = pageKind{
	slug: "survey", layout: "survey",
	needed: func(h *handbook.Handbook) bool { return len(h.Charts) > 0 },
	view: func(p recordPage) any {
		view := &surveyPage{recordPage: p, Data: p.Root + surveyAddress, Table: p.Root + surveyTable}
		for _, c := range p.Handbook.Charts {
			drawn := chart{Chart: c}
			for _, r := range c.Rows {
				drawn.Bars = append(drawn.Bars, p.bar(r))
			}
			view.Charts = append(view.Charts, drawn)
		}
		return view
	},
	anchors: func(b *builder) []anchor {
		anchors := append(named(b.Handbook.Charts, "", ""), named(b.Handbook.Charts, "", "-title")...)
		return append(anchors, named(b.Gone(surveyFolder), "", "")...)
	},
	found: func(b *builder, d *searchindex.Doc) {
		if s := b.Handbook.Survey; s != nil {
			for _, section := range s.Questions {
				d.Add("questions", section.Title, section.Questions...)
			}
		}
	},
}

func (p *Page) bar(r *handbook.Row) bar {
	one, start := bar{Row: r}, 0.0
	for _, v := range r.Figures() {
		one.Figures = append(one.Figures, p.words.Text("survey.percent", "value", fmt.Sprintf("%.1f", v)))
		one.Segments = append(one.Segments, segment{fmt.Sprintf("%.1f", start), fmt.Sprintf("%.1f", v)})
		start += v
	}
	one.Measures = p.measureLinks(r.Measures, func(m *handbook.Measure) string { return m.Title })
	return one
}

// A peer is what a survey found out about a measure among other companies.
type peer struct {
	Measure *handbook.Measure
	Percent string // "64.4%"
	Text    string // what the companies do
	N       string // how many were asked
	Base    string // who was asked, in words
	Href    string // link to the chart
	value   float64
}

// peers returns what the survey found out about a measure. Rows that are told apart by groups are left
// out: which group is the reader's is not known.
func (p *Page) peers(m *handbook.Measure) []peer {
	var peers []peer
	for _, s := range m.Surveyed {
		if len(s.Row.Values) == 0 {
			peers = append(peers, peer{m, p.bar(s.Row).Figures[0], s.Row.Label, p.Number(s.Chart.N), s.Chart.Base, p.Root + "survey.html#" + s.Chart.Slug, s.Row.Value})
		}
	}
	return peers
}

// asked is when the survey ended, in words; "" when there is none.
func (b *builder) asked() string {
	if b.Handbook.Survey == nil {
		return ""
	}
	return b.Day(source.Day{Time: b.Handbook.Survey.To, MonthOnly: true})
}

// ChartOf returns the first chart of a question, which begins with its number, "4-6 …", or nil.
func (p *surveyPage) ChartOf(question string) *handbook.Chart {
	for _, c := range p.Handbook.Charts {
		if strings.HasPrefix(question, c.Question+" ") {
			return c
		}
	}
	return nil
}

func (b *builder) chartDocs(add adder) {
	for _, c := range b.Handbook.Charts {
		d := add("survey.html#"+c.Slug, c.Title, c.Question)
		d.Add("", "", c.Message, c.Note)
		for _, r := range c.Rows {
			d.Add("", "", r.Label)
		}
	}
}

// surveyRows are the figures of the survey for programs and for spreadsheets.
func (b *builder) surveyRows() []Row {
	if b.Handbook.Survey == nil {
		return nil
	}
	return []Row{
		{Address: surveyAddress, In: Everywhere, Make: func(w Writer) error { return writeJSON(w, b.surveyed()) }},
		{Address: surveyTable, In: Everywhere, Make: b.surveyCSV},
	}
}

// A surveyRecord is the survey for programs.
type surveyRecord struct {
	Title    string          `json:"title"`
	Report   string          `json:"report"`
	Sources  []dataSource    `json:"sources"`
	Licence  *licence        `json:"licence,omitempty"`
	Area     string          `json:"area"`
	From     string          `json:"from"`
	To       string          `json:"to"`
	Method   string          `json:"method"`
	Target   string          `json:"target"`
	Sent     int             `json:"sent"`
	Answered int             `json:"answered"`
	Telework int             `json:"concerned"`
	Caution  string          `json:"caution"`
	Sections []surveySection `json:"sections"`
	Charts   []surveyChart   `json:"charts"`
}

type surveySection struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	AnsweredBy int      `json:"n"`
	Base       string   `json:"base"`
	Message    string   `json:"message"`
	Questions  []string `json:"questions"`
}

type surveyChart struct {
	ID       string      `json:"id"`
	Question string      `json:"question"`
	Title    string      `json:"title"`
	From     string      `json:"from"`
	To       string      `json:"to"`
	N        int         `json:"n"`
	Base     string      `json:"base"`
	Kind     string      `json:"kind"`
	Message  string      `json:"message"`
	Note     string      `json:"note,omitempty"`
	PairedBy string      `json:"pairedBy,omitempty"` // who put figures and answers together, where the source does not
	Columns  []string    `json:"columns,omitempty"`
	Rows     []surveyRow `json:"rows"`
}

type surveyRow struct {
	ID       string    `json:"id"`
	Label    string    `json:"label"`
	N        int       `json:"n,omitempty"`
	Values   []float64 `json:"percent"`
	Unsure   bool      `json:"unsure,omitempty"`
	Measures []string  `json:"measures,omitempty"`
}

// surveyed returns the survey, nil when there is none.
func (b *builder) surveyed() *surveyRecord {
	s := b.Handbook.Survey
	if s == nil {
		return nil
	}
	from, to := s.From.Format(time.DateOnly), s.To.Format(time.DateOnly)
	data := &surveyRecord{s.Title, s.Report.Title, b.surveySources(), b.licence(), s.Area, from, to, s.Method, s.Target, s.Sent, s.Answered, s.Telework, s.Caution, []surveySection{}, []surveyChart{}}
	for _, q := range s.Questions {
		data.Sections = append(data.Sections, surveySection{q.Slug, q.Title, q.AnsweredBy, q.Base, q.Message, q.Questions})
	}
	for _, c := range b.Handbook.Charts {
		chart := surveyChart{c.Slug, c.Question, c.Title, from, to, c.N, c.Base, c.Kind, c.Message, c.Note, b.pairedBy(c), c.Columns, []surveyRow{}}
		for _, r := range c.Rows {
			chart.Rows = append(chart.Rows, surveyRow{r.Slug, r.Label, r.N, r.Figures(), r.Unsure, slugsOf(r.Measures)})
		}
		data.Charts = append(data.Charts, chart)
	}
	return data
}

// surveySources are the report on the survey, and where its figures were read.
func (b *builder) surveySources() []dataSource {
	s := b.Handbook.Survey
	list := []dataSource{b.sourceOf("original", s.Report)}
	if s.ReadIn != nil {
		list = append(list, b.sourceOf("read", s.ReadIn))
	}
	return list
}

// pairedBy names who put the figures and the answers of a chart together, where the source does not.
func (b *builder) pairedBy(c *handbook.Chart) string {
	if c.Paired {
		return b.Handbook.Maker
	}
	return ""
}

// surveyColumns are the columns of the table of the survey.
func (b *builder) surveyColumns() []string {
	return []string{
		b.words.Text("survey.question_column"), b.words.Text("survey.title_column"), b.words.Text("survey.from_column"), b.words.Text("survey.to_column"),
		b.words.Text("survey.base_column"), b.words.Text("survey.base_n_column"), b.words.Text("survey.kind_column"),
		b.words.Text("survey.column"), b.words.Text("survey.group_n"), b.words.Text("survey.row"), b.words.Text("survey.value"),
		b.words.Text("survey.paired_column"), b.words.Text("survey.unsure_column"), b.words.Text("survey.note"), b.words.Text("survey.caution_column"),
		b.words.Text("survey.report"), b.words.Text("survey.report_publisher_column"), b.words.Text("survey.report_published_column"),
		b.words.Text("survey.read_in"), b.words.Text("survey.read_in_publisher_column"), b.words.Text("survey.read_in_published_column"),
	}
}

// surveyCSV writes one figure a line, each with all that is needed to read it.
func (b *builder) surveyCSV(w Writer) error {
	s := b.Handbook.Survey
	question := b.words.Text("survey.question_column")
	from, to := s.From.Format(time.DateOnly), s.To.Format(time.DateOnly)
	about := []string{s.Caution, s.Report.Title, s.Report.Publisher, s.Report.Published, "", "", ""}
	if s.ReadIn != nil {
		about = append(about[:4], s.ReadIn.Title, s.ReadIn.Publisher, s.ReadIn.Published)
	}
	return sheet.WriteCSV(w, b.surveyColumns(), func(line func(...string)) {
		for _, c := range b.Handbook.Charts {
			kind := b.words.Text("survey.kind_single")
			if c.Kind == "multiple" {
				kind = b.words.Text("survey.kind_multiple")
			}
			for _, r := range c.Rows {
				unsure := ""
				if r.Unsure {
					unsure = b.words.Text("survey.unsure")
				}
				for i, v := range r.Figures() {
					n, answer, group := c.N, r.Label, ""
					if c.Columns != nil { // a row is of those who have something in common
						n, answer, group = r.N, c.Columns[i], r.Label
					}
					// The number of a question alone, 1-1, would be a date.
					line(append([]string{
						question + " " + c.Question, c.Title, from, to, c.Base, strconv.Itoa(c.N), kind,
						group, strconv.Itoa(n), answer, strconv.FormatFloat(v, 'f', -1, 64), b.pairedBy(c), unsure, c.Note,
					}, about...)...)
				}
			}
		}
	})
}
