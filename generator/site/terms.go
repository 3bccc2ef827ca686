package site

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tebiki/generator/handbook"
)

// A termIndex finds the terms of the glossary in rendered text. Only the terms
// themselves are looked for: an alias may be a word that means other things
// as well.
type termIndex map[rune][]*handbook.Term // by first letter, longest term first

func newTermIndex(terms []*handbook.Term) termIndex {
	index := termIndex{}
	for _, t := range terms {
		if !t.Everyday {
			first, _ := utf8.DecodeRuneInString(t.Term)
			index[first] = append(index[first], t)
		}
	}
	for _, list := range index {
		slices.SortFunc(list, func(a, b *handbook.Term) int { return len(b.Term) - len(a.Term) })
	}
	return index
}

// linkTerms links the first use of each term on the page to its explanation
// at the foot of the page, which is there without script and on paper. Links,
// headings and code stay as they are.
func (p *Page) linkTerms(html template.HTML) template.HTML {
	if len(p.terms) == 0 {
		return html
	}
	var out strings.Builder
	text := string(html)
	skipping := "" // the element whose content is left alone
	previous := ' '
	for i := 0; i < len(text); {
		if text[i] == '<' {
			end := i + strings.IndexByte(text[i:], '>') + 1
			name := strings.TrimLeft(text[i+1:end-1], "/")
			name, _, _ = strings.Cut(name, " ")
			switch {
			case skipping == "" && text[i+1] != '/' && isLeftAlone(name):
				skipping = name
			case text[i+1] == '/' && name == skipping:
				skipping = ""
			}
			out.WriteString(text[i:end])
			i, previous = end, ' '
			continue
		}
		letter, size := utf8.DecodeRuneInString(text[i:])
		if skipping == "" {
			if t := p.termAt(letter, previous, text[i:]); t != nil {
				p.Terms = append(p.Terms, t)
				out.WriteString(`<a class="term" href="#term-` + t.Slug + `">` + t.Term + `</a>`)
				i += len(t.Term)
				previous, _ = utf8.DecodeLastRuneInString(t.Term)
				continue
			}
		}
		out.WriteString(text[i : i+size])
		i, previous = i+size, letter
	}
	return template.HTML(out.String())
}

func isLeftAlone(element string) bool {
	switch element {
	case "a", "code", "pre", "span", "h1", "h2", "h3", "h4", "h5", "h6":
		return true
	}
	return false
}

// termAt returns the longest term that the text begins with and the page has
// not explained yet, or nil.
func (p *Page) termAt(first, previous rune, text string) *handbook.Term {
	for _, t := range p.terms[first] {
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

// Ruby writes a name with the places where its lines may break, and with the
// readings of the given terms above them. The readings are for the eye alone:
// a screen reader speaks the name itself.
func (p *Page) Ruby(name string, terms []*handbook.Term) template.HTML {
	var out strings.Builder
	write := func(text string) { out.WriteString(string(phrases(p.Handbook.Language, text))) }
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

// NeedsReading reports whether a term is more than kana, which are read as
// they are written.
func (p *Page) NeedsReading(t *handbook.Term) bool {
	return strings.ContainsFunc(t.Term, func(r rune) bool {
		return unicode.IsLetter(r) && !unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Lm)
	})
}

// joins reports whether two letters belong to one word: the terms ログ and OS
// do not stand in ログイン and macOS.
func joins(a, b rune) bool {
	katakana := func(r rune) bool { return unicode.Is(unicode.Katakana, r) || r == 'ー' }
	latin := func(r rune) bool { return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	return katakana(a) && katakana(b) || latin(a) && latin(b) || unicode.Is(unicode.Han, a) && unicode.Is(unicode.Han, b)
}
