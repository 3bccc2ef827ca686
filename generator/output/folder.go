package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// A Folder is new content for a folder. Its files are written as they come, out of sight; Commit
// puts them in the place of the old content, as a whole or not at all: killed at any moment, on a
// full disk or after any error, the folder holds what it held before or all of the new files and
// nothing else. Where the file system cannot exchange two folders, a kill can also leave the folder
// missing: the next Open puts an earlier output back, and anything else stands under the name it is
// kept by.
//
// The files are collected in a staging folder beside the folder itself, on the same file system.
// Its name is fixed and its lock is the kernel's, dropped when the process ends, however it ends:
// so whoever has the lock knows that what lies there was left by a killed process. A random name
// would need a guess, by age or process number, at who is still alive.
type Folder struct {
	name    string       // as the caller wrote it
	dir     string       // what is replaced: name, or where that link leads
	staging string       // ".<name>-publish"
	fresh   string       // the new content, in staging
	parked  string       // the previous output, in staging
	unlock  func() error // nil when the folder is closed

	mu    sync.Mutex
	paths paths
	err   error // the first: content that is not whole must not be committed
}

// errTaken says that another Folder has the lock.
var errTaken = errors.New("ほかの処理が同じフォルダーを書いています")

// lockTimeout is longer than a build takes. A stopped one must not hold up the next without a word.
const lockTimeout = time.Minute

// Open begins new content for dir, which changes only at Commit. Every Folder must be closed. A
// second Open of dir waits until the first Folder is closed, for one minute at most.
//
// A link to a folder stays, and the folder it leads to is replaced. A file, and a folder that holds
// the working folder or the home folder, are refused.
func Open(dir string) (*Folder, error) {
	f := &Folder{name: dir, paths: paths{}}
	if err := f.open(); err != nil {
		return nil, f.unchanged(err)
	}
	return f, nil
}

func (f *Folder) open() (err error) {
	if f.dir, err = resolve(f.name); err != nil {
		return err
	}
	parent, name := filepath.Split(f.dir)
	f.staging = filepath.Join(parent, "."+name+"-publish")
	f.fresh, f.parked = filepath.Join(f.staging, "new"), filepath.Join(f.staging, "old")
	if err := os.MkdirAll(filepath.Dir(f.dir), 0o755); err != nil {
		return err
	}
	if f.unlock, err = lock(f.staging); err != nil {
		return err
	}
	if err := f.clear(); err != nil {
		return errors.Join(err, f.unlock())
	}
	if err := os.Mkdir(f.fresh, 0o755); err != nil {
		return errors.Join(err, f.release())
	}
	return nil
}

// lock creates the staging folder and takes the lock in it.
func lock(staging string) (unlock func() error, err error) {
	for start := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		if err := os.Mkdir(staging, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		if unlock, err = tryLock(filepath.Join(staging, "lock")); err == nil {
			return unlock, nil
		}
		// ErrNotExist: whoever had the lock has just removed the folder.
		wait := errors.Is(err, errTaken) || errors.Is(err, fs.ErrNotExist)
		if !wait || time.Since(start) > lockTimeout {
			return nil, err
		}
	}
}

// Add writes a file. It may be called by several goroutines at once. The path is relative and
// slash-separated.
func (f *Folder) Add(path string, data []byte) error {
	w, err := f.Create(path)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return errors.Join(err, w.Close())
}

// Create begins a file that is written bit by bit, and closed before Commit. Like Add, it may be
// called by several goroutines at once.
func (f *Folder) Create(path string) (io.WriteCloser, error) {
	if err := f.take(path); err != nil {
		return nil, f.unchanged(err)
	}
	w, err := f.create(path)
	if err != nil {
		return nil, f.failed(err)
	}
	return file{w, f}, nil
}

// take reserves a path.
func (f *Folder) take(path string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil {
		f.err = f.paths.add(path)
	}
	return f.err
}

