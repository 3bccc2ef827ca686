package handbook

import (
	"slices"
	"strings"
	"time"

	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// A Method (方式) is a way of teleworking that has a checklist of its own.
type Method struct {
	source.Record
	Number     int           `toml:"number"`
	Mark       string        `toml:"mark"` // ①
	Name       string        `toml:"name"`
	Short      string        `toml:"short"`
	OwnerSlug  string        `toml:"owner,optional"`  // needed where the edition names any
	AccessSlug string        `toml:"access,optional"` // likewise
	Summary    string        `toml:"summary"`
	Signs      []string      `toml:"signs"` // "you are probably here if …"
	Reviewed   time.Time     `toml:"reviewed"`
	Diagram    Diagram       `toml:"diagram,optional"`
	TermSlugs  []string      `toml:"readings,optional"` // terms in the name whose reading stands above them
	AlsoTexts  source.Labels `toml:"also,optional"`     // another method → who needs its checklist besides
	Body       *markdown.Body

	Place       int // from 0, among the methods
	Owner       *Axis
	Access      *Axis
	Readings    []*Term
	Also        []Also
	Preparation []*Measure // on every checklist, before the groups; by number
	Groups      []Group    // one for each priority, most urgent first
	Measures    []*Measure // all of these, by number
}

// An Also is another method that the same devices may be used for: its checklist is then to be done,
// too.
type Also struct {
	Method *Method
	When   string
}

// A Group holds the measures that have one priority on a checklist, by number.
type Group struct {
	Priority *Priority
	Measures []*Measure
}

// Original returns the groups of the original's checklist that hold anything, Additions those of what
// was added to it.
func (m *Method) Original() []Group  { return m.filled(false) }
func (m *Method) Additions() []Group { return m.filled(true) }

func (m *Method) filled(additions bool) []Group {
	return slices.DeleteFunc(slices.Clone(m.Groups), func(g Group) bool { return g.Priority.Addition != additions || len(g.Measures) == 0 })
}

// A Diagram shows where a method's devices and data are and how they are connected: places from the
// reader's outwards, each linked to the next.
type Diagram struct {
	source.Record
	Text   string   `toml:"text"` // says the same in words
	Places []*Place `toml:"place"`
}

// A Place of a diagram.
type Place struct {
	source.Record
	Name  string        `toml:"name"`
	Items source.Labels `toml:"item"`          // icon → what it is
	Link  string        `toml:"link,optional"` // how the place is connected to the next
	Line  string        `toml:"line,optional"` // how the link is drawn: a LineStyle
}

// LineStyles are the ways a link of a diagram is drawn: an encrypted tunnel, a connection that
// carries only the picture of a screen, an ordinary encrypted connection, or things carried by
// hand.
var LineStyles = []string{"tunnel", "screen", "web", "carried"}

// The measures join their methods' checklists when they are resolved, later than the methods.
func (m *Method) resolve(h *Handbook, report reporter) {
	m.Owner = h.owners.one(&m.Record, "owner", "表の行", m.OwnerSlug, report)
	m.Access = h.accesses.one(&m.Record, "access", "表の列", m.AccessSlug, report)
	m.Readings = h.terms.all(&m.Record, "readings", "用語", m.TermSlugs, report)
	for _, p := range h.Priorities {
		m.Groups = append(m.Groups, Group{Priority: p})
	}
	for _, also := range m.AlsoTexts {
		if other := h.methods.bySlug[also.ID]; other != nil {
			m.Also = append(m.Also, Also{other, also.Text})
		}
	}
	for _, t := range m.Readings {
		if !strings.Contains(m.Name, t.Term) {
			report(m.Problem("readings", "用語 %q は、方式の名前 %q にありません（名前にある用語だけを書いてください）", t.Slug, m.Name))
		}
	}
}

func (m *Method) check(h *Handbook, report reporter) {
	if !m.Unread() {
		checkMember(&m.Record, "owner", "表の行", m.OwnerSlug, slugs(h.Owners), h.Edition.Unread(), report)
		checkMember(&m.Record, "access", "表の列", m.AccessSlug, slugs(h.Accesses), h.Edition.Unread(), report)
	}
	for _, also := range m.AlsoTexts {
		if also.ID == m.Slug {
			report(m.Problem("also."+also.ID, "この方式そのものです（一緒に使うほかの方式を書いてください）"))
		} else if h.methods.isUnknown(also.ID) {
			report(h.methods.unknown(&m.Record, "also."+also.ID, "方式", also.ID))
		}
	}
	for i, p := range m.Diagram.Places {
		last := i == len(m.Diagram.Places)-1
		switch {
		case last && p.Link != "":
			report(p.Problem("link", "最後の場所 %q の先には何もありません（link と line を消してください）", p.Slug))
		case p.Link == "" && p.Line != "":
			report(p.Problem("line", "線の種類だけがあります（つなぎ方を link に書いてください）"))
		case p.Link != "" && p.Line == "":
			report(p.Problem("link", "線の種類がありません（line に %s のどれかを書いてください）", strings.Join(LineStyles, "、")))
		case p.Link != "" && !slices.Contains(LineStyles, p.Line):
			report(p.Problem("line", "線の種類 %q は使えません%s", p.Line, source.DidYouMean(p.Line, LineStyles)))
		}
	}
}

// checkMethods compares the methods with one another.
func (h *Handbook) checkMethods(report reporter) {
	unique(h.Methods, (*Method).Self, "mark", "方式の印", func(m *Method) string { return m.Mark }, report)
	unique(h.Methods, (*Method).Self, "short", "方式の短い名前", func(m *Method) string { return m.Short }, report)
}
