package site_test

import (
	"bytes"
	"encoding/xml"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed/atom"
	"golang.org/x/net/html"

	"tebiki/generator/markdown"
)

// readSitemap returns the day of each address, and fails where the file is not as
// sitemaps.org/protocol.html says.
func readSitemap(t testing.TB, files published) map[string]string {
	t.Helper()
	type any struct{ XMLName xml.Name }
	var sitemap struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		Others  []any    `xml:",any"`
		URLs    []struct {
			Locations []string `xml:"loc"`
			Days      []string `xml:"lastmod"`
			Others    []any    `xml:",any"`
		} `xml:"url"`
	}
	decoder := xml.NewDecoder(bytes.NewReader(files["sitemap.xml"]))
	if err := decoder.Decode(&sitemap); err != nil {
		t.Fatal(err)
	}
	if n := len(sitemap.URLs); n == 0 || n > 50_000 || len(files["sitemap.xml"]) > 50<<20 || len(sitemap.Others) > 0 {
		t.Errorf("got %d addresses and %v, want at most 50,000 and nothing else", n, sitemap.Others)
	}
	days := map[string]string{}
	for _, u := range sitemap.URLs {
		if len(u.Locations) != 1 || len(u.Days) > 1 || len(u.Others) > 0 {
			t.Fatalf("got %+v, want an address and at most one day", u)
		}
		location := u.Locations[0]
		if parsed, err := url.Parse(location); err != nil || !parsed.IsAbs() || parsed.Fragment != "" || len(location) >= 2048 {
			t.Errorf("got %q, want an address of the web", location)
		}
		if _, ok := days[location]; ok {
			t.Errorf("got %q twice", location)
		}
		days[location] = ""
		if len(u.Days) == 1 {
			days[location] = u.Days[0]
			if _, err := time.Parse(time.DateOnly, u.Days[0]); err != nil {
				t.Errorf("%s: %v", location, err)
			}
		}
	}
	return days
}

// A page is as new as the newest of what it shows.
func TestSitemapDates(t *testing.T) {
	days := readSitemap(t, web(t).files)
	content := contentCopy(t)
	edit(t, content, "measures/antivirus.md", "reviewed = 2026-11-28", "reviewed = 2029-01-02")
	edit(t, content, "terms/vpn.md", "reviewed = 2026-11-25", "reviewed = 2029-01-03")
	after := readSitemap(t, published{"sitemap.xml": []byte(sources{content: content, options: web(t).sources.options}.file(t, "sitemap.xml"))})
	const base = "https://example.jp/tebiki/"
	for address, want := range map[string]string{
		"measures/antivirus.html": "2029-01-02", "measures.html": "2029-01-02", "matrix.html": "2029-01-02", "checklists/company-vpn.html": "2029-01-02",
		"rules/company-vpn.html": "2029-01-02", "show/boss.html": "2029-01-02", "glossary.html": "2029-01-03",
		"measures/backup.html": days[base+"measures/backup.html"], "threats.html": days[base+"threats.html"],
	} {
		if got := after[base+address]; got != want || want == "" {
			t.Errorf("%s: got %q, want %q", address, got, want)
		}
	}
	for location, day := range days {
		if day == "" {
			t.Errorf("%s: got no day, want one", location)
		}
	}
}

