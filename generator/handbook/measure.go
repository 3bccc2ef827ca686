package handbook

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// A Measure (対策) is one thing to do. It belongs to the checklists of the methods for which it has a
// priority, or to all when it is a preparation.
type Measure struct {
	source.Record
	Number       string            `toml:"number"` // "2-1": category, then place within it
	Title        string            `toml:"title"`
	CategorySlug string            `toml:"category"`
	Check        string            `toml:"check"` // the sentence that is true when done
	ThreatSlugs  []string          `toml:"threats"`
	OriginSlug   string            `toml:"origin,optional"`  // needed where the edition names any
	Revision     int               `toml:"revision"`         // goes up when the meaning changes
	Earlier      map[string]string `toml:"earlier,optional"` // number of a revision → its check, for readers who answered it
	Reviewed     time.Time         `toml:"reviewed"`
	Preparation  bool              `toml:"preparation,optional"` // on every checklist, before the priorities
	Exception    string            `toml:"not_applicable_when,optional"`
	Rule         string            `toml:"rule"`                // clause for the company's rules
	Handout      string            `toml:"handout,optional"`    // what each employee does
	ChapterSlug  string            `toml:"chapter,optional"`    // of the company's rules, for the clause
	SceneSlug    string            `toml:"scene,optional"`      // of the handout, for what each employee does
	Every        int               `toml:"every,optional"`      // after so many months it is to be done or looked at again
	Ask          string            `toml:"ask,optional"`        // question to the vendor
	OwnerTexts   source.Labels     `toml:"owner_note,optional"` // owner of the device → what differs
	Replaces     []string          `toml:"replaces,optional"`   // withdrawn measures whose answers it takes over
	Effort       Effort            `toml:"effort"`
	PrioritySlug map[string]string `toml:"priority,optional"` // method → priority
	Body         *markdown.Body

	Category   *Category
	Origin     *Origin
	Chapter    *Part // nil when the edition has none
	Scene      *Part // nil when there is nothing for employees to do
	Threats    []*Threat
	OwnerNotes []OwnerNote // in the order of the owners
	Listings   []Listing   // the checklists it stands on, by method
	Guides     []*Guide    // by number
	Incidents  []*Incident // that it prepares for, by number
	Surveyed   []Surveyed  // what a survey found out about it, by chart
	Reported   bool        // what it prepares for may have to be reported
}

// An Effort is our own rough estimate of what a measure costs.
type Effort struct {
	source.Record
	Time      string   `toml:"time"`
	Cost      string   `toml:"cost"`
	Decision  string   `toml:"decision,optional"` // what whoever decides is to be asked
	RoleSlugs []string `toml:"who"`
	Roles     []*Role
}

// An OwnerNote is what a measure asks of the devices of one owner.
type OwnerNote struct {
	Owner *Axis
	Text  string
}

// A Listing is a measure's place on one method's checklist; a preparation has no priority.
type Listing struct {
	Method   *Method
	Priority *Priority
}

// On returns the listing on a method's checklist, or nil.
func (m *Measure) On(method *Method) *Listing {
	for i := range m.Listings {
		if m.Listings[i].Method == method {
			return &m.Listings[i]
		}
	}
	return nil
}

// Against reports whether the measure protects against the threat.
func (m *Measure) Against(t *Threat) bool { return slices.Contains(m.Threats, t) }

