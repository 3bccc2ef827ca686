package output

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"io/fs"
	"sync"
)

// zipDate is 1980-01-01, the first day a zip can hold (years since 1980, month, day): a fixed date
// keeps the bytes equal, and nobody mistakes this one for the date of the content.
const zipDate = 0<<9 | 1<<5 | 1

// deflaters are reused: setting one up costs more than compressing a page.
var deflaters = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, flate.DefaultCompression)
	if err != nil {
		panic(err) // the level is unknown
	}
	return w
}}

// Zip returns a zip that holds the files in one folder, top.
func (f Files) Zip(top string) ([]byte, error) {
	if !fs.ValidPath(top) || top == "." {
		return nil, fmt.Errorf("%q はフォルダーの名前として使えません", top)
	}
	if err := f.check(); err != nil {
		return nil, err
	}
	paths := f.Paths()
	deflated := make([][]byte, len(paths))
	if err := Each(len(paths), func(i int) (err error) {
		deflated[i], err = deflate(f[paths[i]])
		return err
	}); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i, p := range paths {
		data := f[p]
		// CreateRaw writes the header as it is, so what CreateHeader would fill in stands here.
		h := zip.FileHeader{
			Name:               top + "/" + p,
			Method:             zip.Deflate,
			Flags:              1 << 11, // the name is UTF-8
			ReaderVersion:      20,      // 2.0: Deflate and folders
			ModifiedDate:       zipDate,
			CRC32:              crc32.ChecksumIEEE(data),
			UncompressedSize64: uint64(len(data)),
		}
		h.SetMode(0o644)
		body := deflated[i]
		if len(body) >= len(data) {
			h.Method, body = zip.Store, data
		}
		h.CompressedSize64 = uint64(len(body))
		w, err := z.CreateRaw(&h)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p, err)
		}
		if _, err := w.Write(body); err != nil {
			return nil, fmt.Errorf("%s: %w", p, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func deflate(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	w.Reset(&b)
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
