package picture

import (
	"bytes"
	"fmt"
	"image/color"
	"image/png"
	"math"
	"strings"
	"testing"
)

// show draws a small picture in letters: white, light, dark, ink.
func show(t *testing.T, c *Canvas) string {
	t.Helper()
	file, err := c.PNG()
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for y := range c.height {
		for x := range c.width {
			red, _, _, _ := picture.At(x, y).RGBA()
			b.WriteByte(" .+#"[3-int(math.Round(float64(red)/0xffff*3))])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

var black = color.RGBA{0, 0, 0, 255}

func TestStroke(t *testing.T) {
	c := New(12, 8, black)
	c.Stroke(Path{{{2, 2}, {10, 2}, {10, 6}}, {{3, 6}, {3, 6}}}, 2, 1)
	const want = "" +
		"            \n" +
		" +########+ \n" +
		" +######### \n" +
		"         ## \n" +
		"         ## \n" +
		"  ++     ## \n" +
		"  ++     ++ \n" +
		"            \n"
	if got := show(t, c); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFill(t *testing.T) {
	c := New(10, 7, black)
	c.Fill(Box{1, 1, 8, 5, 2}, 1)
	c.Fill(Box{3, 2, 4, 3, 0}, 1.0/3)
	const want = "" +
		"          \n" +
		" .######. \n" +
		" ##....## \n" +
		" ##....## \n" +
		" ##....## \n" +
		" .######. \n" +
		"          \n"
	if got := show(t, c); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What lies outside of the canvas is left out.
func TestOutside(t *testing.T) {
	c := New(3, 2, black)
	c.Stroke(Path{{{-9, 1}, {20, 1}}}, 4, 1)
	c.Fill(Box{-5, -5, 4, 4, 1}, 1)
	if got, want := show(t, c), "###\n###\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// ends returns where each line begins and ends, and the number of its points.
func ends(p Path) string {
	var b strings.Builder
	for _, line := range p {
		last := line[len(line)-1]
		fmt.Fprintf(&b, "%.2f,%.2f-%.2f,%.2f(%d) ", line[0].X, line[0].Y, last.X, last.Y, len(line))
	}
	return strings.TrimSpace(b.String())
}

func TestParsePath(t *testing.T) {
	for d, want := range map[string]string{
		"M3 6h18M3 12H9v.5":                   "3.00,6.00-21.00,6.00(2) 3.00,12.00-9.00,12.50(3)",
		"m1 2 3 4-1-1":                        "1.00,2.00-3.00,5.00(3)",
		"M1 1L2 2 3 1z":                       "1.00,1.00-1.00,1.00(4)",
		"M8 7h.01M8 17h.01z":                  "8.00,7.00-8.01,7.00(2) 8.00,17.00-8.00,17.00(3)",
		"M0 0q1 1 2 0":                        "0.00,0.00-2.00,0.00(13)",
		"M0 0q1 1 2 0t2 0T9 9":                "0.00,0.00-9.00,9.00(37)",
		"M1e1 2.5E-1h0":                       "10.00,0.25-10.00,0.25(2)",
		"M1 1a0 4 0 0 1 5 0a2 2 0 0 1 0 0":    "1.00,1.00-6.00,1.00(3)",
		"M0 0c1 1 2 1 3 0s2-1 3 0":            "0.00,0.00-6.00,0.00(25)",
		"M2 19a10 10 0 0 1 20 0":              "2.00,19.00-22.00,19.00(25)",
		"M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z": "12.00,12.00-12.00,12.00(50)",
		"M17.2 8.8a4.6 4.6 0 00-.2 9.2":       "17.20,8.80-17.00,18.00(25)",
	} {
		p, err := ParsePath(d)
		if got := ends(p); err != nil || got != want {
			t.Errorf("%s: got %s, error %v, want %s", d, got, err, want)
		}
	}
	for _, d := range []string{"3 4", "L1 2", "M1", "M1 2 3", "M1 2a1 1 0 2", "M0 0z1", "M1 2x"} {
		if p, err := ParsePath(d); err == nil {
			t.Errorf("%s: got %s, want an error", d, ends(p))
		}
	}
}

// An arc goes the way that its flags say.
func TestArc(t *testing.T) {
	for flags, want := range map[string]Point{"0 1": {5, 0}, "0 0": {5, 10}} {
		p, err := ParsePath("M0 5a5 5 0 " + flags + " 10 0")
		if err != nil {
			t.Fatal(err)
		}
		middle := p[0][len(p[0])/2]
		if math.Abs(middle.X-want.X)+math.Abs(middle.Y-want.Y) > 1e-9 {
			t.Errorf("%s: got the middle %v, want %v", flags, middle, want)
		}
	}
}

func TestParseSVG(t *testing.T) {
	p, err := ParseSVG(`<svg viewBox="0 0 24 24"><circle cx="12" cy="12" r="9"/><path d="M1 2h3"/></svg>`)
	if got, want := ends(p), "21.00,12.00-21.00,12.00(49) 1.00,2.00-4.00,2.00(2)"; err != nil || got != want {
		t.Errorf("got %s, error %v, want %s", got, err, want)
	}
	// What is of another size is brought to the same one, in the middle.
	p, err = ParseSVG(`<svg viewBox="-10 0 48 96"><g><rect x="-10" width="48" height="96"/></g><line x1="38" y2="96"/>` +
		`<polyline points="0,0 4-4"/><polygon points="0 0 0 4 4 4"/><ellipse cx="14" cy="48" rx="24" ry="4"/></svg>`)
	const want = "6.00,0.00-6.00,0.00(5) 18.00,0.00-8.50,24.00(2) 8.50,0.00-9.50,-1.00(2) 8.50,0.00-8.50,0.00(4) 18.00,12.00-18.00,12.00(49)"
	if got := ends(p); err != nil || got != want {
		t.Errorf("got %s, error %v, want %s", got, err, want)
	}
	for _, svg := range []string{`<svg><text/></svg>`, `<svg><circle r="x"/></svg>`, `<svg><path d="x"/></svg>`, `<svg>`} {
		if p, err := ParseSVG(svg); err == nil {
			t.Errorf("%s: got %s, want an error", svg, ends(p))
		}
	}
}
