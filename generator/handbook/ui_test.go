package handbook

import (
	"fmt"
	"strings"
	"testing"
)

// TestInterfaceTexts: the rules of ui.toml. They are no files of testdata/rules, for the lines
// change with every text that the type UI is given.
func TestInterfaceTexts(t *testing.T) {
	for _, c := range []struct {
		rule, before, after string
		at                  string // stands on the line of the problem, before the change
		want                string
	}{
		{
			rule:   "a broken ui.toml is one problem",
			before: "[common]", after: "[common",
			at:   "[common]",
			want: `TOML として読めません: 表の名前の終わりに「]」がありません`,
		},
		{
			rule:   "a missing text of the interface, at its table",
			before: `skip = "文" # common.skip`, after: "",
			at:   "[common]",
			want: `項目 "common.skip" がありません（意味は README.md にあります）`,
		},
		{
			rule:   "a placeholder in a text that has none",
			before: `"文" # common.skip`, after: `"文{count}"`,
			at:   "# common.skip",
			want: `項目 "common.skip" に {count} は使えません（{ } のない文にしてください）`,
		},
		{
			rule:   "a placeholder that the text does not have",
			before: `"文{year}{month}{day}" # common.date`, after: `"{year}年{mon}月{day}日"`,
			at:   "# common.date",
			want: `項目 "common.date" に {mon} は使えません（使えるのは {year}、{month}、{day}）`,
		},
		{
			rule:   "a placeholder without a name",
			before: `"文" # common.skip`, after: `"文{}"`,
			at:   "# common.skip",
			want: `項目 "common.skip" に {} は使えません（{ } のない文にしてください）`,
		},
	} {
		t.Run(c.rule, func(t *testing.T) {
			files := newTree(t)
			above, _, ok := strings.Cut(files["ui.toml"], c.at)
			if !ok {
				t.Fatalf("no %s in ui.toml", c.at)
			}
			files.replace("ui.toml", c.before, c.after)
			files.wantProblems(t, contentDay, fmt.Sprintf("ui.toml:%d: %s", 1+strings.Count(above, "\n"), c.want))
		})
	}
}
