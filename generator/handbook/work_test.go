package handbook

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"tebiki/generator/source"
)

// manyRecords returns valid.txtar with n records more of every kind of which there may be many. Like
// the real ones the measures are a screen long and link to one another; each has a guide, a
// threat and a row of a chart of its own, takes the place of a withdrawn one, and is the only one to
// use a term.
func manyRecords(t testing.TB, n int) tree {
	files := newTree(t)
	copies := func(name string, i int, change ...string) {
		copied := strings.Replace(name, ".", fmt.Sprintf("-%d.", i), 1)
		files[copied] = strings.NewReplacer(change...).Replace(files[name])
		folder, file, _ := strings.Cut(copied, "/")
		slug, _, _ := strings.Cut(file, ".")
		files[publishedFile] = strings.Replace(files[publishedFile], folder+" = [", fmt.Sprintf("%s = [%q, ", folder, slug), 1)
	}
	var gone, withdrawn, synonyms strings.Builder
	for i := range n {
		number := fmt.Sprintf("number = %d", i+3)
		copies("measures/lock.md", i,
			`"2-1"`, fmt.Sprintf(`"2-%d"`, i+2),
			`["theft"]`, fmt.Sprintf(`["theft-%d"]`, i),
			"commute =", "errand = \"high\"\ncommute =",
			"revision = 1", fmt.Sprintf("revision = 1\nreplaces = [\"gone-%d\"]", i),
			"掛けます。", strings.Repeat(fmt.Sprintf("1. 鍵を掛け、[前の対策](measures/lock-%d.html)を見ます。\n1. 語%d、類%dを確かめます。\n", max(0, i-1), i, i), 20),
		)
		copies("threats/theft.md", i, "number = 2", number)
		copies("guides/bell.md", i, "number = 1", number, `["lock"]`, fmt.Sprintf(`["lock-%d"]`, i))
		copies("terms/bell.md", i, `"ベル"`, fmt.Sprintf(`"語%d"`, i), `"鈴"`, fmt.Sprintf(`"ことば%d"`, i))
		copies("contacts/shop.md", i, "number = 1", number)
		copies("incidents/fall.md", i, "number = 1", number, `["crash"]`, fmt.Sprintf(`["theft-%d"]`, i), `["helmet"]`, fmt.Sprintf(`["lock-%d"]`, i))
		copies("frameworks/club.md", i, "number = 1\n", number+"\n", `["light"]`, fmt.Sprintf(`["lock-%d"]`, i))
		copies("references/law.md", i, "number = 1", number)
		copies("lifecycles/tire.md", i, "number = 1", number)
		copies("survey/q1.toml", i, "number = 1", number, `["lock"]`, fmt.Sprintf(`["lock-%d"]`, i))
		copies("pages/about.md", i)
		copies("changes/2026-04-01.md", i)
		fmt.Fprintf(&gone, "\"gone-%d\", ", i)
		fmt.Fprintf(&withdrawn, "\n[withdrawn.measures.gone-%d]\ntitle = \"前\"\nreason = \"訳\"\ndate = 2026-03-01\n", i)
		fmt.Fprintf(&synonyms, "\n[same.s%d]\nwords = [\"類%d\", \"別%d\"]\n", i, i, i)
	}
	files.replace(publishedFile, `"horn"]`, gone.String()+`"horn"]`)
	files[publishedFile] += withdrawn.String()
	files["search.toml"] = synonyms.String()
	files.replace("handbook.toml", "low = 2", fmt.Sprintf("low = %d", 2+n))
	files.replace("handbook.toml", "[count.errand]\nhigh = 1", fmt.Sprintf("[count.errand]\nhigh = %d", 1+n))
	return files
}

func TestManyRecords(t *testing.T) {
	for _, n := range []int{few, many} {
		t.Run(fmt.Sprint(n), func(t *testing.T) { manyRecords(t, n).wantProblems(t, contentDay, "") })
	}
}

const few, many = 100, 400

// TestWorkGrowsWithRecords counts how often each block of the code runs for few records and for
// many. What runs more often than in proportion scans all records inside a loop over records. The
// counts are those of Go's coverage: they are the same on a busy machine.
func TestWorkGrowsWithRecords(t *testing.T) {
	counting := filepath.Join(t.TempDir(), "counting.test")
	build := exec.Command("go", "test", "-c", "-o", counting, "-covermode=count",
		"-coverpkg=tebiki/generator/source,tebiki/generator/markdown,tebiki/generator/handbook")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	before, after := countRuns(t, counting, few), countRuns(t, counting, many)
	for _, block := range slices.Sorted(maps.Keys(after)) {
		// Comparisons of a sort grow a little faster than the records, a scan inside a loop many/few
		// times as fast.
		most := 2 * (many / few) * max(before[block], few)
		if after[block] > most {
			t.Errorf("%s: ran %d times for %d records of each kind, %d times for %d, want at most %d",
				block, before[block], few, after[block], many, most)
		}
	}
}

// countRuns returns how often each block of the code, named by its place, runs in TestManyRecords.
func countRuns(t *testing.T, counting string, records int) map[string]int {
	t.Helper()
	profile := filepath.Join(t.TempDir(), "profile")
	run := exec.Command(counting, fmt.Sprintf("-test.run=^TestManyRecords$/^%d$", records), "-test.coverprofile="+profile)
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	data, err := os.ReadFile(profile)
	if err != nil {
		t.Fatal(err)
	}
	_, lines, _ := strings.Cut(string(data), "\n") // the first says how is counted
	runs := map[string]int{}
	for line := range strings.Lines(lines) {
		var block string
		var statements, count int
		if _, err := fmt.Sscan(line, &block, &statements, &count); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		runs[block] += count
	}
	if len(runs) < 100 {
		t.Fatalf("counted %d blocks: the packages are not there", len(runs))
	}
	return runs
}

// BenchmarkLoad: the time for a record must not grow with their number.
func BenchmarkLoad(b *testing.B) {
	for _, n := range []int{15, 150, 1500} {
		b.Run(fmt.Sprintf("of-each-kind=%d", n), func(b *testing.B) {
			files := manyRecords(b, n)
			content := files.fs()
			for b.Loop() {
				_, problems, err := Load(content, contentDay, Said{})
				if err != nil || len(problems) > 0 {
					b.Fatal(err, problems[:min(5, len(problems))])
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(files)), "ns/file")
		})
	}
}

// The memory for a term does not grow with the texts of the handbook.
func TestTermsCopyNoTexts(t *testing.T) {
	const terms, size = 1000, 1_000_000
	h := &Handbook{texts: map[string][]string{"a.md": {strings.Repeat("a", size)}}, usage: new(usage)}
	for i := range terms {
		h.Terms = append(h.Terms, &Term{Term: fmt.Sprint("t", i)})
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	h.checkUsage(func(source.Problem) {})
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 10*size {
		t.Errorf("%d terms beside %d bytes of text: got %d bytes of memory, want at most %d", terms, size, got, 10*size)
	}
}
