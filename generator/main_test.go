package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/site"
)

// This binary is the command itself when commandEnv is set: tests that need a process of its own
// start it again.
const commandEnv = "GENERATOR_TEST_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(commandEnv) != "" {
		main()
	}
	os.Exit(m.Run())
}

// seeUsage follows what is wrong with a command line.
const seeUsage = "go run ./generator -h と打つと、使い方が出ます。\n"

// command returns the command as a process of its own.
func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary, args...)
	cmd.Env = append(os.Environ(), commandEnv+"=1")
	return cmd
}

// An outcome is what somebody at the keyboard sees.
type outcome struct {
	code           int
	stdout, stderr string
}

// progressLine appears every second, that is, on a slow machine only.
var progressLine = regexp.MustCompile(`(?m)^\d+ / \d+ ページを作りました\n`)

func invoke(args ...string) outcome {
	var stdout, stderr bytes.Buffer
	code := run(args, &stdout, &stderr)
	return outcome{code, stdout.String(), progressLine.ReplaceAllString(stderr.String(), "")}
}

func (got outcome) want(t *testing.T, want outcome) {
	t.Helper()
	if got != want {
		t.Errorf("got exit code %d\nstdout %q\nstderr %q\nwant exit code %d\nstdout %q\nstderr %q", got.code, got.stdout, got.stderr, want.code, want.stdout, want.stderr)
	}
}

// build makes the site in public, without problems.
func build(t *testing.T) {
	t.Helper()
	if got := invoke("build"); got.code != exitFine || got.stderr != "" {
		t.Fatalf("build: got exit code %d, stderr %q, want 0 and nothing", got.code, got.stderr)
	}
}

// enterProject copies the project's sources to a folder of its own and makes that the working
// folder. All of the content was reviewed today, so that no date is worth a warning, and the list of
// what was published is not sealed, so that tests can add to it.
func enterProject(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"content", "layouts", "static"} {
		if err := os.CopyFS(filepath.Join(dir, name), os.DirFS("../"+name)); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	list := regexp.MustCompile(`(?m)^seal = .*$`).ReplaceAllString(tree(t, "content")["published.toml"], "")
	write(t, "content/published.toml", list)
	reviewed := regexp.MustCompile(`(?m)^reviewed = \d+-\d+-\d+$`)
	for name, data := range tree(t, "content") {
		today := reviewed.ReplaceAllString(data, "reviewed = "+time.Now().Format(time.DateOnly))
		if today != data {
			write(t, filepath.Join("content", name), today)
		}
	}
}

func write(t *testing.T, name, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

// edit replaces a text that occurs in a file.
func edit(t *testing.T, name, old, new string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), old) {
		t.Fatalf("%s: no %q to replace", name, old)
	}
	write(t, name, strings.Replace(string(data), old, new, 1))
}

// tree returns the contents of all files of a folder, or nil when there is no such folder.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = string(data)
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// wantTree fails unless a folder holds exactly these files.
func wantTree(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	if diff := difference(tree(t, dir), want); diff != "" {
		t.Errorf("%s: %s", dir, diff)
	}
}

// difference says where two trees differ, or "".
func difference(got, want map[string]string) string {
	if names, wanted := slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)); !slices.Equal(names, wanted) {
		return fmt.Sprintf("got the files %q, want %q", names, wanted)
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got[name] != want[name] {
			return fmt.Sprintf("%s: got %.80q, want %.80q", name, got[name], want[name])
		}
	}
	return ""
}

// wantNames fails unless the folder holds these names and nothing else, such as what a build was working on.
func wantNames(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{}
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %q, want %q", dir, got, want)
	}
}

func TestUsage(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, args := range [][]string{
		{"-h"}, {"-help"}, {"--help"}, {"help"}, {"build", "-h"}, {"check", "--help"}, {"serve", "-h"}, {"build", "-out", "a", "-h"}, {"new", "-h"},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			invoke(args...).want(t, outcome{exitFine, usage, ""})
		})
	}
	for _, test := range []struct {
		args []string
		want string
	}{
		{nil, "new、build、check、serve、table、diff、schemas のどれをするかを書いてください"},
		{[]string{""}, "new、build、check、serve、table、diff、schemas のどれをするかを書いてください"},
		{[]string{"biuld"}, `"biuld" という命令はありません（build のことですか）`},
		{[]string{"-out", "a"}, `"-out" という命令はありません（書けるのは build、check、diff、new、schemas、serve、table）`},
		{[]string{"build", "-uot", "a"}, "-uot というオプションはありません"},
		{[]string{"check", "--x"}, "-x というオプションはありません"},
		{[]string{"build", "-out"}, "-out の後に値を書いてください"},
		{[]string{"build", "a"}, "余分なことばがあります: a"},
		{[]string{"check", "-out", "a", "b", "c"}, "余分なことばがあります: b c"},
		{[]string{"new"}, "種類と名前（例: new measure flashlight）を、new の後に書いてください"},
		{[]string{"new", "mesure"}, "種類と名前（例: new measure flashlight）を、new の後に書いてください"},
		{[]string{"new", "measure", "-content", "a"}, "名前を、new measure の後に書いてください（例: new measure my-measure）。名前はページの番地になります"},
		{[]string{"new", "handbook"}, "作るフォルダーの名前を、new handbook の後に書いてください（例: new handbook my-handbook）"},
		{[]string{"check", "－counts"}, "－counts の初めが、全角か長い横線です。半角の - にしてください"},
		{[]string{"check", "-out", "a", "—dates"}, "—dates の初めが、全角か長い横線です。半角の - にしてください"},
		{[]string{"ーh"}, "ーh の初めが、全角か長い横線です。半角の - にしてください"},
		{[]string{"new", "measure", "a", "b", "-content", "c"}, "余分なことばがあります: b"},
		{[]string{"build", "-dates"}, "-dates は check だけで使えます"},
		{[]string{"diff", "a", "b", "-write"}, "-write は table だけで使えます"},
		{[]string{"table", "a.csv", "-draft"}, "-draft は diff だけで使えます"},
		{[]string{"check", "-links", "-dates"}, "-dates と -links は、一緒に使えません"},
		{[]string{"table"}, "作る表を -o の後に書くか、読む表を table の後に書いてください"},
		{[]string{"table", "a.csv", "-o", "b.csv"}, "作る表を -o の後に書くか、読む表を table の後に書いてください"},
		{[]string{"table", "-o", "b.csv", "-write"}, "-write は、表を読むときだけ使えます"},
		{[]string{"table", "a.csv", "-write", "b.csv"}, "余分なことばがあります: b.csv"},
		{[]string{"diff", "a"}, "比べる二つのフォルダーか git の版を、diff の後に書いてください"},
		{[]string{"schemas"}, "作るフォルダーを、schemas の後に書いてください"},
		{[]string{"build", "-base-url", "nonsense"}, "-base-url は https://example.jp/ のような番地にしてください: nonsense"},
		{[]string{"build", "-base-url", "example.jp"}, "-base-url は https://example.jp/ のような番地にしてください: example.jp"},
		{[]string{"build", "-base-url", "//example.jp/"}, "-base-url は https://example.jp/ のような番地にしてください: //example.jp/"},
		{[]string{"build", "-base-url", "ftp://example.jp/"}, "-base-url は https://example.jp/ のような番地にしてください: ftp://example.jp/"},
		{[]string{"build", "-base-url", "https://"}, "-base-url は https://example.jp/ のような番地にしてください: https://"},
		{[]string{"build", "-base-url", "https:///a"}, "-base-url は https://example.jp/ のような番地にしてください: https:///a"},
		{[]string{"build", "-base-url", "https://:80/"}, "-base-url は https://example.jp/ のような番地にしてください: https://:80/"},
		{[]string{"build", "-base-url", "https://example.jp//a/"}, "-base-url は https://example.jp/ のような番地にしてください: https://example.jp//a/"},
		{[]string{"build", "-base-url", "https://example.jp/?a"}, "-base-url は https://example.jp/ のような番地にしてください: https://example.jp/?a"},
		{[]string{"build", "-base-url", "https://example.jp/?"}, "-base-url は https://example.jp/ のような番地にしてください: https://example.jp/?"},
		{[]string{"check", "-base-url", "https://example.jp/#a"}, "-base-url は https://example.jp/ のような番地にしてください: https://example.jp/#a"},
		{[]string{"serve", "-base-url", "https://a b/"}, "-base-url は https://example.jp/ のような番地にしてください: https://a b/"},
		{[]string{"check", "-base-url", "https://例え..jp/"}, "-base-url は https://example.jp/ のような番地にしてください: https://例え..jp/"},
		{[]string{"build", "-out", "content"}, "-out には、内容、型、見た目のフォルダーと別のフォルダーを書いてください: content"},
		{[]string{"build", "-out", "content/measures"}, "-out には、内容、型、見た目のフォルダーと別のフォルダーを書いてください: content/measures"},
		{[]string{"build", "-out", "static/a/b"}, "-out には、内容、型、見た目のフォルダーと別のフォルダーを書いてください: static/a/b"},
		{[]string{"build", "-out", "a", "-static", "a/b/../b"}, "-out には、内容、型、見た目のフォルダーと別のフォルダーを書いてください: a"},
	} {
		t.Run(strings.Join(test.args, " "), func(t *testing.T) {
			more := seeUsage
			if strings.Join(test.args, "") == "" {
				more = "\n" + usage
			}
			invoke(test.args...).want(t, outcome{exitFailure, "", "generator: " + test.want + "\n" + more})
		})
	}
	wantNames(t, ".")
}

