package searchindex

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// contents makes all files of an index.
func contents(x *Index) map[string]string {
	files := map[string]string{}
	for _, file := range x.Files() {
		files[file.Name] = string(file.AppendTo(nil))
	}
	return files
}

// data reads what a script hands over.
func data[T any](t *testing.T, files map[string]string, file string) T {
	t.Helper()
	script, ok := files[file]
	if !ok {
		t.Fatalf("no file %s among %q", file, slices.Sorted(maps.Keys(files)))
	}
	call, begins := strings.CutPrefix(script, "tebikiSearch(")
	body, ends := strings.CutSuffix(call, ")\n")
	if !begins || !ends {
		t.Fatalf("%s: got %.60q…, want one call", file, script)
	}
	var data T
	if err := json.Unmarshal([]byte(body), &data); err != nil {
		t.Fatalf("%s: %v in %.200s", file, err, body)
	}
	return data
}

type titles struct {
	Version string
	Methods []string
	Kinds   [][]any
	Pieces  *struct {
		Names, Texts, Docs int
		meanings
	}
}

// meanings are what the index tells of words.
type meanings struct {
	Same, Readings [][]string
	General        []string
}

// expect compares them with those of an index, beside the names of its words.
func (m meanings) expect(t *testing.T, x *Index) {
	t.Helper()
	if same := m.Same[:len(x.Same)]; !slices.EqualFunc(same, x.Same, slices.Equal) {
		t.Errorf("got the same words %q, want %q", same, x.Same)
	}
	if !slices.EqualFunc(m.Readings, x.Readings, slices.Equal) || !slices.Equal(m.General, x.General) {
		t.Errorf("got the readings %q and the general words %q, want %q and %q", m.Readings, m.General, x.Readings, x.General)
	}
}

// example is an index of two kinds. The second one's docs are words.
func example() *Index {
	x := &Index{
		Methods: []string{"home", "office"}, Same: [][]string{{"同じ", "一緒"}},
		Readings: [][]string{{"文", "ぶん"}}, General: []string{"方法"},
	}
	for i := range 2 {
		k := &Kind{Slug: fmt.Sprint("kind", i), Label: "種類", Title: `「"一覧\"」`, Words: i == 1}
		for n := range 41 {
			d := &Doc{Address: fmt.Sprintf("%d/%d.html", i, n), Title: fmt.Sprintf("題%d番%d", i, n), Names: []string{fmt.Sprintf("ナマエ%d", n)}}
			d.Add("a", "見出し", fmt.Sprintf("本文%dです。", n%7), "か"+map[int]string{0: "𠮷", 7: "𡈽"}[n%14])
			d.Asked = []string{fmt.Sprintf("問%d", n%7), "別名"}
			k.Docs = append(k.Docs, d)
		}
		x.Kinds = append(x.Kinds, k)
	}
	x.Kinds[0].Docs[3].Methods = []int{1}
	return x
}

// largeExample is the same with so much text that it is cut. What all docs hold tells nothing.
func largeExample() *Index {
	x := example()
	for _, k := range x.Kinds {
		for _, d := range k.Docs {
			d.Add("", "", strings.Repeat("どの文書にもある文です。", wholeIndex/82/36+1))
		}
	}
	return x
}

func TestWholeIndex(t *testing.T) {
	x := example()
	files := contents(x)
	entry := data[titles](t, files, Entry)
	if entry.Pieces != nil || !slices.Equal(entry.Methods, x.Methods) || len(entry.Kinds) != 2 {
		t.Errorf("got %+v, want the titles of two kinds", entry)
	}
	want := []any{"kind0", "種類", `「"一覧\"」`, false, "0/", ".html"}
	if got := entry.Kinds[0][:6]; !slices.Equal(got, want) {
		t.Errorf("got the kind %q, want %q", got, want)
	}
	if got, want := fmt.Sprint(entry.Kinds[0][6].([]any)[3]), "[3 題0番3 [ナマエ3] [1]]"; got != want {
		t.Errorf("got the doc %s, want %s", got, want)
	}
	texts := data[struct {
		meanings
		Docs [][]string
	}](t, files, "texts-"+entry.Version+".js")
	texts.expect(t, x)
	if got, want := texts.Docs[41], []string{"a", "見出し", "本文0です。\nか𠮷", "問0\n別名"}; len(texts.Docs) != 82 || !slices.Equal(got, want) {
		t.Errorf("got %d docs, one with %q, want 82 and %q", len(texts.Docs), got, want)
	}
	if len(files) != 2 {
		t.Errorf("got the files %q, want the entry and the texts", slices.Sorted(maps.Keys(files)))
	}
}

// The rest may be kept for ever: its names change with what it holds. That of the entry does not.
func TestNamesChangeWithTheContents(t *testing.T) {
	for what, build := range map[string]func() *Index{"whole": example, "in pieces": largeExample} {
		before, again := contents(build()), contents(build())
		if !maps.Equal(before, again) {
			t.Errorf("%s: got other files for the same docs", what)
		}
		x := build()
		x.Kinds[1].Docs[7].Parts[0].Text = "別の文です。"
		after := contents(x)
		if after[Entry] == "" || after[Entry] == before[Entry] {
			t.Errorf("%s: got the same %s after a change, want it to name other files", what, Entry)
		}
		for name := range after {
			if before[name] != "" && name != Entry {
				t.Errorf("%s: got the name %s again after a change", what, name)
			}
		}
	}
}

