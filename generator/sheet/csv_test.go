package sheet_test

import (
	"os"
	"strings"
	"testing"

	"tebiki/generator/sheet"
)

// A spreadsheet takes no text for anything else: the cases are those of static/csv.test.ts.
func TestGuarded(t *testing.T) {
	data, err := os.ReadFile("../../static/csv.txt")
	if err != nil {
		t.Fatal(err)
	}
	kind, count := "", map[string]int{}
	for line := range strings.Lines(string(data)) {
		text := strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(text, "#"):
			continue
		case strings.HasPrefix(text, "["):
			kind = text
			continue
		}
		count[kind]++
		want := map[string]string{"[guarded]": "'" + text, "[plain]": text}[kind]
		if got := sheet.Guarded(text); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if got := sheet.Unguarded(want); got != text {
			t.Errorf("%q: got %q, want it without the guard", want, got)
		}
	}
	if count["[guarded]"] < 40 || count["[plain]"] < 15 {
		t.Errorf("got %v cases, want more", count)
	}
}
