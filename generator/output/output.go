// Package output publishes files held in memory, as a zip or as a folder.
//
// The zip depends on nothing but the files: the same files give the same bytes on every machine.
// The folder is replaced as a whole or not at all, whatever ends the process. What stood there is
// removed, with everything in it, only when its caller recognises it as an earlier output, and kept
// otherwise. The package knows nothing of what the files say.
package output

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Files maps slash-separated relative paths to contents.
type Files map[string][]byte

// Paths returns the paths, sorted.
func (f Files) Paths() []string {
	return slices.Sorted(maps.Keys(f))
}

// check rejects paths that cannot all stand in one folder on every system: the zip made on Linux
// is opened on Windows and macOS, which do not tell A from a.
func (f Files) check() error {
	paths, folded := f.Paths(), make(map[string]string, len(f))
	for _, p := range paths {
		if !fs.ValidPath(p) || p == "." {
			return fmt.Errorf("%q はファイルのパスとして使えません", p)
		}
		lower := strings.ToLower(p)
		if other, ok := folded[lower]; ok {
			return fmt.Errorf("%q と %q は大文字と小文字しか違わないため、同じファイルになることがあります", other, p)
		}
		folded[lower] = p
	}
	for _, p := range paths {
		for up := path.Dir(strings.ToLower(p)); up != "."; up = path.Dir(up) {
			if file, ok := folded[up]; ok {
				return fmt.Errorf("%q はファイルなので、%q を入れるフォルダーにはなれません", file, p)
			}
		}
	}
	return nil
}

// Each calls work(0) to work(n-1) on all cores and returns the error of the first that failed. After
// an error no further call starts.
func Each(n int, work func(i int) error) error {
	var next atomic.Int64
	var running sync.WaitGroup
	errs := make([]error, n)
	for range runtime.GOMAXPROCS(0) {
		running.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				if errs[i] = work(int(i)); errs[i] != nil {
					next.Store(int64(n))
				}
			}
		})
	}
	running.Wait()
	return cmp.Or(errs...)
}
