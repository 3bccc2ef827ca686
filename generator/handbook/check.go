package handbook

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Published is published.toml: every slug that was ever an address. A record
// that vanishes by mistake breaks links and readers' saved answers, so what
// was published stays, or is listed as withdrawn.
type Published struct {
	Record
	Methods   []string     `toml:"methods"`
	Measures  []string     `toml:"measures"`
	Threats   []string     `toml:"threats"`
	Withdrawn []*Withdrawn `toml:"withdrawn,optional"`
}

// resolve sorts the records and replaces the names in them by what they name.
func (h *Handbook) resolve() []Problem {
	slices.SortStableFunc(h.Categories, func(a, b *Category) int { return a.Number - b.Number })
	slices.SortStableFunc(h.Methods, func(a, b *Method) int { return a.Number - b.Number })
	slices.SortStableFunc(h.Threats, func(a, b *Threat) int { return a.Number - b.Number })
	slices.SortStableFunc(h.Measures, func(a, b *Measure) int { return compareNumbers(a.Number, b.Number) })
	slices.SortFunc(h.Changes, func(a, b *Change) int { return cmp.Or(b.Date.Compare(a.Date), strings.Compare(b.Slug, a.Slug)) })

	for i, p := range h.Priorities {
		p.Rank = i + 1
	}
	var problems []Problem
	h.Navigation = named(&problems, &h.Edition.Record, "navigation", "ページ", h.NavigationSlugs, h.Pages)
	h.Footer = named(&problems, &h.Edition.Record, "footer", "ページ", h.FooterSlugs, h.Pages)
	for _, m := range h.Methods {
		m.Owner = one(&problems, &m.Record, "owner", "端末の持ち主", m.OwnerSlug, h.Owners)
		m.Access = one(&problems, &m.Record, "access", "つなぎ方", m.AccessSlug, h.Accesses)
		problems = append(problems, nameSections(m.Body, h.Sections.Method, &m.Record)...)
	}
	for _, m := range h.Measures {
		m.Category = one(&problems, &m.Record, "category", "分類", m.CategorySlug, h.Categories)
		m.Origin = one(&problems, &m.Record, "origin", "由来", m.OriginSlug, h.Origins)
		m.Threats = named(&problems, &m.Record, "threats", "脅威", m.ThreatSlugs, h.Threats)
		if len(h.Roles) > 0 {
			m.Effort.Roles = named(&problems, &m.Effort.Record, "who", "行う人", m.Effort.RoleSlugs, h.Roles)
		}
		problems = append(problems, nameSections(m.Body, h.Sections.Measure, &m.Record)...)
	}
	for _, t := range h.Threats {
		problems = append(problems, nameSections(t.Body, h.Sections.Threat, &t.Record)...)
	}
	problems = append(problems, h.resolveLibrary()...)
	return append(problems, h.Flow.resolve(h.Methods)...)
}

// one returns the record of a vocabulary that a field names. That there is no
// such vocabulary is reported once, where it should stand.
func one[T interface{ record() *Record }](problems *[]Problem, r *Record, field, kind, slug string, records []T) T {
	var none T
	if slug == "" || len(records) == 0 {
		return none // reported as a missing field
	}
	if list := named(problems, r, field, kind, []string{slug}, records); len(list) > 0 {
		return list[0]
	}
	return none
}

// named returns the records that a field names, in the field's order.
func named[T interface{ record() *Record }](problems *[]Problem, r *Record, field, kind string, names []string, records []T) []T {
	var list []T
	for _, slug := range names {
		i := slices.IndexFunc(records, func(known T) bool { return known.record().Slug == slug })
		if i < 0 {
			*problems = append(*problems, r.problem(field, "%s %q がありません%s", kind, slug, DidYouMean(slug, slugs(records))))
			continue
		}
		list = append(list, records[i])
	}
	return list
}

// compareNumbers orders "2-10" after "2-9".
func compareNumbers(a, b string) int {
	as, bs := strings.Split(a, "-"), strings.Split(b, "-")
	for i := range min(len(as), len(bs)) {
		x, errX := strconv.Atoi(as[i])
		y, errY := strconv.Atoi(bs[i])
		order := x - y
		if errX != nil || errY != nil {
			order = strings.Compare(as[i], bs[i])
		}
		if order != 0 {
			return order
		}
	}
	return len(as) - len(bs)
}

