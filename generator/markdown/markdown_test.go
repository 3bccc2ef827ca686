package markdown

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"tebiki/generator/source"
)

// parse reads a text, which begins on line 8 of a.md.
func parse(text string) (*Body, []source.Problem) {
	return NewParser("ja", &source.Style{}).Parse(source.Text{Source: []byte(text), File: "a.md", Line: 8})
}

// show writes HTML with ^ for RootMark.
func show(html string) string { return strings.ReplaceAll(html, RootMark, "^") }

// Links are kept with the lines of the file they stand on.
func TestLinks(t *testing.T) {
	body, problems := parse("前の\n[鍵](measures/lock.html#how)\nと<https://example.jp/>です。\n\n- 一\n- [二](#a)と[三](#b)\n\n[四]と<a@example.jp>\n\n[四]: about.html\n")
	var got []string
	for _, link := range body.Links {
		got = append(got, fmt.Sprintf("%d %s", link.Line, link.Target))
	}
	want := []string{"9 measures/lock.html#how", "10 https://example.jp/", "13 #a", "13 #b", "15 about.html", "15 mailto:a@example.jp"}
	if !slices.Equal(got, want) || len(problems) > 0 {
		t.Errorf("got %q, problems %v\nwant %q", got, problems, want)
	}
	body, _ = parse(`[a](https://example.jp/?a=1&amp;b=\(2\))`)
	if got, want := body.Links[0].Target, "https://example.jp/?a=1&b=(2)"; got != want {
		t.Errorf("escapes and references: got %q, want %q", got, want)
	}
}

// A text is what a reader sees of it.
func TestPlain(t *testing.T) {
	for text, want := range map[string]string{
		`A \* B &amp; C`:                 "A * B & C",
		`\&amp; &#x26; &nosuch; a\b`:     `&amp; & &nosuch; a\b`,
		"`A \\* &amp;` **`b\nc`**":       `A \* &amp; b c`,
		"鍵を\n掛けます。":                      "鍵を掛けます。",
		"鍵を\n[掛け](a.html)ます。":            "鍵を掛けます。",
		"VPN\n機器と\nLAN":                  "VPN機器とLAN",
		"wash,\nthen\n**[dry](a.html)**": "wash, then dry",
		"열쇠를\n잠급니다":                      "열쇠를 잠급니다",
		"一つ  \n二つ":                       "一つ\n二つ",
		"<https://example.jp/?a=1&b=2>":  "https://example.jp/?a=1&b=2",
	} {
		body, problems := parse(text)
		if got := body.Lead.Parts[0].Text; got != want || len(problems) > 0 {
			t.Errorf("%q: got %q, problems %v, want %q", text, got, problems, want)
		}
	}
}

const sections = `前の文です。

次の[文](about.html)です。

## なぜ {#why}

一つめ。

- 二つめ
- 三つめ

### 大きさ

小さいもの。

### 重さ {#weight}

#### はかり方

はかります。

## やり方

| 物 | 色 |
| --- | --- |
| 鍵 | *赤* |
`

// A section has its lines, its HTML and its parts. A part whose heading has no name of its own is
// found at the nearest one above it.
func TestSections(t *testing.T) {
	body, problems := parse(sections)
	var b strings.Builder
	for _, s := range append([]Section{body.Lead}, body.Sections...) {
		fmt.Fprintf(&b, "section %q %q line %d, empty: %v\n", s.ID, s.Heading, s.Line, s.Empty())
		for _, p := range s.Parts {
			fmt.Fprintf(&b, "  part %q %q: %q\n", p.Anchor, p.Heading, p.Text)
		}
	}
	fmt.Fprintln(&b, "anchors", body.Anchors, body.Anchor("weight"), body.Anchor("nothing"))
	const want = `section "" "" line 8, empty: false
  part "" "": "前の文です。\n次の文です。"
section "why" "なぜ" line 12, empty: false
  part "" "": "一つめ。\n二つめ\n三つめ"
  part "" "大きさ": "小さいもの。"
  part "weight" "重さ": ""
  part "weight" "はかり方": "はかります。"
section "" "やり方" line 29, empty: false
  part "" "": "物\n色\n鍵\n赤"
anchors [{why 12} {weight 23}] 23 0
`
	if got := b.String(); got != want || len(problems) > 0 {
		t.Errorf("got\n%s\nproblems %v, want\n%s", got, problems, want)
	}
	texts := []string{"前の文です。\n次の文です。", "なぜ", "一つめ。\n二つめ\n三つめ", "大きさ", "小さいもの。", "重さ", "はかり方", "はかります。", "やり方", "物\n色\n鍵\n赤"}
	if got := body.Texts(); !slices.Equal(got, texts) {
		t.Errorf("got the texts %q\nwant %q", got, texts)
	}
	if s := body.Section("why"); s == nil || s.Heading != "なぜ" {
		t.Errorf("got the section %v for why, want なぜ", s)
	}
	if s := body.Section("weight"); s != nil {
		t.Errorf("got the section %v for weight, want none: it is the name of a lower heading", s)
	}
}

