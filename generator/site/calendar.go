package site

import (
	"cmp"
	"slices"
	"time"

	"tebiki/generator/handbook"
)

// A calendarPage is the calendar of a company (カレンダー): when its measures are due and come again, and
// when the support of what it has ends.
type calendarPage struct {
	answersPage
	Rhythms  []rhythm       // measures that come again
	Groups   []productGroup // what a company may have, by name
	Products *Link          // to the page of the ends of support, nil for none
	Revised  time.Time      // the day of the last change of what is in calendars
}

// A rhythm is a measure that comes again.
type rhythm struct {
	*handbook.Measure
	Href string
}

func (b *builder) calendar() *calendarPage {
	p := &calendarPage{answersPage: b.ofAnswers(calendarAddress, "calendar", calendarExtra, b.words.Text("calendar.title"), b.calendarText(), b.words.Text("calendar.plain_title"), b.words.Text("calendar.plain"))}
	for _, m := range b.Handbook.Measures {
		p.Revised = later(p.Revised, m.Reviewed)
		if m.Every > 0 {
			p.Rhythms = append(p.Rhythms, rhythm{m, p.ToMeasure(m)})
		}
	}
	p.Groups = b.productGroups()
	for _, g := range p.Groups {
		slices.SortStableFunc(g.Products, func(a, b *handbook.Lifecycle) int { return cmp.Compare(a.Product, b.Product) })
		for _, l := range g.Products {
			p.Revised = later(p.Revised, l.Checked)
			p.Reviewed = earlier(p.Reviewed, l.Checked)
		}
	}
	p.Products = p.PageLink(lifecyclesKind.slug)
	return p
}

// calendarText and daysText tell what is in calendars: ends of support only where there are any.
func (b *builder) calendarText() string {
	if len(b.Handbook.Lifecycles) > 0 {
		return b.words.Text("calendar.description_ends")
	}
	return b.words.Text("calendar.description")
}

func (b *builder) daysText() string {
	if len(b.Handbook.Lifecycles) > 0 {
		return b.words.Text("show.calendar_text_ends")
	}
	return b.words.Text("show.calendar_text")
}

func (b *builder) calendarDoc(add adder) {
	d := add(calendarAddress, b.words.Text("calendar.title"))
	d.Add("", "", b.calendarText())
	d.Add("file", b.words.Text("calendar.file_heading"), b.words.Text("calendar.file_text"))
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
