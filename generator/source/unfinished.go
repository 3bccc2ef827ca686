package source

import (
	"bytes"
	"fmt"
	"iter"
	"strings"
)

// brackets stand in pairs, in one sentence or over several.
var brackets = []struct{ open, closing string }{{"「", "」"}, {"『", "』"}, {"（", "）"}}

// placeholders are what writers leave where something is still to be written. Two circles are a name that
// may be any: ○○銀行.
var placeholders = []string{"○○○", "◯◯◯", "●●●", "TODO", "XXX", "（要確認）", "【ここ"}

// mayBeUnfinished reports whether Unfinished may find something in a text: most texts are finished, and
// this asks only for bytes that few letters have.
func mayBeUnfinished(text []byte) bool {
	for _, p := range placeholders {
		if bytes.Contains(text, []byte(p)) {
			return true
		}
	}
	var open [3]int // of each pair of brackets
	for third := range thirds(text, "「"[0], "「"[1]) {
		switch third {
		case "「"[2]:
			open[0]++
		case "」"[2]:
			open[0]--
		case "『"[2]:
			open[1]++
		case "』"[2]:
			open[1]--
		}
	}
	for third := range thirds(text, "（"[0], "（"[1]) {
		switch third {
		case "（"[2]:
			open[2]++
		case "）"[2]:
			open[2]--
		}
	}
	return open != [3]int{}
}

// thirds are the last bytes of the letters that begin with these two bytes, the second of which must be
// a rare one: it is what is looked for.
func thirds(text []byte, first, second byte) iter.Seq[byte] {
	return func(yield func(byte) bool) {
		for at := 1; at < len(text); at++ {
			next := bytes.IndexByte(text[at:], second)
			if at += next; next < 0 || at+1 == len(text) {
				return
			}
			if text[at-1] == first && !yield(text[at+1]) {
				return
			}
		}
	}
}

// Unfinished says by what a text tells that it is not finished: half a pair of brackets, or a mark for
// what is still to be written.
func Unfinished(text []byte) []string {
	if !mayBeUnfinished(text) {
		return nil
	}
	var faults []string
	whole := string(text)
	for _, b := range brackets {
		switch open, closed := strings.Count(whole, b.open), strings.Count(whole, b.closing); {
		case open > closed:
			before, rest := whole[:strings.LastIndex(whole, b.open)], whole[strings.LastIndex(whole, b.open)+len(b.open):]
			where := "「" + beginning(rest) + "」の前"
			if strings.TrimSpace(rest) == "" {
				where = "「" + Ending(before) + "」の後"
			}
			faults = append(faults, fmt.Sprintf("%sのかっこ %s が閉じていません（終わりに %s を書くか、%s を消してください）", where, b.open, b.closing, b.open))
		case open < closed:
			before := whole[:strings.Index(whole, b.closing)]
			faults = append(faults, fmt.Sprintf("「%s」の後のかっこ %s に、始まりの %s がありません（書き足すか、%s を消してください）", Ending(before), b.closing, b.open, b.closing))
		}
	}
	for _, p := range placeholders {
		if at := strings.Index(whole, p); at >= 0 {
			faults = append(faults, fmt.Sprintf("書きかけの印「%s」があります（文を書き終えて、印を消してください）", p))
		}
	}
	return faults
}
