package site

import (
	"fmt"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"tebiki/generator/handbook"
	"tebiki/generator/markdown"
	"tebiki/generator/searchindex"
	"tebiki/generator/source"
)

// check returns the problems of which handbook.Load knows nothing: pages and icons that are
// missing, names that the site uses itself, and links and anchors that lead nowhere or to two
// places. sound tells that the handbook itself has no problems; without, anchors have to wait.
func (s *Site) check(sound bool) []source.Problem {
	c := &checker{Site: s, sound: sound, pages: make(map[string]*checkedPage, len(s.Rows)), others: map[string]bool{zipAddress: true}}
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
	c.checkFiles()
	// A dead link or a name that stands twice is only followed wrongly.
	c.aside = true
	var checking sync.WaitGroup
	if sound {
		checking.Go(c.checkAsked) // goes through all that is found, and needs no page
	}
	c.checkLinks()
	if sound {
		c.checkAnchors()
	}
	checking.Wait()
	return source.SortProblems(c.problems)
}

type checker struct {
	*Site
	sound  bool
	pages  map[string]*checkedPage // by address
	others map[string]bool         // addresses that are no pages
	aside  bool                    // what is checked now is nothing that a page relies on

	mu       sync.Mutex
	problems []source.Problem
}

// A checkedPage knows its anchors, beside those of its layout, when somebody has asked for them.
type checkedPage struct {
	row     *Row
	anchors []anchor
	ids     map[string]bool // of the anchors
}

func (c *checker) report(p source.Problem) {
	p.Aside = c.aside
	c.mu.Lock()
	defer c.mu.Unlock()
	c.problems = append(c.problems, p)
}

// checkPages reports pages that the site lists records on and that have no record of their own in
// the content, those that have one and nothing to list, and pages that take the site's own addresses.
func (c *checker) checkPages() {
	for _, p := range c.Handbook.Pages {
		if isTaken(pageAddress(p)) {
			c.report(source.Problem{File: p.File, Line: 1, Text: fmt.Sprintf("ページの名前 %q は使えません（番地 %s は、このサイトが別のことに使います。別の名前にしてください）", p.Slug, pageAddress(p))})
		}
	}
	for _, kind := range pageKinds {
		needed, page := kind.needed(c.Handbook), c.Handbook.Page(kind.slug)
		if needed && page == nil {
			c.report(source.Problem{File: "pages/" + kind.slug + ".md", Line: 1, Text: "このページがありません（new page " + kind.slug + " の命令で作れます）"})
		}
		if !needed && !kind.alone && page != nil {
			c.report(source.Problem{File: page.File, Line: 1, Text: "このページに載せるものがありません（なくしたファイルを戻すか、このページを消してください）"})
		}
	}
}