// The feed is what a reader of feeds takes it for, and says what the page of changes says.
func TestFeed(t *testing.T) {
	for name, e := range map[string]*edition{"real": web(t), "English": kitchen(t)} {
		feed, err := new(atom.Parser).Parse(bytes.NewReader(e.files["feed.xml"]))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		base := e.handbook.BaseURL
		if name == "real" {
			base = "https://example.jp/tebiki/"
		}
		if feed.ID != base+"feed.xml" || feed.Rights != e.handbook.Licence || len(feed.Authors) != 1 || feed.Authors[0].Name != e.handbook.Maker || feed.Language != e.handbook.Language {
			t.Errorf("%s: got %v, want its address, licence, maker and language", name, feed)
		}
		links := map[string]string{}
		for _, link := range feed.Links {
			links[link.Rel] = link.Href
		}
		if links["self"] != base+"feed.xml" || links["alternate"] != base+"changes.html" || links["license"] != e.handbook.LicenceURL {
			t.Errorf("%s: got the links %v", name, links)
		}
		if len(feed.Entries) != len(e.handbook.Changes) || len(feed.Entries) == 0 {
			t.Fatalf("%s: got %d entries, want %d", name, len(feed.Entries), len(e.handbook.Changes))
		}
		seen := map[string]bool{}
		for i, entry := range feed.Entries {
			c := e.handbook.Changes[i]
			address := base + "changes.html#" + c.Slug
			if entry.ID != address || seen[entry.ID] || entry.Links[0].Href != address || entry.Title != c.Title || entry.UpdatedParsed == nil || !entry.UpdatedParsed.Equal(c.Date) || feed.UpdatedParsed.Before(c.Date) {
				t.Errorf("%s: got %v, want %s", name, entry, c.Slug)
			}
			seen[entry.ID] = true
			if fault := lostAddress(e, strings.TrimPrefix(entry.ID, base)); fault != "" {
				t.Error(fault)
			}
			root, err := html.Parse(strings.NewReader(entry.Content.Value))
			if err != nil {
				t.Fatal(err)
			}
			if got, want := squeeze(text(root)), squeeze(strings.Join(c.Body.Texts(), "")); entry.Content.Type != "html" || got != want {
				t.Errorf("%s: got %q, want %q", c.Slug, got, want)
			}
			for n := range elements(root) {
				link, ok := attribute(n, "href")
				if inside, isOurs := strings.CutPrefix(link, base); ok && isOurs {
					if fault := lostAddress(e, inside); fault != "" {
						t.Errorf("%s: %s", c.Slug, fault)
					}
				} else if ok && !markdown.IsExternal(link) {
					t.Errorf("%s: got the link %q, want a whole address", c.Slug, link)
				}
			}
		}
	}
}

// securityField is a line of security.txt.
var securityField = regexp.MustCompile(`^([A-Za-z-]+): (\S.*)$`)

// Whom to tell of a hole is told as RFC 9116 has it; a handbook that names nobody has no such file.
func TestSecurityText(t *testing.T) {
	const address = ".well-known/security.txt"
	if _, ok := web(t).files[address]; ok != (len(web(t).handbook.Security.Contacts) > 0) {
		t.Errorf("got a file: %v, want one where the content says whom to tell", ok)
	}
	e := kitchen(t)
	fields := map[string][]string{}
	for line := range strings.Lines(string(e.files[address])) {
		field := securityField.FindStringSubmatch(strings.TrimSuffix(line, "\r\n"))
		if field == nil || !strings.HasSuffix(line, "\r\n") {
			t.Fatalf("got the line %q, want a name and a value, which end in CRLF", line)
		}
		fields[field[1]] = append(fields[field[1]], field[2])
	}
	for name, values := range fields {
		if !slices.Contains([]string{"Contact", "Expires", "Preferred-Languages", "Canonical", "Policy"}, name) || name != "Contact" && len(values) != 1 {
			t.Errorf("got %d times %s, want a field of RFC 9116, and none but Contact twice", len(values), name)
		}
		for _, value := range values {
			if u, err := url.Parse(value); name != "Expires" && name != "Preferred-Languages" && (err != nil || !slices.Contains([]string{"https", "mailto", "tel"}, u.Scheme)) {
				t.Errorf("%s: got %q, want an address", name, value)
			}
		}
	}
	s := e.handbook.Security
	if got, err := time.Parse(time.RFC3339, strings.Join(fields["Expires"], "")); err != nil || !got.Equal(s.Expires) {
		t.Errorf("got the end %v, error %v, want %v", got, err, s.Expires)
	}
	if got := fields["Contact"]; !slices.Equal(got, s.Contacts) || len(got) == 0 {
		t.Errorf("got the contacts %q, want %q", got, s.Contacts)
	}
	for name, want := range map[string]string{"Canonical": e.handbook.BaseURL + address, "Preferred-Languages": "en", "Policy": s.Policy} {
		if got := strings.Join(fields[name], ""); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if !strings.Contains(string(e.files["_headers"]), "\n/.well-known/*\n") {
		t.Error("_headers: got no rule for its folder")
	}
}
