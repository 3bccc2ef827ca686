package site

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/markdown"
)

// Each record that has a page has a copy in Markdown beside it, and llms.txt lists the copies
// (llmstxt.org): for programs that read texts, and for people who paste them. Copies are taken to
// other places, so their links are whole addresses where the site's is known, and lead to pages,
// whose anchors are promised. They are of the web alone: who has the folder has its pages.

const llmsAddress = "llms.txt"

// A copied record is one that has a copy.
type copied struct {
	Address string // of its page
	Title   string
	Summary string // one sentence
	Date    time.Time
	write   func(w *markdownWriter) // what stands between the summary and where it comes from
}

// A copiedKind is a kind of pages that have copies.
type copiedKind struct {
	layout string
	list   string // slug of the page that lists them
	of     func(b *builder) []copied
}

// A copiedList is the copies of one kind.
type copiedList struct {
	Name    string
	Records []copied
}

// copyAddress returns the address of the copy of a page.
func copyAddress(page string) string { return strings.TrimSuffix(page, ".html") + ".md" }

// copiedKinds are the kinds that have copies, in the order of llms.txt.
var copiedKinds = []copiedKind{
	{layout: "method", list: methodsKind.slug, of: func(b *builder) []copied { return copiesOf(b.Handbook.Methods, b.methodCopy) }},
	{layout: "measure", list: measuresKind.slug, of: func(b *builder) []copied { return copiesOf(b.Handbook.Measures, b.measureCopy) }},
	{layout: "threat", list: threatsKind.slug, of: func(b *builder) []copied { return copiesOf(b.Handbook.Threats, b.threatCopy) }},
	{layout: "guide", list: guidesKind.slug, of: func(b *builder) []copied { return copiesOf(b.Handbook.Guides, b.guideCopy) }},
	{layout: "incident", list: incidentsKind.slug, of: func(b *builder) []copied { return copiesOf(b.Handbook.Incidents, b.incidentCopy) }},
	{layout: "framework", list: frameworksKind.slug, of: func(b *builder) []copied { return copiesOf(b.shownFrameworks(), b.frameworkCopy) }},
}

// copies returns all copies.
func (b *builder) copies() []copiedList {
	var lists []copiedList
	for _, kind := range copiedKinds {
		name := ""
		if page := b.Handbook.Page(kind.list); page != nil {
			name = page.Label
		}
		lists = append(lists, copiedList{name, kind.of(b)})
	}
	return append(lists, copiedList{b.words.Text("data.pages"), copiesOf(b.prosePages(), b.pageCopy)})
}

// hasCopy reports whether a page of a layout has a copy.
func hasCopy(layout, address string) bool {
	isText := layout == proseKind.layout || layout == paperKind.layout
	return (isText || slices.ContainsFunc(copiedKinds, func(k copiedKind) bool { return k.layout == layout })) && address != notFoundAddress
}

func copiesOf[T any](records []T, of func(T) copied) []copied {
	list := make([]copied, len(records))
	for i, record := range records {
		list[i] = of(record)
	}
	return list
}

// prosePages are the pages that are all text.
func (b *builder) prosePages() []*handbook.Page {
	return slices.DeleteFunc(slices.Clone(b.Handbook.Pages), func(p *handbook.Page) bool {
		return !p.Document && kindOf(p.Slug).layout != proseKind.layout || pageAddress(p) == notFoundAddress || isTaken(pageAddress(p))
	})
}

func (b *builder) copyRows() []Row {
	rows := []Row{{Address: llmsAddress, In: Web, Make: b.llms}}
	for _, list := range b.copies() {
		for _, record := range list.Records {
			rows = append(rows, Row{Address: copyAddress(record.Address), In: Web, Date: record.Date, Make: func(w Writer) error {
				b.writeCopy(w, record)
				return nil
			}})
		}
	}
	return rows
}

func (b *builder) writeCopy(out Writer, record copied) {
	w := &markdownWriter{Writer: out, b: b, root: b.baseURL}
	if w.root == "" {
		w.root = root(record.Address)
	}
	w.heading(1, record.Title)
	w.block("> " + escaped(record.Summary))
	record.write(w)
	w.block("---")
	h := b.Handbook
	source := escaped(b.Statement())
	if o := h.Follows(); o != nil {
		source += fmt.Sprintf(" [%s](%s)", escaped(o.Title), o.URL)
	}
	w.facts(
		fact{b.words.Text("data.page"), w.link(record.Address, h.Title)},
		fact{b.words.Text("footer.reviewed"), escaped(b.Date(record.Date))},
		fact{b.words.Text("data.source"), source},
		fact{b.words.Text("data.licence"), strings.TrimSpace(escaped(h.Licence) + " " + h.LicenceURL)},
	)
}

