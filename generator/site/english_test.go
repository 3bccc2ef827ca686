package site_test

import (
	"archive/zip"
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// These tests build another, much smaller handbook in another language with
// the same layouts. What they find of the first one is a word or a number
// that stands in code or layouts instead of content.

var update = flag.Bool("update", false, "write testdata/golden anew")

// english are the sources of a site of testdata/english, on a day between the fixture's review dates
// and their ends.
func english(content fs.FS) sources {
	return sources{content: content, today: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}
}

// kitchen returns the site of testdata/english.
func kitchen(t testing.TB) *edition { return get(t, englishEdition) }

// kitchenContent returns a copy of testdata/english that a test may change.
func kitchenContent(t testing.TB) fstest.MapFS {
	t.Helper()
	content, err := readFolder(folder("generator/testdata/english"))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestEnglishHasNoProblem(t *testing.T) {
	_, problems, err := kitchen(t).sources.load()
	if err != nil || len(problems) > 0 {
		t.Errorf("got problems\n%s, error %v, want none", lines(problems), err)
	}
}

// What not every handbook has may be left out, each alone and all together: nothing is said of it, and
// no link leads to it.
func TestWhatMayBeLeftOut(t *testing.T) {
	table := func(name string) *regexp.Regexp {
		return regexp.MustCompile(`(?ms)^\[` + name + `[.\]].*?(^\[|\z|^\+\+\+)`)
	}
	field := func(name string) *regexp.Regexp { return regexp.MustCompile(`(?m)^` + name + ` = .*\n`) }
	without := func(content fstest.MapFS, folder string, form *regexp.Regexp) {
		found := false
		defer func() {
			if !found {
				t.Errorf("got nothing in %s that matches %s", folder, form)
			}
		}()
		for name, file := range content {
			if strings.HasPrefix(name, folder) {
				for form.Match(file.Data) {
					found = true
					file.Data = form.ReplaceAll(file.Data, []byte("$1"))
				}
			}
		}
	}
	page := func(name string) func(fstest.MapFS) {
		return func(content fstest.MapFS) {
			delete(content, "pages/"+name+".md")
			for _, file := range []string{"handbook.toml", "published.toml"} {
				content[file].Data = bytes.ReplaceAll(bytes.ReplaceAll(content[file].Data, []byte(`"`+name+`", `), nil), []byte(`, "`+name+`"`), nil)
			}
		}
	}
	parts := map[string]func(fstest.MapFS){
		"the matrix":    page("matrix"),
		"the workspace": page("workspace"),
		"a source":      func(content fstest.MapFS) { without(content, "handbook.toml", table("source")) },
		"origins": func(content fstest.MapFS) {
			without(content, "handbook.toml", table("origin"))
			without(content, "measures/", field("origin"))
		},
		"questions to the vendor": func(content fstest.MapFS) { without(content, "measures/", field("ask")) },
		"owners": func(content fstest.MapFS) {
			without(content, "handbook.toml", table("owner"))
			without(content, "methods/", field("owner"))
			without(content, "measures/", table("owner_note"))
		},
		"accesses": func(content fstest.MapFS) {
			without(content, "handbook.toml", table("access"))
			without(content, "methods/", field("access"))
		},
		"diagrams": func(content fstest.MapFS) { without(content, "methods/", table("diagram")) },
	}
	build := func(t *testing.T, content fstest.MapFS) {
		files := english(content).mustBuild(t)
		if err := handbookSchema(t, files, true).Validate(unmarshal(t, files["data/handbook.json"])); err != nil {
			t.Error(err)
		}
	}
	all := kitchenContent(t)
	for name, leaveOut := range parts {
		leaveOut(all)
		t.Run("without "+name, func(t *testing.T) {
			content := kitchenContent(t)
			leaveOut(content)
			build(t, content)
		})
	}
	t.Run("without all of these", func(t *testing.T) { build(t, all) })
}

func TestEnglishHasEveryPage(t *testing.T) {
	got := slices.DeleteFunc(kitchen(t).files.addresses(), func(address string) bool { return filepath.Ext(address) != ".html" })
	want := strings.Fields(`
		404.html about.html changes.html
		checklists/cook-and-carry.html checklists/cook-and-serve.html
		download.html embed/checklist/cook-and-carry.html embed/checklist/cook-and-serve.html embed/flow.html flow.html
		handouts/cook-and-carry.html handouts/cook-and-serve.html hub.html index.html matrix.html measures.html
		measures/clean-boards.html measures/core-temperature.html measures/dry-towels.html
		measures/fridge-temperature.html measures/hand-washing.html measures/opening-list.html
		methods.html methods/cook-and-carry.html methods/cook-and-serve.html
		rules/cook-and-carry.html rules/cook-and-serve.html search.html show.html show/boss.html
		show/calendar.html show/companies.html show/compare.html show/handout.html show/questions.html show/rules.html
		threats.html threats/allergens.html threats/germs.html workspace.html`)
	if !slices.Equal(got, want) {
		t.Errorf("pages\ngot  %v\nwant %v", got, want)
	}
}

// foreign is Japanese writing with its marks, or a word of telework.
var foreign = regexp.MustCompile(`[\p{Hiragana}\p{Katakana}\p{Han}\x{3000}-\x{303f}\x{ff00}-\x{ffef}]+|(?i)telework|\bvpn\b|antivirus|soumu`)

// absent are words of what this handbook does not have: ends of support, emergency sheets, guides and
// the like. Scripts have them, whatever the handbook.
var absent = regexp.MustCompile(`(?i)\b(products?|support ends?|ends? of support|emergency|surveys?|frameworks?|glossary|guides|employees|our settings)\b`)

// dates are the letters in which spreadsheets know dates.
var dates = regexp.MustCompile(`日月火水木金土|[年月日時分秒元]|令和|平成|昭和|大正|明治`)

func TestEnglishHasNoWordOfAnotherHandbook(t *testing.T) {
	look := func(name string, data []byte) {
		for i, line := range strings.Split(string(data), "\n") {
			line = dates.ReplaceAllString(line, "")
			word := foreign.FindString(line)
			if ext := path.Ext(name); word == "" && ext != ".js" && ext != ".css" && ext != ".json" {
				word = absent.FindString(line)
			}
			if word != "" {
				t.Errorf("%s:%d: got %q\nin %.200s\nwant words of the content only", name, i+1, word, line)
			}
		}
	}
	files := kitchen(t).files
	for _, name := range files.addresses() {
		if path.Ext(name) == ".png" {
			continue // bytes that may look like anything
		}
		data := files[name]
		if filepath.Ext(name) == ".png" {
			continue // has no words
		}
		if filepath.Ext(name) == ".xlsx" {
			for part, xml := range parts(t, data) {
				if part != "xl/theme/theme1.xml" { // names of fonts for each writing
					look(name+"/"+part, xml)
				}
			}
			continue
		}
		if filepath.Ext(name) != ".zip" {
			look(name, data)
			continue
		}
		inside := unzip(t, data)
		for _, file := range inside.addresses() {
			look(name, []byte(file))
		}
		look(name+"/readme.txt", bytes.TrimPrefix(inside["readme.txt"], []byte("\ufeff")))
	}
}

// Two handbooks that are unpacked side by side lie in folders of their own.
func TestFolderOfTheZip(t *testing.T) {
	for _, c := range []struct {
		e    *edition
		want string
	}{{kitchen(t), "cleanplate/"}, {offline(t), "tebiki/"}} {
		archive := c.e.files["download/offline.zip"]
		z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range z.File {
			if !strings.HasPrefix(file.Name, c.want) {
				t.Errorf("got %s, want it in %s", file.Name, c.want)
			}
		}
	}
}

// A priority that no measure has stands on no checklist, and breaks no page.
func TestEmptyPriority(t *testing.T) {
	content := copyOf(t, folder("generator/testdata/english"))
	for old, new := range map[string]string{
		"[priority.must]":        "[priority.never]\nmark = \"!!\"\nname = \"At once\"\nmeaning = \"Nothing is.\"\n\n[priority.must]",
		"[count.cook-and-serve]": "[count.cook-and-serve]\nnever = 0",
		"[count.cook-and-carry]": "[count.cook-and-carry]\nnever = 0",
	} {
		edit(t, content, "handbook.toml", old, new)
	}
	sources := english(content)
	sources.options.Components = true
	files := sources.mustBuild(t)
	if page := string(files["checklists/cook-and-carry.html"]); strings.Contains(page, `max="0"`) || strings.Contains(page, `"never"`) {
		t.Error("got a group of no measures on a checklist, want none")
	}
	if page := string(files["components.html"]); !strings.Contains(page, `class="row__title"`) {
		t.Errorf("components.html: got no measure, want one")
	}
}

// hashed is the part of an asset's name that changes with its contents.
var hashed = regexp.MustCompile(`((?:assets/[a-z]+|\b(?:search|pieces|assign|carry|save|read|offline))-)[0-9A-Z]{8}\b`)

func TestGolden(t *testing.T) {
	files := kitchen(t).files
	for _, address := range []string{"checklists/cook-and-carry.html", "measures/clean-boards.html", "flow.html", "rules/cook-and-carry.html"} {
		got := hashed.ReplaceAllString(string(files[address]), "${1}HASH")
		golden := filepath.Join("testdata", "golden", filepath.FromSlash(address))
		if *update {
			if err := os.MkdirAll(filepath.Dir(golden), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		wantLines, gotLines := strings.Split(string(want), "\n"), strings.Split(got, "\n")
		for i := range max(len(wantLines), len(gotLines)) {
			if g, w := lineAt(gotLines, i), lineAt(wantLines, i); g != w {
				t.Errorf("%s:%d: (go test ./generator/site -update writes it anew)\ngot  %s\nwant %s", golden, i+1, g, w)
				break // what follows is out of step
			}
		}
	}
}

func lineAt(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(end)"
}
