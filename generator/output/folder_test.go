package output

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"
)

// The tests that end a process start this binary again with childEnv naming what the child does.
const childEnv, childDirEnv = "OUTPUT_TEST_CHILD", "OUTPUT_TEST_DIR"

var children = map[string]func(dir string){"loop": publishForever}

func TestMain(m *testing.M) {
	if child := children[os.Getenv(childEnv)]; child != nil {
		child(os.Getenv(childDirEnv))
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func childCommand(t *testing.T, name, dir string) *exec.Cmd {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary)
	cmd.Env = append(os.Environ(), childEnv+"="+name, childDirEnv+"="+dir)
	cmd.Stderr = os.Stderr
	return cmd
}

// ours recognises what site made.
func ours(old fs.FS) bool {
	_, err := fs.Stat(old, "index.html")
	return err == nil
}

// publish replaces dir by the files, which several goroutines add.
func publish(dir string, files tree) (kept string, err error) {
	folder, err := Open(dir)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, folder.Close()) }()
	var workers errgroup.Group
	workers.SetLimit(2 * runtime.GOMAXPROCS(0))
	for p, data := range files {
		workers.Go(func() error { return folder.Add(p, data) })
	}
	if err := workers.Wait(); err != nil {
		return "", err
	}
	return folder.Commit(ours)
}

func mustPublish(t *testing.T, dir string, files tree) (kept string) {
	t.Helper()
	kept, err := publish(dir, files)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func open(t *testing.T, dir string) *Folder {
	t.Helper()
	folder, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

func wantFiles(t *testing.T, dir string, want tree) {
	t.Helper()
	if diff := differences(read(t, os.DirFS(dir)), want); diff != "" {
		t.Errorf("%s: %s", dir, diff)
	}
}

// wantNames fails unless the folder holds these names and nothing else, such as a work folder.
func wantNames(t *testing.T, folder string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{}
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if want := slices.Sorted(slices.Values(want)); !slices.Equal(got, want) {
		t.Errorf("%s: got %q, want %q", folder, got, want)
	}
}

func add(t *testing.T, folder *Folder, path string, data []byte) {
	t.Helper()
	if err := folder.Add(path, data); err != nil {
		t.Fatal(err)
	}
}

// put writes files as somebody else would.
func put(t *testing.T, dir string, files tree) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for p, data := range files {
		name := filepath.Join(dir, p)
		err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, data, 0o644))
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestCommitReplacesTheWhole(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "not/yet/there/public")
	for _, files := range []tree{site("A", 300), site("B", 30), {}, site("A", 3)} {
		if kept := mustPublish(t, dir, files); kept != "" {
			t.Errorf("got %s kept, want nothing", kept)
		}
		wantFiles(t, dir, files)
		wantNames(t, filepath.Dir(dir), "public")
	}
}

func TestCommitKeepsWhatIsNotOurs(t *testing.T) {
	t.Chdir(t.TempDir())
	theirs := tree{"家計.txt": []byte("大事"), "a/b": nil}
	put(t, "public.old-2", tree{})
	for _, want := range []string{"public.old-1", "public.old-3"} {
		put(t, "public", theirs)
		if kept := mustPublish(t, "public", site("A", 10)); kept != want {
			t.Errorf("got %q kept, want %q", kept, want)
		}
		wantFiles(t, want, theirs)
		wantFiles(t, "public", site("A", 10))
		if err := os.RemoveAll("public"); err != nil {
			t.Fatal(err)
		}
	}
	wantNames(t, ".", "public.old-1", "public.old-2", "public.old-3")
}

func TestCommitFollowsALink(t *testing.T) {
	parent := t.TempDir()
	dir, link := filepath.Join(parent, "real"), filepath.Join(parent, "public")
	put(t, dir, site("A", 10))
	if err := os.Symlink("real", link); err != nil {
		t.Fatal(err)
	}
	mustPublish(t, link, site("B", 10))
	wantFiles(t, dir, site("B", 10))
	wantNames(t, parent, "public", "real")
	if got, err := os.Readlink(link); got != "real" {
		t.Errorf("the link: got %q, %v, want %q", got, err, "real")
	}
}

