package site

import (
	"cmp"
	"slices"
	"strings"

	"tebiki/generator/handbook"
	"tebiki/generator/searchindex"
)

// A showPage lists what can be made of the answers (見せる).
type showPage struct {
	recordPage
	Company   companyLine
	Boss      string // link to the page for whoever decides
	Asking    string // link to the questions to the vendor, empty when there are none
	Rules     string // link to the rules of all methods
	Handout   string // link to the handout of all methods
	Days      string // link to the calendar
	DaysText  string // what it has
	Compare   string // link to a company against what it was
	Companies string // link to the companies side by side
	Methods   []showMethod
	Sheets    bool // there are emergency sheets
	Papers    []*handbook.Page
}

// A showMethod is a row of the documents of a method.
type showMethod struct {
	*handbook.Method
	Checklist, Rules, Handout string // links
}

var showKind = pageKind{
	slug: "show", layout: "show", needed: never, alone: true,
	view: func(p recordPage) any {
		view := &showPage{
			recordPage: p, Company: p.companyLine(""),
			Boss: p.Root + bossAddress, Rules: p.Root + allRulesAddress, Handout: p.Root + allHandoutAddress, Days: p.Root + calendarAddress,
			Compare: p.Root + compareAddress, Companies: p.Root + companiesAddress,
			Sheets: len(p.Handbook.Incidents) > 0,
		}
		view.DaysText = p.daysText()
		view.Extra = showExtra
		if p.asks() {
			view.Asking = p.Root + questionsAddress
		}
		for _, page := range p.Handbook.Pages {
			if page.Document {
				view.Papers = append(view.Papers, page)
			}
		}
		for _, m := range p.Handbook.Methods {
			view.Methods = append(view.Methods, showMethod{m, p.ToChecklist(m), p.Root + rulesAddress(m), p.Root + handoutAddress(m)})
		}
		return view
	},
	found: func(b *builder, d *searchindex.Doc) {
		d.Add("", b.words.Text("show.boss"), b.words.Text("show.boss_text"))
		d.Add("", b.words.Text("show.rules"), b.words.Text("show.rules_text"))
		if b.asks() {
			d.Add("", b.words.Text("show.questions"), b.words.Text("show.questions_text"))
		}
		d.Add("", b.words.Text("show.compare"), b.words.Text("show.compare_text"))
		d.Add("", b.words.Text("show.companies"), b.words.Text("show.companies_text"))
		d.Add("", b.words.Text("show.handout"), b.words.Text("show.handout_text"))
		d.Add("", b.words.Text("show.calendar"), b.daysText())
	},
}

// A documentPage is a document that is made of the measures of a method, or of all. It stands whole in
// the page; the script adapts it to a company's answers.
type documentPage struct {
	Page
	Method   *handbook.Method // nil for all
	Company  companyLine
	Chapters []chapter
	Calls    []*handbook.Helper // whom employees call
	Sheet    string             // link to where their numbers are given, "" for none
}

// A chapter of a document: a part of the rules (章), or a scene of the handout (場面).
type chapter struct {
	Name    string
	Number  int
	Clauses []clause
}

// A clause of a document: a clause of the rules (条), or what employees do.
type clause struct {
	Number    int
	answerBox          // of the measure; none where the chapter itself says it
	In        string   // slugs of its methods, where the document is about all
	Text      []string // with the company's name between
}

// Shows reports whether the handbook has the page of what can be made of the answers. One that has it
// not has no documents either, and no workbooks.
func (b *builder) Shows() bool { return b.Handbook.Page(showKind.slug) != nil }

// asks reports whether any measure has a question to the vendor.
func (b *builder) asks() bool {
	return slices.ContainsFunc(b.Handbook.Measures, func(m *handbook.Measure) bool { return m.Ask != "" })
}

func (b *builder) showRows() []Row {
	if !b.Shows() {
		return nil
	}
	rows := []Row{
		b.row(bossAddress, "boss", func() any { return b.boss() }),
		b.row(allRulesAddress, "rules", func() any { return b.allRules() }),
		b.row(allHandoutAddress, "handout", func() any { return b.allHandout() }),
		b.row(calendarAddress, "calendar", func() any { return b.calendar() }),
		b.row(compareAddress, "compare", func() any { return b.compare() }),
		b.row(companiesAddress, "companies", func() any { return b.companies() }),
	}
	if b.asks() {
		rows = append(rows, b.row(questionsAddress, "questions", func() any { return b.questions() }))
	}
	for i := range rows {
		rows[i].Date = newest(b.Handbook.Measures, measureDate)
	}
	for _, m := range b.Handbook.Methods {
		for _, row := range []Row{
			b.row(rulesAddress(m), "rules", func() any { return b.rules(m) }),
			b.row(handoutAddress(m), "handout", func() any { return b.handout(m) }),
		} {
			row.Date = checklistDate(m)
			rows = append(rows, row)
		}
	}
	return rows
}

