package heap

import "golang.org/x/sys/unix"

const hugePages = true

// mayGrow reports whether the kernel gives this program so many bytes more of addresses. The runtime
// takes a no for the end.
func mayGrow(size int) bool {
	addresses, err := unix.Mmap(-1, 0, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANON)
	return err == nil && unix.Munmap(addresses) == nil
}

// adviseHuge asks for huge pages below a block that is not touched yet. A kernel without them says no,
// and nothing changes.
func adviseHuge(block []byte) { unix.Madvise(block, unix.MADV_HUGEPAGE) }
