package main

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// commit puts all files into a new repository of git, or adds what has changed.
func commit(t *testing.T) {
	t.Helper()
	for _, args := range [][]string{{"init", "-q"}, {"add", "-A"}, {"-c", "user.name=a", "-c", "user.email=a@example.jp", "commit", "-qm", "a"}} {
		if out, err := exec.Command("git", args...).CombinedOutput(); err != nil {
			t.Fatalf("git %q: %v\n%s", args, err, out)
		}
	}
}

// What differs is the same between folders and between revisions, and its draft is a record of changes
// in which nothing is wrong.
func TestDiff(t *testing.T) {
	enterProject(t)
	commit(t)
	edit(t, "content/measures/antivirus.md", `title = "ウイルス対策ソフトを常に動かす"`, `title = "[ソフト]を動かす"`)
	edit(t, "content/terms/vpn.md", `term = "VPN"`, `term = "VPN"`) // fails when it is not there
	commit(t)
	const want = "ことばを直した対策\n  [ソフト]を動かす（antivirus）: 題名 ウイルス対策ソフトを常に動かす → [ソフト]を動かす\n" +
		"変わった行（前 → 今）\n  measures/antivirus.md\n    3 行目: title = \"ウイルス対策ソフトを常に動かす\" → title = \"[ソフト]を動かす\"\n"
	invoke("diff", "HEAD^", "HEAD").want(t, outcome{exitFine, want, ""})
	invoke("diff", "HEAD^", "content").want(t, outcome{exitFine, want, ""})
	invoke("diff", "HEAD^", ".").want(t, outcome{exitFine, want, ""})
	invoke("diff", "HEAD", "content").want(t, outcome{exitFine, "", "違いはありません。\n"})
	project, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	draft := invoke("diff", "-content", filepath.Join(project, "content"), "HEAD^", "HEAD", "-draft")
	today := time.Now().Format(time.DateOnly)
	draft.want(t, outcome{exitFine, "+++\ndate = " + today + "\ntitle = \"内容の見直し\"\n+++\n\n- 対策の題名「ウイルス対策ソフトを常に動かす」を、「[\\[ソフト\\]を動かす](measures/antivirus.html)」に直しました。\n", ""})
	write(t, "content/changes/"+today+"-draft.md", draft.stdout)
	edit(t, "content/published.toml", "changes = [\n", "changes = [\n  \""+today+"-draft\",\n")
	invoke("check").want(t, outcome{exitFine, "内容に問題はありません。\n", ""})

	for _, args := range [][]string{{"nowhere", "HEAD"}, {"HEAD", "--", "--output=x"}} {
		if got := invoke(append([]string{"diff"}, args...)...); got.code != exitFailure || !strings.Contains(got.stderr, "というフォルダーも、git の版もありません") {
			t.Errorf("%q: got %+v, want it named", args, got)
		}
	}
	commit(t)
	// What no record tells is named all the same.
	edit(t, "content/measures/antivirus.md", "revision = ", "revision  = ")
	edit(t, "content/flow.toml", "start = ", "start  = ")
	const others = "  flow.toml: 直した\n  measures/antivirus.md: 直した\n"
	invoke("diff", "HEAD", "content").want(t, outcome{exitFine, "ほかに変わったファイル\n" + others + "変わった行（前 → 今）\n" +
		"  flow.toml\n    4 行目: start = \"owner\" → start  = \"owner\"\n  measures/antivirus.md\n    8 行目: revision = 1 → revision  = 1\n", ""})
	invoke("diff", "HEAD", "content", "-draft").want(t, outcome{exitFine, "", "注意: ほかに変わったファイルは、下書きに入っていません。読む人に伝えることがあれば、書き足してください。\n" + others})
	t.Setenv("PATH", "")
	if got := invoke("diff", "HEAD^", "content"); got.code != exitFailure || !regexp.MustCompile(`git を入れてから`).MatchString(got.stderr) {
		t.Errorf("got %+v, want git asked for", got)
	}
}

// An older state may keep older rules.
func TestDiffOfBrokenContent(t *testing.T) {
	enterProject(t)
	write(t, "old/measures/x.md", "+++\ntitle = 1\n+++\n")
	got := invoke("diff", "old", "content")
	if got.code != exitFine || !strings.HasPrefix(got.stderr, "old: 注意: ") || !strings.HasPrefix(got.stdout, "足した対策\n") {
		t.Errorf("got %+v, want what could be read", got)
	}
}
