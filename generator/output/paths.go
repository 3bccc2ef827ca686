package output

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// paths are the slash-separated paths that a folder or zip has so far, and the folders they lie in,
// by their lower case: a zip made on Linux is opened on Windows and macOS, which do not tell A from
// a.
type paths map[string]place

// A place is a file or, if folder is true, the folder of a file.
type place struct {
	file   string
	folder bool
}

// add refuses a path that cannot stand in one folder with those before it on every system.
func (all paths) add(file string) error {
	const notAFolder = "%q はファイルなので、%q を入れるフォルダーにはなれません"
	if !fs.ValidPath(file) || file == "." {
		return fmt.Errorf("%q はファイルのパスとして使えません", file)
	}
	lower := strings.ToLower(file)
	there, taken := all[lower]
	switch {
	case taken && there.folder:
		return fmt.Errorf(notAFolder, file, there.file)
	case taken && there.file == file:
		return fmt.Errorf("%q というファイルが二つあります", file)
	case taken:
		// Sorted: which of the two came first is up to the goroutines.
		return fmt.Errorf("%q と %q は大文字と小文字しか違わないため、同じファイルになることがあります",
			min(file, there.file), max(file, there.file))
	}
	for up := path.Dir(lower); up != "."; up = path.Dir(up) {
		there, taken := all[up]
		if taken && !there.folder {
			return fmt.Errorf(notAFolder, there.file, file)
		}
		if taken {
			break // and so are the folders above it
		}
		all[up] = place{file, true}
	}
	all[lower] = place{file, false}
	return nil
}
