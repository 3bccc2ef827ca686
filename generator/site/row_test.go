package site_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"math/rand/v2"
	"path"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"

	"tebiki/generator/site"
)

// bothEditions runs a test for the real content and for a small one in another language.
func bothEditions(t *testing.T, test func(t *testing.T, e *edition)) {
	t.Run("real", func(t *testing.T) { test(t, offline(t)) })
	t.Run("English", func(t *testing.T) { test(t, kitchen(t)) })
}

// allRows returns the rows of a site, those of its bundles among them.
func allRows(t *testing.T, s *site.Site) []site.Row {
	t.Helper()
	rows := slices.Clone(s.Rows)
	for _, bundle := range s.Bundles {
		made, err := bundle.Rows()
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, made...)
	}
	return rows
}

// A row needs no other row, and takes nothing from one: made twice, in any order and by any goroutine,
// it is what the build writes.
func TestRowsAlone(t *testing.T) {
	bothEditions(t, func(t *testing.T, e *edition) {
		s, err := e.sources.loadSound()
		if err != nil {
			t.Fatal(err)
		}
		inside := unzip(t, e.files[zipAddress])
		rows := allRows(t, s)
		rows = append(rows, rows...)
		seed := rand.Uint64()
		rand.New(rand.NewPCG(seed, 0)).Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		const goroutines = 4
		var group errgroup.Group
		for share := range slices.Chunk(rows, len(rows)/goroutines+1) {
			group.Go(func() error {
				for _, row := range share {
					var got bytes.Buffer
					if err := row.Make(&got); err != nil {
						return err
					}
					for in, files := range map[site.Medium]published{site.Web: e.files, site.Zip: inside} {
						if want, ok := files[row.Address]; row.In&in != 0 && (!ok || !bytes.Equal(got.Bytes(), want)) {
							t.Errorf("seed %d: %s: got %d bytes, want the %d of the build: %s", seed, row.Address, got.Len(), len(want), firstDifference(got.Bytes(), want))
						}
					}
				}
				return nil
			})
		}
		if err := group.Wait(); err != nil {
			t.Fatal(err)
		}
	})
}

// What can be asked for alone is what the build writes for the web, but for the zip and what tells of
// it.
func TestFile(t *testing.T) {
	e := offline(t)
	for _, address := range e.files.addresses() {
		got, err := e.site.File(address)
		switch {
		case err != nil:
			t.Errorf("%s: %v", address, err)
		case address == zipAddress:
			if got != nil {
				t.Errorf("%s: got %d bytes, want none", address, len(got))
			}
		case address == "download.html":
			if !bytes.Contains(got, []byte("</html>")) || ofZip.Match(got) {
				t.Errorf("%s: got %.80q…, want a page without a checksum", address, got)
			}
		case address == "sw.js":
			if want := []byte(`self.tebikiSite={"id":"tebiki"};`); !bytes.HasPrefix(got, want) {
				t.Errorf("%s: got %.80q…, want it to take itself away", address, got)
			}
		case !bytes.Equal(got, e.files[address]):
			t.Errorf("%s: %s", address, firstDifference(got, e.files[address]))
		}
	}
	for _, address := range []string{"", "nowhere.html", "assets", "assets/nowhere.js", "readme.txt", "components.html", "../go.mod"} {
		if got, err := e.site.File(address); got != nil || err != nil {
			t.Errorf("%q: got %d bytes, error %v, want neither", address, len(got), err)
		}
	}
}

