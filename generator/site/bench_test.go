package site_test

import (
	"fmt"
	"io/fs"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/output"
	"tebiki/generator/site"
	"tebiki/generator/words"
)

// BenchmarkBuild reads, checks and builds handbooks of about so many pages. With the same cost per
// page at every size nothing in the generator is slower than the handbook is large.
func BenchmarkBuild(b *testing.B) {
	for _, pages := range []int{150, 1_500, 15_000} {
		b.Run(fmt.Sprint(pages), func(b *testing.B) { benchmark(b, largeHandbook(b, pages)) })
	}
}

// BenchmarkReal reads, checks and builds the real handbook.
func BenchmarkReal(b *testing.B) { benchmark(b, copyOf(b, source("content"))) }

func benchmark(b *testing.B, content fs.FS) {
	layouts, static := copyOf(b, source("layouts")), copyOf(b, source("static"))
	today := time.Now()
	pages, peak := 0, uint64(0)
	runtime.GC() // brings the counts of CPU time up to date
	start := read(allocatedObjects, allocatedBytes, idleSeconds, allSeconds)
	for b.Loop() {
		stop := watchHeap()
		uses, err := words.Uses(layouts)
		if err != nil {
			b.Fatal(err)
		}
		w, wrong, err := words.Load(content, uses)
		if err != nil || len(wrong) > 0 {
			b.Fatal(wrong, err)
		}
		h, problems, err := handbook.Load(content, today, w.All()...)
		if err != nil || !handbook.Publishable(problems) {
			b.Fatal(problems, err)
		}
		files, problems, err := site.Build(h, w, layouts, static, site.Options{})
		if err != nil || len(problems) > 0 {
			b.Fatal(problems, err)
		}
		peak = max(peak, stop())
		pages += countPages(files)
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

func countPages(files output.Files) int {
	n := 0
	for address := range files {
		if strings.HasSuffix(address, ".html") {
			n++
		}
	}
	return n
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
	content := copyOf(b, source("content"))
	const measure, written, list = "measures/antivirus.md", "pages/about.md", "published.toml"
	template := string(content[measure].Data)
	front, text, _ := strings.Cut(template, "[priority]")
	_, text, _ = strings.Cut(text, "+++\n")

	h, err := load(content, time.Now())
	if err != nil {
		b.Fatal(err)
	}
	var slugs strings.Builder
	files, err := build(h, site.Options{})
	if err != nil {
		b.Fatal(err)
	}
	counts := map[string]int{}
	for i := range max(0, pages-countPages(files)) {
		if i%4 == 0 {
			content[fmt.Sprintf("pages/copy-%d.md", i)] = content[written]
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
