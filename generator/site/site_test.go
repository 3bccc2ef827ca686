package site_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/andybalholm/brotli"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"tebiki/generator/handbook"
	"tebiki/generator/markdown"
	"tebiki/generator/site"
	"tebiki/generator/source"
)

// These tests build the real content and read the site as browsers, servers and search engines get
// it. They find things by what they say and where they lead, not by class: styles may change freely.

const zipAddress = "download/offline.zip"

// notInZip are the files that only a server or a search engine needs.
var notInZip = []string{"_headers", "feed.xml", "llms.txt", "robots.txt", "sitemap.xml", zipAddress, "manifest.webmanifest", "sw.js",
	"download/server/Caddyfile", "download/server/apache.htaccess", "download/server/nginx.conf"}

// isOfTheWebAlone reports whether a file is not in the zip: copies for programs, besides.
func isOfTheWebAlone(address string) bool {
	isData := slices.Contains([]string{"data/handbook.json", "data/handbook.jsonld", "data/matrix.csv", "data/measures.csv", "data/terms.csv"}, address)
	return isData || slices.Contains(notInZip, address) || path.Ext(address) == ".md" || path.Dir(address) == "share"
}

// unlisted are the pages that are no reader's aim: search engines are not told of them. The hub holds
// the store of answers for other pages, in a frame.
func isUnlisted(address string) bool {
	return address == "404.html" || address == hubAddress || isEmbedded(address)
}

// isEmbedded reports whether a page is for other sites' frames.
func isEmbedded(address string) bool { return strings.HasPrefix(address, "embed/") }

const hubAddress = "hub.html"

func TestEveryLinkResolves(t *testing.T) {
	e := offline(t)
	checkLinks(t, e.files, e.pages)
}

func TestIDs(t *testing.T) {
	offline(t).each(t, func(t *testing.T, p *page) {
		seen := map[string]bool{}
		for n := range elements(p.root) {
			if id, ok := attribute(n, "id"); ok {
				if seen[id] || id == "" || strings.ContainsAny(id, " \t\n") {
					t.Errorf("<%s id=%q>: want an ID that is unique and one word", n.Data, id)
				}
				seen[id] = true
			}
		}
		for n := range elements(p.root) {
			for _, name := range []string{"aria-labelledby", "aria-describedby", "aria-controls", "aria-details", "for", "headers", "list", "popovertarget"} {
				for id := range strings.FieldsSeq(value(n, name)) {
					if !seen[id] {
						t.Errorf("<%s %s=%q>: there is no such ID", n.Data, name, id)
					}
				}
			}
		}
	})
}

// forbidden are attributes that the policy blocks, or that file:// does not bear.
var forbidden = []string{"style", "integrity", "crossorigin", "nonce", "srcdoc"}

func TestNothingThePolicyBlocks(t *testing.T) {
	offline(t).each(t, func(t *testing.T, p *page) {
		for n := range elements(p.root) {
			for _, a := range n.Attr {
				if slices.Contains(forbidden, a.Key) || strings.HasPrefix(a.Key, "on") {
					t.Errorf("<%s %s=%q>: want no such attribute", n.Data, a.Key, a.Val)
				}
				if strings.HasPrefix(strings.ToLower(squeeze(a.Val)), "javascript:") {
					t.Errorf("<%s %s=%q>: want no script in an address", n.Data, a.Key, a.Val)
				}
			}
			switch n.DataAtom {
			case atom.Style, atom.Base, atom.Object, atom.Embed:
				t.Errorf("got <%s>, want none", n.Data)
			case atom.Script:
				_, deferred := attribute(n, "defer")
				if kind, ok := attribute(n, "type"); ok || value(n, "src") == "" || !deferred || text(n) != "" {
					t.Errorf("got <script type=%q src=%q defer=%v>%s, want a classic deferred script in a file of its own", kind, value(n, "src"), deferred, text(n))
				}
			case atom.Meta:
				if name, ok := attribute(n, "http-equiv"); ok && name != "Content-Security-Policy" {
					t.Errorf("got <meta http-equiv=%q>, want only the policy", name)
				}
			}
		}
	})
}

func TestImages(t *testing.T) {
	found := 0
	for address, data := range offline(t).files {
		if path.Ext(address) != ".svg" {
			continue
		}
		found++
		root, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		for n := range elements(root) {
			if n.DataAtom == atom.Script || n.DataAtom == atom.Style {
				t.Errorf("%s: got <%s>, want none", address, n.Data)
			}
			for _, a := range n.Attr {
				if slices.Contains(forbidden, a.Key) || slices.Contains(followed, a.Key) || strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: <%s %s=%q>: want no such attribute", address, n.Data, a.Key, a.Val)
				}
			}
		}
	}
	if found == 0 {
		t.Error("got no SVG files, want some")
	}
}

