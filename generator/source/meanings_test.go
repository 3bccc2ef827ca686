package source

import "testing"

func TestMeanings(t *testing.T) {
	m := ReadMeanings("## 始めに\n\n| 項目 | 必須か | 意味と例 |\n| `lost` | 必須 | 見出しの外 |\n\n" +
		"## `things/`\r\n\r\n| `title` | 必須 | 名前。例: `\"鍵\"`。短く書きます |\r\n" +
		"### `[part.名前.way]`\n\n| `to` | 任意 | `行き先`。二つめの文。例: `a` |\n" +
		"## `things.toml`\n\n| `title` | 必須 | 別の名前 |\n")
	for _, test := range []struct{ form, field, full, plain, short string }{
		{"things/", "title", `名前。例: "鍵"。短く書きます`, "名前。短く書きます", "名前"},
		{"things.toml", "title", "別の名前", "別の名前", "別の名前"},
		{"things/", "part.x.way.to", "行き先。二つめの文。例: a", "行き先。二つめの文", "行き先"},
		{"things/", "part.x.to", "", "", ""},
		{"things/", "part.x.y.to", "", "", ""},
		{"things/", "to", "", "", ""},
		{"", "lost", "", "", ""},
	} {
		file := test.form
		if file == "things/" {
			file = "things/a.md"
		}
		if full, plain, short := m.Full(test.form, test.field), m.Plain(test.form, test.field), m.short(file, test.field); full != test.full || plain != test.plain || short != test.short {
			t.Errorf("%s %s: got %q, %q, %q, want %q, %q, %q", test.form, test.field, full, plain, short, test.full, test.plain, test.short)
		}
	}
	if got := Meanings(nil).short("a.toml", "b"); got != "" {
		t.Errorf("got %q of nothing", got)
	}
}
