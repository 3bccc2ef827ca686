package site

import (
	"cmp"
	"slices"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/searchindex"
)

// A lifecyclesPage lists the ends of support.
type lifecyclesPage struct {
	recordPage
	Checked time.Time        // the day that most of the rows share
	Groups  []lifecycleGroup // those that have products; first the one of the products without a group
}

// A lifecycleGroup holds the products of one group, those nearest to their end first.
type lifecycleGroup struct {
	*handbook.LifecycleGroup // nil for the products of no group
	Rows                     []lifecycleRow
}

// A lifecycleRow holds the end of support of one product.
type lifecycleRow struct {
	*handbook.Lifecycle
	Apart bool // checked on another day than most
}

var lifecyclesKind = pageKind{
	slug: "lifecycles", layout: "lifecycles",
	needed: func(h *handbook.Handbook) bool { return len(h.Lifecycles) > 0 },
	date: func(h *handbook.Handbook) time.Time {
		return newest(h.Lifecycles, func(l *handbook.Lifecycle) time.Time { return l.Checked })
	},
	view: func(p recordPage) any {
		view := &lifecyclesPage{recordPage: p}
		days := map[time.Time]int{}
		for _, l := range p.Handbook.Lifecycles {
			days[l.Checked]++
			if days[l.Checked] > days[view.Checked] {
				view.Checked = l.Checked
			}
		}
		for _, products := range p.productGroups() {
			g := products.LifecycleGroup
			group := lifecycleGroup{LifecycleGroup: g}
			for _, l := range products.Products {
				group.Rows = append(group.Rows, lifecycleRow{l, !l.Checked.Equal(view.Checked)})
			}
			// Seen from the day of the check, not of the build: the same content makes the same page.
			slices.SortStableFunc(group.Rows, func(a, b lifecycleRow) int {
				return cmp.Compare(a.End.Sub(view.Checked).Abs(), b.End.Sub(view.Checked).Abs())
			})
			view.Groups = append(view.Groups, group)
			if g != nil {
				view.Contents = append(view.Contents, Link{"#" + lifecycleGroupAnchor + g.Slug, g.Name})
			}
		}
		return view
	},
	anchors: func(b *builder) []anchor {
		anchors := append(named(b.Handbook.Lifecycles, "", ""), named(b.Gone(lifecyclesFolder), "", "")...)
		for _, g := range b.Handbook.LifecycleGroups {
			if slices.ContainsFunc(b.Handbook.Lifecycles, func(l *handbook.Lifecycle) bool { return l.Group == g }) {
				anchors = append(anchors, anchor{id: lifecycleGroupAnchor + g.Slug, of: &g.Record})
			}
		}
		return anchors
	},
	found: func(b *builder, d *searchindex.Doc) {
		for _, g := range b.Handbook.LifecycleGroups {
			d.Add(lifecycleGroupAnchor+g.Slug, g.Name, g.Note)
		}
	},
}

// A productGroup holds the products of one group by their numbers.
type productGroup struct {
	*handbook.LifecycleGroup // nil for the products of no group
	Products                 []*handbook.Lifecycle
}

// productGroups divides the products; first come those of no group. Groups without products are left
// out.
func (b *builder) productGroups() []productGroup {
	var groups []productGroup
	for _, g := range append([]*handbook.LifecycleGroup{nil}, b.Handbook.LifecycleGroups...) {
		group := productGroup{LifecycleGroup: g}
		for _, l := range b.Handbook.Lifecycles {
			if l.Group == g {
				group.Products = append(group.Products, l)
			}
		}
		if len(group.Products) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

// lifecycleGroupAnchor begins the anchors of the groups: a product may have a group's name.
const lifecycleGroupAnchor = "group-"

func (b *builder) lifecycleDocs(add adder) {
	for _, l := range b.Handbook.Lifecycles {
		d := add(lifecycleAddress(l), l.Product)
		addBody(d, l.Body)
		d.Add("", "", l.SourceNote)
	}
}

func lifecycleAddress(l *handbook.Lifecycle) string { return "lifecycles.html#" + l.Slug }
