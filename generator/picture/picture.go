// Package picture draws the line drawings of the site as small PNGs, the same bytes from the same
// drawing. There is one ink: every pixel is a shade between it and white, so that four bits hold it.
//
// Lines have round ends and joins, as those of the icons have: then a line is all that is near enough
// to a path, and no outline of it is needed.
package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
)

// shades is how many there are, white and the ink among them: as many as four bits tell apart.
const shades = 16

// A Canvas is a picture being drawn. What is drawn later covers what was drawn before.
type Canvas struct {
	width, height int
	ink           color.RGBA
	level         []uint8 // of each pixel: 0 is white, 255 the ink
	covered       []uint8 // by the path being drawn, else 0
}

// New returns a white canvas.
func New(width, height int, ink color.RGBA) *Canvas {
	return &Canvas{width, height, ink, make([]uint8, width*height), make([]uint8, width*height)}
}

// A Point is a place on a canvas, in pixels from its upper left corner.
type Point struct{ X, Y float64 }

// A Path is lines, each through its points. Curves are lines of many points.
type Path [][]Point

// Scaled returns the path with its lengths multiplied and its origin moved.
func (p Path) Scaled(by float64, origin Point) Path {
	scaled := make(Path, len(p))
	for i, line := range p {
		for _, point := range line {
			scaled[i] = append(scaled[i], Point{origin.X + point.X*by, origin.Y + point.Y*by})
		}
	}
	return scaled
}

// Stroke draws the lines of a path. level is how much of the ink, from 0 to 1.
func (c *Canvas) Stroke(p Path, width, level float64) {
	reach := width / 2
	all := image.Rectangle{}
	for _, line := range p {
		for i, a := range line {
			b := line[min(i+1, len(line)-1)]
			part := c.around(min(a.X, b.X)-reach, min(a.Y, b.Y)-reach, max(a.X, b.X)+reach, max(a.Y, b.Y)+reach)
			c.cover(part, a, b, reach)
			all = all.Union(part)
		}
	}
	for y := all.Min.Y; y < all.Max.Y; y++ {
		for pixel := y*c.width + all.Min.X; pixel < y*c.width+all.Max.X; pixel++ {
			if covered := c.covered[pixel]; covered > 0 {
				c.blend(pixel, covered, level)
				c.covered[pixel] = 0
			}
		}
	}
}

// cover notes what is near enough to a straight line. What two lines of a path cover is not covered
// more.
func (c *Canvas) cover(part image.Rectangle, a, b Point, reach float64) {
	x, y := b.X-a.X, b.Y-a.Y
	length := float64(x*x) + float64(y*y)
	for row := part.Min.Y; row < part.Max.Y; row++ {
		for column := part.Min.X; column < part.Max.X; column++ {
			atX, atY := float64(column)+0.5-a.X, float64(row)+0.5-a.Y
			along := 0.0
			if length > 0 {
				along = max(0, min(1, (float64(atX*x)+float64(atY*y))/length))
			}
			dx, dy := atX-float64(along*x), atY-float64(along*y)
			pixel := row*c.width + column
			c.covered[pixel] = max(c.covered[pixel], share(math.Sqrt(float64(dx*dx)+float64(dy*dy))-reach))
		}
	}
}

// A Box is a rectangle with round corners.
type Box struct{ X, Y, Width, Height, Radius float64 }

// Fill draws a box.
func (c *Canvas) Fill(box Box, level float64) {
	part := c.around(box.X, box.Y, box.X+box.Width, box.Y+box.Height)
	halfX, halfY := box.Width/2-box.Radius, box.Height/2-box.Radius
	full := uint8(255*level + 0.5)
	for row := part.Min.Y; row < part.Max.Y; row++ {
		dy := math.Abs(float64(row)+0.5-box.Y-box.Height/2) - halfY
		for column := part.Min.X; column < part.Max.X; column++ {
			dx := math.Abs(float64(column)+0.5-box.X-box.Width/2) - halfX
			pixel := row*c.width + column
			if dx <= -1 && dy <= -1 { // well within
				c.level[pixel] = full
				continue
			}
			outside := max(dx, dy)
			if dx > 0 && dy > 0 {
				outside = math.Sqrt(float64(dx*dx) + float64(dy*dy))
			}
			c.blend(pixel, share(outside-box.Radius), level)
		}
	}
}

// around returns the pixels of a part of the canvas, and those next to it.
func (c *Canvas) around(left, top, right, bottom float64) image.Rectangle {
	return image.Rect(int(left)-1, int(top)-1, int(right)+2, int(bottom)+2).Intersect(image.Rect(0, 0, c.width, c.height))
}

// share returns how much of a pixel is covered, by how far its middle is outside of an edge.
func share(outside float64) uint8 { return uint8(255 * max(0, min(1, 0.5-outside))) }

func (c *Canvas) blend(pixel int, covered uint8, level float64) {
	before := float64(c.level[pixel])
	c.level[pixel] = uint8(before + float64((255*level-before)*float64(covered)/255) + 0.5)
}

// PNG returns the picture as a file.
func (c *Canvas) PNG() ([]byte, error) {
	var palette color.Palette
	for i := range shades {
		mix := func(ink uint8) uint8 { return uint8(255 - (255-int(ink))*i/(shades-1)) }
		palette = append(palette, color.RGBA{mix(c.ink.R), mix(c.ink.G), mix(c.ink.B), 255})
	}
	picture := image.NewPaletted(image.Rect(0, 0, c.width, c.height), palette)
	for i, level := range c.level {
		picture.Pix[i] = uint8((int(level)*(shades-1) + 127) / 255)
	}
	var file bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&file, picture)
	return file.Bytes(), err
}
