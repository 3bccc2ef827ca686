package searchindex

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// The page folds by static/search/fold.ts; both are held to the same cases.
func TestFold(t *testing.T) {
	file, err := os.ReadFile("../../static/search/fold.txt")
	if err != nil {
		t.Fatal(err)
	}
	f := newFolder()
	cases := 0
	for line := range strings.Lines(string(file)) {
		text, want, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok || strings.HasPrefix(text, "#") {
			continue
		}
		cases++
		if got := string(utf16.Decode(f.fold(text))); got != want {
			t.Errorf("fold(%q): got %q, want %q", text, got, want)
		}
	}
	if cases < 20 {
		t.Errorf("got %d cases, want all of them", cases)
	}
}

func TestPairHash(t *testing.T) {
	// By static/search/pieces.test.ts.
	for text, want := range map[string]uint32{"vp": 0x5549e33b, "端末": 0xdbb6d36f} {
		for p := range newFolder().pairs(slices.Values([]string{text})) {
			if got := p.hash(); got != want || p.String() != text {
				t.Errorf("%s: got %s %#x, want %#x", text, p, got, want)
			}
		}
	}
}

// Rare kanji are two UTF-16 units; half of one is no text.
func TestPairsOfRareKanji(t *testing.T) {
	for text, want := range map[string][]string{
		"𠮷野𡈽":      {"𠮷", "𡈽"},
		"端末":       {"端末"},
		"a𠮷":       {"𠮷"},
		"a\ufffdb": nil,
	} {
		var got []string
		for p := range newFolder().pairs(slices.Values([]string{text})) {
			got = append(got, p.String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}
