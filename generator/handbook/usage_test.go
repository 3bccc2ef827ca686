package handbook

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// A usage that follows texts as they change knows what a search through all of them finds.
func TestUsage(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	text := func(letters int) string {
		var b strings.Builder
		for range letters {
			b.WriteRune([]rune("アイイウaBé")[random.IntN(7)])
		}
		return b.String()
	}
	var groups [][]string
	for range 60 {
		groups = append(groups, []string{text(1 + random.IntN(4)), text(3), text(random.IntN(5))})
	}
	groups = append(groups, nil)
	var u usage
	texts := map[string][]string{}
	changed := 0
	var before []bool
	for round := range 300 {
		next := maps.Clone(texts)
		next[fmt.Sprint(random.IntN(4))] = []string{text(random.IntN(30)), text(2)}
		delete(next, fmt.Sprint(random.IntN(4)))
		texts = next

		var want []bool
		for _, words := range groups {
			want = append(want, slices.ContainsFunc(words, func(word string) bool {
				for _, says := range texts {
					for _, text := range says {
						if word != "" && strings.Contains(strings.ToLower(text), strings.ToLower(word)) {
							return true
						}
					}
				}
				return false
			}))
		}
		if got := u.of(groups, texts); !slices.Equal(got, want) {
			t.Fatalf("round %d, texts %q, groups %q\ngot  %v\nwant %v", round, texts, groups, got, want)
		}
		if !slices.Equal(want, before) {
			changed++
		}
		before = want
	}
	if changed < 100 {
		t.Errorf("what is used changed %d times: the texts are too much alike", changed)
	}
}
