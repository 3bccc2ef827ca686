package site

import (
	"image/color"

	"tebiki/generator/handbook"
	"tebiki/generator/picture"
)

// Pictures shown where links are shared. The one of the whole site is the content's. Of each method
// there is its diagram, drawn as the site is made: without words, which stand beside the picture
// wherever it is shown, and for which a font would have to be carried along.

// shareFolder is no folder within another: rules for headers are of one folder each.
const shareFolder = "share"

// sharePicture returns the address of a method's picture.
func sharePicture(m *handbook.Method) string { return shareFolder + "/" + m.Slug + ".png" }

// accent is that of tokens.css, in light.
var accent = color.RGBA{0x00, 0x17, 0xc1, 0xff}

// Shades of the ink. Places have the tint of the site's quiet surfaces.
const (
	ink   = 1.0
	tint  = 0.09
	quiet = 0.5
)

// shareRows are the pictures. Who asks for them asks by their whole addresses.
func (b *builder) shareRows() []Row {
	var rows []Row
	if b.Handbook.ShareImage != nil {
		rows = rowsOf(map[string][]byte{shareAddress: b.Handbook.ShareImage})
	}
	if b.baseURL == "" {
		return rows
	}
	for _, m := range b.Handbook.Methods {
		if len(m.Diagram.Places) == 0 {
			continue
		}
		rows = append(rows, Row{Address: sharePicture(m), In: Web, Make: func(w Writer) error {
			drawn, err := b.drawShare(&m.Diagram)
			w.Write(drawn)
			return err
		}})
	}
	return rows
}

// drawShare draws a diagram from left to right, in the size that others show whole.
func (b *builder) drawShare(d *handbook.Diagram) ([]byte, error) {
	const (
		width, height = 800, 420 // no larger: they are drawn with every build
		bar           = 27       // at the left, as in the picture of the whole site
		side, gap     = 40, 74
		boxHeight     = 200
		line          = 4
		radius        = 16
	)
	c := picture.New(width, height, accent)
	c.Fill(picture.Box{Width: bar, Height: height}, ink)
	places := float64(max(1, len(d.Places)))
	boxWidth := (width - bar - 2*side - gap*(places-1)) / places
	top, middle := float64(height-boxHeight)/2, float64(height)/2
	x := float64(bar + side)
	for _, place := range d.Places {
		if place.Link != "" {
			drawShareLink(c, place.Line, x+boxWidth, x+boxWidth+gap, middle)
		}
		c.Fill(picture.Box{X: x, Y: top, Width: boxWidth, Height: boxHeight, Radius: radius}, quiet)
		c.Fill(picture.Box{X: x + line, Y: top + line, Width: boxWidth - 2*line, Height: boxHeight - 2*line, Radius: radius - line}, tint)
		column := boxWidth / float64(max(1, len(place.Items)))
		size := min(column-16, 100)
		for i, item := range place.Items {
			lines, err := picture.ParseSVG(string(b.drawing(item.ID)))
			if err != nil {
				return nil, err
			}
			scale := size / picture.Side
			corner := picture.Point{X: x + column*(float64(i)+0.5) - size/2, Y: middle - size/2}
			c.Stroke(lines.Scaled(scale, corner), 1.75*scale, ink)
		}
		x += boxWidth + gap
	}
	return c.PNG()
}

// drawShareLink draws how a place is connected to the next, as the page's diagram does.
func drawShareLink(c *picture.Canvas, style string, from, to, y float64) {
	dash, gap, width, shade := to-from, 0.0, 6.0, ink
	switch style {
	case "tunnel":
		width, shade = 20, quiet
	case "screen":
		dash, gap = 6, 12
	case "carried":
		dash, gap = 16, 14
	}
	for x := from; x < to; x += dash + gap {
		c.Fill(picture.Box{X: x, Y: y - width/2, Width: min(dash, to-x), Height: width}, shade)
	}
}
