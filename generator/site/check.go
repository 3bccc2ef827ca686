package site

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"

	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// check returns the problems of which handbook.Load knows nothing: pages and icons that are
// missing, names that the site uses itself, and links and anchors that lead nowhere or to two
// places. sound tells that the handbook itself has no problems; without, anchors have to wait.
func (s *Site) check(sound bool) []source.Problem {
	c := checker{Site: s, sound: sound, pages: make(map[string]*checkedPage, len(s.Rows)), others: map[string]bool{zipAddress: true}}
	for i := range s.Rows {
		switch row := &s.Rows[i]; {
		case row.Address == componentsAddress: // is not published
		case row.layout != "":
			c.pages[row.Address] = &checkedPage{row: row}
		default:
			c.others[row.Address] = true
		}
	}
	c.checkPages()
	c.checkIcons()
	c.checkLinks()
	if sound {
		c.checkAnchors()
	}
	return source.SortProblems(c.problems)
}

type checker struct {
	*Site
	sound    bool
	pages    map[string]*checkedPage // by address
	others   map[string]bool         // addresses that are no pages
	problems []source.Problem
}

// A checkedPage knows its anchors when somebody has asked for them.
type checkedPage struct {
	row *Row
	ids map[string]bool
}

func (c *checker) report(p source.Problem) { c.problems = append(c.problems, p) }

// checkPages reports pages that the site lists records on and that have no record of their own in
// the content, and pages that take the site's own addresses.
func (c *checker) checkPages() {
	for _, p := range c.Handbook.Pages {
		if isTaken(pageAddress(p)) {
			c.report(source.Problem{File: p.File, Line: 1, Text: fmt.Sprintf("ページの名前 %q は使えません（番地 %s は、このサイトが別のことに使います。別の名前にしてください）", p.Slug, pageAddress(p))})
		}
	}
	for _, kind := range pageKinds {
		if kind.needed(c.Handbook) && c.Handbook.Page(kind.slug) == nil {
			c.report(source.Problem{File: "pages/" + kind.slug + ".md", Line: 1, Text: "このページがありません（題名と説明を書いたファイルを作ってください）"})
		}
	}
}

// checkIcons reports icons of the content that static/icons does not have.
func (c *checker) checkIcons() {
	known := slices.Sorted(maps.Keys(c.assets.icons))
	look := func(r *source.Record, field, icon string) {
		if _, ok := c.assets.icons[icon]; icon != "" && !ok {
			c.report(r.Problem(field, "絵 %q がありません%s", icon, source.DidYouMean(icon, known)))
		}
	}
	for _, axis := range slices.Concat(c.Handbook.Owners, c.Handbook.Accesses) {
		look(&axis.Record, "icon", axis.Icon)
	}
	for _, m := range c.Handbook.Methods {
		for _, place := range m.Diagram.Places {
			for _, item := range place.Items {
				look(&place.Record, "item."+item.ID, item.ID)
			}
		}
	}
}

// checkLinks reports links in the texts that lead nowhere. The page of the search takes a query,
// and that of the flow the answers on a way through it.
func (c *checker) checkLinks() {
	known := slices.Sorted(maps.Keys(c.pages))
	ways := sync.OnceValue(func() []string { return fragments(c.Handbook.Flow.Branches()) })
	c.Handbook.EachBody(func(r *source.Record, body *markdown.Body) {
		for _, link := range body.Links {
			if markdown.IsExternal(link.Target) {
				continue
			}
			report := func(format string, args ...any) { c.report(r.ProblemAt(link.Line, format, args...)) }
			if u, err := url.Parse(link.Target); err != nil || u.Scheme != "" || u.Path == "" || strings.HasPrefix(link.Target, "/") {
				report("リンク %q は使えません（外のページは https:// から、このサイトのページは measures/antivirus.html のように書きます）", link.Target)
				continue
			}
			target, fragment, _ := strings.Cut(link.Target, "#")
			if page, query, _ := strings.Cut(target, "?"); page == searchAddress && strings.HasPrefix(query, "q=") {
				target = page
			}
			page, isPage := c.pages[target]
			switch {
			case c.others[target] || isPage && (fragment == "" || !c.sound):
				continue
			case !isPage:
				report("リンク先 %q がありません%s", target, source.DidYouMean(target, known))
				continue
			}
			if !c.hasAnchor(page, fragment) && !(target == flowAddress && slices.Contains(ways(), fragment)) {
				report("リンク先 %s に見出し %q がありません（{#%s} の付いた見出しを確かめてください）", target, "#"+fragment, fragment)
			}
		}
	})
}

// hasAnchor reports whether a page has an anchor.
func (c *checker) hasAnchor(p *checkedPage, id string) bool {
	if p.ids == nil {
		p.ids = map[string]bool{}
		maps.Copy(p.ids, c.layouts.ids[p.row.layout])
		if p.row.anchors != nil {
			for _, a := range p.row.anchors() {
				p.ids[a.id] = true
			}
		}
	}
	return p.ids[id]
}

// checkAnchors reports names that a page has twice: those of headings, and those of records that
// stand in a list.
func (c *checker) checkAnchors() {
	reported := map[*source.Record]bool{}
	ofTerms := map[string]bool{} // at the foot of a page that uses them
	for _, t := range c.Handbook.Terms {
		ofTerms[termAnchor(t)] = true
	}
	count := map[string]int{}
	for i := range c.Rows {
		row := &c.Rows[i]
		if row.anchors == nil {
			continue
		}
		own, anchors := c.layouts.ids[row.layout], row.anchors()
		clear(count)
		for _, a := range anchors {
			count[a.id]++
		}
		for _, a := range anchors {
			if a.of == nil || count[a.id] < 2 && !own[a.id] && !ofTerms[a.id] {
				continue
			}
			switch {
			case a.section != "":
				names := &c.Handbook.Sections.Record
				c.report(names.Problem(a.section, "節の名前 %q は、その節のページのほかの場所で使われています（別の名前にしてください）", a.id))
			case a.line > 0:
				c.report(a.of.ProblemAt(a.line, "見出しの名前 %q は、このページのほかの場所で使われています（別の名前にしてください）", a.id))
			case !reported[a.of]:
				reported[a.of] = true
				c.report(a.of.Problem("", "名前 %q は使えません（%s のほかの場所が使っています。別の名前にしてください）", a.of.Slug, row.Address))
			}
		}
	}
}