func TestOpenRefuses(t *testing.T) {
	parent := t.TempDir()
	t.Chdir(parent)
	put(t, "home/me", tree{"file": []byte("x")})
	home, err := filepath.Abs("home/me")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	for link, target := range map[string]string{"dangling": "nowhere", "to-file": "home/me/file", "to-home": "home"} {
		if err := os.Symlink(target, link); err != nil {
			t.Fatal(err)
		}
	}
	const holds = "今いるフォルダーかホームフォルダーを含む"
	for dir, want := range map[string]string{
		"":                    holds,
		".":                   holds,
		"..":                  holds,
		"home/..":             holds,
		parent:                holds,
		filepath.Dir(parent):  holds,
		"/":                   holds,
		home:                  holds,
		"home":                holds,
		"to-home":             holds,
		"home/me/file":        "home/me/file はファイルです",
		"to-file":             "はファイルです",
		"dangling":            "リンクの先がありません",
		"home/me/file/public": "home/me/file", // the system's words, with the path
	} {
		_, err := Open(dir)
		start := dir + " を書けませんでした。前の内容はそのままです: "
		if err == nil || !strings.HasPrefix(err.Error(), start) || !strings.Contains(err.Error(), want) {
			t.Errorf("dir %q: got error %v, want %s…%s", dir, err, start, want)
		}
	}
	wantNames(t, parent, "dangling", "home", "to-file", "to-home")
	wantFiles(t, parent+"/home", tree{"me/file": []byte("x")})
}

// tooLong cannot be written: one of its files fails.
func tooLong() tree {
	files := site("B", 300)
	files["pages/"+strings.Repeat("x", 300)] = nil
	return files
}

func TestFailureLeavesNoTrace(t *testing.T) {
	for name, old := range map[string]tree{"there": site("A", 30), "not ours": {"a": nil}, "empty": {}} {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			dir := filepath.Join(parent, "public")
			put(t, dir, old)
			if kept, err := publish(dir, tooLong()); err == nil || kept != "" {
				t.Errorf("got %q, %v, want an error", kept, err)
			}
			wantFiles(t, dir, old)
			wantNames(t, parent, "public")
		})
	}
}

func TestWithoutCommitNothingHappens(t *testing.T) {
	for name, end := range map[string]func(*Folder) error{
		"closed":            (*Folder).Close,
		"nothing was added": (*Folder).Close,
		"failed, then closed": func(f *Folder) error {
			if err := f.Add("../out", nil); err == nil {
				return errors.New("a path out of the folder was taken")
			}
			return f.Close()
		},
	} {
		for _, old := range []tree{nil, site("A", 30)} {
			t.Run(fmt.Sprintf("%s, %d files before", name, len(old)), func(t *testing.T) {
				parent := t.TempDir()
				dir := filepath.Join(parent, "public")
				var there []string
				if old != nil {
					put(t, dir, old)
					there = []string{"public"}
				}
				folder := open(t, dir)
				if name != "nothing was added" {
					add(t, folder, "index.html", []byte("new"))
					add(t, folder, "pages/1/a.html", []byte("new"))
				}
				if err := end(folder); err != nil {
					t.Error(err)
				}
				wantNames(t, parent, there...)
				if old != nil {
					wantFiles(t, dir, old)
				}
			})
		}
	}
}

func TestClosedFolderTakesNothing(t *testing.T) {
	for name, end := range map[string]func(*Folder) error{
		"Close":  (*Folder).Close,
		"Commit": func(f *Folder) error { _, err := f.Commit(ours); return err },
	} {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			dir := filepath.Join(parent, "public")
			put(t, dir, tree{})
			folder := open(t, dir)
			if err := end(folder); err != nil {
				t.Fatal(err)
			}
			next := open(t, dir)
			add(t, next, "index.html", []byte("next"))
			if err := folder.Add("late.html", nil); !errors.Is(err, fs.ErrClosed) {
				t.Errorf("Add: got error %v, want %v", err, fs.ErrClosed)
			}
			if _, err := folder.Commit(ours); !errors.Is(err, fs.ErrClosed) {
				t.Errorf("Commit: got error %v, want %v", err, fs.ErrClosed)
			}
			if err := folder.Close(); err != nil {
				t.Errorf("a second Close: got error %v", err)
			}
			if _, err := next.Commit(ours); err != nil {
				t.Error(err)
			}
			wantFiles(t, dir, tree{"index.html": []byte("next")})
			wantNames(t, parent, "public")
		})
	}
}

func TestConcurrentAdds(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	folder := open(t, dir)
	want := tree{}
	var adding sync.WaitGroup
	for i := range 200 {
		p, data := fmt.Sprintf("a/%d/c/%d.html", i%3, i), []byte(strconv.Itoa(i))
		want[p] = data
		adding.Go(func() {
			if err := folder.Add(p, data); err != nil {
				t.Error(err)
			}
		})
	}
	adding.Wait()
	if _, err := folder.Commit(ours); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, dir, want)
}

func TestTheSameFileByTwoGoroutines(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	folder := open(t, dir)
	var refused atomic.Int32
	var adding sync.WaitGroup
	for range 2 {
		adding.Go(func() {
			if err := folder.Add("a/b", nil); err != nil {
				refused.Add(1)
			}
		})
	}
	adding.Wait()
	if got := refused.Load(); got != 1 {
		t.Errorf("got %d of 2 refused, want 1", got)
	}
	if _, err := folder.Commit(ours); err == nil {
		t.Error("got committed with a file missing, want an error")
	}
	wantNames(t, filepath.Dir(dir))
}