// checkIcons reports names of drawings that neither the content nor static/icons has.
func (c *checker) checkIcons() {
	names := maps.Clone(c.Handbook.Icons)
	for icon := range c.assets.icons {
		names[icon] = ""
	}
	known := slices.DeleteFunc(slices.Sorted(maps.Keys(names)), func(icon string) bool {
		return strings.HasPrefix(icon, "show-") || strings.HasPrefix(icon, "status-") // those are the layouts'
	})
	look := func(r *source.Record, field, icon string) {
		if _, ok := names[icon]; icon != "" && !ok {
			c.report(r.Problem(field, "絵 %q がありません%s", icon, source.OneOf(icon, known)))
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
	known := sync.OnceValue(func() []string { return slices.Sorted(maps.Keys(c.pages)) })
	meant := sync.OnceValue(c.meantAddresses)
	missed := map[string]bool{}
	for kind, slugs := range c.Handbook.Missed {
		for _, slug := range slugs {
			missed[recordAddress(kind, slug)] = true
		}
	}
	ways := sync.OnceValue(func() []string { return fragments(c.Handbook.Flow.Branches()) })
	for _, f := range c.Handbook.Frameworks {
		missed[frameworkAddress(f)] = f.Unread() // whether it has a page is not known
	}
	look := func(target string, report func(format string, args ...any)) {
		if u, err := url.Parse(target); err != nil || u.Scheme != "" || u.Path == "" || strings.HasPrefix(target, "/") {
			report("リンク %q は使えません（%s）", target, c.howToLink(target))
			return
		}
		address, fragment, _ := strings.Cut(target, "#")
		if page, query, _ := strings.Cut(address, "?"); page == searchAddress && strings.HasPrefix(query, "q=") {
			address = page
		}
		page, isPage := c.pages[address]
		switch {
		case strings.HasSuffix(address, ".md") && meant()[bareAddress(address)] != "":
			report("リンク先 %q は使えません（%s のことですか）", address, meant()[bareAddress(address)])
			return
		case c.others[address] || isPage && (fragment == "" || !c.sound):
			return
		case missed[address]: // is reported where it was published
			return
		case !isPage:
			hint := source.DidYouMean(address, known())
			if to := meant()[bareAddress(address)]; to != "" {
				hint = "（" + to + " のことですか）"
			} else if hostForm.MatchString(address) {
				hint = "（外のページなら、https:// から書いてください）"
			}
			report("リンク先 %q がありません%s", address, hint)
			return
		}
		if !c.hasAnchor(page, fragment) && !(address == flowAddress && slices.Contains(ways(), fragment)) {
			report("リンク先 %s に見出し %q がありません（{#%s} の付いた見出しを確かめてください）", address, "#"+fragment, fragment)
		}
	}
	withdrawn := map[string]*handbook.Withdrawn{}
	for _, w := range c.Handbook.Withdrawn {
		withdrawn[withdrawnAddress(w)] = w
	}
	c.Handbook.EachBody(func(r *source.Record, body *markdown.Body) {
		for _, link := range body.Links {
			if w := withdrawn[link.Target]; w != nil {
				c.warnOfWithdrawn(r, link, w)
			}
			if !markdown.IsExternal(link.Target) {
				look(link.Target, func(format string, args ...any) { c.report(r.ProblemAt(link.Line, format, args...)) })
			}
		}
	})
	// Where what is gone went is told by a link, too.
	of := func(r *source.Record) func(format string, args ...any) {
		return func(format string, args ...any) { c.report(r.Problem("to", format, args...)) }
	}
	for _, m := range c.Handbook.Moved {
		report := of(&m.Record)
		look(m.To, report)
		page, id, _ := strings.Cut(m.To, "#")
		if slices.ContainsFunc(c.moved[page], func(m *handbook.Moved) bool { return m.Slug == id }) {
			report("移った先 %q も、なくした見出しです（今ある見出しかページを書いてください）", m.To)
		}
	}
	for _, w := range c.Handbook.Withdrawn {
		if w.To != "" {
			look(w.To, of(&w.Record))
		}
	}
}

// hostForm is how the name of a server begins an address of which https:// was left out.
var hostForm = regexp.MustCompile(`^(www\.|([a-z0-9-]+\.)+(jp|com|net|org|info|io)(/|$))`)

// fileForm is how a path on the writer's own machine begins.
var fileForm = regexp.MustCompile(`^([A-Za-z]:|\\|file:)`)

// howToLink says how a link is written, with an address that this handbook has.
func (c *checker) howToLink(target string) string {
	if fileForm.MatchString(target) {
		return "パソコンの中のファイルは、読む人には開けません。content/" + handbook.FilesFolder + "/ に置き、その中の名前を書いてください"
	}
	how := "外のページは https:// から書きます"
	if len(c.Handbook.Measures) > 0 {
		how += "。このサイトのページは " + measureAddress(c.Handbook.Measures[0]) + " のように書きます"
	}
	return how
}

// warnOfWithdrawn says what took the place of a record to which a text still links.
func (c *checker) warnOfWithdrawn(r *source.Record, link markdown.Link, w *handbook.Withdrawn) {
	var instead []string
	for _, m := range w.Successors {
		instead = append(instead, measureAddress(m))
	}
	if w.To != "" {
		instead = append(instead, w.To)
	}
	what := "リンクを消すか、ほかのページへのリンクにしてください"
	if len(instead) > 0 {
		what = "代わりは " + strings.Join(instead, "、") + " です"
	}
	p := r.ProblemAt(link.Line, "リンク先 %q は取り下げた「%s」です（%s）", link.Target, w.Title, what)
	p.Warning = true
	c.report(p)
}

// bareAddress returns what an address has in common with other ways of writing it: with the ending of
// the file, or as seen from another folder.
func bareAddress(address string) string {
	address = strings.TrimPrefix(strings.TrimLeft(address, "./"), "content/")
	return strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(address, "/"), ".md"), ".html")
}

