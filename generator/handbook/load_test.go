package handbook

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// A brokenFS is a disk that fails at one file.
type brokenFS struct {
	fstest.MapFS
	name string
}

func (b brokenFS) ReadFile(name string) ([]byte, error) {
	if name == b.name {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrPermission}
	}
	return b.MapFS.ReadFile(name)
}

// A file that cannot be read is no problem of the content.
func TestLoadReturnsErrorsOfTheDisk(t *testing.T) {
	for _, name := range []string{"handbook.toml", "measures/lock.md", "share.png"} {
		content := brokenFS{newTree(t).fs(), name}
		content.MapFS["share.png"] = &fstest.MapFile{}
		if h, problems, err := Load(content, contentDay, Said{}); err == nil {
			t.Errorf("%s: got %v, %v, no error", name, h, problems)
		}
	}
}

// A folder may be a link to one.
func TestLoadFollowsLinks(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "content"), newTree(t).fs()); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(dir, "content/measures"), filepath.Join(dir, "elsewhere")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../elsewhere", filepath.Join(dir, "content/measures")); err != nil {
		t.Fatal(err)
	}
	if _, problems, err := Load(os.DirFS(filepath.Join(dir, "content")), contentDay, Said{}); err != nil || len(problems) > 0 {
		t.Errorf("got problems %v, %v, want none", problems, err)
	}
}

// TestLoadResolves: what the site relies on, made of valid.txtar.
func TestLoadResolves(t *testing.T) {
	files := newTree(t)
	files["measures/old.md"] = strings.Replace(files["measures/lock.md"], `"2-1"`, `"2-10"`, 1)
	files["measures/new.md"] = strings.Replace(files["measures/lock.md"], `"2-1"`, `"2-9"`, 1)
	files.replace("published.toml", `"lock"`, `"lock", "old", "new"`)
	files.replace("handbook.toml", "low = 2", "low = 4")
	files["changes/2026-05-01.md"] = "+++\ndate = 2026-05-01\ntitle = \"次\"\n+++\n\n直しました。\n"
	h, problems := files.load(t, contentDay)
	if len(problems) > 0 {
		t.Fatalf("got problems %q, want none", problems)
	}
	var got []string
	line := func(format string, args ...any) { got = append(got, fmt.Sprintf(format, args...)) }
	for _, m := range h.Measures {
		line("measure %s %s %s %v %v", m.Number, m.Slug, m.Category.Name, slugs(m.Threats), slugs(m.Effort.Roles))
	}
	for _, m := range h.Methods {
		line("checklist %s %s %v", m.Owner.Slug, m.Access.Slug, slugs(m.Preparation))
		for _, group := range m.Groups {
			line("group %d %s %v", group.Priority.Rank, group.Priority.Slug, slugs(group.Measures))
		}
	}
	for _, w := range h.Withdrawn {
		line("withdrawn %s %v", w.Slug, slugs(w.Successors))
	}
	for _, end := range h.Flow.Ends() {
		line("end %s %s", end.Answer().Slug, end.Method.Slug)
	}
	for _, s := range h.measures.bySlug["helmet"].Body.Sections {
		line("section %s %s %d", s.ID, s.Heading, s.Line)
	}
	line("navigation %v footer %v changes %v", slugs(h.Navigation), slugs(h.Footer), slugs(h.Changes))
	const want = `measure 1-1 register 身に着ける物 [theft] [rider]
measure 1-2 helmet 身に着ける物 [crash] [rider]
measure 1-3 light 身に着ける物 [crash] [rider]
measure 2-1 lock 止め方 [theft] [rider]
measure 2-9 new 止め方 [theft] [rider]
measure 2-10 old 止め方 [theft] [rider]
checklist mine road [register]
group 1 high [helmet]
group 2 low [light lock new old]
checklist shared road [register]
group 1 high [helmet]
group 2 low []
withdrawn horn [light]
end work commute
end shop errand
end shared errand
section why なぜ 24
section how やり方 28
navigation [methods] footer [about] changes [2026-05-01 2026-04-01]`
	if got := strings.Join(got, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// EachBody shows every text of the content once, with the record it belongs to.
func TestEachBody(t *testing.T) {
	files := newTree(t)
	h, _ := files.load(t, contentDay)
	seen := map[string]int{}
	h.EachBody(func(r *source.Record, body *markdown.Body) {
		seen[r.File]++
		if !body.Read {
			t.Errorf("%s: got no text", r.File)
		}
	})
	for name := range files {
		want := 0
		if strings.HasSuffix(name, ".md") {
			want = 1
		}
		if seen[name] != want {
			t.Errorf("%s: got %d texts, want %d", name, seen[name], want)
		}
	}
}

// Numbers of measures are ordered part by part.
func TestCompareNumbers(t *testing.T) {
	sorted := []string{"", "1", "1-1", "1-2", "1-10", "2-1", "10-1", "a", "a-1", "b"}
	for i, a := range sorted {
		for j, b := range sorted {
			if got, want := cmp.Compare(compareNumbers(a, b), 0), cmp.Compare(i, j); got != want {
				t.Errorf("%q and %q: got %d, want %d", a, b, got, want)
			}
		}
	}
}
