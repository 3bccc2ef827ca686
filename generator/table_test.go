package main

import (
	"os"
	"strings"
	"testing"
)

// A table goes to experts and comes back: nothing changes but what they changed, and only with -write.
func TestTable(t *testing.T) {
	enterProject(t)
	before := tree(t, "content")
	for _, name := range []string{"a.xlsx", "a.csv"} {
		invoke("table", "-o", name).want(t, outcome{exitFine, name + " に 40 の対策を書きました。\n", ""})
		invoke("table", name, "-write").want(t, outcome{exitFine, "表と内容に、違いはありません。\n", ""})
		wantTree(t, "content", before)
	}
	if got := invoke("table", "-o", "a.csv"); got.code != exitFailure || !strings.Contains(got.stderr, "a.csv はもうあります") {
		t.Errorf("got %+v, want the file left as it is", got)
	}
	const title = "ウイルス対策ソフトを常に動かす"
	edit(t, "a.csv", ","+title+",", ",ソフトを動かす,")
	line := lineOf(t, "content/measures/antivirus.md", `title = "`+title+`"`)
	preview := "content/measures/antivirus.md:" + line + ": 題名（title）: 「" + title + "」 → 「ソフトを動かす」\n"
	invoke("table", "a.csv").want(t, outcome{exitFine, preview + "1 のファイルの 1 か所が変わります。書くには -write を付けてください。\n", ""})
	wantTree(t, "content", before)
	invoke("table", "-write", "a.csv").want(t, outcome{exitFine, preview + "1 か所を、1 のファイルに書きました。\n", ""})
	before["measures/antivirus.md"] = strings.Replace(before["measures/antivirus.md"], `title = "`+title+`"`, `title = "ソフトを動かす"`, 1)
	wantTree(t, "content", before)

	edit(t, "a.csv", "antivirus,", "antivirsu,")
	got := invoke("table", "a.csv", "-write")
	if got.code != exitProblems || got.stdout != "" || !strings.Contains(got.stderr, "a.csv: ") || !strings.HasSuffix(got.stderr, "表に直すところが 1 か所あります。ファイルは前のままです。\n") {
		t.Errorf("got %+v, want what cannot be taken back", got)
	}
	wantTree(t, "content", before)
}

// What a changed priority makes wrong elsewhere is told.
func TestTableTellsWhatComesNext(t *testing.T) {
	enterProject(t)
	write(t, "a.csv", "名前,①,check\nantivirus,○,動いている。\n")
	got := invoke("table", "a.csv", "-write")
	if got.code != exitFine || !strings.Contains(got.stderr, "表にない対策が 39 あります") {
		t.Errorf("got %+v, want it written", got)
	}
	for _, want := range []string{"revision も 1 増やしてください", "書いた後で、次も直してください。\ncontent/handbook.toml:"} {
		if !strings.Contains(got.stdout, want) {
			t.Errorf("got %q, want %q in it", got.stdout, want)
		}
	}
}

func TestTableFailures(t *testing.T) {
	enterProject(t)
	write(t, "a.ods", "x")
	for name, want := range map[string]string{"nowhere.csv": "表 nowhere.csv がありません", "a.ods": "読めるのは .xlsx と .csv です"} {
		if got := invoke("table", name); got.code != exitFailure || !strings.Contains(got.stderr, want) {
			t.Errorf("%s: got %+v, want %q", name, got, want)
		}
	}
	if got := invoke("table", "-o", "a.txt"); got.code != exitFailure || !strings.Contains(got.stderr, ".xlsx か .csv") {
		t.Errorf("got %+v, want the endings that there are", got)
	}
	breakContent(t)
	got := invoke("table", "-o", "b.csv")
	if _, err := os.Stat("b.csv"); err == nil || got.code != exitProblems || !strings.HasPrefix(got.stderr, "表を使うには、先に内容を直してください。\ncontent/handbook.toml:") {
		t.Errorf("got %+v, want the problems of the content", got)
	}
}
