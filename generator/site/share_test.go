package site_test

import (
	"bytes"
	"image/png"
	"io/fs"
	"testing"

	"tebiki/generator/picture"
)

// Each method has a picture of its own, in the size that others show whole, and its pages name it. In
// words it says what the diagram does.
func TestShare(t *testing.T) {
	for name, e := range map[string]*edition{"real": web(t), "English": kitchen(t)} {
		base := e.handbook.BaseURL
		if name == "real" {
			base = "https://example.jp/tebiki/"
		}
		seen := map[string]string{}
		for _, m := range e.handbook.Methods {
			address := "share/" + m.Slug + ".png"
			drawn, err := png.Decode(bytes.NewReader(e.files[address]))
			if err != nil {
				t.Fatalf("%s: %v", address, err)
			}
			if size := drawn.Bounds(); size.Dx() != 800 || size.Dy() != 420 || len(e.files[address]) > 20_000 {
				t.Errorf("%s: got %v in %d bytes, want 800 × 420 in 20,000 at most", address, size, len(e.files[address]))
			}
			shades := map[any]int{}
			for y := range 420 {
				for x := 60; x < 800; x++ {
					shades[drawn.At(x, y)]++
				}
			}
			if len(shades) < 4 {
				t.Errorf("%s: got %d shades, want a drawing", address, len(shades))
			}
			seen[string(e.files[address])] = m.Slug
			for _, page := range []string{"methods/", "checklists/", "rules/", "handouts/"} {
				properties := map[string]string{}
				for n := range elements(e.page(t, page+m.Slug+".html").root) {
					if property, ok := attribute(n, "property"); ok {
						properties[property] = value(n, "content")
					}
				}
				if properties["og:image"] != base+address || properties["og:image:alt"] != m.Diagram.Text || m.Diagram.Text == "" {
					t.Errorf("%s%s.html: got %q, want the picture of the method, and its words", page, m.Slug, properties)
				}
			}
		}
		if len(seen) < 2 {
			t.Errorf("%s: got %d pictures, want some that differ", name, len(seen))
		}
	}
}

// Whatever icon an editor chooses can be drawn.
func TestIconsCanBeDrawn(t *testing.T) {
	icons := folder("static/icons")
	names, err := fs.Glob(icons, "*.svg")
	if err != nil || len(names) == 0 {
		t.Fatalf("got %d icons, error %v", len(names), err)
	}
	for _, name := range names {
		svg, err := fs.ReadFile(icons, name)
		if err != nil {
			t.Fatal(err)
		}
		if lines, err := picture.ParseSVG(string(svg)); err != nil || len(lines) == 0 {
			t.Errorf("%s: got %d lines, error %v, want a drawing", name, len(lines), err)
		}
	}
}

// BenchmarkShare draws the picture of a method.
func BenchmarkShare(b *testing.B) {
	row, err := web(b).site.File("share/company-vpn.png")
	if row == nil || err != nil {
		b.Fatalf("got %d bytes, error %v", len(row), err)
	}
	for b.Loop() {
		web(b).site.File("share/company-vpn.png")
	}
}
