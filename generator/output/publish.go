package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Publish replaces dir by files, as a whole or not at all: killed at any moment, on a full disk or
// after any error, dir holds what it held before or all of files and nothing else. Where the file system
// cannot exchange two folders, a kill can also leave dir missing: the next Publish puts an earlier
// output back, and anything else stands under the name it is kept by.
//
// What stood in dir is removed when it is empty or ours recognises it as an earlier output. Otherwise
// it is kept beside dir under the returned name, dir + ".old-1" or the next free number.
//
// A link to a folder stays, and the folder it leads to is replaced. A file, and a folder that holds
// the working folder or the home folder, are refused. A second Publish of dir waits for the first.
func Publish(dir string, files Files, ours func(fs.FS) bool) (kept string, err error) {
	const untouched = "%s を書けませんでした。前の内容はそのままです: %w"
	if err := files.check(); err != nil {
		return "", fmt.Errorf(untouched, dir, err)
	}
	w, err := openWorkFolder(dir)
	if err != nil {
		return "", fmt.Errorf(untouched, dir, err)
	}
	kept, err = w.replace(files, ours)
	closeErr := w.close()
	if err != nil {
		return "", fmt.Errorf(untouched, dir, errors.Join(err, closeErr))
	}
	if closeErr != nil {
		return kept, fmt.Errorf("%s は新しくなりましたが、前の内容を消しきれませんでした: %w", dir, closeErr)
	}
	return kept, nil
}

// A workFolder stands beside the folder to be published, on the same file system, and belongs to one
// running Publish. Its name is fixed and its lock is the kernel's, dropped when the process ends,
// however it ends: so whoever has the lock knows that what lies there was left by a killed Publish. A
// random name would need a guess, by age or process number, at who is still alive.
type workFolder struct {
	dir    string // what is published
	path   string // ".<name>-publish"
	fresh  string // the new content, in path
	parked string // the previous output, in path
	unlock func() error
}

// errTaken says that another Publish has the lock.
var errTaken = errors.New("ほかの処理が同じフォルダーを書いています")

// patience is far longer than a Publish takes. A stopped one must not hold up the next without a word.
const patience = time.Minute

func openWorkFolder(dir string) (*workFolder, error) {
	dir, err := resolve(dir)
	if err != nil {
		return nil, err
	}
	parent, name := filepath.Split(dir)
	path := filepath.Join(parent, "."+name+"-publish")
	w := &workFolder{dir: dir, path: path, fresh: filepath.Join(path, "new"), parked: filepath.Join(path, "old")}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return nil, err
	}
	for start := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		if err := os.Mkdir(path, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		w.unlock, err = tryLock(filepath.Join(path, "lock"))
		if err == nil {
			break
		}
		// ErrNotExist: the Publish before has just removed the folder.
		wait := errors.Is(err, errTaken) || errors.Is(err, fs.ErrNotExist)
		if !wait || time.Since(start) > patience {
			return nil, err
		}
	}
	if err := w.clear(); err != nil {
		return nil, errors.Join(err, w.unlock())
	}
	return w, nil
}

// clear removes what this or a killed Publish left. If dir is missing, its content was parked by one
// that ended between the two renames, and is put back.
func (w *workFolder) clear() error {
	_, err := os.Lstat(w.dir)
	if errors.Is(err, fs.ErrNotExist) {
		err = os.Rename(w.parked, w.dir)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return errors.Join(os.RemoveAll(w.fresh), os.RemoveAll(w.parked))
}

func (w *workFolder) close() error {
	err := errors.Join(w.clear(), w.unlock())
	// ErrExist: the next Publish is already in the folder.
	if removeErr := os.Remove(w.path); !errors.Is(removeErr, fs.ErrExist) && !errors.Is(removeErr, fs.ErrNotExist) {
		err = errors.Join(err, removeErr)
	}
	return err
}

// replace writes the files and puts them in the place of dir.
func (w *workFolder) replace(files Files, ours func(fs.FS) bool) (kept string, err error) {
	if err := files.write(w.fresh); err != nil {
		return "", err
	}
	if err := flush(w.fresh); err != nil {
		return "", err
	}
	entries, err := os.ReadDir(w.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", os.Rename(w.fresh, w.dir)
	case err != nil:
		return "", err
	case len(entries) == 0 || ours(os.DirFS(w.dir)):
		return "", swap(w.dir, w.fresh, w.parked)
	}
	kept = freeName(w.dir)
	return kept, swap(w.dir, w.fresh, kept)
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
	return Each(len(paths), func(i int) error {
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
	// An exchange leaves the old folder where the new one was. That must already be the name it is to
	// have, or a kill would leave somebody's folder where clear removes it.
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
