package site

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"path"
	"runtime"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"tebiki/generator/output"
)

// Built is what a build made.
type Built struct {
	Pages, Files int
	Size         int64 // in bytes
}

// Build makes all files of the site, on all cores, into a folder, the zip among them. With a dead
// link or a doubled anchor, whoever wrote it, there is an error. progress, if not nil, is called as
// pages are made, from one goroutine at a time.
//
// Nothing is held that can be written: of a row, which a worker makes, writes and packs, only what
// waits for its turn in the zip.
func (s *Site) Build(into *output.Folder, progress func(done, total int)) (built Built, err error) {
	run := &run{Site: s, into: into, links: newLinkScan(serverRoot(s.baseURL)), progress: progress}
	for _, row := range s.Rows {
		if row.layout != "" {
			run.total++
		}
	}
	if s.keeps() {
		run.made.Sums = map[string]Sum{}
	}
	if run.made.Archive, err = run.rows(); err != nil {
		return Built{}, err
	}
	for _, closing := range s.Closing {
		var page bytes.Buffer
		if err := closing.Make(&page, &run.made); err != nil {
			return Built{}, err
		}
		if path.Ext(closing.Address) == ".html" {
			run.links.page(closing.Address, page.Bytes())
			run.sum(closing.Address, page.Bytes())
		}
		if err := run.add(closing.Address, page.Bytes()); err != nil {
			return Built{}, err
		}
	}
	if err := run.links.err(); err != nil {
		return Built{}, err
	}
	return Built{int(run.pages.Load()), int(run.files.Load()), run.size.Load()}, nil
}

// A run is a build on its way.
type run struct {
	*Site
	into  *output.Folder
	links *linkScan

	pages, files, size atomic.Int64

	mu          sync.Mutex // for what follows
	made        Made
	progress    func(done, total int)
	done, total int // pages
}

// A job is a row to be made. What is for the zip goes to packed when it is.
type job struct {
	row    Row
	packed chan output.Packed // nil for a row that is not for the zip
}

// rows makes all rows, and the zip.
func (r *run) rows() (archive *Archive, err error) {
	group, ctx := errgroup.WithContext(context.Background())
	jobs := make(chan job, 4*runtime.GOMAXPROCS(0)) // many are small: no worker is to wait for the next
	// What waits for its turn in the zip: there is never more of it than this.
	turns := make(chan job, 4*runtime.GOMAXPROCS(0))
	group.Go(func() error {
		defer close(jobs)
		defer close(turns)
		return r.hand(ctx, jobs, turns)
	})
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() error {
			w := &worker{file: bufio.NewWriterSize(nil, 64<<10)}
			for j := range jobs {
				if err := r.produce(w, j); err != nil {
					return err
				}
			}
			return nil
		})
	}
	group.Go(func() (err error) {
		archive, err = r.zip(ctx, turns)
		return err
	})
	return archive, group.Wait()
}

// hand hands out the rows in their order, then those of the bundles, which are begun at once.
func (r *run) hand(ctx context.Context, jobs, turns chan<- job) error {
	type bundled struct {
		rows []Row
		err  error
	}
	var bundles []chan bundled
	for _, bundle := range r.Bundles {
		made := make(chan bundled, 1)
		go func() {
			rows, err := bundle.Rows()
			made <- bundled{rows, err}
		}()
		bundles = append(bundles, made)
	}
	give := func(rows []Row) error {
		for _, row := range rows {
			j := job{row: row}
			if row.In&Zip != 0 {
				j.packed = make(chan output.Packed, 1)
				select {
				case turns <- j:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			select {
			case jobs <- j:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	}
	if err := give(r.Rows); err != nil {
		return err
	}
	for _, made := range bundles {
		bundle := <-made
		if bundle.err != nil {
			return bundle.err
		}
		if err := give(bundle.rows); err != nil {
			return err
		}
	}
	return nil
}

// A worker is where rows are written to, one after the other.
type worker struct {
	buffer bytes.Buffer
	file   *bufio.Writer
}

// produce makes a row and writes and packs it while it is at hand.
func (r *run) produce(w *worker, j job) error {
	if j.row.In == Web && j.row.layout == "" && !j.row.kept { // and may be large
		return r.stream(w.file, j.row)
	}
	buffer := &w.buffer
	buffer.Reset()
	if err := j.row.Make(buffer); err != nil {
		return err
	}
	if j.row.layout != "" {
		r.links.page(j.row.Address, buffer.Bytes())
	}
	if j.row.In&Web != 0 {
		if err := r.add(j.row.Address, buffer.Bytes()); err != nil {
			return err
		}
	}
	if j.row.In == Everywhere || j.row.kept {
		r.sum(j.row.Address, buffer.Bytes())
	}
	if j.packed != nil {
		j.packed <- output.Pack(buffer.Bytes())
	}
	if r.progress != nil && j.row.layout != "" {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.done++
		r.progress(r.done, r.total)
	}
	return nil
}

// stream makes a row that nothing but its file is made of.
func (r *run) stream(w *bufio.Writer, row Row) error {
	file, err := r.into.Create(row.Address)
	if err != nil {
		return err
	}
	counter := &countingWriter{w: file}
	w.Reset(counter)
	err = row.Make(w)
	if err := errors.Join(err, w.Flush(), file.Close()); err != nil {
		return err
	}
	r.count(row.Address, int(counter.n))
	return nil
}

// sum notes the sum of a file, if anybody asks for it.
func (r *run) sum(address string, data []byte) {
	if r.made.Sums == nil {
		return
	}
	sum := Sum(sha256.Sum256(data))
	r.mu.Lock()
	defer r.mu.Unlock()
	r.made.Sums[address] = sum
}

// add writes a file of the web.
func (r *run) add(address string, data []byte) error {
	r.count(address, len(data))
	return r.into.Add(address, data)
}

func (r *run) count(address string, size int) {
	r.files.Add(1)
	r.size.Add(int64(size))
	if path.Ext(address) == ".html" {
		r.pages.Add(1)
	}
	r.links.address(address)
}

// zip writes the zip, in the order of the turns.
func (r *run) zip(ctx context.Context, turns <-chan job) (*Archive, error) {
	file, err := r.into.Create(zipAddress)
	if err != nil {
		return nil, err
	}
	sum, archive := sha256.New(), &Archive{}
	counter := &countingWriter{w: io.MultiWriter(file, sum)}
	err = r.zipTo(ctx, counter, turns, archive)
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, err
	}
	archive.Size, archive.SHA256 = counter.n, hex.EncodeToString(sum.Sum(nil))
	r.count(zipAddress, int(counter.n))
	return archive, nil
}

func (r *run) zipTo(ctx context.Context, w io.Writer, turns <-chan job, archive *Archive) error {
	z, err := output.NewZip(w, r.Handbook.ID) // so that two handbooks can be unpacked side by side
	if err != nil {
		return err
	}
	for j := range turns {
		select {
		case packed := <-j.packed:
			if err := z.Add(j.row.Address, packed); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
		if path.Ext(j.row.Address) == ".html" {
			archive.Pages++
		}
	}
	return z.Close()
}

type countingWriter struct {
	w io.Writer
	n int64
}

func (c *countingWriter) Write(data []byte) (int, error) {
	n, err := c.w.Write(data)
	c.n += int64(n)
	return n, err
}
