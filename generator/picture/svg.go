package picture

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Side is the width and the height that a drawing has when it is read.
const Side = 24

// ParseSVG returns the lines of a drawing that is made of shapes, in a square of Side: corners are not
// round, and nothing is filled.
func ParseSVG(svg string) (Path, error) {
	var lines Path
	scale, origin := 1.0, Point{}
	decoder := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return lines.Scaled(scale, origin), nil
		} else if err != nil {
			return nil, err
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		said := map[string]string{}
		for _, a := range element.Attr {
			said[a.Name.Local] = a.Value
		}
		number := func(name string) float64 {
			n, wrong := strconv.ParseFloat(cmp.Or(said[name], "0"), 64)
			err = cmp.Or(err, wrong)
			return n
		}
		var drawn Path
		switch element.Name.Local {
		case "g":
		case "svg":
			if box := strings.Fields(said["viewBox"]); len(box) == 4 {
				said["x"], said["y"], said["width"], said["height"] = box[0], box[1], box[2], box[3]
				width, height := number("width"), number("height")
				scale = Side / max(width, height)
				origin = Point{(Side-width*scale)/2 - number("x")*scale, (Side-height*scale)/2 - number("y")*scale}
			}
		case "path":
			drawn, err = ParsePath(said["d"])
		case "polyline":
			drawn, err = ParsePath("M" + said["points"])
		case "polygon":
			drawn, err = ParsePath("M" + said["points"] + "z")
		case "line":
			drawn = Path{{{number("x1"), number("y1")}, {number("x2"), number("y2")}}}
		case "rect":
			x, y, right, bottom := number("x"), number("y"), number("x")+number("width"), number("y")+number("height")
			drawn = Path{{{x, y}, {right, y}, {right, bottom}, {x, bottom}, {x, y}}}
		case "circle":
			drawn = Path{arc(Point{number("cx"), number("cy")}, number("r"), number("r"), 0, 0, 2*math.Pi)}
		case "ellipse":
			drawn = Path{arc(Point{number("cx"), number("cy")}, number("rx"), number("ry"), 0, 0, 2*math.Pi)}
		default:
			err = fmt.Errorf("<%s> cannot be drawn", element.Name.Local)
		}
		if err != nil {
			return nil, err
		}
		lines = append(lines, drawn...)
	}
}

// arguments is how many numbers each command of a path takes.
var arguments = map[byte]int{'M': 2, 'L': 2, 'H': 1, 'V': 1, 'Q': 4, 'T': 2, 'C': 6, 'S': 4, 'A': 7, 'Z': 0}

// ParsePath returns the lines of an SVG path.
func ParsePath(d string) (Path, error) {
	p := pathReader{rest: d}
	var command byte
	for p.skip(); p.rest != ""; p.skip() {
		if letter := p.rest[0]; strings.IndexByte("MLHVQTCSAZmlhvqtcsaz", letter) >= 0 {
			command, p.rest = letter, p.rest[1:]
		} else if command == 0 || command|0x20 == 'z' {
			return nil, fmt.Errorf("path %q: no command at %q", d, p.rest)
		}
		upper := command &^ 0x20
		numbers := make([]float64, arguments[upper])
		for i := range numbers {
			isFlag := upper == 'A' && (i == 3 || i == 4)
			n, err := p.number(isFlag)
			if err != nil {
				return nil, fmt.Errorf("path %q: %w", d, err)
			}
			numbers[i] = n
		}
		if upper != 'M' && len(p.lines) == 0 {
			return nil, fmt.Errorf("path %q does not begin with M", d)
		}
		p.draw(upper, command != upper, numbers)
		if upper == 'M' { // what follows without a command are lines
			command = 'L' | command&0x20
		}
	}
	return p.lines, nil
}

type pathReader struct {
	rest    string
	lines   Path
	at      Point
	control Point // the last one of a cubic curve, for one that goes on smoothly
	bend    Point // that of a quadratic curve
}

func (p *pathReader) skip() { p.rest = strings.TrimLeft(p.rest, " ,\t\r\n") }

var numberForm = regexp.MustCompile(`^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?`)

// number reads a number. A flag is one digit, which the next number may follow at once.
func (p *pathReader) number(isFlag bool) (float64, error) {
	p.skip()
	end := len(numberForm.FindString(p.rest))
	if isFlag {
		end = min(end, 1)
	}
	n, err := strconv.ParseFloat(p.rest[:end], 64)
	p.rest = p.rest[end:]
	return n, err
}

