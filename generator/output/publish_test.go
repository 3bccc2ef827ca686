package output

import (
	"bufio"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// The tests that end a process start this binary again with childEnv naming what the child does.
const childEnv, childDirEnv = "OUTPUT_TEST_CHILD", "OUTPUT_TEST_DIR"

var children = map[string]func(dir string){"loop": publishForEver}

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

func publish(t *testing.T, dir string, files Files) (kept string) {
	t.Helper()
	kept, err := Publish(dir, files, ours)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func wantFiles(t *testing.T, dir string, want Files) {
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

// put writes files without Publish, as somebody else would.
func put(t *testing.T, dir string, files Files) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := files.write(dir); err != nil {
		t.Fatal(err)
	}
}

func TestPublishReplacesTheWhole(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "not/yet/there/public")
	for _, files := range []Files{site("A", 300), site("B", 30), {}, site("A", 3)} {
		if kept := publish(t, dir, files); kept != "" {
			t.Errorf("got %s kept, want nothing", kept)
		}
		wantFiles(t, dir, files)
		wantNames(t, filepath.Dir(dir), "public")
	}
}

func TestPublishKeepsWhatIsNotOurs(t *testing.T) {
	t.Chdir(t.TempDir())
	theirs := Files{"家計.txt": []byte("大事"), "a/b": nil}
	put(t, "public.old-2", Files{})
	for _, want := range []string{"public.old-1", "public.old-3"} {
		put(t, "public", theirs)
		if kept := publish(t, "public", site("A", 10)); kept != want {
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

func TestPublishFollowsALink(t *testing.T) {
	parent := t.TempDir()
	dir, link := filepath.Join(parent, "real"), filepath.Join(parent, "public")
	put(t, dir, site("A", 10))
	if err := os.Symlink("real", link); err != nil {
		t.Fatal(err)
	}
	publish(t, link, site("B", 10))
	wantFiles(t, dir, site("B", 10))
	wantNames(t, parent, "public", "real")
	if got, err := os.Readlink(link); got != "real" {
		t.Errorf("the link: got %q, %v, want %q", got, err, "real")
	}
}

func TestPublishRefuses(t *testing.T) {
	parent := t.TempDir()
	t.Chdir(parent)
	put(t, "home/me", Files{"file": []byte("x")})
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
		_, err := Publish(dir, site("B", 3), func(fs.FS) bool { return true })
		start := dir + " を書けませんでした。前の内容はそのままです: "
		if err == nil || !strings.HasPrefix(err.Error(), start) || !strings.Contains(err.Error(), want) {
			t.Errorf("dir %q: got error %v, want %s…%s", dir, err, start, want)
		}
	}
	wantNames(t, parent, "dangling", "home", "to-file", "to-home")
	wantFiles(t, parent+"/home", Files{"me/file": []byte("x")})
}

// tooLong cannot be written, so Publish fails half-way.
func tooLong() Files {
	files := site("B", 300)
	files["pages/"+strings.Repeat("x", 300)] = nil
	return files
}

func TestPublishFailsWithoutATrace(t *testing.T) {
	for name, old := range map[string]Files{"there": site("A", 30), "not ours": {"a": nil}, "empty": {}} {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			dir := filepath.Join(parent, "public")
			put(t, dir, old)
			if kept, err := Publish(dir, tooLong(), ours); err == nil || kept != "" {
				t.Errorf("got %q, %v, want an error", kept, err)
			}
			wantFiles(t, dir, old)
			wantNames(t, parent, "public")
		})
	}
}

func publishForEver(dir string) {
	versions := []Files{site("A", 300), site("B", 300)}
	for i := 0; ; i++ {
		if _, err := Publish(dir, versions[i%2], ours); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println("published")
	}
}

func TestPublishIsWholeAfterAKill(t *testing.T) {
	const kills = 30
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	a, b := site("A", 300), site("B", 300)
	publish(t, dir, a)
	start := time.Now()
	publish(t, dir, b)
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
		delay := rand.N(cycle * 3 / 2) // every moment of a Publish has its turn
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
		t.Errorf("only %d of %d kills came in the middle of a Publish: the test proves too little", interrupted, kills)
	}
	publish(t, dir, b)
	wantFiles(t, dir, b)
	wantNames(t, parent, "public")
}

func TestWorkFolder(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	publish(t, dir, site("A", 10))
	put(t, filepath.Join(parent, ".public-publish/new"), Files{"half": nil})
	put(t, filepath.Join(parent, ".public-publish/old"), Files{"previous": nil})
	publish(t, dir, site("B", 10))
	wantNames(t, parent, "public")

	running, err := openWorkFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	put(t, running.fresh, Files{"half": nil})
	done := make(chan error)
	go func() {
		_, err := Publish(dir, site("A", 10), ours)
		done <- err
	}()
	select {
	case err := <-done:
		t.Errorf("got a second Publish (error %v), want it to wait for the first", err)
	case <-time.After(100 * time.Millisecond):
	}
	wantFiles(t, running.fresh, Files{"half": nil})
	if err := running.close(); err != nil {
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
	for name, next := range map[string]struct{ files, want Files }{
		"the next Publish fails":    {tooLong(), old},
		"the next Publish succeeds": {site("B", 10), site("B", 10)},
	} {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			put(t, filepath.Join(parent, ".public-publish/old"), old)
			put(t, filepath.Join(parent, ".public-publish/new"), site("B", 10))
			dir := filepath.Join(parent, "public")
			Publish(dir, next.files, ours)
			wantFiles(t, dir, next.want)
			wantNames(t, parent, "public")
		})
	}
}

func BenchmarkPublish(b *testing.B) {
	for _, n := range []int{1_500, 15_000} {
		files := site("A", n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := filepath.Join(b.TempDir(), "public")
			b.SetBytes(size(files))
			for b.Loop() {
				if _, err := Publish(dir, files, ours); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
