package site

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/output"
)

// The kinds of pages of the library.
type (
	guidesPage struct {
		recordPage
	}
	guidePage struct {
		Page
		Guide *handbook.Guide
	}
	glossaryPage struct {
		recordPage
		Letters []letter
	}
	surveyPage struct {
		recordPage
		Charts []chart
		Data   string // address of the figures as JSON
	}
	contactsPage struct {
		recordPage
		Current, Ended []*handbook.Contact
	}
)

// A letter holds the terms whose readings begin with it.
type letter struct {
	Letter string
	ID     string // anchor
	Terms  []*handbook.Term
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

// libraryPages are the pages that list a part of the library, with the number
// of records each lists.
func (b *builder) libraryPages() map[string]int {
	h := b.Handbook
	return map[string]int{
		"guides":     len(h.Guides),
		"glossary":   len(h.Terms),
		"survey":     len(h.Charts),
		"contacts":   len(h.Contacts),
		"references": len(h.References),
		"lifecycles": len(h.Lifecycles),
	}
}

func (b *builder) guides(p recordPage) (*Page, any) {
	page := &guidesPage{p}
	return &page.Page, page
}

func (b *builder) guide(g, before, after *handbook.Guide) (*Page, any) {
	page := &guidePage{Page: b.page(address(g), "guide", g.Title, g.Summary, "guides"), Guide: g}
	page.Reviewed = g.Checked
	page.Contents = contents(g.Body)
	if before != nil {
		page.Previous = &Link{address(before), before.Title}
	}
	if after != nil {
		page.Next = &Link{address(after), after.Title}
	}
	return &page.Page, page
}

func (b *builder) glossary(p recordPage) (*Page, any) {
	page := &glossaryPage{recordPage: p}
	for _, t := range b.Handbook.Terms {
		first := string([]rune(t.Reading)[:1])
		last := len(page.Letters) - 1
		if last < 0 || page.Letters[last].Letter != first {
			page.Letters = append(page.Letters, letter{Letter: first, ID: fmt.Sprintf("letter-%d", last+2)})
			last++
		}
		page.Letters[last].Terms = append(page.Letters[last].Terms, t)
	}
	return &page.Page, page
}

func (b *builder) contacts(p recordPage) (*Page, any) {
	page := &contactsPage{recordPage: p}
	for _, c := range b.Handbook.Contacts {
		if c.Ended.IsZero() {
			page.Current = append(page.Current, c)
		} else {
			page.Ended = append(page.Ended, c)
		}
	}
	return &page.Page, page
}

func (b *builder) survey(p recordPage) (*Page, any) {
	page := &surveyPage{recordPage: p, Data: surveyAddress}
	for _, c := range b.Handbook.Charts {
		drawn := chart{Chart: c}
		for _, r := range c.Rows {
			values := r.Values
			if c.Kind != "grouped" {
				values = []float64{r.Value}
			}
			one, start := bar{Row: r}, 0.0
			for i, v := range values {
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

// surveyData gives the figures of the survey to programs.
func (b *builder) surveyData(files output.Files) error {
	h := b.Handbook
	if h.Survey == nil {
		return nil
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
		N        int      `json:"n"`
		Base     string   `json:"base"`
		Kind     string   `json:"kind"`
		Note     string   `json:"note,omitempty"`
		Columns  []string `json:"columns,omitempty"`
		Rows     []row    `json:"rows"`
	}
	data := struct {
		Title   string   `json:"title"`
		From    string   `json:"from"`
		To      string   `json:"to"`
		Caution string   `json:"caution"`
		Charts  []figure `json:"charts"`
	}{h.Survey.Title, h.Survey.From.Format(time.DateOnly), h.Survey.To.Format(time.DateOnly), h.Survey.Caution, nil}
	for _, c := range h.Charts {
		f := figure{c.Slug, c.Question, c.Title, c.N, c.Base, c.Kind, c.Note, c.Columns, nil}
		for _, r := range c.Rows {
			values := r.Values
			if values == nil {
				values = []float64{r.Value}
			}
			f.Rows = append(f.Rows, row{r.Slug, r.Label, r.N, values})
		}
		data.Charts = append(data.Charts, f)
	}
	text, err := json.MarshalIndent(data, "", "  ")
	files[surveyAddress] = append(text, '\n')
	return err
}

// LifecycleEnd words the day on which support ends, as exactly as it is known.
func (p *Page) LifecycleEnd(l *handbook.Lifecycle) string {
	if l.Precision == "month" {
		return fill(p.UI().Lifecycles.Month, "year", l.End.Year(), "month", int(l.End.Month()))
	}
	return p.Date(l.End)
}

// Names joins a list of words.
func (p *Page) Names(words []string) string { return strings.Join(words, p.UI().Common.Separator) }
