package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"

	"tebiki/generator/source"
)

// lookAtStyle warns of what is too long to be read, and notes the measures that a text names by their
// numbers.
func (r *reading) lookAtStyle(block ast.Node) {
	start, end := -1, 0
	for i := range block.Lines().Len() {
		line := block.Lines().At(i)
		if start < 0 {
			start = line.Start
		}
		end = line.Stop
		if r.parser.cited == nil || !bytes.Contains(line.Value(r.Source), []byte(r.parser.style.Measure)) {
			continue
		}
		for _, found := range r.parser.cited.FindAllSubmatch(line.Value(r.Source), -1) {
			r.body.Cited = append(r.body.Cited, Cited{string(found[1]), r.lineOf(line.Start)})
		}
	}
	// As it is written a text is only longer than it is read.
	if start < 0 || r.parser.style.Holds(r.Source[start:end]) {
		return
	}
	for _, fault := range r.parser.style.Faults(plain(block, r.Source)) {
		r.problems = append(r.problems, source.Problem{File: r.File, Line: r.lineOf(start), Text: fault, Warning: true})
	}
}