// check applies the rules that look at more than one field or record.
func (h *Handbook) check(published Published, today time.Time) []Problem {
	rules := []func(*Handbook) []Problem{
		(*Handbook).checkEdition,
		(*Handbook).checkNumbers,
		(*Handbook).checkMarks,
		(*Handbook).checkDiagrams,
		(*Handbook).checkMeasures,
		(*Handbook).checkCounts,
		(*Handbook).checkThreats,
		(*Handbook).checkPages,
		(*Handbook).checkChanges,
		(*Handbook).checkSynonyms,
	}
	var problems []Problem
	for _, rule := range rules {
		problems = append(problems, rule(h)...)
	}
	problems = append(problems, h.checkPublished(published)...)
	problems = append(problems, h.checkLibrary(today)...)
	return append(problems, h.checkReviews(today)...)
}

func (h *Handbook) checkEdition() []Problem {
	var problems []Problem
	if h.BaseURL != "" && !IsSiteURL(h.BaseURL, "https") {
		problems = append(problems, h.problem("base_url", "公開する番地 %q は使えません（https://example.jp/ のような番地にしてください）", h.BaseURL))
	}
	if u := h.Original.URL; u != "" && !isSecureURL(u) {
		problems = append(problems, h.Original.problem("url", "出典の番地 %q は https:// で始めてください", u))
	}
	if h.lines["review_months"] > 0 && h.ReviewMonths < 1 {
		problems = append(problems, h.problem("review_months", "見直しの間隔は1か月以上にしてください"))
	}
	return problems
}

// IsSiteURL reports whether a site can be published at an address that has one
// of the schemes: the addresses of its pages are appended to it.
func IsSiteURL(address string, schemes ...string) bool {
	u, err := url.Parse(address)
	return err == nil && slices.Contains(schemes, u.Scheme) && u.Hostname() != "" && u.User == nil &&
		!strings.ContainsAny(address, "?#") && !strings.Contains(u.Path, "//")
}

func isSecureURL(u string) bool { return strings.HasPrefix(u, "https://") && len(u) > len("https://") }

// unique reports the second record with the same value of a field.
func unique[T interface{ record() *Record }, K comparable](records []T, field, what string, key func(T) K) []Problem {
	var problems []Problem
	first := map[K]T{}
	var zero K
	for _, r := range records {
		k := key(r)
		if k == zero {
			continue // reported as a missing field
		}
		if other, ok := first[k]; ok {
			problems = append(problems, r.record().problem(field, "%s %q は %s と同じです（どちらかを変えてください）", what, fmt.Sprint(k), where(other.record())))
			continue
		}
		first[k] = r
	}
	return problems
}

func where(r *Record) string { return fmt.Sprintf("%s:%d", r.File, r.start) }

func (h *Handbook) checkNumbers() []Problem {
	var problems []Problem
	positive := func(r *Record, number int) {
		if r.lines["number"] > 0 && number < 1 {
			problems = append(problems, r.problem("number", "番号は1以上にしてください"))
		}
	}
	for _, g := range h.Guides {
		positive(&g.Record, g.Number)
	}
	for _, c := range h.Contacts {
		positive(&c.Record, c.Number)
	}
	for _, r := range h.References {
		positive(&r.Record, r.Number)
	}
	for _, l := range h.Lifecycles {
		positive(&l.Record, l.Number)
	}
	for _, c := range h.Charts {
		positive(&c.Record, c.Number)
	}
	for _, m := range h.Methods {
		positive(&m.Record, m.Number)
	}
	for _, t := range h.Threats {
		positive(&t.Record, t.Number)
	}
	for _, c := range h.Categories {
		positive(&c.Record, c.Number)
	}
	problems = append(problems, unique(h.Measures, "number", "対策の番号", func(m *Measure) string { return m.Number })...)
	problems = append(problems, unique(h.Methods, "number", "方式の番号", func(m *Method) int { return m.Number })...)
	problems = append(problems, unique(h.Threats, "number", "脅威の番号", func(t *Threat) int { return t.Number })...)
	problems = append(problems, unique(h.Categories, "number", "分類の番号", func(c *Category) int { return c.Number })...)
	for _, m := range h.Measures {
		if m.Number == "" || m.Category == nil || m.Category.Number < 1 {
			continue // reported already
		}
		category, place, _ := strings.Cut(m.Number, "-")
		if n, err := strconv.Atoi(place); err != nil || n < 1 || place != strconv.Itoa(n) {
			problems = append(problems, m.problem("number", "番号 %q は「分類の番号-連番」の形にしてください（例: %d-1）", m.Number, m.Category.Number))
		} else if category != strconv.Itoa(m.Category.Number) {
			problems = append(problems, m.problem("number", "番号 %q の前半が、分類「%s」の番号 %d と違います", m.Number, m.Category.Name, m.Category.Number))
		}
	}
	return problems
}

