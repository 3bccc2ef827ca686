package output

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// tryLock takes the lock on a file, which it creates. The error is errTaken when another process
// has it.
func tryLock(name string) (unlock func() error, err error) {
	path, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return nil, &os.PathError{Op: "open", Path: name, Err: err}
	}
	const sharedWithNobody = 0
	h, err := windows.CreateFile(path, windows.GENERIC_WRITE, sharedWithNobody, nil,
		windows.OPEN_ALWAYS, windows.FILE_FLAG_DELETE_ON_CLOSE, 0)
	if errors.Is(err, windows.ERROR_SHARING_VIOLATION) {
		err = errTaken
	}
	if err != nil {
		return nil, &os.PathError{Op: "open", Path: name, Err: err}
	}
	return func() error { return windows.CloseHandle(h) }, nil
}
