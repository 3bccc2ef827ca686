package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/source"
)

// enterStarter makes a new handbook and goes to its folder.
func enterStarter(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	if got := invoke("new", "handbook", "my-own"); got.code != exitFine || got.stderr != "" {
		t.Fatalf("got exit code %d, stderr %q, want 0 and nothing", got.code, got.stderr)
	}
	t.Chdir("my-own")
}

// A new handbook has nothing that is to be mended, on whatever day it is made.
func TestNewHandbook(t *testing.T) {
	for _, day := range []string{"2024-02-29", "2035-12-31", time.Now().Format(time.DateOnly)} {
		today, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "2nd Handbook")
		if err := createHandbook(dir, today, new(bytes.Buffer)); err != nil {
			t.Fatal(err)
		}
		h, problems, err := handbook.Load(os.DirFS(filepath.Join(dir, "content")), today, handbook.Said{})
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: got error %v and %v, want none", day, err, problems)
		}
		if h.ID != "ndhandbook" || !h.Reviewed.Equal(today) {
			t.Errorf("got id %q, reviewed %v, want the letters of the folder's name and the day", h.ID, h.Reviewed)
		}
		for name, text := range tree(t, dir) {
			if strings.Contains(text, "{today}") || strings.Contains(text, "{id}") {
				t.Errorf("%s: not all is filled in", name)
			}
		}
	}
}

// The starter says nothing of another handbook's subject: not even in comments.
func TestStarterIsNeutral(t *testing.T) {
	foreign := regexp.MustCompile(`テレワーク|VPN|総務|パソコン|PC|会社|社長|従業員|端末|セキュリティ|ウイルス|パスワード`)
	for name, text := range tree(t, "starter") {
		for i, line := range strings.Split(text, "\n") {
			if word := foreign.FindString(line); word != "" {
				t.Errorf("starter/%s:%d: %s", name, i+1, word)
			}
		}
	}
}

// What the site itself says fits whatever a handbook calls its readers: here those of a school, which
// has neither products nor sheets for emergencies.
func TestNewHandbookWithOtherNouns(t *testing.T) {
	enterStarter(t)
	write(t, "content/ui.toml", `[words]
threat = "困りごと"
company = "学校"
companies = "校"
us = "本校"
member = "先生"
head = "校長"
vendor = "教育委員会"
partner = "保護者"
rules = "学校の決まり"
owner = "校舎"
access = "水の出方"
`)
	if got := invoke("build"); got.code != exitFine || got.stderr != "" {
		t.Fatalf("got exit code %d, stderr %q, want 0 and nothing", got.code, got.stderr)
	}
	foreign := regexp.MustCompile(`会社|従業員|社長|業者|取引先|規程|テレワーク|製品|サポート|設定について|設定ガイド|緊急|編集部|危険|弱い|用語|枠組み|調査|学校の学校`)
	files := tree(t, "public")
	for name, text := range files {
		if ext := filepath.Ext(name); ext == ".js" || ext == ".json" || ext == ".xlsx" || ext == ".zip" || ext == ".png" {
			continue // scripts are those of every handbook
		}
		if word := foreign.FindString(text); word != "" {
			t.Errorf("%s: got %q, want nothing of it", name, word)
		}
	}
	if !strings.Contains(files["rules/flat.html"], "ポンプのない集合住宅の学校の決まり") {
		t.Error("rules/flat.html: got no title with the noun, want one")
	}
}

func TestNewHandbookOverwritesNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "full/note.txt", "大事")
	write(t, "file", "大事")
	before := tree(t, ".")
	invoke("new", "handbook", "full").want(t, outcome{exitFailure, "", "generator: full には、もうファイルがあります（note.txt など）。何も書いていません。まだないフォルダーか、空のフォルダーの名前を書いてください\n"})
	if got := invoke("new", "handbook", "file"); got.code != exitFailure || !strings.Contains(got.stderr, "まだないフォルダーの名前を書いてください") {
		t.Errorf("got exit code %d, stderr %q, want 2 and what to do", got.code, got.stderr)
	}
	wantTree(t, ".", before)
	write(t, "other/content/handbook.toml", "")
	inner := filepath.Join("other", "content", "pages", "new")
	if got := invoke("new", "handbook", inner); got.code != exitFailure || !strings.Contains(got.stderr, "別の手引きの内容のフォルダー") {
		t.Errorf("within another content: got exit code %d, stderr %q, want 2 and why", got.code, got.stderr)
	}
	wantNames(t, "other/content", "handbook.toml")
	if err := os.Mkdir("empty", 0o755); err != nil {
		t.Fatal(err)
	}
	if got := invoke("new", "handbook", "empty"); got.code != exitFine {
		t.Errorf("into an empty folder: got exit code %d, stderr %q, want 0", got.code, got.stderr)
	}
}

