package handbook

import (
	"time"

	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// A Reference (資料) is a document to read further.
type Reference struct {
	source.Record
	Number    int       `toml:"number"`
	Title     string    `toml:"title"`
	Publisher string    `toml:"publisher"`
	Published string    `toml:"published,optional"` // in words
	URL       string    `toml:"url,optional"`
	Checked   time.Time `toml:"checked"`
	Body      *markdown.Body
}

func (r *Reference) check(_ *Handbook, report reporter) { checkURL(&r.Record, "url", r.URL, report) }

// cited returns the document that a field names as a source, nil for none. When it was published
// belongs to a source.
func (h *Handbook) cited(r *source.Record, field, slug string, report reporter) *Reference {
	if slug == "" {
		return nil
	}
	found := h.references.all(r, field, "資料", []string{slug}, report)
	if len(found) == 0 {
		return nil
	}
	if found[0].Published == "" && !found[0].Unread() {
		report(r.Problem(field, "資料 %q は出典に使えません（references/%s.md に published を書いてください）", slug, slug))
	}
	return found[0]
}
