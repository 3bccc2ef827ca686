package output

import (
	"errors"
	"fmt"
	"os"
)

// freeName returns the first of dir.old-1, dir.old-2, … that is not in use.
func freeName(dir string) string {
	for n := 1; ; n++ {
		name := fmt.Sprintf("%s.old-%d", dir, n)
		if _, err := os.Lstat(name); err != nil {
			return name
		}
	}
}

// swap puts fresh in the place of dir, and what stood in dir in the place of parked, where nothing is.
func swap(dir, fresh, parked string) error {
	// An exchange leaves the old folder where the new one was. That must already be the name it is
	// to have, or a kill would leave somebody's folder where clear removes it.
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
