package site_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// A handbook's own drawings stand where it names them, also in the place of those that the layouts have,
// and nowhere else: what layouts show themselves stays as it is.
func TestOwnIcons(t *testing.T) {
	const path, inked = `<path d="M2 20 20 2"></path>`, `<svg class="icon" aria-hidden="true" focusable="false" width="24" height="24" viewBox="0 0 48 48" fill="currentColor">`
	knife := &fstest.MapFile{Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><path d="M2 20 20 2"/></svg>`)}
	content := kitchenContent(t)
	content["icons/knife.svg"], content["icons/menu.svg"], content["icons/person.svg"] = knife, knife, knife
	edit(t, content, "handbook.toml", `icon = "building"`, `icon = "knife"`)
	edit(t, content, "methods/cook-and-carry.md", "building = ", "knife = ")
	before, after := kitchen(t).files, english(content).mustBuild(t)
	for address, want := range map[string]int{
		"index.html": 2, "methods/cook-and-carry.html": 2, "methods/cook-and-serve.html": 1, "checklists/cook-and-carry.html": 0,
	} {
		if got := strings.Count(string(after[address]), inked+path); got != want {
			t.Errorf("%s: got %d own drawings, want %d", address, got, want)
		}
	}
	for _, address := range []string{"share/cook-and-carry.png", "share/cook-and-serve.png"} {
		if bytes.Equal(before[address], after[address]) || len(after[address]) == 0 {
			t.Errorf("%s: got the picture as it was, want one with the drawing", address)
		}
	}
}

// Without a mark of its own the site has that of the program; with one, nothing of that is left.
func TestOwnMark(t *testing.T) {
	var large bytes.Buffer
	if err := png.Encode(&large, image.NewGray(image.Rect(0, 0, 512, 512))); err != nil {
		t.Fatal(err)
	}
	mark := fstest.MapFS{
		"mark.svg": {Data: []byte(`<!-- ours --><svg viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#a00"/></svg>`)},
		"mark.png": {Data: large.Bytes()},
	}
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#a00"></circle></svg>`
	for name, c := range map[string]struct{ own, want []string }{
		"none":        {nil, []string{"images/icon.svg", "images/icon-192.png", "images/icon-512.png", "images/icon-maskable.png"}},
		"SVG":         {[]string{"mark.svg"}, []string{"images/icon.svg"}},
		"SVG and PNG": {[]string{"mark.svg", "mark.png"}, []string{"images/icon.svg", "images/icon-512.png"}},
	} {
		t.Run(name, func(t *testing.T) {
			content := kitchenContent(t)
			for _, file := range c.own {
				content[file] = mark[file]
			}
			files := english(content).mustBuild(t)
			var manifest struct{ Icons []struct{ Src string } }
			if err := json.Unmarshal(files["manifest.webmanifest"], &manifest); err != nil {
				t.Fatal(err)
			}
			var named, there []string
			for _, icon := range manifest.Icons {
				named = append(named, icon.Src)
			}
			for _, address := range files.addresses() {
				if strings.HasPrefix(address, "images/") {
					there = append(there, address)
				}
			}
			if !slices.Equal(named, c.want) {
				t.Errorf("got the icons %q, want %q", named, c.want)
			}
			if want := slices.Sorted(slices.Values(c.want)); !slices.Equal(there, want) {
				t.Errorf("got the files %q, want %q", there, want)
			}
			if isOwn := string(files["images/icon.svg"]) == svg; isOwn != (c.own != nil) {
				t.Errorf("got %s, want the own mark only where there is one", files["images/icon.svg"])
			}
			if isOwn := bytes.Equal(files["images/icon-512.png"], large.Bytes()); isOwn != (len(c.own) == 2) {
				t.Error("want the own PNG only where there is one")
			}
		})
	}
}
