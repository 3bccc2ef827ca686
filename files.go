// Package tebiki holds the files that a built program carries along, so that it makes sites without
// a copy of this repository. It has nothing else: only a package in this folder may embed them.
package tebiki

import "embed"

// Files are the folders layouts and static, and content/README.md, which tells what each field of a
// record means.
//
//go:embed layouts static content/README.md
var Files embed.FS
