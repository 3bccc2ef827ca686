package handbook

import (
	"slices"
	"time"
	"unicode/utf8"

	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// An Incident (事故) is a case in which the first hour decides. Its lists are what stands on its
// emergency sheet, one page of paper; its text is what there is time to read before or after.
type Incident struct {
	source.Record
	Number       int           `toml:"number"`
	Title        string        `toml:"title"` // as somebody says who is in it
	Name         string        `toml:"name"`  // as it is called
	Signs        string        `toml:"signs"` // by which it is known
	Checked      time.Time     `toml:"checked"`
	First        string        `toml:"first"`          // what to do this minute
	Steps        []string      `toml:"steps"`          // then, in this order
	Never        []string      `toml:"never"`          // what makes it worse
	Write        []string      `toml:"write"`          // what to write down
	CallTexts    source.Labels `toml:"call,optional"`  // helper → what for
	AskTexts     source.Labels `toml:"ask,optional"`   // contact → what for
	GuideNames   source.Labels `toml:"guide,optional"` // guide → name of the heading of its steps
	ThreatSlugs  []string      `toml:"threats,optional"`
	MeasureSlugs []string      `toml:"measures,optional"`
	Body         *markdown.Body

	Calls    []Call // in the order of the file
	Asks     []Ask  // in the order of the file
	Guides   []Steps
	Threats  []*Threat
	Measures []*Measure
}

// A Helper is somebody to call of whom each company has its own.
type Helper struct {
	source.Record
	Name string `toml:"name"`
	Hint string `toml:"hint,optional"` // where the number is found
	// Staff says that employees call them, too: the number stands on what is handed out to them.
	Staff bool `toml:"staff,optional"`
}

// A Call is a helper to be called in a case, and what for.
type Call struct {
	Helper *Helper
	For    string
}

// An Ask is a public contact for a case, and what for.
type Ask struct {
	Contact *Contact
	For     string
}

// Steps are what a guide says under one of its headings.
type Steps struct {
	Guide   *Guide
	Heading string // its name
}

func (i *Incident) resolve(h *Handbook, report reporter) {
	for _, text := range i.CallTexts {
		if h.Edition.Unread() {
			break // which helpers there are is not known
		}
		for _, helper := range h.helpers.all(&i.Record, "call."+text.ID, "連絡先", []string{text.ID}, report) {
			i.Calls = append(i.Calls, Call{helper, text.Text})
		}
	}
	for _, text := range i.AskTexts {
		for _, contact := range h.contacts.all(&i.Record, "ask."+text.ID, "相談先", []string{text.ID}, report) {
			i.Asks = append(i.Asks, Ask{contact, text.Text})
		}
	}
	for _, name := range i.GuideNames {
		for _, guide := range h.guides.all(&i.Record, "guide."+name.ID, "ガイド", []string{name.ID}, report) {
			if guide.Body.Read && guide.Body.Anchor(name.Text) == 0 {
				report(i.Problem("guide."+name.ID, "ガイド %q に、名前 %q の見出しがありません（ガイドの見出しに {#%s} を付けるか、この名前を直してください）", name.ID, name.Text, name.Text))
			}
			i.Guides = append(i.Guides, Steps{guide, name.Text})
		}
	}
	i.Threats = h.threats.all(&i.Record, "threats", "脅威", i.ThreatSlugs, report)
	for _, t := range i.Threats {
		t.Incidents = append(t.Incidents, i)
	}
	i.Measures = h.measures.all(&i.Record, "measures", "対策", i.MeasureSlugs, report)
	for _, m := range i.Measures {
		m.Incidents = append(m.Incidents, i)
	}
}

// What a sheet of A4 holds: of each list so many entries, each of so many letters. A test of the
// printed pages makes sure that the fullest sheet fits.
const (
	maxSheetText  = 42 // of a sentence
	maxSheetBrief = 24 // of what to write down or to ask somebody
	maxSheetSteps = 8
	maxSheetNever = 5
	maxSheetWrite = 6
	maxSheetCalls = 7 // helpers and contacts
)

func (i *Incident) check(_ *Handbook, report reporter) {
	for _, list := range []struct {
		field        string
		texts        []string
		most, length int
	}{
		{"first", []string{i.First}, 1, maxSheetText},
		{"steps", i.Steps, maxSheetSteps, maxSheetText},
		{"never", i.Never, maxSheetNever, maxSheetText},
		{"write", i.Write, maxSheetWrite, maxSheetBrief},
	} {
		if i.Has(list.field) && len(list.texts) == 0 {
			report(i.Problem(list.field, "項目 %q に一つも書いてありません（一つは書いてください）", list.field))
		}
		i.checkFits(list.field, len(list.texts), list.most, report)
		i.checkTexts(list.field, list.texts, list.length, report)
	}
	for _, text := range i.CallTexts {
		i.checkTexts("call."+text.ID, []string{text.Text}, maxSheetBrief, report)
	}
	for _, text := range i.AskTexts {
		i.checkTexts("ask."+text.ID, []string{text.Text}, maxSheetBrief, report)
	}
	i.checkFits("call", len(i.CallTexts)+len(i.AskTexts), maxSheetCalls, report)
	for _, ask := range i.Asks {
		if !ask.Contact.Ended.IsZero() {
			report(i.Problem("ask."+ask.Contact.Slug, "相談先 %q は終わっています（消すか、ほかの相談先にしてください）", ask.Contact.Slug))
		}
	}
}

// checkFits reports more entries than the sheet has room for.
func (i *Incident) checkFits(field string, count, most int, report reporter) {
	if count > most {
		report(i.Problem(field, "A4の1枚に入りません（%s は %d 個までです。いまは %d 個あります）", field, most, count))
	}
}

// checkTexts reports entries that are too long to be read in a hurry.
func (i *Incident) checkTexts(field string, texts []string, most int, report reporter) {
	if long := slices.IndexFunc(texts, func(s string) bool { return utf8.RuneCountInString(s) > most }); long >= 0 {
		report(i.Problem(field, "%q は %d 文字あります（%d 文字までにしてください）", texts[long], utf8.RuneCountInString(texts[long]), most))
	}
}