// A new record of each kind is right but for the texts to be written and what else the command tells, and what it tells is what check
// then says.
func TestNewRecord(t *testing.T) {
	for kind, want := range map[string][]string{
		"measure": {"content/handbook.toml", "content/handbook.toml", "content/handbook.toml", "content/measures/my-own.md"},    // the counts of three methods
		"method":  {"content/handbook.toml", "content/handbook.toml", "content/methods/my-own.md", "content/methods/my-own.md"}, // its counts; no answer leads to it
		"threat":  {"content/threats/my-own.md", "content/threats/my-own.md"},                                                   // no measure protects against it
		"page":    {"content/pages/my-own.md"},                                                                                  //
		"guide":   {"content/guides/my-own.md", "content/pages/guides.md"},                                                      // where guides are listed
		"term":    {"content/pages/glossary.md", "content/terms/my-own.md", "content/terms/my-own.md"},                          // no text uses it
		"contact": {"content/contacts/my-own.md", "content/pages/contacts.md"},                                                  //
	} {
		t.Run(kind, func(t *testing.T) {
			enterStarter(t)
			got := invoke("new", kind, "my-own", "-content", "content")
			if got.code != exitFine || got.stderr != "" {
				t.Fatalf("got exit code %d, stderr %q, want 0 and nothing", got.code, got.stderr)
			}
			var told, files []string
			for _, m := range regexp.MustCompile(`(?m)^  ((\S+):\d+: .*)$`).FindAllStringSubmatch(got.stdout, -1) {
				told, files = append(told, m[1]), append(files, m[2])
			}
			if !slices.Equal(files, want) {
				t.Errorf("got told of %q, want of %q\n%s", files, want, got.stdout)
			}
			if says := strings.Contains(got.stdout, "content/handbook.toml の navigation か footer に \"my-own\""); says != (kind == "page") {
				t.Errorf("got told of the menus: %t\n%s", says, got.stdout)
			}
			checked := invoke("check").stderr
			if len(told) > 0 {
				told = append(told, fmt.Sprintf("直すところが %d か所あります。", len(told)), "")
			}
			if checked != strings.Join(told, "\n") {
				t.Errorf("check: got %q, want what was told: %q", checked, told)
			}
			text := tree(t, "content")[kind+"s/my-own.md"]
			if !strings.Contains(text, " = "+time.Now().Format(time.DateOnly)+"\n") {
				t.Errorf("got no date of today in\n%s", text)
			}
			field := regexp.MustCompile(`(?m)^(?:# )?([a-z_]+ = .*|\[.*)$`)
			lines := strings.Split(text, "\n")
			for i, line := range lines {
				inner := strings.Contains(line, "= \""+source.Blank+"\"") && strings.HasPrefix(line, "building") || strings.HasSuffix(line, `= "next"`)
				if i > 0 && field.MatchString(line) && !inner && !strings.HasPrefix(lines[i-1], "# ") {
					t.Errorf("no comment says what to write in %q", line)
				}
			}
		})
	}
	if kinds := handbook.DraftKinds(); len(kinds) != 7 {
		t.Errorf("got the kinds %q, want the 7 of this test", kinds)
	}
}

// A record that is made twice has the next number, and both are listed.
func TestNewRecordTakesTheNextNumber(t *testing.T) {
	enterStarter(t)
	for i, name := range []string{"one", "two"} {
		invoke("new", "measure", name)
		invoke("new", "threat", name)
		files := tree(t, "content")
		if want := fmt.Sprintf("number = \"1-%d\"\n", i+4); !strings.Contains(files["measures/"+name+".md"], want) {
			t.Errorf("%s: got no %s", name, want)
		}
		if want := fmt.Sprintf("number = %d\n", i+3); !strings.Contains(files["threats/"+name+".md"], want) {
			t.Errorf("%s: got no %s", name, want)
		}
	}
	list := tree(t, "content")["published.toml"]
	for _, want := range []string{"  \"neighbours\",\n  \"one\",\n  \"two\",\n]", `threats = ["injury", "cut-off", "one", "two"]`} {
		if !strings.Contains(list, want) {
			t.Errorf("got\n%s\nwant in it %s", list, want)
		}
	}
}

