package handbook

import (
	"fmt"
	"strings"
	"testing"
)

// byteRules are the rules of the content that a file of testdata/rules cannot show: their breach is
// one of bytes, or of line ends.
var byteRules = []struct {
	rule   string
	change func(tree)
	want   string
}{
	{
		rule: "a byte order mark and CRLF are accepted",
		change: func(files tree) {
			for name, text := range files {
				files[name] = "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n")
			}
		},
	},
	{
		rule: "CRLF does not move the lines",
		change: func(files tree) {
			files.replace("measures/lock.md", "[effort]", "[efort]")
			files["measures/lock.md"] = strings.ReplaceAll(files["measures/lock.md"], "\n", "\r\n")
		},
		want: `
measures/lock.md:13: 項目 "efort" はここでは使えません（effort のことですか）
`,
	},
	{
		rule:   "a file without a line end is accepted",
		change: func(files tree) { files["pages/about.md"] = strings.TrimSpace(files["pages/about.md"]) },
	},
	{
		rule: "a file that ends with its front matter, without a line end, is accepted",
		change: func(files tree) {
			front, _, _ := strings.Cut(files["pages/about.md"], "\n+++\n")
			files["pages/about.md"] = front + "\n+++"
		},
	},
	{
		rule:   "a file that ends before the value",
		change: func(files tree) { files.replace("published.toml", "date = 2026-03-01\n", "date =") },
		want:   `published.toml:14: TOML として読めません: 値の途中で終わっています（「=」の後と、並びの終わりの「]」を確かめてください）`,
	},
	{
		rule:   "a text that is not UTF-8, at its line",
		change: func(files tree) { files.replace("measures/lock.md", "盗まれない", "\x93\x90\x82\xdc") },
		want:   `measures/lock.md:24: 文字コードが UTF-8 ではありません（UTF-8 で保存し直してください）`,
	},
	{
		rule:   "a TOML file that is not UTF-8, at its line",
		change: func(files tree) { files.replace("handbook.toml", "安全に乗る", "\x88\xc0") },
		want:   `handbook.toml:3: 文字コードが UTF-8 ではありません（UTF-8 で保存し直してください）`,
	},
	{
		rule:   "a control character, even at the very beginning",
		change: func(files tree) { files.replace("flow.toml", "start = ", "\x02start = ") },
		want:   hidden("flow.toml", 1, "0002"),
	},
	{
		rule: "letters that nobody sees, in texts, titles and lists, raw and spelt out, each once a line",
		change: func(files tree) {
			files.replace("measures/lock.md", "盗まれない", "盗\u2066\u2066ま\x00れない")
			files.replace("measures/helmet.md", "title = \"", "title = \"\u202e")
			files.replace("pages/about.md", "title = \"", "title = \"\\u200f\\b")
			files.replace("terms/bell.md", `aliases = ["鈴"]`, `aliases = ["鈴\u0085"]`)
			files.replace("published.toml", "reason = \"", "reason = \"\ufeff")
		},
		want: hidden("measures/helmet.md", 3, "202E") + hidden("measures/lock.md", 24, "0000") + hidden("measures/lock.md", 24, "2066") +
			hidden("pages/about.md", 2, "0008") + hidden("pages/about.md", 2, "200F") + hidden("published.toml", 13, "FEFF") + hidden("terms/bell.md", 4, "0085"),
	},
	{
		rule: "letters that join others and tabs are accepted",
		change: func(files tree) {
			files.replace("pages/about.md", "title = \"", "title = \"👩\u200d🔧")
			files.replace("measures/lock.md", "盗まれない", "盗まれ\tない")
		},
	},
}

// hidden is what is said of a letter that nobody sees.
func hidden(file string, line int, letter string) string {
	return fmt.Sprintf("%s:%d: 目に見えない制御文字 U+%s があります（消してください。見つからなければ、前後の文字と一緒に打ち直してください）\n", file, line, letter)
}

func TestByteRules(t *testing.T) {
	for _, c := range byteRules {
		t.Run(c.rule, func(t *testing.T) {
			files := newTree(t)
			c.change(files)
			files.wantProblems(t, contentDay, c.want)
		})
	}
}