func (p *pathReader) draw(command byte, relative bool, n []float64) {
	from, base := p.at, Point{}
	if relative {
		base = p.at
	}
	point := func(i int) Point { return Point{base.X + n[i], base.Y + n[i+1]} }
	smooth := func(last Point) Point {
		if last == (Point{}) {
			return from
		}
		return Point{2*from.X - last.X, 2*from.Y - last.Y}
	}
	control, bend := smooth(p.control), smooth(p.bend)
	p.control, p.bend = Point{}, Point{}
	switch command {
	case 'M':
		p.at = point(0)
		p.lines = append(p.lines, []Point{p.at})
		return
	case 'Z':
		line := p.lines[len(p.lines)-1]
		p.add(line[0])
	case 'L':
		p.add(point(0))
	case 'H':
		p.add(Point{base.X + n[0], from.Y})
	case 'V':
		p.add(Point{from.X, base.Y + n[0]})
	case 'Q', 'T':
		c, to := bend, point(0)
		if command == 'Q' {
			c, to = point(0), point(2)
		}
		p.bend = c
		p.curve(from, between(from, c, 2.0/3), between(to, c, 2.0/3), to)
	case 'C':
		p.control = point(2)
		p.curve(from, point(0), p.control, point(4))
	case 'S':
		p.control = point(0)
		p.curve(from, control, p.control, point(2))
	case 'A':
		p.arc(from, point(5), n[0], n[1], n[2]*math.Pi/180, n[3] != 0, n[4] != 0)
	}
}

func (p *pathReader) add(to Point) {
	p.at = to
	last := &p.lines[len(p.lines)-1]
	*last = append(*last, to)
}

func between(a, b Point, share float64) Point {
	return Point{a.X + (b.X-a.X)*share, a.Y + (b.Y-a.Y)*share}
}

// pieces is how many straight lines a curve is drawn with: at the size of an icon nobody sees them.
const pieces = 12

func (p *pathReader) curve(a, b, c, d Point) {
	for i := 1; i <= pieces; i++ {
		t := float64(i) / pieces
		ab, bc, cd := between(a, b, t), between(b, c, t), between(c, d, t)
		p.add(between(between(ab, bc, t), between(bc, cd, t), t))
	}
}

// arc adds a part of an ellipse by its ends, as appendix B.2.4 of SVG 2 tells.
func (p *pathReader) arc(from, to Point, rx, ry, turn float64, large, sweep bool) {
	if rx, ry = math.Abs(rx), math.Abs(ry); rx == 0 || ry == 0 || from == to {
		p.add(to)
		return
	}
	sin, cos := math.Sincos(turn)
	x, y := (from.X-to.X)/2, (from.Y-to.Y)/2
	x, y = cos*x+sin*y, cos*y-sin*x
	if s := x*x/(rx*rx) + y*y/(ry*ry); s > 1 { // too small to reach from end to end
		rx, ry = rx*math.Sqrt(s), ry*math.Sqrt(s)
	}
	f := math.Sqrt(max(0, rx*rx*ry*ry-rx*rx*y*y-ry*ry*x*x) / (rx*rx*y*y + ry*ry*x*x))
	if large == sweep {
		f = -f
	}
	cx, cy := f*rx*y/ry, -f*ry*x/rx
	centre := Point{cos*cx - sin*cy + (from.X+to.X)/2, sin*cx + cos*cy + (from.Y+to.Y)/2}
	start, end := math.Atan2((y-cy)/ry, (x-cx)/rx), math.Atan2((-y-cy)/ry, (-x-cx)/rx)
	switch {
	case sweep && end < start:
		end += 2 * math.Pi
	case !sweep && end > start:
		end -= 2 * math.Pi
	}
	for _, point := range arc(centre, rx, ry, turn, start, end)[1:] {
		p.add(point)
	}
	line := p.lines[len(p.lines)-1]
	line[len(line)-1], p.at = to, to // as it is written
}

// arc returns a part of an ellipse.
func arc(centre Point, rx, ry, turn, start, end float64) []Point {
	n := max(2, int(math.Ceil(math.Abs(end-start)/(2*math.Pi)*4*pieces)))
	sin, cos := math.Sincos(turn)
	points := make([]Point, n+1)
	for i := range points {
		s, c := math.Sincos(start + (end-start)*float64(i)/float64(n))
		points[i] = Point{centre.X + rx*c*cos - ry*s*sin, centre.Y + rx*c*sin + ry*s*cos}
	}
	return points
}
