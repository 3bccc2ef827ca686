package site

import (
	"strings"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/markdown"
)

// A measurePage shows a measure.
type measurePage struct {
	Page
	Measure    *handbook.Measure
	Answer     answerBox
	Company    companyLine
	Checklists []checklistLink // of all methods, in their order
	Guides     []Link
	Threats    []Link
	Who        string // names of those who carry it out
	OwnerNotes []ownerNote
	FirstHour  []Link // the cases that it prepares for, and what is due then
	Peers      []peer
	Asked      string // when the survey of the peers ended, in words
}

// A checklistLink leads from a measure to its place on a checklist.
type checklistLink struct {
	Href     string
	Method   *handbook.Method
	Listed   bool               // the measure stands there
	Priority *handbook.Priority // nil for a preparation
}

// An ownerNote is what a measure asks of the devices of one owner.
type ownerNote struct {
	ID, Heading, Text string
	Owner             *handbook.Axis
}

// An answerBox holds the place of a reader's answer to a measure.
type answerBox struct {
	*handbook.Measure
	ReplacesWords string // the slugs, apart by spaces
}

// A companyLine says whose answers a page shows; with a method, whether the company uses it.
type companyLine struct {
	Workspace Link // empty when the content has no such page
	Method    string
}

func newAnswerBox(m *handbook.Measure) answerBox {
	return answerBox{m, strings.Join(m.Replaces, " ")}
}

// Workspace returns the link to the page of the companies, empty when the content has none.
func (p *Page) Workspace() Link {
	if link := p.PageLink("workspace"); link != nil {
		return *link
	}
	return Link{}
}

func (p *Page) companyLine(method string) companyLine {
	return companyLine{p.Workspace(), method}
}

func (b *builder) measureRows() []Row {
	rows := recordRows(b, b.Handbook.Measures, "measure", measureAddress,
		func(m *handbook.Measure) *markdown.Body { return m.Body }, func(m *handbook.Measure) time.Time { return m.Reviewed }, func(i int) any { return b.measure(i) })
	for i, m := range b.Handbook.Measures {
		ofBody := rows[i].anchors
		rows[i].anchors = func() []anchor {
			anchors := ofBody()
			for _, note := range m.OwnerNotes {
				anchors = append(anchors, anchor{id: ownerAnchor(note), of: &note.Owner.Record})
			}
			return anchors
		}
	}
	return rows
}

func ownerAnchor(note handbook.OwnerNote) string { return "owner-" + note.Owner.Slug }

func (b *builder) measure(i int) *measurePage {
	m := b.Handbook.Measures[i]
	p := &measurePage{
		Page:    b.page(measureAddress(m), "measure", m.Title, m.Check, "measures"),
		Measure: m,
		Answer:  newAnswerBox(m),
	}
	p.Reviewed = m.Reviewed
	p.Company = p.companyLine("")
	p.FirstHour = p.incidentLinks(m.Incidents)
	if m.Reported {
		p.FirstHour = append(p.FirstHour, p.pageLinks("leak-report")...)
	}
	p.Peers, p.Asked = p.peers(m), b.asked()
	p.Guides, p.Threats = p.guideLinks(m.Guides), p.threatLinks(m.Threats)
	p.Previous, p.Next = neighbours(b.Handbook.Measures, i, func(m *handbook.Measure) Link { return Link{p.ToMeasure(m), numbered(m)} })
	next := 0
	for _, method := range b.Handbook.Methods {
		link := checklistLink{Method: method}
		if next < len(m.Listings) && m.Listings[next].Method == method {
			link.Href, link.Listed, link.Priority = p.ToChecklist(method)+"#"+m.Slug, true, m.Listings[next].Priority
			next++
		}
		p.Checklists = append(p.Checklists, link)
	}
	var roles []string
	for _, role := range m.Effort.Roles {
		roles = append(roles, role.Name)
	}
	p.Who = strings.Join(roles, b.words.Text("common.separator"))
	p.Text = p.text(m.Body)
	p.Contents = contents(m.Body)
	for _, note := range m.OwnerNotes {
		heading := b.words.Text("measure.owner_note", "owner", note.Owner.Name)
		p.OwnerNotes = append(p.OwnerNotes, ownerNote{ownerAnchor(note), heading, note.Text, note.Owner})
		p.Contents = append(p.Contents, Link{"#" + ownerAnchor(note), heading})
	}
	p.Contents = append(p.Contents, p.firstHour(p.FirstHour)...)
	p.Contents = append(p.Contents, Link{"#rule", b.words.Text("measure.rule")})
	if m.Handout != "" {
		p.Contents = append(p.Contents, Link{"#handout", b.words.Text("measure.handout")})
	}
	if m.Ask != "" {
		p.Contents = append(p.Contents, Link{"#ask", b.words.Text("measure.ask")})
	}
	p.Contents = append(p.Contents, Link{"#methods", b.words.Text("measure.methods")})
	if m.Origin != nil {
		p.Contents = append(p.Contents, Link{"#origin", b.words.Text("measure.origin")})
	}
	return p
}

func (b *builder) measureDocs(add adder) {
	exception, rule := b.words.Text("measure.exception"), b.words.Text("measure.rule")
	handout, ask := b.words.Text("measure.handout"), b.words.Text("measure.ask")
	for _, m := range b.Handbook.Measures {
		d := add(measureAddress(m), m.Title, m.Number)
		d.Add("", "", m.Check)
		addBody(d, m.Body)
		for _, note := range m.OwnerNotes {
			d.Add(ownerAnchor(note), b.words.Text("measure.owner_note", "owner", note.Owner.Name), note.Text)
		}
		if m.Exception != "" {
			d.Add("", exception, m.Exception)
		}
		d.Add("rule", rule, m.Rule)
		if m.Handout != "" {
			d.Add("handout", handout, m.Handout)
		}
		if m.Ask != "" {
			d.Add("ask", ask, m.Ask)
		}
		for _, listing := range m.Listings {
			d.Methods = append(d.Methods, listing.Method.Place)
		}
	}
}

// A measuresPage lists the measures by category.
type measuresPage struct {
	recordPage
	Groups []categoryGroup
}

// A categoryGroup holds the measures of one category.
type categoryGroup struct {
	Category *handbook.Category
	Measures []listedMeasure
}

// A listedMeasure is a measure in a list.
type listedMeasure struct {
	*handbook.Measure
	Href string
}

var measuresKind = pageKind{
	slug: "measures", layout: "measures", needed: always,
	date: func(h *handbook.Handbook) time.Time { return newest(h.Measures, measureDate) },
	view: func(p recordPage) any {
		view := &measuresPage{recordPage: p}
		for _, c := range p.Handbook.Categories {
			if len(c.Measures) > 0 {
				view.Groups = append(view.Groups, categoryGroup{c, p.listed(c.Measures)})
			}
		}
		return view
	},
	anchors: func(b *builder) []anchor { return named(b.Handbook.Categories, "", "") },
}

func (p *Page) listed(measures []*handbook.Measure) []listedMeasure {
	list := make([]listedMeasure, len(measures))
	for i, m := range measures {
		list[i] = listedMeasure{m, p.ToMeasure(m)}
	}
	return list
}

func measureAddress(m *handbook.Measure) string { return "measures/" + m.Slug + ".html" }
