package site

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"tebiki/generator/handbook"
	"tebiki/generator/source"
)

// fileRows are the files that the content has published as they are.
func (b *builder) fileRows() []Row { return rowsOf(b.Handbook.Files) }

// checkFiles reports files to be published as they are that would take an address of the site's own.
// Letters of either case are the same: to some systems they are.
func (c *checker) checkFiles() {
	uses := map[string]int{} // of addresses and folders
	for _, address := range append([]string{downloadAddress, hubAddress, componentsAddress}, webOnly...) {
		uses[address]++
	}
	for _, row := range c.Rows {
		uses[strings.ToLower(row.Address)]++
	}
	var bundled []string
	for _, bundle := range c.Bundles {
		bundled = append(bundled, bundle.Folders...)
	}
	for address := range c.Handbook.Files {
		lower := strings.ToLower(address)
		folder := path.Dir(lower)
		if uses[lower] > 1 || uses[folder] > 0 || slices.Contains(bundled, folder) || slices.Contains(c.folders(), lower) {
			c.report(source.Problem{File: handbook.FilesFolder + "/" + address, Line: 1, Text: fmt.Sprintf("番地 %s は、このサイトが別のことに使います（別の名前にしてください）", address)})
		}
	}
}
