// Package heap prepares the memory of a program that needs much of it for a second or two. Package
// early, which it imports, has done its half before main begins.
package heap

import (
	"runtime/debug"
	"strings"

	_ "tebiki/generator/heap/early"
)

// floor counts as in use, but nothing ever touches it, so that it takes no memory. (A slice would be
// cleared.)
var floor strings.Builder

// Prepare is called first in main.
//
// What is in use is little at first, and the collector would look for garbage again and again; the floor
// counts as in use so that it waits. Garbage may grow to 44 % of both: more would be too much memory for
// a build of 1,500 pages, and with less the collector would be busy all the time with 15,000.
func Prepare() {
	floor.Grow(20 << 20)
	debug.SetGCPercent(44)
}
