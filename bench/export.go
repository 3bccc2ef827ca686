package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// unlisted is a section of Hugo without a page of its own name.
const unlisted = "+++\nbuild.render = \"never\"\n+++\n"

// A table is TOML of any form.
type table = map[string]any

// An exporter turns an edition into a Hugo site.
type exporter struct {
	edition
	book table   // handbook.toml
	site edition // what is to be written
}

// export writes into folder the Hugo site of an edition: what lies in bench/hugo, and the edition as
// its content. Links are written as they stand on the page, so that Hugo has none to resolve.
func export(e edition, hugo, static, folder string) error {
	if err := os.CopyFS(folder, os.DirFS(hugo)); err != nil {
		return err
	}
	if err := os.CopyFS(filepath.Join(folder, "static/images"), os.DirFS(filepath.Join(static, "images"))); err != nil {
		return err
	}
	x := exporter{edition: e, site: edition{
		"static/assets/main.css":       "",
		"content/checklists/_index.md": unlisted,
		"content/incidents/_index.md":  unlisted,
	}}
	if err := toml.Unmarshal([]byte(e["handbook.toml"]), &x.book); err != nil {
		return err
	}
	for _, part := range []func() error{x.settings, x.measures, x.methods, x.others} {
		if err := part(); err != nil {
			return err
		}
	}
	return write(x.site, folder)
}

// front decodes the front matter of a record.
func (x *exporter) front(file string) (table, error) {
	front, _ := split(x.edition[file])
	t := table{}
	if err := toml.Unmarshal([]byte(front), &t); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return t, nil
}

// settings writes what the pages share: the shell's words as parameters of the site, the words that
// records name as data.
func (x *exporter) settings() error {
	params := table{"title": x.book["title"], "tagline": x.book["tagline"], "maker": x.book["maker"], "source": x.book["source"]}
	for _, list := range []string{"navigation", "footer"} {
		var links []table
		for _, name := range x.book[list].([]any) {
			front, err := x.front(fmt.Sprintf("pages/%s.md", name))
			if err != nil {
				return err
			}
			links = append(links, table{"address": fmt.Sprintf("%s.html", name), "label": front["label"]})
		}
		params[list] = links
	}
	if err := x.encode("config/_default/params.toml", params); err != nil {
		return err
	}

	names := func(list string) table {
		t := table{}
		for slug, record := range x.book[list].(table) {
			t[slug] = record.(table)["name"]
		}
		return t
	}
	words := table{"category": names("category"), "priority": x.book["priority"], "origin": x.book["origin"]}
	for list, table := range map[string]string{"priorities": "priority", "owners": "owner"} {
		words[list] = x.inOrder(table)
	}
	threats := table{}
	for _, file := range x.below("threats") {
		front, err := x.front(file)
		if err != nil {
			return err
		}
		threats[slug(file)] = front["name"]
	}
	words["threat"] = threats
	var methods []table
	for _, file := range x.below("methods") {
		front, err := x.front(file)
		if err != nil {
			return err
		}
		methods = append(methods, table{"slug": slug(file), "number": front["number"], "mark": front["mark"], "name": front["name"]})
	}
	slices.SortFunc(methods, func(a, b table) int { return int(a["number"].(int64) - b["number"].(int64)) })
	words["methods"] = methods
	return x.encode("data/words.toml", words)
}

// inOrder returns the records of a vocabulary in the order of handbook.toml, which TOML's tables do
// not keep.
func (x *exporter) inOrder(vocabulary string) []table {
	var list []table
	for _, match := range regexp.MustCompile(`(?m)^\[`+vocabulary+`\.(.+)\]$`).FindAllStringSubmatch(x.edition["handbook.toml"], -1) {
		record := x.book[vocabulary].(table)[match[1]].(table)
		list = append(list, table{"slug": match[1], "name": record["name"]})
	}
	return list
}

func (x *exporter) encode(file string, t table) error {
	text, err := toml.Marshal(t)
	x.site[file] = string(text)
	return err
}

