package site_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/site"
)

// Whoever writes or translates the words of the interface writes none in vain.
func TestEveryWordIsUsed(t *testing.T) {
	h, err := load(source("content"), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	// What some words are for.
	h.Changes = nil
	h.Contacts[0].URL = "https://example.jp/"
	h.Withdrawn = []*handbook.Withdrawn{{Record: handbook.Record{Slug: "old"}, Kind: "measures", Successors: h.Measures[:1]}}

	marks := map[string]string{}
	ui := reflect.ValueOf(&h.UI).Elem()
	for i := range ui.NumField() {
		section, group := ui.Type().Field(i).Tag.Get("toml"), ui.Field(i)
		for j := range group.NumField() {
			name := section + "." + group.Type().Field(j).Tag.Get("toml")
			if section == "" || name == "glossary.groups" { // a list of letters
				continue
			}
			marks[name] = fmt.Sprintf("word-%d-%d-", i, j)
			group.Field(j).SetString(marks[name] + group.Field(j).String())
		}
	}
	files, err := build(h, site.Options{})
	if err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(files[zipAddress]), int64(len(files[zipAddress])))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"download.html", "readme.txt"} { // not as they are outside
		data, err := fs.ReadFile(archive, "tebiki/"+name)
		if err != nil {
			t.Fatal(err)
		}
		files["zip/"+name] = data
	}
	said := bytes.Join(slices.Collect(maps.Values(files)), nil)
	for _, name := range slices.Sorted(maps.Keys(marks)) {
		if !bytes.Contains(said, []byte(marks[name])) {
			t.Errorf("%s: got it nowhere on the site, want it used or gone", name)
		}
	}
	if len(marks) < 300 {
		t.Errorf("got %d words, want all of them", len(marks))
	}
}