func (h *Handbook) checkMarks() []Problem {
	problems := unique(h.Methods, "mark", "方式の印", func(m *Method) string { return m.Mark })
	problems = append(problems, unique(h.Methods, "short", "方式の短い名前", func(m *Method) string { return m.Short })...)
	return append(problems, unique(h.Priorities, "mark", "優先度の印", func(p *Priority) string { return p.Mark })...)
}

func (h *Handbook) checkDiagrams() []Problem {
	var problems []Problem
	for _, m := range h.Methods {
		for i, p := range m.Diagram.Places {
			last := i == len(m.Diagram.Places)-1
			switch {
			case last && p.Link != "":
				problems = append(problems, p.problem("link", "最後の場所 %q の先には何もありません（link と line を消してください）", p.Slug))
			case p.Link == "" && p.Line != "":
				problems = append(problems, p.problem("line", "線の種類だけがあります（つなぎ方を link に書いてください）"))
			case p.Link != "" && p.Line == "":
				problems = append(problems, p.problem("link", "線の種類がありません（line に %s のどれかを書いてください）", strings.Join(LineStyles, "、")))
			case p.Link != "" && !slices.Contains(LineStyles, p.Line):
				problems = append(problems, p.problem("line", "線の種類 %q は使えません%s", p.Line, DidYouMean(p.Line, LineStyles)))
			}
		}
	}
	return problems
}

func (h *Handbook) checkMeasures() []Problem {
	var problems []Problem
	methods, priorities := slugs(h.Methods), slugs(h.Priorities)
	for _, m := range h.Measures {
		if m.unread() {
			continue
		}
		add := func(field, format string, args ...any) {
			problems = append(problems, m.problem(field, format, args...))
		}
		for _, method := range slices.Sorted(maps.Keys(m.PrioritySlug)) {
			if !slices.Contains(methods, method) {
				add("priority."+method, "方式 %q がありません%s", method, DidYouMean(method, methods))
			}
			if p := m.PrioritySlug[method]; len(priorities) > 0 && !slices.Contains(priorities, p) {
				add("priority."+method, "優先度 %q がありません%s", p, DidYouMean(p, priorities))
			}
		}
		switch {
		case m.Preparation && len(m.PrioritySlug) > 0:
			add("priority", "準備の対策に優先度は付けません（preparation か [priority] のどちらかを消してください）")
		case !m.Preparation && len(m.PrioritySlug) == 0:
			field := "priority"
			if m.lines["preparation"] > 0 {
				field = "preparation"
			}
			add(field, "どのチェックリストにもありません（[priority] に 方式 = \"優先度\" を足してください）")
		}
		for _, note := range m.OwnerNotes {
			if bySlug(h.Owners, note.ID) == nil {
				add("owner_note."+note.ID, "端末の持ち主 %q がありません%s", note.ID, DidYouMean(note.ID, slugs(h.Owners)))
			}
		}
		if m.lines["revision"] > 0 && m.Revision < 1 {
			add("revision", "改訂の番号は1以上にしてください")
		}
		for _, earlier := range slices.Sorted(maps.Keys(m.Earlier)) {
			if n, err := strconv.Atoi(earlier); err != nil || n < 1 || n >= m.Revision || strconv.Itoa(n) != earlier {
				add("earlier."+earlier, "%q は前の改訂の番号ではありません（1から、revision より小さい数までです）", earlier)
			}
		}
		if m.ThreatSlugs != nil && len(m.ThreatSlugs) == 0 {
			add("threats", "脅威が一つもありません（何を防ぐ対策かを書いてください）")
		}
	}
	return problems
}

