package site

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"tebiki/generator/handbook"
)

// jobs lists all pages. The problems are pages that the site lists records on and that have no
// record of their own in the content, pages that take the site's own addresses, and unknown icons:
// with any of them no page can be rendered.
func (b *builder) jobs() ([]job, []handbook.Problem) {
	h := b.Handbook
	var jobs []job
	add := func(address string, data func() (*Page, any)) { jobs = append(jobs, job{address, data}) }

	listing := map[string]func(recordPage) (*Page, any){
		"index":      b.home,
		"flow":       b.flow,
		"methods":    b.methods,
		"measures":   b.measures,
		"threats":    b.threats,
		"matrix":     b.matrix,
		"download":   func(p recordPage) (*Page, any) { return b.download(p, nil) },
		"changes":    func(p recordPage) (*Page, any) { return &p.Page, &p },
		"workspace":  b.workspace,
		"about":      b.about,
		searchSlug:   b.search,
		"guides":     b.guides,
		"glossary":   b.glossary,
		"survey":     b.survey,
		"contacts":   b.contacts,
		"references": func(p recordPage) (*Page, any) { return &p.Page, &p },
		"lifecycles": b.lifecycles,
		"guideline":  b.guideline,
	}
	var problems []handbook.Problem
	for _, record := range h.Pages {
		if own := address(record); own == hubAddress || own == componentsAddress {
			problems = append(problems, handbook.Problem{File: record.File, Line: 1, Text: fmt.Sprintf("ページの名前 %q は使えません（番地 %s は、このサイトが別のことに使います。別の名前にしてください）", record.Slug, own)})
			continue
		}
		add(address(record), func() (*Page, any) {
			if list, ok := listing[record.Slug]; ok {
				return list(b.recordPage(record, record.Slug))
			}
			return b.prose(b.recordPage(record, "page"))
		})
	}
	required := []string{"index", "flow", "methods", "measures", "threats", "matrix", "changes", "download", "workspace", searchSlug, "about", "404"}
	for slug, records := range b.libraryPages() {
		if records > 0 {
			required = append(required, slug)
		}
	}
	for _, slug := range required {
		if h.Page(slug) == nil {
			problems = append(problems, handbook.Problem{File: "pages/" + slug + ".md", Line: 1, Text: "このページがありません（題名と説明を書いたファイルを作ってください）"})
		}
	}
	problems = append(problems, b.checkIcons()...)

	add(hubAddress, b.hub)
	add(embeddedFlow, b.embeddedFlow)
	for i, m := range h.Methods {
		before, after := neighbours(h.Methods, i)
		add(address(m), func() (*Page, any) { return b.method(m, before, after) })
		add(checklistAddress(m.Slug), func() (*Page, any) { return b.checklist(m) })
	}
	for i, m := range h.Measures {
		before, after := neighbours(h.Measures, i)
		add(address(m), func() (*Page, any) { return b.measure(m, before, after) })
	}
	for i, t := range h.Threats {
		before, after := neighbours(h.Threats, i)
		add(address(t), func() (*Page, any) { return b.threat(t, before, after) })
	}
	for i, g := range h.Guides {
		before, after := neighbours(h.Guides, i)
		add(address(g), func() (*Page, any) { return b.guide(g, before, after) })
	}
	for _, w := range h.Withdrawn {
		add(address(w), func() (*Page, any) { return b.withdrawn(w, address(w)) })
		if w.Kind == "methods" {
			list := checklistAddress(w.Slug)
			add(list, func() (*Page, any) { return b.withdrawn(w, list) })
		}
	}
	return jobs, problems
}

// checkIcons reports icons of the content that static/icons does not have.
func (b *builder) checkIcons() []handbook.Problem {
	var problems []handbook.Problem
	known := slices.Sorted(maps.Keys(b.assets.icons))
	look := func(r *handbook.Record, field, icon string) {
		if _, ok := b.assets.icons[icon]; icon != "" && !ok {
			problems = append(problems, handbook.Problem{File: r.File, Line: r.At(field), Text: fmt.Sprintf("絵 %q がありません%s", icon, handbook.DidYouMean(icon, known))})
		}
	}
	for _, axis := range slices.Concat(b.Handbook.Owners, b.Handbook.Accesses, b.Handbook.Roles) {
		look(&axis.Record, "icon", axis.Icon)
	}
	for _, m := range b.Handbook.Methods {
		for _, place := range m.Diagram.Places {
			for _, item := range place.Items {
				look(&place.Record, "item."+item.ID, item.ID)
			}
		}
	}
	return problems
}

