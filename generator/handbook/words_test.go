package handbook

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// The charts of the ministry's deck: question, n and figures in percent, row
// by row; of a grouped chart "n: figures" for each group.
var charts = []struct {
	slug, question string
	n              int
	figures        string
}{
	{"s1-status", "S-1", 5433, "6.6 22.3 8.4 62.7"},
	{"s1-status-by-size", "S-1", 5433, "2098: 4.8 16.1 7.8 71.3 / 977: 5.1 18.5 7.1 69.3 / 900: 5.1 23.0 7.7 64.2 / 750: 6.7 29.1 11.9 52.4 / 394: 11.7 33.8 10.4 44.2 / 122: 15.6 43.4 6.6 34.4 / 192: 25.5 41.1 9.4 24.0"},
	{"s2-when", "S-2", 1569, "21.6 4.3 17.6 44.2 8.2 4.0"},
	{"s3-after", "S-3", 1209, "40.5 38.2 10.3 11.0"},
	{"s7-why-not", "S-7", 3406, "84.2 36.6 18.1 15.4 12.9 12.4 8.0 7.8 6.2 4.8"},
	{"q4-1-awareness", "4-1", 1569, "8.1 10.5 81.5"},
	{"q4-2-helped", "4-2", 127, "59.1 48.8 34.6 24.4 21.3 21.3 19.7 6.3 4.7"},
	{"q4-3-not-used", "4-3", 164, "51.2 31.7 18.9 16.5 4.9 17.1"},
	{"q1-1-staff", "1-1", 1569, "11.6 10.0 55.6 20.8"},
	{"q2-7-devices", "2-7", 1569, "96.1 8.2 4.2 12.1 1.7 14.3 39.0 28.8 25.9 1.0"},
	{"q6-1-issues", "6-1", 1569, "54.3 43.1 42.6 36.5 34.6 31.4 31.4 31.0 30.5 26.4 22.7"},
	{"q4-5-governance", "4-5", 1569, "34.1 22.4 23.4 17.8 28.9 32.9 23.3 9.5 18.8 23.9 27.7 1.1"},
	{"q4-6-measures", "4-6", 1569, "37.8 37.2 53.6 64.4 14.0 17.3 45.1 36.9 47.7 27.6 27.3 45.9 28.4 10.2 1.1"},
}

func TestSurveyFigures(t *testing.T) {
	h := publishable(t)
	if got, want := len(h.Charts), len(charts); got != want {
		t.Errorf("got %d charts, want %d", got, want)
	}
	for _, want := range charts {
		c := bySlug(h.Charts, want.slug)
		if c == nil {
			t.Errorf("no chart %s", want.slug)
			continue
		}
		var figures []string
		for _, r := range c.Rows {
			values := r.Values
			if c.Kind != "grouped" {
				values = []float64{r.Value}
			}
			var row []string
			for _, v := range values {
				row = append(row, fmt.Sprintf("%.1f", v))
			}
			if c.Kind == "grouped" {
				row = append([]string{fmt.Sprintf("%d:", r.N)}, row...)
			}
			figures = append(figures, strings.Join(row, " "))
		}
		between := " "
		if c.Kind == "grouped" {
			between = " / "
		}
		if got := strings.Join(figures, between); got != want.figures || c.Question != want.question || c.N != want.n {
			t.Errorf("%s\ngot  %s n=%d %s\nwant %s n=%d %s", want.slug, c.Question, c.N, got, want.question, want.n, want.figures)
		}
	}
	questions := 0
	for _, s := range h.Survey.Questions {
		questions += len(s.Questions)
	}
	if questions != 48 {
		t.Errorf("got %d questions, want 48", questions)
	}
}

