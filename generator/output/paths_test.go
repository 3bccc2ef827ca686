package output

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

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
		"twice":                         {[]string{"a/b", "a/b"}, `"a/b" というファイルが二つあります`},
		"only case differs":             {[]string{"b/A.html", "B/a.html"}, `"B/a.html" と "b/A.html" は大文字と小文字しか違わない`},
		"file and folder":               {[]string{"a", "a/b"}, `"a" はファイルなので、"a/b" を入れるフォルダーにはなれません`},
		"file and folder, far apart":    {[]string{"a/b", "a/c/d/e", "a/c"}, `"a/c" はファイルなので、"a/c/d/e" を入れるフォルダーにはなれません`},
		"file and folder, case differs": {[]string{"A/b/c", "a"}, `"a" はファイルなので、"A/b/c" を入れるフォルダーにはなれません`},
	} {
		for range 2 {
			slices.Reverse(test.paths) // the rule holds whichever comes first
			t.Run(name, func(t *testing.T) { wantRefused(t, test.paths, test.want) })
		}
	}
}

// wantRefused fails unless zip and folder refuse one of the paths, and the folder stays as it was.
func wantRefused(t *testing.T, paths []string, want string) {
	if _, err := zipped("top", paths, nil); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("zip of %q: got error %v, want %s", paths, err, want)
	}
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	put(t, dir, tree{"old": nil})
	folder := open(t, dir)
	want = dir + " を書けませんでした。前の内容はそのままです: " + want
	var addErr error
	for _, p := range paths {
		if addErr = folder.Add(p, nil); addErr != nil {
			break
		}
	}
	if addErr == nil || !strings.HasPrefix(addErr.Error(), want) {
		t.Errorf("folder of %q: got error %v, want %s", paths, addErr, want)
	}
	if _, err := folder.Commit(ours); err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("Commit of %q: got error %v, want %s", paths, err, want)
	}
	wantFiles(t, dir, tree{"old": nil})
	wantNames(t, parent, "public")
}

func TestPathsThatDifferInMoreThanCase(t *testing.T) {
	want := tree{"a": nil, "a-b": nil, "A.html": nil, "b/a": nil, "B/c": nil, "b/a.d/e": nil}
	dir := filepath.Join(t.TempDir(), "public")
	mustPublish(t, dir, want)
	// The names of their folders may come out as one where the file system does not tell b from B.
	if got := read(t, os.DirFS(dir)); len(got) != len(want) {
		t.Errorf("got %q, want %q", got.sorted(), want.sorted())
	}
}