// A page changes when what it shows does, and not otherwise. The index changes with every text, the
// zip with every file, the page that tells its checksum with the zip, and the service worker with every
// page.
func TestOneChangedWord(t *testing.T) {
	const word = "ことば一つ"
	before := offline(t).files
	for name, change := range map[string]struct{ old, new string }{
		"in a title": {"title = \"", "title = \"" + word},
		"in a text":  {"## やり方\n", "## やり方\n\n" + word + "です。\n"},
	} {
		t.Run(name, func(t *testing.T) {
			after := buildContent(t, edited(t, "measures/antivirus.md", change.old, change.new))
			oldTexts, texts := assetNamed(t, before, "texts"), assetNamed(t, after, "texts")
			if version := texts[len("assets/texts-") : len(texts)-len(".js")]; texts == oldTexts || !bytes.Contains(after[searchEntry], []byte(version)) {
				t.Errorf("got %s after %s, want another name, which %s tells", texts, oldTexts, searchEntry)
			}
			want := []string{searchEntry, oldTexts, texts, zipAddress, "download.html", "sw.js"}
			shown := 0
			for address, data := range after {
				if workbook, ok := strings.CutSuffix(address, ".xlsx"); ok {
					if bytes.Contains(parts(t, data)["xl/worksheets/sheet1.xml"], []byte(word)) {
						want = append(want, address, "data/excel-"+path.Base(workbook)+".js")
					}
					continue
				}
				// Headings have places where their lines may break.
				if slices.Contains([]string{".html", ".csv", ".json", ".jsonld", ".md", ".txt", ".xml"}, path.Ext(address)) && bytes.Contains(bytes.ReplaceAll(data, []byte("<wbr>"), nil), []byte(word)) {
					want = append(want, address)
					shown++
				}
			}
			if shown == 0 {
				t.Errorf("%q is on no page", word)
			}
			wantChanged(t, before, after, want)
		})
	}
}

// wantChanged fails unless the files that came, went or changed are those.
func wantChanged(t *testing.T, before, after published, want []string) {
	t.Helper()
	var got []string
	all := maps.Clone(before)
	maps.Copy(all, after)
	for _, address := range all.addresses() {
		old, was := before[address]
		if data, is := after[address]; was != is || !bytes.Equal(old, data) {
			got = append(got, address)
		}
	}
	slices.Sort(want)
	if !slices.Equal(got, slices.Compact(want)) {
		t.Errorf("changed\ngot  %q\nwant %q", got, want)
	}
}

// Check knows the anchors of a page without making it.
func TestAnchors(t *testing.T) {
	bothEditions(t, func(t *testing.T, e *edition) {
		for _, row := range e.site.Rows {
			known, ofRecords := e.site.Anchors(row)
			p := e.pages[row.Address]
			if p == nil {
				continue
			}
			for _, id := range ofRecords {
				known[id] = true
				if !p.ids[id] {
					t.Errorf("%s: a record gives it %q, got no such ID", row.Address, id)
				}
			}
			for _, term := range e.handbook.Terms {
				known["term-"+term.Slug] = true
			}
			for _, id := range slices.Sorted(maps.Keys(p.ids)) {
				if !known[id] {
					t.Errorf("%s: got the ID %q, of which check does not know", row.Address, id)
				}
			}
		}
	})
}

// A build holds what waits for its turn in the zip, and not what is written.
func TestBuildHoldsLittle(t *testing.T) {
	const files, size, every = 1_000, 40_000, 100
	s, err := kitchen(t).sources.loadSound()
	if err != nil {
		t.Fatal(err)
	}
	s.Rows, s.Bundles, s.Closing = nil, nil, nil
	samples := make([]uint64, files/every) // of the live heap, on the way
	for i := range files {
		s.Rows = append(s.Rows, site.Row{Address: fmt.Sprintf("data/%d.bin", i), In: site.Everywhere, Make: func(w site.Writer) error {
			if i%every == 0 {
				samples[i/every] = liveBytes()
			}
			random := rand.New(rand.NewPCG(uint64(i), 0)) // which cannot be packed
			for range size / 8 {
				w.Write(binary.LittleEndian.AppendUint64(w.AvailableBuffer(), random.Uint64()))
			}
			return nil
		}})
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	start := liveBytes()
	got, err := build(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	archive := len(got[zipAddress])
	if held := int64(slices.Max(samples)) - int64(start); archive < files*size || held > int64(archive)/4 {
		t.Errorf("got %d bytes held while a zip of %d was written, want less than a quarter", held, archive)
	}
}

// liveBytes returns what is in use after everything else was thrown away.
func liveBytes() uint64 {
	runtime.GC()
	return uint64(read(liveHeap)[0])
}
