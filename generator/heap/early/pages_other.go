//go:build !linux || race

package early

// The race detector notes every byte of a block, used or not.
const hugePages = false

func mayGrow(int) bool  { return false }
func adviseHuge([]byte) {}
