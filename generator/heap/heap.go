// Package heap prepares the memory of a program that needs much of it for a second or two.
package heap

import (
	"runtime"
	"runtime/debug"
)

// floor counts as in use, but nothing ever touches it, so that it takes no memory.
var floor []byte

// Prepare is called once, before anything else takes memory.
//
// What is in use is little at first, and the collector would look for garbage again and again; the floor
// counts as in use so that it waits. A third more than that is as much as a build of 1,500 pages may
// lay aside, and with 15,000 it is not busy all the time.
func Prepare() {
	debug.SetGCPercent(-1) // there is no garbage yet
	floor = make([]byte, 32<<20)
	useHugePages()
	debug.SetGCPercent(36)
}

// useHugePages asks the kernel to give the heap its memory in pieces of 2 MB. In those of 4 KB, each
// with an exception of its own, a build took 1.2 to 1.3 times as long in a virtual machine.
//
// Where a heap grows is for the runtime alone to say. But it uses again what it has, from the lowest
// address up, and a kernel keeps for an address what it was asked for. So the heap grows once by more
// than a build needs, which is garbage at once and never touched. (Too little does harm: 15,000 pages
// with 128 MB of it took 1.15 times as long as without.)
func useHugePages() {
	const most = 1 << 30
	if !hugePages || !mayGrow(most) {
		return
	}
	adviseHuge(make([]byte, most))
	runtime.GC()
}
