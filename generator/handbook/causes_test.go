package handbook

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// breakings are ways in which a whole file cannot be read.
var breakings = map[string]func(text string) string{
	"UTF-16":        inUTF16,
	"other letters": func(text string) string { return strings.Replace(text, "合図", "\x8d\x87\x90}", 1) },
	"empty":         func(string) string { return "\n" },
	"no TOML":       func(text string) string { return strings.Replace(text, " = ", " == ", 1) },
	"cut off":       func(text string) string { return text[:strings.Index(text, " = ")+2] + "\n#合図" },
}

// inUTF16 returns a text as editors save it that call UTF-16 "Unicode".
func inUTF16(text string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
		b.WriteByte(byte(unit))
		b.WriteByte(byte(unit >> 8))
	}
	return b.String()
}

// firstText is a text of a record, which is long enough to say something.
var firstText = regexp.MustCompile(`(?m)^((?:title|tagline|text|reason|summary|handout|description|label|name) = ")`)

// What a file that cannot be read would have said is not missed elsewhere: not even by a term that
// stands in no other.
func TestOneCauseIsOneProblem(t *testing.T) {
	valid := newTree(t)
	valid["terms/signal.md"] = strings.Replace(valid["terms/bell.md"], `term = "ベル"`, `term = "合図"`, 1)
	valid["terms/signal.md"] = strings.Replace(valid["terms/signal.md"], "aliases = [\"鈴\"]\n", "", 1)
	valid.replace(publishedFile, `terms = ["bell"]`, `terms = ["bell", "signal"]`)
	valid.replace("measures/lock.md", "[effort]\n", "[owner_note]\nmine = \"鍵は二つ掛けます。\"\n\n[effort]\n")
	for _, name := range slices.Sorted(maps.Keys(valid)) {
		if strings.HasPrefix(name, "terms/") {
			continue // they do not use themselves
		}
		says := firstText.ReplaceAllString(valid[name], "${1}合図")
		if says == valid[name] {
			says += "\n合図です。\n"
		}
		for _, how := range slices.Sorted(maps.Keys(breakings)) {
			files := maps.Clone(valid)
			files[name] = breakings[how](says)
			if name == publishedFile { // uses no term
				files["pages/about.md"] += "\n合図です。\n"
			}
			if _, got := files.load(t, contentDay); len(got) != 1 || !strings.HasPrefix(got[0], name+":") {
				t.Errorf("%s, %s: got the problems\n%s\nwant one, in the file", name, how, strings.Join(got, "\n"))
			}
		}
	}
}
