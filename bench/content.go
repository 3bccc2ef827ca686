package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"tebiki/generator/handbook"
)

// anchorForm is the name of a heading.
var anchorForm = regexp.MustCompile(`(?m)^##.*\{#([a-z0-9-]+)\}$`)

// sealLine is the seal of the published names, to which more are added.
var sealLine = regexp.MustCompile(`(?m)^seal = .*\n`)

// An edition is a content folder as text: slash-separated names and what the files say.
type edition map[string]string

// readEdition reads a content folder without what can be made of a reader's answers: Hugo has no such
// documents, nor workbooks.
func readEdition(folder string) (edition, error) {
	e := edition{}
	content := os.DirFS(folder)
	err := fs.WalkDir(content, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == "README.md" {
			return err
		}
		data, err := fs.ReadFile(content, name)
		e[name] = string(data)
		return err
	})
	for name, text := range e {
		if name == "handbook.toml" || name == "published.toml" {
			text = strings.NewReplacer(` "show",`, "", "  \"show\",\n", "").Replace(text)
		}
		e[name] = strings.ReplaceAll(text, "](show.html)", "](index.html)")
	}
	delete(e, "pages/show.md")
	return e, err
}

// below returns the names of the files in a folder, sorted.
func (e edition) below(folder string) []string {
	var names []string
	for name := range e {
		if path.Dir(name) == folder {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// slug returns the name of the record in a file.
func slug(file string) string { return strings.TrimSuffix(path.Base(file), path.Ext(file)) }

// split cuts a file into its front matter and its text.
func split(file string) (front, text string) {
	front, text, _ = strings.Cut(strings.TrimPrefix(file, "+++\n"), "+++\n")
	return front, text
}

// A writer makes records out of the words of an edition.
type writer struct {
	edition
	random   *rand.Rand
	words    map[bool][]string   // of the edition, those in katakana apart
	passages map[string][]string // blocks of texts by where they may stand: see kindOf
}

var (
	wordForm    = regexp.MustCompile(`[\p{Katakana}ー]{2,}|\p{Han}{2,}`)
	headingName = regexp.MustCompile(` \{#[^}]*\}`)
	linkForm    = regexp.MustCompile(`\]\(([^):]+)\)`) // within the site
)

// enlarge returns the edition with as many more measures (three in four) and written pages as make
// about so many pages in all. Their texts are those of the edition, passage by
// passage and in part word by word exchanged for others, so that they compress and are found as
// real ones are. The same edition and number give the same files.
//
// No term is linked, and no link leads to a place within a page that lists records: Hugo has no
// such terms and the layouts here no such places.
func enlarge(e edition, pages int) (edition, error) {
	w := &writer{e, rand.New(rand.NewPCG(1, 2)), map[bool][]string{}, map[string][]string{}}
	w.gather()
	var settings struct {
		Count map[string]map[string]int `toml:"count"`
	}
	if err := toml.Unmarshal([]byte(e["handbook.toml"]), &settings); err != nil {
		return nil, err
	}
	large := edition{}
	for name, text := range e {
		if path.Dir(name) == "terms" && !strings.Contains(text, "\neveryday = true\n") {
			text = strings.Replace(text, "+++\n", "+++\neveryday = true\n", 1)
		}
		large[name] = linkForm.ReplaceAllStringFunc(text, withoutPlace)
	}

	var measures, written []string // slugs
	var marks strings.Builder
	for i := range max(0, pages-pagesOf(e)) {
		if i%4 == 0 {
			written = append(written, fmt.Sprintf("more-%d", i))
			large["pages/"+written[len(written)-1]+".md"] = w.page()
		} else {
			measures = append(measures, fmt.Sprintf("more-%d", i))
		}
	}
	methods := e.below("methods")
	for i, name := range measures {
		// A checklist of everything helps nobody: each measure is on two.
		first, second := slug(methods[i%len(methods)]), slug(methods[(i+1)%len(methods)])
		settings.Count[first]["high"]++
		settings.Count[second]["standard"]++
		priority := fmt.Sprintf("[priority]\n%s = \"high\"\n%s = \"standard\"\n\n", first, second)
		file := w.measure(1000+i, priority, measures)
		front, _ := split(file)
		var m handbook.Measure
		if err := toml.Unmarshal([]byte(front), &m); err != nil {
			return nil, err
		}
		fmt.Fprintf(&marks, "%s = %q\n", name, handbook.CheckMark(m.Revision, m.Check))
		large["measures/"+name+".md"] = file
	}

	large["published.toml"] = sealLine.ReplaceAllString(e["published.toml"], "")
	for list, added := range map[string][]string{"measures": measures, "pages": written} {
		var slugs strings.Builder
		for _, name := range added {
			fmt.Fprintf(&slugs, "  %q,\n", name)
		}
		list += " = [\n"
		large["published.toml"] = strings.Replace(large["published.toml"], list, list+slugs.String(), 1)
	}
	var anchors strings.Builder
	for _, name := range written {
		var names []string
		for _, match := range anchorForm.FindAllStringSubmatch(large["pages/"+name+".md"], -1) {
			names = append(names, strconv.Quote(match[1]))
		}
		fmt.Fprintf(&anchors, "\"pages/%s\" = [%s]\n", name, strings.Join(names, ", "))
	}
	large["published.toml"] = strings.Replace(large["published.toml"], "[anchors]\n", "[anchors]\n"+anchors.String(), 1)
	large["published.toml"] = strings.Replace(large["published.toml"], "[checks]\n", "[checks]\n"+marks.String(), 1)
	text, _, _ := strings.Cut(e["handbook.toml"], "[count.")
	counts, err := toml.Marshal(settings)
	if err != nil {
		return nil, err
	}
	large["handbook.toml"] = text + string(counts)
	return large, nil
}

// pagesOf is how many pages the generator makes of an edition.
func pagesOf(e edition) int {
	pages := 2 // the hub and the embedded flow
	for _, folder := range []string{"pages", "measures", "methods", "methods", "methods", "threats", "guides", "incidents"} {
		pages += len(e.below(folder)) // a method has three: its own, a checklist, and that for frames
	}
	for _, file := range e.below("frameworks") {
		if itemHead.MatchString(e[file]) { // else it has none
			pages++
		}
	}
	return pages
}

func withoutPlace(link string) string {
	target, _, found := strings.Cut(link, "#")
	if !found || strings.HasPrefix(target, "](measures/") {
		return link
	}
	return target + ")"
}

// gather takes the words and passages out of the edition.
func (w *writer) gather() {
	for _, folder := range []string{"measures", "pages", "guides"} {
		for _, name := range w.below(folder) {
			_, text := split(w.edition[name])
			text = linkForm.ReplaceAllStringFunc(headingName.ReplaceAllString(text, ""), withoutPlace)
			for _, word := range wordForm.FindAllString(text, -1) {
				w.words[isKatakana(word)] = append(w.words[isKatakana(word)], word)
			}
			section := ""
			for _, block := range blocks(text) {
				if strings.HasPrefix(block, "## ") {
					section = block
					continue
				}
				if block[0] == '|' {
					continue // of all pages one has tables, which Hugo is slow to write
				}
				kind := kindOf(folder, section, block)
				w.passages[kind] = append(w.passages[kind], block)
			}
		}
	}
}

// blocks returns the paragraphs, lists and headings of a text.
func blocks(text string) []string {
	return slices.DeleteFunc(strings.Split(strings.Trim(text, "\n"), "\n\n"), func(block string) bool { return block == "" })
}

func isKatakana(word string) bool { return word < "ヿ" }

// kindOf tells what a passage may stand in for: what begins alike (a paragraph, a list, a heading),
// in the same section of a measure or anywhere in a page or guide.
func kindOf(folder, section, block string) string {
	if folder != "measures" {
		section = ""
	}
	begin := "text"
	if strings.ContainsAny(block[:1], "#-0123456789") {
		begin = block[:1]
	}
	return section + begin
}

// vary exchanges one word in four for another.
func (w *writer) vary(text string) string {
	return wordForm.ReplaceAllStringFunc(text, func(word string) string {
		if w.random.IntN(4) > 0 {
			return word
		}
		return pick(w.random, w.words[isKatakana(word)])
	})
}

func pick(random *rand.Rand, list []string) string { return list[random.IntN(len(list))] }

// text is a text built like the one of a file, of other passages. Headings that the handbook
// prescribes stay.
func (w *writer) text(file string) string {
	folder := path.Dir(file)
	_, text := split(w.edition[file])
	section := ""
	var others strings.Builder
	for _, block := range blocks(text) {
		if strings.HasPrefix(block, "## ") {
			section = block
		} else {
			block = w.vary(pick(w.random, w.passages[kindOf(folder, section, block)]))
		}
		others.WriteString("\n" + block + "\n")
	}
	return others.String()
}

var priorityTable = regexp.MustCompile(`(?m)^\[priority\]\n(?:.+\n)*\n?`)

// measure is a new measure with links to two others.
func (w *writer) measure(number int, priority string, others []string) string {
	file, front := "", ""
	for !strings.Contains(front, "[priority]") { // a preparation stands on every checklist
		file = pick(w.random, w.below("measures"))
		front, _ = split(w.edition[file])
	}
	category, _, _ := strings.Cut(regexp.MustCompile(`number = "(.*)"`).FindStringSubmatch(front)[1], "-")
	front = regexp.MustCompile(`number = ".*"`).ReplaceAllString(front, fmt.Sprintf(`number = "%s-%d"`, category, number))
	front = priorityTable.ReplaceAllLiteralString(front, priority)
	text := w.text(file)
	for range 2 {
		text += fmt.Sprintf("\n[%s](measures/%s.html#how)もあわせて行います。\n", w.vary("ほかの端末の対策"), pick(w.random, others))
	}
	return "+++\n" + w.vary(front) + "+++\n" + text
}

// page is a new written page.
func (w *writer) page() string {
	file, text := "", ""
	for strings.Count(text, "\n## ") < 3 { // many pages are little more than the head of a list
		file = pick(w.random, w.below("pages"))
		_, text = split(w.edition[file])
	}
	front, _ := split(w.edition[file])
	return "+++\n" + w.vary(front) + "+++\n" + w.text(file)
}

// write writes files into a folder.
func write(files map[string]string, folder string) error {
	for name, text := range files {
		target := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(target), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(target, []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// writeLayouts writes into folder the layouts for the equal pages: those in bench/layouts, and for
// every other kind of page that the real layouts know one that shows what was written.
func writeLayouts(real, own, folder string) error {
	if err := os.CopyFS(folder, os.DirFS(own)); err != nil {
		return err
	}
	kinds, err := fs.Glob(os.DirFS(real), "*.html")
	if err != nil {
		return err
	}
	for _, kind := range kinds {
		target := filepath.Join(folder, kind)
		if _, err := os.Stat(target); err == nil {
			continue
		}
		like := "page.html"
		if slices.Contains([]string{"components.html", "embed-checklist.html", "embed-flow.html", "embed-withdrawn.html", "hub.html", "withdrawn.html"}, kind) {
			like = "title.html" // nobody wrote them
		}
		data, err := os.ReadFile(filepath.Join(folder, like))
		if err != nil {
			return err
		}
		if err := os.WriteFile(target, data, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// writeStatic writes into folder what the generator wants of static: the real icons and images, and
// styles and scripts that are empty, for Hugo is given none to bundle.
func writeStatic(real, folder string) error {
	for _, kept := range []string{"icons", "images"} {
		if err := os.CopyFS(filepath.Join(folder, kept), os.DirFS(filepath.Join(real, kept))); err != nil {
			return err
		}
	}
	return write(edition{
		"main.css": "", "forms.css": "", "show.css": "", "calendar.css": "", "compare.css": "",
		"offline.css": "", "embed.css": "", "linking.css": "", "matrix.css": "",
		"main.ts": "", "workspace.ts": "", "forms.ts": "", "show.ts": "", "calendar.ts": "", "compare.ts": "", "checklist/assign.ts": "", "show/carry.ts": "", "excel/save.ts": "", "excel/read.ts": "", "search/search.ts": "", "search/pieces.ts": "",
		"offline.ts": "", "embed.ts": "", "linking.ts": "", "offline/worker.ts": "",
	}, folder)
}
