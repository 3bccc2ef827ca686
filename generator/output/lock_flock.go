//go:build linux || darwin

package output

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// lock takes the advisory lock of folder without waiting. The kernel drops it when the process ends,
// however it ends: a lock file or a process number would outlive a kill, and an age is only a guess.
//
// The error is errTaken, fs.ErrNotExist when folder is gone, or errors.ErrUnsupported (with an unlock
// that does nothing) where the file system has no locks on folders, such as NFS.
func lock(folder string) (unlock func() error, err error) {
	f, err := os.Open(folder)
	if err != nil {
		return nil, err
	}
	err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	switch {
	case errors.Is(err, unix.EWOULDBLOCK):
		return nil, errors.Join(errTaken, f.Close())
	case err != nil:
		return f.Close, errors.ErrUnsupported
	}
	// Whoever held the lock until now may have removed the folder.
	if _, err := os.Stat(folder); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f.Close, nil
}
