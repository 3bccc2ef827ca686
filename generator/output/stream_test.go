package output

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"testing"
)

// Folder and zip take a site of 150 MB, and only their lists of paths stay in memory.
func TestStreamingHoldsNoFiles(t *testing.T) {
	const pages, size, limit = 3_000, 50_000, 8e6
	folder := open(t, filepath.Join(t.TempDir(), "public"))
	w, err := folder.Create("download/offline.zip")
	if err != nil {
		t.Fatal(err)
	}
	z, err := NewZip(w, "tebiki")
	if err != nil {
		t.Fatal(err)
	}
	random := rand.NewChaCha8([32]byte{})
	before := liveHeap()
	for i := range pages {
		page := make([]byte, size)
		random.Read(page[:size/3]) // packs to a third, so that nobody can hold what is packed, either
		path := fmt.Sprintf("pages/%d/%d.html", i%20, i)
		if err := errors.Join(folder.Add(path, page), z.Add(path, Pack(page))); err != nil {
			t.Fatal(err)
		}
	}
	if grown := liveHeap() - before; grown > limit {
		t.Errorf("after %d files of %d bytes: got %d bytes held, want at most %d", pages, size, grown, int(limit))
	}
	if err := errors.Join(z.Close(), w.Close(), folder.Close()); err != nil {
		t.Fatal(err)
	}
}

// liveHeap returns the bytes that are still in use.
func liveHeap() int {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int(stats.HeapAlloc)
}
