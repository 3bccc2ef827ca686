// Package handbook holds the model of a handbook (手引き): its methods,
// measures, threats and flow, read from a content folder and checked.
//
// The content decides everything that differs between handbooks: how many
// methods and priorities there are, what they are called, and every word a
// reader sees. The package knows no HTML and no addresses.
//
// Load returns all problems of the content at once. A Handbook without
// problems keeps these promises, which the site relies on: every reference
// between records is resolved, every path of the flow ends at a method, and
// every method has the expected number of measures.
package handbook

import (
	"fmt"
	"slices"
	"time"
)

// A Handbook is one edition of one handbook in one language.
type Handbook struct {
	Edition
	Flow     Flow
	Methods  []*Method  // by number
	Measures []*Measure // by number
	Threats  []*Threat  // by number
	Pages    []*Page    // by slug
	Changes  []*Change  // newest first
	Library
	Synonyms  Synonyms
	Withdrawn []*Withdrawn

	// ShareImage is a PNG of 1200 × 630 pixels shown where links to the site
	// are shared; nil when the content has none.
	ShareImage []byte
}

// An Edition is handbook.toml: what the site is, what it follows, and the
// vocabularies its records use.
type Edition struct {
	Record
	Title        string    `toml:"title"`
	Tagline      string    `toml:"tagline"`
	Language     string    `toml:"language"` // BCP 47
	Maker        string    `toml:"maker"`
	Reviewed     time.Time `toml:"reviewed"`
	ReviewMonths int       `toml:"review_months"`
	BaseURL      string    `toml:"base_url,optional"` // where the site is published, ending in "/"

	NavigationSlugs []string `toml:"navigation"`
	FooterSlugs     []string `toml:"footer"`
	Navigation      []*Page
	Footer          []*Page

	Original   Original     `toml:"source"`
	Priorities []*Priority  `toml:"priority"` // most urgent first
	Categories []*Category  `toml:"category"` // by number
	Origins    []*Origin    `toml:"origin"`
	Owners     []*Axis      `toml:"owner"`
	Accesses   []*Axis      `toml:"access"`
	Roles      []*Axis      `toml:"role"`
	Sections   SectionNames `toml:"section"`

	// Counts is the number of measures expected per method and priority.
	Counts map[string]map[string]int `toml:"count"`
}

// An Original is the publication that the handbook follows.
type Original struct {
	Record
	Title     string    `toml:"title"`
	Edition   string    `toml:"edition"`
	Publisher string    `toml:"publisher"`
	Published time.Time `toml:"published"`
	URL       string    `toml:"url"`
}

// A Priority (優先度) says how early a measure is taken.
type Priority struct {
	Record
	Mark    string `toml:"mark"` // ◎
	Name    string `toml:"name"`
	Meaning string `toml:"meaning"`

	Rank int // 1 is the most urgent
}

// A Category (対策分類) groups measures. Its number begins their numbers.
type Category struct {
	Record
	Number int    `toml:"number"`
	Name   string `toml:"name"`
}

// An Origin says where a measure's number, wording and priorities come from.
type Origin struct {
	Record
	Name    string `toml:"name"`
	Meaning string `toml:"meaning"`
}

// An Axis value is one of a small closed vocabulary: who owns the device, how
// company data is reached, who carries out a measure.
type Axis struct {
	Record
	Name string `toml:"name"`
	Icon string `toml:"icon,optional"` // a drawing the layouts know
	Note string `toml:"note,optional"` // what it means, in one short sentence
}

// SectionNames are the level 2 headings that the text of each kind of record
// must have, in their order.
type SectionNames struct {
	Record
	Measure Labels `toml:"measure"`
	Method  Labels `toml:"method"`
	Threat  Labels `toml:"threat"`
	Guide   Labels `toml:"guide,optional"`
}

// Labels are texts by name, in the order of the file.
type Labels []Label

// A Label is a name and its text: the anchor of a section and its heading, or
// an icon and what it stands for.
type Label struct{ ID, Text string }

