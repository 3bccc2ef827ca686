package handbook

import (
	"slices"
	"strings"

	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// nameSections returns a text whose sections have the IDs of the wanted headings, and reports
// sections that are missing, foreign, empty or out of order.
func nameSections(body *markdown.Body, wanted source.Labels, record *source.Record, report reporter) *markdown.Body {
	if !body.Read || wanted == nil {
		return body // reported as a file or a field that cannot be read
	}
	named := *body
	named.Sections = slices.Clone(body.Sections)
	at := func(line int, format string, args ...any) { report(record.ProblemAt(line, format, args...)) }
	var headings []string
	for _, w := range wanted {
		headings = append(headings, w.Text)
		if line := body.Anchor(w.ID); line > 0 {
			at(line, "見出しの名前 %q は、節「%s」の名前です（{#%s} を消すか、別の名前にしてください）", w.ID, w.Text, w.ID)
		}
	}
	if body.Lead.Line > 0 && !body.Unheaded {
		at(body.Lead.Line, "最初の「## 」の前に本文は置けません（どれかの節に入れてください）")
	}
	next, seen, foreign := 0, map[string]bool{}, 0
	found := make([]int, len(wanted)) // lines
	for i := range named.Sections {
		s := &named.Sections[i]
		place := slices.Index(headings, s.Heading)
		switch {
		case s.Heading == "":
			continue // reported as a heading without text
		case place < 0:
			at(s.Line, "節「%s」はここでは使えません%s", s.Heading, source.DidYouMean(s.Heading, headings))
			foreign++
			continue
		case seen[s.Heading]:
			at(s.Line, "節「%s」が二度あります", s.Heading)
			continue
		case place < next:
			at(s.Line, "節「%s」の順番が違います（順番は %s）", s.Heading, strings.Join(headings, "、"))
		}
		next = place + 1
		seen[s.Heading] = true
		found[place] = s.Line
		if s.ID != "" && s.ID != wanted[place].ID {
			at(s.Line, "節「%s」に {#%s} は付けられません（節の名前は handbook.toml にあります）", s.Heading, s.ID)
		}
		s.ID = wanted[place].ID
		if s.Empty() {
			at(s.Line, "節「%s」に本文がありません", s.Heading)
		}
	}
	if body.Unheaded || !slices.Contains(found, 0) {
		return &named
	}
	var missing []string
	for i, w := range wanted {
		if found[i] > 0 {
			continue
		}
		other := slices.IndexFunc(body.Others, func(h markdown.Heading) bool { return h.Text == w.Text })
		switch {
		case other < 0:
			missing = append(missing, "「## "+w.Text+"」")
		case body.Others[other].Level > 2: // the first level is reported
			at(body.Others[other].Line, "「%s %s」は、節の見出しです（「## %[2]s」と書いてください）", strings.Repeat("#", body.Others[other].Level), w.Text)
		}
	}
	// A missing section that is there by another name says nothing new.
	if foreign >= len(missing) {
		return &named
	}
	at(placeOfMissing(found, body.End), "節%sがありません（handbook.toml の [section] にある見出しは、全部要ります。書く順は %s です）", strings.Join(missing, "、"), strings.Join(headings, "、"))
	return &named
}

// placeOfMissing returns the line near which the first missing section belongs: that of the section
// after it, else the end of the text. found has the lines, 0 for what is missing.
func placeOfMissing(found []int, end int) int {
	first := slices.Index(found, 0)
	for _, line := range found[first:] {
		if line > 0 {
			return line
		}
	}
	return end
}
