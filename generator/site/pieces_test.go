package site

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// piece reads what a script hands over.
func piece[T any](t *testing.T, files Files, name string) T {
	t.Helper()
	var data T
	script, ok := files["assets/"+name+".js"]
	if !ok {
		t.Fatalf("no piece %s", name)
	}
	body := strings.TrimSuffix(strings.TrimPrefix(string(script), fmt.Sprintf("tebikiSearch(%q,", name)), ")\n")
	if err := json.Unmarshal([]byte(body), &data); err != nil {
		t.Fatalf("%s: %v in %s", name, err, script)
	}
	return data
}

// What the addresses of a kind share stands once, and each address can be put together from it.
func TestAddressFrame(t *testing.T) {
	for _, test := range []struct {
		addresses     []string
		before, after string
	}{
		{[]string{"measures/antivirus.html", "measures/backup.html"}, "measures/", ".html"},
		{[]string{"methods/a.html"}, "", ""},
		{[]string{"survey.html#q1", "survey.html#q11"}, "survey.html#q1", ""},
		{[]string{"references.html#11", "references.html#1"}, "references.html#1", ""},
		{[]string{"a.html#aba", "a.html#ababa"}, "a.html#aba", ""},
		{[]string{"guides/xx.html", "guides/xxx.html"}, "guides/xx", ".html"},
	} {
		k := &searchKind{}
		for _, address := range test.addresses {
			k.Docs = append(k.Docs, &searchDoc{Address: address})
		}
		before, after := k.addressFrame()
		if before != test.before || after != test.after {
			t.Errorf("%q: got %q and %q, want %q and %q", test.addresses, before, after, test.before, test.after)
		}
		b := &builder{}
		b.kinds = []*searchKind{k}
		b.kindRows(true) // cuts the addresses
	}
}

// Every pair of a name or text leads to its docs, and every doc is in its piece.
func TestPieces(t *testing.T) {
	var kinds []*searchKind
	var all []*searchDoc
	for i := range 2 {
		k := &searchKind{Slug: fmt.Sprint("kind", i), words: i == 1}
		for n := range 41 {
			d := &searchDoc{Address: fmt.Sprintf("%d/%d.html", i, n), Title: fmt.Sprintf("題%d番%d", i, n), names: []string{fmt.Sprintf("ナマエ%d", n)}}
			d.add("a", "見出し", fmt.Sprintf("本文%dです。", n%7), "か"+map[int]string{0: "𠮷", 7: "𡈽"}[n%14])
			k.Docs = append(k.Docs, d)
			all = append(all, d)
		}
		kinds = append(kinds, k)
	}
	build := func() (*pieces, Files) {
		b := &builder{}
		b.assets, b.kinds = &assets{files: Files{}}, kinds
		p, err := b.addPieces([][]string{{"同じ", "おなじ"}})
		if err != nil {
			t.Fatal(err)
		}
		return p, b.assets.files
	}
	p, files := build()
	for range 5 {
		if again, _ := build(); again.Version != p.Version {
			t.Errorf("got the versions %s and %s for the same docs, want one", p.Version, again.Version)
		}
	}
	if got, want := len(p.Same), 1+41; got != want {
		t.Errorf("got %d groups of same words, want %d: those given, and the names of words", got, want)
	}

	leads := func(family string, count int, text string, doc int) {
		eachPair(fold(text), func(q pair) {
			var docs []int
			before := 0
			for _, distance := range piece[map[string][]int](t, files, fmt.Sprintf("%s-%s-%d", family, p.Version, q.hash()%uint32(count)))[q.String()] {
				before += distance
				docs = append(docs, before)
			}
			if !slices.Contains(docs, doc) {
				t.Errorf("%s: pair %s of %q leads to %v, want %d too", family, q, text, docs, doc)
			}
			if !slices.IsSorted(docs) || len(slices.Compact(slices.Clone(docs))) != len(docs) {
				t.Errorf("%s: pair %s leads to %v, want each once, in order", family, q, docs)
			}
		})
	}
	for i, d := range all {
		leads("names", p.Names, d.Title, i)
		leads("names", p.Names, d.names[0], i)
		// The rest of the text stands in too many docs to tell anything.
		leads("texts", p.Texts, fmt.Sprintf("文%d", i%41%7), i)
		row := piece[[][]any](t, files, fmt.Sprintf("docs-%s-%d", p.Version, i/docsInPiece))[i%docsInPiece]
		if row[1] != d.Address || row[2] != d.Title {
			t.Errorf("doc %d: got %v, want %s %s", i, row, d.Address, d.Title)
		}
		if parts := piece[[][]string](t, files, fmt.Sprintf("parts-%s-%d", p.Version, i/docsInPiece))[i%docsInPiece]; !slices.Equal(parts, d.partTexts()) {
			t.Errorf("doc %d: got %q, want %q", i, parts, d.partTexts())
		}
	}
}
