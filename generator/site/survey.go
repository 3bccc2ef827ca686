package site

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"tebiki/generator/handbook"
)

// A surveyPage shows the charts and the questions of the survey.
type surveyPage struct {
	recordPage
	Charts []chart
	Data   string // address of the figures as JSON
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
}

// A segment of a bar: lengths in percent of the whole.
type segment struct {
	Start, Length string
	Rank          int // 1 is the first column
}

func (b *builder) survey(p recordPage) (*Page, any) {
	page := &surveyPage{recordPage: p, Data: surveyAddress, Table: surveyTable}
	for _, c := range b.Handbook.Charts {
		drawn := chart{Chart: c}
		for _, r := range c.Rows {
			one, start := bar{Row: r}, 0.0
			for i, v := range r.Figures() {
				one.Figures = append(one.Figures, fill(b.UI().Survey.Percent, "value", fmt.Sprintf("%.1f", v)))
				one.Segments = append(one.Segments, segment{fmt.Sprintf("%.1f", start), fmt.Sprintf("%.1f", v), i + 1})
				start += v
			}
			drawn.Bars = append(drawn.Bars, one)
		}
		page.Charts = append(page.Charts, drawn)
	}
	return &page.Page, page
}

// ChartOf returns the first chart of a question, which begins with its number,
// "4-6 …", or nil.
func (p *surveyPage) ChartOf(question string) *handbook.Chart {
	for _, c := range p.Handbook.Charts {
		if strings.HasPrefix(question, c.Question+" ") {
			return c
		}
	}
	return nil
}

// addSurvey adds the figures of the survey for programs and for spreadsheets.
func (b *builder) addSurvey(files Files) error {
	if b.Handbook.Survey == nil {
		return nil
	}
	var err error
	if files[surveyAddress], err = b.surveyData(); err != nil {
		return err
	}
	files[surveyTable], err = b.surveyCSV()
	return err
}

func (b *builder) surveyData() ([]byte, error) {
	type section struct {
		ID         string   `json:"id"`
		Title      string   `json:"title"`
		AnsweredBy int      `json:"n"`
		Base       string   `json:"base"`
		Message    string   `json:"message"`
		Questions  []string `json:"questions"`
	}
	type row struct {
		ID     string    `json:"id"`
		Label  string    `json:"label"`
		N      int       `json:"n,omitempty"`
		Values []float64 `json:"percent"`
	}
	type figure struct {
		ID       string   `json:"id"`
		Question string   `json:"question"`
		Title    string   `json:"title"`
		From     string   `json:"from"`
		To       string   `json:"to"`
		N        int      `json:"n"`
		Base     string   `json:"base"`
		Kind     string   `json:"kind"`
		Message  string   `json:"message"`
		Note     string   `json:"note,omitempty"`
		Columns  []string `json:"columns,omitempty"`
		Rows     []row    `json:"rows"`
	}
	s := b.Handbook.Survey
	from, to := s.From.Format(time.DateOnly), s.To.Format(time.DateOnly)
	data := struct {
		Title    string    `json:"title"`
		Report   string    `json:"report"`
		Area     string    `json:"area"`
		From     string    `json:"from"`
		To       string    `json:"to"`
		Method   string    `json:"method"`
		Target   string    `json:"target"`
		Sent     int       `json:"sent"`
		Answered int       `json:"answered"`
		Telework int       `json:"telework"`
		Caution  string    `json:"caution"`
		Sections []section `json:"sections"`
		Charts   []figure  `json:"charts"`
	}{s.Title, s.Report, s.Area, from, to, s.Method, s.Target, s.Sent, s.Answered, s.Telework, s.Caution, nil, nil}
	for _, q := range s.Questions {
		data.Sections = append(data.Sections, section{q.Slug, q.Title, q.AnsweredBy, q.Base, q.Message, q.Questions})
	}
	for _, c := range b.Handbook.Charts {
		f := figure{c.Slug, c.Question, c.Title, from, to, c.N, c.Base, c.Kind, c.Message, c.Note, c.Columns, nil}
		for _, r := range c.Rows {
			f.Rows = append(f.Rows, row{r.Slug, r.Label, r.N, r.Figures()})
		}
		data.Charts = append(data.Charts, f)
	}
	text, err := json.MarshalIndent(data, "", "  ")
	return append(text, '\n'), err
}

// surveyCSV writes one figure a line, each with all that is needed to read it.
// Excel takes a file for UTF-8 only by its BOM.
func (b *builder) surveyCSV() ([]byte, error) {
	words, s := b.UI().Survey, b.Handbook.Survey
	out := bytes.NewBufferString("\ufeff")
	w := csv.NewWriter(out)
	w.UseCRLF = true
	write := func(cells ...string) {
		for i, cell := range cells {
			cells[i] = guarded(cell)
		}
		w.Write(cells) // the error stays in the writer
	}
	write(words.QuestionColumn, words.TitleColumn, words.Period, words.BaseColumn, words.GroupN, words.Row, words.Column, words.Value, words.Note)
	period := s.From.Format(time.DateOnly) + " – " + s.To.Format(time.DateOnly)
	for _, c := range b.Handbook.Charts {
		for _, r := range c.Rows {
			for i, v := range r.Figures() {
				n, column := c.N, ""
				if c.Columns != nil {
					n, column = r.N, c.Columns[i]
				}
				write(c.Question, c.Title, period, c.Base, strconv.Itoa(n), r.Label, column, fmt.Sprintf("%.1f", v), c.Note)
			}
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// guarded keeps spreadsheets from taking a text for a formula.
func guarded(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
