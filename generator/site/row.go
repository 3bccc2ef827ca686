package site

import (
	"crypto/sha256"
	"io"
	"maps"
	"slices"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/markdown"
	"tebiki/generator/phrase"
	"tebiki/generator/searchindex"
	"tebiki/generator/source"
	"tebiki/generator/words"
)

// A Medium is where a file of the site is published.
type Medium int

const (
	Web Medium = 1 << iota
	Zip
	Everywhere = Web | Zip
)

// A Writer is what a row is written to: a bytes.Buffer, or a bufio.Writer, which keeps its first error.
type Writer interface {
	io.Writer
	io.StringWriter
	io.ByteWriter
	AvailableBuffer() []byte
}

// A Row is a file of the site. Make may be called at any time, by several goroutines at once.
type Row struct {
	Address string // relative to the site's root
	In      Medium
	Listed  bool      // for search engines
	Date    time.Time // of what it says: when that was last compared with the world; zero when it has none
	Make    func(w Writer) error

	kept    bool            // by browsers, although the zip does not have it
	layout  string          // of a page
	file    string          // of the content, whose own page it is; "" for none
	anchors func() []anchor // beside those of its layout; may be nil
}

// A Bundle is files that are made together: only then their addresses are known.
type Bundle struct {
	Folders []string // in which they lie
	Rows    func() ([]Row, error)
}

// A Closing row is made when all others are, for the web alone. What was made is nil when nothing
// is known of it.
type Closing struct {
	Address string
	Make    func(w Writer, made *Made) error
}

// Made is what a build made before a closing row.
type Made struct {
	Archive *Archive
	// Sums are of the files that browsers keep, by address; nil when nobody asks for them.
	Sums map[string]Sum
}

// A Sum is the SHA-256 of a file.
type Sum [sha256.Size]byte

// A builder is what all rows of a site are made from.
type builder struct {
	Handbook *handbook.Handbook
	words    *words.Words
	layouts  *layouts
	assets   *Assets
	phrases  *phrase.Breaker
	terms    *termIndex
	moved    map[string][]*handbook.Moved // headings, by the address of the page that had them
	baseURL  string                       // "" or ending in "/"
	index    func() *searchindex.Index    // what can be found, gathered once
	kinds    []string                     // slugs of the kinds of what can be found
}

// A pageKind is what the site adds to a page of the content of that name. A page of another name
// shows its text alone.
type pageKind struct {
	slug    string
	layout  string
	needed  func(h *handbook.Handbook) bool // whether the content must have the page
	alone   bool                            // the page may stand where it is not needed: its text says enough
	view    func(p recordPage) any
	date    func(h *handbook.Handbook) time.Time // the newest of the records that it lists; may be nil
	anchors func(b *builder) []anchor            // beside those of its layout and its text; may be nil
	found   func(b *builder, d *searchindex.Doc) // what else the page says; may be nil
}

func always(*handbook.Handbook) bool { return true }
func never(*handbook.Handbook) bool  { return false }

// row returns the row of a page. view makes what its layout is given.
func (b *builder) row(address, layout string, view func() any) Row {
	return Row{
		Address: address,
		In:      Everywhere,
		Listed:  isListed(address),
		Make:    func(w Writer) error { return b.layouts.execute(w, layout, address, view()) },
		layout:  layout,
	}
}

// recordRows returns a row for the page of each record of a list.
func recordRows[T interface{ Self() *source.Record }](b *builder, list []T, layout string, address func(T) string, body func(T) *markdown.Body, date func(T) time.Time, view func(i int) any) []Row {
	rows := make([]Row, len(list))
	for i, record := range list {
		rows[i] = b.row(address(record), layout, func() any { return view(i) })
		rows[i].Date = date(record)
		rows[i].file = record.Self().File
		rows[i].anchors = func() []anchor { return headings(record.Self(), body(record), layout) }
	}
	return rows
}

// rowsOf returns rows of files that are known.
func rowsOf(files map[string][]byte) []Row { return rowsIn(Everywhere, files) }

func rowsIn(in Medium, files map[string][]byte) []Row {
	var rows []Row
	for _, address := range slices.Sorted(maps.Keys(files)) {
		rows = append(rows, Row{Address: address, In: in, Make: func(w Writer) error {
			w.Write(files[address])
			return nil
		}})
	}
	return rows
}
