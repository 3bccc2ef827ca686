package output

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// A tree maps paths to contents.
type tree map[string][]byte

func (t tree) sorted() []string { return slices.Sorted(maps.Keys(t)) }

func (t tree) size() (bytes int64) {
	for _, data := range t {
		bytes += int64(len(data))
	}
	return bytes
}

// site returns about n pages that all name their version, some of them only in that version, of the
// size and repetitiveness of real pages.
func site(version string, n int) tree {
	words := []string{"<p class=\"measure__text\">", "</p>\n", "<a href=\"../measures/", ".html\">", "テレワーク", "の", "端末", "に", "対策", "を", "します", "。"}
	random := rand.New(rand.NewPCG(1, 2))
	pages := tree{"index.html": []byte(version), version + "/only.html": []byte(version)}
	for i := range n {
		var page strings.Builder
		page.WriteString(version)
		for size := random.IntN(2000); size > 0; size-- {
			page.WriteString(words[random.IntN(len(words))])
		}
		pages[fmt.Sprintf("pages/%d/%d.html", i%20, i)] = []byte(page.String())
	}
	return pages
}

// differences says in which paths two trees differ.
func differences(got, want tree) string {
	all := maps.Clone(got)
	maps.Copy(all, want)
	var lines []string
	for _, p := range all.sorted() {
		g, inGot := got[p]
		w, inWant := want[p]
		if inGot != inWant || !bytes.Equal(g, w) {
			lines = append(lines, fmt.Sprintf("%s: got %t %.60q, want %t %.60q", p, inGot, g, inWant, w))
		}
	}
	if len(lines) > 5 {
		lines = append(lines[:5], fmt.Sprintf("… and %d more", len(lines)-5))
	}
	return strings.Join(lines, "\n")
}

func read(t *testing.T, fsys fs.FS) tree {
	t.Helper()
	found := tree{}
	err := fs.WalkDir(fsys, ".", func(p string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		found[p], err = fs.ReadFile(fsys, p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
