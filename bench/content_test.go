package main

import (
	"os"
	"path/filepath"
	"testing"
)

// The content has as many pages as are asked for. With a kind of page that pagesOf does not know it has
// more: then export and the layouts for Hugo do not know it either.
func TestEnlarge(t *testing.T) {
	t.Chdir("..")
	const want = 150
	p, out := in(t.TempDir()), filepath.Join(t.TempDir(), "out")
	if err := makePages(want, filepath.Dir(p.content)); err != nil {
		t.Fatal(err)
	}
	if err := pagesOnly(append(p.args("", "")[2:], "-out", out)); err != nil {
		t.Fatal(err)
	}
	var made size
	names, err := pagesIn(os.DirFS(out), &made)
	if err != nil {
		t.Fatal(err)
	}
	if made.pages != want {
		t.Errorf("got %d pages, want %d: %q", made.pages, want, names)
	}
}