func neighbours[T any](list []*T, i int) (before, after *T) {
	if i > 0 {
		before = list[i-1]
	}
	if i+1 < len(list) {
		after = list[i+1]
	}
	return before, after
}

// page returns what all kinds of pages start from. Its trail leads through
// the listing page it belongs to, if any.
func (b *builder) page(address, kind, title, description, above string) Page {
	p := Page{frame: &b.frame, Address: address, Kind: kind, Title: title, Description: description, Reviewed: b.Handbook.Reviewed}
	if kind != "index" {
		p.Trail = append(p.Trail, Link{"index.html", b.words.Text("common.home")})
	}
	if above != "" {
		p.Trail = append(p.Trail, b.pageLink(above))
	}
	return p
}

func (b *builder) pageLink(slug string) Link {
	record := b.Handbook.Page(slug)
	return Link{address(record), record.Label}
}

func (b *builder) recordPage(record *handbook.Page, kind string) recordPage {
	p := b.page(address(record), kind, record.Title, record.Description, "")
	p.Reviewed = record.Reviewed
	return recordPage{p, record}
}

// contents lists the sections of a text.
func contents(body *handbook.Body) []Link {
	var links []Link
	for _, s := range body.Sections {
		links = append(links, Link{"#" + s.ID, s.Heading})
	}
	return links
}

// prose is a page that is written, with what it contains.
func (b *builder) prose(p recordPage) (*Page, any) {
	p.Contents = contents(p.Record.Body)
	return &p.Page, &p
}

func (b *builder) guideline(p recordPage) (*Page, any) {
	p.Contents = contents(p.Record.Body)
	if test := b.Handbook.SelfTest; test != nil {
		p.Contents = append([]Link{{"#self-test", test.Title}}, p.Contents...)
	}
	return &p.Page, &p
}

func (b *builder) home(p recordPage) (*Page, any) {
	page := &homePage{recordPage: p}
	h := b.Handbook
	for _, owner := range h.Owners {
		row := gridRow{Owner: owner}
		for _, access := range h.Accesses {
			var cell []*handbook.Method
			for _, m := range h.Methods {
				if m.Owner == owner && m.Access == access {
					cell = append(cell, m)
				}
			}
			row.Cells = append(row.Cells, cell)
		}
		page.Grid = append(page.Grid, row)
	}
	return &page.Page, page
}

func (b *builder) flow(p recordPage) (*Page, any) {
	page := &flowPage{recordPage: p, Branches: b.Handbook.Flow.Branches()}
	for _, m := range b.Handbook.Methods {
		var ways []string
		for _, end := range b.ends {
			if end.Method == m {
				ways = append(ways, fragment(end))
			}
		}
		page.Ends = append(page.Ends, flowEnd{b.Handbook.Checklist(m), strings.Join(ways, " ")})
	}
	return &page.Page, page
}

// embeddedFlow is the flow alone, for other sites' frames.
func (b *builder) embeddedFlow() (*Page, any) {
	p := b.recordPage(b.Handbook.Page("flow"), "embed")
	p.Address, p.Trail = embeddedFlow, nil
	_, data := b.flow(p)
	page := data.(*flowPage)
	page.Embedded = true
	return &page.Page, page
}

func (b *builder) methods(p recordPage) (*Page, any) {
	page := &methodsPage{recordPage: p}
	for _, m := range b.Handbook.Methods {
		page.Checklists = append(page.Checklists, b.Handbook.Checklist(m))
	}
	return &page.Page, page
}

func (b *builder) method(m, before, after *handbook.Method) (*Page, any) {
	page := &methodPage{
		Page:      b.page(address(m), "method", m.Name, m.Summary, "methods"),
		Method:    m,
		Checklist: b.Handbook.Checklist(m),
		Drawing:   b.draw(&m.Diagram),
	}
	page.Reviewed = m.Reviewed
	page.Contents = append([]Link{{"#signs", b.words.Text("method.signs")}}, contents(m.Body)...)
	if before != nil {
		page.Previous = &Link{address(before), before.Mark + " " + before.Name}
	}
	if after != nil {
		page.Next = &Link{address(after), after.Mark + " " + after.Name}
	}
	for _, end := range b.ends {
		if end.Method == m {
			page.Paths = append(page.Paths, end)
		}
	}
	return &page.Page, page
}

