package words

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the list of words in content/README.md anew")

// The list of words for editors begins with the first group's heading and ends with the next
// section.
const (
	readme    = "../../content/README.md"
	listStart = "### `[words]`\n"
	listEnd   = "## 本文の書き方\n"
)

// The list of words for editors is made from the defaults and their comments.
func TestReadme(t *testing.T) {
	data, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	start, end := bytes.Index(data, []byte(listStart)), bytes.Index(data, []byte(listEnd))
	if start < 0 || end < start {
		t.Fatalf("%s: got no list of words between %q and %q", readme, listStart, listEnd)
	}
	got, want := string(data[start:end]), list(t)
	if got == want {
		return
	}
	if *update {
		if err := os.WriteFile(readme, slices.Concat(data[:start], []byte(want), data[end:]), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(want, "\n")
	line := 0
	for line < min(len(gotLines), len(wantLines)) && gotLines[line] == wantLines[line] {
		line++
	}
	t.Errorf("%s:%d: the list of words is not that of the defaults (go test ./generator/words -update writes it anew)\ngot  %q\nwant %q",
		readme, 1+line+bytes.Count(data[:start], []byte("\n")), gotLines[line:min(line+1, len(gotLines))], wantLines[line:min(line+1, len(wantLines))])
}

var (
	groupForm = regexp.MustCompile(`^\[([a-z]+)\]$`)
	wordForm  = regexp.MustCompile(`^([a-z_]+) = "((?:[^"\\]|\\.)*)"(?: # (.*))?$`)
)

// list returns a table for each group of the defaults: its words, what their texts may hold, the
// texts, and the comment behind each, which tells where it stands. The comment above a group
// introduces it.
func list(t *testing.T) string {
	data, err := defaultFiles.ReadFile(reference + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	known := placeholders(realUses(t))
	var b strings.Builder
	group, comment := "", ""
	for i, line := range strings.Split(string(data), "\n") {
		if text, ok := strings.CutPrefix(line, "# "); ok {
			comment = text
			continue
		}
		if m := groupForm.FindStringSubmatch(line); m != nil {
			group = m[1]
			fmt.Fprintf(&b, "### `[%s]`\n\n%s\n\n| 項目 | 使える { } | はじめのことば | どこに出るか |\n| --- | --- | --- | --- |\n", group, comment)
			continue
		}
		m := wordForm.FindStringSubmatch(line)
		switch {
		case m != nil:
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", m[1], inCells(known[group+"."+m[1]]), inTable.Replace(m[2]), m[3])
		case line == "" && group != "":
			b.WriteString("\n")
		case line != "":
			t.Fatalf("%s.toml:%d: got %q, want a comment, a group or a word on one line", reference, i+1, line)
		}
	}
	return b.String()
}

// inTable keeps what Markdown would take for the end of a cell, or for HTML.
var inTable = strings.NewReplacer("|", `\|`, "<", `\<`)

func inCells(names []string) string {
	if len(names) == 0 {
		return "－"
	}
	return "`{" + strings.Join(names, "}` `{") + "}`"
}
