// Package searchindex turns documents into the files that the search in a reader's browser works
// on. They are classic scripts that hand over data: fetch() does not work on file://.
//
// The first of them, the entry, has a fixed name that carries the number of the format, and must be
// asked for anew each time. It holds all titles and names the rest, whose names change with what it
// holds: one script of all texts, or, of a large index, many small pieces of which a query loads
// what it needs.
//
// Texts stand in the files as they are on the pages; what is alike for a reader (widths, kana,
// dashes) the page finds out itself. The form of the data is described in
// static/search/search-index.ts and pieces.ts.
package searchindex

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
)

// Entry is the name of the file that is loaded first. The number is that of the format: scripts
// that read another one ask for another file.
const Entry = "search-1.js"

// wholeIndex is how much text, in bytes, may be loaded as a whole: the index of that takes about a
// fifth of it on the way.
const wholeIndex = 1_500_000

// An Index is what can be found.
type Index struct {
	Methods  []string   // slugs
	Kinds    []*Kind    // the most important first
	Same     [][]string // words that mean the same
	Readings [][]string // a word, and how it is pronounced
	General  []string   // words that tell little of what is meant
}

// A Kind is a kind of things that can be found: 対策, 用語.
type Kind struct {
	Slug  string // as in search.html?kind=measures
	Label string
	Title string // of the page that lists them
	Words bool   // they are words themselves: their names mean the same anywhere
	Docs  []*Doc
}

// A Doc is something that can be found: a page, or an entry of a page that lists short ones.
type Doc struct {
	Address string // relative to the site's root, with an anchor for an entry
	Title   string
	Names   []string // others for the same: readings, abbreviations, numbers
	Asked   []string // words under which it is looked for, and that may stand nowhere in it
	Methods []int    // places in the index's list of the methods it is of use to; nil for all
	Parts   []Part
}

// A Part is a part of a doc under one heading. Anchor and heading are empty at the start.
type Part struct{ Anchor, Heading, Text string }

// Add adds a part of several texts, unless there is nothing in it.
func (d *Doc) Add(anchor, heading string, texts ...string) {
	if slices.Contains(texts, "") {
		texts = slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return text == "" })
	}
	if heading != "" || len(texts) > 0 {
		d.Parts = append(d.Parts, Part{anchor, heading, strings.Join(texts, "\n")})
	}
}

// A File is a file of the index.
type File struct {
	Name string // Entry, or one that changes with the contents
	data func(b []byte) []byte
}

// AppendTo appends the contents, which are made only now. Any goroutine may call it.
func (f File) AppendTo(b []byte) []byte {
	b = append(b, "tebikiSearch("...)
	return append(f.data(b), ")\n"...)
}

// Files returns the files of the index, the entry first.
func (x *Index) Files() []File {
	docs := x.docs()
	var rest []script
	var large *pieces
	if x.size() > wholeIndex {
		large, rest = x.cut(docs)
	} else {
		rest = []script{{family: "texts", data: func(b []byte) []byte {
			b = x.appendWords(append(b, '{'), x.Same)
			b = appendList(append(b, `,"docs":`...), docs, appendTexts)
			return append(b, '}')
		}}}
	}
	version := versionOf(rest)
	files := []File{{Entry, func(b []byte) []byte { return x.appendTitles(b, docs, version, large) }}}
	for _, s := range rest {
		files = append(files, File{s.family + "-" + version + s.number + ".js", s.data})
	}
	return files
}

// A script is a file whose name is not complete yet.
type script struct {
	family string
	number string // "-12"; empty for the only one
	data   func(b []byte) []byte
}

// versionOf is one for all, so that the entry need not name each. The data are made for it, and
// again when the files are: to keep a large index would take more than to make it twice.
func versionOf(scripts []script) string {
	sums := make([][sha256.Size]byte, len(scripts))
	spread(len(scripts), func(numbers iter.Seq[int]) {
		var data []byte
		for i := range numbers {
			data = scripts[i].data(data[:0])
			sums[i] = sha256.Sum256(data)
		}
	})
	sum := sha256.New()
	for i, s := range scripts {
		fmt.Fprintf(sum, "%s%s %x\n", s.family, s.number, sums[i]) // a hash takes everything
	}
	return base32.StdEncoding.EncodeToString(sum.Sum(nil)[:5])
}