func (m *Measure) resolve(h *Handbook, report reporter) {
	h.measureUnread = h.measureUnread || m.Unread()
	h.uncountable = h.uncountable || m.Unread() || !m.Preparation && len(m.PrioritySlug) == 0
	for method, priority := range m.PrioritySlug {
		h.uncountable = h.uncountable || !h.methods.has(method) || !h.priorities.has(priority)
	}
	m.Category = h.categories.one(&m.Record, "category", "分類", m.CategorySlug, report)
	m.Origin = h.origins.one(&m.Record, "origin", "由来", m.OriginSlug, report)
	m.Threats = h.threats.all(&m.Record, "threats", "脅威", m.ThreatSlugs, report)
	if len(h.Roles) > 0 {
		m.Effort.Roles = h.roles.all(&m.Effort.Record, "who", "行う人", m.Effort.RoleSlugs, report)
	}
	m.Chapter = h.chapters.one(&m.Record, "chapter", "章", m.ChapterSlug, report)
	m.Scene = h.scenes.one(&m.Record, "scene", "場面", m.SceneSlug, report)
	for _, owner := range h.Owners {
		for _, note := range m.OwnerTexts {
			if note.ID == owner.Slug {
				m.OwnerNotes = append(m.OwnerNotes, OwnerNote{owner, note.Text})
			}
		}
	}
	m.join(h)
}

// join adds the measure to what it belongs to.
func (m *Measure) join(h *Handbook) {
	if m.Category != nil {
		m.Category.Measures = append(m.Category.Measures, m)
	}
	if m.Origin != nil {
		m.Origin.Measures = append(m.Origin.Measures, m)
	}
	for _, t := range m.Threats {
		t.Measures = append(t.Measures, m)
	}
	for _, method := range h.Methods {
		if m.Preparation {
			method.Preparation = append(method.Preparation, m)
			method.Measures = append(method.Measures, m)
			m.Listings = append(m.Listings, Listing{Method: method})
			continue
		}
		if p, ok := h.priorities.bySlug[m.PrioritySlug[method.Slug]]; ok {
			group := &method.Groups[p.Rank-1]
			group.Measures = append(group.Measures, m)
			method.Measures = append(method.Measures, m)
			m.Listings = append(m.Listings, Listing{method, p})
		}
	}
}

func (m *Measure) check(h *Handbook, report reporter) {
	m.checkNumber(report)
	if m.Unread() {
		return
	}
	add := func(field, format string, args ...any) { report(m.Problem(field, format, args...)) }
	for _, method := range slices.Sorted(maps.Keys(m.PrioritySlug)) {
		if h.methods.isUnknown(method) {
			report(h.methods.unknown(&m.Record, "priority."+method, "方式", method))
		}
		if p := m.PrioritySlug[method]; len(h.Priorities) > 0 && !h.priorities.has(p) {
			report(h.priorities.unknown(&m.Record, "priority."+method, "優先度", p))
		}
	}
	m.checkAdditions(h, report)
	switch {
	case m.Preparation && len(m.PrioritySlug) > 0:
		add("priority", "準備の対策に優先度は付けません（preparation か [priority] のどちらかを消してください）")
	case !m.Preparation && len(m.PrioritySlug) == 0:
		field := "priority"
		if m.Has("preparation") {
			field = "preparation"
		}
		add(field, "どのチェックリストにもありません（[priority] に 方式 = \"優先度\" を足してください）")
	}
	checkMember(&m.Record, "origin", "由来", m.OriginSlug, slugs(h.Origins), h.Edition.Unread(), report)
	checkMember(&m.Record, "chapter", "どの章に入るか", m.ChapterSlug, slugs(h.Chapters), h.Edition.Unread(), report)
	if m.Handout != "" {
		checkMember(&m.Record, "scene", "どの場面に入るか", m.SceneSlug, slugs(h.Scenes), h.Edition.Unread(), report)
	}
	if m.Has("every") && (m.Every < 1 || m.Every > 120) {
		add("every", "くり返す間隔は、1から120までの月の数にしてください")
	}
	for _, note := range m.OwnerTexts {
		if len(h.Owners) > 0 && !h.owners.has(note.ID) {
			report(h.owners.unknown(&m.Record, "owner_note."+note.ID, "表の行", note.ID))
		}
	}
	if m.Has("revision") && m.Revision < 1 {
		add("revision", "改訂の番号は1以上にしてください")
	}
	for _, earlier := range slices.Sorted(maps.Keys(m.Earlier)) {
		if n, err := strconv.Atoi(earlier); err != nil || n < 1 || n >= m.Revision || strconv.Itoa(n) != earlier {
			add("earlier."+earlier, "%q は前の改訂の番号ではありません（1から、revision より小さい数までです）", earlier)
		}
	}
	m.checkGaps(add)
	if m.ThreatSlugs != nil && len(m.ThreatSlugs) == 0 {
		add("threats", "脅威が一つもありません（何を防ぐ対策かを書いてください）")
	}
}

