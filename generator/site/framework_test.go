package site_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestFrameworks: what must be known first stands before the table; items that no measure is most of are
// listed below it.
func TestFrameworks(t *testing.T) {
	e := offline(t)
	for _, f := range e.handbook.Frameworks {
		if len(f.Items) == 0 {
			continue
		}
		p := e.page(t, "frameworks/"+f.Slug+".html")
		shown, lead := text(p.main(t)), ""
		if parts := f.Body.Lead.Parts; len(parts) > 0 {
			lead, _, _ = strings.Cut(parts[0].Text, "\n")
		}
		if at := strings.Index(shown, squeeze(lead)); at < 0 || at > strings.Index(shown, f.Items[0].Subject) {
			t.Errorf("%s: %q does not stand before the table", p.address, lead)
		}
		below := ""
		for _, n := range all(p.root, func(n *html.Node) bool { return value(n, "aria-labelledby") == "gaps" }) {
			below += text(n)
		}
		for _, item := range f.Items {
			isGap := len(item.Main) == 0
			line := squeeze(item.Slug + " " + item.Subject)
			if got := strings.Contains(below, line); got != isGap {
				t.Errorf("%s: got %q among what is missing: %t, want %t", p.address, line, got, isGap)
			}
		}
	}
}

// The table of all frameworks has a line for each item and measure, and for an item without one.
func TestFrameworkTable(t *testing.T) {
	e := offline(t)
	var want [][]string
	number := func(number string) string {
		if _, err := strconv.ParseFloat(number, 64); err == nil {
			return "'" + number
		}
		return number
	}
	for _, f := range e.handbook.Frameworks {
		for _, item := range f.Items {
			begin := []string{f.Slug, f.Short, f.Edition, number(item.Slug), item.Subject}
			for _, m := range item.Main {
				want = append(want, append(slices.Clone(begin), m.Slug, "対策 "+m.Number, m.Title, "項目のほとんど"))
			}
			for _, m := range item.Part {
				want = append(want, append(slices.Clone(begin), m.Slug, "対策 "+m.Number, m.Title, "項目の一部"))
			}
			if len(item.Main)+len(item.Part) == 0 {
				want = append(want, append(begin, "", "", "", ""))
			}
		}
		for _, m := range e.handbook.Measures {
			for _, item := range strings.Split(f.Identifiers[m.Slug], ", ") {
				if item != "" {
					want = append(want, []string{f.Slug, f.Short, f.Edition, number(item), "", m.Slug, "対策 " + m.Number, m.Title, ""})
				}
			}
		}
	}
	wantTable(t, e, "data/frameworks.csv", want)
}

// TestStepsOfIncidents: a sheet leads to the steps on the screens of those products that the case names.
func TestStepsOfIncidents(t *testing.T) {
	e := offline(t)
	found := 0
	for _, i := range e.handbook.Incidents {
		p := e.page(t, "incident/"+i.Slug+".html")
		for _, steps := range i.Guides {
			found++
			if len(p.linksTo(p.main(t), "guides/"+steps.Guide.Slug+".html#"+steps.Heading)) != 1 {
				t.Errorf("%s: want one link to the steps of %s", p.address, steps.Guide.Product)
			}
		}
	}
	if found < 4 {
		t.Errorf("got %d links to steps, want Microsoft 365 and Google in two cases at least", found)
	}
}
