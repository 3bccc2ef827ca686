package review

import (
	"slices"
	"strings"

	"tebiki/generator/handbook"
	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// An Item is a record as a comparison names it.
type Item struct {
	Slug, Title string
	Address     string // where it stands on the site, "" when it is gone
	Reason      string // why it was withdrawn, if that is said

	text string // what it says besides
}

// A Listed is what came and went of a kind of records.
type Listed struct {
	Kind      string // 対策
	Added     []Item
	Withdrawn []Item // or gone
	Rewritten []Item // says something else, whatever is told of it elsewhere

	folder string // of its files
}

// A Followed is what took the place of something: one measure was split, several were merged, or one
// stands for another.
type Followed struct{ From, To []Item }

// A Step is how something of a record was and is.
type Step struct {
	Item
	What     string // is different: 題名
	Old, New string
	Methods  []string // the marks of those for which it is, of a priority
}

// A Comparison is what differs between two states of a handbook.
type Comparison struct {
	Listed        []Listed // measures first
	Split         []Followed
	Merged        []Followed
	Replaced      []Followed
	Revised       []Step // the meaning of a measure changed: its revision went up
	Reworded      []Step
	Reprioritised []Step
	Renumbered    []Step
	Files         []ChangedFile // others: see CompareFiles
	Texts         []ChangedText // all of which lines differ
}

// Compare compares an older state of a handbook with a newer one. Records whose files could not be
// read are left aside.
func Compare(old, now *handbook.Handbook) *Comparison {
	c := new(Comparison)
	withdrawn := map[[2]string]*handbook.Withdrawn{}
	for _, w := range now.Withdrawn {
		withdrawn[[2]string{w.Kind, w.Slug}] = w
	}
	c.list("対策", "measures", items(old.Measures, measureItem), items(now.Measures, measureItem), withdrawn)
	c.follow(now)
	c.list("方式", "methods", items(old.Methods, methodItem), items(now.Methods, methodItem), withdrawn)
	c.list("脅威", "threats", items(old.Threats, threatItem), items(now.Threats, threatItem), withdrawn)
	c.list("設定ガイド", "guides", items(old.Guides, guideItem), items(now.Guides, guideItem), withdrawn)
	c.list("用語", "terms", items(old.Terms, termItem), items(now.Terms, termItem), withdrawn)
	for _, m := range now.Measures {
		i := slices.IndexFunc(old.Measures, func(o *handbook.Measure) bool { return o.Slug == m.Slug })
		if i >= 0 && !m.Unread() && !old.Measures[i].Unread() {
			c.measure(old, now, old.Measures[i], m)
		}
	}
	return c
}

// Same reports whether nothing differs.
func (c *Comparison) Same() bool {
	return !slices.ContainsFunc(c.Listed, func(l Listed) bool { return len(l.Added)+len(l.Withdrawn)+len(l.Rewritten) > 0 }) &&
		len(c.Split)+len(c.Merged)+len(c.Replaced)+len(c.Revised)+len(c.Reworded)+len(c.Reprioritised)+len(c.Renumbered)+len(c.Files) == 0
}

func items[T any](records []T, item func(T) Item) []Item {
	var list []Item
	for _, r := range records {
		list = append(list, item(r))
	}
	return list
}

func measureItem(m *handbook.Measure) Item {
	return Item{Slug: m.Slug, Title: m.Title, Address: "measures/" + m.Slug + ".html", text: said(&m.Record, m.Body, m.Exception, m.Rule, m.Handout, m.Ask)}
}

func methodItem(m *handbook.Method) Item {
	return Item{Slug: m.Slug, Title: m.Mark + " " + m.Name, Address: "methods/" + m.Slug + ".html", text: said(&m.Record, m.Body, append(m.Signs, m.Summary)...)}
}

func threatItem(t *handbook.Threat) Item {
	return Item{Slug: t.Slug, Title: t.Name, Address: "threats/" + t.Slug + ".html", text: said(&t.Record, t.Body, t.Summary)}
}

func guideItem(g *handbook.Guide) Item {
	return Item{Slug: g.Slug, Title: g.Title, Address: "guides/" + g.Slug + ".html", text: said(&g.Record, g.Body, g.Summary)}
}

func termItem(t *handbook.Term) Item {
	return Item{Slug: t.Slug, Title: t.Term, Address: "glossary.html#" + t.Slug, text: said(&t.Record, t.Body)}
}

// said returns a text of a record and its other sentences, to be compared; "" when it could not be read.
func said(r *source.Record, body *markdown.Body, more ...string) string {
	if r.Unread() || body == nil || !body.Read {
		return ""
	}
	for _, s := range append([]markdown.Section{body.Lead}, body.Sections...) {
		more = append(more, s.Heading, s.Markdown)
	}
	return strings.Join(more, "\x00")
}

// list notes what came and went of a kind.
func (c *Comparison) list(kind, folder string, old, now []Item, withdrawn map[[2]string]*handbook.Withdrawn) {
	l := Listed{Kind: kind, folder: folder}
	place := func(list []Item, slug string) int {
		return slices.IndexFunc(list, func(i Item) bool { return i.Slug == slug })
	}
	for _, i := range now {
		if was := place(old, i.Slug); was < 0 {
			l.Added = append(l.Added, i)
		} else if old[was].text != i.text && old[was].text != "" && i.text != "" {
			l.Rewritten = append(l.Rewritten, i)
		}
	}
	for _, i := range old {
		if place(now, i.Slug) >= 0 {
			continue
		}
		i.Address = ""
		if w := withdrawn[[2]string{folder, i.Slug}]; w != nil {
			i.Reason = w.Reason
		}
		l.Withdrawn = append(l.Withdrawn, i)
	}
	c.Listed = append(c.Listed, l)
}

// follow finds the measures that replace withdrawn ones, which are then neither added nor withdrawn.
func (c *Comparison) follow(now *handbook.Handbook) {
	l := &c.Listed[0]
	to, from := map[string][]Item{}, map[string][]Item{} // by slug
	for _, gone := range l.Withdrawn {
		for _, m := range now.Measures {
			if slices.Contains(m.Replaces, gone.Slug) {
				to[gone.Slug] = append(to[gone.Slug], measureItem(m))
				from[m.Slug] = append(from[m.Slug], gone)
			}
		}
	}
	merged := map[string]bool{}
	for _, gone := range l.Withdrawn {
		switch next := to[gone.Slug]; {
		case len(next) == 0:
		case len(next) > 1:
			c.Split = append(c.Split, Followed{[]Item{gone}, next})
		case merged[next[0].Slug]:
		case len(from[next[0].Slug]) > 1 || !slices.Contains(l.Added, next[0]): // into one that was there before
			merged[next[0].Slug] = true
			c.Merged = append(c.Merged, Followed{from[next[0].Slug], next})
		default:
			c.Replaced = append(c.Replaced, Followed{[]Item{gone}, next})
		}
	}
	l.Withdrawn = slices.DeleteFunc(l.Withdrawn, func(i Item) bool { return to[i.Slug] != nil })
	l.Added = slices.DeleteFunc(l.Added, func(i Item) bool { return from[i.Slug] != nil })
}

// measure compares two states of a measure.
func (c *Comparison) measure(old, now *handbook.Handbook, was, is *handbook.Measure) {
	item := measureItem(is)
	if is.Revision > was.Revision {
		c.Revised = append(c.Revised, Step{Item: item, What: "確認する文", Old: was.Check, New: is.Check})
	} else if was.Check != is.Check {
		c.Reworded = append(c.Reworded, Step{Item: item, What: "確認する文", Old: was.Check, New: is.Check})
	}
	if was.Title != is.Title {
		c.Reworded = append(c.Reworded, Step{Item: item, What: "題名", Old: was.Title, New: is.Title})
	}
	if was.Number != is.Number {
		c.Renumbered = append(c.Renumbered, Step{Item: item, What: "番号", Old: was.Number, New: is.Number})
	}
	first := len(c.Reprioritised)
	for _, method := range now.Methods {
		if !slices.ContainsFunc(old.Methods, func(m *handbook.Method) bool { return m.Slug == method.Slug }) {
			continue // all of its checklist is new
		}
		from, to := priorityOn(old, was, method), priorityOn(now, is, method)
		if from == to {
			continue
		}
		i := slices.IndexFunc(c.Reprioritised[first:], func(s Step) bool { return s.Old == from && s.New == to })
		if i < 0 {
			i = len(c.Reprioritised) - first
			c.Reprioritised = append(c.Reprioritised, Step{Item: item, What: "優先度", Old: from, New: to})
		}
		step := &c.Reprioritised[first+i]
		step.Methods = append(step.Methods, method.Mark)
	}
}

// String prints the comparison for people, a group after the other.
func (c *Comparison) String() string {
	var b strings.Builder
	group := func(name string, lines []string) {
		if len(lines) == 0 {
			return
		}
		b.WriteString(name + "\n")
		for _, line := range lines {
			b.WriteString("  " + line + "\n")
		}
	}
	named := func(i Item) string { return i.Title + "（" + i.Slug + "）" }
	joined := func(list []Item) string { return strings.Join(each(list, named), "、") }
	followed := func(f Followed) string { return joined(f.From) + " → " + joined(f.To) }
	step := func(s Step) string {
		what := s.What
		if s.Methods != nil {
			what = strings.Join(s.Methods, "")
		}
		return named(s.Item) + ": " + what + " " + orNone(s.Old) + " → " + orNone(s.New)
	}
	for i, l := range c.Listed {
		group("足した"+l.Kind, each(l.Added, named))
		group("やめた"+l.Kind, each(l.Withdrawn, func(i Item) string {
			if i.Reason == "" {
				return named(i)
			}
			return named(i) + ": " + i.Reason
		}))
		group("文を直した"+l.Kind, each(l.Rewritten, named))
		if i > 0 {
			continue
		}
		group("分けた対策", each(c.Split, followed))
		group("まとめた対策", each(c.Merged, followed))
		group("替えた対策", each(c.Replaced, followed))
		group("することが変わった対策", each(c.Revised, step))
		group("ことばを直した対策", each(c.Reworded, step))
		group("優先度を変えた対策", each(c.Reprioritised, step))
		group("番号を変えた対策", each(c.Renumbered, step))
	}
	group("ほかに変わったファイル", each(c.Files, ChangedFile.String))
	group("変わった行（前 → 今）", slices.Concat(each(c.Texts, ChangedText.lines)...))
	return b.String()
}

func each[T, S any](list []T, say func(T) S) []S {
	var said []S
	for _, t := range list {
		said = append(said, say(t))
	}
	return said
}

func orNone(text string) string {
	if text == "" {
		return "なし"
	}
	return text
}
