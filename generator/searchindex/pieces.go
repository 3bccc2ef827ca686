package searchindex

import (
	"fmt"
	"iter"
	"slices"
)

// A large index is cut into pieces. See static/search/pieces.ts.
const (
	// docsInPiece is small, since of a piece mostly one doc is wanted.
	docsInPiece = 4
	// postingsInPiece keeps the pieces that tell where pairs stand at about 2 KB on the way.
	postingsInPiece = 1_500
	// commonPair is the share of the docs above which a pair tells nothing.
	commonPair = 0.2
)

// pieces is what the entry tells of the pieces.
type pieces struct {
	names, texts int        // numbers of the pieces that tell where pairs stand
	same         [][]string // words that mean the same, also those that are docs
}

func (p *pieces) appendTo(b []byte, x *Index) []byte {
	b = appendInt(append(b, `{"names":`...), p.names)
	b = appendInt(append(b, `,"texts":`...), p.texts)
	b = appendInt(append(b, `,"docs":`...), docsInPiece)
	b = x.appendWords(append(b, ','), p.same)
	return append(b, '}')
}

// cut cuts a large index.
func (x *Index) cut(docs []doc) (*pieces, []script) {
	names := newPostings(len(docs), len(docs), func(i int) iter.Seq[string] { return docs[i].eachName })
	common := int(commonPair * float64(len(docs)))
	texts := newPostings(len(docs), common, func(i int) iter.Seq[string] { return docs[i].eachText })

	p := &pieces{names.pieces(), texts.pieces(), slices.Clone(x.Same)}
	for _, d := range docs {
		if x.Kinds[d.kind].Words {
			p.same = append(p.same, slices.Collect(d.eachName))
		}
	}
	scripts := slices.Concat(names.scripts("names"), texts.scripts("texts"))
	i := 0
	for some := range slices.Chunk(docs, docsInPiece) {
		number := fmt.Sprintf("-%d", i)
		scripts = append(scripts,
			script{"docs", number, func(b []byte) []byte { return appendList(b, some, appendWhole) }},
			script{"parts", number, func(b []byte) []byte { return appendList(b, some, appendTexts) }})
		i++
	}
	return p, scripts
}

// appendWhole appends a doc without its texts, as it stands by itself.
func appendWhole(b []byte, d doc) []byte {
	b = append(appendInt(append(b, '['), d.kind), ',')
	return append(d.appendRow(b, d.Address), ']')
}

func (d doc) eachName(yield func(string) bool) {
	if !yield(d.Title) {
		return
	}
	for _, name := range d.names {
		if !yield(name) {
			return
		}
	}
}

func (d doc) eachText(yield func(string) bool) {
	for _, words := range d.Asked {
		if !yield(words) {
			return
		}
	}
	for _, p := range d.Parts {
		if !yield(p.Heading) || !yield(p.Text) {
			return
		}
	}
}
