//go:build !linux

package heap

const hugePages = false

func mayGrow(int) bool  { return false }
func adviseHuge([]byte) {}