// llms lists the copies, and the files of data.
func (b *builder) llms(out Writer) error {
	w := &markdownWriter{Writer: out, b: b, root: b.baseURL}
	h := b.Handbook
	w.heading(1, h.Title)
	w.block("> " + escaped(h.Tagline))
	w.block(escaped(b.Statement()))
	if h.Licence != "" {
		w.block(escaped(h.Licence))
	}
	for _, list := range b.copies() {
		if len(list.Records) == 0 {
			continue
		}
		w.heading(2, list.Name)
		items := make([]string, len(list.Records))
		for i, record := range list.Records {
			items[i] = w.link(copyAddress(record.Address), record.Title) + ": " + escaped(record.Summary)
		}
		w.list(items)
	}
	w.heading(2, b.words.Text("download.data"))
	var items []string
	for _, file := range append(append(b.dataFiles(), b.surveyFiles()...), b.linkedFile(), b.schemaFile()) {
		items = append(items, w.link(file.Address, file.Name)+": "+escaped(file.Text))
	}
	w.list(items)
	return nil
}

func (b *builder) methodCopy(m *handbook.Method) copied {
	return copied{methodAddress(m), m.Mark + " " + m.Name, m.Summary, m.Reviewed, func(w *markdownWriter) {
		w.heading(2, b.words.Text("method.signs"))
		w.texts(m.Signs)
		w.body(m.Body)
		w.heading(2, b.words.Text("method.checklist"))
		var items []string
		add := func(mark string, measures []*handbook.Measure) {
			for _, measure := range measures {
				items = append(items, escaped(mark)+" "+w.link(measureAddress(measure), numbered(measure)))
			}
		}
		add(b.words.Text("common.preparation"), m.Preparation)
		for _, g := range m.Groups {
			add(g.Priority.Mark, g.Measures)
		}
		w.list(items)
	}}
}

func (b *builder) measureCopy(m *handbook.Measure) copied {
	return copied{measureAddress(m), numbered(m), m.Check, m.Reviewed, func(w *markdownWriter) {
		var listed, threats, roles []string
		for _, listing := range m.Listings {
			mark := b.words.Text("common.preparation")
			if listing.Priority != nil {
				mark = listing.Priority.Mark
			}
			listed = append(listed, escaped(mark)+" "+w.link(checklistAddress(listing.Method.Slug)+"#"+m.Slug, listing.Method.Short))
		}
		for _, t := range m.Threats {
			threats = append(threats, w.link(threatAddress(t), t.Name))
		}
		for _, role := range m.Effort.Roles {
			roles = append(roles, escaped(role.Name))
		}
		every := ""
		if m.Every > 0 {
			every = strconv.Itoa(m.Every)
		}
		w.facts(
			fact{b.words.Text("data.category"), escaped(m.Category.Name)},
			fact{b.words.Text("measure.checklists"), b.Names(listed)},
			fact{b.words.Text("measure.threats"), b.Names(threats)},
			fact{b.words.Text("measure.exception"), escaped(m.Exception)},
			fact{b.words.Text("data.time"), escaped(m.Effort.Time)},
			fact{b.words.Text("data.cost"), escaped(m.Effort.Cost)},
			fact{b.words.Text("measure.who"), b.Names(roles)},
			fact{b.words.Text("data.every"), every},
			fact{b.words.Text("measure.origin"), escaped(originName(m))},
		)
		w.body(m.Body)
		for _, note := range m.OwnerNotes {
			w.heading(2, b.words.Text("measure.owner_note", "owner", note.Owner.Name))
			w.block(escaped(note.Text))
		}
		w.section(b.words.Text("measure.rule"), m.Rule)
		w.section(b.words.Text("measure.handout"), m.Handout)
		w.section(b.words.Text("measure.ask"), m.Ask)
	}}
}

func (b *builder) threatCopy(t *handbook.Threat) copied {
	return copied{threatAddress(t), t.Name, t.Summary, t.Reviewed, func(w *markdownWriter) {
		w.body(t.Body)
		w.heading(2, b.words.Text("threat.measures"))
		w.measures(t.Measures)
	}}
}

func (b *builder) guideCopy(g *handbook.Guide) copied {
	return copied{guideAddress(g), g.Title, g.Summary, g.Checked, func(w *markdownWriter) {
		vendor := escaped(g.Vendor)
		if g.VendorURL != "" {
			vendor = fmt.Sprintf("[%s](%s)", vendor, g.VendorURL)
		}
		w.facts(fact{b.words.Text("guide.version"), escaped(g.Version)}, fact{b.words.Text("guide.vendor"), vendor})
		w.body(g.Body)
		w.heading(2, b.words.Text("guide.measures"))
		w.measures(g.Measures)
	}}
}

