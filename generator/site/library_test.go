package site_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"tebiki/generator/handbook"
	"tebiki/generator/sheet"
	"tebiki/generator/source"
)

// Each guide stands with the measures it helps with, on the measure's page, on each of its checklists
// and in the table of guides, and with no other.
func TestGuides(t *testing.T) {
	e := offline(t)
	h := e.handbook
	list := e.page(t, "guides.html")
	rows := map[string]*html.Node{}
	for _, row := range all(list.main(t), named(atom.Tr)) {
		for _, m := range h.Measures {
			if len(list.linksTo(row, "measures/"+m.Slug+".html")) > 0 {
				rows[m.Slug] = row
			}
		}
	}
	for _, m := range h.Measures {
		places := map[string][]*html.Node{}
		p := e.page(t, "measures/"+m.Slug+".html")
		places[p.address] = all(p.main(t), named(atom.Dd)) // the text may name any guide
		for _, method := range h.Methods {
			if m.On(method) != nil {
				p := e.page(t, "checklists/"+method.Slug+".html")
				places[p.address] = []*html.Node{p.byID(t, m.Slug)}
			}
		}
		if row := rows[m.Slug]; row != nil {
			places[list.address] = []*html.Node{row}
		}
		wanted := 0
		for _, g := range h.Guides {
			want := slices.Contains(g.MeasureSlugs, m.Slug)
			if want {
				wanted++
			}
			for address, parts := range places {
				var links []*html.Node
				for _, part := range parts {
					links = append(links, e.page(t, address).linksTo(part, "guides/"+g.Slug+".html")...)
				}
				if got := len(links); (got == 1) != want || got > 1 {
					t.Errorf("%s, %s: got %d links to the guide %s, want one: %v", address, m.Slug, got, g.Slug, want)
				} else if want && text(links[0]) != squeeze(g.Product) {
					t.Errorf("%s, %s: got %q, want %q", address, m.Slug, text(links[0]), g.Product)
				}
			}
		}
		if got := rows[m.Slug] != nil; got != (wanted > 0) {
			t.Errorf("guides.html: got a row for %s: %v, want %v", m.Slug, got, wanted > 0)
		}
	}
}

// Beside each chart stand its period, n and base, and the page shows exactly the figures of the content.
func TestSurvey(t *testing.T) {
	e := offline(t)
	h := e.handbook
	p := e.page(t, "survey.html")
	if len(h.Charts) == 0 {
		t.Fatal("got no charts")
	}
	const day = "2006年1月2日"
	period := h.Survey.From.Format(day) + "から" + h.Survey.To.Format(day) + "まで"
	for _, c := range h.Charts {
		section := p.byID(t, c.Slug)
		says(t, c.Slug, section, c.Question, c.Title, c.Message, c.Note, c.Base, withCommas(c.N)+"社", period)
		rows := all(section, func(n *html.Node) bool { return n.DataAtom == atom.Tr && closest(n, atom.Thead) == nil })
		if len(rows) != len(c.Rows) {
			t.Fatalf("%s: got %d rows, want %d", c.Slug, len(rows), len(c.Rows))
		}
		for i, r := range c.Rows {
			want := []string{squeeze(r.Label)}
			if c.Kind == "grouped" {
				want = append(want, "会社の数"+withCommas(r.N))
			}
			for i, v := range r.Figures() {
				column := "" // on phones it stands beside the figure
				if c.Columns != nil {
					column = c.Columns[i]
				}
				want = append(want, column+fmt.Sprintf("%.1f%%", v))
			}
			var got []string
			for _, cell := range all(rows[i], named(atom.Th, atom.Td)) {
				got = append(got, text(cell))
			}
			if !slices.Equal(got[:min(len(got), len(want))], want) {
				t.Errorf("%s: got %q, want %q", c.Slug, got, want)
			}
			for j, rect := range all(rows[i], func(n *html.Node) bool { return n.Data == "rect" }) {
				if got, want := value(rect, "width"), fmt.Sprintf("%.1f", r.Figures()[j]); got != want {
					t.Errorf("%s, %s: got a bar of %s, want %s", c.Slug, r.Label, got, want)
				}
			}
			for _, m := range r.Measures {
				if len(p.linksTo(rows[i], "measures/"+m.Slug+".html")) != 1 {
					t.Errorf("%s, %s: got no link to %s", c.Slug, r.Label, m.Slug)
				}
			}
		}
		if c.Columns != nil {
			says(t, c.Slug, section, c.Columns...)
		}
	}
	s := h.Survey
	says(t, p.address, p.main(t), s.Caution, s.Report.Title, s.Report.Publisher, s.ReadIn.Title, withCommas(s.Sent), withCommas(s.Answered), withCommas(s.Telework), s.Area, s.Method, s.Target)
	questions := closest(p.byID(t, "questions"), atom.Section)
	var want, got []string
	for i, q := range s.Questions {
		part := all(questions, named(atom.Section))[i]
		says(t, q.Title, part, q.Title, q.Message, q.Base, withCommas(q.AnsweredBy)+"社", period)
		want = append(want, q.Questions...)
	}
	for _, item := range all(questions, named(atom.Li)) {
		got = append(got, text(item))
	}
	for i := range want {
		want[i] = squeeze(want[i])
	}
	if !slices.Equal(got, want) {
		t.Errorf("got the questions %q\nwant %q", got, want)
	}
	for _, c := range h.Charts {
		if links := p.linksTo(questions, "survey.html#"+c.Slug); len(links) > 1 || len(links) == 1 && !strings.HasPrefix(text(links[0]), c.Question) {
			t.Errorf("%s: got %d links from the questions, or one from another question", c.Slug, len(links))
		}
	}
}