// Among the content the schemas would be taken for files of it.
func TestSchemasAmongTheContent(t *testing.T) {
	enterProject(t)
	for _, dir := range []string{"content", "content/schemas", "./content/"} {
		if got := invoke("schemas", dir); got.code != exitFailure || !strings.Contains(got.stderr, "内容のフォルダーの中です") {
			t.Errorf("%s: got exit code %d, stderr %q", dir, got.code, got.stderr)
		}
	}
	if got := invoke("check"); got.code != exitFine {
		t.Errorf("got %q of the content after it", got.stderr)
	}
}

// check -dates lists every day of a check, the nearest due first, whatever else is wrong.
func TestDates(t *testing.T) {
	enterProject(t)
	edit(t, "content/frameworks/scs-4.md", "checked = 2026-11-28", "checked = 2025-02-28")
	edit(t, "content/threats/malware.md", "number = 1", "number = 9.5")
	got := invoke("check", "-dates")
	if got.code != exitFine || got.stderr != "" {
		t.Errorf("got exit code %d, stderr %q, want 0 and nothing", got.code, got.stderr)
	}
	lines := strings.Split(strings.TrimSpace(got.stdout), "\n")
	if want := "content/frameworks/scs-4.md:8: 2025-02-28 に確かめました。見直しの期限は 2026-02-28 です。"; lines[0] != want {
		t.Errorf("got first %q, want %q", lines[0], want)
	}
	line := regexp.MustCompile(`^content/([a-z]+)[/.\w-]*:\d+: .* (\d+-\d+-\d+) です。$`)
	due, kinds := "", map[string]bool{}
	for _, l := range lines {
		m := line.FindStringSubmatch(l)
		if m == nil || m[2] < due {
			t.Fatalf("got %q after one due %s, want lines by day", l, due)
		}
		due, kinds[m[1]] = m[2], true
	}
	for _, kind := range []string{"handbook", "leak", "measures", "guides", "terms", "lifecycles", "incidents"} {
		if !kinds[kind] {
			t.Errorf("no date of %s", kind)
		}
	}
}

// The usage names every command and option, each command takes all values, and it names the exit
// codes.
func TestUsageIsComplete(t *testing.T) {
	options := regexp.MustCompile(`(?m)^  (-[a-z-]+) +[A-Z]`).FindAllStringSubmatch(usage, -1)
	if len(options) != 8 {
		t.Errorf("got the options %q, want 8", options)
	}
	for _, kind := range append(handbook.DraftKinds(), "handbook") {
		if !regexp.MustCompile(`(?m)^  .*\b` + kind + `\b`).MatchString(usage) {
			t.Errorf("new %s: not in the usage", kind)
		}
	}
	for command := range commands {
		if !strings.Contains(usage, "go run ./generator "+command+" ") {
			t.Errorf("%s: not in the usage", command)
		}
		for _, option := range options {
			invoke(command, option[1]).want(t, outcome{exitFailure, "", "generator: " + option[1] + " の後に値を書いてください\n" + seeUsage})
		}
	}
	for option := range optionsOf {
		if !strings.Contains(usage, "\n  -"+option+" ") {
			t.Errorf("-%s: not in the usage", option)
		}
	}
	for _, code := range []int{exitFine, exitProblems, exitFailure} {
		if !strings.Contains(usage, fmt.Sprintf("\n  %d  ", code)) {
			t.Errorf("exit code %d: not in the usage", code)
		}
	}
}

func TestExitCodeOfTheProcess(t *testing.T) {
	enterProject(t)
	write(t, "broken/a.txt", "")
	for want, args := range [][]string{
		exitFine:     {"check"},
		exitProblems: {"check", "-content", "broken"},
		exitFailure:  {"check", "-content", "nowhere"},
	} {
		cmd := command(t, args...)
		out, err := cmd.CombinedOutput()
		if got := cmd.ProcessState.ExitCode(); got != want {
			t.Errorf("%q: got exit code %d (%v), want %d\n%s", args, got, err, want, out)
		}
	}
}

func TestBuild(t *testing.T) {
	enterProject(t)
	got := invoke("build")
	sentence := regexp.MustCompile(`^public に (\d+) ページ（ファイル (\d+) 個、(\d+\.\d) MB）を \d+\.\d\d 秒で作りました。\n` +
		regexp.QuoteMeta(filepath.Join("public", "index.html")) + ` をブラウザで開いてください。\n$`).FindStringSubmatch(got.stdout)
	if got.code != exitFine || got.stderr != "" || sentence == nil {
		t.Fatalf("got exit code %d\nstdout %q\nstderr %q\nwant 0, the sentence and nothing", got.code, got.stdout, got.stderr)
	}
	files, pages, size := tree(t, "public"), 0, 0
	for name, data := range files {
		size += len(data)
		if strings.HasSuffix(name, ".html") {
			pages++
		}
	}
	want := []string{strconv.Itoa(pages), strconv.Itoa(len(files)), fmt.Sprintf("%.1f", float64(size)/1e6)}
	if !slices.Equal(sentence[1:], want) {
		t.Errorf("got pages, files and MB %q, want %q", sentence[1:], want)
	}
	wantNames(t, ".", "content", "layouts", "public", "static")

	// From elsewhere, to elsewhere, with whole paths.
	project, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	args := []string{"build", "-out", "a/b"}
	for _, name := range []string{"content", "layouts", "static"} {
		args = append(args, "-"+name, filepath.Join(project, name))
	}
	if got := invoke(args...); got.code != exitFine || got.stderr != "" || !strings.HasPrefix(got.stdout, "a/b に ") {
		t.Errorf("%q: got exit code %d\nstdout %q\nstderr %q", args, got.code, got.stdout, got.stderr)
	}
	wantTree(t, "a/b", files)
	if got := invoke(append(args, "-base-url", "https://example.jp/")...); got.code != exitFine || got.stderr != "" {
		t.Errorf("-base-url: got exit code %d\nstderr %q", got.code, got.stderr)
	}
	if sitemap := tree(t, "a/b")["sitemap.xml"]; !strings.Contains(sitemap, "https://example.jp/index.html") {
		t.Errorf("sitemap.xml: got %.200q, want the pages under -base-url", sitemap)
	}
}

// A host with a Japanese name is written as other programs look it up, wherever its address stands.
func TestBaseURLOfAJapaneseHost(t *testing.T) {
	enterProject(t)
	const host = "xn--r8jz45g.xn--zckzah"
	for given, want := range map[string]string{
		"https://例え.テスト":           "https://" + host + "/",
		"https://例え.テスト:8443/手引き/": "https://" + host + ":8443/%E6%89%8B%E5%BC%95%E3%81%8D/",
		"https://EXAMPLE.jp/a":     "https://EXAMPLE.jp/a/",
	} {
		if got := invoke("build", "-base-url", given); got.code != exitFine || got.stderr != "" {
			t.Fatalf("%s: got exit code %d, stderr %q, want 0 and nothing", given, got.code, got.stderr)
		}
		site := tree(t, "public")
		for name, text := range map[string]string{
			"index.html":  `<link rel="canonical" href="` + want + `index.html">`,
			"sitemap.xml": "<loc>" + want + "index.html</loc>",
			"robots.txt":  "Sitemap: " + want + "sitemap.xml\n",
		} {
			if !strings.Contains(site[name], text) {
				t.Errorf("%s: %s: got %.600q, want %q in it", given, name, site[name], text)
			}
		}
	}
}

// breakContent breaks two files and returns what is said of them: the line in the file, then the text.
func breakContent(t *testing.T) map[string]string {
	t.Helper()
	edit(t, "content/measures/antivirus.md", `threats = ["malware"]`, `threats = ["malwear"]`)
	edit(t, "content/handbook.toml", "review_months = 12", "review_months = 0")
	return map[string]string{
		"measures/antivirus.md": `threats = ["malwear"]`,
		"handbook.toml":         "review_months = 0",
	}
}

