package site

import (
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/markdown"
)

// A threatPage shows a threat.
type threatPage struct {
	Page
	FirstHour []Link // the cases in which it has come true, and what is due then
	Measures  []listedMeasure
}

func (b *builder) threatRows() []Row {
	return recordRows(b, b.Handbook.Threats, "threat", threatAddress,
		func(t *handbook.Threat) *markdown.Body { return t.Body }, func(t *handbook.Threat) time.Time { return t.Reviewed }, func(i int) any { return b.threat(i) })
}

func (b *builder) threat(i int) *threatPage {
	t := b.Handbook.Threats[i]
	p := &threatPage{Page: b.page(threatAddress(t), "threat", t.Name, t.Summary, "threats")}
	p.Reviewed = t.Reviewed
	p.Text = p.text(t.Body)
	p.FirstHour = append(p.incidentLinks(t.Incidents), p.pageLinks("leak-report")...)
	p.Contents = append(append(contents(t.Body), p.firstHour(p.FirstHour)...), Link{"#measures", b.words.Text("threat.measures")})
	p.Previous, p.Next = neighbours(b.Handbook.Threats, i, func(t *handbook.Threat) Link { return Link{p.ToThreat(t), t.Name} })
	p.Measures = p.listed(t.Measures)
	return p
}

func (b *builder) threatDocs(add adder) {
	for _, t := range b.Handbook.Threats {
		d := add(threatAddress(t), t.Name)
		d.Add("", "", t.Summary)
		addBody(d, t.Body)
	}
}

// A threatsPage lists the threats.
type threatsPage struct {
	recordPage
	Threats []threatCard
}

// A threatCard is a threat in a list. Response leads to what to do first; nil when its text does
// not say.
type threatCard struct {
	*handbook.Threat
	Href     string
	Response *Link
}

var threatsKind = pageKind{
	slug: "threats", layout: "threats", needed: always,
	date: func(h *handbook.Handbook) time.Time {
		return newest(h.Threats, func(t *handbook.Threat) time.Time { return t.Reviewed })
	},
	view: func(p recordPage) any {
		view := &threatsPage{recordPage: p}
		for _, t := range p.Handbook.Threats {
			card := threatCard{Threat: t, Href: p.ToThreat(t)}
			if s := t.Body.Section(p.Handbook.Sections.Response); s != nil {
				card.Response = &Link{card.Href + "#" + s.ID, s.Heading}
			}
			view.Threats = append(view.Threats, card)
		}
		return view
	},
}

func threatAddress(t *handbook.Threat) string { return "threats/" + t.Slug + ".html" }