func withCommas(n int) string {
	s := fmt.Sprint(n)
	if len(s) > 3 {
		s = s[:len(s)-3] + "," + s[len(s)-3:]
	}
	return s
}

// Both files hold each figure with its period, n and base.
// What a row tells of all who were asked stands at the measures that it speaks to.
func TestSurveyedMeasures(t *testing.T) {
	e := offline(t)
	found := 0
	for _, c := range e.handbook.Charts {
		for _, r := range c.Rows {
			for _, m := range r.Measures {
				got := text(e.page(t, "measures/"+m.Slug+".html").main(t))
				want := squeeze(fmt.Sprintf("%sの%.1f%%が行っていました: %s（%s社の答え）", c.Base, r.Value, r.Label, withCommas(c.N)))
				if said := strings.Contains(got, want); said != (len(r.Values) == 0) {
					t.Errorf("%s says %q: %t, want %t", m.Slug, want, said, !said)
				}
				found++
			}
		}
	}
	if found == 0 {
		t.Error("got no row that speaks to a measure")
	}
}

func TestSurveyFiles(t *testing.T) {
	e := offline(t)
	h := e.handbook
	var data struct {
		From, To string
		Sections []struct {
			N         int
			Base      string
			Questions []string
		}
		Charts []struct {
			ID, Question, Title, From, To, Base, Kind, Message, Note, PairedBy string
			N                                                                  int
			Columns                                                            []string
			Rows                                                               []struct {
				Label   string
				N       int
				Percent []float64
				Unsure  bool
			}
		}
	}
	if err := json.Unmarshal(e.files["data/survey.json"], &data); err != nil {
		t.Fatal(err)
	}
	table, ok := strings.CutPrefix(string(e.files["data/survey.csv"]), "\ufeff")
	if !ok || strings.Count(table, "\r\n") != strings.Count(table, "\n") {
		t.Errorf("got %.40q, want a BOM and CRLF", table)
	}
	lines, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	lines = lines[1:] // the names of the columns

	from, to := h.Survey.From.Format(time.DateOnly), h.Survey.To.Format(time.DateOnly)
	if len(data.Charts) != len(h.Charts) || data.From != from || data.To != to {
		t.Fatalf("got %d charts of %s to %s, want %d of %s to %s", len(data.Charts), data.From, data.To, len(h.Charts), from, to)
	}
	for i, c := range h.Charts {
		d := data.Charts[i]
		if d.ID != c.Slug || d.Question != c.Question || d.Title != c.Title || d.From != from || d.To != to || d.N != c.N || d.Base != c.Base ||
			d.Kind != c.Kind || d.Message != c.Message || d.Note != c.Note || !slices.Equal(d.Columns, c.Columns) || len(d.Rows) != len(c.Rows) {
			t.Errorf("survey.json: got %+v, want that of %s", d, c.File)
			continue
		}
		pairedBy := ""
		if c.Paired {
			pairedBy = h.Maker
		}
		if d.PairedBy != pairedBy {
			t.Errorf("survey.json, %s: got put together by %q, want %q", c.Slug, d.PairedBy, pairedBy)
		}
		for j, r := range c.Rows {
			if got := d.Rows[j]; got.Unsure != r.Unsure || got.Label != r.Label || got.N != r.N || !slices.Equal(got.Percent, r.Figures()) {
				t.Errorf("survey.json, %s: got %+v, want %s, %d, %v", c.Slug, got, r.Label, r.N, r.Figures())
			}
			for k, v := range r.Figures() {
				n, answer, group := c.N, r.Label, ""
				if c.Columns != nil {
					n, answer, group = r.N, c.Columns[k], r.Label
				}
				want := []string{
					"質問 " + c.Question, c.Title, from, to, c.Base, fmt.Sprint(c.N), map[bool]string{true: "いくつでも選べる", false: "一つだけ選ぶ"}[c.Kind == "multiple"],
					sheet.Guarded(group), fmt.Sprint(n), sheet.Guarded(answer), fmt.Sprint(v), pairedBy, map[bool]string{true: "おそれがある"}[r.Unsure], c.Note,
					h.Survey.Caution, h.Survey.Report.Title, h.Survey.Report.Publisher, sheet.Guarded(h.Survey.Report.Published),
					h.Survey.ReadIn.Title, h.Survey.ReadIn.Publisher, sheet.Guarded(h.Survey.ReadIn.Published),
				}
				if len(lines) == 0 || !slices.Equal(lines[0], want) {
					t.Fatalf("survey.csv: got %q, want %q", lines, want)
				}
				lines = lines[1:]
			}
		}
	}
	if len(lines) > 0 {
		t.Errorf("survey.csv: got %d lines more than figures: %q", len(lines), lines)
	}
	for i, q := range h.Survey.Questions {
		if got := data.Sections[i]; got.N != q.AnsweredBy || got.Base != q.Base || !slices.Equal(got.Questions, q.Questions) {
			t.Errorf("survey.json: got %+v, want the questions of %s", got, q.Slug)
		}
	}
}

