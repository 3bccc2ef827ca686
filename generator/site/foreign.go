package site

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// webOnly are the addresses that the web has and the zip has not.
var webOnly = append(serverFileAddresses(),
	zipAddress, headersAddress, robotsAddress, sitemapAddress, feedAddress, llmsAddress, redirectsAddress, manifestAddress, workerAddress,
	handbookAddress, measuresTable, matrixTable, termsTable, linkedAddress,
)

// Foreign returns the files of an earlier output that no build wrote, sorted: somebody else put them
// there. The zip of that output tells what was written. Without it, or without the mark of this
// program in its first page, there is an error: nothing is known to be ours.
func Foreign(old fs.FS) ([]string, error) {
	index, err := fs.ReadFile(old, "index.html")
	if err != nil {
		return nil, err
	}
	if !bytes.Contains(index, []byte(GeneratorMark)) {
		return nil, fmt.Errorf("index.html: no %s", GeneratorMark)
	}
	ours, err := zipped(old)
	if err != nil {
		return nil, err
	}
	for _, address := range webOnly {
		ours[address] = true
	}
	var foreign []string
	err = fs.WalkDir(old, ".", func(name string, entry fs.DirEntry, err error) error {
		// The Finder and the Explorer leave these in folders that they show.
		isTrace := slices.Contains([]string{".DS_Store", "Thumbs.db", "desktop.ini"}, entry.Name())
		if err == nil && !entry.IsDir() && !isTrace && !ours[name] && !ours[pageOf(name)] {
			foreign = append(foreign, name)
		}
		return err
	})
	return foreign, err
}

// pageOf returns the address of the page that a file which the zip has not is made for, "" when it is
// for none: its copy, or its picture.
func pageOf(address string) string {
	switch ending := path.Ext(address); {
	case ending == ".md":
		return strings.TrimSuffix(address, ending) + ".html"
	case path.Dir(address) == shareFolder && ending == ".png":
		return "methods/" + strings.TrimSuffix(path.Base(address), ending) + ".html"
	}
	return ""
}

// zipped returns the addresses in the zip of an output.
func zipped(old fs.FS) (map[string]bool, error) {
	file, err := old.Open(zipAddress)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	at, ok := file.(io.ReaderAt)
	if !ok {
		return nil, fmt.Errorf("%s: cannot be read from its end", zipAddress)
	}
	archive, err := zip.NewReader(at, info.Size())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", zipAddress, err)
	}
	addresses := make(map[string]bool, len(archive.File))
	for _, f := range archive.File {
		_, address, _ := strings.Cut(f.Name, "/") // all is in one folder
		addresses[address] = true
	}
	return addresses, nil
}
