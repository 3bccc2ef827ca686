package site

// proseKind is a page that is written, with what it contains.
var proseKind = pageKind{layout: "page", view: func(p recordPage) any {
	p.Contents = contents(p.Record.Body)
	return &p
}}

// notFoundKind is shown for addresses that do not exist.
var notFoundKind = pageKind{slug: "404", layout: proseKind.layout, needed: always, view: proseKind.view}

// plainView shows what the handbook has as it is.
func plainView(p recordPage) any { return &p }