func (b *builder) checklist(m *handbook.Method) (*Page, any) {
	list := b.Handbook.Checklist(m)
	page := &checklistPage{Checklist: list}
	preparation := b.words.Text("common.preparation")
	if len(list.Preparation) > 0 {
		page.Groups = append(page.Groups, listGroup{"preparation", "", preparation, preparation, b.words.Text("common.preparation_meaning"), 0, list.Preparation})
	}
	for _, group := range list.Groups {
		p := group.Priority
		if len(group.Measures) == 0 {
			continue // nothing to do, and no progress to make
		}
		page.Groups = append(page.Groups, listGroup{p.Slug, p.Mark, p.Name, p.Mark, p.Meaning, p.Rank, group.Measures})
	}
	var counts []string
	count := func(mark string, n int) {
		counts = append(counts, b.words.Text("checklist.counts", "mark", mark, "count", b.words.Text("common.count", "count", n)))
	}
	for _, group := range list.Groups {
		count(group.Priority.Mark, len(group.Measures))
	}
	count(preparation, len(list.Preparation))
	description := b.words.Text("checklist.description", "method", m.Name, "counts", strings.Join(counts, b.words.Text("common.separator")))
	page.Page = b.page(checklistAddress(m.Slug), "checklist", b.checklistTitle(m), description, "methods")
	page.Trail = append(page.Trail, Link{address(m), m.Mark + " " + m.Short})
	for _, measure := range b.Handbook.Measures {
		if measure.On(m) && measure.Reviewed.Before(page.Reviewed) {
			page.Reviewed = measure.Reviewed
		}
	}
	return &page.Page, page
}

func (b *builder) checklistTitle(m *handbook.Method) string {
	return b.words.Text("checklist.title", "method", m.Mark+" "+m.Name)
}

func (b *builder) measures(p recordPage) (*Page, any) {
	page := &measuresPage{recordPage: p}
	for _, m := range b.Handbook.Measures {
		last := len(page.Groups) - 1
		if last < 0 || page.Groups[last].Category != m.Category {
			page.Groups = append(page.Groups, categoryGroup{Category: m.Category})
			last++
		}
		counted := countedMeasure{Measure: m}
		for _, method := range b.Handbook.Methods {
			if m.On(method) {
				counted.Methods++
			}
		}
		page.Groups[last].Measures = append(page.Groups[last].Measures, counted)
	}
	return &page.Page, page
}

func (b *builder) measure(m, before, after *handbook.Measure) (*Page, any) {
	page := &measurePage{
		Page:       b.page(address(m), "measure", m.Title, m.Check, "measures"),
		Measure:    m,
		Listings:   b.listings(m),
		OwnerNotes: b.ownerNotes(m),
	}
	page.Reviewed = m.Reviewed
	page.Contents = contents(m.Body)
	for _, note := range page.OwnerNotes {
		page.Contents = append(page.Contents, Link{"#owner-" + note.Owner.Slug, b.words.Text("measure.owner_note", "owner", note.Owner.Name)})
	}
	page.Contents = append(page.Contents, Link{"#rule", b.words.Text("measure.rule")})
	if m.Handout != "" {
		page.Contents = append(page.Contents, Link{"#handout", b.words.Text("measure.handout")})
	}
	page.Contents = append(page.Contents, Link{"#ask", b.words.Text("measure.ask")}, Link{"#methods", b.words.Text("measure.methods")}, Link{"#origin", b.words.Text("measure.origin")})
	if before != nil {
		page.Previous = &Link{address(before), before.Number + " " + before.Title}
	}
	if after != nil {
		page.Next = &Link{address(after), after.Number + " " + after.Title}
	}
	return &page.Page, page
}

// ownerNotes are a measure's notes in the order of the owners.
func (b *builder) ownerNotes(m *handbook.Measure) []ownerNote {
	var notes []ownerNote
	for _, owner := range b.Handbook.Owners {
		for _, note := range m.OwnerNotes {
			if note.ID == owner.Slug {
				notes = append(notes, ownerNote{owner, note.Text})
			}
		}
	}
	return notes
}