// Words that ask for something without saying what, and spellings that differ
// from the handbook's.
var unwanted = []struct{ form, instead string }{
	{`適切[にな]|適宜|適当[にな]|必要に応じて|十分[にな]|しかるべき|万全|徹底`, "何を、どこまですればよいかを書きます"},
	{`定期的|随時|速やか|早急|直ちに|迅速`, "何日以内か、何日ごとかを書きます"},
	{`でき(?:る|得る)(?:だけ|限り)|可能な限り|なるべく|極力|原則|やむを得`, "行うときと行わないときを書きます"},
	{`きちんと|しっかり|ちゃんと|念のため`, "見れば分かることを書きます"},
	{`[^同]等[のはをにがで、]`, "何と何かを書きます"},
	{`ウィルス`, "ウイルス"},
	{`[\x{ff61}-\x{ff9f}]`, "全角のカタカナ"},
	{`[〇◯⚪]`, "○（U+25CB）"},
	{`[０-９Ａ-Ｚａ-ｚ％]`, "半角の英数字と%"},
	{`〜`, "～（U+FF5E）"},
	{`[0-9] (?:台|分|人|社|枚|桁|文字|日|か月|年|項目|%|KB|MB|GB)`, "数と単位の間は空けません"},
	{`[0-9]つ`, "一つ、二つ、三つ"},
	{`[二三四五]人`, "2人、3人"},
	{`[ヶヵケカ]月|[ヶヵ]所|箇所`, "か月、か所"},
	{`[ぁ-ん一-龥ァ-ヶ。、]\(|\)[ぁ-ん一-龥ァ-ヶ。、]`, "全角のかっこ（）"},
	{`サーバ[^ー]|フォルダ[^ー]|ルータ[^ー]|ユーザ[^ー]|フィルタ[^ー]|プリンタ[^ー]|ブラウザー|メモリー`, "サーバー、フォルダー、ルーター、ユーザー、フィルター、プリンター、ブラウザ、メモリ"},
	{`誰|下さい|出来[^事]|全て|構いません|くり返|のぞ[いかき]|[^合]言葉|挿[しす]`, "だれ、ください、でき、すべて、かまいません、繰り返、覗、ことば、差"},
	{`更新を?当て`, "更新を入れ"},
	{`最大の課題`, "資料では、順位の二番目です"},
}

// allowedWords are spellings that are somebody else's: names on screens and
// titles of documents, and what readers may type (aliases are not looked at).
var allowedWords = []string{
	"ユーザとグループ", // a menu of macOS
	"フィルタリング",  // a word of its own
}

const (
	longestSentence   = 80                   // letters
	longestParagraph  = 3                    // sentences
	wordsFile         = "testdata/words.txt" // everybody knows these
	namesFile         = "testdata/names.txt" // of companies, of products, of what stands on their screens
	shortestKatakana  = 4
	shortestInitials  = 2
	sentencesEndAfter = "。"
)