// A doc is a Doc as the index holds it.
type doc struct {
	*Doc
	kind  int
	names []string // without those by which it is found anyway
}

// docs returns the docs of all kinds in their order.
func (x *Index) docs() []doc {
	f := newFolder()
	var docs []doc
	for kind, k := range x.Kinds {
		for _, d := range k.Docs {
			docs = append(docs, doc{d, kind, distinct(f, d)})
		}
	}
	return docs
}

// distinct returns the names that fold to something else than the title and each other.
func distinct(f *folder, d *Doc) []string {
	if len(d.Names) == 0 {
		return nil
	}
	var names []string
	known := [][]uint16{nil, slices.Clone(f.fold(d.Title))}
	for _, name := range d.Names {
		folded := f.fold(name)
		if !slices.ContainsFunc(known, func(other []uint16) bool { return slices.Equal(folded, other) }) {
			known = append(known, slices.Clone(folded))
			names = append(names, name)
		}
	}
	return names
}

// size returns how much text there is, in bytes.
func (x *Index) size() int {
	size := 0
	for _, k := range x.Kinds {
		for _, d := range k.Docs {
			for _, p := range d.Parts {
				size += len(p.Text)
			}
		}
	}
	return size
}

// appendTitles appends what the entry holds. A large index has its docs in pieces.
func (x *Index) appendTitles(b []byte, docs []doc, version string, large *pieces) []byte {
	b = appendString(append(b, `{"version":`...), version)
	b = appendList(append(b, `,"methods":`...), x.Methods, appendString)
	b = appendList(append(b, `,"kinds":`...), x.Kinds, func(b []byte, k *Kind) []byte {
		if large != nil {
			return k.appendTo(b, nil)
		}
		own := docs[:len(k.Docs)]
		docs = docs[len(k.Docs):]
		return k.appendTo(b, own)
	})
	if large != nil {
		b = large.appendTo(append(b, `,"pieces":`...), x)
	}
	return append(b, '}')
}

func (k *Kind) appendTo(b []byte, docs []doc) []byte {
	before, after := addressFrame(docs)
	b = append(b, '[')
	for _, text := range []string{k.Slug, k.Label, k.Title} {
		b = append(appendString(b, text), ',')
	}
	b = append(strconv.AppendBool(b, k.Words), ',')
	for _, text := range []string{before, after} {
		b = append(appendString(b, text), ',')
	}
	b = appendList(b, docs, func(b []byte, d doc) []byte {
		short := d.Address[len(before) : len(d.Address)-len(after)]
		return append(d.appendRow(append(b, '['), short), ']')
	})
	return append(b, ']')
}

// addressFrame returns what the addresses of all docs begin and end with. The two do not overlap,
// not even in the shortest address.
func addressFrame(docs []doc) (before, after string) {
	if len(docs) < 2 {
		return "", ""
	}
	before = docs[0].Address
	for _, d := range docs {
		for !strings.HasPrefix(d.Address, before) {
			before = before[:len(before)-1]
		}
	}
	after = docs[0].Address[len(before):]
	for _, d := range docs {
		for !strings.HasSuffix(d.Address[len(before):], after) {
			after = after[1:]
		}
	}
	return before, after
}

// appendRow appends the address, whole or cut, and what else is known of a doc before its texts.
func (d doc) appendRow(b []byte, address string) []byte {
	b = append(appendString(b, address), ',')
	b = append(appendString(b, d.Title), ',')
	b = append(appendList(b, d.names, appendString), ',')
	return appendList(b, d.Methods, appendInt)
}

// appendWords appends the fields that tell of words.
func (x *Index) appendWords(b []byte, same [][]string) []byte {
	b = appendList(append(b, `"same":`...), same, appendStrings)
	b = appendList(append(b, `,"readings":`...), x.Readings, appendStrings)
	return appendStrings(append(b, `,"general":`...), x.General)
}

// appendTexts appends the parts of a doc, three texts each, and the words under which it is looked
// for, as one.
func appendTexts(b []byte, d doc) []byte {
	b = append(b, '[')
	for _, p := range d.Parts {
		b = append(appendString(b, p.Anchor), ',')
		b = append(appendString(b, p.Heading), ',')
		b = append(appendString(b, p.Text), ',')
	}
	return append(appendString(b, strings.Join(d.Asked, "\n")), ']')
}