func TestCreate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	folder := open(t, dir)
	w, err := folder.Create("download/offline.zip")
	if err != nil {
		t.Fatal(err)
	}
	for i, part := range []string{"one ", "two ", "three"} {
		if n, err := io.WriteString(w, part); n != len(part) || err != nil {
			t.Errorf("%q: got %d, %v, want %d bytes written", part, n, err, len(part))
		}
		add(t, folder, fmt.Sprintf("%d.html", i), nil)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := folder.Commit(ours); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, dir, tree{"download/offline.zip": []byte("one two three"), "0.html": nil, "1.html": nil, "2.html": nil})
}

func publishForever(dir string) {
	versions := []tree{site("A", 300), site("B", 300)}
	for i := 0; ; i++ {
		if _, err := publish(dir, versions[i%2]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println("published")
	}
}

func TestFolderIsWholeAfterAKill(t *testing.T) {
	const kills = 30
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	a, b := site("A", 300), site("B", 300)
	mustPublish(t, dir, a)
	start := time.Now()
	mustPublish(t, dir, b)
	cycle := time.Since(start)
	interrupted := 0
	for range kills {
		cmd := childCommand(t, "loop", dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(out).ReadString('\n')
		if line != "published\n" {
			t.Errorf("child: got %q, %v, want published", line, err)
		}
		delay := rand.N(cycle * 3 / 2) // every moment has its turn
		time.Sleep(delay)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		cmd.Wait() // says that it was killed

		got := read(t, os.DirFS(dir))
		if differences(got, a) != "" && differences(got, b) != "" {
			t.Fatalf("killed after %v: neither version:\nA: %s\nB: %s", delay, differences(got, a), differences(got, b))
		}
		if _, err := os.Lstat(filepath.Join(parent, ".public-publish")); err == nil {
			interrupted++
		}
	}
	if interrupted < kills/4 {
		t.Errorf("only %d of %d kills came in the middle: the test proves too little", interrupted, kills)
	}
	mustPublish(t, dir, b)
	wantFiles(t, dir, b)
	wantNames(t, parent, "public")
}

func TestOneAtATime(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	mustPublish(t, dir, site("A", 10))
	put(t, filepath.Join(parent, ".public-publish/new"), tree{"half": nil})
	put(t, filepath.Join(parent, ".public-publish/old"), tree{"previous": nil})
	mustPublish(t, dir, site("B", 10))
	wantNames(t, parent, "public")

	running := open(t, dir)
	add(t, running, "half", nil)
	done := make(chan error)
	go func() {
		_, err := publish(dir, site("A", 10))
		done <- err
	}()
	select {
	case err := <-done:
		t.Errorf("got a second folder (error %v), want it to wait for the first", err)
	case <-time.After(100 * time.Millisecond):
	}
	wantFiles(t, filepath.Join(parent, ".public-publish/new"), tree{"half": nil})
	if err := running.Close(); err != nil {
		t.Error(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	wantFiles(t, dir, site("A", 10))
	wantNames(t, parent, "public")
}

func TestRenameTwice(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "dir", site("A", 10))
	put(t, "fresh", site("B", 10))
	if err := renameTwice("dir", "fresh", "parked"); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, "dir", site("B", 10))
	wantFiles(t, "parked", site("A", 10))

	// The first rename fails, then the second.
	for dir, fresh := range map[string]string{"missing": "parked", "dir": "missing"} {
		if err := renameTwice(dir, fresh, "other"); err == nil || !strings.Contains(err.Error(), "missing") {
			t.Errorf("renameTwice(%q, %q): got error %v, want one about the missing folder", dir, fresh, err)
		}
		wantNames(t, ".", "dir", "parked")
		wantFiles(t, "dir", site("B", 10))
	}
}

func TestKilledBetweenTheTwoRenames(t *testing.T) {
	old := site("A", 10)
	for name, next := range map[string]struct{ files, want tree }{
		"the next fails":    {tooLong(), old},
		"the next succeeds": {site("B", 10), site("B", 10)},
	} {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			put(t, filepath.Join(parent, ".public-publish/old"), old)
			put(t, filepath.Join(parent, ".public-publish/new"), site("B", 10))
			dir := filepath.Join(parent, "public")
			publish(dir, next.files)
			wantFiles(t, dir, next.want)
			wantNames(t, parent, "public")
		})
	}
}

func BenchmarkFolder(b *testing.B) {
	for _, n := range []int{1_500, 15_000} {
		files := site("A", n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := filepath.Join(b.TempDir(), "public")
			b.SetBytes(files.size())
			for b.Loop() {
				if _, err := publish(dir, files); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
