package source

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
)

// Plain returns a folder as those mean it who work in it: without what systems and editors leave
// there, and with ErrNotPlain for what is no plain file. To open a named pipe would be to wait for
// ever.
func Plain(folder fs.FS) fs.FS { return plain{folder} }

// ErrNotPlain says that something can be no source.
var ErrNotPlain = errors.New("ふつうのファイルではありません（パイプ、ソケット、装置、フォルダーは読めません。ふつうのファイルに替えるか、消してください）")

type plain struct{ fs.FS }

func (p plain) Open(name string) (fs.File, error) {
	if err := p.check("open", name, true); err != nil {
		return nil, err
	}
	return p.FS.Open(name)
}

func (p plain) ReadFile(name string) ([]byte, error) {
	if err := p.check("read", name, false); err != nil {
		return nil, err
	}
	return fs.ReadFile(p.FS, name)
}

func (p plain) check(verb, name string, foldersToo bool) error {
	info, err := fs.Stat(p.FS, name)
	if err == nil && !info.Mode().IsRegular() && !(foldersToo && info.IsDir()) {
		err = &fs.PathError{Op: verb, Path: name, Err: ErrNotPlain}
	}
	return err
}

func (p plain) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(p.FS, name)
	return slices.DeleteFunc(entries, func(entry fs.DirEntry) bool { return isLeftover(entry.Name()) }), err
}

func (p plain) Stat(name string) (fs.FileInfo, error)  { return fs.Stat(p.FS, name) }
func (p plain) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(p.FS, name) }
func (p plain) ReadLink(name string) (string, error)   { return fs.ReadLink(p.FS, name) }

// isLeftover reports whether a file is one that systems and editors leave beside others: hidden ones,
// backups, what Vim tries a folder with, what Office and Emacs keep while a file is open.
func isLeftover(name string) bool {
	switch strings.ToLower(name) {
	case ".well-known", ".nojekyll": // are published
		return false
	case "desktop.ini", "thumbs.db", "ehthumbs.db", "icon\r", "4913":
		return true
	}
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.HasSuffix(name, "~") ||
		strings.HasSuffix(name, ".swp") || len(name) > 1 && strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#")
}
