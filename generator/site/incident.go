package site

import (
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/markdown"
)

// An incidentPage shows a case, and is its emergency sheet when it is printed.
type incidentPage struct {
	Page
	Incident *handbook.Incident
	Guides   []Link // to steps on screens
	Asks     []incidentAsk
	Company  companyLine
	More     []Link // what is due next
}

// An incidentAsk is a public contact on a sheet.
type incidentAsk struct {
	Link
	For, How  string
	CheckedOn string // in words
}

func (b *builder) incidentRows() []Row {
	rows := recordRows(b, b.Handbook.Incidents, "incident", incidentAddress,
		func(i *handbook.Incident) *markdown.Body { return i.Body }, func(i *handbook.Incident) time.Time { return i.Checked }, func(i int) any { return b.incident(i) })
	for i, incident := range b.Handbook.Incidents {
		ofBody := rows[i].anchors
		rows[i].anchors = func() []anchor {
			anchors := ofBody()
			for _, call := range incident.Calls {
				anchors = append(anchors, anchor{id: "contact-" + call.Helper.Slug, of: &call.Helper.Record})
				if call.Helper.Hint != "" {
					anchors = append(anchors, anchor{id: "hint-" + call.Helper.Slug, of: &call.Helper.Record})
				}
			}
			return anchors
		}
	}
	return rows
}

func (b *builder) incident(i int) *incidentPage {
	one := b.Handbook.Incidents[i]
	p := &incidentPage{Page: b.page(incidentAddress(one), "incident", one.Title, one.Signs, "incident"), Incident: one}
	p.Reviewed = one.Checked
	p.Extra = formExtra
	p.Company = p.companyLine("")
	p.Text = p.text(one.Body)
	p.Previous, p.Next = neighbours(b.Handbook.Incidents, i, func(i *handbook.Incident) Link { return Link{p.ToIncident(i), i.Title} })
	for _, steps := range one.Guides {
		p.Guides = append(p.Guides, Link{p.ToGuide(steps.Guide) + "#" + steps.Heading, steps.Guide.Product})
	}
	for _, ask := range one.Asks {
		c := ask.Contact
		p.Asks = append(p.Asks, incidentAsk{Link{p.Root + contactAddress(c), c.Name}, ask.For, c.How, p.Date(c.Checked)})
	}
	p.More = p.pageLinks("leak-report", "contacts")
	return p
}

func (b *builder) incidentDocs(add adder) {
	for _, i := range b.Handbook.Incidents {
		d := add(incidentAddress(i), i.Title, i.Name)
		d.Add("", "", i.Signs, i.First)
		d.Add("steps", b.words.Text("incident.steps"), i.Steps...)
		d.Add("never", b.words.Text("incident.never"), i.Never...)
		d.Add("write", b.words.Text("incident.write"), i.Write...)
		addBody(d, i.Body)
	}
}

// An incidentsPage lists the cases, with what to do this minute.
type incidentsPage struct {
	recordPage
	Incidents []incidentCard
	More      []Link
}

// An incidentCard is a case in the list.
type incidentCard struct {
	*handbook.Incident
	Href string
}

var incidentsKind = pageKind{
	slug: "incident", layout: "incidents",
	needed: func(h *handbook.Handbook) bool { return len(h.Incidents) > 0 },
	date: func(h *handbook.Handbook) time.Time {
		return newest(h.Incidents, func(i *handbook.Incident) time.Time { return i.Checked })
	},
	view: func(p recordPage) any {
		view := &incidentsPage{recordPage: p}
		for _, i := range p.Handbook.Incidents {
			view.Incidents = append(view.Incidents, incidentCard{i, p.ToIncident(i)})
		}
		view.More = p.pageLinks("leak-report", "threats", "contacts")
		return view
	},
}

// incidentLinks returns links to cases by their titles.
func (p *Page) incidentLinks(incidents []*handbook.Incident) []Link {
	links := make([]Link, len(incidents))
	for i, one := range incidents {
		links[i] = Link{p.ToIncident(one), one.Title}
	}
	return links
}

// firstHour returns the entry in the contents of a page for the links to what is to be done when it has
// happened, if there are any.
func (p *Page) firstHour(links []Link) []Link {
	if len(links) == 0 {
		return nil
	}
	return []Link{{"#first-hour", p.words.Text("footer.help")}}
}

func incidentAddress(i *handbook.Incident) string { return incidentFolder + "/" + i.Slug + ".html" }