// Names by which a doc is found anyway are left out.
func TestNames(t *testing.T) {
	x := &Index{Kinds: []*Kind{{Docs: []*Doc{{Title: "Wi-Fi", Names: []string{"ワイファイ", "", "ＷｉＦｉ", "わいふぁい", "ー", "無線LAN"}}}}}}
	entry := data[titles](t, contents(x), Entry)
	doc := entry.Kinds[0][6].([]any)[0].([]any)
	if got, want := fmt.Sprint(doc[2]), "[ワイファイ 無線LAN]"; got != want {
		t.Errorf("got the names %s, want %s", got, want)
	}
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
		k := &Kind{}
		for _, address := range test.addresses {
			k.Docs = append(k.Docs, &Doc{Address: address})
		}
		entry := data[titles](t, contents(&Index{Kinds: []*Kind{k}}), Entry)
		kind := entry.Kinds[0]
		if kind[4] != test.before || kind[5] != test.after {
			t.Errorf("%q: got %q and %q, want %q and %q", test.addresses, kind[4], kind[5], test.before, test.after)
		}
		for i, row := range kind[6].([]any) {
			if got := fmt.Sprint(kind[4], row.([]any)[0], kind[5]); got != test.addresses[i] {
				t.Errorf("%q: got %q, want %q", test.addresses, got, test.addresses[i])
			}
		}
	}
}

// Every pair of a name or text leads to its docs, and every doc is in its piece.
func TestPieces(t *testing.T) {
	x := largeExample()
	files := contents(x)
	entry := data[titles](t, files, Entry)
	if entry.Pieces == nil {
		t.Fatalf("got %+v, want pieces", entry)
	}
	if got, want := len(entry.Pieces.Same), 1+41; got != want {
		t.Errorf("got %d groups of same words, want %d: those given, and the names of words", got, want)
	}
	entry.Pieces.expect(t, x)
	leads := func(family string, count int, text string, doc int) {
		for p := range newFolder().pairs(slices.Values([]string{text})) {
			var docs []int
			before := 0
			postings := data[map[string][]int](t, files, fmt.Sprintf("%s-%s-%d.js", family, entry.Version, p.hash()%uint32(count)))
			for _, distance := range postings[p.String()] {
				before += distance
				docs = append(docs, before)
			}
			if !slices.Contains(docs, doc) {
				t.Errorf("%s: pair %s of %q leads to %v, want %d too", family, p, text, docs, doc)
			}
			if !slices.IsSorted(docs) || len(slices.Compact(slices.Clone(docs))) != len(docs) {
				t.Errorf("%s: pair %s leads to %v, want each once, in order", family, p, docs)
			}
		}
	}
	for i, d := range slices.Concat(x.Kinds[0].Docs, x.Kinds[1].Docs) {
		leads("names", entry.Pieces.Names, d.Title, i)
		leads("names", entry.Pieces.Names, d.Names[0], i)
		// The rest of the text stands in too many docs to tell anything.
		leads("texts", entry.Pieces.Texts, fmt.Sprintf("文%d", i%41%7), i)
		leads("texts", entry.Pieces.Texts, fmt.Sprintf("問%d", i%41%7), i)
		piece, place := i/entry.Pieces.Docs, i%entry.Pieces.Docs
		rows := data[[][]any](t, files, fmt.Sprintf("docs-%s-%d.js", entry.Version, piece))
		if row := rows[place]; row[1] != d.Address || row[2] != d.Title || row[0] != float64(i/41) {
			t.Errorf("doc %d: got %v, want %s %s", i, row, d.Address, d.Title)
		}
		parts := data[[][]string](t, files, fmt.Sprintf("parts-%s-%d.js", entry.Version, piece))
		if got, want := parts[place], []string{"a", "見出し", d.Parts[0].Text, "", "", d.Parts[1].Text, "問" + strconv.Itoa(i%41%7) + "\n別名"}; !slices.Equal(got, want) {
			t.Errorf("doc %d: got %.60q, want %.60q", i, got, want)
		}
	}
}

// The files are the same, whatever the number of cores, and in whatever order they are made.
func TestAnyNumberOfCores(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	want := largeExample().Files()
	for _, cores := range []int{2, 7} {
		runtime.GOMAXPROCS(cores)
		got := largeExample().Files()
		if len(got) != len(want) {
			t.Fatalf("%d cores: got %d files, want %d", cores, len(got), len(want))
		}
		for i := len(want) - 1; i >= 0; i-- {
			if g, w := got[i].AppendTo(nil), want[i].AppendTo(nil); got[i].Name != want[i].Name || !bytes.Equal(g, w) {
				t.Errorf("%d cores: got %s with %.80q, want %s with %.80q", cores, got[i].Name, g, want[i].Name, w)
			}
		}
	}
}

// Any text comes through as it is.
func TestStrings(t *testing.T) {
	var all strings.Builder
	for r := range rune(0x3000) {
		all.WriteRune(r)
	}
	for _, text := range []string{"", `"`, `\`, "\n", "\x00\x1f\x7f", "</script>", "\u2028\u2029", "𠮷野家", all.String()} {
		var got string
		if err := json.Unmarshal(appendString(nil, text), &got); err != nil || got != text {
			t.Errorf("%.60q: got %.60q, %v", text, got, err)
		}
	}
}
