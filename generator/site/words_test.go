package site_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Whoever writes or translates the words of the interface writes none in vain.
func TestEveryWordIsUsed(t *testing.T) {
	defaults, err := fs.ReadFile(folder("generator/words"), "ja.toml")
	if err != nil {
		t.Fatal(err)
	}
	marks := map[string]string{} // by key; glossary.groups is a list of letters
	group, text := "", regexp.MustCompile(`^(\w+) = "`)
	lines := strings.Split(string(defaults), "\n")
	for i, line := range lines {
		if name, ok := strings.CutPrefix(line, "["); ok {
			group = strings.TrimSuffix(name, "]")
		} else if match := text.FindStringSubmatch(line); match != nil && match[1] != "groups" {
			mark := fmt.Sprintf("word-%d-", i)
			marks[group+"."+match[1]] = mark
			lines[i] = strings.Replace(line, `"`, `"`+mark, 1)
		}
	}
	content := contentCopy(t)
	content["ui.toml"].Data = []byte(strings.Join(lines, "\n"))
	withdraw(t, content)
	loaded, err := sources{content: content}.loadSound()
	if err != nil {
		t.Fatal(err)
	}
	// What two more words are for.
	loaded.Handbook.Changes = nil
	loaded.Handbook.Contacts[0].URL = "https://example.jp/"
	files, err := build(loaded, nil)
	if err != nil {
		t.Fatal(err)
	}
	// And those of a handbook that follows no publication and knows no ends of support.
	own, err := sources{content: content}.loadSound()
	if err != nil {
		t.Fatal(err)
	}
	own.Handbook.Original.Title, own.Handbook.Lifecycles = "", nil
	for _, name := range []string{"about.html", "show.html", "show/calendar.html"} {
		if files["own/"+name], err = own.File(name); err != nil {
			t.Fatal(err)
		}
	}
	inside := unzip(t, files[zipAddress])
	for _, name := range []string{"download.html", "readme.txt"} { // not as they are outside
		files["zip/"+name] = inside[name]
	}
	for name, data := range maps.Clone(files) {
		if strings.HasSuffix(name, ".xlsx") {
			for part, xml := range parts(t, data) {
				files[name+"/"+part] = xml
			}
		}
	}
	said := bytes.Join(slices.Collect(maps.Values(files)), nil)
	for _, name := range slices.Sorted(maps.Keys(marks)) {
		if !bytes.Contains(said, []byte(marks[name])) {
			t.Errorf("%s: got it nowhere on the site, want it used or gone", name)
		}
	}
	if len(marks) < 300 {
		t.Errorf("got %d words, want all of them", len(marks))
	}
}
