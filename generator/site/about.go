package site

import (
	"tebiki/generator/handbook"
)

// An aboutPage tells about the site, and where its measures come from.
type aboutPage struct {
	recordPage
	Origins []originGroup
}

// An originGroup holds the measures that come from one place.
type originGroup struct {
	Origin   *handbook.Origin
	Measures []Link
}

var aboutKind = pageKind{
	slug: "about", layout: "about", needed: always,
	view: func(p recordPage) any {
		view := &aboutPage{recordPage: p}
		view.Contents = contents(p.Record.Body)
		if len(p.Handbook.Origins) > 0 {
			view.Contents = append(view.Contents, Link{"#origins", p.words.Text("about.origins")})
		}
		for _, origin := range p.Handbook.Origins {
			view.Origins = append(view.Origins, originGroup{origin, p.measureLinks(origin.Measures, numbered)})
		}
		return view
	},
	anchors: func(b *builder) []anchor { return named(b.Handbook.Origins, "origin-", "") },
}
