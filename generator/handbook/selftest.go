package handbook

import (
	"cmp"
	"slices"

	"tebiki/generator/source"
)

// A SelfTest (自己診断) is selftest.toml: statements that hold for the reader or do not, and what it
// means how many hold.
type SelfTest struct {
	source.Record
	Title      string        `toml:"title"`
	Lead       string        `toml:"lead"`
	Statements []*Statement  `toml:"statement"`
	Results    []*TestResult `toml:"result"` // from the most statements to none
}

// A Statement of a self-test.
type Statement struct {
	source.Record
	Text string `toml:"text"`
}

// A TestResult holds from a number of statements upwards, as far as the next result's.
type TestResult struct {
	source.Record
	From     int    `toml:"from"`
	When     string `toml:"when"` // the same in words
	Title    string `toml:"title"`
	Text     string `toml:"text"`
	PageSlug string `toml:"page,optional"` // where the reader goes next

	Page *Page
}

func (h *Handbook) resolveSelfTest(report reporter) {
	if h.SelfTest == nil {
		return
	}
	slices.SortStableFunc(h.SelfTest.Results, func(a, b *TestResult) int { return cmp.Compare(b.From, a.From) })
	for _, r := range h.SelfTest.Results {
		r.Page = h.pages.one(&r.Record, "page", "ページ", r.PageSlug, report)
	}
}

// checkSelfTest reports what leaves a reader without a result.
func (h *Handbook) checkSelfTest(report reporter) {
	t := h.SelfTest
	if t == nil || len(t.Results) == 0 || len(t.Statements) == 0 {
		return // the missing are reported as such
	}
	for i, r := range t.Results {
		switch {
		case r.From < 0 || r.From > len(t.Statements):
			report(r.Problem("from", "from は0から文の数（%d）までにしてください", len(t.Statements)))
		case i > 0 && r.From == t.Results[i-1].From:
			report(r.Problem("from", "from が結果 %q と同じです（どちらかを変えてください）", t.Results[i-1].Slug))
		}
	}
	if t.Results[len(t.Results)-1].From > 0 {
		report(t.Problem("result", "一つも当てはまらないときの結果がありません（from = 0 の結果を書いてください）"))
	}
}
