package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

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

// see looks at all files of a folder. The state is a short text that changes whenever one, or where a
// link leads, is added, removed or written.
func see(folder string) (seenFolder, string) {
	seen := seenFolder{os.DirFS(folder).(osFolder), folder, map[string]fs.FileInfo{}, map[string][]fs.DirEntry{}}
	state := sha256.New()
	seen.note(state, source.Plain(seen.osFolder), ".", nil)
	return seen, hex.EncodeToString(state.Sum(nil)[:8])
}

// note writes the state of a file, or of a folder and what is in it. A folder that a link leads back
// to, to one of those above it, ends there. What cannot be read gives its error when the site is made.
func (f seenFolder) note(state io.Writer, fsys fs.FS, name string, above []fs.FileInfo) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		fmt.Fprintln(state, name, "lost")
		return
	}
	f.files[name] = info
	fmt.Fprintln(state, name, info.Size(), info.ModTime().UnixNano())
	if !info.IsDir() || slices.ContainsFunc(above, func(other fs.FileInfo) bool { return os.SameFile(info, other) }) {
		return
	}
	entries, err := fs.ReadDir(fsys, name)
	if err == nil {
		f.entries[name] = entries
	}
	for _, entry := range entries {
		f.note(state, fsys, path.Join(name, entry.Name()), append(slices.Clip(above), info))
	}
}
