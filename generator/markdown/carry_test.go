package markdown

import "testing"

// Markdown that others are given is what the file says, with links that can be set right and without
// the names of headings.
func TestMarkdown(t *testing.T) {
	for text, want := range map[string][]string{
		"文。\n\n## 一 {#one}\n\n前\n\n### 二 {#two}\n\n後\n":               {"文。", "前\n\n### 二\n\n後"},
		"## 一\r\n\r\n前\r\n後\r\n":                                      {"", "前\n後"},
		"[a](b.html#c)と[d](<b.html#c> \"e\")と[f](https://g.example/)": {"[a](^b.html#c)と[d](<^b.html#c> \"e\")と[f](https://g.example/)"},
		"[a][b]とb.html\n\n[b]: b.html\n":                              {"[a][b]とb.html\n\n[b]: ^b.html"},
		"[a](b\\_c.html)":                                             {"[a](^b\\_c.html)"},
		"## 一\n## 二":                                                  {"", "", ""},
	} {
		body, _ := parse(text)
		var got []string
		for _, s := range append([]Section{body.Lead}, body.Sections...) {
			got = append(got, show(s.Markdown))
		}
		if len(got) != len(want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
			continue
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%q: got %q, want %q", text, got[i], want[i])
			}
		}
	}
}
