package output

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// site returns about n pages that all name their version, some of them only in that version, of the
// size and repetitiveness of real pages.
func site(version string, n int) Files {
	words := []string{"<p class=\"measure__text\">", "</p>\n", "<a href=\"../measures/", ".html\">", "テレワーク", "の", "端末", "に", "対策", "を", "します", "。"}
	random := rand.New(rand.NewPCG(1, 2))
	files := Files{"index.html": []byte(version), version + "/only.html": []byte(version)}
	for i := range n {
		var page strings.Builder
		page.WriteString(version)
		for size := random.IntN(2000); size > 0; size-- {
			page.WriteString(words[random.IntN(len(words))])
		}
		files[fmt.Sprintf("pages/%d/%d.html", i%20, i)] = []byte(page.String())
	}
	return files
}

// differences says in which paths two sets of files differ.
func differences(got, want Files) string {
	all := maps.Clone(got)
	maps.Copy(all, want)
	var lines []string
	for _, p := range all.Paths() {
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

func read(t *testing.T, fsys fs.FS) Files {
	t.Helper()
	files := Files{}
	err := fs.WalkDir(fsys, ".", func(p string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files[p], err = fs.ReadFile(fsys, p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestPaths(t *testing.T) {
	files := Files{"b": nil, "a/c": nil, "a-b": nil, "a": nil}
	if got, want := files.Paths(), []string{"a", "a-b", "a/c", "b"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestBadPaths(t *testing.T) {
	for name, test := range map[string]struct {
		paths []string
		want  string
	}{
		"empty":                         {[]string{""}, `"" はファイルのパスとして使えません`},
		"the folder itself":             {[]string{"."}, `"." はファイルのパスとして使えません`},
		"absolute":                      {[]string{"/etc/passwd"}, `"/etc/passwd" はファイルのパスとして使えません`},
		"out of the folder":             {[]string{"a/../../b"}, `"a/../../b" はファイルのパスとして使えません`},
		"folder":                        {[]string{"a/"}, `"a/" はファイルのパスとして使えません`},
		"not UTF-8":                     {[]string{"\xff"}, `"\xff" はファイルのパスとして使えません`},
		"only case differs":             {[]string{"b/A.html", "B/a.html"}, `"B/a.html" と "b/A.html" は大文字と小文字しか違わない`},
		"file and folder":               {[]string{"a", "a/b"}, `"a" はファイルなので、"a/b" を入れるフォルダーにはなれません`},
		"file and folder, case differs": {[]string{"A/b/c", "a"}, `"a" はファイルなので、"A/b/c" を入れるフォルダーにはなれません`},
	} {
		t.Run(name, func(t *testing.T) {
			files := Files{}
			for _, p := range test.paths {
				files[p] = nil
			}
			if _, err := files.Zip("top"); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Zip: got error %v, want %s", err, test.want)
			}
			parent := t.TempDir()
			_, err := Publish(filepath.Join(parent, "public"), files, ours)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Publish: got error %v, want %s", err, test.want)
			}
			wantNames(t, parent)
		})
	}
}

// The error is that of the first that failed, whichever was done first.
func TestEachReturnsTheFirstError(t *testing.T) {
	for range 100 {
		err := Each(50, func(i int) error {
			if i%10 == 7 {
				return fmt.Errorf("%d", i)
			}
			return nil
		})
		if err == nil || err.Error() != "7" {
			t.Fatalf("got %v, want the error of 7", err)
		}
	}
	if err := Each(0, nil); err != nil {
		t.Errorf("nothing to do: got %v", err)
	}
}
