package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// errTaken says that another Publish holds a work folder. It is never shown.
var errTaken = errors.New("work folder in use")

// Publish replaces dir by files, as a whole or not at all: killed at any moment, on a full disk or
// after any error, dir holds what it held before or all of files and nothing else. (Where the file
// system cannot exchange two folders, a kill can leave dir missing; the next Publish puts it back.)
//
// What stood in dir is removed when it is empty or ours recognises it as an earlier output. Otherwise
// it is kept beside dir under the returned name, dir + ".old-1" or the next free number.
//
// A link to a folder stays, and the folder it leads to is replaced. A file, and a folder that holds
// the working folder or the home folder, are refused.
//
// The work is done in ".<name>-publish-<digits>" beside dir. What a killed Publish left there is
// removed by the next one.
func Publish(dir string, files Files, ours func(fs.FS) bool) (kept string, err error) {
	work, kept, err := replace(dir, files, ours)
	if err != nil {
		return "", fmt.Errorf("%s を書けませんでした。前の内容はそのままです: %w", dir, err)
	}
	if err := errors.Join(os.RemoveAll(work.path), work.unlock()); err != nil {
		return kept, fmt.Errorf("%s は新しくなりましたが、前の内容を消しきれませんでした: %w", dir, err)
	}
	return kept, nil
}

// replace does all of Publish but the removal of the work folder, which afterwards holds the
// previous output.
func replace(dir string, files Files, ours func(fs.FS) bool) (work workFolder, kept string, err error) {
	if err := files.check(); err != nil {
		return work, "", err
	}
	if dir, err = resolve(dir); err != nil {
		return work, "", err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return work, "", err
	}
	if err := sweep(dir); err != nil {
		return work, "", err
	}
	if work, err = newWorkFolder(dir); err != nil {
		return work, "", err
	}
	// "new" and "old" stand inside the work folder, so that its lock and its name outlast the exchange.
	fresh, parked := filepath.Join(work.path, "new"), filepath.Join(work.path, "old")
	defer func() {
		if err != nil {
			// Not RemoveAll of the work folder: if a roll-back failed, "old" is the only copy.
			err = errors.Join(err, os.RemoveAll(fresh), os.Remove(work.path), work.unlock())
		}
	}()
	if err := files.write(fresh); err != nil {
		return work, "", err
	}
	if err := flush(fresh); err != nil {
		return work, "", err
	}
	if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
		// ErrExist: another Publish was faster, so there is something to replace after all.
		if err := os.Rename(fresh, dir); !errors.Is(err, fs.ErrExist) {
			return work, "", err
		}
	}
	// Judged before the swap: a kill after it must not leave somebody's folder where sweep removes it.
	entries, err := os.ReadDir(dir)
	if err != nil {
		return work, "", err
	}
	if len(entries) > 0 && !ours(os.DirFS(dir)) {
		kept = freeName(dir)
		parked = kept
	}
	return work, kept, swap(dir, fresh, parked)
}

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

// freeName returns the first of dir.old-1, dir.old-2, … that is not in use.
func freeName(dir string) string {
	for n := 1; ; n++ {
		name := fmt.Sprintf("%s.old-%d", dir, n)
		if _, err := os.Lstat(name); err != nil {
			return name
		}
	}
}

// write creates root and the files in it, with the permissions the user's umask leaves.
func (f Files) write(root string) error {
	if err := os.Mkdir(root, 0o755); err != nil {
		return err
	}
	paths := f.Paths()
	return each(len(paths), func(i int) error {
		local, err := filepath.Localize(paths[i])
		if err != nil {
			return fmt.Errorf("%s: %w", paths[i], err)
		}
		name := filepath.Join(root, local)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		return os.WriteFile(name, f[paths[i]], 0o644)
	})
}

// swap puts fresh in the place of dir, and what stood in dir in the place of parked, where nothing is.
func swap(dir, fresh, parked string) error {
	// An exchange leaves the old folder where the new one was: that must already be its last name.
	if err := os.Rename(fresh, parked); err != nil {
		return err
	}
	err := exchange(parked, dir)
	if err == nil {
		return nil
	}
	if back := os.Rename(parked, fresh); back != nil {
		return errors.Join(err, back)
	}
	if errors.Is(err, errors.ErrUnsupported) {
		return renameTwice(dir, fresh, parked)
	}
	return err
}

// renameTwice is swap for file systems that cannot exchange two folders.
func renameTwice(dir, fresh, parked string) error {
	if err := os.Rename(dir, parked); err != nil {
		return err
	}
	err := os.Rename(fresh, dir)
	if err == nil {
		return nil
	}
	if back := os.Rename(parked, dir); back != nil {
		return fmt.Errorf("前の内容は今 %s にあります: %w", parked, errors.Join(err, back))
	}
	return err
}

// A workFolder belongs to one running Publish, which holds its lock.
type workFolder struct {
	path   string
	unlock func() error
}

func workPrefix(dir string) string {
	return "." + filepath.Base(dir) + "-publish-"
}

func newWorkFolder(dir string) (workFolder, error) {
	for {
		path, err := os.MkdirTemp(filepath.Dir(dir), workPrefix(dir)+"*")
		if err != nil {
			return workFolder{}, err
		}
		unlock, err := lock(path)
		switch {
		case err == nil, errors.Is(err, errors.ErrUnsupported):
			return workFolder{path, unlock}, nil
		case errors.Is(err, errTaken), errors.Is(err, fs.ErrNotExist):
			// The sweep of another Publish came between the two calls and removes it.
		default:
			return workFolder{}, errors.Join(err, os.Remove(path))
		}
	}
}

// sweep removes the work folders of killed processes. If one was killed between the two renames, the
// folder it had taken away is put back first.
func sweep(dir string) error {
	parent := filepath.Dir(dir)
	entries, err := os.ReadDir(parent)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		digits, found := strings.CutPrefix(entry.Name(), workPrefix(dir))
		if _, err := strconv.ParseUint(digits, 10, 64); !found || err != nil || !entry.IsDir() {
			continue
		}
		left := workFolder{path: filepath.Join(parent, entry.Name())}
		left.unlock, err = lock(left.path)
		if errors.Is(err, errors.ErrUnsupported) {
			// Only the age is left to judge by: no Publish takes an hour.
			var info fs.FileInfo
			if info, err = entry.Info(); err == nil && time.Since(info.ModTime()) < time.Hour {
				err = errTaken
			}
		}
		if err != nil {
			continue // in use, removed by another sweep, or another user's
		}
		if err := errors.Join(left.discard(dir), left.unlock()); err != nil {
			return err
		}
	}
	return nil
}

func (left workFolder) discard(dir string) error {
	if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
		err := os.Rename(filepath.Join(left.path, "old"), dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return os.RemoveAll(left.path)
}