func (b *builder) document(measures []*handbook.Measure, address, layout, title, description string) *documentPage {
	p := &documentPage{Page: b.page(address, layout, title, description, showKind.slug)}
	p.Extra = showExtra
	p.Company = p.companyLine("")
	for _, measure := range measures {
		p.Reviewed = earlier(p.Reviewed, measure.Reviewed)
	}
	return p
}

// ofMethod makes a document one of a method.
func (p *documentPage) ofMethod(m *handbook.Method) *documentPage {
	p.Pictured = m
	p.Method = m
	p.Company = p.companyLine(m.Slug)
	return p
}

func (b *builder) rules(m *handbook.Method) *documentPage {
	return b.rulesOf(m.Measures, rulesAddress(m), b.rulesTitle(m), b.words.Text("rules.description", "method", m.Mark)).ofMethod(m)
}

// allRules returns the rules of a company that uses several methods.
func (b *builder) allRules() *documentPage {
	return b.rulesOf(b.Handbook.Measures, allRulesAddress, b.words.Text("rules.all"), b.words.Text("rules.all_description")).ofAll()
}

// ofAll makes a document one of all methods: the script leaves out what none of a company's methods asks
// for.
func (p *documentPage) ofAll() *documentPage {
	for _, c := range p.Chapters {
		for i, clause := range c.Clauses {
			if clause.Measure == nil {
				continue
			}
			var in []string
			for _, listing := range clause.Measure.Listings {
				in = append(in, listing.Method.Slug)
			}
			c.Clauses[i].In = strings.Join(in, " ")
		}
	}
	return p
}

// rulesOf returns a draft of a company's rules (規程), in the chapters that the edition names; in its
// categories where it names none.
func (b *builder) rulesOf(measures []*handbook.Measure, address, title, description string) *documentPage {
	p := b.document(measures, address, "rules", title, description)
	number := 0
	for _, part := range b.parts(measures, b.Handbook.Chapters, func(m *handbook.Measure) *handbook.Part { return m.Chapter }) {
		c := chapter{Name: part.Name, Number: len(p.Chapters) + 1}
		for _, text := range part.Clauses {
			number++
			c.Clauses = append(c.Clauses, clause{Number: number, Text: strings.Split(text, handbook.CompanyMark)})
		}
		for _, measure := range part.measures {
			number++
			c.Clauses = append(c.Clauses, clause{Number: number, answerBox: newAnswerBox(measure), Text: []string{measure.Rule}})
		}
		p.Chapters = append(p.Chapters, c)
	}
	return p
}

// handout returns what the employees of a company do with a method.
func (b *builder) handout(m *handbook.Method) *documentPage {
	return b.handoutOf(m.Measures, handoutAddress(m), b.handoutTitle(m), b.words.Text("handout.description", "method", m.Mark)).ofMethod(m)
}

// allHandout returns what those of a company do that uses several methods.
func (b *builder) allHandout() *documentPage {
	return b.handoutOf(b.Handbook.Measures, allHandoutAddress, b.words.Text("handout.all"), b.words.Text("handout.all_description")).ofAll()
}

// handoutOf returns what employees do, by the scenes that the edition names; by its categories where it
// names none.
func (b *builder) handoutOf(measures []*handbook.Measure, address, title, description string) *documentPage {
	p := b.document(measures, address, "handout", title, description)
	for _, part := range b.parts(measures, b.Handbook.Scenes, func(m *handbook.Measure) *handbook.Part { return m.Scene }) {
		c := chapter{Name: part.Name}
		for _, text := range part.Clauses {
			c.Clauses = append(c.Clauses, clause{Text: strings.Split(text, handbook.CompanyMark)})
		}
		for _, measure := range part.measures {
			if measure.Handout != "" {
				c.Clauses = append(c.Clauses, clause{answerBox: newAnswerBox(measure), Text: []string{measure.Handout}})
			}
		}
		if len(c.Clauses) > 0 {
			p.Chapters = append(p.Chapters, c)
		}
	}
	for _, helper := range b.Handbook.Helpers {
		if helper.Staff {
			p.Calls = append(p.Calls, helper)
			p.Sheet = cmp.Or(p.toCall(helper), p.Sheet)
		}
	}
	return p
}

// A methodPart is a part of a document with the measures of a method that stand in it.
type methodPart struct {
	*handbook.Part
	measures []*handbook.Measure // by number
}

// parts divides measures among the parts of a document. Parts without any text are left out.
func (b *builder) parts(all []*handbook.Measure, parts []*handbook.Part, of func(*handbook.Measure) *handbook.Part) []methodPart {
	if len(parts) == 0 {
		byCategory := map[*handbook.Category]*handbook.Part{}
		for _, c := range b.Handbook.Categories {
			part := &handbook.Part{Name: c.Name}
			byCategory[c] = part
			parts = append(parts, part)
		}
		of = func(m *handbook.Measure) *handbook.Part { return byCategory[m.Category] }
	}
	measures := map[*handbook.Part][]*handbook.Measure{}
	for _, measure := range all {
		measures[of(measure)] = append(measures[of(measure)], measure)
	}
	var divided []methodPart
	for _, part := range parts {
		if len(part.Clauses)+len(measures[part]) > 0 {
			divided = append(divided, methodPart{part, measures[part]})
		}
	}
	return divided
}