// A spreadsheet takes no text of the content for a formula.
func TestSurveyTableIsGuarded(t *testing.T) {
	content := edited(t, "survey/s1-status.toml", `label = "従前から導入"`, `label = "=1+1"`)
	files := buildContent(t, content)
	if table := string(files["data/survey.csv"]); !strings.Contains(table, ",'=1+1,") || strings.Contains(table, ",=1+1") {
		t.Errorf("got %.600q, want '=1+1", table)
	}
}

// What has ended is shown as ended, and no day is shown that is not known.
func TestContactsAndLifecycles(t *testing.T) {
	e := offline(t)
	p := e.page(t, "contacts.html")
	date := func(d source.Day) (words, datetime string) {
		if d.MonthOnly {
			return d.Format("2006年1月"), d.Format("2006-01")
		}
		return d.Format("2006年1月2日"), d.Format("2006-01-02")
	}
	ended := 0
	for _, c := range e.handbook.Contacts {
		section := p.byID(t, c.Slug)
		says(t, c.Slug, section, c.Name, c.Organisation, c.Purpose, c.How, c.Checked.Format("2006年1月2日"))
		history := closest(p.byID(t, "ended"), atom.Section)
		if got, want := closest(section.Parent, atom.Section) == history, !c.Ended.IsZero(); got != want {
			t.Errorf("%s: got among those that have ended: %v, want %v", c.Slug, got, want)
		}
		if c.Ended.IsZero() {
			continue
		}
		ended++
		words, datetime := date(c.Ended)
		if times := all(section, named(atom.Time)); len(times) == 0 || text(times[0]) != words || value(times[0], "datetime") != datetime {
			t.Errorf("%s: got %q, want the time %s, %s", c.Slug, text(section), words, datetime)
		}
		if links := all(section, func(n *html.Node) bool { return strings.HasPrefix(value(n, "href"), "http") }); len(links) > 0 {
			t.Errorf("%s: got %d links out of the site, want none: nobody answers there", c.Slug, len(links))
		}
	}
	if ended == 0 {
		t.Error("got no contact that has ended")
	}

	p = e.page(t, "lifecycles.html")
	for _, l := range e.handbook.Lifecycles {
		row := p.byID(t, l.Slug)
		says(t, l.Slug, row, l.Product, l.SourceNote)
		// The day is said once for all that share it.
		if checked := l.Checked.Format("2006年1月2日"); strings.Contains(text(row), checked) {
			t.Errorf("%s: got %s in it, want it above the table only", l.Slug, checked)
		} else if !strings.Contains(text(p.main(t)), checked) {
			t.Errorf("%s: got no %s on the page, want it", l.Slug, checked)
		}
		words, datetime := date(l.End)
		// The script reads the first one.
		if times := all(row, named(atom.Time)); text(times[0]) != words || value(times[0], "datetime") != datetime {
			t.Errorf("%s: got %q %q, want %q %q", l.Slug, text(times[0]), value(times[0], "datetime"), words, datetime)
		}
		if section := closest(row, atom.Section); value(section, "aria-labelledby") != "group-"+l.GroupSlug {
			t.Errorf("%s: got it under %q, want it in the group %s", l.Slug, value(section, "aria-labelledby"), l.GroupSlug)
		}
	}
	checked := e.handbook.Lifecycles[0].Checked
	for _, g := range e.handbook.LifecycleGroups {
		last := time.Duration(0)
		section := closest(p.byID(t, "group-"+g.Slug), atom.Section)
		for _, row := range all(section, func(n *html.Node) bool { return n.DataAtom == atom.Tr && value(n, "id") != "" }) {
			i := slices.IndexFunc(e.handbook.Lifecycles, func(l *handbook.Lifecycle) bool { return l.Slug == value(row, "id") })
			away := e.handbook.Lifecycles[i].End.Sub(checked).Abs()
			if away < last {
				t.Errorf("%s: got it after one that is farther from %s", value(row, "id"), checked.Format(time.DateOnly))
			}
			last = away
		}
		if last == 0 {
			t.Errorf("group %s: got no product", g.Slug)
		}
	}
}

