package handbook

import (
	"maps"
	"slices"
	"strings"
	"time"

	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// A Framework (枠組み) is a list of what somebody else asks of a company. Which measures speak to
// which of it is the editors' judgement.
//
// It has items, which are shown on a page, or only identifiers, which stand in the table of all
// frameworks.
type Framework struct {
	source.Record
	Number      int               `toml:"number"`
	Title       string            `toml:"title"`
	Short       string            `toml:"short"` // in tables
	Owner       string            `toml:"owner"`
	Edition     string            `toml:"edition"`
	URL         string            `toml:"url,optional"`
	Checked     time.Time         `toml:"checked"`
	Summary     string            `toml:"summary"`
	SourceNote  string            `toml:"source_note,optional"` // how sure it is
	Items       []*FrameworkItem  `toml:"item,optional"`
	Identifiers map[string]string `toml:"identifiers,optional"` // measure → what it speaks to
	Body        *markdown.Body
}

// A FrameworkItem is one thing that is asked, in the editors' own few words; its slug is its number.
type FrameworkItem struct {
	source.Record
	Subject   string   `toml:"subject"`
	Detail    string   `toml:"detail,optional"`
	MainSlugs []string `toml:"main,optional"` // measures that are most of it
	PartSlugs []string `toml:"part,optional"` // measures that help with a part

	Main, Part []*Measure
}

func (f *Framework) resolve(h *Handbook, report reporter) {
	items := f.Items
	f.Items = nil
	for _, item := range items {
		one := *item // what was read stays as it is
		one.Main = h.measures.all(&one.Record, "main", "対策", one.MainSlugs, report)
		one.Part = h.measures.all(&one.Record, "part", "対策", one.PartSlugs, report)
		f.Items = append(f.Items, &one)
	}
	for _, slug := range slices.Sorted(maps.Keys(f.Identifiers)) {
		h.measures.all(&f.Record, "identifiers."+slug, "対策", []string{slug}, report)
	}
}

func (f *Framework) check(_ *Handbook, report reporter) {
	checkURL(&f.Record, "url", f.URL, report)
	checkNamed(&f.Record, f.Body, report)
	if f.Has("item") == f.Has("identifiers") && !f.Unread() {
		report(f.Problem("", "[item.名前] の表か [identifiers] の表の、どちらか一つを書いてください"))
	}
	if !f.Has("item") && len(f.Body.Texts()) > 0 && !f.Unread() {
		report(f.Problem("", "[identifiers] だけの枠組みにはページがないので、本文は出ません（本文を消してください）"))
	}
	for _, item := range f.Items {
		for _, slug := range item.PartSlugs {
			if slices.Contains(item.MainSlugs, slug) {
				report(item.Problem("part", "対策 %q は main にもあります（どちらかから消してください）", slug))
			}
		}
	}
}

// Numbers returns the numbers of the items that a measure speaks to, where the framework has only
// identifiers.
func (f *Framework) Numbers(m *Measure) []string {
	return strings.FieldsFunc(f.Identifiers[m.Slug], func(r rune) bool { return r == ',' || r == ' ' })
}

// Gaps returns the items that the measures do not answer: no measure is most of them.
func (f *Framework) Gaps() []*FrameworkItem {
	return slices.DeleteFunc(slices.Clone(f.Items), func(item *FrameworkItem) bool { return len(item.Main) > 0 })
}
