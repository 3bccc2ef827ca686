package output

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"
)

// zipped returns a zip of the files in the given order, packed on all cores.
func zipped(top string, order []string, t tree) ([]byte, error) {
	packed := make([]Packed, len(order))
	var workers errgroup.Group
	workers.SetLimit(runtime.GOMAXPROCS(0))
	for i, p := range order {
		workers.Go(func() error {
			packed[i] = Pack(t[p])
			return nil
		})
	}
	workers.Wait()
	var b bytes.Buffer
	z, err := NewZip(&b, top)
	if err != nil {
		return nil, err
	}
	for i, p := range order {
		if err := z.Add(p, packed[i]); err != nil {
			return nil, err
		}
	}
	err = z.Close()
	return b.Bytes(), err
}

func mustZip(t *testing.T, order []string, files tree) []byte {
	t.Helper()
	data, err := zipped("tebiki", order, files)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestZip(t *testing.T) {
	files := site("A", 300)
	files["empty"] = nil
	files["incompressible.png"] = []byte{0x89, 'P', 'N', 'G', 1, 2, 3}
	files["用語/端末.html"] = []byte(strings.Repeat("端末", 100))

	order := files.sorted()
	rand.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })

	data := mustZip(t, order, files)
	for range 3 {
		if again := mustZip(t, order, files); !bytes.Equal(again, data) {
			t.Fatalf("a second zip differs: got %d bytes, want %d", len(again), len(data))
		}
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	got, unzipped := tree{}, read(t, z)
	for _, f := range z.File {
		if got, want := f.Mode().String(), "-rw-r--r--"; got != want {
			t.Errorf("%s: got mode %s, want %s", f.Name, got, want)
		}
		if got, want := f.Modified, time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC); !got.Equal(want) {
			t.Errorf("%s: got date %v, want %v", f.Name, got, want)
		}
		if f.NonUTF8 || f.Flags&(1<<11) == 0 {
			t.Errorf("%s: the name is not marked as UTF-8: flags %#x", f.Name, f.Flags)
		}
		if f.CompressedSize64 > f.UncompressedSize64 {
			t.Errorf("%s: got %d bytes for %d", f.Name, f.CompressedSize64, f.UncompressedSize64)
		}
		inside, found := strings.CutPrefix(f.Name, "tebiki/")
		if !found {
			t.Errorf("got %q, want it in the folder tebiki", f.Name)
		}
		names = append(names, inside)
		got[inside] = unzipped[f.Name]
	}
	if !slices.Equal(names, order) {
		t.Errorf("got the files in the order %q, want that in which they came: %q", names, order)
	}
	if diff := differences(got, files); diff != "" {
		t.Error(diff)
	}
}

func TestZipTop(t *testing.T) {
	for _, top := range []string{"", "..", "/", "a/"} {
		want := fmt.Sprintf("%q はフォルダーの名前として使えません", top)
		if _, err := NewZip(new(bytes.Buffer), top); err == nil || err.Error() != want {
			t.Errorf("top %q: got error %v, want %s", top, err, want)
		}
	}
}

func TestZipWithoutFolder(t *testing.T) {
	var b bytes.Buffer
	z, err := NewZip(&b, ".")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(z.Add("a/b.txt", Pack([]byte("b"))), z.Close()); err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil || len(r.File) != 1 || r.File[0].Name != "a/b.txt" {
		t.Errorf("got %v, %v, want a/b.txt alone", r.File, err)
	}
}

// What is packed may change before it is added: pages are rendered into buffers that are used again.
func TestPackedIsACopy(t *testing.T) {
	for _, data := range []string{"short", strings.Repeat("long ", 100)} {
		buffer := []byte(data)
		p := Pack(buffer)
		clear(buffer)
		Pack(buffer)
		var b bytes.Buffer
		z, err := NewZip(&b, "top")
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(z.Add("a", p), z.Close()); err != nil {
			t.Fatal(err)
		}
		r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
		if err != nil {
			t.Fatal(err)
		}
		if diff := differences(read(t, r), tree{"top/a": []byte(data)}); diff != "" {
			t.Error(diff)
		}
	}
}

func TestZipTellsWhatTheWriterSays(t *testing.T) {
	closed, err := os.Create(filepath.Join(t.TempDir(), "zip"))
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	z, err := NewZip(closed, "top")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(z.Add("a", Pack(nil)), z.Close()); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("got error %v, want %v", err, fs.ErrClosed)
	}
}

func BenchmarkZip(b *testing.B) {
	for _, n := range []int{1_500, 15_000} {
		files := site("A", n)
		order := files.sorted()
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.SetBytes(files.size())
			for b.Loop() {
				if _, err := zipped("tebiki", order, files); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
