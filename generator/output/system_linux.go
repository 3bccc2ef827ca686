package output

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// exchange swaps two folders in one step. The error is errors.ErrUnsupported where the kernel or
// the file system cannot.
func exchange(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, unix.EINVAL): // the file system knows no flags
		err = errors.ErrUnsupported
	}
	return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
}

// flush brings everything below folder to the disk, so that a power cut after the swap does not
// leave new names on empty files, and a disk that fills or fails late is noticed before it. One
// syncfs took 0.1 s for 15,000 files where an fsync for each took 2 to 4 s.
func flush(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	if err := unix.Syncfs(int(f.Fd())); err != nil {
		return errors.Join(&os.PathError{Op: "syncfs", Path: folder, Err: err}, f.Close())
	}
	return f.Close()
}
