package site_test

import (
	"strconv"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// TestCalendar: the page names each measure that comes again with its rhythm, and each product whose
// support ends with its last day, so that its script misses none.
func TestCalendar(t *testing.T) {
	e := offline(t)
	p := e.page(t, "show/calendar.html")
	having := func(hook string) map[string]*html.Node {
		found := map[string]*html.Node{}
		for _, n := range all(p.root, func(n *html.Node) bool { return value(n, hook) != "" }) {
			found[value(n, hook)] = n
		}
		return found
	}
	measures, products := having("data-js-measure"), having("data-js-product")
	again := 0
	for _, m := range e.handbook.Measures {
		want := ""
		if m.Every > 0 {
			want = strconv.Itoa(m.Every)
			again++
		}
		if n := measures[m.Slug]; n == nil || value(n, "data-every") != want {
			t.Errorf("%s: got no rhythm, want %q months", m.Slug, want)
		}
		// The script's description links each once.
		if links := len(p.linksTo(p.root, "measures/"+m.Slug+".html")); links != 1+min(m.Every, 1) {
			t.Errorf("%s: got %d links to it", m.Slug, links)
		}
	}
	if again == 0 || len(e.handbook.Lifecycles) == 0 {
		t.Fatal("got nothing that comes again, or no end of support")
	}
	for _, l := range e.handbook.Lifecycles {
		n := products[l.Slug]
		if n == nil {
			t.Errorf("%s: got no box to tick", l.Slug)
			continue
		}
		if got, want := value(n, "data-end"), l.End.Last().Format(time.DateOnly); got != want {
			t.Errorf("%s: got the end %s, want %s", l.Slug, got, want)
		}
		if got, want := p.resolve(value(n, "data-href")), "lifecycles.html#"+l.Slug; got != want {
			t.Errorf("%s: got the link %s, want %s", l.Slug, got, want)
		}
	}
}