// What was checked on another day than the rest says so.
func TestLifecycleCheckedApart(t *testing.T) {
	pages, err := parsePages(buildContent(t, edited(t, "lifecycles/windows-10.md", "checked = 2026-11-28", "checked = 2026-11-27")))
	if err != nil {
		t.Fatal(err)
	}
	p := pages["lifecycles.html"]
	says(t, "the page", p.main(t), "2026年11月28日")
	says(t, "the row", p.byID(t, "windows-10"), "2026年11月27日")
	if other := p.byID(t, "skype"); strings.Contains(text(other), "2026年11月28日") {
		t.Errorf("got %q, want the day above the table only", text(other))
	}
}

// Without script the reader marks the statements, counts, and reads what the number means.
func TestSelfTest(t *testing.T) {
	e := offline(t)
	test := e.handbook.SelfTest
	p := e.page(t, "guideline.html")
	section := closest(p.byID(t, "self-test"), atom.Section)
	says(t, p.address, section, test.Title, test.Lead)
	statements := all(section, named(atom.Fieldset))
	if len(statements) != len(test.Statements) {
		t.Fatalf("got %d statements, want %d", len(statements), len(test.Statements))
	}
	for i, s := range test.Statements {
		says(t, s.Slug, all(statements[i], named(atom.Legend))[0], s.Text)
		var got []string
		for _, label := range all(statements[i], named(atom.Label)) {
			input := all(label, named(atom.Input))[0]
			got = append(got, value(input, "type")+" "+value(input, "name")+" "+value(input, "value")+" "+text(label))
		}
		if want := []string{"radio test-" + s.Slug + " yes はい", "radio test-" + s.Slug + " no いいえ"}; !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", s.Slug, got, want)
		}
	}
	for _, r := range test.Results {
		says(t, r.Slug, section, r.When+r.Title+r.Text)
		if r.Page != nil && len(p.linksTo(section, r.Page.Slug+".html")) != 1 {
			t.Errorf("%s: got no link to %s", r.Slug, r.Page.Slug)
		}
	}
}

