package handbook

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// Words that ask for something without saying what, and spellings that differ
// from the handbook's.
var unwanted = []struct{ form, instead string }{
	{`適切[にな]|適宜|必要に応じて|十分[にな]|しかるべき`, "何を、どこまですればよいかを書きます"},
	{`ウィルス`, "ウイルス"},
	{`[\x{ff61}-\x{ff9f}]`, "全角のカタカナ"},
	{`〇`, "○（U+25CB）"},
	{`[０-９Ａ-Ｚａ-ｚ]`, "半角の英数字"},
	{`サーバ[^ー]|フォルダ[^ー]|ルータ[^ー]|ユーザ[^ー]|フィルタ[^ー]|ブラウザー`, "サーバー、フォルダー、ルーター、ユーザー、フィルター、ブラウザ"},
	{`最大の課題`, "資料では、順位の二番目です"},
}

// allowedWords are spellings that are somebody else's: names on screens and
// titles of documents, and what readers may type (aliases are not looked at).
var allowedWords = []string{
	"ユーザとグループ", // a menu of macOS
	"フィルタリング",  // a word of its own
}

const (
	longestSentence   = 80 // letters
	longestParagraph  = 3  // sentences
	wordsFile         = "testdata/words.txt"
	shortestKatakana  = 4
	shortestInitials  = 2
	sentencesEndAfter = '。'
)

// prose calls use for every line of the content that readers see, with its
// place. Aliases, addresses, menus and other data are left out.
func prose(t *testing.T, use func(place, text string)) {
	t.Helper()
	field := regexp.MustCompile(`^([a-z_-]+) = "([^"]*)"$`)
	list := regexp.MustCompile(`^[a-z_]+ = |^\[|^# |^  "|^\]`) // lists of names, tables, comments
	data := []string{"icon", "url", "vendor_url", "slug", "kind", "line", "next", "start", "question", "owner", "access", "category", "origin", "number", "mark", "reading", "precision", "language", "base_url", "questions", "label", "report", "product"}
	err := filepath.WalkDir("../../content", func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == "README.md" || !slices.Contains([]string{".md", ".toml"}, filepath.Ext(name)) {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(text), "\n") {
			place := fmt.Sprintf("content/%s:%d", strings.TrimPrefix(filepath.ToSlash(name), "../../content/"), i+1)
			if m := field.FindStringSubmatch(line); m != nil {
				if !slices.Contains(data, m[1]) {
					use(place, m[2])
				}
			} else if !list.MatchString(line) {
				use(place, line)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWords(t *testing.T) {
	lines := 0
	forms := make([]*regexp.Regexp, len(unwanted))
	for i, u := range unwanted {
		forms[i] = regexp.MustCompile(u.form)
	}
	prose(t, func(place, text string) {
		lines++
		for _, allowed := range allowedWords {
			text = strings.ReplaceAll(text, allowed, "")
		}
		for i, form := range forms {
			if found := form.FindString(text + "\n"); found != "" {
				t.Errorf("%s: %q（%s）", place, strings.TrimSpace(found), unwanted[i].instead)
			}
		}
	})
	if lines < 1000 {
		t.Fatalf("looked at %d lines: the content is not there", lines)
	}
}

var address = regexp.MustCompile(`https://[!-~]+`)

var markup = regexp.MustCompile(`\]\([^)]*\)|[\[\]]|^#+ |^(?:[-*]|\d+\.) |\{#[a-z0-9-]+\}$`)

func TestSentences(t *testing.T) {
	prose(t, func(place, text string) {
		if strings.HasPrefix(text, "|") {
			return // a row of a table
		}
		text = markup.ReplaceAllString(strings.TrimSpace(text), "")
		sentences := strings.SplitAfter(text, string(sentencesEndAfter))
		for _, s := range sentences {
			s = address.ReplaceAllString(s, "")
			if n := utf8.RuneCountInString(s); n > longestSentence {
				t.Errorf("%s: got %d letters, want at most %d: %s", place, n, longestSentence, s)
			}
		}
		// The last part is what follows the last 。
		if n := len(sentences) - 1; n > longestParagraph && !strings.Contains(place, ".toml") && !strings.Contains(place, "/flow") {
			t.Errorf("%s: got %d sentences, want at most %d: %s", place, n, longestParagraph, text)
		}
	})
}

// Every abbreviation and every long katakana word is explained in the glossary
// or known to everybody: those are listed in testdata/words.txt.
func TestHardWords(t *testing.T) {
	h := publishable(t)
	data, err := os.ReadFile(wordsFile)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	allowed := strings.Fields(string(data))
	for _, w := range allowed {
		known[w] = true
	}
	var names strings.Builder
	for _, term := range h.Terms {
		for _, name := range term.Names() {
			names.WriteString(" " + name + " ")
		}
	}
	glossary := names.String()
	hard := regexp.MustCompile(fmt.Sprintf(`[\p{Katakana}ー]{%d,}|\b[A-Z][A-Z0-9]{%d,}\b`, shortestKatakana, shortestInitials-1))
	missing, used := map[string]string{}, map[string]bool{}
	prose(t, func(place, text string) {
		for _, word := range hard.FindAllString(markup.ReplaceAllString(text, ""), -1) {
			if known[word] {
				used[word] = true
			} else if !strings.Contains(glossary, word) && missing[word] == "" {
				missing[word] = place
			}
		}
	})
	for word, place := range missing {
		t.Errorf("%s: %s は、用語集にも %s にもありません（terms/ に説明を書くか、だれでも知っていることばなら一覧に足します）", place, word, wordsFile)
	}
	for _, word := range allowed {
		if !used[word] {
			t.Errorf("%s: %s はもう使われていません（消してください）", wordsFile, word)
		}
	}
	if !slices.IsSortedFunc(allowed, strings.Compare) {
		t.Errorf("%s: words are not in order", wordsFile)
	}
	if !slices.ContainsFunc([]rune(glossary), func(r rune) bool { return unicode.Is(unicode.Katakana, r) }) {
		t.Error("the glossary is empty")
	}
}
