package handbook

import (
	"time"

	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// A Guide (設定ガイド) tells how to set up one product for several measures.
type Guide struct {
	source.Record
	Number       int       `toml:"number"`
	Title        string    `toml:"title"`
	Product      string    `toml:"product"`
	Vendor       string    `toml:"vendor,optional"`
	VendorURL    string    `toml:"vendor_url,optional"` // the vendor's own documentation
	Version      string    `toml:"version"`             // what the steps were written for
	Checked      time.Time `toml:"checked"`
	Summary      string    `toml:"summary"`
	MeasureSlugs []string  `toml:"measures"`
	Body         *markdown.Body

	Measures []*Measure
}

func (g *Guide) resolve(h *Handbook, report reporter) {
	g.Measures = h.measures.all(&g.Record, "measures", "対策", g.MeasureSlugs, report)
	for _, m := range g.Measures {
		m.Guides = append(m.Guides, g)
	}
}

func (g *Guide) check(_ *Handbook, report reporter) {
	checkURL(&g.Record, "vendor_url", g.VendorURL, report)
}
