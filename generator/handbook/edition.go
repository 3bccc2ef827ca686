package handbook

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/idna"

	"tebiki/generator/source"
)

// An Edition is handbook.toml: what the site is, what it follows, and the vocabularies its records
// use.
type Edition struct {
	source.Record
	ID           string    `toml:"id"` // under which a browser keeps the reader's answers
	Title        string    `toml:"title"`
	Tagline      string    `toml:"tagline"`
	Language     string    `toml:"language"` // BCP 47
	Maker        string    `toml:"maker"`
	Reviewed     time.Time `toml:"reviewed"`
	ReviewMonths int       `toml:"review_months"`
	BaseURL      string    `toml:"base_url,optional"`    // where the site is published, ending in "/"
	OnlineOnly   bool      `toml:"online_only,optional"` // browsers keep no copy of the site

	NavigationSlugs []string `toml:"navigation"`
	FooterSlugs     []string `toml:"footer"`
	Navigation      []*Page
	Footer          []*Page

	Licence    string `toml:"licence,optional"`     // how the texts of this edition may be used
	LicenceURL string `toml:"licence_url,optional"` // where the licence stands

	Original   Original     `toml:"source,optional"`
	Security   Security     `toml:"security,optional"`
	Priorities []*Priority  `toml:"priority"` // most urgent first
	Categories []*Category  `toml:"category"` // by number
	Origins    []*Origin    `toml:"origin,optional"`
	Owners     []*Axis      `toml:"owner,optional"`
	Accesses   []*Axis      `toml:"access,optional"`
	Roles      []*Role      `toml:"role"`
	Helpers    []*Helper    `toml:"helper,optional"`
	Sections   SectionNames `toml:"section"`
	Style      source.Style `toml:"style,optional"`

	LifecycleGroups []*LifecycleGroup `toml:"lifecycle_group,optional"`

	Chapters []*Part `toml:"chapter,optional"` // of the company's rules (規程), in their order
	Scenes   []*Part `toml:"scene,optional"`   // of the handout for employees (周知文), in their order

	// Counts is the number of measures expected per method and priority; nil when none is.
	Counts map[string]map[string]int `toml:"count,optional"`
}

// Follows returns the publication that the handbook follows, nil when it follows none.
func (e *Edition) Follows() *Original {
	if e.Original.Title == "" {
		return nil
	}
	return &e.Original
}

// An Original is the publication that the handbook follows.
type Original struct {
	source.Record
	Title     string    `toml:"title"`
	Edition   string    `toml:"edition"`
	Publisher string    `toml:"publisher"`
	Published time.Time `toml:"published"`
	URL       string    `toml:"url"`
	WasReadIn string    `toml:"read_in,optional"`
	Terms     string    `toml:"terms,optional"`     // of use
	TermsURL  string    `toml:"terms_url,optional"` // where they stand

	ReadIn *Reference // explains it, is used under its terms, and is where its content was read; nil when it is itself
}

// A Priority (優先度) says how early a measure is taken. Under an addition (追加) stand measures that
// the original's checklists do not have: they come after all others and are counted apart.
type Priority struct {
	source.Record
	Mark     string `toml:"mark"` // ◎
	Name     string `toml:"name"`
	Meaning  string `toml:"meaning"`
	Addition bool   `toml:"addition,optional"`

	Rank int // 1 is the most urgent
}

// A Category (対策分類) groups measures. Its number begins their numbers.
type Category struct {
	source.Record
	Number int    `toml:"number"`
	Name   string `toml:"name"`

	Measures []*Measure // by number
}

// An Origin says where a measure's number, wording and priorities come from.
type Origin struct {
	source.Record
	Name    string `toml:"name"`
	Meaning string `toml:"meaning"`

	Measures []*Measure // by number
}

// An Axis value is one row or column of the table of methods: who owns the device, or how company
// data is reached.
type Axis struct {
	source.Record
	Name string `toml:"name"`
	Icon string `toml:"icon,optional"` // a drawing the layouts know
	Note string `toml:"note,optional"` // what it means, in one short sentence
}

// A Role is who carries out a measure.
type Role struct {
	source.Record
	Name string `toml:"name"`
}

// A Part of a document that is made of the measures: a chapter (章) of a company's rules, or a moment
// (場面) in which employees do what measures ask of them.
type Part struct {
	source.Record
	Name    string   `toml:"name"`
	Clauses []string `toml:"clauses,optional"` // stand before those of the measures, with CompanyMark
}

// CompanyMark stands for the company's name in a clause.
const CompanyMark = "{company}"

// inBraces is what is written like CompanyMark.
var inBraces = regexp.MustCompile(`\{[a-z_]+\}`)

// check reports marks that would be printed as they are.
func (p *Part) check(report reporter) {
	for _, clause := range p.Clauses {
		for _, mark := range inBraces.FindAllString(clause, -1) {
			if mark != CompanyMark {
				report(p.Problem("clauses", "%s は使えません（会社の名前になるのは %s だけです）", mark, CompanyMark))
			}
		}
	}
}

