package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// resolve follows a link at dir and refuses what must not be replaced.
func resolve(dir string) (string, error) {
	dir = filepath.Clean(dir)
	info, err := os.Lstat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return dir, nil
	}
	if err != nil {
		return "", err
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		if dir, err = filepath.EvalSymlinks(dir); err != nil {
			return "", fmt.Errorf("リンクの先がありません: %w", err)
		}
		if info, err = os.Stat(dir); err != nil {
			return "", err
		}
	}
	if !info.IsDir() {
		return "", fmt.Errorf("%s はファイルです。フォルダーを指定してください", dir)
	}
	// The root of the file system is refused with these: it holds both.
	home, err := os.UserHomeDir()
	if contains(info, ".") || err == nil && contains(info, home) {
		return "", fmt.Errorf("%s は今いるフォルダーかホームフォルダーを含むので、置き換えられません。別のフォルダーを指定してください", dir)
	}
	return dir, nil
}

// contains reports whether path is dir or lies in it. It asks the file system instead of comparing
// names, which links and letter case make ambiguous.
func contains(dir fs.FileInfo, path string) bool {
	info, err := os.Stat(path)
	for err == nil && !os.SameFile(info, dir) {
		path += "/.."
		child := info
		if info, err = os.Stat(path); err == nil && os.SameFile(info, child) {
			return false // the root is its own parent
		}
	}
	return err == nil
}
