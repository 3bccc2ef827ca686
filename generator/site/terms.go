package site

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tebiki/generator/handbook"
	"tebiki/generator/markdown"
)

// A termIndex finds the terms of the glossary in HTML. Only the terms themselves are looked for: an
// alias may be a word that means other things as well.
type termIndex struct {
	byLetter map[rune][]*handbook.Term // by first letter, longest term first
	starts   [utf8.RuneSelf * 2]bool   // first bytes of the terms: most bytes of a text begin none
}

func newTermIndex(terms []*handbook.Term) *termIndex {
	x := &termIndex{byLetter: map[rune][]*handbook.Term{}}
	for _, t := range terms {
		if !t.Everyday && t.Term != "" {
			first, _ := utf8.DecodeRuneInString(t.Term)
			x.byLetter[first] = append(x.byLetter[first], t)
			x.starts[t.Term[0]] = true
		}
	}
	for _, list := range x.byLetter {
		slices.SortFunc(list, func(a, b *handbook.Term) int { return len(b.Term) - len(a.Term) })
	}
	return x
}

// placed returns a text's HTML with links as they lead from this page.
func (p *Page) placed(html string) template.HTML {
	return template.HTML(strings.ReplaceAll(html, hrefMark, `href="`+p.Root))
}

// hrefMark is how the links within the site begin in a text's HTML.
const hrefMark = `href="` + markdown.RootMark

// linked is placed with the first use of each term on the page linked to its explanation at the
// foot of the page, which is there without script and on paper. Links, headings and code stay as
// they are.
func (p *Page) linked(html string) template.HTML {
	if len(p.terms.byLetter) == 0 || html == "" {
		return p.placed(html)
	}
	var out strings.Builder
	out.Grow(len(html) + len(html)/8)
	written := 0   // what lies before is in out
	skipping := "" // the element whose content is left alone
	previous := ' '
	for i := 0; i < len(html); {
		if html[i] == '<' {
			end := i + strings.IndexByte(html[i:], '>') + 1
			name := strings.TrimLeft(html[i+1:end-1], "/")
			name, _, _ = strings.Cut(name, " ")
			switch {
			case skipping == "" && html[i+1] != '/' && isLeftAlone(name):
				skipping = name
			case html[i+1] == '/' && name == skipping:
				skipping = ""
			}
			i, previous = end, ' '
			continue
		}
		letter, size := rune(html[i]), 1
		if letter >= utf8.RuneSelf {
			letter, size = utf8.DecodeRuneInString(html[i:])
		}
		if skipping == "" && p.terms.starts[html[i]] {
			if t := p.termAt(letter, previous, html[i:]); t != nil {
				p.Terms = append(p.Terms, t)
				out.WriteString(html[written:i])
				out.WriteString(`<a class="term" href="#` + termAnchor(t) + `">` + template.HTMLEscapeString(t.Term) + `</a>`)
				i += len(t.Term)
				written = i
				previous, _ = utf8.DecodeLastRuneInString(t.Term)
				continue
			}
		}
		i, previous = i+size, letter
	}
	out.WriteString(html[written:])
	return p.placed(out.String())
}

// termAnchor returns the name of a term's explanation at the foot of a page.
func termAnchor(t *handbook.Term) string { return "term-" + t.Slug }

func isLeftAlone(element string) bool {
	switch element {
	case "a", "code", "pre", "span", "h1", "h2", "h3", "h4", "h5", "h6":
		return true
	}
	return false
}

// termAt returns the longest term that the text begins with and the page has not explained yet, or
// nil.
func (p *Page) termAt(first, previous rune, text string) *handbook.Term {
	for _, t := range p.terms.byLetter[first] {
		if !strings.HasPrefix(text, t.Term) || joins(previous, first) {
			continue
		}
		last, _ := utf8.DecodeLastRuneInString(t.Term)
		if next, _ := utf8.DecodeRuneInString(text[len(t.Term):]); joins(last, next) {
			continue
		}
		if slices.Contains(p.Terms, t) {
			return nil
		}
		return t
	}
	return nil
}

// Ruby writes a name with the places where its lines may break, and with the readings of the given
// terms above them. The readings are for the eye alone: a screen reader speaks the name itself.
func (p *Page) Ruby(name string, terms []*handbook.Term) template.HTML {
	var out strings.Builder
	write := func(text string) { out.WriteString(p.phrases.HTML(text)) }
	written := 0
	for i := range name {
		if i < written {
			continue // within a term
		}
		for _, t := range terms {
			if !strings.HasPrefix(name[i:], t.Term) {
				continue
			}
			write(name[written:i])
			if before, _ := utf8.DecodeLastRuneInString(name[:i]); i > 0 && !unicode.Is(unicode.Ps, before) {
				out.WriteString("<wbr>") // not behind an opening bracket
			}
			fmt.Fprintf(&out, `<ruby>%s<rp>（</rp><rt aria-hidden="true">%s</rt><rp>）</rp></ruby>`, template.HTMLEscapeString(t.Term), template.HTMLEscapeString(t.Reading))
			written = i + len(t.Term)
			break
		}
	}
	write(name[written:])
	return template.HTML(out.String())
}

// NeedsReading reports whether a term is more than kana, which are read as they are written.
func (p *Page) NeedsReading(t *handbook.Term) bool {
	return strings.ContainsFunc(t.Term, func(r rune) bool {
		return unicode.IsLetter(r) && !unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Lm)
	})
}

// joins reports whether two letters belong to one word: the terms ログ and OS do not stand in ログイン
// and macOS.
func joins(a, b rune) bool {
	katakana := func(r rune) bool { return unicode.Is(unicode.Katakana, r) || r == 'ー' }
	latin := func(r rune) bool { return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	return katakana(a) && katakana(b) || latin(a) && latin(b) || unicode.Is(unicode.Han, a) && unicode.Is(unicode.Han, b)
}