// Every measure stands once, under where it comes from.
func TestOrigins(t *testing.T) {
	e := offline(t)
	p := e.page(t, "about.html")
	part := closest(p.byID(t, "origins"), atom.Section)
	for _, origin := range e.handbook.Origins {
		section := closest(p.byID(t, "origin-"+origin.Slug), atom.Section)
		var want []string
		for _, m := range e.handbook.Measures {
			if m.Origin == origin {
				want = append(want, squeeze(m.Number+m.Title))
			}
		}
		var got []string
		for _, item := range all(section, named(atom.Li)) {
			got = append(got, text(item))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", origin.Slug, got, want)
		}
		says(t, origin.Slug, section, fmt.Sprintf("%s%d項目", origin.Name, len(want)), origin.Meaning)
	}
	for _, m := range e.handbook.Measures {
		if n := len(p.linksTo(part, "measures/"+m.Slug+".html")); n != 1 {
			t.Errorf("%s: got %d links, want 1", m.Slug, n)
		}
	}
}

// A guide tells for which version it was written, when it was checked, where the vendor's own page is,
// what it covers and what to do where menus differ.
func TestGuidePages(t *testing.T) {
	e := offline(t)
	for _, g := range e.handbook.Guides {
		p := e.page(t, "guides/"+g.Slug+".html")
		main := p.main(t)
		says(t, p.address, main, g.Title, g.Summary, g.Version, g.Checked.Format("2006年1月2日"), g.Vendor)
		if g.VendorURL != "" && len(all(main, func(n *html.Node) bool { return value(n, "href") == g.VendorURL })) == 0 {
			t.Errorf("%s: got no link to %s", p.address, g.VendorURL)
		}
		for _, m := range g.Measures {
			if links := p.linksTo(main, "measures/"+m.Slug+".html"); !slices.ContainsFunc(links, func(n *html.Node) bool { return closest(n, atom.Dd) != nil }) {
				t.Errorf("%s: got no link to %s among the facts", p.address, m.Slug)
			}
		}
		for _, label := range e.handbook.Sections.Guide {
			if section := closest(p.byID(t, label.ID), atom.Section); section == nil || len(children(section)) < 2 {
				t.Errorf("%s#%s: got no text in it", p.address, label.ID)
			}
		}
	}
}

// Each word is linked once on a page, in its text, to what explains it there.
func TestTerms(t *testing.T) {
	e := offline(t)
	linked := 0
	e.each(t, func(t *testing.T, p *page) {
		seen := map[string]bool{}
		for _, link := range all(p.root, func(n *html.Node) bool { return strings.HasPrefix(value(n, "href"), "#term-") }) {
			href := value(link, "href")
			slug := strings.TrimPrefix(href, "#term-")
			i := slices.IndexFunc(e.handbook.Terms, func(term *handbook.Term) bool { return term.Slug == slug })
			if i < 0 || seen[href] {
				t.Errorf("%s: got it twice, or no such term", href)
				continue
			}
			seen[href] = true
			term := e.handbook.Terms[i]
			if around := closest(link.Parent, atom.A, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Code, atom.Pre); around != nil || text(link) != squeeze(term.Term) {
				t.Errorf("%s: got %q within %v, want %q in the text", href, text(link), around, term.Term)
			}
			item := p.byID(t, "term-"+slug)
			says(t, href, item, term.Term)
			if len(p.linksTo(item, "glossary.html#"+slug)) != 1 {
				t.Errorf("%s: got no link to the glossary", href)
			}
		}
		linked += len(seen)
	})
	if linked == 0 {
		t.Error("got no linked word, want some")
	}

	p := e.page(t, "glossary.html")
	for _, term := range e.handbook.Terms {
		item := p.byID(t, term.Slug)
		says(t, term.Slug, item, term.Term)
		says(t, term.Slug, item, term.Aliases...)
		if kanji.MatchString(term.Term) {
			says(t, term.Slug, item, term.Reading)
		}
	}
}