// everyLine calls use for every line of the content, with its place.
func everyLine(t *testing.T, use func(place, line string)) {
	t.Helper()
	err := filepath.WalkDir("../../content", func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == "README.md" || !slices.Contains([]string{".md", ".toml"}, filepath.Ext(name)) {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(text), "\n") {
			use(fmt.Sprintf("content/%s:%d", strings.TrimPrefix(filepath.ToSlash(name), "../../content/"), i+1), line)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// prose calls use for every line of the content that readers see, with its
// place. What readers type (aliases, search.toml), the ministry's own words,
// addresses and other data are left out.
func prose(t *testing.T, use func(place, text string)) {
	t.Helper()
	field := regexp.MustCompile(`^([a-z_-]+) = "([^"]*)"$`)
	ministry := regexp.MustCompile(`^label = |^title = |^  "`) // titles of charts, answers and questions, in the ministry's own words
	listed := regexp.MustCompile(`^  "(.*)",$`)
	list := regexp.MustCompile(`^[a-z_]+ = |^\[[a-z]|^# |^\]`) // lists of names, tables, comments
	data := []string{"icon", "url", "vendor_url", "slug", "kind", "line", "next", "start", "question", "owner", "access", "category", "origin", "number", "mark", "reading", "precision", "language", "base_url", "product"}
	everyLine(t, func(place, line string) {
		if strings.HasPrefix(place, "content/search.toml") || strings.HasPrefix(place, "content/survey") && ministry.MatchString(line) {
			return
		}
		if m := field.FindStringSubmatch(line); m != nil {
			if !slices.Contains(data, m[1]) {
				use(place, m[2])
			}
		} else if m := listed.FindStringSubmatch(line); m != nil {
			use(place, m[1])
		} else if !list.MatchString(line) {
			use(place, line)
		}
	})
}

func TestWords(t *testing.T) {
	lines := 0
	forms := make([]*regexp.Regexp, len(unwanted))
	for i, u := range unwanted {
		forms[i] = regexp.MustCompile(u.form)
	}
	prose(t, func(place, text string) {
		lines++
		text = address.ReplaceAllString(markup.ReplaceAllString(text, ""), "")
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
		for _, paragraph := range strings.Split(strings.Trim(text, "| "), " | ") { // the cells of a table
			paragraph = address.ReplaceAllString(markup.ReplaceAllString(paragraph, ""), "")
			sentences := strings.SplitAfter(paragraph, sentencesEndAfter)
			for _, s := range sentences {
				if n := utf8.RuneCountInString(s); n > longestSentence {
					t.Errorf("%s: got %d letters, want at most %d: %s", place, n, longestSentence, s)
				}
			}
			// The last part is what follows the last 。
			if n := len(sentences) - 1; n > longestParagraph {
				t.Errorf("%s: got %d sentences, want at most %d: %s", place, n, longestParagraph, paragraph)
			}
		}
	})
}

// Every abbreviation and every long katakana word is explained in the glossary
// or known to everybody, or a name: those are listed in testdata.
func TestHardWords(t *testing.T) {
	h := publishable(t)
	listed := map[string]string{} // word → file
	for _, file := range []string{wordsFile, namesFile} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		words := strings.Fields(string(data))
		for _, w := range words {
			listed[w] = file
		}
		if !slices.IsSortedFunc(words, strings.Compare) {
			t.Errorf("%s: words are not in order", file)
		}
	}
	hard := regexp.MustCompile(fmt.Sprintf(`[\p{Katakana}ー]{%d,}|\b[A-Z][A-Z0-9]{%d,}\b`, shortestKatakana, shortestInitials-1))
	// A name explains the words of which it is made.
	explained := map[string]bool{}
	for _, term := range h.Terms {
		for _, name := range term.Names() {
			for _, word := range hard.FindAllString(name, -1) {
				explained[word] = true
			}
		}
	}
	if len(explained) == 0 {
		t.Fatal("the glossary is empty")
	}
	missing, used := map[string]string{}, map[string]bool{}
	prose(t, func(place, text string) {
		for _, word := range hard.FindAllString(markup.ReplaceAllString(text, ""), -1) {
			if listed[word] != "" {
				used[word] = true
			} else if !explained[word] && missing[word] == "" {
				missing[word] = place
			}
		}
	})
	for word, place := range missing {
		t.Errorf("%s: %s は、用語集にも一覧にもありません（terms/ に説明を書くか、だれでも知っていることばなら %s に、画面や会社の名前なら %s に足します）", place, word, wordsFile, namesFile)
	}
	for word, file := range listed {
		if !used[word] {
			t.Errorf("%s: %s はもう使われていません（消してください）", file, word)
		}
		if explained[word] {
			t.Errorf("%s: %s は、用語集にあります（消してください）", file, word)
		}
	}
}

// The only places outside that the content may send readers to: the ministry,
// the terms of its material, and each vendor's own documentation.
var outside = map[string]bool{
	"www.soumu.go.jp":       true,
	"www.digital.go.jp":     true,
	"help.webex.com":        true,
	"learn.microsoft.com":   true,
	"support.apple.com":     true,
	"support.google.com":    true,
	"support.microsoft.com": true,
	"support.zoom.com":      true,
}

func TestOutside(t *testing.T) {
	host := regexp.MustCompile(`https?://([A-Za-z0-9.-]+)`)
	mail := regexp.MustCompile(`[A-Za-z0-9._-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]+`)
	telephone := regexp.MustCompile(`\b0[0-9]{1,4}[-(（][0-9]{1,4}[-)）][0-9]{3,4}\b|\b0[0-9]{9,10}\b|#[0-9]{4}\b`)
	found := 0
	everyLine(t, func(place, line string) {
		for _, m := range host.FindAllStringSubmatch(line, -1) {
			found++
			if !outside[m[1]] {
				t.Errorf("%s: the address %s is neither in the facts nor a vendor's documentation", place, m[0])
			}
		}
		for _, m := range mail.FindAllString(line, -1) {
			if m != "cs-support@ipa.go.jp" {
				t.Errorf("%s: the mail address %s is not in the facts", place, m)
			}
		}
		for _, m := range telephone.FindAllString(line, -1) {
			if m != "#9110" {
				t.Errorf("%s: the telephone number %s is not in the facts", place, m)
			}
		}
	})
	if found < 10 {
		t.Errorf("got %d addresses: the content is not there", found)
	}
}

// A reader who follows a measure needs no other page to start: numbered steps,
// what to look at and what to keep, what to tell the employees unless it is
// theirs to do nothing, and an example in everyday life.
func TestMeasuresAreComplete(t *testing.T) {
	h := publishable(t)
	step := regexp.MustCompile(`(?m)^1\. `)
	evidence := regexp.MustCompile(`証拠|写真|一覧に|表を|残し|残す`)
	again := regexp.MustCompile(`年に一度|月に一度|毎月|日に見直|ときに`)
	for _, m := range h.Measures {
		text, err := os.ReadFile("../../content/" + m.File)
		if err != nil {
			t.Fatal(err)
		}
		sections := strings.Split(string(text), "\n## ")
		if len(sections) != 4 {
			t.Errorf("%s: got %d parts, want the front matter and three sections", m.File, len(sections))
			continue
		}
		why, how, verify := sections[1], sections[2], sections[3]
		if !strings.Contains(why, "\nたとえば、") {
			t.Errorf("%s: なぜ tells no scene that begins with たとえば、", m.File)
		}
		if !step.MatchString(how) {
			t.Errorf("%s: やり方 has no numbered steps", m.File)
		}
		if !evidence.MatchString(verify) {
			t.Errorf("%s: 確認のしかた says nothing of evidence", m.File)
		}
		if !again.MatchString(verify) {
			t.Errorf("%s: 確認のしかた does not say when to look again", m.File)
		}
		if m.Handout == "" {
			t.Errorf("%s: no handout", m.File)
		}
	}
}

// Steps of a guide say for which measure they are.
func TestGuidesAreComplete(t *testing.T) {
	for _, g := range publishable(t).Guides {
		text, err := os.ReadFile("../../content/" + g.File)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range g.Measures {
			if !strings.Contains(string(text), "(measures/"+m.Slug+".html") {
				t.Errorf("%s: is listed for %s, and no step links to it", g.File, m.Slug)
			}
		}
	}
}

func TestGlossary(t *testing.T) {
	h := publishable(t)
	if got := len(h.Terms); got < 90 {
		t.Errorf("got %d terms, want at least 90", got)
	}
	reading := regexp.MustCompile(`^[ぁ-んー]+$`)
	for _, term := range h.Terms {
		if !reading.MatchString(term.Reading) {
			t.Errorf("%s: got the reading %q, want hiragana", term.File, term.Reading)
		}
		text, err := os.ReadFile("../../content/" + term.File)
		if err != nil {
			t.Fatal(err)
		}
		body := strings.SplitN(string(text), "\n+++\n", 2)[1]
		if got := strings.Count(body, sentencesEndAfter); got < 1 || got > 2 {
			t.Errorf("%s: got %d sentences, want one or two", term.File, got)
		}
	}
}
