package site

import "tebiki/generator/handbook"

// embedRows returns the pages that other sites may show in a frame: the flow alone, and the
// checklist of each method to be read.
func (b *builder) embedRows() []Row {
	var rows []Row
	for _, m := range b.Handbook.Methods {
		row := b.row(embeddedAddress(m.Slug), "embed-checklist", func() any { return b.embeddedChecklist(m) })
		row.anchors = func() []anchor { return embeddedAnchors(m) }
		rows = append(rows, row)
	}
	if record := b.Handbook.Page("flow"); record != nil {
		row := b.row(embeddedFlow, "embed-flow", func() any {
			p := b.recordPage(record, embeddedFlow, "embed-flow")
			p.Trail = nil
			view := p.flow()
			view.Embedded = true
			return view
		})
		row.anchors = func() []anchor { return flowKind.anchors(b) }
		rows = append(rows, row)
	}
	return rows
}

// An embeddedPage shows the checklist of a method without the reader's answers.
type embeddedPage struct {
	Page
	Groups []embeddedGroup
}

// An embeddedGroup is a part of the checklist. Its measures lead to where they can be answered.
type embeddedGroup struct {
	methodGroup
	Measures []listedMeasure
}

func (b *builder) embeddedChecklist(m *handbook.Method) *embeddedPage {
	p := &embeddedPage{Page: b.page(embeddedAddress(m.Slug), "embed-checklist", b.checklistTitle(m), m.Summary, "")}
	p.Trail = nil
	for _, part := range b.methodGroups(m) {
		group := embeddedGroup{methodGroup: part}
		for _, measure := range part.measures {
			group.Measures = append(group.Measures, listedMeasure{measure, p.ToChecklist(m) + "#" + measure.Slug})
		}
		p.Groups = append(p.Groups, group)
	}
	return p
}

func embeddedAnchors(m *handbook.Method) []anchor {
	anchors := named(m.Preparation, "", "")
	if len(m.Preparation) > 0 {
		anchors = append(anchors, anchor{id: preparationSlug, of: &m.Record})
	}
	for _, g := range m.Groups {
		if len(g.Measures) == 0 {
			continue
		}
		anchors = append(append(anchors, named([]*handbook.Priority{g.Priority}, "", "")...), named(g.Measures, "", "")...)
	}
	return anchors
}

func embeddedAddress(method string) string { return embeddedLists + "/" + method + ".html" }
