package site

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"tebiki/generator/handbook"
)

// Check finds dead links and unknown icons in content that has other problems
// too, of which no page can be made. Anchors have to wait until there are
// pages.
func Check(h *handbook.Handbook, static fs.FS) ([]handbook.Problem, error) {
	assets, err := buildAssets(static)
	if err != nil {
		return nil, err
	}
	b := &builder{}
	b.Handbook, b.assets = h, assets
	jobs, problems := b.jobs()
	return append(problems, b.checkAddresses(jobs)...), nil
}

// checkAddresses finds dead links while there are no pages.
func (b *builder) checkAddresses(jobs []job) []handbook.Problem {
	files := maps.Clone(b.assets.files)
	for _, job := range jobs {
		files[job.address] = nil
	}
	if b.Handbook.Survey != nil {
		files[surveyAddress], files[surveyTable] = nil, nil
	}
	if b.Handbook.ShareImage != nil {
		files[shareAddress] = nil
	}
	return checkLinks(b.Handbook, files)
}

// anchorForm is how layouts and texts write the anchors of a page.
var anchorForm = regexp.MustCompile(` id="([^"]+)"`)

// checkAnchors reports names that a page uses as an anchor more than once:
// those of headings, and those of records that stand in a list.
func checkAnchors(h *handbook.Handbook, files Files) []handbook.Problem {
	var problems []handbook.Problem
	pages := map[string]map[string]int{}
	isDoubled := func(address, anchor string) bool {
		if pages[address] == nil {
			pages[address] = map[string]int{}
			for _, match := range anchorForm.FindAllSubmatch(files[address], -1) {
				pages[address][string(match[1])]++
			}
		}
		return pages[address][anchor] > 1
	}
	sections := map[string]handbook.Labels{"measure": h.Sections.Measure, "method": h.Sections.Method, "threat": h.Sections.Threat, "guide": h.Sections.Guide}
	h.EachBody(func(r *handbook.Record, body *handbook.Body) {
		address := strings.TrimPrefix(strings.TrimSuffix(r.File, ".md"), "pages/") + ".html"
		if _, ok := files[address]; !ok {
			return // a record that stands in a list
		}
		folder, _, _ := strings.Cut(r.File, "s/") // measures/ have the sections of a measure
		for anchor, line := range body.Anchors() {
			if !isDoubled(address, anchor) {
				continue
			}
			p := handbook.Problem{File: r.File, Line: line, Text: fmt.Sprintf("見出しの名前 %q は、このページのほかの場所で使われています（別の名前にしてください）", anchor)}
			if slices.ContainsFunc(sections[folder], func(l handbook.Label) bool { return l.ID == anchor }) {
				p.File, p.Line = h.Sections.File, h.Sections.At(folder+"."+anchor)
				p.Text = fmt.Sprintf("節の名前 %q は、その節のページのほかの場所で使われています（別の名前にしてください）", anchor)
			}
			problems = append(problems, p)
		}
	})

	look := func(r *handbook.Record, anchor string, addresses ...string) {
		for _, address := range addresses {
			if isDoubled(address, anchor) {
				problems = append(problems, handbook.Problem{File: r.File, Line: r.At(""), Text: fmt.Sprintf("名前 %q は使えません（%s のほかの場所が使っています。別の名前にしてください）", r.Slug, address)})
				return
			}
		}
	}
	var checklists []string
	for _, m := range h.Methods {
		checklists = append(checklists, checklistAddress(m.Slug))
	}
	for _, m := range h.Measures {
		look(&m.Record, m.Slug, checklists...)
	}
	for _, p := range h.Priorities {
		look(&p.Record, p.Slug, checklists...)
	}
	for _, c := range h.Categories {
		look(&c.Record, c.Slug, "measures.html")
	}
	for _, q := range h.Flow.Questions {
		for _, a := range q.Answers {
			look(&a.Record, "answer-"+q.Slug+"-"+a.Slug, flowAddress)
		}
	}
	for _, t := range h.Terms {
		look(&t.Record, t.Slug, "glossary.html")
	}
	for _, c := range h.Charts {
		look(&c.Record, c.Slug, "survey.html")
	}
	for _, c := range h.Contacts {
		look(&c.Record, c.Slug, "contacts.html")
	}
	for _, r := range h.References {
		look(&r.Record, r.Slug, "references.html")
	}
	for _, l := range h.Lifecycles {
		look(&l.Record, l.Slug, "lifecycles.html")
	}
	return problems
}

// checkLinks reports links in the texts that lead nowhere. The rendered pages
// themselves say which addresses and anchors there are; pages that are still
// to be rendered are nil. The page of the search takes a query, and that of
// the flow the answers on a way through it.
func checkLinks(h *handbook.Handbook, files Files) []handbook.Problem {
	var problems []handbook.Problem
	known := slices.DeleteFunc(files.Paths(), func(p string) bool { return path.Ext(p) != ".html" })
	// Only a flow without problems has branches; only of such there are pages.
	ways := sync.OnceValue(func() []string { return fragments(h.Flow.Branches()) })
	h.EachBody(func(r *handbook.Record, body *handbook.Body) {
		for _, link := range body.Links {
			report := func(format string, args ...any) {
				problems = append(problems, handbook.Problem{File: r.File, Line: link.Line, Text: fmt.Sprintf(format, args...)})
			}
			if isExternal(link.Target) {
				continue
			}
			if u, err := url.Parse(link.Target); err != nil || u.Scheme != "" || u.Path == "" || strings.HasPrefix(link.Target, "/") {
				report("リンク %q は使えません（外のページは https:// から、このサイトのページは measures/antivirus.html のように書きます）", link.Target)
				continue
			}
			target, anchor, _ := strings.Cut(link.Target, "#")
			if page, query, _ := strings.Cut(target, "?"); page == searchAddress && strings.HasPrefix(query, "q=") {
				target = page
			}
			page, ok := files[target]
			switch {
			case target == zipAddress: // made last, of pages without dead links
			case !ok:
				report("リンク先 %q がありません%s", target, handbook.DidYouMean(target, known))
			case anchor == "" || page == nil || bytes.Contains(page, []byte(` id="`+anchor+`"`)):
			case target == flowAddress && slices.Contains(ways(), anchor):
			default:
				report("リンク先 %s に見出し %q がありません（{#%s} の付いた見出しを確かめてください）", target, "#"+anchor, anchor)
			}
		}
	})
	return problems
}

// fragments returns what may stand behind the # of the flow's address.
func fragments(branches []*handbook.Branch) []string {
	var list []string
	for _, branch := range branches {
		list = append(append(list, fragment(branch)), fragments(branch.Branches)...)
	}
	return list
}
