package handbook

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// manyMeasures returns valid.txtar with n measures more. Like the real ones
// they link to one another and are a screen long.
func manyMeasures(t testing.TB, n int) tree {
	files := newTree(t)
	lock := files["measures/lock.md"]
	var published strings.Builder
	for i := range n {
		text := strings.Replace(lock, `"2-1"`, fmt.Sprintf(`"2-%d"`, i+2), 1)
		text = strings.Replace(text, "commute =", "errand = \"high\"\ncommute =", 1)
		for step := range 20 {
			text += fmt.Sprintf("%d. 鍵を掛け、[前の対策](measures/lock-%d.html)を見て、もう一度確かめます。\n", step+1, max(0, i-1))
		}
		slug := fmt.Sprintf("lock-%d", i)
		files["measures/"+slug+".md"] = text
		fmt.Fprintf(&published, "  %q,\n", slug)
	}
	files.replace("published.toml", `"lock", "horn"]`, "\"lock\", \"horn\",\n"+published.String()+"]")
	files.replace("handbook.toml", "low = 2", fmt.Sprintf("low = %d", 2+n))
	files.replace("handbook.toml", "[count.errand]\nhigh = 1", fmt.Sprintf("[count.errand]\nhigh = %d", 1+n))
	return files
}

// BenchmarkLoad: the time for a record must not grow with their number.
func BenchmarkLoad(b *testing.B) {
	for _, n := range []int{150, 1500, 15000} {
		b.Run(fmt.Sprintf("measures=%d", n), func(b *testing.B) {
			content := manyMeasures(b, n).fs()
			for b.Loop() {
				_, problems, err := Load(content, contentDay)
				if err != nil || len(problems) > 0 {
					b.Fatal(err, problems[:min(5, len(problems))])
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/record")
		})
	}
}

// The memory for a term does not grow with the texts of the handbook.
func TestTermsCopyNoTexts(t *testing.T) {
	const terms, size = 1000, 1_000_000
	h := &Handbook{}
	h.texts = strings.Repeat("a", size)
	for i := range terms {
		h.Terms = append(h.Terms, &Term{Term: fmt.Sprint("t", i)})
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	h.checkSynonyms()
	h.checkTerms()
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 10*size {
		t.Errorf("%d terms beside %d bytes of text: got %d bytes of memory, want at most %d", terms, size, got, 10*size)
	}
}
