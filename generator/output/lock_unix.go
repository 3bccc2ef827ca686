//go:build unix

package output

import (
	"errors"
	"os"
	"syscall"
)

// tryLock takes the lock on a file, which it creates. The error is errTaken when another process
// has it.
func tryLock(name string) (unlock func() error, err error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = errTaken
	}
	if err == nil {
		// Whoever had the lock removed the file, perhaps this one: then others lock a new one.
		var held, there os.FileInfo
		if held, err = f.Stat(); err == nil {
			there, err = os.Stat(name)
		}
		if err == nil && !os.SameFile(held, there) {
			err = errTaken
		}
	}
	if err != nil {
		return nil, errors.Join(&os.PathError{Op: "flock", Path: name, Err: err}, f.Close())
	}
	return func() error { return errors.Join(os.Remove(name), f.Close()) }, nil
}
