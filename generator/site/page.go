package site

import (
	"fmt"
	"html/template"
	"slices"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"tebiki/generator/handbook"
	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// A Page is what the layouts know about every page. Each kind of page has a struct of its own
// around it.
type Page struct {
	*builder
	Edition     *handbook.Edition // of the handbook
	Address     string            // relative to the site's root
	Root        string            // the way to the site's root
	Kind        string            // name of the layout
	Title       string            // the h1
	Description string
	Trail       []Link // from the start page to the page above this one
	Previous    *Link
	Next        *Link
	Reviewed    time.Time
	Contents    []Link           // the sections of a long page
	Pictured    *handbook.Method // whose picture is shown where links to the page are shared; nil for that of the site
	Extra       string           // name of the extra script and styles that the page needs, "" for none
	Text        text
	Terms       []*handbook.Term // explained at the foot of the page, by first use
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// A recordPage is a page of the content.
type recordPage struct {
	Page
	Record *handbook.Page
}

// A Link is a link as the page has it, and what it says.
type Link struct{ Href, Title string }

// A text is the text of a record as its page shows it.
type text struct {
	Lead     template.HTML
	Sections []section
}

// A section of a text.
type section struct {
	ID      string // "" when the heading has no name
	Heading string
	HTML    template.HTML
}

// page returns what all kinds of pages start from. Its trail leads through the page of the content
// that lists it, if any.
func (b *builder) page(address, layout, title, description, above string) Page {
	p := Page{builder: b, Edition: &b.Handbook.Edition, Address: address, Root: root(address), Kind: layout, Title: title, Description: description, Reviewed: b.Handbook.Reviewed}
	// The page for addresses that do not exist is shown at any depth, so its way starts at the root
	// of the server as soon as that is known.
	if address == notFoundAddress {
		p.Root = serverRoot(b.baseURL)
	}
	if layout != homeKind.layout {
		p.Trail = append(p.Trail, Link{p.Root + "index.html", b.words.Text("common.home")})
	}
	if above != "" {
		record := b.Handbook.Page(above)
		p.Trail = append(p.Trail, Link{p.Root + pageAddress(record), record.Label})
	}
	return p
}

// recordPage returns what a page of the content starts from: its text, too.
func (b *builder) recordPage(record *handbook.Page, address, layout string) recordPage {
	p := recordPage{b.page(address, layout, record.Title, record.Description, ""), record}
	p.Reviewed = record.Reviewed
	p.Text = p.text(record.Body)
	return p
}

// A crumb is a step of the way from the start page to this one, which is the last and has no link.
type crumb struct {
	Link
	Position int // from 1
}

// Crumbs returns the trail and the page itself.
func (p *Page) Crumbs() []crumb {
	crumbs := make([]crumb, 0, len(p.Trail)+1)
	for i, link := range append(slices.Clip(p.Trail), Link{Title: p.Title}) {
		crumbs = append(crumbs, crumb{link, i + 1})
	}
	return crumbs
}

// neighbours returns the links to the records before and after one in a list.
func neighbours[T any](list []T, i int, link func(T) Link) (before, after *Link) {
	if i > 0 {
		before = new(link(list[i-1]))
	}
	if i+1 < len(list) {
		after = new(link(list[i+1]))
	}
	return before, after
}

// contents lists the sections of a text.
func contents(body *markdown.Body) []Link {
	var links []Link
	for _, s := range body.Sections {
		links = append(links, Link{"#" + s.ID, s.Heading})
	}
	return links
}

// Links to records, relative to the page.

func (p *Page) ToMethod(m *handbook.Method) string       { return p.Root + methodAddress(m) }
func (p *Page) ToChecklist(m *handbook.Method) string    { return p.Root + checklistAddress(m.Slug) }
func (p *Page) ToMeasure(m *handbook.Measure) string     { return p.Root + measureAddress(m) }
func (p *Page) ToThreat(t *handbook.Threat) string       { return p.Root + threatAddress(t) }
func (p *Page) ToGuide(g *handbook.Guide) string         { return p.Root + guideAddress(g) }
func (p *Page) ToFramework(f *handbook.Framework) string { return p.Root + frameworkAddress(f) }
func (p *Page) ToIncident(i *handbook.Incident) string   { return p.Root + incidentAddress(i) }
func (p *Page) ToReference(r *handbook.Reference) string { return p.Root + referenceAddress(r) }
func (p *Page) ToTerm(t *handbook.Term) string           { return p.Root + termAddress(t) }

// PageLink returns the link to the page with the given slug, or nil when the content has none.
func (p *Page) PageLink(slug string) *Link {
	if record := p.Handbook.Page(slug); record != nil {
		return &Link{p.Root + pageAddress(record), record.Label}
	}
	return nil
}

// pageLinks returns the links to those of the pages that the content has.
func (p *Page) pageLinks(slugs ...string) []Link {
	var links []Link
	for _, slug := range slugs {
		if link := p.PageLink(slug); link != nil {
			links = append(links, *link)
		}
	}
	return links
}

// ToPage returns the link to the page with the given slug, which the content must have.
func (p *Page) ToPage(slug string) (string, error) {
	if link := p.PageLink(slug); link != nil {
		return link.Href, nil
	}
	return "", fmt.Errorf("no page %q", slug)
}

// measureLinks returns links to measures by their titles.
func (p *Page) measureLinks(measures []*handbook.Measure, title func(*handbook.Measure) string) []Link {
	links := make([]Link, len(measures))
	for i, m := range measures {
		links[i] = Link{p.ToMeasure(m), title(m)}
	}
	return links
}

// threatLinks returns links to threats by their names.
func (p *Page) threatLinks(threats []*handbook.Threat) []Link {
	links := make([]Link, len(threats))
	for i, t := range threats {
		links[i] = Link{p.ToThreat(t), t.Name}
	}
	return links
}

// guideLinks returns links to guides by their products.
func (p *Page) guideLinks(guides []*handbook.Guide) []Link {
	links := make([]Link, len(guides))
	for i, g := range guides {
		links[i] = Link{p.ToGuide(g), g.Product}
	}
	return links
}

// numbered is how a measure is called in lists.
func numbered(m *handbook.Measure) string { return m.Number + " " + m.Title }

// text returns a text as the page shows it: the first use of each term is linked to its explanation
// at the foot of the page.
func (p *Page) text(body *markdown.Body) text {
	t := text{Lead: p.linked(body.Lead.HTML), Sections: make([]section, len(body.Sections))}
	for i, s := range body.Sections {
		t.Sections[i] = section{s.ID, s.Heading, p.linked(s.HTML)}
	}
	return t
}

// Excerpt returns the first block of a text.
func (p *Page) Excerpt(body *markdown.Body) template.HTML { return p.placed(body.Excerpt()) }

// Note returns a text that stands in a list, without links to terms.
func (p *Page) Note(body *markdown.Body) template.HTML { return p.placed(body.Lead.HTML) }

// Date words a date.
func (b *builder) Date(t time.Time) string {
	return b.words.Text("common.date", "year", t.Year(), "month", int(t.Month()), "day", t.Day())
}

// Day words a day as far as it is known.
func (b *builder) Day(d source.Day) string {
	if d.MonthOnly {
		return b.words.Text("common.month", "year", d.Year(), "month", int(d.Month()))
	}
	return b.Date(d.Time)
}

// Number writes a number as the language does.
func (b *builder) Number(n int) string { return b.printer().Sprint(n) }

func (b *builder) printer() *message.Printer {
	return message.NewPrinter(language.Make(b.Handbook.Language))
}

// A status is how far a measure can be (対応の状態), by the name that saved answers have for it.
type status struct{ ID, Text string }

func (b *builder) statuses() []status {
	return []status{
		{"todo", b.words.Text("status.todo")},
		{"doing", b.words.Text("status.doing")},
		{"done", b.words.Text("status.done")},
		{"na", b.words.Text("status.na")},
		{"unknown", b.words.Text("status.unknown")},
	}
}

// Count words a number of measures.
func (b *builder) Count(n int) string { return b.words.Text("common.count", "count", n) }

// A head is what a page says of itself.
type head struct {
	Policy      string // the Content-Security-Policy
	Title       string // of the window
	Heading     string // of the page
	Description string
	Hidden      bool   // from search engines
	Canonical   string // the page's address on the web, "" when the site's is not known
	Copy        string // web address of the page in Markdown, "" when it has none
	Feed        string // web address of the feed of changes, "" when the site's is not known
	ShareImage  string // web address of the picture for shared links, "" when there is none
	ShareText   string // the same in words, where they say more than the title
	Root        string
	Style       string // link to the stylesheet
	Script      string // link to the script
	ExtraStyle  string // link to the extra stylesheet, "" where there is none
	ExtraScript string // and to the extra script
}

// Head returns what the page says of itself. The error is a fault in the static folder.
func (p *Page) Head() (head, error) {
	made, err := p.assets.scripts()
	h := head{
		Policy: metaPolicy(p.Handbook.ID), Title: p.windowTitle(), Heading: p.Title, Description: p.Description, Root: p.Root,
		Hidden: !isListed(p.Address) && p.Address != notFoundAddress && p.Address != componentsAddress,
		Style:  p.Root + made.style, Script: p.Root + made.script,
	}
	if p.Kind == workspaceKind.layout {
		h.Script = p.Root + made.workspace
	}
	if more, ok := made.extras[p.Extra]; ok {
		h.ExtraStyle = p.Root + more.style
		if more.script != "" {
			h.ExtraScript = p.Root + more.script
		}
	}
	if isEmbedded(p.Address) {
		own := made.extras[embedExtra]
		h.Style, h.Script = p.Root+own.style, p.Root+own.script
	}
	if p.baseURL != "" && isListed(p.Address) {
		h.Canonical, h.Feed = p.baseURL+p.Address, p.baseURL+feedAddress
		if hasCopy(p.Kind, p.Address) {
			h.Copy = p.baseURL + copyAddress(p.Address)
		}
		switch {
		case p.Pictured != nil && len(p.Pictured.Diagram.Places) > 0:
			h.ShareImage, h.ShareText = p.baseURL+sharePicture(p.Pictured), p.Pictured.Diagram.Text
		case p.Handbook.ShareImage != nil:
			h.ShareImage = p.baseURL + shareAddress
		}
	}
	return h, err
}

func (p *Page) windowTitle() string {
	h := p.Handbook
	switch {
	case p.Kind == homeKind.layout:
		return p.words.Text("common.title", "page", h.Title, "site", h.Tagline)
	case isEmbedded(p.Address):
		return p.words.Text("embed.title", "page", p.words.Text("common.title", "page", p.Title, "site", h.Title))
	}
	return p.words.Text("common.title", "page", p.Title, "site", h.Title)
}

// A frame is a part that is equal on many pages, as far as its fields are: it is rendered once.
type frame struct {
	*builder
	Root    string
	Current string // address of this page where the part links to it, else ""
}

// A header is the beginning of a page.
type header struct {
	frame
	Above    string // address of the page of the menu that this page lies below, or ""
	Searches bool   // the page is the search itself, which has its own field
}

// A footer is the end of a page.
type footer struct {
	frame
	Reviewed time.Time
}

// An entry of a menu. AriaCurrent is "page" where it leads to this page, "true" where this page
// lies below, or "".
type entry struct {
	Link
	AriaCurrent string
}

// Header returns the beginning of the page.
func (p *Page) Header() header {
	head := header{frame: frame{builder: p.builder, Root: p.Root}, Searches: p.Kind == searchKind.layout}
	menu := p.Handbook.Navigation
	for _, record := range menu {
		address := pageAddress(record)
		if address == p.Address {
			head.Current = address
		}
		for _, above := range p.Trail {
			if above.Href == p.Root+address {
				head.Above = address
			}
		}
	}
	if p.Kind == homeKind.layout {
		head.Current = p.Address
	}
	return head
}

// Footer returns the end of the page.
func (p *Page) Footer() footer {
	foot := footer{frame{builder: p.builder, Root: p.Root}, p.Reviewed}
	for _, slug := range append([]string{"incident"}, helpPages...) {
		if p.Address == slug+".html" {
			foot.Current = p.Address
		}
	}
	for _, record := range p.Handbook.Footer {
		if pageAddress(record) == p.Address {
			foot.Current = p.Address
		}
	}
	return foot
}

// entry returns the entry of a page.
func (f frame) entry(record *handbook.Page) entry {
	address := pageAddress(record)
	e := entry{Link: Link{f.Root + address, record.Label}}
	if address == f.Current {
		e.AriaCurrent = "page"
	}
	return e
}

// Navigation returns the menu.
func (head header) Navigation() []entry {
	var menu []entry
	for _, record := range head.Handbook.Navigation {
		e := head.entry(record)
		if e.AriaCurrent == "" && pageAddress(record) == head.Above {
			e.AriaCurrent = "true"
		}
		menu = append(menu, e)
	}
	return menu
}

// IsStart reports whether the page is the start page.
func (head header) IsStart() bool { return head.Current == "index.html" }

// Links returns the pages that stand at the end of each page.
func (foot footer) Links() []entry {
	var links []entry
	for _, record := range foot.Handbook.Footer {
		links = append(links, foot.entry(record))
	}
	return links
}

// helpPages are where to look when something has happened, after the first hour.
var helpPages = []string{"leak-report", "threats", "contacts"}

// Help returns where to look when something has happened. Without contacts there is none.
func (foot footer) Help() []entry {
	if foot.Handbook.Page("contacts") == nil {
		return nil
	}
	var links []entry
	for _, slug := range helpPages {
		if record := foot.Handbook.Page(slug); record != nil {
			links = append(links, foot.entry(record))
		}
	}
	return links
}

// FirstHour returns the page of what to do first when something has happened, nil when the content
// has none.
func (foot footer) FirstHour() *entry {
	if record := foot.Handbook.Page("incident"); record != nil {
		return new(foot.entry(record))
	}
	return nil
}
