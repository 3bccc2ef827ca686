package source

import (
	"slices"
	"testing"
)

// A warning alone does not stop the build.
func TestPublishable(t *testing.T) {
	warning, fault := Problem{Warning: true}, Problem{}
	for _, c := range []struct {
		problems []Problem
		want     bool
	}{
		{nil, true},
		{[]Problem{warning}, true},
		{[]Problem{warning, fault}, false},
	} {
		if got := Publishable(c.problems); got != c.want {
			t.Errorf("%v: got %v, want %v", c.problems, got, c.want)
		}
	}
}

// Problems are shown by file, line and text, each once, in a form that editors can click.
func TestSortProblems(t *testing.T) {
	problems := SortProblems([]Problem{
		{File: "b.md", Line: 1, Text: "一"},
		{File: "a.md", Line: 10, Text: "一"},
		{File: "a.md", Line: 9, Text: "二"},
		{File: "a.md", Line: 9, Text: "一", Warning: true},
		{File: "b.md", Line: 1, Text: "一"},
	})
	var got []string
	for _, p := range problems {
		got = append(got, p.String())
	}
	want := []string{"a.md:9: 注意: 一", "a.md:9: 二", "a.md:10: 一", "b.md:1: 一"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestDidYouMean(t *testing.T) {
	known := []string{"malware", "loss-theft", "own", "やり方"}
	for _, c := range []struct{ word, want string }{
		{"malwear", "（malware のことですか）"},
		{"mlaware", "（malware のことですか）"},
		{"theft", "（書けるのは malware、loss-theft、own、やり方）"},
		{"onw", "（own のことですか）"},
		{"やりかた", "（書けるのは malware、loss-theft、own、やり方）"},
		{"やりた", "（やり方 のことですか）"},
	} {
		if got := DidYouMean(c.word, known); got != c.want {
			t.Errorf("%s: got %s, want %s", c.word, got, c.want)
		}
	}
	if got, want := DidYouMean("次", []string{"◎", "○"}), "（書けるのは ◎、○）"; got != want {
		t.Errorf("letters that have nothing in common: got %s, want %s", got, want)
	}
	if got, want := DidYouMean("x", nil), "（まだ一つもありません）"; got != want {
		t.Errorf("nothing known: got %s, want %s", got, want)
	}
}