// add adds a record as it is, with more lines before its front matter and the names of its sections.
func (x *exporter) add(file, target, lines, root string, sections table) {
	front, text := split(x.edition[file])
	for name, heading := range sections {
		text = strings.Replace(text, fmt.Sprintf("## %s\n", heading), fmt.Sprintf("## %s {#%s}\n", heading, name), 1)
	}
	text = linkForm.ReplaceAllString(text, "]("+root+"$1)")
	x.site["content/"+target] = "+++\n" + lines + front + "+++\n" + text
}

// sections returns the headings that the handbook prescribes for a kind of record, by their names.
func (x *exporter) sections(kind string) table {
	headings, _ := x.book["section"].(table)[kind].(table)
	return headings
}

var checkField = regexp.MustCompile(`(?m)^check = `)

func (x *exporter) measures() error {
	numbers := map[string][]int{}
	for _, file := range x.below("measures") {
		front, err := x.front(file)
		if err != nil {
			return err
		}
		for _, part := range strings.Split(front["number"].(string), "-") {
			n, err := strconv.Atoi(part)
			if err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
			numbers[file] = append(numbers[file], n)
		}
	}
	files := x.below("measures")
	slices.SortFunc(files, func(a, b string) int { return slices.Compare(numbers[a], numbers[b]) })
	for i, file := range files {
		x.add(file, file, fmt.Sprintf("weight = %d\n", i+1), "../", x.sections("measure"))
		x.site["content/"+file] = checkField.ReplaceAllString(x.site["content/"+file], "description = ")
	}
	return nil
}

func (x *exporter) methods() error {
	for _, file := range x.below("methods") {
		front, err := x.front(file)
		if err != nil {
			return err
		}
		head := func(title string) string {
			return fmt.Sprintf("title = %q\ndescription = %q\n", title, front["summary"])
		}
		x.add(file, file, head(front["name"].(string)), "../", x.sections("method"))
		x.site["content/checklists/"+path.Base(file)] = "+++\n" + head(fmt.Sprint(front["mark"], " ", front["name"])) + "+++\n"
	}
	return nil
}

// recordKinds are the kinds of records whose pages show what the record says, with the fields that
// Hugo calls title and description.
var recordKinds = []struct{ folder, name, title, lead string }{
	{"threats", "threat", "name", "summary"},
	{"guides", "guide", "title", "summary"},
	{"incidents", "incident", "title", "signs"},
	{"frameworks", "framework", "title", "summary"},
}

var (
	itemHead = regexp.MustCompile(`(?m)^\[item\.(.+)\]$`)
	urlField = regexp.MustCompile(`(?m)^url = `)
)

// others adds the other records and the written pages. Those that list a folder of records are the
// pages of Hugo's sections.
func (x *exporter) others() error {
	for _, kind := range recordKinds {
		for _, file := range x.below(kind.folder) {
			front, err := x.front(file)
			if err != nil {
				return err
			}
			if kind.name == "framework" && front["item"] == nil {
				continue // it has no page
			}
			lines := fmt.Sprintf("description = %q\n", front[kind.lead])
			if kind.title != "title" {
				lines += fmt.Sprintf("title = %q\n", front[kind.title])
			}
			x.add(file, file, lines, "../", x.sections(kind.name))
			// Hugo keeps no order of tables, and takes a page's url for its address.
			text := itemHead.ReplaceAllString(x.site["content/"+file], "[[items]]\nslug = \"$1\"")
			x.site["content/"+file] = urlField.ReplaceAllString(text, "source_url = ")
		}
	}
	for _, file := range x.below("pages") {
		switch name := slug(file); {
		case name == "index":
			x.add(file, "_index.md", "", "", nil)
		case len(x.below(name)) > 0: // it lists a folder
			x.add(file, name+"/_index.md", fmt.Sprintf("url = %q\n", name+".html"), "", nil)
		default:
			x.add(file, path.Base(file), "", "", nil)
		}
	}
	return nil
}
