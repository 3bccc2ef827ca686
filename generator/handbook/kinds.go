package handbook

import (
	"cmp"
	"reflect"
	"slices"
	"time"

	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// A kind is a folder of the content: records of one type, a file each. Files that are one record
// (edition, flow, survey, self-test) and the vocabularies of the edition are no kinds.
type kind struct {
	folder  string
	form    Form
	read    func(h *Handbook, from *source.Reader, texts *markdown.Parser)
	resolve func(h *Handbook, report reporter)
	check   func(h *Handbook, report reporter, today time.Time)
	bodies  func(h *Handbook, use func(*source.Record, *markdown.Body))
	draft   func(h *Handbook, slug string, d source.Draft) string // nil when editors begin none by command
	each    func(h *Handbook, use func(record any))
	gone    func(h *Handbook) *gone // where others look for its records; nil when none names them

	published  func(h *Handbook) publishedList
	unpromised bool // a handbook need not list these in published.toml
}

// kinds are all folders, in the order in which they are read and resolved: what a record is joined
// to from both sides comes first.
var kinds = []kind{
	kindOf("methods", func(h *Handbook) *[]*Method { return &h.Methods }, def[Method]{
		body:     func(m *Method) **markdown.Body { return &m.Body },
		sections: func(h *Handbook) source.Labels { return h.Sections.Method },
		number:   func(m *Method) int { return m.Number }, numbered: "方式の番号",
		reviewed: func(m *Method) time.Time { return m.Reviewed },
		resolve:  (*Method).resolve,
		check:    (*Method).check,
		draft:    (*Handbook).draftMethod,
		gone:     func(h *Handbook) *gone { return &h.methods.gone },
	}),
	kindOf("threats", func(h *Handbook) *[]*Threat { return &h.Threats }, def[Threat]{
		body:     func(t *Threat) **markdown.Body { return &t.Body },
		sections: func(h *Handbook) source.Labels { return h.Sections.Threat },
		number:   func(t *Threat) int { return t.Number }, numbered: "脅威の番号",
		reviewed: func(t *Threat) time.Time { return t.Reviewed },
		check:    (*Threat).check,
		draft:    func(_ *Handbook, slug string, _ int) map[string]any { return map[string]any{"name": slug} },
		gone:     func(h *Handbook) *gone { return &h.threats.gone },
	}),
	kindOf("measures", func(h *Handbook) *[]*Measure { return &h.Measures }, def[Measure]{
		body:     func(m *Measure) **markdown.Body { return &m.Body },
		sections: func(h *Handbook) source.Labels { return h.Sections.Measure },
		order:    func(a, b *Measure) int { return compareNumbers(a.Number, b.Number) },
		reviewed: func(m *Measure) time.Time { return m.Reviewed },
		resolve:  (*Measure).resolve,
		check:    (*Measure).check,
		draft:    func(h *Handbook, slug string, _ int) map[string]any { return h.draftMeasure(slug) },
		gone:     func(h *Handbook) *gone { return &h.measures.gone },
	}),
	kindOf("pages", func(h *Handbook) *[]*Page { return &h.Pages }, def[Page]{
		body:     func(p *Page) **markdown.Body { return &p.Body },
		reviewed: func(p *Page) time.Time { return p.Reviewed },
		check:    (*Page).check,
		draft: func(_ *Handbook, slug string, _ int) map[string]any {
			return map[string]any{"title": slug, "label": slug}
		},
		gone: func(h *Handbook) *gone { return &h.pages.gone },
	}),
	kindOf("changes", func(h *Handbook) *[]*Change { return &h.Changes }, def[Change]{
		body:       func(c *Change) **markdown.Body { return &c.Body },
		listed:     true,
		order:      newestFirst,
		unpromised: true,
		check:      (*Change).check,
	}),
	kindOf("guides", func(h *Handbook) *[]*Guide { return &h.Guides }, def[Guide]{
		body:     func(g *Guide) **markdown.Body { return &g.Body },
		sections: func(h *Handbook) source.Labels { return h.Sections.Guide },
		number:   func(g *Guide) int { return g.Number }, numbered: "ガイドの番号",
		reviewed: func(g *Guide) time.Time { return g.Checked },
		resolve:  (*Guide).resolve,
		check:    (*Guide).check,
		draft:    func(h *Handbook, slug string, _ int) map[string]any { return h.draftGuide(slug) },
		gone:     func(h *Handbook) *gone { return &h.guides.gone },
	}),
	kindOf("terms", func(h *Handbook) *[]*Term { return &h.Terms }, def[Term]{
		body:     func(t *Term) **markdown.Body { return &t.Body },
		listed:   true,
		order:    byReading,
		reviewed: func(t *Term) time.Time { return t.Reviewed },
		check:    (*Term).check,
		draft:    func(h *Handbook, slug string, _ int) map[string]any { return h.draftTerm(slug) },
		gone:     func(h *Handbook) *gone { return &h.terms.gone },
	}),
	kindOf("contacts", func(h *Handbook) *[]*Contact { return &h.Contacts }, def[Contact]{
		body:   func(c *Contact) **markdown.Body { return &c.Body },
		listed: true,
		number: func(c *Contact) int { return c.Number }, numbered: "相談先の番号",
		reviewed:   func(c *Contact) time.Time { return c.Checked },
		checkDay:   (*Contact).check,
		unpromised: true,
		draft:      func(_ *Handbook, slug string, _ int) map[string]any { return map[string]any{"name": slug} },
		gone:       func(h *Handbook) *gone { return &h.contacts.gone },
	}),
	kindOf("incidents", func(h *Handbook) *[]*Incident { return &h.Incidents }, def[Incident]{
		body:     func(i *Incident) **markdown.Body { return &i.Body },
		sections: func(h *Handbook) source.Labels { return h.Sections.Incident },
		number:   func(i *Incident) int { return i.Number }, numbered: "事故の番号",
		reviewed: func(i *Incident) time.Time { return i.Checked },
		resolve:  (*Incident).resolve,
		check:    (*Incident).check,
	}),
	kindOf("frameworks", func(h *Handbook) *[]*Framework { return &h.Frameworks }, def[Framework]{
		body:   func(f *Framework) **markdown.Body { return &f.Body },
		number: func(f *Framework) int { return f.Number }, numbered: "枠組みの番号",
		reviewed: func(f *Framework) time.Time { return f.Checked },
		resolve:  (*Framework).resolve,
		check:    (*Framework).check,
	}),
	kindOf("references", func(h *Handbook) *[]*Reference { return &h.References }, def[Reference]{
		body:   func(r *Reference) **markdown.Body { return &r.Body },
		listed: true,
		number: func(r *Reference) int { return r.Number }, numbered: "資料の番号",
		reviewed:   func(r *Reference) time.Time { return r.Checked },
		check:      (*Reference).check,
		unpromised: true,
		gone:       func(h *Handbook) *gone { return &h.references.gone },
	}),
	kindOf("lifecycles", func(h *Handbook) *[]*Lifecycle { return &h.Lifecycles }, def[Lifecycle]{
		body:   func(l *Lifecycle) **markdown.Body { return &l.Body },
		listed: true,
		number: func(l *Lifecycle) int { return l.Number }, numbered: "期限の番号",
		reviewed: func(l *Lifecycle) time.Time { return l.Checked },
		resolve:  (*Lifecycle).resolve,
	}),
	kindOf("survey", func(h *Handbook) *[]*Chart { return &h.Charts }, def[Chart]{
		number: func(c *Chart) int { return c.Number }, numbered: "図の番号",
		resolve: (*Chart).resolve,
		check:   (*Chart).check,
	}),
}

// A def says what is particular to a kind. Everything may be left out.
type def[T any] struct {
	body     func(*T) **markdown.Body      // the files are Markdown; without, TOML
	sections func(*Handbook) source.Labels // the level 2 headings that each text must have
	listed   bool                          // the text stands in a list, where no headings may be
	order    func(a, b *T) int             // without, by number
	number   func(*T) int
	numbered string             // what the number is called in problems
	reviewed func(*T) time.Time // when the record was last compared with the world
	resolve  func(*T, *Handbook, reporter)
	check    func(*T, *Handbook, reporter)
	checkDay func(*T, reporter, time.Time)
	gone     func(*Handbook) *gone // of its index, where other records name these

	// unpromised: a handbook need not list these in published.toml. Others it must, where it has any.
	unpromised bool

	// draft gives the values of a new record by field, for what has to name other records or to differ
	// from them. The number is the next one that is free.
	draft func(h *Handbook, slug string, number int) map[string]any
}

// kindOf makes a kind of a folder and of the list that its records go to. Only here the type of the
// records is forgotten.
func kindOf[T any, P interface {
	*T
	record
}](folder string, list func(*Handbook) *[]*T, d def[T]) kind {
	self := func(t *T) *source.Record { return P(t).Self() }
	k := kind{folder: folder, form: Form{folder + "/", reflect.TypeFor[T](), d.body != nil}, gone: d.gone, unpromised: d.unpromised}
	k.published = func(h *Handbook) publishedList {
		var records []*source.Record
		for _, t := range *list(h) {
			records = append(records, self(t))
		}
		return listOf(&h.published, k.form, records)
	}
	k.read = func(h *Handbook, from *source.Reader, texts *markdown.Parser) {
		var below func(*T, source.Text) ([]string, []source.Problem)
		if d.body != nil {
			below = func(t *T, text source.Text) ([]string, []source.Problem) {
				body, problems := texts.Parse(text)
				*d.body(t) = body
				return body.Texts(), problems
			}
		}
		records := source.Records[T, P](from, folder, below)
		for _, t := range records {
			if d.body != nil && *d.body(t) == nil {
				*d.body(t) = &markdown.Body{} // of a file that cannot be read
			}
		}
		switch {
		case d.order != nil:
			slices.SortStableFunc(records, d.order)
		case d.number != nil:
			slices.SortStableFunc(records, func(a, b *T) int { return cmp.Compare(d.number(a), d.number(b)) })
		}
		*list(h) = records
	}
	k.resolve = func(h *Handbook, report reporter) {
		for _, t := range *list(h) {
			if d.sections != nil {
				*d.body(t) = nameSections(*d.body(t), d.sections(h), self(t), report)
			}
			if d.resolve != nil {
				d.resolve(t, h, report)
			}
		}
	}
	k.check = func(h *Handbook, report reporter, today time.Time) {
		if d.number != nil {
			checkNumbers(*list(h), d.number, self, d.numbered, report)
		}
		lookForUnended(*list(h), self, h.Style.End, report)
		for _, t := range *list(h) {
			if d.reviewed != nil {
				h.checkReview(self(t), d.reviewed(t), today, report)
			}
			if d.listed {
				if body := *d.body(t); body.Read && !self(t).Unread() && body.Lead.Empty() && len(body.Sections) == 0 {
					report(self(t).ProblemAt(self(t).End()+1, "本文がありません（「+++」の行の下に、一つか二つの文を書いてください）"))
				}
				for _, s := range (*d.body(t)).Sections {
					report(self(t).ProblemAt(s.Line, "ここの本文に見出しは書けません（段落と箇条書きで書いてください）"))
				}
			}
			if d.check != nil {
				d.check(t, h, report)
			}
			if d.checkDay != nil {
				d.checkDay(t, report, today)
			}
		}
	}
	k.bodies = func(h *Handbook, use func(*source.Record, *markdown.Body)) {
		if d.body == nil {
			return
		}
		for _, t := range *list(h) {
			use(self(t), *d.body(t))
		}
	}
	if d.draft != nil {
		k.draft = func(h *Handbook, slug string, draft source.Draft) string {
			number := 1
			if d.number != nil {
				for _, t := range *list(h) {
					number = max(number, d.number(t)+1)
				}
			}
			draft.Values = d.draft(h, slug, number)
			if d.number != nil {
				draft.Values["number"] = number
			}
			var sections source.Labels
			if d.sections != nil {
				sections = d.sections(h)
			}
			return draftText[T](draft, sections)
		}
	}
	k.each = func(h *Handbook, use func(any)) {
		for _, t := range *list(h) {
			use(t)
		}
	}
	return k
}

// checkNumbers reports numbers below 1 and numbers given twice.
func checkNumbers[T any](records []*T, number func(*T) int, self func(*T) *source.Record, numbered string, report reporter) {
	for _, t := range records {
		if r := self(t); r.Has("number") && number(t) < 1 {
			report(r.Problem("number", "番号は1以上にしてください"))
		}
	}
	unique(records, self, "number", numbered, number, report)
}