func (b *builder) listings(m *handbook.Measure) []listing {
	var list []listing
	for _, method := range b.Handbook.Methods {
		list = append(list, listing{method, b.Handbook.Priority(m, method)})
	}
	return list
}

func (b *builder) threats(p recordPage) (*Page, any) {
	page := &threatsPage{recordPage: p, Counts: map[*handbook.Threat]int{}}
	for _, m := range b.Handbook.Measures {
		for _, t := range m.Threats {
			page.Counts[t]++
		}
	}
	return &page.Page, page
}

func (b *builder) threat(t, before, after *handbook.Threat) (*Page, any) {
	page := &threatPage{Page: b.page(address(t), "threat", t.Name, t.Summary, "threats"), Threat: t}
	page.Reviewed = t.Reviewed
	page.Contents = append(contents(t.Body), Link{"#measures", b.words.Text("threat.measures")})
	if before != nil {
		page.Previous = &Link{address(before), before.Name}
	}
	if after != nil {
		page.Next = &Link{address(after), after.Name}
	}
	for _, m := range b.Handbook.Measures {
		if m.Against(t) {
			page.Measures = append(page.Measures, m)
		}
	}
	return &page.Page, page
}

func (b *builder) matrix(p recordPage) (*Page, any) {
	page := &matrixPage{recordPage: p}
	for _, m := range b.Handbook.Measures {
		row := matrixRow{Measure: m, Listings: b.listings(m)}
		for _, t := range b.Handbook.Threats {
			row.Threats = append(row.Threats, m.Against(t))
		}
		page.Rows = append(page.Rows, row)
	}
	return &page.Page, page
}

func (b *builder) workspace(p recordPage) (*Page, any) {
	page := &workspacePage{recordPage: p}
	for _, m := range b.Handbook.Measures {
		page.Rows = append(page.Rows, matrixRow{Measure: m, Listings: b.listings(m)})
		page.Preparation = page.Preparation || m.Preparation
	}
	return &page.Page, page
}

func (b *builder) lifecycles(p recordPage) (*Page, any) {
	page := &lifecyclesPage{recordPage: p}
	days := map[time.Time]int{}
	for _, l := range b.Handbook.Lifecycles {
		days[l.Checked]++
		if days[l.Checked] > days[page.Checked] {
			page.Checked = l.Checked
		}
	}
	for _, l := range b.Handbook.Lifecycles {
		page.Rows = append(page.Rows, lifecycleRow{l, !l.Checked.Equal(page.Checked)})
	}
	return &page.Page, page
}

func (b *builder) about(p recordPage) (*Page, any) {
	page := &aboutPage{recordPage: p}
	page.Contents = append(contents(p.Record.Body), Link{"#origins", b.words.Text("about.origins")})
	for _, origin := range b.Handbook.Origins {
		group := originGroup{Origin: origin}
		for _, m := range b.Handbook.Measures {
			if m.Origin == origin {
				group.Measures = append(group.Measures, m)
			}
		}
		page.Origins = append(page.Origins, group)
	}
	return &page.Page, page
}

func (b *builder) search(p recordPage) (*Page, any) {
	page := &searchPage{p, b.kinds}
	return &page.Page, page
}

func (b *builder) download(p recordPage, a *archive) (*Page, any) {
	page := &downloadPage{p, a}
	return &page.Page, page
}

func (b *builder) hub() (*Page, any) {
	page := b.page(hubAddress, "hub", b.words.Text("store.hub_title"), b.words.Text("store.hub_text"), "")
	return &page, &page
}

func (b *builder) components() (*Page, any) {
	page := &componentsPage{
		Page:      b.page(componentsAddress, "components", "Components", "Every component in every state.", ""),
		Checklist: b.Handbook.Checklist(b.Handbook.Methods[0]),
	}
	if len(b.Handbook.Measures) > 0 {
		page.Measure = b.Handbook.Measures[0]
	}
	return &page.Page, page
}

func (b *builder) withdrawn(w *handbook.Withdrawn, address string) (*Page, any) {
	title, description := b.words.Text("withdrawn.title", "title", w.Title), b.words.Text("withdrawn.description", "title", w.Title)
	page := &withdrawnPage{
		Page:      b.page(address, "withdrawn", title, description, w.Kind),
		Withdrawn: w,
	}
	page.Reviewed = w.Date
	return &page.Page, page
}
