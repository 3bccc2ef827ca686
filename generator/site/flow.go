package site

import (
	"strings"

	"tebiki/generator/handbook"
	"tebiki/generator/searchindex"
)

// A flowPage shows the flowchart.
type flowPage struct {
	recordPage
	Branches []branch
	Ends     []flowEnd
	Embedded bool // in another site's frame
}

// A branch is an answer of the flowchart and what follows it: a question with its branches, or a
// method's checklist at the end.
type branch struct {
	Fragment string // of the flow's address: "owner=company&remote=yes"
	Answer   string
	Question string
	Branches []branch
	Method   *handbook.Method
	Href     string // of the method's checklist
}

// A flowEnd is a method with the ways through the flow that lead to it.
type flowEnd struct {
	Method *handbook.Method
	Ways   string // fragments, apart by spaces
}

var flowKind = pageKind{
	slug: "flow", layout: "flow", needed: always,
	view: func(p recordPage) any { return p.flow() },
	anchors: func(b *builder) []anchor {
		questions := b.Handbook.Flow.Questions
		anchors := append(named(questions, "question-", ""), named(questions, "missing-", "")...)
		for _, q := range questions {
			anchors = append(anchors, named(q.Answers, "answer-"+q.Slug+"-", "")...)
			for _, a := range q.Answers {
				if a.Hint != "" {
					anchors = append(anchors, anchor{id: "answer-" + q.Slug + "-" + a.Slug + "-hint", of: &a.Record})
				}
			}
		}
		return append(anchors, named(b.Handbook.Methods, "result-", "")...)
	},
	found: func(b *builder, d *searchindex.Doc) {
		for _, q := range b.Handbook.Flow.Questions {
			d.Add("question-"+q.Slug, q.Text, q.Why, q.Unsure)
		}
	},
}

func (p recordPage) flow() *flowPage {
	view := &flowPage{recordPage: p, Branches: p.branches(p.Handbook.Flow.Branches())}
	ways := map[*handbook.Method][]string{}
	for _, end := range p.Handbook.Flow.Ends() {
		ways[end.Method] = append(ways[end.Method], fragment(end))
	}
	for _, m := range p.Handbook.Methods {
		view.Ends = append(view.Ends, flowEnd{m, strings.Join(ways[m], " ")})
	}
	return view
}

func (p *Page) branches(list []*handbook.Branch) []branch {
	var branches []branch
	for _, b := range list {
		one := branch{Fragment: fragment(b), Answer: b.Answer().Label, Method: b.Method}
		if b.Method != nil {
			one.Href = p.ToChecklist(b.Method)
		} else {
			one.Question, one.Branches = b.Question.Text, p.branches(b.Branches)
		}
		branches = append(branches, one)
	}
	return branches
}

// fragment returns the steps of a branch as they stand behind the # of the flow's address.
func fragment(branch *handbook.Branch) string {
	var steps []string
	for _, step := range branch.Steps {
		steps = append(steps, step.Question.Slug+"="+step.Answer.Slug)
	}
	return strings.Join(steps, "&")
}

// fragments returns what may stand behind the # of the flow's address.
func fragments(branches []*handbook.Branch) []string {
	var list []string
	for _, branch := range branches {
		list = append(append(list, fragment(branch)), fragments(branch.Branches)...)
	}
	return list
}
