package site

// proseKind is a page that is written, with what it contains.
var proseKind = pageKind{layout: "page", view: func(p recordPage) any {
	p.Contents = contents(p.Record.Body)
	return &p
}}

// paperKind is a page whose sections are a document that the company takes over; its lead says how.
var paperKind = pageKind{layout: "paper", view: func(p recordPage) any {
	p.Extra = showExtra
	return &paperPage{p, p.companyLine("")}
}}

type paperPage struct {
	recordPage
	Company companyLine
}

// notFoundKind is shown for addresses that do not exist.
var notFoundKind = pageKind{slug: "404", layout: proseKind.layout, needed: always, view: proseKind.view}

// plainView shows what the handbook has as it is.
func plainView(p recordPage) any { return &p }