func (b *builder) rulesTitle(m *handbook.Method) string {
	return b.words.Text("rules.title", "method", m.Mark+" "+m.Name)
}

func (b *builder) handoutTitle(m *handbook.Method) string {
	return b.words.Text("handout.title", "method", m.Mark+" "+m.Name)
}

func rulesAddress(m *handbook.Method) string   { return "rules/" + m.Slug + ".html" }
func handoutAddress(m *handbook.Method) string { return "handouts/" + m.Slug + ".html" }

// An answersPage is made of the answers by its script, which needs to know the handbook; until there are
// any, a notice stands there.
type answersPage struct {
	Page
	Company   companyLine
	Catalogue catalogue
	Plain     struct{ Title, Text string } // the notice
}

func (b *builder) ofAnswers(address, layout, extra, title, description, plainTitle, plain string) answersPage {
	p := answersPage{Page: b.page(address, layout, title, description, showKind.slug)}
	p.Extra = extra
	p.Company = p.companyLine("")
	p.Catalogue = p.catalogue()
	p.Plain.Title, p.Plain.Text = plainTitle, plain
	return p
}

// A bossPage is the page for whoever decides (社長に見せる1枚), about all methods of a company.
type bossPage struct {
	answersPage
	Peers  []peer
	Survey *handbook.Survey // nil when there are no peers
	Asked  string           // when the survey ended, in words
}

func (b *builder) boss() *bossPage {
	p := &bossPage{answersPage: b.ofAnswers(bossAddress, "boss", showExtra, b.words.Text("boss.title"), b.words.Text("boss.description"), b.words.Text("boss.plain_title"), b.words.Text("boss.plain"))}
	for _, m := range b.Handbook.Measures {
		p.Peers = append(p.Peers, p.peers(m)...)
	}
	// The page has room for a few: what most companies do.
	slices.SortStableFunc(p.Peers, func(a, b peer) int { return cmp.Compare(b.value, a.value) })
	if s := b.Handbook.Survey; s != nil && len(p.Peers) > 0 {
		p.Survey, p.Asked = s, b.asked()
	}
	return p
}

// questions returns what the company asks its vendor (業者への質問): of each measure whose state nobody
// knows.
func (b *builder) questions() *answersPage {
	p := b.ofAnswers(questionsAddress, "questions", showExtra, b.words.Text("questions.title"), b.words.Text("questions.description"), b.words.Text("questions.plain_title"), b.words.Text("questions.plain"))
	return &p
}

// A comparePage is about answers beside others: a company against what it was (前と比べる), or companies
// side by side (会社を並べる). These are no documents of one company's, and stand on a page of their own:
// what is printed of one company for its boss must never tell of another.
type comparePage struct {
	answersPage
	Compare string // link to a company against what it was
}

func (b *builder) compare() *comparePage {
	return comparing(b.ofAnswers(compareAddress, "compare", compareExtra, b.words.Text("compare.title"), b.words.Text("compare.description"), b.words.Text("compare.plain_title"), b.words.Text("compare.plain")))
}

func (b *builder) companies() *comparePage {
	return comparing(b.ofAnswers(companiesAddress, "companies", compareExtra, b.words.Text("companies.title"), b.words.Text("companies.description"), b.words.Text("companies.plain_title"), b.words.Text("companies.plain")))
}

func comparing(p answersPage) *comparePage {
	return &comparePage{p, p.Root + compareAddress}
}

func (b *builder) showDocs(add adder) {
	if !b.Shows() {
		return
	}
	add(bossAddress, b.words.Text("boss.title")).Add("", "", b.words.Text("boss.description"))
	if b.asks() {
		add(questionsAddress, b.words.Text("questions.title")).Add("", "", b.words.Text("questions.description"))
	}
	add(allRulesAddress, b.words.Text("rules.all")).Add("", "", b.words.Text("rules.all_description"))
	add(allHandoutAddress, b.words.Text("handout.all")).Add("", "", b.words.Text("handout.all_description"))
	b.calendarDoc(add)
	add(compareAddress, b.words.Text("compare.title")).Add("", "", b.words.Text("compare.description"))
	add(companiesAddress, b.words.Text("companies.title")).Add("", "", b.words.Text("companies.description"))
	for i, m := range b.Handbook.Methods {
		d := add(rulesAddress(m), b.rulesTitle(m))
		d.Add("", "", b.words.Text("rules.description", "method", m.Mark))
		d.Methods = []int{i}
		d = add(handoutAddress(m), b.handoutTitle(m))
		d.Add("", "", b.words.Text("handout.description", "method", m.Mark))
		d.Methods = []int{i}
	}
}

// toCall returns the link to the first emergency sheet that has a place for a helper's number, "" when
// none has.
func (p *Page) toCall(helper *handbook.Helper) string {
	for _, incident := range p.Handbook.Incidents {
		for _, call := range incident.Calls {
			if call.Helper == helper {
				return p.ToIncident(incident) + "#contact-" + helper.Slug
			}
		}
	}
	return ""
}
