package handbook

import (
	"fmt"
	"strings"
	"testing"
)

// manyWays adds questions with two answers each to the flow of valid.txtar, both of which lead to
// the next: more ways than anybody could list.
func manyWays(files tree) {
	const questions = 40
	var b strings.Builder
	b.WriteString("next = \"q0\"\n")
	for i := range questions {
		next := fmt.Sprintf("q%d", i+1)
		if i == questions-1 {
			next = "commute"
		}
		fmt.Fprintf(&b, "\n[question.q%d]\ntext = \"問\"\nwhy = \"訳\"\nunsure = \"助\"\n", i)
		for _, answer := range []string{"yes", "no"} {
			fmt.Fprintf(&b, "\n[question.q%d.answer.%s]\nlabel = \"答%s\"\nnext = %q\n", i, answer, answer, next)
		}
	}
	files.replace("flow.toml", "next = \"commute\"\n", b.String())
}

func TestMoreWaysThanAPageCanShow(t *testing.T) {
	files := newTree(t)
	manyWays(files)
	files.wantProblems(t, contentDay, `flow.toml:1: 質問から方式までの道が 1000 本を超えます（質問か答えを減らしてください）`)
}