// SectionNames are the level 2 headings that the text of each kind of record must have, in their
// order.
type SectionNames struct {
	source.Record
	Measure  source.Labels `toml:"measure"`
	Method   source.Labels `toml:"method"`
	Threat   source.Labels `toml:"threat"`
	Guide    source.Labels `toml:"guide,optional"`
	Incident source.Labels `toml:"incident,optional"`

	How      string `toml:"how,optional"`      // the section of a measure that tells what to do
	Response string `toml:"response,optional"` // the section of a threat that tells what to do first
}

func (h *Handbook) resolveEdition(report reporter) {
	h.Navigation = h.pages.all(&h.Edition.Record, "navigation", "ページ", h.NavigationSlugs, report)
	h.Footer = h.pages.all(&h.Edition.Record, "footer", "ページ", h.FooterSlugs, report)
	h.Original.ReadIn = h.cited(&h.Original.Record, "read_in", h.Original.WasReadIn, report)
	for i, p := range h.Priorities {
		p.Rank = i + 1
	}
}

// The store keeps what lies beside the answers under the id, a hyphen and a word, so an id has none.
var handbookID = regexp.MustCompile(`^[a-z][a-z0-9]*$`)

func (h *Handbook) checkEdition(report reporter) {
	if h.ID != "" && !handbookID.MatchString(h.ID) {
		report(h.Problem("id", "手引きの記号 %q は使えません（小文字の英字で始めて、小文字の英字と数字だけにしてください）", h.ID))
	}
	if _, ok := SiteURL(h.BaseURL, "https"); h.BaseURL != "" && !ok {
		report(h.Problem("base_url", "公開する番地 %q は使えません（https://example.jp/ のような番地にしてください）", h.BaseURL))
	}
	if u := h.Original.URL; u != "" && !isSecureURL(u) {
		report(h.Original.Problem("url", "出典の番地 %q は https:// で始めてください", u))
	}
	checkURL(&h.Original.Record, "terms_url", h.Original.TermsURL, report)
	checkURL(&h.Edition.Record, "licence_url", h.LicenceURL, report)
	if h.Edition.Has("review_months") && h.ReviewMonths < 1 {
		report(h.Problem("review_months", "見直しの間隔は1か月以上にしてください"))
	}
	h.Style.Check(report)
	for _, part := range slices.Concat(h.Chapters, h.Scenes) {
		part.check(report)
	}
	names := &h.Sections
	checkSection(names, "how", names.How, names.Measure, report)
	checkSection(names, "response", names.Response, names.Threat, report)
	unique(h.Priorities, (*Priority).Self, "mark", "優先度の印", func(p *Priority) string { return p.Mark }, report)
	for i, p := range h.Priorities {
		if p.Addition && (i == 0 || i+1 < len(h.Priorities) && !h.Priorities[i+1].Addition) {
			report(p.Problem("addition", "追加は、ほかの優先度の後に書いてください（追加だけにはできません）"))
		}
	}
	checkNumbers(h.Categories, func(c *Category) int { return c.Number }, (*Category).Self, "分類の番号", report)
}

// checkSection reports a field that names a section which the texts of a kind do not have.
func checkSection(names *SectionNames, field, id string, sections source.Labels, report reporter) {
	var known []string
	for _, s := range sections {
		known = append(known, s.ID)
	}
	if id != "" && !slices.Contains(known, id) {
		report(names.Problem(field, "節 %q がありません%s", id, source.DidYouMean(id, known)))
	}
}

// SiteURL returns an address at which a site can be published in the form to which the addresses of
// its pages are appended: ending in "/", and with the ASCII name of a host that is called 例え.jp,
// which is how other programs look it up. An address that has none of the schemes is none, like one
// of no host or with a query.
func SiteURL(address string, schemes ...string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil || !slices.Contains(schemes, u.Scheme) || u.Hostname() == "" || u.User != nil ||
		strings.ContainsAny(address, "?#") || strings.Contains(u.Path, "//") {
		return "", false
	}
	if !isASCII(u.Host) {
		name, err := hostNames.ToASCII(u.Hostname())
		if err != nil {
			return "", false
		}
		u.Host = strings.Replace(u.Host, u.Hostname(), name, 1)
	}
	return strings.TrimSuffix(u.String(), "/") + "/", true
}

// hostNames are the rules by which programs look hosts up, without empty parts.
var hostNames = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.VerifyDNSLength(true))

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

func isSecureURL(u string) bool { return strings.HasPrefix(u, "https://") && len(u) > len("https://") }

// checkURL reports an address on the web that is not a secure one.
func checkURL(r *source.Record, field, address string, report reporter) {
	if address != "" && !isSecureURL(address) {
		report(r.Problem(field, "番地 %q は https:// で始めてください", address))
	}
}