// kanji are what needs a reading.
var kanji = regexp.MustCompile(`\p{Han}`)

// The first use is linked, the longest term wins, and links, headings, code and longer words stay as
// they are.
func TestTermLinks(t *testing.T) {
	content := contentCopy(t)
	publish(t, content, "pages/trial.md")
	content["pages/trial.md"] = &fstest.MapFile{Data: []byte(`+++
title = "試し"
label = "試し"
description = "試しです。"
reviewed = 2026-11-23
+++

## ルーター {#router}

[ルーター](methods.html)と` + "`ルーター`" + `と**ルーター**とルーター。

ログインとログ。VPNソフトとVPN。
`)}
	files := buildContent(t, content)
	pages, err := parsePages(files)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, link := range all(pages["trial.html"].main(t), func(n *html.Node) bool { return strings.HasPrefix(value(n, "href"), "#term-") }) {
		got = append(got, value(link, "href")+" in "+link.Parent.Data)
	}
	if want := []string{"#term-router in strong", "#term-log in p", "#term-vpn-software in p", "#term-vpn in p"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A reader finds a term under the row of its reading: long vowels and marks do not part it from its kana.
func TestGlossaryGroups(t *testing.T) {
	e := offline(t)
	p := e.page(t, "glossary.html")
	rows := map[string]string{
		"あ行": "あいうえお", "か行": "かがきぎくぐけげこご", "さ行": "さざしじすずせぜそぞ", "た行": "ただちぢつづてでとど", "な行": "なにぬねの",
		"は行": "はばぱひびぴふぶぷへべぺほぼぽ", "ま行": "まみむめも", "や行": "やゆよ", "ら行": "らりるれろ", "わ行": "わをん",
	}
	listed := 0
	for _, section := range all(p.root, named(atom.Section)) {
		if !strings.HasPrefix(value(section, "aria-labelledby"), "group-") {
			continue
		}
		name := text(all(section, named(atom.H2))[0])
		for _, item := range all(section, func(n *html.Node) bool { return value(n, "class") == "glossary__item" }) {
			listed++
			slug := value(item, "id")
			term := e.handbook.Terms[slices.IndexFunc(e.handbook.Terms, func(t *handbook.Term) bool { return t.Slug == slug })]
			if !strings.Contains(rows[name], string([]rune(term.Reading)[:1])) {
				t.Errorf("%s: got %s（%s）", name, term.Term, term.Reading)
			}
		}
	}
	if listed != len(e.handbook.Terms) {
		t.Errorf("got %d terms, want %d", listed, len(e.handbook.Terms))
	}
}

// What Markdown writes in another way stands on pages and in the search as it is meant.
func TestResolvedTexts(t *testing.T) {
	content := edited(t, "pages/about.md", "## ", "## A \\* B &amp; C {#escaped}\n\n前の行の\n次の`\\*`と\\*&lt;です。[a](https://example.jp/?a=1&amp;b=2)\n\n## ")
	files := buildContent(t, content)
	for _, want := range []string{"A * B &amp; C", "前の行の次の<code>\\*</code>と*&lt;です。", `<a href="https://example.jp/?a=1&amp;b=2">a</a>`} {
		if page := strings.ReplaceAll(string(files["about.html"]), "<wbr>", ""); !strings.Contains(page, want) {
			t.Errorf("about.html: got no %q", want)
		}
	}
	doc := readIndex(t, files).doc("about.html")
	if i := slices.IndexFunc(doc.parts, func(part []string) bool { return part[0] == "escaped" }); i < 0 || !slices.Equal(doc.parts[i], []string{"escaped", "A * B & C", "前の行の次の\\*と*<です。a"}) {
		t.Errorf("the search: got %q, want what is on the page", doc.parts)
	}
}