func TestNewRecordRefuses(t *testing.T) {
	enterStarter(t)
	edit(t, "content/published.toml", `threats = [`, `threats = ["gone", `)
	before := tree(t, ".")
	for _, test := range []struct{ kind, name, want string }{
		{"mesure", "a", `"mesure" という種類は作れません（measure のことですか）`},
		{"対策", "a", `"対策" という種類は作れません（書けるのは handbook、method、threat、measure、page、guide、term、contact）`},
		{"measure", "Ümlaut", `名前 "Ümlaut" は使えません。名前には、小文字の英字、数字、ハイフンだけを使います（例: first-aid）。ページの番地になります`},
		{"measure", "../a", `名前 "../a" は使えません。名前には、小文字の英字、数字、ハイフンだけを使います（例: first-aid）。ページの番地になります`},
		{"measure", "flashlight", `content/measures/flashlight.md は、もうあります。何も書いていません。別の名前にしてください`},
		{"threat", "gone", `"gone" は、前に公開した名前です（content/published.toml にあります）。何も書いていません。やめた名前は二度と使えないので、別の名前にしてください`},
	} {
		invoke("new", test.kind, test.name).want(t, outcome{exitFailure, "", "generator: " + test.want + "\n"})
	}
	wantTree(t, ".", before)
}

// Where there is no handbook, each command says how to come by one.
func TestNoHandbookHere(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, args := range [][]string{{"build"}, {"check"}, {"serve", "-addr", "localhost:0"}, {"new", "measure", "a"}} {
		got := invoke(args...)
		if got.code != exitFailure || got.stdout != "" || !strings.HasPrefix(got.stderr, "generator: ここには content フォルダーがありません。") || !strings.Contains(got.stderr, "new handbook") {
			t.Errorf("%q: got exit code %d, stdout %q, stderr %q, want 2 and what to do", args, got.code, got.stdout, got.stderr)
		}
	}
	wantNames(t, ".")
}

// Of a list that is written in a way of its own nothing is changed: check tells what to write.
func TestWithListed(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"terms = []\n", "terms = [\"a\"]\n"},
		{"terms = [\"b\",]\n", "terms = [\"b\", \"a\"]\n"},
		{"x = 1\nterms = [\n  \"b\"\n]\ny = 2\n", "x = 1\nterms = [\n  \"b\",\n  \"a\",\n]\ny = 2\n"},
		{"threats = [\"b\"]\n\n[withdrawn]\n", "threats = [\"b\"]\nterms = [\"a\"]\n\n[withdrawn]\n"},
		{"terms = [\"b\", # ]\n]\n", ""},
		{"threats = []\n\"terms\"=[]\n", ""},
		{"", ""},
	} {
		got, ok := withListed(test.text, "terms", "a")
		if ok != (test.want != "") || ok && got != test.want {
			t.Errorf("%q: got %q, %v, want %q", test.text, got, ok, test.want)
		}
	}
}

// A program that was built is all that is needed: it makes a handbook, and its site, where nothing
// else is.
func TestProgramElsewhere(t *testing.T) {
	dir := t.TempDir()
	program := filepath.Join(dir, "tebiki")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	build := exec.Command("go", "build", "-ldflags", "-X main.program=tebiki", "-o", program, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	run := func(want int, says string, args ...string) {
		t.Helper()
		cmd := exec.Command(program, args...)
		cmd.Dir = dir
		out, _ := cmd.CombinedOutput()
		if got := cmd.ProcessState.ExitCode(); got != want || !strings.Contains(string(out), says) {
			t.Fatalf("%q: got exit code %d\n%s\nwant %d and %q", args, got, out, want, says)
		}
	}
	run(exitFailure, "tebiki: ここには content フォルダーがありません", "build")
	run(exitFine, "my-own に、新しい手引きを作りました", "new", "handbook", "my-own")
	dir = filepath.Join(dir, "my-own")
	run(exitFine, "public に ", "build")
	run(exitFine, "内容に問題はありません", "check")
	run(exitFine, "measures/first-aid.md を作りました", "new", "measure", "first-aid")
	run(exitProblems, "直すところが 4 か所あります", "build")
	record := filepath.Join(dir, "content/measures/first-aid.md")
	write(t, record, strings.ReplaceAll(tree(t, dir)["content/measures/first-aid.md"], source.Blank, "手当ての道具をそろえます。"))
	for _, method := range []string{"house", "flat", "flat-pump"} {
		file := filepath.Join(dir, "content/handbook.toml")
		text := regexp.MustCompile(`(\[count\.`+method+`\]\nfirst = \d\nnext = )\d`).ReplaceAllString(tree(t, dir)["content/handbook.toml"], "${1}3")
		write(t, file, text)
	}
	run(exitFine, "public に ", "build")
	if tree(t, dir)["public/measures/first-aid.html"] == "" {
		t.Error("no page of the new measure")
	}
}
