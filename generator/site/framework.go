package site

import (
	"html/template"
	"slices"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/markdown"
	"tebiki/generator/sheet"
)

// frameworksTable is the address of the table of all frameworks, by measure.
const frameworksTable = dataFolder + "/frameworks.csv"

// A frameworkPage shows what a framework asks, with the measures that speak to it.
type frameworkPage struct {
	Page
	Framework *handbook.Framework
	Company   companyLine
	Lead      template.HTML // what is to be known before the table
	Items     []frameworkItem
	Gaps      []*handbook.FrameworkItem // what the measures do not answer
}

// A frameworkItem is a row of the page.
type frameworkItem struct {
	*handbook.FrameworkItem
	Measures []frameworkMeasure
}

// A frameworkMeasure is a measure that speaks to an item.
type frameworkMeasure struct {
	answerBox
	Href string
	Part bool // it helps with a part only
}

// shownFrameworks are those that have a page.
func (b *builder) shownFrameworks() []*handbook.Framework {
	return slices.DeleteFunc(slices.Clone(b.Handbook.Frameworks), func(f *handbook.Framework) bool { return len(f.Items) == 0 })
}

func (b *builder) frameworkRows() []Row {
	shown := b.shownFrameworks()
	rows := recordRows(b, shown, "framework", frameworkAddress,
		func(f *handbook.Framework) *markdown.Body { return f.Body }, func(f *handbook.Framework) time.Time { return f.Checked }, func(i int) any { return b.framework(shown, i) })
	for i, f := range shown {
		ofBody := rows[i].anchors
		rows[i].anchors = func() []anchor {
			anchors := append(ofBody(), named(f.Items, "item-", "")...)
			if len(f.Gaps()) > 0 {
				anchors = append(anchors, anchor{id: "gaps"})
			}
			return anchors
		}
	}
	if len(b.Handbook.Frameworks) > 0 {
		rows = append(rows, Row{Address: frameworksTable, In: Everywhere, Make: b.frameworksCSV})
	}
	return rows
}

func (b *builder) framework(shown []*handbook.Framework, i int) *frameworkPage {
	f := shown[i]
	p := &frameworkPage{Page: b.page(frameworkAddress(f), "framework", f.Title, f.Summary, "frameworks"), Framework: f}
	p.Reviewed = f.Checked
	p.Extra = formExtra
	p.Company = p.companyLine("")
	p.Text = p.text(f.Body)
	p.Lead, p.Text.Lead = p.Text.Lead, ""
	p.Gaps = f.Gaps()
	p.Previous, p.Next = neighbours(shown, i, func(f *handbook.Framework) Link { return Link{p.ToFramework(f), f.Title} })
	for _, item := range f.Items {
		row := frameworkItem{FrameworkItem: item}
		for _, m := range item.Main {
			row.Measures = append(row.Measures, frameworkMeasure{newAnswerBox(m), p.ToMeasure(m), false})
		}
		for _, m := range item.Part {
			row.Measures = append(row.Measures, frameworkMeasure{newAnswerBox(m), p.ToMeasure(m), true})
		}
		p.Items = append(p.Items, row)
	}
	return p
}

func (b *builder) frameworkDocs(add adder) {
	for _, f := range b.shownFrameworks() {
		d := add(frameworkAddress(f), f.Title, f.Short)
		d.Add("", "", f.Summary)
		for _, item := range f.Items {
			d.Add("item-"+item.Slug, item.Slug, item.Subject, item.Detail)
		}
		addBody(d, f.Body)
	}
}

// A frameworksPage lists the frameworks.
type frameworksPage struct {
	recordPage
	Shown   []*handbook.Framework // that have a page
	Columns []*handbook.Framework // that stand in the table alone
	Table   string                // link to the table
}

var frameworksKind = pageKind{
	slug: "frameworks", layout: "frameworks",
	needed: func(h *handbook.Handbook) bool { return len(h.Frameworks) > 0 },
	date: func(h *handbook.Handbook) time.Time {
		return newest(h.Frameworks, func(f *handbook.Framework) time.Time { return f.Checked })
	},
	view: func(p recordPage) any {
		view := &frameworksPage{recordPage: p, Shown: p.shownFrameworks()}
		for _, f := range p.Handbook.Frameworks {
			if len(f.Items) == 0 {
				view.Columns = append(view.Columns, f)
			}
		}
		if len(p.Handbook.Frameworks) > 0 {
			view.Table = p.Root + frameworksTable
		}
		return view
	},
}

// frameworkColumns are the columns of the table of all frameworks.
func (b *builder) frameworkColumns() []string {
	return []string{
		b.words.Text("data.framework_slug"), b.words.Text("data.framework"), b.words.Text("framework.edition"), b.words.Text("data.item"), b.words.Text("framework.item"),
		b.words.Text("data.measure_slug"), b.words.Text("data.number"), b.words.Text("common.measure"), b.words.Text("data.share"),
	}
}

// frameworksCSV writes a line for each item of a framework and measure that speaks to it, and one for
// an item that none does.
func (b *builder) frameworksCSV(w Writer) error {
	return sheet.WriteCSV(w, b.frameworkColumns(), func(line func(...string)) {
		for _, f := range b.Handbook.Frameworks {
			add := func(number, subject string, m *handbook.Measure, share string) {
				line(f.Slug, f.Short, f.Edition, sheet.AsText(number), subject, m.Slug, b.number(m), m.Title, share)
			}
			for _, item := range f.Items {
				for _, m := range item.Main {
					add(item.Slug, item.Subject, m, b.words.Text("data.share_main"))
				}
				for _, m := range item.Part {
					add(item.Slug, item.Subject, m, b.words.Text("data.share_part"))
				}
				if len(item.Main)+len(item.Part) == 0 {
					line(f.Slug, f.Short, f.Edition, sheet.AsText(item.Slug), item.Subject, "", "", "", "")
				}
			}
			for _, m := range b.Handbook.Measures {
				for _, number := range f.Numbers(m) {
					add(number, "", m, "")
				}
			}
		}
	})
}

func frameworkAddress(f *handbook.Framework) string { return "frameworks/" + f.Slug + ".html" }
