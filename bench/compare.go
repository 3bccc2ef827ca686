package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A size is how many pages an output has, and how large they are together.
type size struct {
	pages int
	bytes int64
}

// isOursAlone reports whether a page is one that Hugo is not asked for: it holds no text.
func isOursAlone(name string) bool { return name == "hub.html" || strings.HasPrefix(name, "embed/") }

// compare reports the pages whose text or links differ between two outputs of the same content, or
// that one of them lacks.
func compare(ours, hugo string) (our, their size, err error) {
	var differences []string
	a, b := os.DirFS(ours), os.DirFS(hugo)
	ourPages, err := pagesIn(a, &our)
	if err != nil {
		return our, their, err
	}
	theirPages, err := pagesIn(b, &their)
	if err != nil {
		return our, their, err
	}
	for _, name := range theirPages {
		if _, found := slices.BinarySearch(ourPages, name); !found {
			differences = append(differences, name+": only Hugo makes it")
		}
	}
	for _, name := range ourPages {
		if isOursAlone(name) {
			continue
		}
		if _, found := slices.BinarySearch(theirPages, name); !found {
			differences = append(differences, name+": Hugo does not make it")
			continue
		}
		difference, err := comparePage(a, b, name)
		if err != nil {
			return our, their, err
		}
		if difference != "" {
			differences = append(differences, name+": "+difference)
		}
	}
	if len(differences) > 0 {
		shown := differences[:min(len(differences), 20)]
		err = fmt.Errorf("%d pages differ:\n%s", len(differences), strings.Join(shown, "\n"))
	}
	return our, their, err
}

// pagesIn returns the pages of an output, sorted, and adds up their sizes.
func pagesIn(folder fs.FS, total *size) ([]string, error) {
	var names []string
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".html" {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		total.pages++
		total.bytes += info.Size()
		names = append(names, name)
		return nil
	})
	slices.Sort(names)
	return names, err
}

// comparePage says in what a page differs, or nothing.
func comparePage(ours, hugo fs.FS, name string) (string, error) {
	ourText, ourLinks, err := readPage(ours, name)
	if err != nil {
		return "", err
	}
	theirText, theirLinks, err := readPage(hugo, name)
	if err != nil {
		return "", err
	}
	if ourText != theirText {
		at := 0
		for at < min(len(ourText), len(theirText)) && ourText[at] == theirText[at] {
			at++
		}
		excerpt := func(text string) string {
			return strings.ToValidUTF8(text[max(0, at-30):min(len(text), at+60)], "")
		}
		return fmt.Sprintf("text\n\tours …%s…\n\tHugo …%s…", excerpt(ourText), excerpt(theirText)), nil
	}
	if !slices.Equal(ourLinks, theirLinks) {
		return fmt.Sprintf("links\n\tours %q\n\tHugo %q", without(ourLinks, theirLinks), without(theirLinks, ourLinks)), nil
	}
	return "", nil
}

func without(list, others []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(link string) bool { return slices.Contains(others, link) })
}

// readPage returns the text of a page without any space, and the set of its links, sorted.
func readPage(folder fs.FS, name string) (text string, links []string, err error) {
	file, err := folder.Open(name)
	if err != nil {
		return "", nil, err
	}
	defer file.Close()
	var words strings.Builder
	for page := html.NewTokenizer(file); ; {
		switch page.Next() {
		case html.ErrorToken:
			if err := page.Err(); err != io.EOF {
				return "", nil, fmt.Errorf("%s: %w", name, err)
			}
			slices.Sort(links)
			return words.String(), slices.Compact(links), nil
		case html.TextToken:
			for word := range strings.FieldsSeq(string(page.Text())) {
				words.WriteString(word)
			}
		case html.StartTagToken:
			if tag, _ := page.TagName(); string(tag) != "a" {
				continue
			}
			for more := true; more; {
				var key, value []byte
				if key, value, more = page.TagAttr(); string(key) == "href" {
					links = append(links, string(value))
				}
			}
		}
	}
}
