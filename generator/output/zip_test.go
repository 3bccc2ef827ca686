package output

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestZip(t *testing.T) {
	files := site("A", 300)
	files["empty"] = nil
	files["incompressible.png"] = []byte{0x89, 'P', 'N', 'G', 1, 2, 3}
	files["用語/端末.html"] = []byte(strings.Repeat("端末", 100))

	data, err := files.Zip("tebiki")
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if again, err := files.Zip("tebiki"); err != nil || !bytes.Equal(again, data) {
			t.Fatalf("a second zip differs: error %v, got %d bytes, want %d", err, len(again), len(data))
		}
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	got, unzipped := Files{}, read(t, z)
	for _, f := range z.File {
		names = append(names, f.Name)
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
		got[inside] = unzipped[f.Name]
	}
	if !slices.IsSorted(names) {
		t.Errorf("got unsorted names: %q", names)
	}
	if diff := differences(got, files); diff != "" {
		t.Error(diff)
	}
}

func TestZipTop(t *testing.T) {
	for _, top := range []string{"", ".", "..", "/", "a/"} {
		want := fmt.Sprintf("%q はフォルダーの名前として使えません", top)
		if _, err := (Files{"a": nil}).Zip(top); err == nil || err.Error() != want {
			t.Errorf("top %q: got error %v, want %s", top, err, want)
		}
	}
}

func BenchmarkZip(b *testing.B) {
	for _, n := range []int{1_500, 15_000} {
		files := site("A", n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.SetBytes(size(files))
			for b.Loop() {
				if _, err := files.Zip("tebiki"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func size(files Files) (bytes int64) {
	for _, data := range files {
		bytes += int64(len(data))
	}
	return bytes
}