func (b *builder) incidentCopy(i *handbook.Incident) copied {
	return copied{incidentAddress(i), i.Title, i.Signs, i.Checked, func(w *markdownWriter) {
		w.section(b.words.Text("incident.first"), i.First)
		w.heading(2, b.words.Text("incident.steps"))
		w.steps(i.Steps)
		w.heading(2, b.words.Text("incident.never"))
		w.texts(i.Never)
		w.heading(2, b.words.Text("incident.calls"))
		var calls []string
		for _, call := range i.Calls {
			calls = append(calls, escaped(call.Helper.Name)+": "+escaped(call.For))
		}
		for _, ask := range i.Asks {
			calls = append(calls, w.link(contactAddress(ask.Contact), ask.Contact.Name)+": "+escaped(ask.For))
		}
		w.list(calls)
		w.heading(2, b.words.Text("incident.write"))
		w.texts(i.Write)
		w.body(i.Body)
	}}
}

func (b *builder) frameworkCopy(f *handbook.Framework) copied {
	return copied{frameworkAddress(f), f.Title, f.Summary, f.Checked, func(w *markdownWriter) {
		w.facts(
			fact{b.words.Text("framework.owner"), escaped(f.Owner)},
			fact{b.words.Text("framework.edition"), escaped(f.Edition)},
		)
		w.block(escaped(b.words.Text("framework.judgement", "owner", f.Owner)))
		if f.SourceNote != "" {
			w.block(escaped(f.SourceNote))
		}
		part := b.words.Text("framework.part")
		for _, item := range f.Items {
			w.heading(2, item.Slug+" "+item.Subject)
			if item.Detail != "" {
				w.block(escaped(item.Detail))
			}
			var measures []string
			for _, m := range item.Main {
				measures = append(measures, w.link(measureAddress(m), numbered(m)))
			}
			for _, m := range item.Part {
				measures = append(measures, w.link(measureAddress(m), numbered(m))+escaped(part))
			}
			w.list(measures)
		}
		w.body(f.Body)
	}}
}

func (b *builder) pageCopy(p *handbook.Page) copied {
	return copied{pageAddress(p), p.Title, p.Description, p.Reviewed, func(w *markdownWriter) { w.body(p.Body) }}
}

// A markdownWriter writes blocks with a line between them.
type markdownWriter struct {
	Writer
	b     *builder
	root  string // of all links: the site's address, or the way to its root
	begun bool   // something is written
}

// A fact is a line of a list: what it is, and its value in Markdown, "" for none.
type fact struct{ name, value string }

func (w *markdownWriter) block(text string) {
	if w.begun {
		w.WriteByte('\n')
	}
	w.begun = true
	w.WriteString(text)
	w.WriteByte('\n')
}

func (w *markdownWriter) heading(level int, text string) {
	w.block(strings.Repeat("#", level) + " " + escaped(text))
}

// section writes a text under a heading, if there is one.
func (w *markdownWriter) section(heading, text string) {
	if text != "" {
		w.heading(2, heading)
		w.block(escaped(text))
	}
}

func (w *markdownWriter) facts(facts ...fact) {
	var items []string
	for _, f := range facts {
		if f.value != "" {
			items = append(items, escaped(f.name)+": "+f.value)
		}
	}
	w.list(items)
}

// list writes items that are Markdown.
func (w *markdownWriter) list(items []string) {
	if len(items) > 0 {
		w.block("- " + strings.Join(items, "\n- "))
	}
}

// texts writes items that are plain.
func (w *markdownWriter) texts(items []string) {
	marked := make([]string, len(items))
	for i, item := range items {
		marked[i] = escaped(item)
	}
	w.list(marked)
}

// steps writes plain items that are done one after the other.
func (w *markdownWriter) steps(items []string) {
	var text []string
	for i, item := range items {
		text = append(text, strconv.Itoa(i+1)+". "+escaped(item))
	}
	w.block(strings.Join(text, "\n"))
}

func (w *markdownWriter) measures(measures []*handbook.Measure) {
	items := make([]string, len(measures))
	for i, m := range measures {
		items[i] = w.link(measureAddress(m), numbered(m))
	}
	w.list(items)
}

func (w *markdownWriter) body(body *markdown.Body) {
	if body.Lead.Markdown != "" {
		w.block(carried(body.Lead.Markdown, w.root))
	}
	for _, s := range body.Sections {
		w.heading(2, s.Heading)
		w.block(carried(s.Markdown, w.root))
	}
}

func (w *markdownWriter) link(address, title string) string {
	return "[" + escaped(title) + "](" + w.root + address + ")"
}

// marked are the letters that may mean something in a line of CommonMark.
var marked = func() *strings.Replacer {
	var pairs []string
	for _, letter := range "\\`*_[]<>&#~|" {
		pairs = append(pairs, string(letter), `\`+string(letter))
	}
	return strings.NewReplacer(append(pairs, "\n", " ")...)
}()

// escaped returns a plain text as Markdown that says the same, wherever in a block it stands.
func escaped(text string) string {
	text = marked.Replace(text)
	if begins := strings.TrimLeft(text, "0123456789"); begins != "" && strings.ContainsRune("-+=.)", rune(begins[0])) {
		at := len(text) - len(begins)
		if at == 0 || strings.ContainsRune(".)", rune(begins[0])) {
			return text[:at] + `\` + begins
		}
	}
	return text
}
