package handbook

import (
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
measures/lock.md:1: 項目 "effort" がありません（意味は README.md にあります）
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
		want:   `published.toml:9: TOML として読めません: 値の途中で終わっています（「=」の後と、並びの終わりの「]」を確かめてください）`,
	},
	{
		rule:   "a text that is not UTF-8, at its line",
		change: func(files tree) { files.replace("measures/lock.md", "盗まれない", "\x93\x90\x82\xdc") },
		want:   `measures/lock.md:24: 文字コードが UTF-8 ではありません（UTF-8 で保存し直してください）`,
	},
	{
		rule:   "a TOML file that is not UTF-8, at its line",
		change: func(files tree) { files.replace("handbook.toml", "安全に乗る", "\x88\xc0") },
		want:   `handbook.toml:2: 文字コードが UTF-8 ではありません（UTF-8 で保存し直してください）`,
	},
	{
		rule:   "a control character, even at the very beginning",
		change: func(files tree) { files.replace("flow.toml", "start = ", "\x02start = ") },
		want:   `flow.toml:1: TOML として読めません（引用符、かっこ、= を確かめてください）: TOML files cannot contain control characters: '0x02'`,
	},
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
