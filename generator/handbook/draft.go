package handbook

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"tebiki/generator/source"
)

// DraftKinds returns the kinds of records that can be drafted, by the names that Draft knows.
func DraftKinds() []string {
	var names []string
	for _, k := range kinds {
		if k.draft != nil {
			names = append(names, k.singular())
		}
	}
	return names
}

// singular is what one record of the kind is called.
func (k kind) singular() string { return strings.TrimSuffix(k.folder, "s") }

// A Drafted record is a file that is not in the content yet.
type Drafted struct {
	Folder, Slug string
	Text         string
	Listed       bool // published.toml is to name it
}

// Draft returns a record of one of the DraftKinds, with the next free number and with names that the
// content has where it must name something.
func (h *Handbook) Draft(name, slug string, today time.Time, meanings source.Meanings) Drafted {
	i := slices.IndexFunc(kinds, func(k kind) bool { return k.draft != nil && k.singular() == name })
	k := kinds[i]
	text := k.draft(h, slug, source.Draft{
		Today: today,
		Note:  func(field string) string { return meanings.Plain(k.folder+"/", field) },
	})
	listed := slices.ContainsFunc(h.publishedLists(), func(l publishedList) bool { return l.kind == k.folder })
	return Drafted{Folder: k.folder, Slug: slug, Text: text, Listed: listed}
}

// WasPublished reports whether a folder's record of this name was published once.
func (h *Handbook) WasPublished(folder, slug string) bool {
	return slices.ContainsFunc(h.publishedLists(), func(l publishedList) bool {
		return l.kind == folder && slices.Contains(l.listed, slug)
	})
}

// draftText writes out a record of a type and the sections that its text must have.
func draftText[T any](d source.Draft, sections source.Labels) string {
	var text strings.Builder
	fmt.Fprintf(&text, "+++\n%s+++\n", d.Write(reflect.TypeFor[T]()))
	for _, s := range sections {
		fmt.Fprintf(&text, "\n## %s\n\n%s\n", s.Text, source.Blank)
	}
	if len(sections) == 0 {
		fmt.Fprintf(&text, "\n%s\n", source.Blank)
	}
	return text.String()
}

// offer gives a field the first of some records, if the handbook has any: what it does not have its
// records need not name.
func offer[T record](values map[string]any, field string, records []T) {
	if names := slugs(records); len(names) > 0 {
		values[field] = source.Choice{Value: names[0], Of: names}
	}
}

// leaveOpen gives a field no record though the handbook has several: whichever stood there would say
// something that is true of others.
func leaveOpen[T record](values map[string]any, field string, records []T) {
	offer(values, field, records)
	if names := slugs(records); len(names) > 1 {
		values[field] = source.Choice{Value: source.Blank, Of: names}
	}
}

// offerList gives a field a list with the first of some records.
func offerList[T record](values map[string]any, field string, records []T) {
	names := slugs(records)
	values[field] = source.Choice{Value: names[:min(1, len(names))], Of: names}
}

func (h *Handbook) draftMethod(slug string, number int) map[string]any {
	icon := "person"
	for _, m := range h.Methods {
		for _, p := range m.Diagram.Places {
			for _, item := range p.Items {
				icon = item.ID // one that the layouts draw
			}
		}
	}
	values := map[string]any{
		"mark":  fmt.Sprint(number),
		"name":  slug,
		"short": slug,

		"diagram.place.first.item": source.Labels{{ID: icon, Text: source.Blank}},
	}
	if mostHave(h.Methods, (*Method).isDrawn) {
		values["diagram"] = nil // to be filled in, though others may leave it out
	}
	offer(values, "owner", h.Owners)
	offer(values, "access", h.Accesses)
	return values
}

func (h *Handbook) draftMeasure(slug string) map[string]any {
	values := map[string]any{"title": slug, "revision": 1}
	if mostHave(h.Measures, (*Measure).asks) {
		values["ask"] = source.Blank
	}
	offer(values, "category", h.Categories)
	leaveOpen(values, "origin", h.Origins)
	leaveOpen(values, "chapter", h.Chapters)
	offerList(values, "threats", h.Threats)
	offerList(values, "effort.who", h.Roles)
	if len(h.Categories) > 0 {
		values["number"] = nextNumber(h.Categories[0])
	}
	// The least urgent: an editor who says nothing promises the least.
	original := slices.DeleteFunc(slices.Clone(h.Priorities), func(p *Priority) bool { return p.Addition })
	if len(original) > 0 {
		var priority source.Labels
		for _, m := range h.Methods {
			priority = append(priority, source.Label{ID: m.Slug, Text: original[len(original)-1].Slug})
		}
		values["priority"] = priority
	}
	return values
}

func (h *Handbook) draftGuide(slug string) map[string]any {
	values := map[string]any{"title": slug, "product": slug}
	offerList(values, "measures", h.Measures)
	return values
}

// nextNumber returns the number after those of a category's measures.
func nextNumber(c *Category) string {
	last := 0
	for _, m := range c.Measures {
		var category, place int
		if n, _ := fmt.Sscanf(m.Number, "%d-%d", &category, &place); n == 2 {
			last = max(last, place)
		}
	}
	return fmt.Sprintf("%d-%d", c.Number, last+1)
}

func (h *Handbook) draftTerm(slug string) map[string]any {
	reading := slug
	if h.Language == "ja" {
		reading = "ここによみをかきます"
	}
	return map[string]any{"term": slug, "reading": reading}
}
