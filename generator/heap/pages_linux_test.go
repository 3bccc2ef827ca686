package heap

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unsafe"
)

// What the program takes lies where the kernel was asked for huge pages, and the block that it was
// asked with is given up.
func TestHugePages(t *testing.T) {
	const thp = "/sys/kernel/mm/transparent_hugepage/enabled"
	if setting, err := os.ReadFile(thp); err != nil || strings.Contains(string(setting), "[never]") {
		t.Skipf("no huge pages here: %s says %q, %v", thp, setting, err)
	}
	Prepare()
	block := make([]byte, 100<<20)
	if flags := flagsAt(t, uintptr(unsafe.Pointer(&block[0]))); !slices.Contains(flags, "hg") {
		t.Errorf("flags of the memory of a block: %q, want hg among them", flags)
	}
	runtime.KeepAlive(block)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if inUse := m.HeapAlloc >> 20; inUse > 300 {
		t.Errorf("%d MB are in use, want the floor and a block", inUse)
	}
}

// flagsAt returns the kernel's flags of the mapping that holds an address.
func flagsAt(t *testing.T, address uintptr) []string {
	file, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	inside := false
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var from, to uintptr
		if n, _ := fmt.Sscanf(lines.Text(), "%x-%x ", &from, &to); n == 2 {
			inside = from <= address && address < to
		} else if flags, ok := strings.CutPrefix(lines.Text(), "VmFlags:"); ok && inside {
			return strings.Fields(flags)
		}
	}
	t.Fatalf("no mapping holds %#x", address)
	return nil
}
