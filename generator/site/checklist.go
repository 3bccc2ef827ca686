package site

import (
	"html/template"
	"slices"
	"strings"

	"tebiki/generator/handbook"
)

// A checklistPage shows the checklist of a method.
type checklistPage struct {
	Page
	Method  *handbook.Method
	Company companyLine
	Groups  []listGroup
}

// AssignScript returns the name of the script that is loaded when a reader first gives owner and due
// date to several measures at once.
func (p *checklistPage) AssignScript() (string, error) {
	names, err := p.assets.scripts()
	return names.assign, err
}

// CarryScript returns the name of the script that is loaded when a reader leaves for another page that
// does not know the answers.
func (p *checklistPage) CarryScript() (string, error) {
	names, err := p.assets.scripts()
	return names.carry, err
}

// A methodGroup is a part of a method's checklist: the preparation, or the measures of one priority.
type methodGroup struct {
	Slug     string
	Mark     string // of the priority
	Name     string
	Short    string // the mark, or the name of what has none
	Meaning  string
	Rank     int // of the priority; 0 is the preparation
	measures []*handbook.Measure
}

// A listGroup is a section of a checklist.
type listGroup struct {
	methodGroup
	Heading string // stands above each sheet of paper
	Rows    []listRow
}

// A listRow is a measure on a checklist.
type listRow struct {
	*handbook.Measure
	Href        string
	HowHref     string // leads to the steps
	ThreatWords string // slugs of the threats, apart by spaces
	Threats     []Link
	Guides      []Link
	Excerpt     template.HTML
	Answer      answerBox
}

// preparationSlug names the group of the preparation in addresses and saved answers.
const preparationSlug = "preparation"

func (b *builder) checklistRows() []Row {
	var rows []Row
	for _, m := range b.Handbook.Methods {
		row := b.row(checklistAddress(m.Slug), "checklist", func() any { return b.checklist(m) })
		row.Date = checklistDate(m)
		row.anchors = func() []anchor { return checklistAnchors(m) }
		rows = append(rows, row)
	}
	return rows
}

func checklistAnchors(m *handbook.Method) []anchor {
	anchors := named(m.Preparation, "", "")
	for _, g := range m.Groups {
		if len(g.Measures) > 0 {
			anchors = append(anchors, named([]*handbook.Priority{g.Priority}, "", "")...)
			anchors = append(anchors, named([]*handbook.Priority{g.Priority}, "progress-", "")...)
			anchors = append(anchors, named(g.Measures, "", "")...)
		}
	}
	if len(m.Preparation) > 0 { // the group has a name of ours
		anchors = append(anchors, anchor{id: preparationSlug, of: &m.Record}, anchor{id: "progress-" + preparationSlug, of: &m.Record})
	}
	return anchors
}

func (b *builder) checklistTitle(m *handbook.Method) string {
	return b.words.Text("checklist.title", "method", m.Mark+" "+m.Name)
}

func (b *builder) checklist(m *handbook.Method) *checklistPage {
	preparation := b.words.Text("common.preparation")
	var counts []string
	count := func(mark string, measures []*handbook.Measure) {
		counts = append(counts, b.words.Text("checklist.counts", "mark", mark, "count", b.Count(len(measures))))
	}
	for _, group := range m.Original() {
		count(group.Priority.Mark, group.Measures)
	}
	if len(m.Preparation) > 0 {
		count(preparation, m.Preparation)
	}
	for _, group := range m.Additions() {
		count(group.Priority.Name, group.Measures)
	}
	description := b.words.Text("checklist.description", "method", m.Name, "counts", strings.Join(counts, b.words.Text("common.separator")))

	p := &checklistPage{Page: b.page(checklistAddress(m.Slug), "checklist", b.checklistTitle(m), description, "methods"), Method: m}
	p.Trail = append(p.Trail, Link{p.ToMethod(m), m.Mark + " " + m.Short})
	p.Company = p.companyLine(m.Slug)
	p.Pictured = m
	for _, part := range b.methodGroups(m) {
		group := listGroup{methodGroup: part, Heading: b.words.Text("common.title", "page", part.Name, "site", p.Title)}
		if group.Mark != "" {
			group.Heading = group.Mark + " " + group.Heading
		}
		for _, measure := range part.measures {
			group.Rows = append(group.Rows, p.listRow(measure))
			p.Reviewed = earlier(p.Reviewed, measure.Reviewed)
		}
		p.Groups = append(p.Groups, group)
	}
	return p
}

// methodGroups returns the parts of a method's checklist that have measures: in others there is nothing
// to do, and no progress to make.
func (b *builder) methodGroups(m *handbook.Method) []methodGroup {
	preparation := b.words.Text("common.preparation")
	groups := []methodGroup{{Slug: preparationSlug, Name: preparation, Short: preparation, Meaning: b.words.Text("common.preparation_meaning"), measures: m.Preparation}}
	for _, group := range m.Groups {
		o := group.Priority
		groups = append(groups, methodGroup{Slug: o.Slug, Mark: o.Mark, Name: o.Name, Short: o.Mark, Meaning: o.Meaning, Rank: o.Rank, measures: group.Measures})
	}
	return slices.DeleteFunc(groups, func(g methodGroup) bool { return len(g.measures) == 0 })
}

func (p *Page) listRow(m *handbook.Measure) listRow {
	row := listRow{
		Measure:     m,
		Href:        p.ToMeasure(m),
		ThreatWords: strings.Join(m.ThreatSlugs, " "),
		Threats:     p.threatLinks(m.Threats),
		Guides:      p.guideLinks(m.Guides),
		Excerpt:     p.Excerpt(m.Body),
		Answer:      newAnswerBox(m),
	}
	row.HowHref = row.Href
	if how := p.Handbook.Sections.How; how != "" {
		row.HowHref += "#" + how
	}
	return row
}

func (b *builder) checklistDocs(add adder) {
	method := b.words.Text("common.method")
	for i, m := range b.Handbook.Methods {
		d := add(checklistAddress(m.Slug), b.checklistTitle(m), b.words.Text("checklist.title", "method", method+m.Mark))
		d.Methods = []int{i}
	}
}

func checklistAddress(method string) string { return "checklists/" + method + ".html" }
