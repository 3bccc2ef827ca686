package site

import "tebiki/generator/handbook"

// A componentsPage shows every component in every state.
type componentsPage struct {
	Page
	Method  *handbook.Method
	Measure *handbook.Measure // any one; nil when there is none
	Answer  answerBox
	Threats []Link
}

func (b *builder) componentsRow() Row {
	return b.row(componentsAddress, "components", func() any {
		p := &componentsPage{
			Page:   b.page(componentsAddress, "components", "Components", "Every component in every state.", ""),
			Method: b.Handbook.Methods[0],
		}
		if len(b.Handbook.Measures) > 0 {
			p.Measure = b.Handbook.Measures[0]
			p.Answer = newAnswerBox(p.Measure)
		}
		p.Threats = p.threatLinks(b.Handbook.Threats)
		return p
	})
}