// create makes an empty file, with the permissions that the user's umask leaves.
func (f *Folder) create(path string) (*os.File, error) {
	local, err := filepath.Localize(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	name := filepath.Join(f.fresh, local)
	// O_EXCL: what are two paths here can be one to a file system that knows more of Unicode.
	// O_NONBLOCK means nothing to a file on a disk, but os would ask the kernel five times whether it can
	// be waited for.
	const flags, mode = os.O_WRONLY | os.O_CREATE | os.O_EXCL | syscall.O_NONBLOCK, 0o644
	w, err := os.OpenFile(name, flags, mode)
	if !errors.Is(err, fs.ErrNotExist) {
		return w, err
	}
	// Its folder is missing, and only its first file has to ask for it.
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return nil, err
	}
	return os.OpenFile(name, flags, mode)
}

// failed keeps the first error and says what it means for the folder.
func (f *Folder) failed(err error) error {
	if err == nil {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil {
		f.err = err
	}
	return f.unchanged(err)
}

func (f *Folder) unchanged(err error) error {
	return fmt.Errorf("%s を書けませんでした。前の内容はそのままです: %w", f.name, err)
}

// A file tells its folder what goes wrong.
type file struct {
	file   *os.File
	folder *Folder
}

func (w file) Write(data []byte) (int, error) {
	n, err := w.file.Write(data)
	return n, w.folder.failed(err)
}

func (w file) Close() error { return w.folder.failed(w.file.Close()) }

// Commit replaces the folder by the files that were added, and closes it. It refuses after any error.
//
// What stood in the folder is removed when it is empty or ours recognises it as an earlier output.
// Otherwise it is kept beside the folder under the returned name, dir + ".old-1" or the next free
// number.
func (f *Folder) Commit(ours func(fs.FS) bool) (kept string, err error) {
	f.mu.Lock()
	err = f.err
	f.mu.Unlock()
	if err == nil {
		kept, err = f.replace(ours)
	}
	closeErr := f.release()
	if err != nil {
		return "", f.unchanged(errors.Join(err, closeErr))
	}
	if closeErr != nil {
		return kept, fmt.Errorf("%s は新しくなりましたが、前の内容を消しきれませんでした: %w", f.name, closeErr)
	}
	return kept, nil
}

func (f *Folder) replace(ours func(fs.FS) bool) (kept string, err error) {
	if err := flush(f.fresh); err != nil {
		return "", err
	}
	entries, err := os.ReadDir(f.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", os.Rename(f.fresh, f.dir)
	case err != nil:
		return "", err
	case len(entries) == 0 || ours(os.DirFS(f.dir)):
		return "", swap(f.dir, f.fresh, f.parked)
	}
	kept = freeName(f.dir)
	return kept, swap(f.dir, f.fresh, kept)
}

// Close gives the folder up, without a trace of what was added, unless Commit has closed it.
func (f *Folder) Close() error {
	if err := f.release(); err != nil {
		return f.unchanged(err)
	}
	return nil
}

// release removes what is not committed and lets the next Open in.
func (f *Folder) release() error {
	if f.unlock == nil {
		return nil
	}
	f.failed(fs.ErrClosed) // nothing can be added any more
	err := errors.Join(f.clear(), f.unlock())
	f.unlock = nil
	// ErrExist: the next Open has already made its staging folder of it.
	removeErr := os.Remove(f.staging)
	if errors.Is(removeErr, fs.ErrExist) || errors.Is(removeErr, fs.ErrNotExist) {
		return err
	}
	return errors.Join(err, removeErr)
}

// clear removes what this or a killed process left. If dir is missing, its content was parked by
// one that ended between the two renames, and is put back.
func (f *Folder) clear() error {
	_, err := os.Lstat(f.dir)
	if errors.Is(err, fs.ErrNotExist) {
		err = os.Rename(f.parked, f.dir)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return errors.Join(os.RemoveAll(f.fresh), os.RemoveAll(f.parked))
}
