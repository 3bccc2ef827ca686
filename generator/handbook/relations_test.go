package handbook

import (
	"io/fs"
	"os"
	"slices"
	"testing"
)

// TestRelations: what one record says of another, the other says of it, and in the order of the
// numbers.
func TestRelations(t *testing.T) {
	for name, content := range map[string]fs.FS{
		validFile:      newTree(t).fs(),
		"many records": manyRecords(t, 20).fs(),
		"the content":  os.DirFS("../../content"),
	} {
		h, _, err := Load(content, contentDay, Said{})
		if err != nil {
			t.Fatal(err)
		}
		if len(h.Measures) == 0 {
			t.Fatalf("%s: no measures", name)
		}
		t.Run(name, func(t *testing.T) {
			bothWays(t, h.Measures, h.Methods,
				func(m *Measure) (on []*Method) {
					for _, listing := range m.Listings {
						on = append(on, listing.Method)
						if m.On(listing.Method).Priority != listing.Priority {
							t.Errorf("%s on %s: got priority %v, want %v", m.Slug, listing.Method.Slug, m.On(listing.Method).Priority, listing.Priority)
						}
					}
					return on
				},
				func(m *Method) []*Measure {
					listed := slices.Clone(m.Preparation)
					for _, measure := range m.Preparation {
						if on := measure.On(m); on == nil || on.Priority != nil {
							t.Errorf("%s on %s: got %v, want no priority", measure.Slug, m.Slug, on)
						}
					}
					for i, group := range m.Groups {
						if group.Priority != h.Priorities[i] {
							t.Errorf("%s: got priority %s in place %d, want %s", m.Slug, group.Priority.Slug, i, h.Priorities[i].Slug)
						}
						for _, measure := range group.Measures {
							if on := measure.On(m); on == nil || on.Priority != group.Priority {
								t.Errorf("%s on %s: got %v, want %s", measure.Slug, m.Slug, on, group.Priority.Slug)
							}
						}
						wantOrder(t, m.Slug, group.Measures, h.Measures)
						listed = append(listed, group.Measures...)
					}
					slices.SortFunc(listed, func(a, b *Measure) int { return slices.Index(h.Measures, a) - slices.Index(h.Measures, b) })
					return listed
				},
			)
			bothWays(t, h.Measures, h.Threats,
				func(m *Measure) []*Threat { return m.Threats }, func(t *Threat) []*Measure { return t.Measures })
			bothWays(t, h.Guides, h.Measures,
				func(g *Guide) []*Measure { return g.Measures }, func(m *Measure) []*Guide { return m.Guides })
			bothWays(t, h.Charts, h.Measures,
				func(c *Chart) (of []*Measure) {
					for _, r := range c.Rows {
						for _, m := range r.Measures {
							if !slices.Contains(of, m) {
								of = append(of, m)
							}
						}
					}
					return of
				},
				func(m *Measure) (charts []*Chart) {
					for _, s := range m.Surveyed {
						if !slices.Contains(s.Row.Measures, m) {
							t.Errorf("%s: row %q does not speak to it", m.Slug, s.Row.Label)
						}
						if !slices.Contains(charts, s.Chart) {
							charts = append(charts, s.Chart)
						}
					}
					return charts
				})
			bothWays(t, h.Measures, h.Categories,
				func(m *Measure) []*Category { return []*Category{m.Category} }, func(c *Category) []*Measure { return c.Measures })
			bothWays(t, h.Measures, h.Origins,
				func(m *Measure) []*Origin { return []*Origin{m.Origin} }, func(o *Origin) []*Measure { return o.Measures })
			for _, w := range h.Withdrawn {
				for _, m := range w.Successors {
					if !slices.Contains(m.Replaces, w.Slug) {
						t.Errorf("%s: got the successor %s, which replaces %q", w.Slug, m.Slug, m.Replaces)
					}
				}
			}
		})
	}
}

// bothWays fails the test unless each b that an a names tells of that a, no b tells of others, and
// all tell of them in the order in which they stand in as.
func bothWays[A, B record](t *testing.T, as []A, bs []B, names func(A) []B, tells func(B) []A) {
	t.Helper()
	type pair struct{ a, b string }
	named, told := map[pair]int{}, map[pair]int{}
	for _, a := range as {
		for _, b := range names(a) {
			named[pair{a.Self().Slug, b.Self().Slug}]++
		}
	}
	for _, b := range bs {
		wantOrder(t, b.Self().Slug, tells(b), as)
		for _, a := range tells(b) {
			told[pair{a.Self().Slug, b.Self().Slug}]++
		}
	}
	if len(named) == 0 {
		t.Errorf("no %T names a %T", *new(A), *new(B))
	}
	for p, n := range named {
		if told[p] != n {
			t.Errorf("%s names %s %d times, which tells of it %d times", p.a, p.b, n, told[p])
		}
	}
	for p, n := range told {
		if named[p] != n {
			t.Errorf("%s tells of %s %d times, which names it %d times", p.b, p.a, n, named[p])
		}
	}
}

// wantOrder fails the test unless the records stand in the order of all.
func wantOrder[T record](t *testing.T, of string, records, all []T) {
	t.Helper()
	last := -1
	for _, r := range records {
		at := slices.IndexFunc(all, func(other T) bool { return other.Self() == r.Self() })
		if at <= last {
			t.Errorf("%s: got %q, want them in the order of their numbers", of, slugs(records))
			return
		}
		last = at
	}
}
