package handbook

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tebiki/generator/picture"
	"tebiki/generator/source"
)

// Drawings that the content brings along: those of icons/, to be named where the layouts' own are, and
// the mark of the site. No byte of such a file is published as it is. It is read, and the shapes in it
// are written anew, so that all it can do is draw.

// IconFolder holds the drawings.
const IconFolder = "icons"

// mostDrawn is how many bytes a drawing may have: it stands in every page that shows it.
const mostDrawn = 10_000

// markSize is the width and the height of the mark as a PNG, in pixels.
const markSize = 512

// shapes are the elements of a drawing.
var shapes = []string{"circle", "ellipse", "g", "line", "path", "polygon", "polyline", "rect"}

// A valueForm is what an attribute may say.
type valueForm struct {
	fits func(value string) bool
	how  string // to write it
}

func matching(expression, how string) valueForm {
	return valueForm{regexp.MustCompile(`^(` + expression + `)$`).MatchString, how}
}

// drawnBy returns a form for what picture draws when it stands behind a prefix in a path.
func drawnBy(prefix, how string) valueForm {
	return valueForm{func(value string) bool {
		_, err := picture.ParsePath(prefix + value)
		return err == nil
	}, how}
}

var (
	length = matching(`[-+]?([0-9]{1,6}(\.[0-9]{0,9})?|\.[0-9]{1,9})`, "数だけを書いてください")
	word   = matching(`[a-z]+`, "小文字の英字で書いてください")

	// An icon has the colour of the text beside it, also where a reader wants light text on dark.
	inkOnly = matching(`none|currentColor`, "none か currentColor にしてください。ページの文字と同じ色で出ます")
	colour  = matching(`none|#([0-9A-Fa-f]{3}){1,2}`, `none か、"#0017c1" のような色にしてください`)

	// attributes are those of shapes, but for fill and stroke.
	attributes = map[string]valueForm{
		"d": drawnBy("", "線の命令と数だけを書いてください"), "points": drawnBy("M", "点の位置を、数で書いてください"),
		"cx": length, "cy": length, "r": length, "rx": length, "ry": length,
		"x": length, "y": length, "width": length, "height": length,
		"x1": length, "y1": length, "x2": length, "y2": length,
		"stroke-width": length, "stroke-miterlimit": length,
		"opacity": length, "fill-opacity": length, "stroke-opacity": length,
		"stroke-linecap": word, "stroke-linejoin": word, "fill-rule": word, "clip-rule": word,
	}

	// instead says what to do with attributes that programs for drawing write.
	instead = map[string]string{
		"style":     "色や線の太さは、fill や stroke などの属性で書いてください",
		"transform": "描いたソフトで、変形を図形に反映してから保存してください",
	}

	// unneeded are attributes of the root that are left out: the page decides the size.
	unneeded = []string{"width", "height", "version", "x", "y"}
)

const svgSpace = "http://www.w3.org/2000/svg"

// resolveDrawings reads the drawings.
func (h *Handbook) resolveDrawings(report reporter) {
	h.Icons = map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(h.iconFiles)) {
		d := drawing{file: IconFolder + "/" + name + ".svg", report: report}
		h.Icons[name] = d.read(h.iconFiles[name])
	}
	if h.markFile != nil {
		d := drawing{file: markFile, isMark: true, report: report}
		h.Mark = strings.Replace(d.read(h.markFile), "<svg ", `<svg xmlns="`+svgSpace+`" `, 1)
	}
	if h.MarkPNG == nil {
		return
	}
	problem := func(format string, args ...any) {
		report(source.Problem{File: markPicture, Line: 1, Text: fmt.Sprintf(format, args...)})
	}
	switch made, err := png.DecodeConfig(bytes.NewReader(h.MarkPNG)); {
	case h.markFile == nil:
		problem("%s がありません（同じ印を SVG でも置いてください）", markFile)
	case err != nil:
		problem("PNG として読めません（PNG で保存し直してください）")
	case made.Width != markSize || made.Height != markSize:
		problem("大きさが %d×%d です（%d×%d にしてください）", made.Width, made.Height, markSize, markSize)
	}
}

// A drawing is a file being read.
type drawing struct {
	file   string
	isMark bool // a square with colours of its own
	report reporter

	line int
	said map[string]bool // each thing is said once, where it is first
	out  strings.Builder
}

func (d *drawing) problem(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !d.said[text] {
		d.said[text] = true
		d.report(source.Problem{File: d.file, Line: d.line, Text: text})
	}
}

