package words

import (
	"maps"
	"slices"
	"strings"

	"tebiki/generator/source"
)

// check compares the texts of ui.toml with the words that are known, each with the placeholders that
// its text may hold.
func check(record source.Record, texts map[string]string, known map[string][]string) []source.Problem {
	var problems []source.Problem
	groups := map[string][]string{} // the names in each
	for key := range known {
		group, name, _ := strings.Cut(key, ".")
		groups[group] = append(groups[group], name)
	}
	for key, text := range texts {
		group, name, _ := strings.Cut(key, ".")
		switch names, ok := known[key]; {
		case groups[group] == nil:
			problems = append(problems, record.Problem(group, "項目 %q はここでは使えません%s", group, source.DidYouMean(group, slices.Sorted(maps.Keys(groups)))))
		case !ok:
			problems = append(problems, record.Problem(key, "項目 %q はここでは使えません%s", key, source.DidYouMean(name, slices.Sorted(slices.Values(groups[group])))))
		default:
			for _, match := range placeholder.FindAllStringSubmatch(text, -1) {
				if !slices.Contains(names, match[1]) {
					problems = append(problems, record.Problem(key, "項目 %q に {%s} は使えません%s", key, match[1], inBraces(names)))
				}
			}
		}
	}
	for key := range known {
		if _, ok := texts[key]; !ok && !record.Has(key) {
			group, _, _ := strings.Cut(key, ".")
			problems = append(problems, record.Problem(group, "項目 %q がありません（意味は README.md にあります）", key))
		}
	}
	return source.SortProblems(problems)
}

func inBraces(names []string) string {
	if len(names) == 0 {
		return "（{ } のない文にしてください）"
	}
	return "（使えるのは {" + strings.Join(names, "}、{") + "}）"
}
