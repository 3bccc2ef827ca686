//go:build !linux && !darwin

package output

import "errors"

// exchange is left to the two renames: no other system has a call for it.
func exchange(a, b string) error { return errors.ErrUnsupported }