// A Method (方式) is a way of teleworking that has a checklist of its own.
type Method struct {
	Record
	Number     int       `toml:"number"`
	Mark       string    `toml:"mark"` // ①
	Name       string    `toml:"name"`
	Short      string    `toml:"short"`
	OwnerSlug  string    `toml:"owner"`
	AccessSlug string    `toml:"access"`
	Summary    string    `toml:"summary"`
	Signs      []string  `toml:"signs"` // "you are probably here if …"
	Reviewed   time.Time `toml:"reviewed"`
	Diagram    Diagram   `toml:"diagram"`
	TermSlugs  []string  `toml:"readings,optional"` // terms in the name whose reading stands above them
	Body       *Body

	Owner    *Axis
	Access   *Axis
	Readings []*Term
}

// A Diagram shows where a method's devices and data are and how they are
// connected: places from the reader's outwards, each linked to the next.
type Diagram struct {
	Record
	Text   string   `toml:"text"` // says the same in words
	Places []*Place `toml:"place"`
}

// A Place of a diagram.
type Place struct {
	Record
	Name  string `toml:"name"`
	Items Labels `toml:"item"`          // icon → what it is
	Link  string `toml:"link,optional"` // how the place is connected to the next
	Line  string `toml:"line,optional"` // how the link is drawn: a LineStyle
}

// LineStyles are the ways a link of a diagram is drawn: an encrypted tunnel,
// a connection that carries only the picture of a screen, an ordinary
// encrypted connection, or things carried by hand.
var LineStyles = []string{"tunnel", "screen", "web", "carried"}

// A Measure (対策) is one thing to do. It belongs to the checklists of the
// methods for which it has a priority, or to all when it is a preparation.
type Measure struct {
	Record
	Number       string            `toml:"number"` // "2-1": category, then place within it
	Title        string            `toml:"title"`
	CategorySlug string            `toml:"category"`
	Check        string            `toml:"check"` // the sentence that is true when done
	ThreatSlugs  []string          `toml:"threats"`
	OriginSlug   string            `toml:"origin"`
	Revision     int               `toml:"revision"`         // goes up when the meaning changes
	Earlier      map[string]string `toml:"earlier,optional"` // number of a revision → its check, for readers who answered it
	Reviewed     time.Time         `toml:"reviewed"`
	Preparation  bool              `toml:"preparation,optional"` // on every checklist, before the priorities
	Exception    string            `toml:"not_applicable_when,optional"`
	Rule         string            `toml:"rule"`                // clause for the company's rules
	Handout      string            `toml:"handout,optional"`    // what each employee does
	Ask          string            `toml:"ask"`                 // question to the vendor
	OwnerNotes   Labels            `toml:"owner_note,optional"` // owner of the device → what differs
	Replaces     []string          `toml:"replaces,optional"`   // withdrawn measures whose answers it takes over
	Effort       Effort            `toml:"effort"`
	PrioritySlug map[string]string `toml:"priority,optional"` // method → priority
	Body         *Body

	Category *Category
	Origin   *Origin
	Threats  []*Threat
}

// An Effort is our own rough estimate of what a measure costs.
type Effort struct {
	Record
	Time      string   `toml:"time"`
	Cost      string   `toml:"cost"`
	RoleSlugs []string `toml:"who"`
	Roles     []*Axis
}

// A Threat (想定脅威) is what measures protect against.
type Threat struct {
	Record
	Number   int       `toml:"number"`
	Name     string    `toml:"name"`
	Summary  string    `toml:"summary"`
	Reviewed time.Time `toml:"reviewed"`
	Body     *Body
}

// A Page is a page that is written rather than listed, or the heading and
// lead of a page that the site lists from records.
type Page struct {
	Record
	Title       string    `toml:"title"`
	Label       string    `toml:"label"` // in navigation and breadcrumbs
	Description string    `toml:"description"`
	Reviewed    time.Time `toml:"reviewed"`
	Body        *Body
}

// A Change is an entry in the history of the content.
type Change struct {
	Record
	Date  time.Time `toml:"date"`
	Title string    `toml:"title"`
	Body  *Body
}

