//go:build !race

package heap

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"syscall"
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

// Huge pages are asked for before the tables of others are made, and nothing is cleared for it.
func TestEarly(t *testing.T) {
	for range 20 {
		program := exec.Command(os.Args[0], "-test.run=^$")
		program.Env = append(os.Environ(), "GODEBUG=inittrace=1")
		trace, err := program.CombinedOutput()
		if err != nil {
			t.Fatal(err)
		}
		early := bytes.Index(trace, []byte("init tebiki/generator/heap/early "))
		unicode := bytes.Index(trace, []byte("init unicode "))
		if early < 0 || unicode < early {
			t.Fatalf("packages are initialized in this order, want early before unicode:\n%s", trace)
		}
		if used := program.ProcessState.SysUsage().(*syscall.Rusage).Maxrss >> 10; used > 300 {
			t.Fatalf("a program that does nothing used %d MB", used)
		}
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
