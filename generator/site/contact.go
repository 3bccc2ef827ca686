package site

import (
	"html/template"
	"slices"
	"time"

	"tebiki/generator/handbook"
)

// A contactsPage lists whom to ask.
type contactsPage struct {
	recordPage
	FirstHour      []Link // where to look before one calls
	Current, Ended []contactCard
}

// A contactCard is a contact in the list.
type contactCard struct {
	*handbook.Contact
	Note               template.HTML
	CheckedOn, EndedOn string // in words
}

var contactsKind = pageKind{
	slug: "contacts", layout: "contacts",
	needed: func(h *handbook.Handbook) bool { return len(h.Contacts) > 0 },
	date: func(h *handbook.Handbook) time.Time {
		return newest(h.Contacts, func(c *handbook.Contact) time.Time { return c.Checked })
	},
	view: func(p recordPage) any {
		view := &contactsPage{recordPage: p, FirstHour: p.pageLinks("incident", "leak-report")}
		for _, c := range p.Handbook.Contacts {
			card := contactCard{Contact: c, Note: p.Note(c.Body), CheckedOn: p.Date(c.Checked)}
			if c.Ended.IsZero() {
				view.Current = append(view.Current, card)
				continue
			}
			card.EndedOn = p.Day(c.Ended)
			view.Ended = append(view.Ended, card)
		}
		return view
	},
	anchors: func(b *builder) []anchor {
		return slices.Concat(named(b.Handbook.Contacts, "", ""), named(b.Handbook.Contacts, "", "-name"), named(b.Gone(contactsFolder), "", ""))
	},
}

func (b *builder) contactDocs(add adder) {
	for _, c := range b.Handbook.Contacts {
		d := add(contactAddress(c), c.Name, c.Organisation)
		d.Add("", "", c.Purpose, c.How)
		addBody(d, c.Body)
	}
}

func contactAddress(c *handbook.Contact) string { return "contacts.html#" + c.Slug }