func TestProblems(t *testing.T) {
	enterProject(t)
	build(t)
	broken := breakContent(t)
	before := tree(t, ".")
	project, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, content := range []string{"", "content", "./content/", "../" + filepath.Base(project) + "/content", filepath.Join(project, "content")} {
		for command, last := range map[string]string{"build": "public は前のままです。\n", "check": ""} {
			t.Run(command+" "+content, func(t *testing.T) {
				args := []string{command}
				prefix := "content/"
				if content != "" {
					args = append(args, "-content", content)
					prefix = filepath.ToSlash(filepath.Clean(content)) + "/"
				}
				got := invoke(args...)
				got.want(t, outcome{exitProblems, "", prefix + "handbook.toml:" + lineOf(t, "content/handbook.toml", broken["handbook.toml"]) + ": 見直しの間隔は1か月以上にしてください\n" +
					prefix + "measures/antivirus.md:" + lineOf(t, "content/measures/antivirus.md", broken["measures/antivirus.md"]) + `: 脅威 "malwear" がありません（malware のことですか）` + "\n" +
					"直すところが 2 か所あります。\n" + last})
				for line := range strings.Lines(got.stderr) {
					if file, _, ok := strings.Cut(line, ":"); ok {
						if _, err := os.Stat(file); err != nil {
							t.Errorf("%s: got a path that cannot be opened: %v", line, err)
						}
					}
				}
			})
		}
	}
	wantTree(t, ".", before)
}

// lineOf returns the number of the line that is equal to a text.
func lineOf(t *testing.T, file, text string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.Index(strings.Split(string(data), "\n"), text)
	if i < 0 {
		t.Fatalf("%s: no line %q", file, text)
	}
	return strconv.Itoa(i + 1)
}

// What is wrong with the words of the interface is told with all the rest.
func TestProblemsOfWords(t *testing.T) {
	enterProject(t)
	broken := breakContent(t)
	edit(t, "content/ui.toml", "[footer]", "[foter]")
	got := invoke("check")
	for _, want := range []string{
		"content/handbook.toml:" + lineOf(t, "content/handbook.toml", broken["handbook.toml"]) + ": ",
		"content/ui.toml:" + lineOf(t, "content/ui.toml", "[foter]") + `: 項目 "foter" はここでは使えません（footer のことですか）` + "\n直すところが 3 か所あります。\n",
	} {
		if got.code != exitProblems || !strings.Contains(got.stderr, want) {
			t.Errorf("got exit code %d, stderr\n%swant %d and\n%s", got.code, got.stderr, exitProblems, want)
		}
	}
}

// A file of the interface's words, or of their language, that cannot be read is one problem: the
// terms that they use are not said to be unused.
func TestUnreadableWordsAreOneProblem(t *testing.T) {
	enterProject(t)
	for _, name := range []string{"content/ui.toml", "content/handbook.toml"} {
		before := tree(t, "content")[strings.TrimPrefix(name, "content/")]
		for how, data := range map[string]string{"other letters": "# \x93\xfa\x96{\n" + before, "no TOML": "=\n" + before, "empty": ""} {
			write(t, name, data)
			got := invoke("check")
			if got.code != exitProblems || !strings.HasPrefix(got.stderr, name+":1: ") || !strings.HasSuffix(got.stderr, "\n直すところが 1 か所あります。\n") {
				t.Errorf("%s, %s: got exit code %d, stderr\n%swant %d and one problem of the file", name, how, got.code, got.stderr, exitProblems)
			}
		}
		write(t, name, before)
	}
}

// A layout's fault is seen when its pages are made. By then others are written, out of sight.
func TestFaultOfALayout(t *testing.T) {
	enterProject(t)
	build(t)
	before := tree(t, ".")
	edit(t, "layouts/threat.html", "<section", `<a href="../nowhere.html"></a><section`)
	want := "generator: layouts と内容から作ったページに、直すところがあります:\nthreats/eavesdropping.html: リンク先 \"../nowhere.html\" がありません\n"
	invoke("build").want(t, outcome{exitFailure, "", want})
	edit(t, "layouts/threat.html", `<a href="../nowhere.html"></a><section`, "<section")
	wantTree(t, ".", before)
	wantNames(t, ".", "content", "layouts", "public", "static")
}

// What is wrong with layouts and scripts is found without making a page, in full, beside what is wrong
// with the content.
func TestCheckFindsFaultsOfLayoutsAndScripts(t *testing.T) {
	enterProject(t)
	broken := breakContent(t)
	if err := os.Rename("layouts/threat.html", "threat.html"); err != nil {
		t.Fatal(err)
	}
	edit(t, "layouts/measures.html", "{{word ", "{{wurd ")
	edit(t, "static/main.ts", "customElements", "const = customElements")
	edit(t, "static/main.css", "@import", "@improt")
	got := invoke("check")
	for _, want := range []string{
		"content/handbook.toml:" + lineOf(t, "content/handbook.toml", broken["handbook.toml"]) + ": ",
		"generator: layouts: ", "threat.html", "\"wurd\" not defined", "static:main.ts:", "@improt",
	} {
		if got.code != exitFailure || !strings.Contains(got.stderr, want) {
			t.Errorf("got exit code %d, stderr\n%swant %d and %q", got.code, got.stderr, exitFailure, want)
		}
	}
}

// TestBuildOfDamagedFiles: whatever happens to a file of the content, a build either names what is wrong
// and leaves the site that was there, byte by byte, or makes one; put right, the content gives the same
// site again. CASES says how often something happens, a hundredth of it here.
func TestBuildOfDamagedFiles(t *testing.T) {
	enterProject(t)
	build(t)
	site, content := tree(t, "public"), tree(t, "content")
	names := slices.Sorted(maps.Keys(content))
	r := rand.New(rand.NewPCG(2026, 12))
	half := func(data string) string { return data[:r.IntN(len(data))] }
	slips := []struct {
		name string
		left func(name, data string) map[string]string // of the file
	}{
		{"gone", func(name, data string) map[string]string { return nil }},
		{"empty", func(name, data string) map[string]string { return map[string]string{name: ""} }},
		{"renamed", func(name, data string) map[string]string { return map[string]string{name + ".txt": data} }},
		{"doubled", func(name, data string) map[string]string { return map[string]string{name: data, name + "~": data} }},
		{"half written", func(name, data string) map[string]string { return map[string]string{name: half(data)} }},
		{"damaged in a byte", func(name, data string) map[string]string {
			begin := half(data)
			return map[string]string{name: begin + string([]byte{byte(r.Uint32())}) + data[len(begin)+1:]}
		}},
	}
	cases := len(slips)
	if n, err := strconv.Atoi(os.Getenv("CASES")); err == nil {
		cases = max(cases, n/100)
	}
	refused := 0
	for i := range cases {
		slip, name := slips[i%len(slips)], names[r.IntN(len(names))]
		path := filepath.Join("content", name)
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		left := slip.left(name, content[name])
		for name, data := range left {
			write(t, filepath.Join("content", name), data)
		}
		got := invoke("build")
		switch got.code {
		case exitProblems:
			refused++
			wantTree(t, "public", site)
			if !strings.HasSuffix(got.stderr, "public は前のままです。\n") {
				t.Errorf("%s %s: got stderr %q, want it to say that public is as it was", name, slip.name, got.stderr)
			}
		case exitFine:
		default:
			t.Errorf("%s %s: got exit code %d, stderr %q, want 0 or 1", name, slip.name, got.code, got.stderr)
		}
		wantNames(t, ".", "content", "layouts", "public", "static")
		for name := range left {
			if err := os.Remove(filepath.Join("content", name)); err != nil {
				t.Fatal(err)
			}
		}
		write(t, path, content[name])
		if got.code == exitFine {
			build(t)
			wantTree(t, "public", site)
		}
	}
	if refused < cases/2 {
		t.Errorf("%d of %d builds were refused, want most", refused, cases)
	}
}