// A Withdrawn record was published once; its address goes on answering.
type Withdrawn struct {
	Record
	Kind   string    `toml:"kind"` // "methods", "measures" or "threats"
	Title  string    `toml:"title"`
	Reason string    `toml:"reason"`
	Date   time.Time `toml:"date"`

	Successors []*Measure // the measures that replace it
}

// A Record is what every record has: its name, and where it was written.
type Record struct {
	Slug string // file name or table name: an address and a storage key
	File string // slash-separated, relative to the content folder

	start int            // first line
	lines map[string]int // line of each field
}

// At returns the line of a field, or the record's first line when the field
// is not there.
func (r *Record) At(field string) int {
	if line, ok := r.lines[field]; ok {
		return line
	}
	return r.start
}

func (r *Record) record() *Record { return r }

// unread reports that the record's file is broken, which has been reported:
// nothing is known but the name.
func (r *Record) unread() bool { return r.lines == nil }

// problem words a problem at a field of the record.
func (r *Record) problem(field, format string, args ...any) Problem {
	return Problem{File: r.File, Line: r.At(field), Text: fmt.Sprintf(format, args...)}
}

// A Checklist is the list of measures of one method.
type Checklist struct {
	Method      *Method
	Preparation []*Measure
	Groups      []Group // one for each priority, most urgent first
}

// A Group holds the measures of one priority.
type Group struct {
	Priority *Priority
	Measures []*Measure
}

// Checklist returns the checklist of a method, each list by number.
func (h *Handbook) Checklist(m *Method) Checklist {
	list := Checklist{Method: m}
	for _, p := range h.Priorities {
		list.Groups = append(list.Groups, Group{Priority: p})
	}
	for _, measure := range h.Measures {
		if measure.Preparation {
			list.Preparation = append(list.Preparation, measure)
			continue
		}
		for i := range list.Groups {
			if measure.PrioritySlug[m.Slug] == list.Groups[i].Priority.Slug {
				list.Groups[i].Measures = append(list.Groups[i].Measures, measure)
			}
		}
	}
	return list
}

// Priority returns the priority a measure has for a method, or nil.
func (h *Handbook) Priority(measure *Measure, m *Method) *Priority {
	return bySlug(h.Priorities, measure.PrioritySlug[m.Slug])
}

// Page returns the page with the given slug, or nil.
func (h *Handbook) Page(slug string) *Page { return bySlug(h.Pages, slug) }

// On reports whether the measure stands on the method's checklist.
func (m *Measure) On(method *Method) bool {
	return m.Preparation || m.PrioritySlug[method.Slug] != ""
}

// Against reports whether the measure protects against the threat.
func (m *Measure) Against(t *Threat) bool { return slices.Contains(m.Threats, t) }

// bySlug returns the record with the given slug, or the zero value (nil).
func bySlug[T interface{ record() *Record }](records []T, slug string) T {
	for _, r := range records {
		if r.record().Slug == slug {
			return r
		}
	}
	var none T
	return none
}

func slugs[T interface{ record() *Record }](records []T) []string {
	var list []string
	for _, r := range records {
		list = append(list, r.record().Slug)
	}
	return list
}

// EachBody calls use for every text of the handbook.
func (h *Handbook) EachBody(use func(*Record, *Body)) {
	for _, m := range h.Methods {
		use(&m.Record, m.Body)
	}
	for _, m := range h.Measures {
		use(&m.Record, m.Body)
	}
	for _, t := range h.Threats {
		use(&t.Record, t.Body)
	}
	for _, p := range h.Pages {
		use(&p.Record, p.Body)
	}
	for _, g := range h.Guides {
		use(&g.Record, g.Body)
	}
	for _, t := range h.Terms {
		use(&t.Record, t.Body)
	}
	for _, c := range h.Contacts {
		use(&c.Record, c.Body)
	}
	for _, r := range h.References {
		use(&r.Record, r.Body)
	}
	for _, l := range h.Lifecycles {
		use(&l.Record, l.Body)
	}
	for _, c := range h.Changes {
		use(&c.Record, c.Body)
	}
}
