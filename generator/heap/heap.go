// Package heap prepares the memory of a program that needs much of it for a second or two. Package
// early does one half of this, before anything asks.
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
// counts as in use so that it waits. A third more than that is as much as a build of 1,500 pages may
// lay aside, and with 15,000 it is not busy all the time.
func Prepare() {
	floor.Grow(20 << 20)
	debug.SetGCPercent(44)
}
