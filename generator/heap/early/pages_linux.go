//go:build !race

package early

import "syscall" // what golang.org/x/sys imports is initialized too late

const hugePages = true

// mayGrow reports whether the kernel gives this program so many bytes more of addresses. The runtime
// takes a no for the end.
func mayGrow(size int) bool {
	addresses, err := syscall.Mmap(-1, 0, size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_PRIVATE|syscall.MAP_ANON)
	return err == nil && syscall.Munmap(addresses) == nil
}

// adviseHuge asks for huge pages below a block that is not touched yet. A kernel without them says no,
// and nothing changes.
func adviseHuge(block []byte) { syscall.Madvise(block, syscall.MADV_HUGEPAGE) }