// read returns the drawing as it can stand in a page. Comments and what stands before the root are left
// out.
func (d *drawing) read(data []byte) string {
	d.line, d.said = 1, map[string]bool{}
	if len(data) > mostDrawn {
		d.problem("この絵は %d バイトあります（%d バイトまでです。点を減らすか、細かい所を省いてください）", len(data), mostDrawn)
		return ""
	}
	decoder := xml.NewDecoder(bytes.NewReader(data))
	depth, drawn := 0, false
	for {
		d.line, _ = decoder.InputPos()
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			if fault := new(xml.SyntaxError); errors.As(err, &fault) {
				d.line = fault.Line
			}
			d.problem("SVG として読めません（タグや引用符の閉じ忘れがないか、確かめてください。描いたソフトで保存し直すと、直ることがあります）")
			return ""
		}
		switch token := token.(type) {
		case xml.StartElement:
			name := token.Name.Local
			isSVG := token.Name.Space == "" || token.Name.Space == svgSpace
			switch isRoot := depth == 0; {
			case isRoot && (!isSVG || name != "svg" || d.out.Len() > 0):
				d.problem("SVG ではありません（全体を、一つの <svg> で囲んでください）")
				return ""
			case isRoot:
				d.root(token.Attr)
			case !isSVG || !slices.Contains(shapes, name):
				d.problem("<%s> は使えません（使えるのは %s です。消すか、描いたソフトで図形に変えてください）", name, strings.Join(shapes, "、"))
				decoder.Skip() // where it fails, the next token does, too
				continue
			default:
				d.out.WriteString("<" + name)
				d.attributes(token.Attr)
				drawn = drawn || name != "g"
			}
			d.out.WriteString(">")
			depth++
		case xml.EndElement:
			d.out.WriteString("</" + token.Name.Local + ">")
			depth--
		}
	}
	d.line = 1
	if !drawn {
		d.problem("図形がありません（path などで描いてください）")
	}
	return d.out.String()
}

// root writes the beginning of the root. Of an icon, what names no colour is drawn in that of the text.
func (d *drawing) root(list []xml.Attr) {
	box, filled := "", false
	list = slices.DeleteFunc(list, func(a xml.Attr) bool {
		filled = filled || a.Name.Local == "fill"
		if a.Name.Space == "" && a.Name.Local == "viewBox" {
			box = strings.Join(strings.Fields(strings.ReplaceAll(a.Value, ",", " ")), " ")
			return true
		}
		return a.Name.Space == "" && slices.Contains(unneeded, a.Name.Local)
	})
	var sides [4]float64
	numbers := strings.Fields(box)
	isBox := len(numbers) == len(sides)
	for i := range sides {
		if isBox = isBox && length.fits(numbers[i]); isBox {
			sides[i], _ = strconv.ParseFloat(numbers[i], 64)
		}
	}
	switch {
	case !isBox || sides[2] <= 0 || sides[3] <= 0:
		d.problem(`<svg> に viewBox がないか、読めません（viewBox="0 0 24 24" のように、左端、上端、幅、高さを書いてください）`)
	case d.isMark && sides[2] != sides[3]:
		d.problem("正方形ではありません（viewBox の幅と高さを、同じにしてください）")
	}
	fmt.Fprintf(&d.out, `<svg viewBox="%s"`, box)
	if !filled && !d.isMark {
		d.out.WriteString(` fill="currentColor"`)
	}
	d.attributes(list)
}

// attributes writes those of an element that draw.
func (d *drawing) attributes(list []xml.Attr) {
	for i, a := range list {
		name := a.Name.Local
		if name == "xmlns" || a.Name.Space == "xmlns" { // what is in another space is reported itself
			continue
		}
		form, ok := attributes[name]
		if name == "fill" || name == "stroke" {
			if form, ok = inkOnly, true; d.isMark {
				form = colour
			}
		}
		value := strings.TrimSpace(a.Value)
		switch {
		case !ok || a.Name.Space != "":
			d.problem("属性 %s は使えません（%s）", name, cmp.Or(instead[name], "消してください"))
		case slices.ContainsFunc(list[:i], func(before xml.Attr) bool { return before.Name == a.Name }):
			d.problem("属性 %s が二つあります（一つにしてください）", name)
		case !form.fits(value):
			d.problem("属性 %s の値 %q は使えません（%s）", name, shortened(value), form.how)
		default:
			fmt.Fprintf(&d.out, ` %s="%s"`, name, value)
		}
	}
}

// shortened returns so much of a value that an editor finds it.
func shortened(value string) string {
	if letters := []rune(value); len(letters) > 40 {
		return string(letters[:40]) + "…"
	}
	return value
}
