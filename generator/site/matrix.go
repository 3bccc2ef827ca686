package site

import (
	"time"

	"tebiki/generator/handbook"
)

// A matrixPage is the table of measures, threats and methods.
type matrixPage struct {
	recordPage
	Rows []matrixRow
}

// A matrixRow holds one measure against all threats and methods.
type matrixRow struct {
	*handbook.Measure
	Href    string
	Threats []matrixThreat
	Methods []matrixMethod
}

// A matrixThreat says whether the measure protects against a threat.
type matrixThreat struct {
	Name    string
	Against bool
}

// A matrixMethod says how the measure stands on a method's checklist.
type matrixMethod struct {
	Mark     string
	Listed   bool
	Priority *handbook.Priority // nil for a preparation
}

var matrixKind = pageKind{
	slug: "matrix", layout: "matrix", needed: never, alone: true,
	date: func(h *handbook.Handbook) time.Time { return newest(h.Measures, measureDate) },
	view: func(p recordPage) any {
		p.Extra = matrixExtra
		view := &matrixPage{recordPage: p}
		for _, m := range p.Handbook.Measures {
			row := matrixRow{Measure: m, Href: p.ToMeasure(m)}
			for _, t := range p.Handbook.Threats {
				row.Threats = append(row.Threats, matrixThreat{t.Name, m.Against(t)})
			}
			for _, method := range p.Handbook.Methods {
				cell := matrixMethod{Mark: method.Mark}
				if listing := m.On(method); listing != nil {
					cell.Listed, cell.Priority = true, listing.Priority
				}
				row.Methods = append(row.Methods, cell)
			}
			view.Rows = append(view.Rows, row)
		}
		return view
	},
}
