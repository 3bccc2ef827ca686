package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"tebiki/generator/source"
)

// look looks at all files of content, layouts and static, and returns the folders and their states.
func (p project) look() (states [3]string, folders [3]seenFolder) {
	var looking sync.WaitGroup
	for i, name := range []string{p.content, p.layouts, p.static} {
		if p.builtIn[name] != nil {
			continue // never changes
		}
		looking.Go(func() { folders[i], states[i] = see(name) })
	}
	looking.Wait()
	return states, folders
}

func joined(states [3]string) string { return strings.Join(states[:], "") }

// A seenFolder tells of its files what they were like when all were looked at. Who reads them need not
// look again; what is written in between is still to be seen.
type seenFolder struct {
	osFolder
	name    string
	files   map[string]fs.FileInfo
	entries map[string][]fs.DirEntry // of folders
}

// An osFolder is what os.DirFS returns.
type osFolder interface {
	fs.StatFS
	fs.ReadFileFS
	fs.ReadDirFS
	fs.ReadLinkFS
}

func (f seenFolder) Stat(name string) (fs.FileInfo, error) {
	if info, ok := f.files[name]; ok {
		return info, nil
	}
	return f.osFolder.Stat(name)
}

func (f seenFolder) ReadDir(name string) ([]fs.DirEntry, error) {
	if entries, ok := f.entries[name]; ok {
		return slices.Clone(entries), nil
	}
	return f.osFolder.ReadDir(name)
}

// paths returns the paths of the folder and of all folders in it.
func (f seenFolder) paths() []string {
	var paths []string
	for name := range f.entries {
		paths = append(paths, filepath.Join(f.name, filepath.FromSlash(name)))
	}
	return paths
}

// see looks at all files of a folder, on all cores. The state is a short text that changes whenever one,
// or where a link leads, is added, removed or written.
func see(folder string) (seenFolder, string) {
	fsys := os.DirFS(folder).(osFolder)
	top := newLook(fsys)
	info, entries := top.note(".", nil)
	below := make([]*look, len(entries))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, entry := range entries {
		below[i] = newLook(fsys)
		group.Go(func() error {
			below[i].noteAll(entry.Name(), []fs.FileInfo{info})
			return nil
		})
	}
	group.Wait()
	for _, l := range below {
		maps.Copy(top.files, l.files)
		maps.Copy(top.entries, l.entries)
		top.state.Write(l.state.Sum(nil))
	}
	return seenFolder{fsys, folder, top.files, top.entries}, hex.EncodeToString(top.state.Sum(nil)[:8])
}

// A look gathers what is seen of some of the files.
type look struct {
	fsys    fs.FS
	files   map[string]fs.FileInfo
	entries map[string][]fs.DirEntry
	state   hash.Hash
}

func newLook(fsys fs.FS) *look {
	return &look{source.Plain(fsys), map[string]fs.FileInfo{}, map[string][]fs.DirEntry{}, sha256.New()}
}

// noteAll notes a file, or a folder and all that is in it.
func (l *look) noteAll(name string, above []fs.FileInfo) {
	info, entries := l.note(name, above)
	for _, entry := range entries {
		l.noteAll(path.Join(name, entry.Name()), append(slices.Clip(above), info))
	}
}

// note notes a file and returns, of a folder, what is in it. A folder that a link leads back to, to one
// of those above it, ends there. What cannot be read gives its error when the site is made.
func (l *look) note(name string, above []fs.FileInfo) (fs.FileInfo, []fs.DirEntry) {
	info, err := fs.Stat(l.fsys, name)
	if err != nil {
		fmt.Fprintln(l.state, name, "lost")
		return nil, nil
	}
	l.files[name] = info
	fmt.Fprintln(l.state, name, info.Size(), info.ModTime().UnixNano())
	if !info.IsDir() || slices.ContainsFunc(above, func(other fs.FileInfo) bool { return os.SameFile(info, other) }) {
		return info, nil
	}
	entries, err := fs.ReadDir(l.fsys, name)
	if err == nil {
		l.entries[name] = entries
	}
	return info, entries
}
