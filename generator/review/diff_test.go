package review_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"tebiki/generator/handbook"
	"tebiki/generator/review"
)

// withdraw takes measures away as an editor does.
func withdraw(t *testing.T, content fstest.MapFS, slugs ...string) {
	t.Helper()
	text := string(content["published.toml"].Data)
	for _, slug := range slugs {
		delete(content, "measures/"+slug+".md")
		text += "\n[withdrawn.measures." + slug + "]\ntitle = \"前の名\"\nreason = \"要らない。\"\ndate = 2026-05-01\n"
	}
	content["published.toml"] = &fstest.MapFile{Data: []byte(text)}
}

// add adds a measure like helmet under another name.
func add(content fstest.MapFS, slug, title, number, more string) {
	text := string(content["measures/helmet.md"].Data)
	text = strings.NewReplacer(`"1-2"`, `"`+number+`"`, `"ヘルメット"`, `"`+title+`"`, "revision = 1\n", "revision = 1\n"+more).Replace(text)
	content["measures/"+slug+".md"] = &fstest.MapFile{Data: []byte(text)}
}

func TestCompare(t *testing.T) {
	for name, test := range map[string]struct {
		change func(content fstest.MapFS)
		want   string
		draft  []string // its lines
	}{
		"nothing": {func(fstest.MapFS) {}, "", nil},
		"added": {func(c fstest.MapFS) { add(c, "bell", "ベル", "1-9", "") },
			"足した対策\n  ベル（bell）\n", []string{"対策「[ベル](measures/bell.html)」を足しました。"}},
		"withdrawn": {func(c fstest.MapFS) { withdraw(t, c, "lock") },
			"やめた対策\n  鍵（lock）: 要らない。\n", []string{"対策「鍵」をやめました。要らない。"}},
		"gone": {func(c fstest.MapFS) { delete(c, "measures/lock.md") },
			"やめた対策\n  鍵（lock）\n", []string{"対策「鍵」をやめました。"}},
		"split": {func(c fstest.MapFS) {
			withdraw(t, c, "lock")
			add(c, "chain", "鎖", "2-2", "replaces = [\"lock\"]\n")
			add(c, "bolt", "錠", "2-3", "replaces = [\"lock\"]\n")
		}, "分けた対策\n  鍵（lock） → 鎖（chain）、錠（bolt）\n", []string{"対策「鍵」を、「[鎖](measures/chain.html)」と「[錠](measures/bolt.html)」に分けました。"}},
		"merged": {func(c fstest.MapFS) {
			withdraw(t, c, "lock", "light")
			add(c, "both", "両方", "2-2", "replaces = [\"lock\", \"light\"]\n")
		}, "まとめた対策\n  灯り（light）、鍵（lock） → 両方（both）\n", []string{"対策「灯り」と「鍵」を、「[両方](measures/both.html)」にまとめました。"}},
		"merged into one that was there": {func(c fstest.MapFS) {
			withdraw(t, c, "lock")
			replace(t, c, "measures/light.md", `["horn"]`, `["horn", "lock"]`)
		}, "まとめた対策\n  鍵（lock） → 灯り（light）\n", []string{"対策「鍵」を、「[灯り](measures/light.html)」にまとめました。"}},
		"replaced": {func(c fstest.MapFS) {
			withdraw(t, c, "lock")
			add(c, "chain", "鎖", "2-2", "replaces = [\"lock\"]\n")
		}, "替えた対策\n  鍵（lock） → 鎖（chain）\n", []string{"対策「鍵」を、「[鎖](measures/chain.html)」に替えました。"}},
		"reworded": {func(c fstest.MapFS) {
			replace(t, c, "measures/lock.md", `title = "鍵"`, `title = "錠*"`)
			replace(t, c, "measures/lock.md", "掛けている。", "掛けた。")
		}, "ことばを直した対策\n  錠*（lock）: 確認する文 掛けている。 → 掛けた。\n  錠*（lock）: 題名 鍵 → 錠*\n",
			[]string{`「[錠\*](measures/lock.html)」の確認する文を直しました。`, `対策の題名「鍵」を、「[錠\*](measures/lock.html)」に直しました。`}},
		"revised": {func(c fstest.MapFS) {
			replace(t, c, "measures/lock.md", "revision = 1", "revision = 2")
			replace(t, c, "measures/lock.md", "掛けている。", "掛けた。")
		}, "することが変わった対策\n  鍵（lock）: 確認する文 掛けている。 → 掛けた。\n", []string{"「[鍵](measures/lock.html)」は、することが変わりました。前に答えた人は、もう一度確かめてください。"}},
		"given another priority": {func(c fstest.MapFS) {
			replace(t, c, "measures/helmet.md", "commute = \"high\"\nerrand = \"high\"", "commute = \"low\"\nerrand = \"low\"")
			replace(t, c, "measures/lock.md", `commute = "low"`, `errand = "high"`)
		}, "優先度を変えた対策\n  ヘルメット（helmet）: ①② ◎ → ○\n  鍵（lock）: ① ○ → なし\n  鍵（lock）: ② なし → ◎\n", []string{
			"「[ヘルメット](measures/helmet.html)」の優先度を、①②では◎から○に変えました。",
			"「[鍵](measures/lock.html)」を、①のチェックリストから外しました。",
			"「[鍵](measures/lock.html)」を、②のチェックリストに◎で足しました。"}},
		"a preparation": {func(c fstest.MapFS) {
			replace(t, c, "measures/lock.md", "revision = 1", "revision = 1\npreparation = true")
			replace(t, c, "measures/lock.md", "[priority]\ncommute = \"low\"\n", "")
		}, "優先度を変えた対策\n  鍵（lock）: ① ○ → 準備\n  鍵（lock）: ② なし → 準備\n", nil},
		"renumbered": {func(c fstest.MapFS) { replace(t, c, "measures/lock.md", `"2-1"`, `"2-4"`) },
			"番号を変えた対策\n  鍵（lock）: 番号 2-1 → 2-4\n", []string{"「[鍵](measures/lock.html)」の番号を、2-1から2-4に変えました。"}},
		"rewritten": {func(c fstest.MapFS) {
			replace(t, c, "measures/lock.md", "掛けます。", "掛けて、確かめます。")
			replace(t, c, "measures/helmet.md", "revision = 1", "revision = 2")
			replace(t, c, "measures/helmet.md", "rule = \"", "rule = \"みな、")
			replace(t, c, "threats/theft.md", "summary = \"", "summary = \"また、")
		}, "文を直した対策\n  ヘルメット（helmet）\n  鍵（lock）\nすることが変わった対策\n  ヘルメット（helmet）: 確認する文 かぶっている。 → かぶっている。\n文を直した脅威\n  盗難（theft）\n", []string{
			"「[ヘルメット](measures/helmet.html)」は、することが変わりました。前に答えた人は、もう一度確かめてください。",
			"対策「[鍵](measures/lock.html)」の説明を直しました。", "脅威「[盗難](threats/theft.html)」の説明を直しました。"}},
		"unread": {func(c fstest.MapFS) { replace(t, c, "measures/lock.md", `"2-1"`, `2-1`) }, "", nil},
		"other kinds": {func(c fstest.MapFS) {
			for name := range c {
				for _, folder := range []string{"methods/errand", "threats/theft", "guides/", "terms/"} {
					if strings.HasPrefix(name, folder) {
						delete(c, name)
					}
				}
			}
		}, "やめた方式\nやめた脅威\nやめた設定ガイド\nやめた用語\n", nil},
	} {
		t.Run(name, func(t *testing.T) {
			old, _ := load(t, small(t))
			content := small(t)
			test.change(content)
			now, _ := load(t, content)
			c := review.Compare(old, now)
			got := c.String()
			if name == "other kinds" {
				var groups []string
				for line := range strings.Lines(got) {
					if !strings.HasPrefix(line, " ") {
						groups = append(groups, line)
					}
				}
				got = strings.Join(groups, "")
			}
			if got != test.want || c.Same() != (test.want == "") {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
			head, list, _ := strings.Cut(c.Draft(day), "\n\n")
			if test.want == "" {
				if head != "" {
					t.Errorf("got the draft %q of nothing", head)
				}
				return
			}
			if head != "+++\ndate = 2026-06-01\ntitle = \"内容の見直し\"\n+++" {
				t.Errorf("got the head %q", head)
			}
			if want := strings.Join(prefixed(test.draft), ""); test.draft != nil && list != want {
				t.Errorf("got the draft\n%s\nwant\n%s", list, want)
			}
		})
	}
}

func TestCompareFiles(t *testing.T) {
	before, content := small(t), small(t)
	old, _ := load(t, before)
	replace(t, content, "measures/lock.md", "掛けます。", "掛けて、確かめます。")
	replace(t, content, "measures/helmet.md", "revision = 1", "revision = 1 # 一度目")
	replace(t, content, "flow.toml", "start = ", "start  = ")
	before["ui.toml"] = &fstest.MapFile{}
	content["pages/more.md"] = &fstest.MapFile{Data: []byte("+++\n")}
	before["pages/first.md"], content["pages/second.md"] = &fstest.MapFile{Data: []byte("一")}, &fstest.MapFile{Data: []byte("一\r\n")}
	before["pages/first.md"].Data = []byte("一\n")
	content["pages/more.md~"] = &fstest.MapFile{Data: []byte("+++\n")}
	content["handbook.toml"].Data = []byte(strings.ReplaceAll(string(content["handbook.toml"].Data), "\n", "\r\n"))
	now, _ := load(t, content)
	c := review.Compare(old, now)
	if err := c.CompareFiles(before, content); err != nil {
		t.Fatal(err)
	}
	want := "文を直した対策\n  鍵（lock）\nほかに変わったファイル\n  flow.toml: 直した\n  measures/helmet.md: 直した\n  pages/first.md: 消した\n  pages/more.md: 足した\n  pages/second.md: 足した（消した pages/first.md と同じ内容）\n  ui.toml: 消した\n" +
		"変わった行（前 → 今）\n  flow.toml\n    1 行目: start = \"owner\" → start  = \"owner\"\n" +
		"  measures/helmet.md\n    8 行目: revision = 1 → revision = 1 # 一度目\n" +
		"  measures/lock.md\n    28 行目: 掛けます。 → 掛けて、確かめます。\n"
	if got := c.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := c.Draft(day); strings.Count(got, "\n- ") != 1 {
		t.Errorf("got the draft\n%s\nwant the measure alone", got)
	}
	c = review.Compare(old, old)
	if err := c.CompareFiles(before, content); err != nil {
		t.Fatal(err)
	}
	if c.Same() || c.Draft(day) != "" {
		t.Error("a difference of files is none, or is drafted")
	}
}

// Nothing that differs in a file is left out, whatever else is told of it.
func TestCompareLines(t *testing.T) {
	long := strings.Repeat("長い文", 20)
	for name, test := range map[string]struct {
		was, is string
		want    []string
	}{
		"changed":             {"a\nb\nc\n", "a\nB\nc\n", []string{"2 行目: b → B"}},
		"several in a row":    {"a\nb\nc\n", "a\nx\ny\n", []string{"2 行目: b → x", "3 行目: c → y"}},
		"added":               {"a\n", "a\n\nb\n", []string{"2 行目を足した: （空の行）", "3 行目を足した: b"}},
		"deleted":             {"a\nb\n", "b\n", []string{"前の 1 行目を消した: a"}},
		"below added ones":    {"a\nb\n", "0\n0\na\nc\n", []string{"1 行目を足した: 0", "2 行目を足した: 0", "4 行目: b → c"}},
		"more than before":    {"a\nb\n", "a\nx\ny\n", []string{"前の 2 行目を消した: b", "2 行目を足した: x", "3 行目を足した: y"}},
		"in a long line":      {long + "前の" + long, long + "今の" + long, []string{"1 行目: …文長い文長い文長い文長い文長い文前の長い文長い文長い文長い文長い文… → …文長い文長い文長い文長い文長い文今の長い文長い文長い文長い文長い文…"}},
		"a letter once more":  {"aa", "aaa", []string{"1 行目: aa → aaa"}},
		"emptied":             {"a\nb\n", "\nb\n", []string{"1 行目: a → （空の行）"}},
		"spaces":              {"a\nb", "a \nb\n", []string{"1 行目: 空白だけが違います", "2 行目: 空白だけが違います"}},
		"ends of lines alone": {"a\nb\n", "a\r\nb\r\n", nil},
		"a picture":           {"\xff", "\xfe", []string{": 文字のファイルではないので、行は比べません"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := new(review.Comparison)
			file := func(text string) fstest.MapFS { return fstest.MapFS{"x.md": {Data: []byte(text)}} }
			if err := c.CompareFiles(file(test.was), file(test.is)); err != nil {
				t.Fatal(err)
			}
			_, got, _ := strings.Cut(c.String(), "変わった行（前 → 今）\n  x.md")
			want := ""
			for i, line := range test.want {
				if strings.HasPrefix(line, ":") {
					want = line + "\n"
				} else {
					want += []string{"\n", ""}[min(i, 1)] + "    " + line + "\n"
				}
			}
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// Links to folders and to nothing are no reason to stop.
func TestCompareFilesWithLinks(t *testing.T) {
	dir := t.TempDir()
	if err := errors.Join(os.Mkdir(dir+"/real", 0o777), os.Symlink("real", dir+"/linked"), os.Symlink("nowhere", dir+"/lost")); err != nil {
		t.Skip(err) // not every system lets everybody make links
	}
	c := new(review.Comparison)
	if err := c.CompareFiles(fstest.MapFS{}, os.DirFS(dir)); err != nil || len(c.Files) != 1 || c.Files[0].Name != "lost" {
		t.Errorf("got %v, %v, want the lost one alone", c.Files, err)
	}
}

func prefixed(lines []string) []string {
	var list []string
	for _, line := range lines {
		list = append(list, "- "+line+"\n")
	}
	return list
}

// What came is what went, looked at the other way round.
func TestCompareBothWays(t *testing.T) {
	whole, _ := load(t, small(t))
	none := new(handbook.Handbook)
	came, went := review.Compare(none, whole), review.Compare(whole, none)
	for i := range came.Listed {
		slugs := func(items []review.Item) (list []string) {
			for _, item := range items {
				list = append(list, item.Slug)
			}
			return list
		}
		if added, gone := slugs(came.Listed[i].Added), slugs(went.Listed[i].Withdrawn); len(added) == 0 || !slices.Equal(added, gone) {
			t.Errorf("%s: got %q added and %q withdrawn, want the same", came.Listed[i].Kind, added, gone)
		}
	}
}

func TestLinks(t *testing.T) {
	content := small(t)
	replace(t, content, "measures/lock.md", "掛けます。", "[店](https://example.jp/b)と<mailto:a@example.jp>に聞き、[灯り](measures/light.html)を見ます。")
	replace(t, content, "measures/lock.md", "番号は変えられますか。", "番号は変えられますか（https://example.jp/a、または https://example.jp/c.）。")
	h, _ := load(t, content)
	var got []string
	for _, link := range review.Links(h) {
		if link.File == "measures/lock.md" {
			got = append(got, link.URL+" "+link.Use)
			lines := strings.Split(string(content[link.File].Data), "\n")
			if !strings.Contains(lines[link.Line-1], strings.TrimPrefix(link.URL, "mailto:")) {
				t.Errorf("%+v: got the line %q", link, lines[link.Line-1])
			}
		}
	}
	want := []string{"https://example.jp/a ask", "https://example.jp/b 本文", "https://example.jp/c ask", "mailto:a@example.jp 本文"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCounts(t *testing.T) {
	h, _ := load(t, small(t))
	got := strings.Split(review.Counts(h), "\n")
	if want := "①  準備  1  ◎  1  ○  2  計  4  " + h.Methods[0].Short; got[0] != want || len(got) != 1+len(h.Methods) {
		t.Errorf("got %q, want %q first", got, want)
	}
}
