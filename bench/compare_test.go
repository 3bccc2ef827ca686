package main

import (
	"strings"
	"testing"
)

// What differs between two outputs is named; what no reader sees is not.
func TestCompare(t *testing.T) {
	const page = `<title>題</title><p>本文 です</p><a href="b.html">次</a>`
	for _, c := range []struct{ name, ours, hugo, want string }{
		{"space and tags are no text", page, "<title>題</title>\n<p>本文\nで<wbr>す</p> <a class=\"x\" href=\"b.html\">次</a>", ""},
		{"a reference is the letter it stands for", "<p>&amp;</p>", "<p>&#38;</p>", ""},
		{"another word", page, strings.Replace(page, "本文", "全文", 1), "a.html: text"},
		{"a word less", page, strings.Replace(page, "です", "", 1), "a.html: text"},
		{"another link", page, strings.Replace(page, "b.html", "c.html", 1), "a.html: links"},
		{"a page less", page, "", "a.html: Hugo does not make it"},
		{"a page more", "", page, "a.html: only Hugo makes it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ours, hugo := t.TempDir(), t.TempDir()
			for folder, text := range map[string]string{ours: c.ours, hugo: c.hugo} {
				if text == "" {
					continue
				}
				if err := write(edition{"a.html": text}, folder); err != nil {
					t.Fatal(err)
				}
			}
			_, _, err := compare(ours, hugo)
			if got := message(err); !strings.Contains(got, c.want) || (c.want == "") != (got == "") {
				t.Errorf("ours %q\nHugo %q\ngot  %q\nwant %q", c.ours, c.hugo, got, c.want)
			}
		})
	}
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
