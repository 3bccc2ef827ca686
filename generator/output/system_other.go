//go:build !linux && !darwin

package output

import "errors"

// exchange is left to the two renames: Windows has no call that swaps two folders.
func exchange(a, b string) error { return errors.ErrUnsupported }

// lock is left to the age of the folder: Windows has no advisory locks on folders.
func lock(folder string) (unlock func() error, err error) {
	return func() error { return nil }, errors.ErrUnsupported
}
