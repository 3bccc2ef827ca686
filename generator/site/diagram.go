package site

import (
	"html/template"
	"strings"
	"unicode"

	"tebiki/generator/handbook"
	"tebiki/generator/phrase"
)

// A drawing is a method's diagram laid out: places stacked from the reader's outwards, so that it
// is legible at the width of a phone and on paper alike. Lengths are units of the SVG; at its
// natural size one is a CSS pixel.
type drawing struct {
	Width, Height int
	Boxes         []box
	Icons         []placedIcon
	Texts         []placedText
	Links         []drawnLink
}

type box struct{ X, Y, Width, Height int }

type placedIcon struct {
	X, Y, Size int
	SVG        template.HTML
}

type placedText struct {
	X, Y   int // of the baseline
	Style  string
	Anchor string // start or middle
	Text   string
}

type drawnLink struct {
	X, Top, Bottom int
	Style          string
}

const (
	drawingWidth = 344
	margin       = 4
	iconSize     = 40
	lineHeight   = 20
	textSize     = 14 // of one full-width character
)

// draw lays out a diagram.
func (b *builder) draw(d *handbook.Diagram) drawing {
	out := drawing{Width: drawingWidth}
	y := margin
	for _, place := range d.Places {
		top := y
		out.Texts = append(out.Texts, placedText{margin + 16, y + 28, "name", "start", place.Name})
		y += 44
		column := (drawingWidth - 2*margin) / max(1, len(place.Items))
		lines := 0
		for i, item := range place.Items {
			centre := margin + column*i + column/2
			out.Icons = append(out.Icons, placedIcon{centre - iconSize/2, y, iconSize, b.drawing(item.ID)})
			wrapped := wrap(b.Handbook.Language, item.Text, float64(column-8)/textSize)
			for j, line := range wrapped {
				out.Texts = append(out.Texts, placedText{centre, y + iconSize + lineHeight*(j+1), "item", "middle", line})
			}
			lines = max(lines, len(wrapped))
		}
		y += iconSize + lineHeight*lines + 16
		out.Boxes = append(out.Boxes, box{margin, top, drawingWidth - 2*margin, y - top})
		if place.Link == "" {
			y += 24
			continue
		}
		const gap = 72
		x := drawingWidth / 5
		out.Links = append(out.Links, drawnLink{x, y, y + gap, place.Line})
		label := wrap(b.Handbook.Language, place.Link, float64(drawingWidth-x-24)/textSize)
		for j, line := range label {
			out.Texts = append(out.Texts, placedText{x + 20, y + gap/2 + 5 + lineHeight*j - lineHeight*(len(label)-1)/2, "link-text", "start", line})
		}
		y += gap
	}
	out.Height = y - 24 + margin
	return out
}

// wrap breaks a text into lines of at most width full-width characters, between phrases where they
// fit.
func wrap(language, text string, width float64) []string {
	var lines []string
	line, used := "", 0.0
	add := func(part string) {
		w := textWidth(part)
		if line != "" && used+w > width {
			lines = append(lines, strings.TrimSpace(line))
			line, used = "", 0
		}
		line, used = line+part, used+w
	}
	for _, part := range phrase.Split(language, text) {
		if textWidth(part) <= width {
			add(part)
			continue
		}
		for _, word := range breakable(part) {
			add(word)
		}
	}
	if line != "" {
		lines = append(lines, strings.TrimSpace(line))
	}
	return lines
}

// breakable cuts a phrase that is too long for a line: words written in Latin letters stay whole,
// and closing marks stay with what they close.
func breakable(text string) []string {
	var parts []string
	previous := ' '
	for _, r := range text {
		joined := isNarrow(r) && isNarrow(previous) && previous != ' ' || strings.ContainsRune("、。）」・ー", r) || previous == '（' || previous == '「'
		if joined && len(parts) > 0 {
			parts[len(parts)-1] += string(r)
		} else {
			parts = append(parts, string(r))
		}
		previous = r
	}
	return parts
}

// textWidth estimates a text's width in full-width characters.
func textWidth(text string) float64 {
	width := 0.0
	for _, r := range text {
		if isNarrow(r) {
			width += 0.55
		} else {
			width++
		}
	}
	return width
}

func isNarrow(r rune) bool { return r <= unicode.MaxLatin1 }