// banned are what assets may not hold, by the ending of their names.
var banned = map[string]map[string]*regexp.Regexp{
	".css": {
		"what is loaded from a file or from elsewhere": regexp.MustCompile(`(?i)url\(\s*["']?(?:[^"'d]|d[^a])|image-set\(\s*["']`),
		"another stylesheet":                           regexp.MustCompile(`(?i)@import`),
		"an address of the web":                        regexp.MustCompile(`(?i)https?://`),
	},
	".js": {
		"a request, which file:// refuses":            regexp.MustCompile(`\bfetch\s*\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon`),
		"a module, which file:// refuses":             regexp.MustCompile(`\bimport\s*\(|\bimport\s*["'{*]|\bexport\s*[{*]`),
		"markup or code made from text":               regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\s*\(|new Function|setHTMLUnsafe|createContextualFragment`),
		"an address of the web other than of the W3C": regexp.MustCompile(`https?://(?:[^w]|w[^w]|ww[^w]|www[^.]|www\.[^w]|www\.w[^3])`),
		"a style attribute":                           regexp.MustCompile(`setAttribute\(["']style|cssText`),
		"a source map":                                regexp.MustCompile(`sourceMappingURL`),
	},
}

func TestAssets(t *testing.T) {
	found := map[string]int{}
	for address, data := range offline(t).files {
		if searchData.MatchString(address) {
			continue // words of the content, which search_test.go reads
		}
		ending := path.Ext(address)
		data := bytes.ReplaceAll(data, []byte("http://schemas.openxmlformats.org/"), nil) // names in Office files: nothing is asked for there
		for what, pattern := range banned[ending] {
			if address == "sw.js" && strings.HasPrefix(what, "a request") {
				continue // it is for the web alone
			}
			if at := pattern.FindIndex(data); at != nil {
				t.Errorf("%s: got %s: …%.60s", address, what, data[max(0, at[0]-20):])
			}
		}
		found[ending]++
	}
	if found[".css"] != 9 || found[".js"] < 1 {
		t.Errorf("got %d stylesheets and %d scripts, want that of every page, those of forms, documents, the calendar, comparisons, the matrix, links, frames and the copy, and some", found[".css"], found[".js"])
	}
}

// The patterns above are of no use when they find nothing.
func TestBannedPatterns(t *testing.T) {
	for ending, samples := range map[string][]string{
		".css": {`a{background:url(b.png)}`, `a{background:url( "data.png")}`, `a{background:image-set("b.png" 1x)}`, `@import "a.css";`, `a{src:url(HTTPS://example.jp/a)}`},
		".js":  {`fetch("a.json")`, `import("./a.js")`, `import{a}from"./a.js"`, `a.innerHTML=b`, `open("https://example.jp/")`, `open("https://www.example.jp/")`, `a.style.cssText=b`},
	} {
		for _, sample := range samples {
			matched := false
			for _, pattern := range banned[ending] {
				matched = matched || pattern.MatchString(sample)
			}
			if !matched {
				t.Errorf("%s: got no pattern that finds it, want one", sample)
			}
		}
	}
	for _, sample := range []string{`a{background:url(data:image/svg+xml,x)}`, `a{background:url("data:image/png;base64,x")}`} {
		for what, pattern := range banned[".css"] {
			if pattern.MatchString(sample) {
				t.Errorf("%s: got %s, want nothing found", sample, what)
			}
		}
	}
}

// header returns the value of a header of an address.
func header(t testing.TB, address, name string) string {
	t.Helper()
	for _, h := range site.Headers(offline(t).handbook.ID, address) {
		if value, ok := strings.CutPrefix(h, name+": "); ok {
			return value
		}
	}
	t.Fatalf("no header %s", name)
	return ""
}

func TestPolicyOfPagesIsThatOfTheServer(t *testing.T) {
	sent := strings.Split(header(t, "index.html", "Content-Security-Policy"), "; ")
	if !slices.Contains(sent, "frame-ancestors 'none'") {
		t.Errorf("header: got %q, want frame-ancestors 'none' in it", sent)
	}
	// Browsers ignore it in a meta element, with a message.
	want := slices.DeleteFunc(slices.Clone(sent), func(d string) bool { return strings.HasPrefix(d, "frame-ancestors") })
	offline(t).each(t, func(t *testing.T, p *page) {
		head := all(p.root, named(atom.Head))[0]
		// The encoding must be said in the first 1024 bytes. All else comes after the policy.
		for i, n := range children(head)[:2] {
			name := [...]string{"charset", "http-equiv"}[i]
			if _, ok := attribute(n, name); !ok || n.DataAtom != atom.Meta {
				t.Errorf("element %d of the head: got <%s> with %v, want <meta %s>", i+1, n.Data, n.Attr, name)
			}
		}
		var got []string
		for _, n := range all(head, named(atom.Meta)) {
			if value(n, "http-equiv") == "Content-Security-Policy" {
				got = append(got, strings.Split(value(n, "content"), "; ")...)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("policy:\ngot  %q\nwant %q", got, want)
		}
	})
}

func TestPolicy(t *testing.T) {
	got := map[string]string{}
	for directive := range strings.SplitSeq(header(t, "index.html", "Content-Security-Policy"), "; ") {
		name, value, _ := strings.Cut(directive, " ")
		got[name] = value
	}
	for name, want := range map[string]string{
		"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data:", "font-src": "'self'",
		"connect-src": "'self'", "manifest-src": "'self'", "worker-src": "'self'", "frame-src": "'self'", "base-uri": "'none'",
		"form-action": "'none'", "frame-ancestors": "'none'", "require-trusted-types-for": "'script'", "trusted-types": "tebiki",
	} {
		if got[name] != want {
			t.Errorf("%s: got %q, want %q", name, got[name], want)
		}
		delete(got, name)
	}
	for name, value := range got {
		t.Errorf("%s %s: want no such directive", name, value)
	}
}

// The policy for trusted types bears the name of the handbook, on its pages as in its headers, and
// stands last: the script takes its name from there.
func TestPolicyBearsTheHandbooksName(t *testing.T) {
	const want = "; trusted-types cleanplate"
	kitchen(t).each(t, func(t *testing.T, p *page) {
		var policies []string
		for _, n := range all(p.root, named(atom.Meta)) {
			if value(n, "http-equiv") == "Content-Security-Policy" {
				policies = append(policies, value(n, "content"))
			}
		}
		if len(policies) != 1 || !strings.HasSuffix(policies[0], want) {
			t.Errorf("got policies %q, want one that ends in %q", policies, want)
		}
	})
	for _, address := range []string{"_headers", "download/server/nginx.conf", "download/server/Caddyfile", "download/server/apache.htaccess"} {
		if data := string(kitchen(t).files[address]); !strings.Contains(data, want+"; frame-ancestors") || strings.Contains(data, "trusted-types tebiki") {
			t.Errorf("%s: got %.300q…, want the policy %q", address, data, want)
		}
	}
	if got, want := site.Headers("", "index.html")[0], "; trusted-types 'none'; "; !strings.Contains(got, want) {
		t.Errorf("without a handbook: got %q, want %q in it", got, want)
	}
}

// Any site may show the pages of one folder in a frame, and no other page.
func TestHeadersOfFrames(t *testing.T) {
	for _, p := range offline(t).pages {
		own := header(t, p.address, "Content-Security-Policy")
		resource := header(t, p.address, "Cross-Origin-Resource-Policy")
		wantOwn, wantResource := header(t, "index.html", "Content-Security-Policy"), "same-origin"
		if isEmbedded(p.address) {
			wantOwn, wantResource = strings.Replace(wantOwn, "frame-ancestors 'none'", "frame-ancestors *", 1), "cross-origin"
		}
		if own != wantOwn || resource != wantResource {
			t.Errorf("%s: got policy %q for resources %q\nwant %q for %q", p.address, own, resource, wantOwn, wantResource)
		}
		got, want := site.Headers("kitchen", p.address), site.Headers("kitchen", "index.html")
		if len(got) != len(want) {
			t.Errorf("%s: got headers %q, want the names of %q", p.address, got, want)
		}
	}
}

// Pages of other sites may read the data, and nothing else.
func TestWhoMayReadData(t *testing.T) {
	for address := range kitchen(t).files {
		got := slices.Contains(site.Headers("kitchen", address), "Access-Control-Allow-Origin: *")
		if want := strings.HasPrefix(address, "data/"); got != want {
			t.Errorf("%s: other sites may read it: %t, want %t", address, got, want)
		}
	}
	if got := header(t, "data/handbook.json", "Cross-Origin-Resource-Policy"); got != "cross-origin" {
		t.Errorf("got the data for %q, want it for all", got)
	}
}

// A folder may hold folders.
func TestHeadersOfWhatLiesDeeper(t *testing.T) {
	for deeper, same := range map[string]string{"embed/checklist/a.html": "embed/flow.html", "assets/fonts/a.woff2": "assets/main.css", "download/server/a": "index.html", "embed": "index.html"} {
		if got, want := site.Headers("kitchen", deeper), site.Headers("kitchen", same); !slices.Equal(got, want) {
			t.Errorf("%s: got headers %q, want those of %s, %q", deeper, got, same, want)
		}
	}
}

// In a sandbox the frame has an origin of its own, and what it loads is another's.
func TestWhatFramesLoadMayBeAnothers(t *testing.T) {
	p := offline(t).page(t, "embed/flow.html")
	loaded := 0
	for n := range elements(p.root) {
		link := value(n, "src")
		if n.DataAtom == atom.Link {
			link = value(n, "href")
		}
		if link == "" {
			continue
		}
		loaded++
		address := path.Join(path.Dir(p.address), link)
		if got := header(t, address, "Cross-Origin-Resource-Policy"); got != "cross-origin" {
			t.Errorf("%s: got %q, want it for other origins", address, got)
		}
	}
	if loaded < 3 {
		t.Errorf("got %d files loaded, want a style, a script and an icon", loaded)
	}
}

// The checklist in a frame is that of the method, to be read: each measure leads to where it is
// answered, in a new tab, and nothing else is loaded than what frames need.
func TestEmbeddedChecklists(t *testing.T) {
	e := offline(t)
	for _, m := range e.handbook.Methods {
		p := e.page(t, "embed/checklist/"+m.Slug+".html")
		var got, want []string
		for _, a := range all(p.main(t), named(atom.A)) {
			got = append(got, p.resolve(value(a, "href")))
			if value(a, "target") != "_blank" || value(a, "rel") != "noopener" {
				t.Errorf("%s: %s opens in the frame, where it may not", p.address, value(a, "href"))
			}
		}
		measures := slices.Clone(m.Preparation)
		for _, group := range m.Groups {
			measures = append(measures, group.Measures...)
		}
		for _, measure := range measures {
			want = append(want, "checklists/"+m.Slug+".html#"+measure.Slug)
			says(t, p.address, p.byID(t, measure.Slug), measure.Number, measure.Title, measure.Check)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got links to\n%q\nwant\n%q", p.address, got, want)
		}
		for n := range elements(p.root) {
			if link := value(n, "src") + value(n, "href"); strings.Contains(link, "assets/") && !strings.Contains(link, "assets/embed-") {
				t.Errorf("%s: got %s loaded, want only what is made for frames", p.address, link)
			}
		}
	}
}

// Other sites copy whole addresses, which only the generator or the browser can know.
func TestLinkingPage(t *testing.T) {
	for base, e := range map[string]*edition{"https://このサイトのアドレス/": offline(t), "https://example.jp/tebiki/": web(t)} {
		main := e.page(t, "linking.html").main(t)
		for _, m := range e.handbook.Methods {
			says(t, "linking.html", main, base+"checklists/"+m.Slug+".html", `src="`+base+"embed/checklist/"+m.Slug+`.html"`)
		}
		for _, end := range e.handbook.Flow.Ends() {
			var steps []string
			for _, step := range end.Steps {
				steps = append(steps, step.Question.Slug+"="+step.Answer.Slug)
			}
			says(t, "linking.html", main, base+"flow.html#"+strings.Join(steps, "&"))
		}
		says(t, "linking.html", main, `src="`+base+`embed/flow.html"`, e.handbook.Licence)
		for _, method := range all(main, func(n *html.Node) bool { return value(n, "class") == "disclosure linked" }) {
			titles := map[string]bool{}
			for _, title := range all(method, named(atom.B)) {
				if titles[text(title)] {
					t.Errorf("linking.html: got %q twice under %s, want a title of its own for each", text(title), text(all(method, named(atom.Summary))[0]))
				}
				titles[text(title)] = true
			}
			if len(titles) < 3 {
				t.Errorf("linking.html: got the titles %v, want those of the checklist, its frame and each result", titles)
			}
		}
	}
}

func TestHeaders(t *testing.T) {
	for name, want := range map[string]string{
		"X-Content-Type-Options":       "nosniff",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Cross-Origin-Embedder-Policy": "require-corp",
		"Strict-Transport-Security":    "max-age=",
		"Referrer-Policy":              "",
		"Permissions-Policy":           "camera=()",
	} {
		if got := header(t, "index.html", name); !strings.HasPrefix(got, want) {
			t.Errorf("%s: got %q, want %q…", name, got, want)
		}
	}
}

func TestHeadersFile(t *testing.T) {
	for name, e := range map[string]*edition{"offline": offline(t), "web": web(t), "English": kitchen(t)} {
		t.Run(name, func(t *testing.T) { checkHeadersFile(t, e.handbook.ID, e.files) })
	}
}

func checkHeadersFile(t *testing.T, id string, files published) {
	rules := map[string][]string{}
	rule := ""
	for line := range strings.Lines(string(files["_headers"])) {
		line = strings.TrimSuffix(line, "\n")
		if header, ok := strings.CutPrefix(line, "  "); ok {
			rules[rule] = append(rules[rule], header)
			continue
		}
		if _, ok := rules[line]; ok || !strings.HasPrefix(line, "/") {
			t.Errorf("got line %q, want the path of a new rule", line)
		}
		rule, rules[line] = line, nil
	}

	addresses := []string{"/", "/nowhere.html", "/measures/nowhere.html"}
	for _, address := range files.addresses() {
		if address != "_headers" {
			addresses = append(addresses, "/"+address)
		}
	}
	uses := map[string]int{}
	for _, address := range addresses {
		var matching []string
		for rule := range rules {
			folder, isFolder := strings.CutSuffix(rule, "*")
			isAnyName := path.Base(rule) == ":file" && path.Dir(address) == path.Dir(rule) && address != "/"
			if rule == address || isAnyName || isFolder && strings.HasPrefix(address, folder) {
				matching = append(matching, rule)
				uses[rule]++
			}
		}
		if len(matching) != 1 {
			t.Errorf("%s: got the rules %q, want exactly one", address, matching)
		}
	}
	for rule, got := range rules {
		if uses[rule] == 0 {
			t.Errorf("%s: got a rule that no file needs", rule)
		}
		want := site.Headers(id, "index.html")
		switch rule {
		case "/embed/*":
			want = site.Headers(id, "embed/flow.html")
		case "/data/*":
			want = site.Headers(id, "data/handbook.json")
		case "/assets/*", "/images/*":
			want = site.Headers(id, "assets/main.css")
		}
		if rule == "/assets/*" { // their names change with what they hold
			want = append(want, "Cache-Control: public, max-age=31536000, immutable")
		} else {
			want = append(want, "Cache-Control: no-cache")
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got headers %q, want %q", rule, got, want)
		}
	}
}

// within reports whether an element stands in another of the given kind.
func within(n *html.Node, kind atom.Atom) bool {
	for n = n.Parent; n != nil; n = n.Parent {
		if n.DataAtom == kind {
			return true
		}
	}
	return false
}

// What may be kept for a year must have another address when it changes.
func TestAssetAddressesChangeWithTheirContents(t *testing.T) {
	e := offline(t)
	static := copyOf(t, folder("static"))
	static["base.css"].Data = append(static["base.css"].Data, "\nbody { order: 1 }\n"...)
	static["forms.css"].Data = append(static["forms.css"].Data, "\nbody { order: 1 }\n"...)
	static["show.css"].Data = append(static["show.css"].Data, "\nbody { order: 1 }\n"...)
	static["calendar.css"].Data = append(static["calendar.css"].Data, "\nbody { order: 1 }\n"...)
	static["compare.css"].Data = append(static["compare.css"].Data, "\nbody { order: 1 }\n"...)
	static["offline.css"].Data = append(static["offline.css"].Data, "\nbody { order: 1 }\n"...)
	static["matrix.css"].Data = append(static["matrix.css"].Data, "\nbody { order: 1 }\n"...)
	static["linking.css"].Data = append(static["linking.css"].Data, "\nbody { order: 1 }\n"...)
	static["embed.css"].Data = append(static["embed.css"].Data, "\nbody { order: 1 }\n"...)
	for _, entry := range []string{"main.ts", "workspace.ts", "forms.ts", "show.ts", "calendar.ts", "compare.ts", "linking.ts", "embed.ts", "offline.ts", "checklist/assign.ts", "show/carry.ts", "excel/save.ts", "excel/read.ts", "search/search.ts", "search/pieces.ts"} {
		static[entry].Data = append(static[entry].Data, "\nconsole.log('changed')\n"...)
	}
	files := sources{static: static}.mustBuild(t)
	for _, address := range files.addresses() {
		if _, ok := e.files[address]; ok && strings.HasPrefix(address, "assets/") && !searchData.MatchString(address) {
			t.Errorf("%s: got the same address after a change, want another", address)
		}
	}
}

func TestEveryPage(t *testing.T) {
	e := offline(t)
	titles := map[string]string{}
	e.each(t, func(t *testing.T, p *page) {
		if !bytes.HasPrefix(e.files[p.address], []byte("<!doctype html>\n")) {
			t.Errorf("got %.20q, want a doctype", e.files[p.address])
		}
		if !bytes.Contains(e.files[p.address], []byte(site.GeneratorMark)) {
			t.Errorf("got no %s", site.GeneratorMark)
		}
		if got := value(all(p.root, named(atom.Html))[0], "lang"); got != e.handbook.Language {
			t.Errorf("lang: got %q, want %q", got, e.handbook.Language)
		}
		for _, once := range []atom.Atom{atom.H1, atom.Title, atom.Main} {
			// What is in a template stands in another's place when a script puts it into the page.
			found := all(p.root, func(n *html.Node) bool {
				return n.DataAtom == once && n.Namespace == "" && !within(n, atom.Template)
			})
			if len(found) != 1 || text(found[0]) == "" {
				t.Fatalf("%s: got %d, want one that is not empty", once, len(found))
			}
		}
		title := text(all(p.root, named(atom.Title))[0])
		if other, ok := titles[title]; ok {
			t.Errorf("title %q: that of %s, too", title, other)
		}
		titles[title] = p.address

		var descriptions []string
		for _, n := range all(p.root, named(atom.Meta)) {
			if value(n, "name") == "description" {
				descriptions = append(descriptions, value(n, "content"))
			}
		}
		if len(descriptions) != 1 || strings.TrimSpace(descriptions[0]) == "" {
			t.Errorf("description: got %q, want one that is not empty", descriptions)
		}
		if p.address == hubAddress {
			return
		}
		original := e.handbook.Original
		says(t, p.address, p.root, original.Publisher, original.Title, original.Edition, e.handbook.Maker)
		if links := all(p.root, func(n *html.Node) bool { return value(n, "href") == original.URL }); len(links) == 0 {
			t.Errorf("got no link to %s, want one", original.URL)
		}
	})
}

// Nothing an editor wrote gets lost on the way to the page.
func TestEveryTextIsOnItsPage(t *testing.T) {
	e := offline(t)
	texts := map[string]string{} // of the pages
	for address, p := range e.pages {
		if address != hubAddress {
			texts[address] = text(p.main(t))
		}
	}
	e.handbook.EachBody(func(r *source.Record, body *markdown.Body) {
		folder, name := path.Split(r.File)
		address := folder + strings.TrimSuffix(name, ".md") + ".html"
		switch folder {
		case "pages/":
			address = strings.TrimPrefix(address, folder)
		case "incidents/":
			address = "incident/" + strings.TrimSuffix(name, ".md") + ".html"
		case "frameworks/":
			if len(body.Texts()) == 0 { // of identifiers alone
				return
			}
		case "terms/":
			address = "glossary.html"
		case "changes/", "contacts/", "references/", "lifecycles/":
			address = strings.TrimSuffix(folder, "/") + ".html"
		}
		p := e.page(t, address)
		want := func(what string) {
			if !strings.Contains(texts[address], squeeze(what)) {
				t.Errorf("%s: %q is missing on %s", r.File, what, address)
			}
		}
		for _, s := range append([]markdown.Section{body.Lead}, body.Sections...) {
			want(s.Heading)
			if s.ID != "" && !p.ids[s.ID] {
				t.Errorf("%s:%d: no ID %q on %s", r.File, s.Line, s.ID, address)
			}
			for _, part := range s.Parts {
				want(part.Heading)
				for line := range strings.Lines(part.Text) {
					want(line)
				}
			}
		}
	})
}

// A method's name stands in its heading as it is, with the readings of the terms that the content asks for.
func TestReadings(t *testing.T) {
	e := offline(t)
	readings := 0
	for _, m := range e.handbook.Methods {
		p := e.page(t, "methods/"+m.Slug+".html")
		heading := all(p.root, named(atom.H1))[0]
		var got, want []string
		for _, ruby := range all(heading, named(atom.Ruby)) {
			reading := text(all(ruby, named(atom.Rt))[0])
			got = append(got, strings.TrimSuffix(text(ruby), "（"+reading+"）")+"="+reading)
		}
		for _, term := range m.Readings {
			want = append(want, term.Term+"="+term.Reading)
		}
		readings += len(want)
		slices.SortFunc(want, func(a, b string) int {
			return strings.Index(m.Name, a[:strings.Index(a, "=")]) - strings.Index(m.Name, b[:strings.Index(b, "=")])
		})
		if !slices.Equal(got, want) {
			t.Errorf("%s: readings\ngot  %q\nwant %q", p.address, got, want)
		}
		for _, n := range all(heading, named(atom.Rt)) {
			if value(n, "aria-hidden") != "true" {
				t.Errorf("%s: the reading %q is spoken beside the name", p.address, text(n))
			}
		}
		if got, want := textWithout(heading, atom.Rp, atom.Rt), squeeze(m.Mark+" "+m.Name); got != want {
			t.Errorf("%s: heading without readings\ngot  %q\nwant %q", p.address, got, want)
		}
	}
	if readings == 0 {
		t.Error("no method has a reading")
	}
}

// Kana need no reading above them.
func TestGlossaryReadings(t *testing.T) {
	p := offline(t).page(t, "glossary.html")
	kana := func(s string) bool {
		return strings.IndexFunc(s, func(r rune) bool { return r < 'ぁ' || r > 'ー' }) < 0
	}
	for _, term := range all(p.root, named(atom.Dt)) {
		if value(term, "class") != "glossary__term" {
			continue
		}
		ruby := all(term, named(atom.Ruby))
		if name, _, _ := strings.Cut(text(term), "（"); kana(name) != (len(ruby) == 0) {
			t.Errorf("%q: got %d readings", name, len(ruby))
		}
	}
}

// The contents of a long page lead to its sections, all of them and in their order.
func TestContents(t *testing.T) {
	e := offline(t)
	pages := 0
	for address, p := range e.pages {
		navs := all(p.root, func(n *html.Node) bool {
			return n.DataAtom == atom.Nav && value(n, "aria-labelledby") == "contents" && n.Parent.DataAtom == atom.Main
		})
		if len(navs) == 0 {
			continue
		}
		pages++
		var got, want []string
		for _, link := range all(navs[0], named(atom.A)) {
			got = append(got, value(link, "href")+" "+text(link))
		}
		for _, heading := range all(p.main(t), named(atom.H2)) {
			section := closest(heading, atom.Section)
			if section == nil || value(section, "class") != "prose" && value(section, "class") != "section" {
				continue // boxes above the text
			}
			want = append(want, "#"+value(heading, "id")+" "+textWithout(heading, atom.Span))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: contents\ngot  %q\nwant %q", address, got, want)
		}
	}
	if pages == 0 {
		t.Error("no page has contents")
	}
}

// expected returns the measures that belong on a method's checklist: the preparation under "", the
// others under their priority.
func expected(h *handbook.Handbook, method *handbook.Method) map[string][]*handbook.Measure {
	lists := map[string][]*handbook.Measure{}
	for _, m := range h.Measures {
		if priority, ok := m.PrioritySlug[method.Slug]; ok || m.Preparation {
			lists[priority] = append(lists[priority], m)
		}
	}
	return lists
}

func TestChecklists(t *testing.T) {
	e := offline(t)
	h := e.handbook
	w := ownWords(t)
	count := func(n int) string { return w.Text("common.count", "count", n) }
	for _, method := range h.Methods {
		t.Run(method.Slug, func(t *testing.T) {
			p := e.page(t, "checklists/"+method.Slug+".html")
			main := p.main(t)
			says(t, "the checklist", main, method.Mark, method.Name)

			lists := expected(h, method)
			var want []string
			group := func(id, priority string, words ...string) {
				measures := lists[priority]
				section := closest(p.byID(t, id), atom.Section)
				if section == nil {
					t.Fatalf("#%s: got no section around it", id)
				}
				says(t, "#"+id, section, append(words, count(len(measures)))...)
				var slugs []string
				for _, m := range measures {
					slugs = append(slugs, m.Slug)
				}
				if got := measuresIn(section); !slices.Equal(got, slugs) {
					t.Errorf("#%s:\ngot  %q\nwant %q", id, got, slugs)
				}
				want = append(want, slugs...)
			}
			group("preparation", "", w.Text("common.preparation"))
			for _, priority := range h.Priorities {
				if n := len(lists[priority.Slug]); n != h.Counts[method.Slug][priority.Slug] {
					t.Errorf("%s: got %d measures, want %d", priority.Slug, n, h.Counts[method.Slug][priority.Slug])
				}
				group(priority.Slug, priority.Slug, priority.Mark, priority.Name, priority.Meaning)
			}
			if got := measuresIn(p.root); !slices.Equal(got, want) {
				t.Errorf("the whole page:\ngot  %q\nwant %q", got, want)
			}

			for _, measures := range lists {
				for _, m := range measures {
					row := p.byID(t, m.Slug)
					if got := value(row, "data-measure"); got != m.Slug {
						t.Errorf("#%s: got data-measure %q, want the same", m.Slug, got)
					}
					says(t, "#"+m.Slug, row, m.Number, m.Title, m.Check, m.Category.Name, m.Exception)
					if len(p.linksTo(row, "measures/"+m.Slug+".html")) == 0 {
						t.Errorf("#%s: got no link to the measure's page", m.Slug)
					}
					for _, threat := range h.Threats {
						if got, want := len(p.linksTo(row, "threats/"+threat.Slug+".html")) > 0, slices.Contains(m.ThreatSlugs, threat.Slug); got != want {
							t.Errorf("#%s: threat %s: got %v, want %v", m.Slug, threat.Slug, got, want)
						}
					}
				}
			}
		})
	}
}

// Where the same devices may be used for another method, too, the method's page, its checklist and the
// end of the flow say so, and the flow offers to add it.
func TestMethodsBesides(t *testing.T) {
	e := offline(t)
	besides := 0
	flow := e.page(t, "flow.html")
	for _, method := range e.handbook.Methods {
		for _, also := range method.Also {
			besides++
			for _, address := range []string{"methods/" + method.Slug + ".html", "checklists/" + method.Slug + ".html"} {
				p := e.page(t, address)
				links := p.linksTo(p.main(t), "checklists/"+also.Method.Slug+".html")
				if !slices.ContainsFunc(links, func(n *html.Node) bool { return strings.Contains(text(n.Parent), squeeze(also.When)) }) {
					t.Errorf("%s: got no link to the checklist of %s after %q", address, also.Method.Slug, also.When)
				}
			}
			says(t, "the end of the flow", closest(flow.byID(t, "result-"+method.Slug), atom.Section), also.When)
			offers := all(flow.main(t), func(n *html.Node) bool {
				return value(n, "data-js-add") == also.Method.Slug && value(n.Parent, "data-js-also") == method.Slug
			})
			if len(offers) != 1 {
				t.Errorf("flow.html: got %d offers to add %s to %s, want 1", len(offers), also.Method.Slug, method.Slug)
			}
		}
	}
	if besides == 0 {
		t.Error("got no method with another besides")
	}
}

func TestMeasuresStandOnlyOnChecklists(t *testing.T) {
	offline(t).each(t, func(t *testing.T, p *page) {
		if got := measuresIn(p.root); len(got) > 0 && path.Dir(p.address) != "checklists" {
			t.Errorf("got data-measure %q, want none here", got)
		}
	})
}

// measuresIn returns the values of data-measure, in order.
func measuresIn(n *html.Node) []string {
	var slugs []string
	for n := range elements(n) {
		if slug, ok := attribute(n, "data-measure"); ok {
			slugs = append(slugs, slug)
		}
	}
	return slugs
}

// flowPaths are the answers of every path of the flow, as they stand in links, and the checklist at
// its end.
var flowPaths = sync.OnceValue(func() map[string]string {
	paths := map[string]string{}
	e, err := offlineEdition()
	if err != nil {
		return nil // every test that asks has failed already
	}
	for _, end := range e.handbook.Flow.Ends() {
		var answers []string
		for _, step := range end.Steps {
			answers = append(answers, step.Question.Slug+"="+step.Answer.Slug)
		}
		paths[strings.Join(answers, "&")] = end.Method.Slug
	}
	return paths
})

func TestFlow(t *testing.T) {
	e := offline(t)
	p := e.page(t, "flow.html")
	isList := named(atom.Ul, atom.Ol)
	// The outermost lists that lead to checklists: the diagram and the text.
	trees := all(p.main(t), func(n *html.Node) bool {
		return isList(n) && closest(n.Parent, atom.Ul, atom.Ol, atom.Nav) == nil && len(all(n, leadsToAChecklist)) > 0
	})
	if len(trees) != 2 {
		t.Fatalf("got %d lists that lead to checklists, want the diagram and the text", len(trees))
	}
	for i, tree := range trees {
		t.Run(fmt.Sprint("list ", i+1), func(t *testing.T) {
			start := e.handbook.Flow.Start
			says(t, "before the list", tree.Parent, start.Text)
			got := map[string]string{}
			e.followList(t, tree, start, "", got)
			for steps, want := range flowPaths() {
				if got[steps] != want {
					t.Errorf("%s: got %q, want %q", steps, got[steps], want)
				}
			}
			if want := len(flowPaths()); len(got) != want {
				t.Errorf("got %d paths, want %d", len(got), want)
			}
		})
	}
}

func leadsToAChecklist(n *html.Node) bool {
	return n.DataAtom == atom.A && strings.Contains(value(n, "href"), "checklists/")
}

// followList walks a list whose items are the answers of a question and notes where its paths end.
func (e *edition) followList(t *testing.T, list *html.Node, question *handbook.Question, steps string, ends map[string]string) {
	t.Helper()
	items := children(list)
	if len(items) != len(question.Answers) {
		t.Errorf("%s: got %d items, want the %d answers of %q", steps, len(items), len(question.Answers), question.Text)
		return
	}
	for i, answer := range question.Answers {
		item, steps := items[i], strings.TrimPrefix(steps+"&"+question.Slug+"="+answer.Slug, "&")
		for around := item; around != nil; around = around.Parent {
			for _, hiding := range []string{"hidden", "inert", "aria-hidden"} {
				if _, ok := attribute(around, hiding); ok {
					t.Errorf("%s: got <%s %s>, want it shown without script", steps, around.Data, hiding)
				}
			}
		}
		if got := text(item); !strings.HasPrefix(got, squeeze(answer.Label)) {
			t.Errorf("%s: got %q, want it to begin with the answer %q", steps, got, answer.Label)
		}
		below := all(item, named(atom.Ul, atom.Ol))
		if answer.Question != nil {
			says(t, steps, item, answer.Question.Text)
			if len(below) == 0 {
				t.Errorf("%s: got no list of answers, want those of %q", steps, answer.Question.Text)
				continue
			}
			e.followList(t, below[0], answer.Question, steps, ends)
			continue
		}
		links := all(item, leadsToAChecklist)
		if len(links) != 1 || len(below) > 0 {
			t.Errorf("%s: got %d links and %d lists, want the one link at the end", steps, len(links), len(below))
			continue
		}
		address := e.page(t, "flow.html").resolve(value(links[0], "href"))
		ends[steps] = strings.TrimSuffix(strings.TrimPrefix(address, "checklists/"), ".html")
		for _, method := range e.handbook.Methods {
			if method.Slug == ends[steps] {
				says(t, steps, links[0], method.Mark)
			}
		}
	}
}

func TestMeasurePages(t *testing.T) {
	e := offline(t)
	h := e.handbook
	for _, m := range h.Measures {
		t.Run(m.Slug, func(t *testing.T) {
			p := e.page(t, "measures/"+m.Slug+".html")
			main := p.main(t)
			says(t, "the page", main, m.Number, m.Title, m.Category.Name, m.Check, m.Exception, m.Rule, m.Handout, m.Ask,
				m.Effort.Time, m.Effort.Cost, m.Origin.Name, m.Origin.Meaning)
			for _, role := range m.Effort.Roles {
				says(t, "the page", main, role.Name)
			}
			for _, label := range h.Sections.Measure {
				section := closest(p.byID(t, label.ID), atom.Section)
				if section == nil || len(children(section)) < 2 {
					t.Errorf("#%s: got no text in it", label.ID)
				}
			}
			for _, threat := range h.Threats {
				// The text may name any threat; the list of facts names those of the record.
				listed := slices.ContainsFunc(p.linksTo(main, "threats/"+threat.Slug+".html"), func(n *html.Node) bool { return closest(n, atom.Dd) != nil })
				if want := slices.Contains(m.ThreatSlugs, threat.Slug); listed != want {
					t.Errorf("threat %s: got %v, want %v", threat.Slug, listed, want)
				}
			}
			for _, method := range h.Methods {
				slug, listed := m.PrioritySlug[method.Slug]
				links := p.linksTo(main, "checklists/"+method.Slug+".html#"+m.Slug)
				want := 0
				if listed || m.Preparation {
					want = 2 // at the top, and with its priority
				}
				if len(links) != want {
					t.Errorf("checklist %s: got %d links, want %d", method.Slug, len(links), want)
				}
				for _, link := range links {
					row := closest(link, atom.Tr, atom.Li)
					if closest(link, atom.Dl) != nil { // the short list at the top
						says(t, method.Slug, row, method.Mark, method.Short)
						continue
					}
					says(t, method.Slug, row, method.Mark, method.Name)
					for _, priority := range h.Priorities {
						// The mark ○ is not to be found in ◎, nor in a method's name.
						if got, want := strings.Contains(text(row), squeeze(priority.Mark+priority.Name)), priority.Slug == slug; got != want {
							t.Errorf("%s: %q: got priority %s: %v, want %v", method.Slug, text(row), priority.Slug, got, want)
						}
					}
				}
			}
		})
	}
}

func TestMatrix(t *testing.T) {
	e := offline(t)
	h := e.handbook
	const no, against, preparation = "－", "●", "準"
	p := e.page(t, "matrix.html")
	tables := all(p.main(t), named(atom.Table))
	if len(tables) != 1 {
		t.Fatalf("got %d tables, want 1", len(tables))
	}
	rows := all(tables[0], func(n *html.Node) bool { return n.DataAtom == atom.Tr && closest(n, atom.Tbody) != nil })
	if len(rows) != len(h.Measures) {
		t.Fatalf("got %d rows, want %d", len(rows), len(h.Measures))
	}
	for i, m := range h.Measures {
		if len(p.linksTo(rows[i], "measures/"+m.Slug+".html")) != 1 {
			t.Errorf("row %d: got %q, want a link to %s", i+1, text(rows[i]), m.Slug)
		}
		var got, want []string
		for _, cell := range all(rows[i], named(atom.Td)) {
			got = append(got, text(cell))
		}
		for _, threat := range h.Threats {
			mark := no
			if slices.Contains(m.ThreatSlugs, threat.Slug) {
				mark = against + threat.Name // which phones show for the column
			}
			want = append(want, mark)
		}
		for _, method := range h.Methods {
			mark := no
			if m.Preparation {
				mark = method.Mark + preparation
			}
			for _, priority := range h.Priorities {
				if m.PrioritySlug[method.Slug] == priority.Slug {
					mark = method.Mark + priority.Mark
				}
			}
			want = append(want, mark)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\ngot  %q\nwant %q", m.Slug, got, want)
		}
	}
}

func TestZip(t *testing.T) {
	for name, e := range map[string]*edition{"offline": offline(t), "web": web(t)} {
		t.Run(name, func(t *testing.T) { checkZip(t, e) })
	}
}

func checkZip(t *testing.T, e *edition) {
	archive := e.files[zipAddress]
	inside := unzip(t, archive)
	want := slices.DeleteFunc(e.files.addresses(), isOfTheWebAlone)
	want = slices.Sorted(slices.Values(append(want, "readme.txt")))
	if got := inside.addresses(); !slices.Equal(got, want) {
		t.Errorf("names:\ngot  %q\nwant %q", got, want)
	}
	for name, data := range inside {
		if name != "readme.txt" && name != "download.html" && !bytes.Equal(data, e.files[name]) {
			t.Errorf("%s: got other bytes than in the folder", name)
		}
	}
	readme := string(inside["readme.txt"])
	if !strings.HasPrefix(readme, "\ufeff") || !strings.Contains(readme, "index.html") || strings.Count(readme, "\n") != strings.Count(readme, "\r\n") {
		t.Errorf("readme.txt: got %q, want a BOM, CRLF and the name of the page to open", readme)
	}

	pages, err := parsePages(inside)
	if err != nil {
		t.Fatal(err)
	}
	pageCount := len(pages)
	delete(pages, "404.html") // for servers: its links may start at their root
	checkLinks(t, inside, withoutWebAddress(pages))
	says(t, "download.html in the zip", pages["download.html"].main(t), "新しい持ち歩き版は、公開しているサイト")

	sum := sha256.Sum256(archive)
	main := e.page(t, "download.html").main(t)
	says(t, "download.html", main, hex.EncodeToString(sum[:]), fmt.Sprintf("%.1f MB", float64(len(archive))/1e6))
	if links := e.pages["download.html"].linksTo(main, zipAddress); len(links) != 1 {
		t.Errorf("download.html: got %d links to the zip, want 1", len(links))
	}
	shown := all(main, func(n *html.Node) bool { return n.DataAtom == atom.Dd && text(n) == fmt.Sprint(pageCount) })
	if len(shown) != 1 {
		t.Errorf("download.html: got %q, want the number of pages %d", text(main), len(pages))
	}
}

// unzip returns the files of the zip, without the folder that they all lie in.
func unzip(t *testing.T, archive []byte) published {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	inside := published{}
	top, _, _ := strings.Cut(z.File[0].Name, "/")
	for _, file := range z.File {
		name, ok := strings.CutPrefix(file.Name, top+"/")
		if !ok || inside[name] != nil || regexp.MustCompile(`[^a-zA-Z0-9./_-]`).MatchString(name) {
			t.Errorf("got %q, want each file once, in the folder %s, with an ASCII name", file.Name, top)
		}
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		if inside[name], err = io.ReadAll(r); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
	return inside
}

// withoutWebAddress takes away the links that lead to the web by their nature.
func withoutWebAddress(pages map[string]*page) map[string]*page {
	for _, p := range pages {
		for _, n := range append(all(p.root, isCanonical), all(p.root, isOther)...) {
			n.Parent.RemoveChild(n)
		}
	}
	return pages
}

func isCanonical(n *html.Node) bool {
	return n.DataAtom == atom.Link && value(n, "rel") == "canonical"
}

// isOther reports whether an element tells of the page, or of what changes, in another form.
func isOther(n *html.Node) bool {
	return n.DataAtom == atom.Link && value(n, "rel") == "alternate"
}

func TestSameInputGivesTheSameBytes(t *testing.T) {
	if runtime.NumCPU() == 1 {
		t.Log("one core: nothing runs side by side here")
	}
	want := offline(t).files
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	for _, cores := range []int{1, 8} {
		runtime.GOMAXPROCS(cores)
		// Nor does anything on the site depend on the day.
		got := sources{static: folder("static"), today: time.Now().AddDate(10, 0, 0)}.mustBuild(t)
		wantSame(t, fmt.Sprint(cores, " cores"), got, want)
	}
}

func wantSame(t *testing.T, what string, got, want published) {
	t.Helper()
	if !slices.Equal(got.addresses(), want.addresses()) {
		t.Errorf("%s: names:\ngot  %q\nwant %q", what, got.addresses(), want.addresses())
	}
	for address, data := range want {
		if !bytes.Equal(got[address], data) {
			t.Errorf("%s: %s: %s", what, address, firstDifference(got[address], data))
		}
	}
}

// firstDifference says where two files differ.
func firstDifference(got, want []byte) string {
	at := 0
	for at < min(len(want), len(got)) && want[at] == got[at] {
		at++
	}
	return fmt.Sprintf("from byte %d: got %.60q, want %.60q", at, got[at:], want[at:])
}

func TestNoAddressOfTheWebIsNeeded(t *testing.T) {
	e := offline(t)
	for _, p := range e.pages {
		if found := append(all(p.root, isCanonical), all(p.root, isOther)...); len(found) > 0 {
			t.Errorf("%s: got a link to %q, want none", p.address, value(found[0], "href"))
		}
	}
	for _, address := range []string{"sitemap.xml", "feed.xml"} {
		if _, ok := e.files[address]; ok {
			t.Errorf("got %s, want none", address)
		}
	}
	if robots := string(e.files["robots.txt"]); strings.Contains(robots, "Sitemap") {
		t.Errorf("robots.txt: got %q, want no sitemap", robots)
	}
}

func TestBaseURL(t *testing.T) {
	e, plain := web(t), offline(t)
	const base = "https://example.jp/tebiki/"

	for _, p := range e.pages {
		var got, images []string
		for n := range elements(p.root) {
			switch {
			case isCanonical(n):
				got = append(got, "canonical "+value(n, "href"))
			case value(n, "type") == "application/atom+xml":
				got = append(got, "feed "+value(n, "href"))
			case value(n, "property") == "og:url":
				got = append(got, "og:url "+value(n, "content"))
			case value(n, "property") == "og:image":
				images = append(images, value(n, "content"))
			}
		}
		want := []string{"canonical " + base + p.address, "og:url " + base + p.address, "feed " + base + "feed.xml"}
		if isUnlisted(p.address) {
			want = nil
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", p.address, got, want)
		}
		for _, image := range images {
			if _, ok := e.files[strings.TrimPrefix(image, base)]; !ok {
				t.Errorf("%s: og:image: got %s, want a file of the site", p.address, image)
			}
		}
	}

	var locations []string
	for location := range readSitemap(t, e.files) {
		locations = append(locations, location)
	}
	var want []string
	for _, address := range e.files.addresses() {
		if path.Ext(address) == ".html" && !isUnlisted(address) {
			want = append(want, base+address)
		}
	}
	if got := slices.Sorted(slices.Values(locations)); !slices.Equal(got, want) {
		t.Errorf("sitemap.xml:\ngot  %q\nwant %q", got, want)
	}
	if got, want := string(e.files["robots.txt"]), "Sitemap: "+base+"sitemap.xml\n"; !strings.Contains(got, want) {
		t.Errorf("robots.txt: got %q, want %q in it", got, want)
	}

	// A server shows it at any depth.
	notFound := e.page(t, "404.html")
	for n := range elements(notFound.root) {
		for _, a := range n.Attr {
			if !isLink(a) || outside(a.Val) || strings.HasPrefix(a.Val, "#") {
				continue
			}
			address, ok := strings.CutPrefix(a.Val, "/tebiki/")
			address, _, _ = strings.Cut(address, "#")
			if _, exists := e.files[address]; !ok || !exists {
				t.Errorf("404.html: got <%s %s=%q>, want a file of the site from the server's root", n.Data, a.Key, a.Val)
			}
		}
	}

	// All else is the same.
	webAddress := regexp.MustCompile(`<(link rel="canonical"|link rel="alternate"|meta property="og:|meta name="twitter:)[^>]*>\n|(?m)^"baseURL":.*\n`)
	changing := []string{"404.html", "linking.html", "robots.txt", "sitemap.xml", "feed.xml", "llms.txt", "_headers", zipAddress, "sw.js",
		"download/server/Caddyfile", "download/server/apache.htaccess", "download/server/nginx.conf"}
	stripped := published{}
	for address, data := range e.files {
		if !slices.Contains(changing, address) && path.Ext(address) != ".md" && path.Dir(address) != "share" {
			stripped[address] = webAddress.ReplaceAll(data, nil)
		}
	}
	others := maps.Clone(plain.files)
	for _, address := range changing {
		delete(others, address)
	}
	maps.DeleteFunc(others, func(address string, _ []byte) bool { return path.Ext(address) == ".md" })
	for _, files := range []published{stripped, others} {
		files["download.html"] = ofZip.ReplaceAll(files["download.html"], nil)
	}
	wantSame(t, "without the web address", stripped, others)
}

// ofZip is what the download page tells of the zip's bytes.
var ofZip = regexp.MustCompile(`[0-9a-f]{64}|\d\.\d MB`)

// Pages and readers' bookmarks do not depend on whether somebody typed the last slash.
func TestBaseURLForms(t *testing.T) {
	for base, root := range map[string]string{"https://example.jp": "/", "https://example.jp/": "/", "https://example.jp/tebiki/": "/tebiki/"} {
		s := sources{options: site.Options{BaseURL: base}}
		if want, got := ` href="`+root+`index.html"`, s.file(t, "404.html"); !strings.Contains(got, want) {
			t.Errorf("%s: 404.html: got no %s", base, want)
		}
		if want, got := ">"+strings.TrimSuffix(base, "/")+"/index.html<", s.file(t, "sitemap.xml"); !strings.Contains(got, want) {
			t.Errorf("%s: sitemap.xml: got no %s", base, want)
		}
		if base == "https://example.jp/tebiki/" {
			wantSame(t, base, s.mustBuild(t), web(t).files)
		}
	}
	// The content may know the address; the option has the last word.
	content := edited(t, "handbook.toml", "language = ", "base_url = \"https://example.jp/tebiki/\"\nlanguage = ")
	for option, want := range map[string]string{"": "https://example.jp/tebiki/", "https://example.com/": "https://example.com/"} {
		s := sources{content: content, options: site.Options{BaseURL: option}}
		if !strings.Contains(s.file(t, "index.html"), `<link rel="canonical" href="`+want+`index.html">`) {
			t.Errorf("option %q: got no canonical link to %s", option, want)
		}
	}
}

// The page that shows all components is for those who work on the look.
func TestComponents(t *testing.T) {
	const address = "components.html"
	without, with := sources{}.file(t, address), sources{options: site.Options{Components: true}}.file(t, address)
	if without != "" || with == "" {
		t.Errorf("%s: got %.60q, with the option %.60q; want it only with the option", address, without, with)
	}
}

func TestProgress(t *testing.T) {
	e := offline(t)
	var want []string
	for n := range len(e.pages) {
		want = append(want, fmt.Sprintf("%d/%d", n+1, len(e.pages)))
	}
	if !slices.Equal(e.progress, want) {
		t.Errorf("got %q, want %q", e.progress, want)
	}
}

// Each text is a page of its own, from line 8 on, and has the one problem beside it.
func TestLinkProblems(t *testing.T) {
	const foreign = "は使えません（外のページは https:// から書きます。このサイトのページは measures/device-register.html のように書きます）"
	const spelling = "がありません（つづりを確かめてください）"
	const about = "がありません（about.html のことですか）"
	content := contentCopy(t)
	want := ""
	for i, test := range []struct{ text, want string }{
		{"[a](measures/antivirsu.html)", `8: リンク先 "measures/antivirsu.html" がありません（measures/antivirus.html のことですか）`},
		{"## b {#b}\n\n段落の\n2行目の[a](nowhere-at-all.html)です。", `11: リンク先 "nowhere-at-all.html" ` + spelling},
		{"[a](about.html#nowhere)", `8: リンク先 about.html に見出し "#nowhere" がありません（{#nowhere} の付いた見出しを確かめてください）`},
		{"[a](measures/antivirus.html#howw)", `8: リンク先 measures/antivirus.html に見出し "#howw" がありません（{#howw} の付いた見出しを確かめてください）`},
		{"[a](http://example.jp/)", `8: リンク "http://example.jp/" ` + foreign},
		{"[a](HTTPS://example.jp/)", `8: リンク "HTTPS://example.jp/" ` + foreign},
		{"[a](javascript:alert(1))", `8: リンク "javascript:alert(1)" ` + foreign},
		{"[a](ftp://example.jp/)", `8: リンク "ftp://example.jp/" ` + foreign},
		{"[a](data:text/html,a)", `8: リンク "data:text/html,a" ` + foreign},
		{"[a](/about.html)", `8: リンク "/about.html" ` + foreign},
		{"[a](example.jp)", `8: リンク先 "example.jp" がありません（外のページなら、https:// から書いてください）`},
		{"[a](www.example.org/a.html)", `8: リンク先 "www.example.org/a.html" がありません（外のページなら、https:// から書いてください）`},
		{`[a](C:\Users\a.xlsx)`, `8: リンク "C:\\Users\\a.xlsx" は使えません（パソコンの中のファイルは、読む人には開けません。content/public/ に置き、その中の名前を書いてください）`},
		{"[a](//example.jp/)", `8: リンク "//example.jp/" ` + foreign},
		{"[a](../about.html)", `8: リンク先 "../about.html" ` + about},
		{"[a](about)", `8: リンク先 "about" ` + about},
		{"[a](pages/about.md)", `8: リンク先 "pages/about.md" は使えません（about.html のことですか）`},
		{"[a](../measures/antivirus.md#how)", `8: リンク先 "../measures/antivirus.md" は使えません（measures/antivirus.html のことですか）`},
		{"[a](antivirus.md)", `8: リンク先 "antivirus.md" は使えません（measures/antivirus.html のことですか）`},
		{"[a](./antivirus.html)", `8: リンク先 "./antivirus.html" がありません（measures/antivirus.html のことですか）`},
		{"[a](マルウェア感染)", `8: リンク先 "マルウェア感染" がありません（threats/malware.html のことですか）`},
		{"[a](about.htm)", `8: リンク先 "about.htm" ` + about},
		{"[a](measures/)", `8: リンク先 "measures/" がありません（measures.html のことですか）`},
		{"[a](about.html?b=c)", `8: リンク先 "about.html?b=c" ` + about},
		{"- 一つ\n- **[a](about.htm)**", `9: リンク先 "about.htm" ` + about},
		{"| a | b |\n| --- | --- |\n| [a](about.htm) | b |", `10: リンク先 "about.htm" ` + about},
		{"[a][b]\n\n[b]: about.htm", `8: リンク先 "about.htm" ` + about},
		{"<http://example.jp/>", `8: リンク "http://example.jp/" ` + foreign},
		{"[a](about.html?q=VPN)", `8: リンク先 "about.html?q=VPN" ` + spelling},
		{"[a](search.html?p=VPN)", `8: リンク先 "search.html?p=VPN" ` + spelling},
		{"[a](flow.html#owner=company&cloud=yes)", `8: リンク先 flow.html に見出し "#owner=company&cloud=yes" がありません（{#owner=company&cloud=yes} の付いた見出しを確かめてください）`},
		{"[a](components.html)", `8: リンク先 "components.html" がありません（consent.html のことですか）`},
		{"[a](about.html) [b](https://example.jp/ \"題\") [c](a)", `8: リンク先 "a" ` + spelling},
	} {
		file := fmt.Sprintf("pages/case-%02d.md", i)
		content[file] = &fstest.MapFile{Data: []byte("+++\ntitle = \"題\"\nlabel = \"題\"\ndescription = \"題\"\nreviewed = 2026-11-23\n+++\n\n" + test.text + "\n")}
		publish(t, content, file)
		want += file + ":" + test.want + "\n"
	}
	wantProblems(t, content, want)
}

func TestAllLinkProblemsInOrder(t *testing.T) {
	content := contentCopy(t)
	want := ""
	for _, file := range []string{"changes/2026-11-23.md", "measures/antivirus.md", "methods/company-vpn.md", "pages/about.md", "threats/malware.md"} {
		content[file].Data = append(content[file].Data, "\n[a](methods.htm)\n\n[b](methods.html#b)\n"...)
		last := bytes.Count(content[file].Data, []byte("\n"))
		want += fmt.Sprintf("%s:%d: リンク先 \"methods.htm\" がありません（methods.html のことですか）\n", file, last-2)
		want += fmt.Sprintf("%s:%d: リンク先 methods.html に見出し \"#b\" がありません（{#b} の付いた見出しを確かめてください）\n", file, last)
	}
	wantProblems(t, content, want)
}

// What the site keeps for years can be linked from texts, too.
func TestLinksToStableAddresses(t *testing.T) {
	content := contentCopy(t)
	file := content["pages/about.md"]
	file.Data = append(file.Data, "\n[a](search.html?q=VPN) [b](flow.html#owner=company&remote=yes) [c](flow.html#owner=company&remote=no&cloud=no) [d](download/offline.zip) [e](data/survey.csv) [f](glossary.html#group-1) [g](search.html#checklists)\n"...)
	files := buildContent(t, content)
	for _, want := range []string{"search.html?q=VPN", "flow.html#owner=company&amp;remote=yes", "flow.html#owner=company&amp;remote=no&amp;cloud=no", "download/offline.zip", "data/survey.csv", "glossary.html#group-1", "search.html#checklists"} {
		if !bytes.Contains(files["about.html"], []byte(`<a href="`+want+`">`)) {
			t.Errorf("got no link to %s", want)
		}
	}
	pages, err := parsePages(files)
	if err != nil {
		t.Fatal(err)
	}
	checkLinks(t, files, pages)
}

// Every name that becomes an address or an anchor is one the site does not use itself.
func TestNamesOfTheSite(t *testing.T) {
	content := contentCopy(t)
	delete(content, "search.toml") // names what is moved
	move := func(from, to string) {
		t.Helper()
		if content[from] == nil {
			t.Fatalf("no %s", from)
		}
		content[to] = content[from]
		delete(content, from)
		slug := func(file string) string {
			return fmt.Sprintf("  %q,\n", strings.TrimSuffix(path.Base(file), path.Ext(file)))
		}
		if list, name := string(content["published.toml"].Data), "\n"+path.Dir(from)+" = ["; strings.Contains(list, name) {
			before, after, _ := strings.Cut(list, name)
			content["published.toml"].Data = []byte(before + name + strings.Replace(after, slug(from), slug(to), 1))
		}
	}
	content["pages/hub.md"], content["pages/components.md"] = content["pages/changes.md"], content["pages/changes.md"]
	listed := content["published.toml"].Data
	publish(t, content, "pages/hub.md")
	publish(t, content, "pages/components.md")
	wantProblems(t, content, `pages/components.md:1: ページの名前 "components" は使えません（番地 components.html は、このサイトが別のことに使います。別の名前にしてください）
pages/hub.md:1: ページの名前 "hub" は使えません（番地 hub.html は、このサイトが別のことに使います。別の名前にしてください）
`)
	delete(content, "pages/hub.md")
	delete(content, "pages/components.md")
	content["published.toml"].Data = listed

	move("terms/dmz.md", "terms/main.md")
	move("terms/attachment.md", "terms/group-1.md")
	content["pages/about.md"].Data = append(content["pages/about.md"].Data, "\n## A {#term-vpn}\n"...)
	content["pages/search.md"].Data = append(content["pages/search.md"].Data, "\n## A {#checklists}\n"...)
	move("survey/s1-status.toml", "survey/charts.toml")
	move("contacts/scs.md", "contacts/ended.md")
	move("references/pdl.md", "references/search.md")
	move("lifecycles/skype.md", "lifecycles/main.md")
	edit(t, content, "handbook.toml", `why = "`, `rule = "`)
	edit(t, content, "handbook.toml", "[category.malware]", "[category.search]")
	for file := range content {
		if strings.HasPrefix(file, "measures/") {
			content[file].Data = bytes.ReplaceAll(content[file].Data, []byte(`category = "malware"`), []byte(`category = "search"`))
		}
	}
	wantProblems(t, content, fmt.Sprintf(`contacts/ended.md:1: 名前 "ended" は使えません（contacts.html のほかの場所が使っています。別の名前にしてください）
handbook.toml:%d: 名前 "search" は使えません（measures.html のほかの場所が使っています。別の名前にしてください）
handbook.toml:%d: 節の名前 "rule" は、その節のページのほかの場所で使われています（別の名前にしてください）
lifecycles/main.md:1: 名前 "main" は使えません（lifecycles.html のほかの場所が使っています。別の名前にしてください）
pages/about.md:%d: 見出しの名前 "term-vpn" は、このページのほかの場所で使われています（別の名前にしてください）
pages/search.md:%d: 見出しの名前 "checklists" は、このページのほかの場所で使われています（別の名前にしてください）
references/search.md:1: 名前 "search" は使えません（references.html のほかの場所が使っています。別の名前にしてください）
survey/charts.toml:1: 名前 "charts" は使えません（survey.html のほかの場所が使っています。別の名前にしてください）
terms/group-1.md:1: 名前 "group-1" は使えません（glossary.html のほかの場所が使っています。別の名前にしてください）
terms/main.md:1: 名前 "main" は使えません（glossary.html のほかの場所が使っています。別の名前にしてください）
`, lineOf(t, content, "handbook.toml", "[category.search]"), lineOf(t, content, "handbook.toml", `rule = "`),
		lineOf(t, content, "pages/about.md", "{#term-vpn}"), lineOf(t, content, "pages/search.md", "{#checklists}")))
}

// A page that the site needs and the content lacks is the editor's to add.
func TestMissingPage(t *testing.T) {
	content := contentCopy(t)
	delete(content, "pages/404.md")
	edit(t, content, "published.toml", "  \"404\",\n", "")
	wantProblems(t, content, "pages/404.md:1: このページがありません（new page 404 の命令で作れます）\n")
}

// A page of records that are gone shows nothing: links to places on it would lead nowhere.
func TestPageOfNothing(t *testing.T) {
	content := contentCopy(t)
	delete(content, "leak-report.toml")
	wantProblems(t, content, "pages/leak-report.md:1: このページに載せるものがありません（なくしたファイルを戻すか、このページを消してください）\n")
}

// Words under which something is looked for belong to what the search finds.
func TestAskedOfNothing(t *testing.T) {
	content := edited(t, "search.toml", "[asked]\n", "[asked]\n\"measures/backups.html\" = [\"控え\"]\n\"404.html\" = [\"迷子\"]\n")
	line := lineOf(t, content, "search.toml", "backups")
	wantProblems(t, content, fmt.Sprintf("search.toml:%d: 検索で見つかるものに、番地 \"measures/backups.html\" はありません（measures/backup.html のことですか）\nsearch.toml:%d: 検索で見つかるものに、番地 \"404.html\" はありません（つづりを確かめてください）\n", line, line+1))
}

// Neither a wrong icon nor a problem of another kind makes good links dead, and dead links are found beside them.
func TestOtherProblemsHideNoLinks(t *testing.T) {
	const links = "[a](measures/antivirus.html) [b](data/survey.csv) [c](images/icon.svg) [d](share.png) [e](about.htm)"
	const dead = `pages/case.md:8: リンク先 "about.htm" がありません（about.html のことですか）` + "\n"
	content := edited(t, "handbook.toml", `icon = "building"`, `icon = "bilding"`)
	content["pages/case.md"] = &fstest.MapFile{Data: []byte("+++\ntitle = \"題\"\nlabel = \"題\"\ndescription = \"題\"\nreviewed = 2026-11-23\n+++\n\n" + links + "\n")}
	publish(t, content, "pages/case.md")
	icon := fmt.Sprintf("handbook.toml:%d: 絵 \"bilding\" がありません（building のことですか）\n", lineOf(t, content, "handbook.toml", "bilding"))
	wantProblems(t, content, icon+dead)

	const measure = "measures/antivirus.md"
	edit(t, content, measure, `origin = "`, `origin = "x`)
	origin := fmt.Sprintf("%s:%d: ", measure, lineOf(t, content, measure, `origin = "`))
	_, problems, err := sources{content: content}.load()
	if err != nil {
		t.Fatal(err)
	}
	if got := lines(problems); !strings.HasPrefix(got, icon+origin) || !strings.HasSuffix(got, "\n"+dead) || len(problems) != 3 {
		t.Errorf("got:\n%swant:\n%s%s…\n%s", got, icon, origin, dead)
	}
}

// wantProblems fails unless the content has exactly these problems, one a line.
func wantProblems(t *testing.T, content fs.FS, want string) {
	t.Helper()
	_, problems, err := sources{content: content, options: site.Options{Components: true}}.load()
	if err != nil {
		t.Fatal(err)
	}
	if got := lines(problems); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}

// publish lists a file of the content as published.
func publish(t testing.TB, content fstest.MapFS, file string) {
	t.Helper()
	folder, name, _ := strings.Cut(file, "/")
	slug := strings.TrimSuffix(name, path.Ext(name))
	edit(t, content, "published.toml", "\n"+folder+" = [\n", fmt.Sprintf("\n%s = [\n  %q,\n", folder, slug))
}

// withdraw adds a withdrawn measure, which another one replaces, and a withdrawn term to the real content.
func withdraw(t *testing.T, content fstest.MapFS) {
	t.Helper()
	list := content["published.toml"]
	list.Data = append(list.Data, `
[withdrawn.measures.old-scanner]
title = "古い検査"
reason = "新しい対策に含めました。"
date = 2026-11-24

[withdrawn.terms.old-word]
title = "古い語"
reason = "使わなくなりました。"
date = 2026-11-24

[moved."pages/about".old-part]
title = "前の節"
to = "about.html#privacy"
`...)
	publish(t, content, "terms/old-word.md")
	edit(t, content, "published.toml", "measures = [\n", "measures = [\n  \"old-scanner\",\n")
	edit(t, content, "measures/antivirus.md", "revision = 1\n", "revision = 1\nreplaces = [\"old-scanner\"]\n")
}

func TestWithdrawn(t *testing.T) {
	content := contentCopy(t)
	withdraw(t, content)
	files := buildContent(t, content)
	pages, err := parsePages(files)
	if err != nil {
		t.Fatal(err)
	}
	checkLinks(t, files, pages)
	p, ok := pages["measures/old-scanner.html"]
	if !ok {
		t.Fatal("got no page measures/old-scanner.html")
	}
	main := p.main(t)
	says(t, p.address, main, "古い検査", "新しい対策に含めました。", "2026年11月24日")
	if len(p.linksTo(main, "measures/antivirus.html")) != 1 {
		t.Errorf("got %q, want a link to what replaces it", text(main))
	}
}

// Whatever was an address goes on being one.
func TestWithdrawnOfEveryKind(t *testing.T) {
	content := contentCopy(t)
	about := content["pages/about.md"]
	for _, one := range []struct{ kind, address string }{
		{"methods", "methods/old.html"},
		{"threats", "threats/old.html"},
		{"pages", "old.html"},
		{"guides", "guides/old.html"},
		{"incidents", "incident/old.html"},
		{"frameworks", "frameworks/old.html"},
		{"terms", "glossary.html#old"},
		{"survey", "survey.html#old"},
		{"contacts", "contacts.html#old"},
		{"references", "references.html#old"},
	} {
		t.Run(one.kind, func(t *testing.T) {
			content := maps.Clone(content)
			list := content["published.toml"]
			content["published.toml"] = &fstest.MapFile{Data: append(slices.Clone(list.Data), fmt.Sprintf(`
[withdrawn.%s.old]
title = "前の題"
reason = "前の訳です。"
date = 2026-11-24
`, one.kind)...)}
			publish(t, content, one.kind+"/old.md")
			content["pages/about.md"] = &fstest.MapFile{Data: append(slices.Clone(about.Data), "\n[前]("+one.address+")\n"...)}
			files := buildContent(t, content)
			pages, err := parsePages(files)
			if err != nil {
				t.Fatal(err)
			}
			checkLinks(t, files, pages)
			address, _, _ := strings.Cut(one.address, "#")
			says(t, address, pages[address].main(t), "前の題", "前の訳です。")
			if one.kind == "methods" {
				for _, address := range []string{"checklists/old.html", "embed/checklist/old.html"} {
					says(t, address, pages[address].main(t), "前の題", "前の訳です。")
				}
			}
		})
	}
}

// A link to a heading that has moved leads to where it went, one to a page that gave way to the next.
func TestMoved(t *testing.T) {
	content := contentCopy(t)
	replace := func(name, old, new string) {
		t.Helper()
		data := content[name].Data
		if !bytes.Contains(data, []byte(old)) {
			t.Fatalf("%s has no %q", name, old)
		}
		content[name] = &fstest.MapFile{Data: bytes.ReplaceAll(data, []byte(old), []byte(new))}
	}
	replace("pages/about.md", "{#privacy}", "{#answers}")
	list := content["published.toml"]
	content["published.toml"] = &fstest.MapFile{Data: append(slices.Clone(list.Data), `
[moved."pages/about".privacy]
title = "記録の扱い"
to = "about.html#answers"

[withdrawn.guides.old]
title = "前の題"
reason = "前の訳です。"
date = 2026-11-24
to = "guides/windows.html"
`...)}
	publish(t, content, "guides/old.md")
	files := buildContent(t, content)
	pages, err := parsePages(files)
	if err != nil {
		t.Fatal(err)
	}
	checkLinks(t, files, pages)
	about := pages["about.html"]
	if len(about.linksTo(about.byID(t, "privacy"), "about.html#answers")) != 1 {
		t.Error("about.html#privacy: want a link to about.html#answers")
	}
	old := pages["guides/old.html"]
	if len(old.linksTo(old.main(t), "guides/windows.html")) != 1 {
		t.Error("guides/old.html: want a link to guides/windows.html")
	}
	replace("published.toml", `"about.html#answers"`, `"about.html#privacy"`)
	at := 1 + bytes.Count(bytes.Split(content["published.toml"].Data, []byte(`to = "about.html#privacy"`))[0], []byte("\n"))
	wantProblems(t, content, fmt.Sprintf("published.toml:%d: 移った先 \"about.html#privacy\" も、なくした見出しです（今ある見出しかページを書いてください）\n", at))
	if got, want := string(files["_redirects"]), "/guides/old.html /guides/windows.html 301!\n"; got != want {
		t.Errorf("_redirects: got %q, want %q", got, want)
	}
}

// Faults of layouts and static are ours: an error, whether they are found when the sources are read or
// when a page is made.
func TestFaultsOfSources(t *testing.T) {
	for name, test := range map[string]struct {
		file, old, new string
		want           []string // in the error
	}{
		"unknown field":        {"layouts/threat.html", "(len .Measures)", "(len .Measurse)", []string{"layouts: threats/", "Measurse"}},
		"unknown icon":         {"layouts/index.html", `{{icon "right"}}`, `{{icon "rigth"}}`, []string{"layouts: index.html", "static/icons/rigth.svg"}},
		"unfinished layout":    {"layouts/threat.html", "{{define", "{{defin", []string{"threat.html"}},
		"CSS that is no CSS":   {"static/base.css", "", "}", []string{"static: ", "base.css"}},
		"CSS that is missing":  {"static/main.css", "./base.css", "./bass.css", []string{"static: ", "bass.css"}},
		"script that is none":  {"static/main.ts", "", "const = 1\n", []string{"static: ", "main.ts"}},
		"no layout for a kind": {"layouts/threat.html", "", "", []string{"threat.html"}},
		"dead link":            {"layouts/threat.html", "<section", `<a href="../nowhere.html"></a><section`, []string{"threats/eavesdropping.html: リンク先 \"../nowhere.html\" がありません"}},
		"dead anchor":          {"layouts/parts/footer.html", "<footer", `<a href="{{.Root}}about.html#nowhere"></a><footer`, []string{"404.html: リンク先 \"about.html#nowhere\" がありません"}},
		"dead image":           {"layouts/parts/head.html", "images/icon.svg", "images/icon.png", []string{"404.html: リンク先 \"images/icon.png\" がありません"}},
		"name twice":           {"layouts/threat.html", `id="measures"`, `id="main"`, []string{"threats/malware.html: 名前 \"main\" が二度あります"}},
	} {
		t.Run(name, func(t *testing.T) {
			sources := sources{layouts: copyOf(t, folder("layouts")), static: copyOf(t, folder("static"))}
			top, file, _ := strings.Cut(test.file, "/")
			files := map[string]fs.FS{"layouts": sources.layouts, "static": sources.static}[top].(fstest.MapFS)
			switch {
			case test.new == "":
				delete(files, file)
			case test.old == "":
				files[file].Data = append([]byte(test.new), files[file].Data...)
			default:
				edit(t, files, file, test.old, test.new)
			}
			_, err := sources.build()
			if err == nil {
				t.Fatal("got no error, want one")
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("got error %q, want %q in it", err, want)
				}
			}
		})
	}
}

// Budgets of what a reader's browser fetches, in bytes. Servers compress on the way at about this
// quality; a higher one would flatter. The search needs its script and its entry for the first result:
// 30 KB in all.
func TestSizes(t *testing.T) {
	const quality = 5
	budgets := []struct {
		pattern string
		budget  int
	}{
		{"checklists/*.html", 20_000},
		{"assets/main-*.css", 12_000},
		{"assets/main-*.js", 25_000},
		{"assets/workspace-*.js", 23_000},
		{"assets/forms-*.css", 2_000},
		{"assets/forms-*.js", 6_000},
		{"assets/show-*.css", 2_000},
		{"assets/show-*.js", 11_200},
		{"assets/calendar-*.css", 2_000},
		{"assets/calendar-*.js", 7_000},
		{"assets/compare-*.css", 2_000},
		{"assets/compare-*.js", 17_200}, // it copies and writes for Word as show does, opens files, and writes for Excel
		{"assets/offline-*.css", 500},
		{"assets/offline-*.js", 1_500},
		{"sw.js", 6_000},
		{"assets/matrix-*.css", 1_000},
		{"assets/linking-*.css", 1_000},
		{"assets/linking-*.js", 3_000},
		{"assets/embed-*.css", 4_000},
		{"assets/embed-*.js", 4_000},
		{"embed/checklist/*.html", 6_000},
		{"assets/assign-*.js", 2_000},
		{"assets/carry-*.js", 4_000},
		{"assets/save-*.js", 6_000},
		{"assets/read-*.js", 9_000},
		{"data/excel-*.js", 30_000},
		{"assets/search-*.js", 10_240},
		{searchEntry, 16_384},
	}
	files := offline(t).files
	for _, b := range budgets {
		largest, name := 0, ""
		for _, address := range files.addresses() {
			if ok, err := path.Match(b.pattern, address); err != nil || !ok {
				continue
			}
			size := brotliSize(t, files[address], quality)
			if size >= b.budget {
				t.Errorf("%s: got %d bytes, want less than %d", address, size, b.budget)
			}
			if size > largest {
				largest, name = size, address
			}
		}
		if largest == 0 {
			t.Errorf("%s: got no file", b.pattern)
		}
		t.Logf("%-18s largest %6d of %6d bytes: %s (%d uncompressed)", b.pattern, largest, b.budget, name, len(files[name]))
	}
}

func brotliSize(t testing.TB, data []byte, quality int) int {
	t.Helper()
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, quality)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