// meantAddresses returns the addresses of records by what editors write in their places: the address
// without its ending, the file, or the title; or, as to a file beside their own, its name alone.
func (c *checker) meantAddresses() map[string]string {
	meant, alone := map[string]string{}, map[string]string{}
	add := func(address string, names ...string) {
		for _, name := range append(names, bareAddress(address)) {
			if _, ok := meant[name]; !ok {
				meant[name] = address
			}
			if base := path.Base(name); alone[base] == "" {
				alone[base] = address
			}
		}
	}
	h := c.Handbook
	for _, m := range h.Measures {
		add(measureAddress(m), m.Title)
	}
	for _, m := range h.Methods {
		add(methodAddress(m), m.Name, m.Short)
	}
	for _, t := range h.Threats {
		add(threatAddress(t), t.Name)
	}
	for _, g := range h.Guides {
		add(guideAddress(g), g.Title, g.Product)
	}
	for _, i := range h.Incidents {
		add(incidentAddress(i), i.Title, i.Name, "incidents/"+i.Slug)
	}
	for _, p := range h.Pages {
		add(pageAddress(p), p.Title, p.Label, "pages/"+p.Slug)
	}
	for _, t := range h.Terms {
		add(termAddress(t), t.Term, "terms/"+t.Slug)
	}
	for name, address := range alone {
		if meant[name] == "" {
			meant[name] = address
		}
	}
	return meant
}

// checkAsked reports words for what the search does not find.
func (c *checker) checkAsked() {
	lost := maps.Clone(c.Handbook.Synonyms.Asked)
	if len(lost) == 0 {
		return
	}
	var known []string
	var scratch searchindex.Doc // what it says is not asked for
	for _, kind := range found {
		kind.docs(c.builder, func(address, _ string, _ ...string) *searchindex.Doc {
			known = append(known, address)
			delete(lost, address)
			scratch = searchindex.Doc{Parts: scratch.Parts[:0]}
			return &scratch
		})
	}
	for _, address := range slices.Sorted(maps.Keys(lost)) {
		c.report(c.Handbook.Synonyms.Problem("asked."+address, "検索で見つかるものに、番地 %q はありません%s", address, source.DidYouMean(address, known)))
	}
}

// anchorsOf returns the anchors of a page beside those of its layout.
func (c *checker) anchorsOf(p *checkedPage) []anchor {
	if p.anchors == nil && p.row.anchors != nil {
		p.anchors = p.row.anchors()
	}
	return p.anchors
}

// hasAnchor reports whether a page has an anchor.
func (c *checker) hasAnchor(p *checkedPage, id string) bool {
	if p.ids == nil {
		p.ids = map[string]bool{}
		for _, a := range c.anchorsOf(p) {
			p.ids[a.id] = true
		}
		for _, m := range c.moved[p.row.Address] {
			p.ids[m.Slug] = true
		}
	}
	return p.ids[id] || c.layouts.ids[p.row.layout][id]
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
		own, anchors := c.layouts.ids[row.layout], c.anchorsOf(c.pages[row.Address])
		clear(count)
		for _, a := range anchors {
			count[a.id]++
		}
		for _, a := range anchors {
			if a.of == nil || count[a.id] < 2 && !own[a.id] && !ofTerms[a.id] {
				continue
			}
			switch {
			case a.kind != "":
				names := &c.Handbook.Sections.Record
				c.report(names.Problem(a.kind+"."+a.id, "節の名前 %q は、その節のページのほかの場所で使われています（別の名前にしてください）", a.id))
			case a.line > 0:
				c.report(a.of.ProblemAt(a.line, "見出しの名前 %q は、このページのほかの場所で使われています（別の名前にしてください）", a.id))
			case !reported[a.of]:
				reported[a.of] = true
				c.report(a.of.Problem("", "名前 %q は使えません（%s のほかの場所が使っています。別の名前にしてください）", a.of.Slug, row.Address))
			}
		}
	}
}
