package site_test

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tebiki/generator/output"
)

// BenchmarkBuild reads, checks and builds handbooks of about so many pages. With the same cost per
// page at every size nothing in the generator is slower than the handbook is large.
func BenchmarkBuild(b *testing.B) {
	for _, pages := range []int{150, 1_500, 15_000} {
		b.Run(fmt.Sprint(pages), func(b *testing.B) { benchmark(b, largeHandbook(b, pages)) })
	}
}

// BenchmarkReal reads, checks and builds the real handbook.
func BenchmarkReal(b *testing.B) { benchmark(b, contentCopy(b)) }

func benchmark(b *testing.B, content fs.FS) {
	out := filepath.Join(b.TempDir(), "public")
	pages, peak := 0, uint64(0)
	runtime.GC() // brings the counts of CPU time up to date
	start := read(allocatedObjects, allocatedBytes, idleSeconds, allSeconds)
	for b.Loop() {
		stop := watchHeap()
		loaded, err := sources{content: content, static: folder("static")}.loadSound()
		if err != nil {
			b.Fatal(err)
		}
		into, err := output.Open(out)
		if err != nil {
			b.Fatal(err)
		}
		built, err := loaded.Build(into, nil)
		if err == nil {
			_, err = into.Commit(func(fs.FS) bool { return true })
		}
		if err := errors.Join(err, into.Close()); err != nil {
			b.Fatal(err)
		}
		peak = max(peak, stop())
		pages += built.Pages
	}
	seconds := b.Elapsed().Seconds()
	runtime.GC()
	used := read(allocatedObjects, allocatedBytes, idleSeconds, allSeconds)
	for i := range used {
		used[i] -= start[i]
	}
	b.ReportMetric(float64(pages)/float64(b.N), "pages")
	b.ReportMetric(float64(pages)/seconds, "pages/s")
	b.ReportMetric(used[0]/float64(pages), "allocs/page")
	b.ReportMetric(used[1]/float64(pages), "B/page")
	b.ReportMetric(float64(peak)/1e6, "peak-MB")
	b.ReportMetric((1-used[2]/used[3])*float64(runtime.GOMAXPROCS(0)), "cores")
}

const (
	allocatedObjects = "/gc/heap/allocs:objects"
	allocatedBytes   = "/gc/heap/allocs:bytes"
	liveHeap         = "/memory/classes/heap/objects:bytes"
	idleSeconds      = "/cpu/classes/idle:cpu-seconds"
	allSeconds       = "/cpu/classes/total:cpu-seconds"
)

func read(names ...string) []float64 {
	samples := make([]metrics.Sample, len(names))
	for i, name := range names {
		samples[i].Name = name
	}
	metrics.Read(samples)
	values := make([]float64, len(names))
	for i, s := range samples {
		if s.Value.Kind() == metrics.KindFloat64 {
			values[i] = s.Value.Float64()
		} else {
			values[i] = float64(s.Value.Uint64())
		}
	}
	return values
}

// watchHeap samples the heap until the function it returns is called, which tells the largest size seen.
func watchHeap() (stop func() uint64) {
	quit, result := make(chan struct{}), make(chan uint64)
	go func() {
		largest := uint64(0)
		for ticker := time.NewTicker(time.Millisecond); ; {
			largest = max(largest, uint64(read(liveHeap)[0]))
			select {
			case <-ticker.C:
			case <-quit:
				ticker.Stop()
				result <- largest
				return
			}
		}
	}()
	return func() uint64 {
		close(quit)
		return <-result
	}
}

// largeHandbook returns content that makes about so many pages: the real handbook with more measures
// (three in four of the added pages) and more written pages, all copies of one of each.
func largeHandbook(b *testing.B, pages int) fstest.MapFS {
	b.Helper()
	content := contentCopy(b)
	const measure, written, list = "measures/antivirus.md", "pages/about.md", "published.toml"
	template := string(content[measure].Data)
	front, text, _ := strings.Cut(template, "[priority]")
	_, text, _ = strings.Cut(text, "+++\n")

	own := offline(b)
	h := own.handbook
	var slugs strings.Builder
	counts := map[string]int{}
	for i := range max(0, pages-len(own.pages)) {
		if i%4 == 0 {
			copied := fmt.Sprintf("pages/copy-%d.md", i)
			content[copied] = content[written]
			publish(b, content, copied)
			continue
		}
		slug := fmt.Sprintf("copy-%d", i)
		fmt.Fprintf(&slugs, "  %q,\n", slug)
		// A checklist of everything helps nobody: each copy is on two.
		priorities := "[priority]\n"
		for _, method := range []int{i % len(h.Methods), (i + 1) % len(h.Methods)} {
			priorities += h.Methods[method].Slug + " = \"high\"\n"
			counts[h.Methods[method].Slug]++
		}
		data := strings.Replace(front, `number = "2-1"`, fmt.Sprintf(`number = "2-%d"`, 1000+i), 1) + priorities + "+++\n" + text
		content["measures/"+slug+".md"] = &fstest.MapFile{Data: []byte(data)}
	}
	content[list].Data = []byte(strings.Replace(string(content[list].Data), "measures = [\n", "measures = [\n"+slugs.String(), 1))

	edition := string(content["handbook.toml"].Data)
	for method, n := range counts {
		old := fmt.Sprintf("[count.%s]\nhigh = %d\n", method, h.Counts[method]["high"])
		edition = strings.Replace(edition, old, fmt.Sprintf("[count.%s]\nhigh = %d\n", method, h.Counts[method]["high"]+n), 1)
	}
	content["handbook.toml"].Data = []byte(edition)
	return content
}