// Lists show the first block of the first section, whatever stands before that section.
func TestExcerpt(t *testing.T) {
	for text, want := range map[string]string{
		sections:                    "<p>一つめ。</p>\n",
		"文。\n":                      "",
		"":                          "",
		"## 一\n\n## 二\n\n文。\n":      "",
		"## 一\n\n[文](a.html)。\n\n次": "<p><a href=\"^a.html\">文</a>。</p>\n",
		"## 一\n\n1. 文。\n2. 次。\n\n後": "<ol>\n<li>文。</li>\n<li>次。</li>\n</ol>\n",
	} {
		body, _ := parse(text)
		if got := show(body.Excerpt()); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestHTML(t *testing.T) {
	for _, c := range []struct{ rule, text, want string }{
		{"a link within the site starts at its root", "[a](measures/lock.html#how)", `<p><a href="^measures/lock.html#how">a</a></p>`},
		{"one to a place on the page too", "[a](#how)", `<p><a href="^#how">a</a></p>`},
		{"a link to another site", "[a](https://example.jp/?a=1&b=2)", `<p><a href="https://example.jp/?a=1&amp;b=2">a</a></p>`},
		{"a link to a mailbox", "[a](mailto:a@example.jp)", `<p><a href="mailto:a@example.jp">a</a></p>`},
		{"an address as it is", "<https://example.jp/>", `<p><a href="https://example.jp/">https://example.jp/</a></p>`},
		{"lines of Japanese are joined", "鍵を\n掛けます。  \n次", "<p>鍵を掛けます。<br>\n次</p>"},
		{"markup in a text", `\<b> &lt; "`, "<p>&lt;b&gt; &lt; &quot;</p>"},
		{"lines of a heading may break between phrases", "### 機器の更新の**期限** & 日付 {#due}", `<h3 id="due">機器の<wbr>更新の<wbr>期限 &amp; 日付</h3>`},
		{"a heading without a name", "### 期限", "<h3>期限</h3>"},
		{
			"a cell says which column it is of", "| 物 | 色 & *形* | 数 |\n| --- | :-: | --- |\n| 鍵 | 赤 | 1 |\n| 灯り | 白 |",
			`<table class="table table--blocks">
<thead>
<tr>
<th scope="col">物</th>
<th scope="col">色 &amp; <em>形</em></th>
<th scope="col">数</th>
</tr>
</thead>
<tbody>
<tr>
<th scope="row">鍵</th>
<td><span class="table__label">色 &amp; 形</span>赤</td>
<td><span class="table__label">数</span>1</td>
</tr>
<tr>
<th scope="row">灯り</th>
<td><span class="table__label">色 &amp; 形</span>白</td>
<td><span class="table__label">数</span></td>
</tr>
</tbody>
</table>`,
		},
	} {
		body, _ := parse(c.text)
		if got := strings.TrimSuffix(show(body.Lead.HTML), "\n"); got != c.want {
			t.Errorf("%s: %q\ngot  %s\nwant %s", c.rule, c.text, got, c.want)
		}
	}
}

// TestRootMark: wherever a text holds the mark itself, nothing can be mistaken for it: it stands
// only where the renderer puts it, at the beginning of the href of a link within the site.
func TestRootMark(t *testing.T) {
	for _, text := range []string{
		"a\x00b",
		"a&#0;b &#x0; &#00; \\\x00",
		"`a\x00b` **\x00** *\x00*",
		"```\x00\na\x00\n```\n\n    a\x00b",
		"### a\x00b {#a\x00b}",
		"### a {#a title=\"\x00\"}",
		"[a\x00b](c\x00d.html)",
		"[a](<c\x00d.html> \"\x00\")",
		"[a](https://example.jp/\x00)",
		"[a](https://example.jp/&#0;)",
		"[a](\x00)",
		"[a]\n\n[a]: b\x00c.html '\x00'",
		"<https://example.jp/\x00>",
		"<b title=\"\x00\">\n\n<p>\x00</p>",
		"![\x00](\x00 \"\x00\")",
		"| a\x00 | b\x00 |\n| --- | --- |\n| \x00 | \x00 |",
	} {
		wantMarks(t, text)
	}
	body, _ := parse("a\x00b\n\n[c\x00](d\x00.html)")
	if got, want := show(body.Lead.HTML), "<p>a\ufffdb</p>\n<p><a href=\"^d\ufffd.html\">c\ufffd</a></p>\n"; got != want {
		t.Errorf("got %q, want %q, as CommonMark says", got, want)
	}
}

// wantMarks fails the test when a text puts RootMark anywhere but into the links within the site.
func wantMarks(t *testing.T, text string) {
	t.Helper()
	body, _ := parse(text)
	links, marks := 0, 0
	for _, link := range body.Links {
		if strings.Contains(link.Target, RootMark) {
			t.Errorf("%q: got the mark in the target %q", text, link.Target)
		}
		if !IsExternal(link.Target) {
			links++
		}
	}
	for _, s := range append([]Section{body.Lead}, body.Sections...) {
		marks += strings.Count(s.HTML, `<a href="`+RootMark)
		if rest := strings.ReplaceAll(s.HTML, `<a href="`+RootMark, ""); strings.Contains(rest, RootMark) {
			t.Errorf("%q: got the mark outside of links within the site: %q", text, s.HTML)
		}
	}
	if marks > links {
		t.Errorf("%q: got %d marks, want at most one for each of %d links within the site", text, marks, links)
	}
	for _, said := range body.Texts() {
		if strings.Contains(said, RootMark) {
			t.Errorf("%q: got the mark in the text %q", text, said)
		}
	}
}

// One parser reads many texts at once.
func TestParseAtOnce(t *testing.T) {
	p := NewParser("ja", &source.Style{})
	from := source.Text{Source: []byte(sections), File: "a.md", Line: 1}
	want, _ := p.Parse(from)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				if got, _ := p.Parse(from); !reflect.DeepEqual(got, want) {
					t.Errorf("got %v, want %v", got, want)
				}
			}
		})
	}
	group.Wait()
}