func (h *Handbook) checkCounts() []Problem {
	var problems []Problem
	if h.Counts == nil {
		return nil // reported as a missing field
	}
	methods, priorities := slugs(h.Methods), slugs(h.Priorities)
	for _, method := range slices.Sorted(maps.Keys(h.Counts)) {
		if !slices.Contains(methods, method) {
			problems = append(problems, h.problem("count."+method, "方式 %q がありません%s", method, DidYouMean(method, methods)))
		}
		for _, priority := range slices.Sorted(maps.Keys(h.Counts[method])) {
			if !slices.Contains(priorities, priority) {
				problems = append(problems, h.problem("count."+method+"."+priority, "優先度 %q がありません%s", priority, DidYouMean(priority, priorities)))
			}
		}
	}
	if h.anyMeasureUnread() {
		return problems // the numbers cannot be right
	}
	for _, method := range h.Methods {
		for _, group := range h.Checklist(method).Groups {
			slug := group.Priority.Slug
			want, ok := h.Counts[method.Slug][slug]
			if !ok {
				field := "count." + method.Slug
				if h.lines[field] == 0 {
					field = "count"
				}
				problems = append(problems, h.problem(field, "方式 %q の優先度 %q の項目数がありません（[count.%s] に %s = %d を足してください）", method.Slug, slug, method.Slug, slug, len(group.Measures)))
			} else if want != len(group.Measures) {
				problems = append(problems, h.problem("count."+method.Slug+"."+slug, "方式 %q の優先度 %q は %d 項目のはずですが、%d 項目あります（対策の [priority] か、この数を直してください）", method.Slug, slug, want, len(group.Measures)))
			}
		}
	}
	return problems
}

func (h *Handbook) anyMeasureUnread() bool {
	return slices.ContainsFunc(h.Measures, func(m *Measure) bool { return m.unread() })
}

func (h *Handbook) checkThreats() []Problem {
	if h.anyMeasureUnread() {
		return nil
	}
	var problems []Problem
	for _, t := range h.Threats {
		if !slices.ContainsFunc(h.Measures, func(m *Measure) bool { return m.Against(t) }) {
			problems = append(problems, t.problem("", "この脅威を防ぐ対策が一つもありません（対策の threats に %q を足してください）", t.Slug))
		}
	}
	return problems
}

func (h *Handbook) checkPages() []Problem {
	var problems []Problem
	for _, p := range h.Pages {
		for _, s := range p.Body.Sections {
			if s.ID == "" && s.Heading != "" {
				problems = append(problems, Problem{File: p.File, Line: s.Line, Text: fmt.Sprintf("見出し「%s」に名前がありません（「## 見出し {#name}」の形で書いてください）", s.Heading)})
			}
		}
	}
	return problems
}

func (h *Handbook) checkChanges() []Problem {
	var problems []Problem
	for _, c := range h.Changes {
		if date := c.Date.Format(time.DateOnly); !c.Date.IsZero() && !strings.HasPrefix(c.Slug, date) {
			problems = append(problems, c.problem("date", "日付 %s がファイル名と違います（ファイル名は日付で始めます: %s.md）", date, date))
		}
	}
	return problems
}

