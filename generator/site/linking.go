package site

import (
	"cmp"
	"fmt"
	"html"
	"slices"

	"tebiki/generator/handbook"
	"tebiki/generator/searchindex"
)

// A linkingPage tells other sites how to link to this one, and to show its pages in frames.
type linkingPage struct {
	recordPage
	Site       string  // the site's address as others write it
	IsUnknown  bool    // and Site only stands for it
	Made       snippet // the link that the page's form makes
	Flow       snippet // the frame of the flow
	Script     snippet // what makes frames as high as their pages
	Button     snippet
	ButtonText string
	Ends       []flowEnd
	Methods    []linkedMethod
}

// A snippet is a text to be copied.
type snippet struct{ Name, Text string }

// A linkedMethod is a method with what leads to it from other sites.
type linkedMethod struct {
	*handbook.Method
	Snippets []snippet
}

var linkingKind = pageKind{
	slug: "linking", layout: "linking", alone: true,
	needed: never,
	view:   func(p recordPage) any { return p.linking() },
	found: func(b *builder, d *searchindex.Doc) {
		for _, s := range b.linkingSections() {
			d.Add(s.id, s.title)
		}
	},
}

// linkingSections are the sections that come before the page's text, by their names.
func (b *builder) linkingSections() []struct{ id, title string } {
	return []struct{ id, title string }{
		{"preset", b.words.Text("linking.preset")},
		{"embed", b.words.Text("linking.embed")},
		{"methods", b.words.Text("linking.methods")},
		{"button", b.words.Text("linking.button")},
	}
}

func (p recordPage) linking() *linkingPage {
	view := &linkingPage{recordPage: p, Site: cmp.Or(p.baseURL, p.words.Text("linking.site")), IsUnknown: p.baseURL == ""}
	view.Extra = linkingExtra
	for _, s := range p.linkingSections() {
		view.Contents = append(view.Contents, Link{"#" + s.id, s.title})
	}
	view.Contents = append(view.Contents, contents(p.Record.Body)...)
	if p.Handbook.Licence != "" {
		view.Contents = append(view.Contents, Link{"#licence", p.words.Text("linking.licence")})
	}
	flow := p.Handbook.Page(flowKind.slug)
	view.Made = snippet{p.words.Text("linking.preset"), view.Site + flowAddress}
	view.Flow = snippet{p.words.Text("linking.embed"), view.frame(embeddedFlow, flow.Title, 800)}
	view.Script = snippet{p.words.Text("linking.height"), fmt.Sprintf(heightScript, view.Site+embedFolder)}
	view.ButtonText = p.words.Text("linking.button_words", "page", flow.Title, "site", p.Handbook.Title)
	view.Button = snippet{p.words.Text("linking.button"), fmt.Sprintf(buttonMarkup, p.Handbook.ID, html.EscapeString(view.Site+flowAddress), html.EscapeString(view.ButtonText))}
	view.Ends = p.flow().Ends
	for _, m := range p.Handbook.Methods {
		linked := linkedMethod{m, []snippet{
			{p.words.Text("linking.checklist"), view.Site + checklistAddress(m.Slug)},
			{p.words.Text("linking.frame"), view.frame(embeddedAddress(m.Slug), p.checklistTitle(m), 600)},
		}}
		linked.Snippets = append(linked.Snippets, p.results(view.Site, m)...)
		view.Methods = append(view.Methods, linked)
	}
	return view
}

// results returns the addresses of the ends of the flow that are a method. Where there are several,
// each is called by the answers that tell it from the others.
func (p recordPage) results(site string, m *handbook.Method) []snippet {
	ways := slices.DeleteFunc(p.Handbook.Flow.Ends(), func(end *handbook.Branch) bool { return end.Method != m })
	times := map[*handbook.Answer]int{} // in how many of the ways an answer is given
	for _, way := range ways {
		for _, step := range way.Steps {
			times[step.Answer]++
		}
	}
	var results []snippet
	for _, way := range ways {
		var own []string
		for _, step := range way.Steps {
			if times[step.Answer] < len(ways) {
				own = append(own, step.Answer.Label)
			}
		}
		name := p.words.Text("linking.result")
		if len(own) > 0 {
			name = p.words.Text("linking.result_of", "answers", p.Names(own))
		}
		results = append(results, snippet{name, site + flowAddress + "#" + fragment(way)})
	}
	return results
}

// frame returns the markup that shows a page in a frame, of some height in CSS pixels.
func (p *linkingPage) frame(address, title string, height int) string {
	title = p.words.Text("common.title", "page", title, "site", p.Handbook.Title)
	return fmt.Sprintf(frameMarkup, html.EscapeString(p.Site+address), html.EscapeString(title), height)
}

const frameMarkup = `<iframe src="%s"
  title="%s"
  width="100%%" height="%d" loading="lazy" allow="clipboard-write"></iframe>`

// What tells the height is a frame of this site, so nobody else can change one.
const heightScript = `<script>
addEventListener('message', ({ source, data }) => {
  if (data?.type !== 'tebiki:height' || !Number.isInteger(data.height)) return
  for (const frame of document.querySelectorAll('iframe[src^="%s/"]')) {
    if (frame.contentWindow === source) frame.height = data.height
  }
})
</script>`

// The page shows the same button by static/linking/plain-button.css.
const buttonMarkup = `<style>
.%[1]s-link {
  display: inline-block;
  padding: 12px 24px;
  border: 1px solid #0017c1;
  border-radius: 8px;
  background: #fff;
  color: #0017c1;
  font-weight: 700;
  line-height: 1.5;
  text-decoration: none;
}
.%[1]s-link:hover { text-decoration: underline; }
.%[1]s-link:focus-visible { outline: 4px solid #000; outline-offset: 2px; }
</style>
<a class="%[1]s-link" href="%[2]s">%[3]s</a>`
