package words

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"tebiki/generator/source"
)

// reference is the language whose defaults say which words there are.
const reference = "ja"

// checkTexts reports texts that nothing shows, and placeholders that nothing fills.
func (w *Words) checkTexts(record source.Record, uses []Use) []source.Problem {
	known := placeholders(uses)
	groups := map[string][]string{} // the names in each
	for key := range known {
		group, name, _ := strings.Cut(key, ".")
		groups[group] = append(groups[group], name)
	}
	var problems []source.Problem
	for key, text := range w.texts {
		group, name, inTable := strings.Cut(key, ".")
		allowed, ok := known[key]
		where := ""
		if !inTable {
			where = tablesWith(key, maps.Keys(known))
		}
		switch {
		case where != "":
			problems = append(problems, record.Problem(key, "項目 %q はここでは使えません%s", key, where))
		case groups[group] == nil:
			problems = append(problems, record.Problem(group, "項目 %q はここでは使えません%s", group, source.DidYouMean(group, slices.Sorted(maps.Keys(groups)))))
		case !inTable:
			problems = append(problems, record.Problem(key, "項目 %q は表（[%s]）で書きます", key, key))
		case !ok:
			problems = append(problems, record.Problem(key, "項目 %q はここでは使えません%s", key, meant(name, groups[group], maps.Keys(known))))
		}
		for _, name := range namesIn(text) {
			if ok && !slices.Contains(allowed, name) {
				problems = append(problems, record.Problem(key, "項目 %q に {%s} は使えません%s", key, name, inBraces(allowed)))
			}
		}
	}
	return problems
}

// meant says what a name that its table does not have may be: one of another table, whose header is
// gone or has moved, or a slip. Rightly spelt it is no slip, in however many tables it stands. keys are
// those of all words.
func meant(name string, inTable []string, keys iter.Seq[string]) string {
	if where := tablesWith(name, keys); where != "" {
		return where
	}
	return source.DidYouMean(name, slices.Sorted(slices.Values(inTable)))
}

// tablesWith says in which tables a name belongs, "" when no table has it.
func tablesWith(name string, keys iter.Seq[string]) string {
	const most = 4 // named
	var tables []string
	for key := range keys {
		if table, ownName, _ := strings.Cut(key, "."); ownName == name {
			tables = append(tables, "["+table+"]")
		}
	}
	if len(tables) == 0 {
		return ""
	}
	slices.Sort(tables)
	where := strings.Join(tables[:min(most, len(tables))], " か ") + " "
	if len(tables) > most {
		where += "など"
	}
	return "（" + where + "に書く項目です。見出しを消したなら戻し、そうでなければ、見出しの下に移してください）"
}

// placeholders returns what texts may hold, by key: the placeholders that every use fills. Words
// that these layouts do not show, and others might, are known by their defaults.
func placeholders(uses []Use) map[string][]string {
	known := map[string][]string{}
	for _, use := range uses {
		names, ok := known[use.Key]
		if !ok {
			names = use.Names
		}
		known[use.Key] = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !slices.Contains(use.Names, name) })
	}
	for key, text := range defaults()[reference] {
		if _, ok := known[key]; !ok {
			known[key] = namesIn(text)
		}
	}
	return known
}

// namesIn returns the names of the placeholders in a text.
func namesIn(text string) []string {
	var names []string
	for _, match := range placeholder.FindAllStringSubmatch(text, -1) {
		names = append(names, match[1])
	}
	return names
}

func inBraces(names []string) string {
	if len(names) == 0 {
		return "（{ } のない文にしてください）"
	}
	return "（使えるのは {" + strings.Join(names, "}、{") + "}）"
}

// checkMissing reports words that are shown and have no text, at the table where they belong.
func (w *Words) checkMissing(record source.Record, uses []Use) []source.Problem {
	var problems []source.Problem
	known, reported := defaults()[reference], map[string]bool{}
	for _, use := range uses {
		if _, ok := w.texts[use.Key]; ok || record.Has(use.Key) || reported[use.Key] {
			continue
		}
		reported[use.Key] = true
		meaning := "ページの型 " + use.Place + " が使うことばです"
		if text, ok := known[use.Key]; ok {
			meaning = "日本語では「" + text + "」"
		}
		group, _, _ := strings.Cut(use.Key, ".")
		problems = append(problems, record.Problem(group, "項目 %q がありません（%s）", use.Key, meaning))
	}
	return problems
}
