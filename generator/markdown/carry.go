package markdown

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// An edit is what differs between a text and the Markdown that others are given: links begin with
// RootMark, and headings have no names, which are not CommonMark.
type edit struct {
	start, end int // offsets in the source
	with       string
}

// carryLink lets a link within the site begin with RootMark wherever its target, as it is written,
// stands as one: goldmark does not tell where.
func (r *reading) carryLink(written []byte) {
	if len(written) == 0 || IsExternal(string(written)) || r.carried[string(written)] {
		return
	}
	if r.carried == nil {
		r.carried = map[string]bool{}
	}
	r.carried[string(written)] = true
	for at := 0; ; {
		i := bytes.Index(r.Source[at:], written)
		if i < 0 {
			return
		}
		start := at + i
		at = start + len(written)
		before := bytes.TrimSuffix(r.Source[:start], []byte("<"))
		inline := bytes.HasSuffix(before, []byte("]("))
		reference := bytes.HasSuffix(bytes.TrimRight(before, " \t"), []byte("]:"))
		ends := at == len(r.Source) || strings.IndexByte(") >\t\r\n", r.Source[at]) >= 0
		if (inline || reference) && ends {
			r.edits = append(r.edits, edit{start, start, RootMark})
		}
	}
}

// carryHeading leaves out the name of a heading.
func (r *reading) carryHeading(heading *ast.Heading) {
	start, end := r.headingAt(heading)
	line := bytes.TrimRight(r.Source[start:end], " \t\r\n#")
	if name := bytes.LastIndexByte(line, '{'); name >= 0 && bytes.HasSuffix(line, []byte("}")) {
		r.edits = append(r.edits, edit{start + len(bytes.TrimRight(line[:name], " \t")), start + len(line), ""})
	}
}

// headingAt returns where a heading begins, and where what stands below it does.
func (r *reading) headingAt(heading *ast.Heading) (start, end int) {
	first := r.line(heading) - r.Line
	if first+1 < len(r.starts) {
		return r.starts[first], r.starts[first+1]
	}
	return r.starts[first], len(r.Source)
}

// appendCarried adds a part of the text as Markdown that may stand elsewhere.
func (r *reading) appendCarried(out []byte, start, end int) []byte {
	before := len(out)
	first, _ := slices.BinarySearchFunc(r.edits, start, func(e edit, start int) int { return cmp.Compare(e.start, start) })
	at := start
	for _, e := range r.edits[first:] {
		if e.start >= end {
			break
		}
		if e.start < at || e.end > end {
			continue // within what another one replaced, of a text that is refused
		}
		out = append(out, r.Source[at:e.start]...)
		out = append(out, e.with...)
		at = e.end
	}
	out = append(out, r.Source[at:end]...)
	if bytes.IndexByte(out[before:], '\r') < 0 {
		return out
	}
	return append(out[:before], bytes.ReplaceAll(out[before:], []byte("\r\n"), []byte("\n"))...)
}
