package handbook

import (
	"bytes"
	"image"
	"image/png"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"tebiki/generator/picture"
	"tebiki/generator/source"
)

func readDrawing(text string, isMark bool) (svg, problems string) {
	var b strings.Builder
	d := drawing{file: "a.svg", isMark: isMark, report: func(p source.Problem) { b.WriteString(p.String() + "\n") }}
	return d.read([]byte(text)), b.String()
}

// onlyShapes is all that may stand in a page of a drawing.
var onlyShapes = regexp.MustCompile(`^<svg( [a-zA-Z0-9-]+="[-+a-zA-Z0-9#., \t\r\n]*")+>` +
	`(</?(circle|ellipse|g|line|path|polygon|polyline|rect)( [a-z0-9-]+="[-+a-zA-Z0-9#., \t\r\n]*")*>)+</svg>$`)

var handler = regexp.MustCompile(`(?i) (on[a-z]+|style|id|class|href|transform)=`)

// Whatever stands in a file: of what is accepted only shapes are written, which can be drawn, and are
// read again as they are.
func FuzzDrawing(f *testing.F) {
	err := fs.WalkDir(os.DirFS("testdata/rules/drawings"), ".", func(name string, _ fs.DirEntry, err error) error {
		rule, err := os.ReadFile("testdata/rules/drawings/" + name)
		for _, file := range regexp.MustCompile(`(?m)^-- .* --\n`).Split(string(rule), -1) {
			f.Add(file)
		}
		if name == "." {
			return nil
		}
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, isMark := range []bool{false, true} {
			svg, problems := readDrawing(text, isMark)
			if problems != "" {
				continue
			}
			if !onlyShapes.MatchString(svg) || handler.MatchString(svg) {
				t.Errorf("got %q, want shapes alone", svg)
			}
			if _, err := picture.ParseSVG(svg); err != nil {
				t.Errorf("%q cannot be drawn: %v", svg, err)
			}
			if again, problems := readDrawing(svg, isMark); again != svg || problems != "" {
				t.Errorf("got %q, problems %s, want it as it was: %q", again, problems, svg)
			}
		}
	})
}

// What a page gets of a drawing.
func TestDrawing(t *testing.T) {
	for text, want := range map[string]string{
		"\ufeff<?xml version='1.0'?><!-- a --><svg width='9' viewBox=' 0,0 24\n24'> <g\nstroke='none'>text<path d=' M1 1\n'/></g></svg>": `<svg viewBox="0 0 24 24" fill="currentColor"><g stroke="none"><path d="M1 1"></path></g></svg>`,
		`<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 9 9" fill="none"><s:circle r="1"/></s:svg>`:                            `<svg viewBox="0 0 9 9" fill="none"><circle r="1"></circle></svg>`,
	} {
		if got, problems := readDrawing(text, false); got != want || problems != "" {
			t.Errorf("%s:\ngot  %s, problems %s\nwant %s", text, got, problems, want)
		}
	}
	large := `<svg viewBox="0 0 9 9"><path d="M1 1` + strings.Repeat("h1", mostDrawn/2) + `"/></svg>`
	const want = "a.svg:1: この絵は 10045 バイトあります（10000 バイトまでです。点を減らすか、細かい所を省いてください）\n"
	if got, problems := readDrawing(large, false); got != "" || problems != want {
		t.Errorf("got %.40q, problems %s, want %s", got, problems, want)
	}
}

// The mark as PNG has the size that systems ask for.
func TestMarkPNG(t *testing.T) {
	content := newTree(t)
	content["mark.svg"] = `<svg viewBox="0 0 9 9"><path d="M1 1h9"/></svg>`
	for size, want := range map[int]string{512: "", 192: "mark.png:1: 大きさが 192×192 です（512×512 にしてください）"} {
		var file bytes.Buffer
		if err := png.Encode(&file, image.NewGray(image.Rect(0, 0, size, size))); err != nil {
			t.Fatal(err)
		}
		content["mark.png"] = file.String()
		content.wantProblems(t, contentDay, want)
	}
}
