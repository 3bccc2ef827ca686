package site_test

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestFrameworks: what must be known first stands before the table; items that no measure is most of are
// listed below it; the table of all frameworks says of which items a measure is only a part.
func TestFrameworks(t *testing.T) {
	e := offline(t)
	table := e.files["data/frameworks.csv"]
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(table), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	cells := map[string][]string{} // framework and measure → what it speaks to
	for _, line := range lines[1:] {
		for i, column := range lines[0] {
			cells[column+" "+line[1]] = strings.Split(strings.TrimPrefix(line[i], "'"), ", ")
		}
	}
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
			for _, m := range item.Main {
				if got := cells[f.Short+" "+m.Title]; !slices.Contains(got, item.Slug) {
					t.Errorf("table: %s, %s: got %q, want %s among them", f.Short, m.Title, got, item.Slug)
				}
			}
			for _, m := range item.Part {
				if got := cells[f.Short+" "+m.Title]; !slices.Contains(got, item.Slug+"（一部）") {
					t.Errorf("table: %s, %s: got %q, want %s as a part", f.Short, m.Title, got, item.Slug)
				}
			}
		}
	}
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
