package searchindex

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
)

// BenchmarkFiles makes indexes of about so many docs, each of the length of a measure's text. With
// the same cost per doc at every size nothing is slower than the index is large.
func BenchmarkFiles(b *testing.B) {
	for _, docs := range []int{150, 1_500, 15_000} {
		b.Run(fmt.Sprint(docs), func(b *testing.B) {
			x := largeIndex(b, docs)
			runtime.GC()
			before := allocated()
			var contents []byte
			for b.Loop() {
				for _, file := range x.Files() {
					contents = file.AppendTo(contents[:0])
				}
			}
			each := float64(b.N) * float64(docs)
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/each, "ns/doc")
			b.ReportMetric(float64(allocated()-before)/each, "allocs/doc")
		})
	}
}

func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:objects"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// largeIndex returns an index of docs that are put together from lines of the real measures.
func largeIndex(b *testing.B, docs int) *Index {
	b.Helper()
	names, err := filepath.Glob("../../content/measures/*.md")
	if err != nil || len(names) == 0 {
		b.Fatal("no measures", err)
	}
	var lines []string
	for _, name := range names {
		file, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		_, text, _ := strings.Cut(strings.TrimPrefix(string(file), "+++\n"), "+++\n")
		for line := range strings.Lines(text) {
			if line = strings.Trim(line, "# \n"); line != "" {
				lines = append(lines, line)
			}
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	k := &Kind{Slug: "measures", Label: "対策", Title: "対策の一覧"}
	for i := range docs {
		line := func() string { return lines[random.IntN(len(lines))] }
		d := &Doc{Address: fmt.Sprintf("measures/%d.html", i), Title: line(), Names: []string{fmt.Sprint("2-", i)}, Methods: []int{i % 8}}
		for part := range 4 {
			var texts []string
			for range len(lines) / len(names) / 4 {
				texts = append(texts, line())
			}
			d.Add(fmt.Sprint("part-", part), line(), texts...)
		}
		k.Docs = append(k.Docs, d)
	}
	return &Index{Methods: []string{"home", "office"}, Kinds: []*Kind{k}}
}