// What an editor links to is told with its line, without making a page.
func TestDeadLink(t *testing.T) {
	enterProject(t)
	file, err := os.OpenFile("content/pages/about.md", os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteString("\n[a](methods.htm)\n"); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	want := "content/pages/about.md:" + lineOf(t, "content/pages/about.md", "[a](methods.htm)") + `: リンク先 "methods.htm" がありません（methods.html のことですか）` +
		"\n直すところが 1 か所あります。\n"
	invoke("check").want(t, outcome{exitProblems, "", want})
	invoke("build").want(t, outcome{exitProblems, "", want + "public は前のままです。\n"})
	wantNames(t, ".", "content", "layouts", "static")
}

func TestWarningsDoNotStop(t *testing.T) {
	enterProject(t)
	edit(t, "content/threats/malware.md", "reviewed = "+time.Now().Format(time.DateOnly), "reviewed = 2020-01-31")
	want := "content/threats/malware.md:" + lineOf(t, "content/threats/malware.md", "reviewed = 2020-01-31") +
		": 注意: 見直しの期限 2021-01-31 を過ぎました（内容を確かめて、日付を新しくしてください）\n"
	invoke("check").want(t, outcome{exitFine, "注意が 1 か所あります。このままでも、サイトは作れます。\n", want})
	got := invoke("build")
	if got.code != exitFine || got.stderr != want || tree(t, "public")["index.html"] == "" {
		t.Errorf("got exit code %d, stderr %q, index.html %.20q, want 0, %q and a page", got.code, got.stderr, tree(t, "public")["index.html"], want)
	}
}

func TestCheckWritesNothing(t *testing.T) {
	enterProject(t)
	build(t)
	state := func() string {
		var b strings.Builder
		err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := entry.Info()
			if err == nil {
				fmt.Fprintln(&b, name, info.Mode(), info.Size(), info.ModTime().UnixNano())
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	before := state()
	for _, args := range [][]string{{"check"}, {"check", "-out", "elsewhere"}, {"check", "-base-url", "https://example.jp/"}} {
		invoke(args...).want(t, outcome{exitFine, "内容に問題はありません。\n", ""})
	}
	if after := state(); after != before {
		t.Errorf("got\n%s\nwant\n%s", after, before)
	}
	breakContent(t)
	before = state()
	if got := invoke("check"); got.code != exitProblems {
		t.Errorf("broken content: got exit code %d, want 1", got.code)
	}
	if after := state(); after != before {
		t.Errorf("broken content: got\n%s\nwant\n%s", after, before)
	}
}

func TestForeignFilesAreMovedAside(t *testing.T) {
	enterProject(t)
	theirs := map[string]string{"家計.txt": "大事", "a/index.html": "<p>not ours</p>"}
	for name, data := range theirs {
		write(t, filepath.Join("public", name), data)
	}
	got := invoke("build")
	if want := "public には、このサイトではないものが入っていました。public.old-1 に移しました。\n"; got.code != exitFine || got.stderr != want {
		t.Errorf("got exit code %d, stderr %q, want 0 and %q", got.code, got.stderr, want)
	}
	wantTree(t, "public.old-1", theirs)
	built := tree(t, "public")
	if built["index.html"] == "" || built["家計.txt"] != "" {
		t.Errorf("public: got %q, want the site and nothing else", slices.Sorted(maps.Keys(built)))
	}

	// What this command made is replaced without a trace, also when its address has changed.
	if got := invoke("build", "-base-url", "https://example.jp/"); got.code != exitFine || got.stderr != "" {
		t.Errorf("got exit code %d, stderr %q, want 0 and nothing", got.code, got.stderr)
	}
	write(t, "public/.DS_Store", "of the Finder")
	build(t)
	wantTree(t, "public", built)
	wantNames(t, ".", "content", "layouts", "public", "public.old-1", "static")

	// What somebody adds to the output, or keeps it with, is not this command's.
	write(t, "public/.git/HEAD", "大事")
	write(t, "public/.well-known/security.txt", "大事")
	write(t, "public/CNAME", "大事")
	write(t, "public/measures/mine.html", site.GeneratorMark)
	got = invoke("build")
	if want := "public には、このサイトではないもの（.git/HEAD、.well-known/security.txt、CNAME、measures/mine.html）が入っていました。" +
		"前の public を、丸ごと public.old-2 に移しました。公開を続けるものは、" + filepath.Join("content", "public") + " に入れてください。\n"; got.code != exitFine || got.stderr != want {
		t.Errorf("got exit code %d, stderr %q, want 0 and %q", got.code, got.stderr, want)
	}
	if got := tree(t, "public.old-2")[".git/HEAD"]; got != "大事" {
		t.Errorf("public.old-2/.git/HEAD: got %q, want what was there", got)
	}
}

// Files of content/public are published as they are, on the web, in the zip and by serve, texts may
// link to them, and later builds know that they are ours.
func TestFilesPublishedAsTheyAre(t *testing.T) {
	enterProject(t)
	files := map[string]string{"CNAME": "tebiki.example\n", ".well-known/security.txt": "Contact: mailto:a@example.jp\n", ".nojekyll": "", "form.pdf": "%PDF \xff", "google1a.html": "google-site-verification"}
	for name, data := range files {
		write(t, filepath.Join("content/public", name), data)
	}
	write(t, "content/public/.DS_Store", "of the Finder")
	about := tree(t, "content")["pages/about.md"]
	write(t, "content/pages/about.md", about+"\n[a](form.pdf)\n")
	edit(t, "content/published.toml", "files = [\"share.png\"]\n", "") // what is listed is missed
	build(t)
	built := tree(t, "public")
	for name, want := range files {
		if got, ok := built[name]; got != want || !ok {
			t.Errorf("%s: got %q, %v, want %q", name, got, ok, want)
		}
	}
	if _, ok := built[".DS_Store"]; ok {
		t.Error("got .DS_Store published")
	}
	s := startServer(t)
	if got := fetch(t, s.URL+"/.well-known/security.txt"); got.status != http.StatusOK || got.body != files[".well-known/security.txt"] {
		t.Errorf("serve: got status %d, %q", got.status, got.body)
	}
	if err := os.RemoveAll("content/public"); err != nil {
		t.Fatal(err)
	}
	write(t, "content/pages/about.md", about)
	build(t)
	wantNames(t, ".", "content", "layouts", "public", "static")

	// Addresses that are the site's, or none.
	const taken = " は、このサイトが別のことに使います（別の名前にしてください）"
	var want string
	for _, c := range []struct{ name, problem string }{
		{"Robots.txt", "番地 Robots.txt" + taken},
		{"_headers", "番地 _headers" + taken},
		{"a b.txt", "名前は、半角の英数字と「.」「_」「-」だけにしてください（ページの番地になります）"},
		{"assets/a.js", "番地 assets/a.js" + taken},
		{"data/search-1.js", "番地 data/search-1.js" + taken},
		{"deep/er/a", ""},
		{"hub.html", "番地 hub.html" + taken},
		{"index.html", "番地 index.html" + taken},
		{"sitemap.xml", "番地 sitemap.xml" + taken},
	} {
		write(t, filepath.Join("content/public", c.name), "x")
		if c.name == "deep/er/a" {
			c.name, c.problem = "deep/er", "フォルダーの中のフォルダーには置けません（一つ上のフォルダーに移してください）"
		}
		want += "content/public/" + c.name + ":1: " + c.problem + "\n"
	}
	invoke("check").want(t, outcome{exitProblems, "", want + "直すところが 9 か所あります。\n"})
}

// Sources behind a link are sources too.
func TestOutBehindALinkIsNoSource(t *testing.T) {
	enterProject(t)
	if err := os.Rename("content", "real"); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("real", "content"); err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{"content/measures", "content/new", "real/new/folder", "."} {
		invoke("build", "-out", out).want(t, outcome{exitFailure, "", "generator: -out には、内容、型、見た目のフォルダーと別のフォルダーを書いてください: " + out + "\n" + seeUsage})
	}
}

func TestFailures(t *testing.T) {
	enterProject(t)
	build(t)
	write(t, "file", "大事")
	before := tree(t, ".")
	for _, test := range []struct {
		args []string
		want string // in what stderr says
	}{
		{[]string{"build", "-content", "nowhere"}, "内容のフォルダーを開けません: "},
		{[]string{"check", "-content", "nowhere"}, "内容のフォルダーを開けません: "},
		{[]string{"build", "-content", "file"}, "内容のフォルダーではありません: file\n"},
		{[]string{"build", "-content", ""}, "内容のフォルダーを開けません: "},
		{[]string{"build", "-layouts", "nowhere"}, "ページの型のフォルダーを開けません: "},
		{[]string{"check", "-static", "nowhere"}, "見た目とスクリプトのフォルダーを開けません: "},
		{[]string{"build", "-layouts", "content"}, "base.html"},
		{[]string{"build", "-static", "content"}, "static: "},
		{[]string{"check", "-static", "content"}, "static: "},
		{[]string{"build", "-out", "file"}, "file を書けませんでした。前の内容はそのままです: "},
		{[]string{"build", "-out", "file/public"}, "file/public を書けませんでした。前の内容はそのままです: "},
		{[]string{"build", "-out", "file/a/b"}, "file/a/b を書けませんでした。前の内容はそのままです: "},
		{[]string{"serve", "-addr", "nonsense"}, "nonsense で待てません（-addr localhost:8081 のように、別の番地を指定してください）: "},
	} {
		t.Run(strings.Join(test.args, " "), func(t *testing.T) {
			got := invoke(test.args...)
			if got.code != exitFailure || got.stdout != "" || !strings.HasPrefix(got.stderr, "generator: ") || !strings.Contains(got.stderr, test.want) || strings.Contains(got.stderr, usage) {
				t.Errorf("got exit code %d\nstdout %q\nstderr %q\nwant 2, nothing and %q", got.code, got.stdout, got.stderr, test.want)
			}
		})
	}
	wantTree(t, ".", before)
	wantNames(t, ".", "content", "file", "layouts", "public", "static")
}

func TestBuildIsWholeAfterAKill(t *testing.T) {
	enterProject(t)
	build(t)
	first := tree(t, "public")
	edit(t, "content/handbook.toml", `title = "てびき"`, `title = "二番目"`)
	start := time.Now()
	if got := invoke("build", "-out", "second"); got.code != exitFine {
		t.Fatalf("got exit code %d\n%s", got.code, got.stderr)
	}
	duration := time.Since(start)
	second := tree(t, "second")

	const kills = 8
	killed := 0
	for i := range kills {
		cmd := command(t, "build")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// The site is written at the end of a build: most kills are to come then.
		delay := duration/2 + rand.N(duration)*time.Duration(i+1)/kills
		time.Sleep(delay)
		if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Fatal(err)
		}
		cmd.Wait()
		if !cmd.ProcessState.Exited() {
			killed++
		}
		got := tree(t, "public")
		if a, b := difference(got, first), difference(got, second); a != "" && b != "" {
			t.Fatalf("killed after %v: neither the first site nor the second:\n%s\n%s", delay, a, b)
		}
	}
	if killed == 0 {
		t.Errorf("all %d were done before they were killed: the test proves nothing", kills)
	}
	build(t)
	wantTree(t, "public", second)
	wantNames(t, ".", "content", "layouts", "public", "second", "static")
}

// A reply is what a browser gets.
type reply struct {
	status int
	header http.Header
	body   string
}

func fetch(t *testing.T, address string) reply {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{response.StatusCode, response.Header, string(body)}
}

// startServer serves the project in the working folder.
func startServer(t *testing.T) *httptest.Server {
	t.Helper()
	return startServerTelling(t, io.Discard)
}

func startServerTelling(t *testing.T, stderr io.Writer) *httptest.Server {
	t.Helper()
	return startServerOf(t, project{content: "content", layouts: "layouts", static: "static"}, stderr)
}

func startServerOf(t *testing.T, p project, stderr io.Writer) *httptest.Server {
	t.Helper()
	handler := newServer(p, stderr)
	t.Cleanup(handler.watcher.close)
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	return s
}

// saved is what the terminal says of a change after which nothing else is to be said.
var saved = regexp.MustCompile(`(?m)^\d\d:\d\d:\d\d 変わったところを読みました。\n`)

// Warnings are told where the command was given, each time there are others.
func TestServeTellsOfWarnings(t *testing.T) {
	enterProject(t)
	edit(t, "content/threats/malware.md", "reviewed = "+time.Now().Format(time.DateOnly), "reviewed = 2020-01-31")
	var stderr bytes.Buffer
	s := startServerTelling(t, &stderr)
	want := "content/threats/malware.md:" + lineOf(t, "content/threats/malware.md", "reviewed = 2020-01-31") +
		": 注意: 見直しの期限 2021-01-31 を過ぎました（内容を確かめて、日付を新しくしてください）\n"
	for _, change := range []func(){func() {}, func() {}, func() { edit(t, "layouts/base.html", "<body", "<body data-changed") }} {
		change()
		if got := fetch(t, s.URL); got.status != http.StatusOK {
			t.Errorf("got status %d, want 200", got.status)
		}
		if got := saved.ReplaceAllString(stderr.String(), ""); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	edit(t, "content/threats/malware.md", "reviewed = 2020-01-31", "reviewed = "+time.Now().Format(time.DateOnly))
	fetch(t, s.URL)
	later := regexp.MustCompile(`^\n\d\d:\d\d:\d\d\n注意は、もうありません。\n$`)
	if got := strings.TrimPrefix(saved.ReplaceAllString(stderr.String(), ""), want); !later.MatchString(got) {
		t.Errorf("got %q after the mend, want %s", got, later)
	}
}

func TestServe(t *testing.T) {
	enterProject(t)
	build(t)
	built := tree(t, "public")
	s := startServer(t)
	types := map[string]string{
		".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
		".svg": "image/svg+xml", ".json": "application/json", ".csv": "text/csv; charset=utf-8", ".png": "image/png", ".txt": "text/plain; charset=utf-8",
		".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".md": "text/markdown; charset=utf-8", ".jsonld": "application/ld+json",
		".webmanifest": "application/manifest+json", "": "text/plain; charset=utf-8", ".conf": "text/plain; charset=utf-8", ".htaccess": "text/plain; charset=utf-8",
	}
	addresses := map[string]string{"/": "index.html"}
	for name := range built {
		addresses["/"+name] = name
	}
	for address, name := range addresses {
		if name == "_headers" || name == "download/offline.zip" || name == "download.html" || name == "sw.js" {
			continue // read by servers; or the zip, which is not made, and what tells of files
		}
		got := fetch(t, s.URL+address)
		if filepath.Ext(name) == ".html" {
			got.body = withoutPreview(t, got.body)
		}
		if got.status != http.StatusOK || got.body != built[name] {
			t.Errorf("%s: got status %d, %.60q, want 200 and the bytes of the build", address, got.status, got.body)
		}
		if kind, want := got.header.Get("Content-Type"), types[filepath.Ext(name)]; kind != want {
			t.Errorf("%s: Content-Type: got %q, want %q", address, kind, want)
		}
		wantHeaders(t, "tebiki", name, got)
	}
	checksum := regexp.MustCompile(`[0-9a-f]{64}`)
	if got := fetch(t, s.URL+"/download.html"); got.status != http.StatusOK || !strings.Contains(got.body, site.GeneratorMark) || checksum.MatchString(got.body) {
		t.Errorf("download.html: got status %d, %.60q, want 200 and a page without a checksum", got.status, got.body)
	}
	for _, address := range []string{"/download/offline.zip", "/nowhere.html", "/measures/", "/measures", "/a/b/c", "/../main.go", "/..%2fmain.go", "/content/handbook.toml", "/%00"} {
		got := fetch(t, s.URL+address)
		if got.status != http.StatusNotFound || withoutPreview(t, got.body) != built["404.html"] || got.header.Get("Content-Type") != types[".html"] {
			t.Errorf("%s: got status %d, %.60q, want 404 and the page for it", address, got.status, got.body)
		}
		wantHeaders(t, "tebiki", address, got)
	}
}

// previewTag is what serve adds to every page. The state of the sources that it was made from stands in it.
var previewTag = regexp.MustCompile(`<head><script defer src="/(serve/preview\.js)\?([0-9a-f]+)"></script>`)

// withoutPreview returns a page as it is published.
func withoutPreview(t *testing.T, page string) string {
	t.Helper()
	if n := len(previewTag.FindAllString(page, -1)); n != 1 {
		t.Errorf("%.600q: got the script of the preview %d times, want once", page, n)
	}
	return previewTag.ReplaceAllString(page, "<head>")
}

// madeFrom returns the state that a page was made from.
func madeFrom(t *testing.T, s *httptest.Server, address string) string {
	t.Helper()
	body := fetch(t, s.URL+address).body
	tag := previewTag.FindStringSubmatch(body)
	if tag == nil {
		t.Fatalf("%s: got %.600q, want the script of the preview", address, body)
	}
	return tag[2]
}

// fetchNews asks for news by a reader who knows of a state.
func fetchNews(t *testing.T, s *httptest.Server, known string) news {
	t.Helper()
	got := fetch(t, s.URL+"/serve/news?"+known)
	if got.status != http.StatusOK || got.header.Get("Content-Type") != "application/json" {
		t.Fatalf("got status %d, Content-Type %q, want 200 and JSON", got.status, got.header.Get("Content-Type"))
	}
	wantHeaders(t, "", "serve/news", got)
	var n news
	if err := json.Unmarshal([]byte(got.body), &n); err != nil {
		t.Fatalf("%v in %q", err, got.body)
	}
	return n
}

// A page learns that it would no longer be made from the state that it was made from. That it then loads
// itself is tested in a browser, in e2e/.
func TestServeTellsOfChanges(t *testing.T) {
	enterProject(t)
	s := startServer(t)
	for name, kind := range map[string]string{"preview.js": "text/javascript; charset=utf-8", "preview.css": "text/css; charset=utf-8"} {
		want, err := previewFiles.ReadFile("preview/" + name)
		if err != nil {
			t.Fatal(err)
		}
		got := fetch(t, s.URL+"/serve/"+name+"?0123")
		if got.status != http.StatusOK || got.header.Get("Content-Type") != kind || got.body != string(want) {
			t.Errorf("%s: got status %d, Content-Type %q, %.80q, want the file", name, got.status, got.header.Get("Content-Type"), got.body)
		}
		wantHeaders(t, "", "serve/"+name, got)
	}
	if got := fetch(t, s.URL+"/serve/nothing"); got.status != http.StatusNotFound {
		t.Errorf("got status %d, want 404", got.status)
	}

	last := news{}
	for i, c := range []struct {
		change  func()
		isSound bool
		changed string
	}{
		{func() {}, true, ""},
		{func() { edit(t, "content/measures/antivirus.md", `threats = ["malware"]`, `threats = ["malwear"]`) }, false, ""},
		{func() { edit(t, "content/measures/antivirus.md", `threats = ["malwear"]`, `threats = ["malware"]`) }, true, "measures/antivirus.html"},
		{func() { edit(t, "layouts/base.html", "<body", "<body data-changed") }, true, ""},
		{func() { write(t, "static/images/new.svg", "<svg/>") }, true, ""},
		{func() { edit(t, "content/flow.toml", "\n", "\n\n") }, true, "flow.html"},
		{func() {
			if err := os.Rename("content", "elsewhere"); err != nil {
				t.Fatal(err)
			}
		}, false, ""},
	} {
		c.change()
		got := fetchNews(t, s, last.State) // which it waits for
		if got.State == last.State {
			t.Errorf("%d: got %s after a change as before it", i, got.State)
		}
		if isNew := got.Made == got.State; isNew != c.isSound || !isNew && got.Made != last.Made {
			t.Errorf("%d: got pages made from %s in the state %s, after %s", i, got.Made, got.State, last.Made)
		}
		if got.Changed != c.changed {
			t.Errorf("%d: got the changed page %q, want %q", i, got.Changed, c.changed)
		}
		for _, address := range []string{"/", "/measures/antivirus.html", "/nowhere.html"} {
			if made := madeFrom(t, s, address); made != got.Made {
				t.Errorf("%d: %s: got a page made from %s, want one made from %s", i, address, made, got.Made)
			}
		}
		if again := fetchNews(t, s, ""); again.State != got.State || again.Made != got.Made {
			t.Errorf("%d: got %v, then %v without a change", i, got, again)
		}
		last = got
	}
}

// Who waits is told of a change as soon as it is there, without asking again, and of what the system
// does not tell of.
func TestServeTellsAtOnce(t *testing.T) {
	enterProject(t)
	s := startServer(t)
	unwatched := newServer(project{content: "content", layouts: "layouts", static: "static"}, io.Discard)
	unwatched.watcher.close()
	looking := httptest.NewServer(unwatched)
	defer looking.Close()
	for what, s := range map[string]*httptest.Server{"watched": s, "looked at": looking} {
		known := fetchNews(t, s, "").State
		told := make(chan news)
		go func() { told <- fetchNews(t, s, known) }()
		select {
		case got := <-told:
			t.Errorf("%s: got %v before there was any news", what, got)
		case <-time.After(50 * time.Millisecond):
		}
		start := time.Now()
		edit(t, "content/measures/antivirus.md", `title = "`, `title = "また`)
		if got := <-told; got.Changed != "measures/antivirus.html" {
			t.Errorf("%s: got %v, want the page of the file that was changed", what, got)
		}
		t.Logf("%s: told after %v", what, time.Since(start).Round(time.Millisecond))
	}
}

// Who saves a file may empty it first, or take it away: no problem is told of what is not there yet.
func TestServeWaitsForWhoWrites(t *testing.T) {
	enterProject(t)
	var stderr bytes.Buffer
	handler := newServer(project{content: "content", layouts: "layouts", static: "static"}, &stderr)
	handler.writing = time.Minute
	t.Cleanup(handler.watcher.close)
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	known := fetchNews(t, s, "").State
	for i, begin := range []func(name string) error{func(name string) error { return os.Truncate(name, 0) }, os.Remove} {
		const name = "content/measures/antivirus.md"
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := begin(name); err != nil {
			t.Fatal(err)
		}
		written := make(chan error)
		go func() {
			time.Sleep(time.Second) // by then the server has looked
			written <- os.WriteFile(name, append(text, '\n'), 0o644)
		}()
		got := fetchNews(t, s, known)
		if err := <-written; err != nil {
			t.Fatal(err)
		}
		if len(got.Files) > 0 || got.Err != "" || got.Made != got.State || saved.ReplaceAllString(stderr.String(), "") != "" {
			t.Errorf("%d: got %+v and %q, want no problem", i, got, stderr.String())
		}
		known = got.State
	}
}

// Problems are told by file, those that stop the build first, and of these the one that was written last,
// with their lines and links to them.
func TestServeTellsOfProblems(t *testing.T) {
	enterProject(t)
	const measure, threat = "content/measures/antivirus.md", "content/threats/malware.md"
	edit(t, threat, "reviewed = "+time.Now().Format(time.DateOnly), "reviewed = 2020-01-31")
	const early = "content/measures/access-logs.md" // comes first by its name
	edit(t, early, "reviewed = "+time.Now().Format(time.DateOnly), "reviewed = 2020-01-31")
	edit(t, measure, `threats = ["malware"]`, `  threats = ["malwear"]  `)
	edit(t, "content/published.toml", "\npages = [\n", "\npages = [\n  \"neu\",\n")
	edited := time.Now().Add(time.Minute)
	if err := os.Chtimes("content/published.toml", edited, edited); err != nil {
		t.Fatal(err)
	}
	s := startServerOf(t, project{content: "content", layouts: "layouts", static: "static", editor: "vscode"}, io.Discard)
	got := fetchNews(t, s, "")
	var names []string
	for _, file := range got.Files {
		names = append(names, file.Name)
	}
	if want := []string{"content/published.toml", measure, early, threat}; !slices.Equal(names, want) || got.Stopping != 2 || got.Warnings != 2 {
		t.Fatalf("got %q, %d and %d, want %q, 2 and 2", names, got.Stopping, got.Warnings, want)
	}
	full, err := filepath.Abs(measure)
	if err != nil {
		t.Fatal(err)
	}
	line := lineOf(t, measure, `  threats = ["malwear"]  `)
	if p := got.Files[1].Problems[0]; fmt.Sprint(p.Line) != line || p.Quote != `threats = ["malwear"]` || p.Warning || string(p.Link) != "vscode://file"+filepath.ToSlash(full)+":"+line {
		t.Errorf("got %+v", p)
	}
	if p := got.Files[3].Problems[0]; p.Quote != "reviewed = 2020-01-31" || !p.Warning {
		t.Errorf("got %+v", p)
	}
	// With no site yet, the same stands in a page.
	page := fetch(t, s.URL)
	for _, want := range []string{"<h2>" + measure, "<code>threats = [&#34;malwear&#34;]</code>", `<a href="vscode://file/`, "<strong>注意</strong>", "reviewed = 2020-01-31"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("got %s, want %s in it", page.body, want)
		}
	}
}

func TestEditorLink(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "a b+c", "ｄ.md")
	full := filepath.ToSlash(folder) + "/a%20b%2Bc/%EF%BD%84.md"
	for editor, want := range map[string]string{
		"":                              "",
		"vscode":                        "vscode://file" + full + ":12",
		"zed":                           "zed://file" + full + ":12",
		"idea":                          "idea://open?file=" + full + "&line=12",
		"subl://open?url={file}":        "subl://open?url=" + full,
		"editor://a{file}?{line}{line}": "editor://a" + full + "?1212",
	} {
		if got := (project{editor: editor}).editorLink(file, 12); got != want {
			t.Errorf("%s: got %q, want %q", editor, got, want)
		}
		if editor != "" && !isEditor(editor) {
			t.Errorf("%s: got it refused", editor)
		}
	}
	for _, editor := range []string{"emacs", "vscode://file/", "javascript:alert({file})", "{file}", "a b://{file}", "vscode://{file}%zz"} {
		if isEditor(editor) {
			t.Errorf("%s: got it taken for an editor", editor)
		}
	}
}

// Where it listens to everybody, an address is told that this machine can open.
func TestVisitedAt(t *testing.T) {
	for listening, want := range map[string]string{
		"127.0.0.1:8080": "http://127.0.0.1:8080/",
		"[::1]:80":       "http://[::1]:80/",
		"[::]:8080":      "http://localhost:8080/",
		"0.0.0.0:8080":   "http://localhost:8080/",
	} {
		address, err := net.ResolveTCPAddr("tcp", listening)
		if err != nil {
			t.Fatal(err)
		}
		here, elsewhere := visitedAt(address)
		if here != want || len(elsewhere) > 0 && !address.IP.IsUnspecified() {
			t.Errorf("%s: got %q, %q, want %q", listening, here, elsewhere, want)
		}
		for _, other := range elsewhere {
			if u, err := url.Parse(other); err != nil || !(project{addr: listening}).answersFor(u.Host) {
				t.Errorf("%s: got %q, %v, which is not answered", listening, other, err)
			}
		}
	}
}

func TestBrowserCommand(t *testing.T) {
	for system, want := range map[string]string{"windows": "rundll32", "darwin": "open", "linux": "xdg-open", "freebsd": "xdg-open"} {
		if got := browserCommand(system, "http://localhost/"); got[0] != want || got[len(got)-1] != "http://localhost/" {
			t.Errorf("%s: got %q, want %s", system, got, want)
		}
	}
}

// wantHeaders fails unless the reply has the headers of a handbook's site.
func wantHeaders(t *testing.T, id, address string, got reply) {
	t.Helper()
	for _, header := range site.Headers(id, address) {
		name, want, _ := strings.Cut(header, ": ")
		if value := got.header.Values(name); !slices.Equal(value, []string{want}) {
			t.Errorf("%s: %s: got %q, want %q", address, name, value, want)
		}
	}
	want := "no-store" // what is served changes
	if site.IsNamed(address) && got.status == http.StatusOK {
		want = "max-age=31536000, immutable"
	}
	if value := got.header.Get("Cache-Control"); value != want {
		t.Errorf("%s: Cache-Control: got %q, want %q", address, value, want)
	}
}

// A page of another site, whose name was made to lead here, learns nothing; nor does anybody write.
func TestServeAnswersItsOwnAlone(t *testing.T) {
	enterProject(t)
	server := newServer(project{content: "content", layouts: "layouts", static: "static", addr: "tebiki.internal:8080"}, io.Discard)
	for _, c := range []struct {
		method, host, address string
		want                  int
	}{
		{"GET", "localhost:8080", "/", 200},
		{"HEAD", "LOCALHOST", "/", 200},
		{"GET", "127.0.0.1:8080", "/", 200},
		{"GET", "[::1]:8080", "/", 200},
		{"GET", "[::1]", "/", 200},
		{"GET", "192.168.1.2:8080", "/", 200},
		{"GET", "tebiki.internal:8080", "/", 200},
		{"GET", "attacker.example:8080", "/", 421},
		{"GET", "attacker.example", "/serve/news", 421},
		{"GET", "localhost.attacker.example:8080", "/", 421},
		{"GET", "127.0.0.1.attacker.example", "/", 421},
		{"GET", "", "/", 421},
		{"POST", "localhost:8080", "/", 405},
		{"OPTIONS", "localhost:8080", "/", 405},
		{"DELETE", "localhost:8080", "/serve/news", 405},
	} {
		got := httptest.NewRecorder()
		request := httptest.NewRequest(c.method, c.address, nil)
		request.Host = c.host
		server.ServeHTTP(got, request)
		if got.Code != c.want {
			t.Errorf("%s %s%s: got status %d, want %d", c.method, c.host, c.address, got.Code, c.want)
		}
		if told := strings.Contains(got.Body.String(), "<title>"); told != (c.want == 200 && c.method == "GET") {
			t.Errorf("%s %s%s: got %.80q", c.method, c.host, c.address, got.Body)
		}
		if allow := got.Header().Get("Allow"); (allow == "GET, HEAD") != (c.want == 405) {
			t.Errorf("%s %s%s: Allow: got %q", c.method, c.host, c.address, allow)
		}
	}
}

// Who sends no end of a request is hung up on.
func TestServeHangsUp(t *testing.T) {
	server := newHTTPServer(http.NotFoundHandler())
	for what, limit := range map[string]time.Duration{"header": server.ReadHeaderTimeout, "request": server.ReadTimeout, "idle": server.IdleTimeout} {
		if limit <= 0 || limit > 5*time.Minute {
			t.Errorf("%s: got the limit %v, want one", what, limit)
		}
	}
	server.ReadHeaderTimeout = 10 * time.Millisecond
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(listener)
	defer server.Close()
	connection, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	if _, err := io.WriteString(connection, "GET / HTTP/1.1\r\nHost: a"); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(connection); err != nil {
		t.Errorf("got %v, want the end", err)
	}
}

// What lies behind a link, file or folder, is followed; a link that leads back does not go round for
// ever.
func TestServeFollowsLinks(t *testing.T) {
	enterProject(t)
	for from, to := range map[string]string{"content/measures": "elsewhere/measures", "content/pages/about.md": "elsewhere/about.md"} {
		if err := os.MkdirAll("elsewhere", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
		absolute, err := filepath.Abs(to)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(absolute, from); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("..", "static/back"); err != nil {
		t.Fatal(err)
	}
	s := startServer(t)
	before := fetchNews(t, s, "").State
	for file, address := range map[string]string{"elsewhere/measures/antivirus.md": "/measures/antivirus.html", "elsewhere/about.md": "/about.html"} {
		edit(t, file, `title = "`, `title = "変えた`)
		after := fetchNews(t, s, "").State
		if after == before {
			t.Errorf("%s: got the state from before it was edited", file)
		}
		before = after
		if got := fetch(t, s.URL+address); got.status != http.StatusOK || !strings.Contains(got.body, "変えた") {
			t.Errorf("%s: got status %d, %.300q, want what was edited", address, got.status, got.body)
		}
	}
}

func TestServeFollowsTheSources(t *testing.T) {
	enterProject(t)
	s := startServer(t)
	has := func(address, want string) {
		t.Helper()
		if got := fetch(t, s.URL+address); got.status != http.StatusOK || !strings.Contains(got.body, want) {
			t.Errorf("%s: got status %d, %.300q, want 200 and %q in it", address, got.status, got.body, want)
		}
	}
	has("/measures/antivirus.html", "ウイルス対策ソフト")
	edit(t, "content/measures/antivirus.md", `title = "ウイルス対策ソフトを常に動かす"`, `title = "変えた題名"`)
	has("/measures/antivirus.html", "変えた題名")
	edit(t, "layouts/base.html", "<body", `<body data-changed`)
	has("/index.html", "<body data-changed")
	write(t, "content/pages/new.md", "+++\ntitle = \"新\"\nlabel = \"新\"\ndescription = \"新\"\nreviewed = "+time.Now().Format(time.DateOnly)+"\n+++\n\n新しいページです。\n")
	edit(t, "content/published.toml", "\npages = [\n", "\npages = [\n  \"new\",\n")
	has("/new.html", "新しいページです。")
	edit(t, "content/published.toml", "  \"new\",\n", "")
	if err := os.Remove("content/pages/new.md"); err != nil {
		t.Fatal(err)
	}
	if got := fetch(t, s.URL+"/new.html"); got.status != http.StatusNotFound {
		t.Errorf("a removed page: got status %d, want 404", got.status)
	}

	// What cannot be published is told of, and pages stay as they were.
	breaks := func(what string, wants ...string) {
		t.Helper()
		has("/measures/antivirus.html", "変えた題名")
		has("/index.html", "<body data-changed")
		told := fmt.Sprint(fetchNews(t, s, ""))
		for _, want := range wants {
			if !strings.Contains(told, want) {
				t.Errorf("%s: got %s, want %q in it", what, told, want)
			}
		}
	}
	edit(t, "content/measures/antivirus.md", `threats = ["malware"]`, `threats = ["<malwear>"]`)
	breaks("content", "content/measures/antivirus.md", `脅威 "<malwear>" がありません`)
	edit(t, "content/measures/antivirus.md", `threats = ["<malwear>"]`, `threats = ["malware"]`)
	has("/measures/antivirus.html", "変えた題名")

	// A fault of a layout shows when a page is made.
	edit(t, "layouts/base.html", "{{.Page.Edition.Language}}", "{{.Page.Langauge}}")
	for _, address := range []string{"/", "/measures/antivirus.html", "/nowhere.html"} {
		wantProblemsPage(t, s, address, "Langauge")
	}
	edit(t, "layouts/base.html", "{{.Page.Langauge}}", "{{.Page.Edition.Language}}")
	has("/", "<body data-changed")

	// What cannot be read stays a fault when something else changes.
	if err := os.Rename("static", "elsewhere"); err != nil {
		t.Fatal(err)
	}
	breaks("no static", "見た目とスクリプトのフォルダーを開けません")
	edit(t, "content/measures/antivirus.md", "変えた題名", "また変えた題名")
	breaks("still no static", "見た目とスクリプトのフォルダーを開けません")
	if err := os.Rename("elsewhere", "static"); err != nil {
		t.Fatal(err)
	}
	has("/measures/antivirus.html", "また変えた題名")
	edit(t, "content/measures/antivirus.md", "また変えた題名", "変えた題名")
	has("/measures/antivirus.html", "変えた題名")

	if err := os.Rename("content", "elsewhere"); err != nil {
		t.Fatal(err)
	}
	breaks("no content", "内容のフォルダーを開けません")
	if err := os.Rename("elsewhere", "content"); err != nil {
		t.Fatal(err)
	}
	has("/measures/antivirus.html", "変えた題名")
	wantNames(t, ".", "content", "layouts", "static")
}

// What no page relies on keeps nobody from looking at what is new, but is told of.
func TestServeShowsWhatCannotBePublishedYet(t *testing.T) {
	enterProject(t)
	measure := tree(t, "content")["measures/antivirus.md"]
	s := startServer(t)
	fetch(t, s.URL)
	write(t, "content/pages/new.md", "+++\ntitle = \"新\"\nlabel = \"新\"\ndescription = \"新\"\nreviewed = "+time.Now().Format(time.DateOnly)+"\n+++\n\n[新しい](measures/nowhere.html)ページです。\n")
	number := regexp.MustCompile(`(?m)^number = .*$`)
	write(t, "content/measures/new.md", number.ReplaceAllString(measure, `number = "`+number.FindString(measure)[len(`number = "`):][:1]+`-99"`))
	for _, address := range []string{"/new.html", "/measures/new.html"} {
		if got := fetch(t, s.URL+address); got.status != http.StatusOK {
			t.Errorf("%s: got status %d, %.300q, want the new page", address, got.status, got.body)
		}
	}
	told := fetchNews(t, s, "")
	for _, want := range []string{"pages/new.md がこの一覧にありません", "measures/new.md がこの一覧にありません", "項目のはずですが", `リンク先 "measures/nowhere.html" がありません`} {
		if !strings.Contains(fmt.Sprint(told), want) {
			t.Errorf("got %v, want %s in it", told, want)
		}
	}
	if told.Stopping == 0 || told.Made != told.State {
		t.Errorf("got %d problems and pages made from %s, want some and pages made from %s", told.Stopping, told.Made, told.State)
	}
	if got := invoke("check"); got.code != exitProblems {
		t.Errorf("check: got exit code %d, want %d", got.code, exitProblems)
	}
}

// wantProblemsPage fails unless an address gives the page of problems, with a text in it.
func wantProblemsPage(t *testing.T, s *httptest.Server, address, want string) {
	t.Helper()
	got := fetch(t, s.URL+address)
	if got.status != http.StatusInternalServerError || got.header.Get("Content-Type") != "text/html; charset=utf-8" || !strings.Contains(got.body, "直すところがあります") || !strings.Contains(got.body, want) {
		t.Errorf("%s: got status %d, Content-Type %q, %q, want 500 and a page with %q", address, got.status, got.header.Get("Content-Type"), got.body, want)
	}
	wantHeaders(t, "", address, got)
}

// Before anything could be published, every address gives the problems.
func TestServeBeforeThereIsASite(t *testing.T) {
	enterProject(t)
	edit(t, "content/measures/antivirus.md", `threats = ["malware"]`, `threats = ["<malwear>"]`)
	var stderr bytes.Buffer
	s := startServerTelling(t, &stderr)
	for _, address := range []string{"/", "/measures/antivirus.html", "/nowhere.html"} {
		wantProblemsPage(t, s, address, "脅威 &#34;&lt;malwear&gt;&#34; がありません")
	}
	if err := os.Rename("content", "elsewhere"); err != nil {
		t.Fatal(err)
	}
	wantProblemsPage(t, s, "/", "内容のフォルダーを開けません")
	if err := os.Rename("elsewhere", "content"); err != nil {
		t.Fatal(err)
	}
	edit(t, "content/measures/antivirus.md", `threats = ["<malwear>"]`, `threats = ["malware"]`)
	if got := fetch(t, s.URL); got.status != http.StatusOK || !strings.Contains(got.body, site.GeneratorMark) {
		t.Errorf("got status %d, %.60q, want the start page", got.status, got.body)
	}
	if got, want := stderr.String(), "\n直すところは、もうありません。\n"; !strings.HasSuffix(got, want) || !strings.Contains(got, "generator: 内容のフォルダーを開けません") {
		t.Errorf("got %q, want it to end in %q", got, want)
	}
}

// What is added while a folder is being read belongs to its next state, not half to this one.
func TestSeenFolderStaysAsItWasSeen(t *testing.T) {
	folder := t.TempDir()
	write := func(name string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	names := func(seen seenFolder) (list []string) {
		t.Helper()
		entries, err := fs.ReadDir(seen, ".")
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			list = append(list, entry.Name())
		}
		return list
	}
	write("a")
	before, state := see(folder)
	write("b")
	if got := names(before); !slices.Equal(got, []string{"a"}) {
		t.Errorf("seen before: got %q, want only a", got)
	}
	after, changed := see(folder)
	if got := names(after); !slices.Equal(got, []string{"a", "b"}) || changed == state {
		t.Errorf("seen after: got %q, state %s after %s", got, changed, state)
	}
}

// What has not changed is not read again, nor told of otherwise.
func TestServeReadsOnlyWhatChanged(t *testing.T) {
	enterProject(t)
	s := startServer(t)
	const unchanged, changed = "content/threats/malware.md", "content/measures/antivirus.md"
	before := fetch(t, s.URL+"/threats/malware.html")
	info, err := os.Stat(unchanged)
	if err != nil {
		t.Fatal(err)
	}
	// Other bytes, behind the same time and size.
	edit(t, unchanged, "ウイルス", "ウィルス")
	if err := os.Chtimes(unchanged, time.Time{}, info.ModTime()); err != nil {
		t.Fatal(err)
	}
	edit(t, changed, "常に動かす", "いつも動かす")
	if got := fetch(t, s.URL+"/measures/antivirus.html"); !strings.Contains(strings.ReplaceAll(got.body, "<wbr>", ""), "いつも動かす") {
		t.Errorf("measures/antivirus.html: got %.300q, want what was changed", got.body)
	}
	after := fetch(t, s.URL+"/threats/malware.html")
	if strings.Contains(after.body, "ウィルス") || !strings.Contains(before.body, "ウイルス") {
		t.Errorf("threats/malware.html: got its file read again, want it as it was before")
	}
}

// start starts a command that is killed when the test ends.
func start(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
}

func TestServeCommand(t *testing.T) {
	enterProject(t)
	cmd := command(t, "serve", "-addr", "127.0.0.1:0")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if stderr.Len() > 0 {
			t.Errorf("stderr: got %q, want nothing", &stderr)
		}
	})
	start(t, cmd)
	line, err := bufio.NewReader(out).ReadString('\n')
	address := regexp.MustCompile(`^(http://127\.0\.0\.1:\d+/) をブラウザで開いてください（終わるには Ctrl\+C）。\n$`).FindStringSubmatch(line)
	if address == nil {
		t.Fatalf("got %q, %v, want the address to open", line, err)
	}
	if got := fetch(t, address[1]); got.status != http.StatusOK || !strings.Contains(got.body, site.GeneratorMark) {
		t.Errorf("got status %d, %.60q, want the start page", got.status, got.body)
	}
	wantNames(t, ".", "content", "layouts", "static")
}

// What is wrong, and that it is put right, stands on the terminal though nobody asks for a page.
func TestServeTellsWithoutAPage(t *testing.T) {
	enterProject(t)
	cmd := command(t, "serve", "-addr", "127.0.0.1:0")
	told, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	start(t, cmd)
	lines := bufio.NewScanner(told)
	wait := func(want string) {
		for lines.Scan() {
			if strings.Contains(lines.Text(), want) {
				return
			}
		}
		t.Fatalf("got the end of what is told, want %q", want)
	}
	const measure = "content/measures/antivirus.md"
	edit(t, measure, `threats = ["malware"]`, `threats = ["malwear"]`)
	wait(measure + ":" + lineOf(t, measure, `threats = ["malwear"]`) + ": ")
	edit(t, measure, `threats = ["malwear"]`, `threats = ["malware"]`)
	wait("直すところは、もうありません。")
}

func TestServeWhereAnotherListens(t *testing.T) {
	enterProject(t)
	other, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	got := invoke("serve", "-addr", other.Addr().String())
	if want := "generator: " + other.Addr().String() + " で待てません（-addr localhost:8081 のように、別の番地を指定してください）: "; got.code != exitFailure || got.stdout != "" || !strings.HasPrefix(got.stderr, want) {
		t.Errorf("got exit code %d\nstdout %q\nstderr %q\nwant 2, nothing and %q…", got.code, got.stdout, got.stderr, want)
	}
}
