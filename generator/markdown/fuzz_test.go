package markdown

import (
	"strings"
	"testing"
	"unicode/utf8"

	"tebiki/generator/source"
)

// A text is parsed without panic and not lost; what is told of it stands on lines of it; nothing in
// it passes for RootMark.
func FuzzBody(f *testing.F) {
	f.Add(sections)
	for _, text := range []string{
		"", "文", "# 一\n\n### 三\n", "一\n===\n\n##\n", "![絵](a.png)", "<b>文</b>\n\n<p>文</p>\n\n<!-- a -->", "[](a.html)", "- ## 一 {#a}\n\n## 二 {#a}",
		"## 一 {#A}\n## 二 {.b}\n## 三 {#c d=1}", "[a][b]\n\n[b]: <c d> 'e'", "`a\n  b`\\\n&amp;\\&\n<https://example.jp/><a@example.jp>",
		"1. 一\n   > - 二\n   >   ```\n   >   三\n", "| a | b |\n| :- | -: |\n| `c|d` | [e](f) |\n", "\x00[\x00](\x00)\x00", "##\u00a0", "## \x00{#\x00}",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip() // such a file is not parsed
		}
		wantMarks(t, text)
		body, problems := NewParser("ja", &source.Style{}).Parse(source.Text{Source: []byte(text), File: "a.md", Line: 1})
		lines := map[string][]int{}
		for _, p := range problems {
			lines[p.Text] = append(lines[p.Text], p.Line)
		}
		for _, link := range body.Links {
			lines["link"] = append(lines["link"], link.Line)
		}
		for _, a := range body.Anchors {
			lines["anchor"] = append(lines["anchor"], a.Line)
		}
		for _, s := range body.Sections {
			lines["section"] = append(lines["section"], s.Line)
		}
		last := 1 + strings.Count(text, "\n")
		for what, on := range lines {
			for _, line := range on {
				if line < 1 || line > last {
					t.Errorf("%s: line %d is outside of the text, which ends at %d: %q", what, line, last, text)
				}
			}
		}
		isSomething := func(r rune) bool { return r > ' ' && r != '\u00a0' }
		if body.Lead.Line == 0 && len(body.Sections) == 0 && strings.IndexFunc(text, isSomething) >= 0 {
			t.Errorf("a text was lost: %q", text)
		}
		body.Excerpt()
	})
}

// A link leads where it is written, or its text says that it is none: nothing of it is lost.
func FuzzLink(f *testing.F) {
	for _, link := range [][2]string{{"鍵", "measures/lock.html"}, {"a](b", "c"}, {"", ""}, {"鍵", "a b"}, {"鍵", "<a b>"}, {"**鍵**", "a 'b'"}, {"`", "`"}, {"鍵", "a\n\nb"}, {"！", "(a)"}, {"[a](b)", "c"}} {
		f.Add(link[0], link[1])
	}
	f.Fuzz(func(t *testing.T, text, target string) {
		if !utf8.ValidString(text + target) {
			t.Skip()
		}
		whole := "前の文。[" + text + "](" + target + ")次の文。"
		body, problems := NewParser("ja", &source.Style{}).Parse(source.Text{Source: []byte(whole), File: "a.md", Line: 1})
		last := 1 + strings.Count(whole, "\n")
		for _, link := range body.Links {
			if link.Line < 1 || link.Line > last {
				t.Errorf("line %d is outside of the text: %q", link.Line, whole)
			}
			if html := body.Lead.HTML; IsExternal(link.Target) == strings.Contains(html, `href="`+RootMark) && len(body.Links) == 1 && len(body.Sections) == 0 {
				t.Errorf("the link to %q is not in %q", link.Target, html)
			}
		}
		// Of a plain text and target that make no link something is said.
		isPlain := func(s string) bool { return s != "" && !strings.ContainsAny(s, "\n\r\t []()<>\\`*_!&\x00\"'#") }
		if isPlain(text) && !strings.ContainsAny(target, "\n\r\\`<&\x00") && len(body.Links) == 0 && len(problems) == 0 {
			t.Errorf("no link and no problem: %q", whole)
		}
	})
}