// checkPublished compares the records with the list of what was published.
func (h *Handbook) checkPublished(published Published) []Problem {
	if published.unread() {
		return nil
	}
	kinds := []struct {
		name   string
		now    []string
		listed []string // nil when the field cannot be read
	}{
		{"measures", slugs(h.Measures), published.Measures},
		{"methods", slugs(h.Methods), published.Methods},
		{"threats", slugs(h.Threats), published.Threats},
	}
	var problems []Problem
	var kindNames, withdrawnMeasures []string
	for _, kind := range kinds {
		kindNames = append(kindNames, kind.name)
	}
	successors := map[string][]*Measure{}
	for _, m := range h.Measures {
		for _, slug := range m.Replaces {
			successors[slug] = append(successors[slug], m)
		}
	}
	unknown := func(w *Withdrawn) bool { return !slices.Contains(kindNames, w.Kind) }
	for _, w := range published.Withdrawn {
		if w.Kind != "" && unknown(w) {
			problems = append(problems, w.problem("kind", "種類 %q は使えません%s", w.Kind, DidYouMean(w.Kind, kindNames)))
		}
		if w.Kind == "measures" || unknown(w) {
			withdrawnMeasures = append(withdrawnMeasures, w.Slug)
			w.Successors = successors[w.Slug]
		}
		h.Withdrawn = append(h.Withdrawn, w)
	}
	for _, kind := range kinds {
		now, listed, withdrawn := set(kind.now), set(kind.listed), map[string]bool{}
		for _, w := range published.Withdrawn {
			if w.Kind == kind.name || unknown(w) {
				withdrawn[w.Slug] = true
			}
			if w.Kind == kind.name && now[w.Slug] {
				problems = append(problems, w.problem("", "取り下げたはずの %q が、まだ %s/ にあります", w.Slug, kind.name))
			}
			if w.Kind == kind.name && !listed[w.Slug] && kind.listed != nil {
				problems = append(problems, w.problem("", "取り下げた %q が %s の一覧にありません（公開した名前は消さず、一覧に戻してください）", w.Slug, kind.name))
			}
		}
		for _, slug := range kind.listed {
			if !now[slug] && !withdrawn[slug] {
				problems = append(problems, published.problem(kind.name, "公開した %s/%s.md がなくなっています（戻すか、[withdrawn.%s] に取り下げた理由を書いてください）", kind.name, slug, slug))
			}
		}
		for _, slug := range kind.now {
			if !listed[slug] && kind.listed != nil {
				problems = append(problems, published.problem(kind.name, "%s/%s.md がこの一覧にありません（%s に %q を足してください）", kind.name, slug, kind.name, slug))
			}
		}
	}
	known := set(withdrawnMeasures)
	for _, m := range h.Measures {
		for _, slug := range m.Replaces {
			if !known[slug] {
				problems = append(problems, m.problem("replaces", "取り下げた対策 %q がありません%s", slug, DidYouMean(slug, withdrawnMeasures)))
			}
		}
	}
	return problems
}

func set(words []string) map[string]bool {
	s := make(map[string]bool, len(words))
	for _, w := range words {
		s[w] = true
	}
	return s
}

// checkReviews warns of dates that have passed and of dates still to come.
func (h *Handbook) checkReviews(today time.Time) []Problem {
	if h.ReviewMonths < 1 {
		return nil
	}
	var problems []Problem
	look := func(r *Record, reviewed time.Time) {
		var p Problem
		field := "reviewed"
		if r.lines["checked"] > 0 {
			field = "checked"
		}
		switch due := reviewed.AddDate(0, h.ReviewMonths, 0); {
		case reviewed.IsZero():
			return // reported as a missing field
		case due.Before(today):
			p = r.problem(field, "見直しの期限 %s を過ぎました（内容を確かめて、日付を新しくしてください）", due.Format(time.DateOnly))
		case reviewed.After(today.AddDate(0, 0, 1)):
			p = r.problem(field, "確認した日 %s がまだ来ていません（日付を確かめてください）", reviewed.Format(time.DateOnly))
		default:
			return
		}
		p.Warning = true
		problems = append(problems, p)
	}
	look(&h.Edition.Record, h.Reviewed)
	for _, m := range h.Methods {
		look(&m.Record, m.Reviewed)
	}
	for _, m := range h.Measures {
		look(&m.Record, m.Reviewed)
	}
	for _, t := range h.Threats {
		look(&t.Record, t.Reviewed)
	}
	for _, g := range h.Guides {
		look(&g.Record, g.Checked)
	}
	for _, t := range h.Terms {
		look(&t.Record, t.Reviewed)
	}
	for _, c := range h.Contacts {
		look(&c.Record, c.Checked)
	}
	for _, r := range h.References {
		look(&r.Record, r.Checked)
	}
	for _, l := range h.Lifecycles {
		look(&l.Record, l.Checked)
	}
	for _, p := range h.Pages {
		look(&p.Record, p.Reviewed)
	}
	return problems
}
