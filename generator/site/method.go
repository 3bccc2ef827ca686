package site

import (
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/markdown"
)

// A methodPage shows a method.
type methodPage struct {
	Page
	Method  *handbook.Method
	Paths   []*handbook.Branch // of the flow, that end at it
	Drawing drawing
}

func (b *builder) methodRows() []Row {
	return recordRows(b, b.Handbook.Methods, "method", methodAddress,
		func(m *handbook.Method) *markdown.Body { return m.Body }, func(m *handbook.Method) time.Time { return m.Reviewed }, func(i int) any { return b.method(i) })
}

func (b *builder) method(i int) *methodPage {
	m := b.Handbook.Methods[i]
	p := &methodPage{
		Page:    b.page(methodAddress(m), "method", m.Name, m.Summary, "methods"),
		Method:  m,
		Drawing: b.draw(&m.Diagram),
	}
	p.Reviewed = m.Reviewed
	p.Pictured = m
	p.Text = p.text(m.Body)
	p.Contents = append([]Link{{"#signs", b.words.Text("method.signs")}}, contents(m.Body)...)
	p.Previous, p.Next = neighbours(b.Handbook.Methods, i, func(m *handbook.Method) Link { return Link{p.ToMethod(m), m.Mark + " " + m.Name} })
	for _, end := range b.Handbook.Flow.Ends() {
		if end.Method == m {
			p.Paths = append(p.Paths, end)
		}
	}
	return p
}

func (b *builder) methodDocs(add adder) {
	method := b.words.Text("common.method")
	for i, m := range b.Handbook.Methods {
		d := add(methodAddress(m), m.Mark+" "+m.Name, m.Short, method+m.Mark)
		d.Add("", "", append([]string{m.Summary}, m.Signs...)...)
		addBody(d, m.Body)
		d.Methods = []int{i}
	}
}

// methodsKind compares the methods.
var methodsKind = pageKind{slug: "methods", layout: "methods", needed: always, view: plainView,
	date: func(h *handbook.Handbook) time.Time {
		return newest(h.Methods, func(m *handbook.Method) time.Time { return m.Reviewed })
	},
}

func methodAddress(m *handbook.Method) string { return "methods/" + m.Slug + ".html" }
