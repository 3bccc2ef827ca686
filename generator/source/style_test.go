package source

import (
	"strings"
	"testing"
)

// What holds has no faults, to the letter, whatever the end of a sentence looks like.
func TestStyleLimits(t *testing.T) {
	kana := func(letters int) string { return strings.Repeat("あ", letters) }
	for _, test := range []struct {
		style Style
		text  string
		holds bool
	}{
		{Style{Sentence: 5, End: "。"}, kana(4) + "。" + kana(4) + "。", true},
		{Style{Sentence: 5, End: "。"}, kana(4) + "。" + kana(5) + "。", false},
		{Style{Sentence: 5, End: "。"}, kana(4) + "。" + kana(5), true},
		{Style{Sentence: 5, End: "。"}, kana(6), false},
		{Style{Paragraph: 2, End: "。"}, kana(90) + "。" + kana(90) + "。" + kana(90), true},
		{Style{Paragraph: 2, End: "。"}, "。。。", false},
		{Style{Sentence: 5, Paragraph: 1, End: ". "}, "abc. de", true},
		{Style{Sentence: 5, Paragraph: 1, End: ". "}, "a. b. ", false},
		{Style{Sentence: 5}, kana(6), true}, // without an end nothing is known of sentences
	} {
		if got := test.style.Holds([]byte(test.text)); got != test.holds {
			t.Errorf("%+v: Holds(%q): got %v, want %v", test.style.limits(), test.text, got, test.holds)
		}
		if faults := test.style.Faults(test.text); (len(faults) == 0) != test.holds {
			t.Errorf("%+v: Faults(%q): got %q, want some: %v", test.style.limits(), test.text, faults, !test.holds)
		}
	}
}
