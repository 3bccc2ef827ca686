package edition_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tebiki/generator/handbook"
)

// Words that ask for something without saying what, and spellings that differ from the handbook's.
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
	"ユーザとグループ",                                            // a menu of macOS
	"フィルタリング",                                             // a word of its own
	"テレワークの適切な導入", "脅威の情勢等について", "漏えい等の対応", "リモートワーク等の環境", // titles
}

const (
	wordsFile         = "testdata/words.txt" // everybody knows these
	namesFile         = "testdata/names.txt" // of companies, of products, of what stands on their screens
	shortestKatakana  = 4
	shortestInitials  = 2
	sentencesEndAfter = "。"
)

// everyLine calls use for every line of the content and of the words of the interface, with its place.
func everyLine(t *testing.T, use func(place, line string)) {
	t.Helper()
	err := filepath.WalkDir(folder, func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == "README.md" || !slices.Contains([]string{".md", ".toml"}, filepath.Ext(name)) {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(text), "\n") {
			use(fmt.Sprintf("content/%s:%d", strings.TrimPrefix(filepath.ToSlash(name), folder+"/"), i+1), line)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	defaults, err := os.ReadFile("../words/ja.toml")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(defaults), "\n") {
		use(fmt.Sprintf("generator/words/ja.toml:%d", i+1), line)
	}
}

// prose calls use for every line of the content that readers see, with its place. What readers type
// (aliases, search.toml), the ministry's own words, addresses and other data are left out.
func prose(t *testing.T, use func(place, text string)) {
	t.Helper()
	field := regexp.MustCompile(`^([a-z_-]+) = "([^"]*)"(?: # .*)?$`)
	ministry := regexp.MustCompile(`^label = |^title = |^  "`) // titles of charts, answers and questions, in the ministry's own words
	listed := regexp.MustCompile(`^  "(.*)",$`)
	identifiers := regexp.MustCompile(`^[a-z-]+ = "[A-Z0-9., -]+"$`) // of items of other people's frameworks
	list := regexp.MustCompile(`^[a-z_]+ = |^\[[a-z]|^# |^\]`)       // lists of names, tables, comments
	data := []string{"icon", "url", "vendor_url", "slug", "kind", "line", "next", "start", "question", "owner", "access", "category", "origin", "number", "mark", "reading", "precision", "language", "base_url", "product"}
	everyLine(t, func(place, line string) {
		if strings.HasPrefix(place, "content/search.toml") || strings.HasPrefix(place, "content/survey") && ministry.MatchString(line) ||
			strings.HasPrefix(place, "content/frameworks/") && identifiers.MatchString(line) {
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

// The limits of [style] are kept, and so is what else check warns of. What time makes overdue is for
// an editor to see.
func TestNoWarnings(t *testing.T) {
	said, err := interfaceTexts()
	if err != nil {
		t.Fatal(err)
	}
	h, problems, err := handbook.Load(os.DirFS(folder), time.Now(), handbook.Said{Texts: said})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		isDate := slices.ContainsFunc(h.Dates, func(d handbook.Dated) bool { return d.File == p.File && d.Line == p.Line })
		if !isDate {
			t.Errorf("content/%s", p)
		}
	}
	if h.Style.Sentence == 0 || h.Style.Paragraph == 0 || h.Style.Title == 0 {
		t.Error("content/handbook.toml: [style] sets no limits")
	}
	for _, text := range said {
		for _, fault := range h.Style.Faults(text) {
			t.Errorf("the words of the interface: %s", fault)
		}
	}
}

// Every abbreviation and every long katakana word is explained in the glossary
// or known to everybody, or a name: those are listed in testdata.
func TestHardWords(t *testing.T) {
	h := edition(t)
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

// A reader who follows a measure needs no other page to start: numbered steps,
// what to look at and what to keep, what to tell the employees unless it is
// theirs to do nothing, and an example in everyday life.
func TestMeasuresAreComplete(t *testing.T) {
	h := edition(t)
	step := regexp.MustCompile(`(?m)^1\. `)
	evidence := regexp.MustCompile(`証拠|写真|一覧に|表を|残し|残す`)
	again := regexp.MustCompile(`年に一度|月に一度|毎月|日に見直|ときに`)
	for _, m := range h.Measures {
		text := read(t, m.File)
		sections := strings.Split(text, "\n## ")
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
	for _, g := range edition(t).Guides {
		text := read(t, g.File)
		for _, m := range g.Measures {
			if !strings.Contains(text, "(measures/"+m.Slug+".html") {
				t.Errorf("%s: is listed for %s, and no step links to it", g.File, m.Slug)
			}
		}
	}
}

func TestGlossary(t *testing.T) {
	h := edition(t)
	if got := len(h.Terms); got < 90 {
		t.Errorf("got %d terms, want at least 90", got)
	}
	reading := regexp.MustCompile(`^[ぁ-んー]+$`)
	for _, term := range h.Terms {
		if !reading.MatchString(term.Reading) {
			t.Errorf("%s: got the reading %q, want hiragana", term.File, term.Reading)
		}
		text := read(t, term.File)
		body := strings.SplitN(text, "\n+++\n", 2)[1]
		if got := strings.Count(body, sentencesEndAfter); got < 1 || got > 2 {
			t.Errorf("%s: got %d sentences, want one or two", term.File, got)
		}
	}
}
