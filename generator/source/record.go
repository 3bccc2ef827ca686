package source

import (
	"fmt"
	"regexp"
	"slices"
	"time"
)

// A Record is what every record has: its name, and where it was written.
type Record struct {
	Slug string // file name or table name: an address and a storage key
	File string // slash-separated, relative to the content folder

	start  int         // first line
	lines  []fieldLine // nil when the file is broken
	fields []plannedField
}

// A fieldLine is where a field stands: "title", or "effort.time" in a table.
type fieldLine struct {
	field string
	line  int
}

// NewRecord returns the record of a file of which nothing is known but its name.
func NewRecord(slug, file string) Record { return Record{Slug: slug, File: file, start: 1} }

// Start returns the line where the record begins in its file.
func (r *Record) Start() int { return r.start }

// Self returns the record itself, for those that embed it.
func (r *Record) Self() *Record { return r }

// At returns the line of a field. When the field is not there it is the line below which it would
// stand: that of the nearest field which is declared before it, or the record's first.
func (r *Record) At(field string) int {
	if line := r.find(field); line > 0 {
		return line
	}
	wanted := slices.IndexFunc(r.fields, func(f plannedField) bool { return f.name == field })
	for i := wanted - 1; i >= 0; i-- {
		// What stands under a heading of its own comes after what does not.
		if f := r.fields[i]; !f.isTable || r.fields[wanted].isTable {
			if line := r.find(f.name); line > 0 {
				return line
			}
		}
	}
	return r.start
}

// End returns the line of the record's last field, or its first line when it has none.
func (r *Record) End() int {
	end := r.start
	for _, l := range r.lines {
		end = max(end, l.line)
	}
	return end
}

// Has reports whether the record says something in a field.
func (r *Record) Has(field string) bool { return r.find(field) > 0 }

func (r *Record) find(field string) int {
	for _, l := range r.lines {
		if l.field == field {
			return l.line
		}
	}
	return 0
}

// Unread reports that the record's file is broken, which has been reported: nothing is known but
// the name.
func (r *Record) Unread() bool { return r.lines == nil }

// Where returns the place of a field, or of the record when the field is not there, as "file:line".
func (r *Record) Where(field string) string { return fmt.Sprintf("%s:%d", r.File, r.At(field)) }

// Problem words a problem at a field of the record.
func (r *Record) Problem(field, format string, args ...any) Problem {
	return r.ProblemAt(r.At(field), format, args...)
}

// ProblemAt words a problem on a line of the record's file.
func (r *Record) ProblemAt(line int, format string, args ...any) Problem {
	return Problem{File: r.File, Line: line, Text: fmt.Sprintf(format, args...)}
}

// Labels are texts by name, in the order of the file.
type Labels []Label

// A Label is a name and its text: the anchor of a section and its heading, or an icon and what it
// stands for.
type Label struct{ ID, Text string }

// A Day is known to the day, or only to the month: then it is the month's first.
type Day struct {
	time.Time
	MonthOnly bool
}

// Last returns the day itself, or the month's last.
func (d Day) Last() time.Time {
	if d.MonthOnly {
		return d.AddDate(0, 1, -1)
	}
	return d.Time
}

// String writes the day as far as it is known, as HTML and ISO 8601 do.
func (d Day) String() string {
	if d.MonthOnly {
		return d.Format("2006-01")
	}
	return d.Format(time.DateOnly)
}

// slugForm is what a file name or table name must look like: it becomes an address and a storage
// key. "404" is one too, hence the leading digit.
var slugForm = regexp.MustCompile(slugPattern)

// IsSlug reports whether a name can be an address and a storage key.
func IsSlug(name string) bool { return slugForm.MatchString(name) }