// checkGaps reports revisions between others whose check is not told: who answered them sees nothing.
func (m *Measure) checkGaps(add func(field, format string, args ...any)) {
	first := m.Revision
	for earlier := range m.Earlier {
		if n, err := strconv.Atoi(earlier); err == nil && n > 0 {
			first = min(first, n)
		}
	}
	for n := first + 1; n < m.Revision; n++ {
		if _, ok := m.Earlier[strconv.Itoa(n)]; !ok {
			add("earlier", "[earlier] に、改訂 %d の文がありません（%d = \"そのときの check の文\" を足してください）", n, n)
			return
		}
	}
}

// checkMember reports a record that names none of what the edition has of a kind, or one where the
// edition has none. Of an edition that could not be read it is not known what it has.
func checkMember(r *source.Record, field, what, slug string, known []string, isUnread bool, report reporter) {
	switch {
	case slug == "" && len(known) > 0:
		report(r.Problem(field, "%sがありません（%s に %s のどれかを書いてください）", what, field, strings.Join(known, "、")))
	case slug != "" && len(known) == 0 && !isUnread:
		report(r.Problem(field, "この手引きには [%s.…] がありません（handbook.toml に足すか、この行を消してください）", field))
	}
}

// checkAdditions: a measure is the original's or an addition, not both.
func (m *Measure) checkAdditions(h *Handbook, report reporter) {
	var additions []string
	others := false
	for _, method := range slices.Sorted(maps.Keys(m.PrioritySlug)) {
		if p := h.priorities.bySlug[m.PrioritySlug[method]]; p != nil && p.Addition {
			additions = append(additions, method)
		} else if p != nil {
			others = true
		}
	}
	if others && len(additions) > 0 {
		report(m.Problem("priority."+additions[0], "追加とほかの優先度を、一つの対策で混ぜられません（すべての方式で追加にするか、追加をやめてください）"))
	}
}

// checkMeasures compares the measures with one another.
func (h *Handbook) checkMeasures(report reporter) {
	unique(h.Measures, (*Measure).Self, "number", "対策の番号", func(m *Measure) string { return m.Number }, report)
}

func (m *Measure) checkNumber(report reporter) {
	if m.Number == "" || m.Category == nil || m.Category.Number < 1 {
		return // reported already
	}
	category, place, _ := strings.Cut(m.Number, "-")
	if n, err := strconv.Atoi(place); err != nil || n < 1 || place != strconv.Itoa(n) {
		report(m.Problem("number", "番号 %q は「分類の番号-連番」の形にしてください（例: %d-1）", m.Number, m.Category.Number))
	} else if category != strconv.Itoa(m.Category.Number) {
		report(m.Problem("number", "番号 %q の前半が、分類「%s」の番号 %d と違います（%[3]d で始まる番号にするか、category を直してください）", m.Number, m.Category.Name, m.Category.Number))
	}
}

// compareNumbers orders "2-10" after "2-9".
func compareNumbers(a, b string) int {
	for a != "" && b != "" {
		var partA, partB string
		partA, a, _ = strings.Cut(a, "-")
		partB, b, _ = strings.Cut(b, "-")
		x, errX := strconv.Atoi(partA)
		y, errY := strconv.Atoi(partB)
		order := cmp.Compare(x, y)
		if errX != nil || errY != nil {
			order = strings.Compare(partA, partB)
		}
		if order != 0 {
			return order
		}
	}
	return len(a) - len(b)
}
