//go:build linux || darwin

package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

func init() { children["full"] = publishOnAFullDisk }

// publishOnAFullDisk cannot write more than 1,000 bytes to a file. It prints the error.
func publishOnAFullDisk(dir string) {
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1000, Max: 1000}); err != nil {
		fmt.Println(err)
	}
	_, err := publish(dir, site("B", 300))
	fmt.Print(err)
}

func TestFullDisk(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	mustPublish(t, dir, site("A", 300))
	got, err := childCommand(t, "full", dir).Output()
	if err != nil {
		t.Fatal(err)
	}
	start, end := dir+" を書けませんでした。前の内容はそのままです: write "+parent, ": file too large"
	if !strings.HasPrefix(string(got), start) || !strings.HasSuffix(string(got), end) {
		t.Errorf("got %s, want %s…%s", got, start, end)
	}
	wantFiles(t, dir, site("A", 300))
	wantNames(t, parent, "public")
}

// Root may write everywhere but here.
func TestOpenWhereNothingCanBeWritten(t *testing.T) {
	if _, err := os.Stat("/proc/self"); err != nil {
		t.Skip("no /proc")
	}
	_, err := Open("/proc/public")
	if want := "/proc/public を書けませんでした。"; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got error %v, want %s", err, want)
	}
	if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) {
		t.Errorf("got error %v, want the system's error inside", err)
	}
}

func TestFolderRespectsTheUmask(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	for umask, want := range map[int]string{
		0o022: "drwxr-xr-x drwxr-xr-x -rw-r--r--",
		0o002: "drwxr-xr-x drwxr-xr-x -rw-r--r--",
		0o077: "drwx------ drwx------ -rw-------",
	} {
		syscall.Umask(umask)
		dir := filepath.Join(t.TempDir(), "public")
		mustPublish(t, dir, tree{"pages/a.html": nil})
		var got []string
		for _, p := range []string{"", "pages", "pages/a.html"} {
			info, err := os.Stat(filepath.Join(dir, p))
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, info.Mode().String())
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("umask %03o: got %s, want %s", umask, got, want)
		}
	}
}

func TestConcurrentPublishers(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	versions := []tree{site("A", 30), site("B", 40), site("C", 50), site("D", 60)}
	var publishers sync.WaitGroup
	for _, files := range versions {
		publishers.Go(func() {
			for range 10 {
				if kept, err := publish(dir, files); err != nil || kept != "" {
					t.Errorf("got %q, %v, want nothing kept and no error", kept, err)
				}
				if _, err := os.Lstat(dir); err != nil {
					t.Errorf("the folder was missing for a moment: %v", err)
				}
			}
		})
	}
	publishers.Wait()
	got := read(t, os.DirFS(dir))
	whole := 0
	for _, files := range versions {
		if differences(got, files) == "" {
			whole++
		}
	}
	if whole != 1 {
		t.Errorf("got %d of the versions, want one: %q", whole, got.sorted())
	}
	wantNames(t, parent, "public")
}
