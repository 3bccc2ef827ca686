package site

import (
	"time"

	"tebiki/generator/handbook"
)

// A lifecyclesPage lists the ends of support.
type lifecyclesPage struct {
	recordPage
	Checked time.Time // the day that most of the rows share
	Rows    []lifecycleRow
}

// A lifecycleRow holds the end of support of one product.
type lifecycleRow struct {
	*handbook.Lifecycle
	Apart bool // checked on another day than most
}

var lifecyclesKind = pageKind{
	slug: "lifecycles", layout: "lifecycles",
	needed: func(h *handbook.Handbook) bool { return len(h.Lifecycles) > 0 },
	view: func(p recordPage) any {
		view := &lifecyclesPage{recordPage: p}
		days := map[time.Time]int{}
		for _, l := range p.Handbook.Lifecycles {
			days[l.Checked]++
			if days[l.Checked] > days[view.Checked] {
				view.Checked = l.Checked
			}
		}
		for _, l := range p.Handbook.Lifecycles {
			view.Rows = append(view.Rows, lifecycleRow{l, !l.Checked.Equal(view.Checked)})
		}
		return view
	},
	anchors: func(b *builder) []anchor { return named(b.Handbook.Lifecycles, "", "") },
}

func (b *builder) lifecycleDocs(add adder) {
	for _, l := range b.Handbook.Lifecycles {
		d := add("lifecycles.html#"+l.Slug, l.Product)
		addBody(d, l.Body)
		d.Add("", "", l.SourceNote)
	}
}
