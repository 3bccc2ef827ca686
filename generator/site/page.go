package site

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"

	"github.com/yuin/goldmark/renderer"

	"tebiki/generator/handbook"
	"tebiki/generator/searchindex"
)

// A Page is what the layouts know about every page. Each kind of page has a
// struct of its own around it.
type Page struct {
	*frame
	Address     string // relative to the site's root
	Kind        string // name of the layout
	Title       string // the h1
	Description string
	Trail       []Link // from the start page to the page above this one
	Previous    *Link
	Next        *Link
	Reviewed    time.Time
	Contents    []Link           // the sections of a long page, as fragments
	Terms       []*handbook.Term // explained at the foot of the page, by first use
}

// A Link is a link within the site.
type Link struct {
	Address string // relative to the site's root
	Title   string
}

// A frame is what all pages of one build share.
type frame struct {
	Handbook *handbook.Handbook
	Steps    int // questions on the longest path of the flow
	assets   *assets
	baseURL  string
	// One for each way to the root, as a renderer writes the links.
	renderers map[string]renderer.Renderer
	terms     termIndex
	kinds     []*searchindex.Kind
}

// UI returns the words of the interface.
func (f *frame) UI() *handbook.UI { return &f.Handbook.UI }

// Policy returns the Content-Security-Policy for the meta element.
func (f *frame) Policy() string { return metaPolicy }

// Root is the way from this page to the site's root. The page for addresses
// that do not exist is shown at any depth, so its way starts at the root of
// the server as soon as that is known.
func (p *Page) Root() string {
	if p.Address == notFoundAddress {
		return serverRoot(p.baseURL)
	}
	return root(p.Address)
}

// To returns the relative link to a record's page.
func (p *Page) To(record any) string { return p.Root() + address(record) }

// ToChecklist returns the relative link to a method's checklist.
func (p *Page) ToChecklist(m *handbook.Method) string { return p.Root() + checklistAddress(m.Slug) }

// ToPage returns the relative link to the page with the given slug, which the
// content must have.
func (p *Page) ToPage(slug string) (string, error) {
	if page := p.Handbook.Page(slug); page != nil {
		return p.To(page), nil
	}
	return "", fmt.Errorf("no page %q", slug)
}

// Up returns the relative link to an address.
func (p *Page) Up(address string) string { return p.Root() + address }

// Style returns the relative link to the stylesheet.
func (p *Page) Style() string { return p.Up(p.assets.style) }

// Script returns the relative link to the script.
func (p *Page) Script() string { return p.Up(p.assets.script) }

// SearchScripts returns the names of the scripts that make the search work when
// a reader first uses it: its own, and the one for a large index. The index
// itself has a fixed address, so that no page changes with it.
func (p *Page) SearchScripts() string { return p.assets.search + " " + p.assets.pieces }

// Image returns the relative link to a file of static/images.
func (p *Page) Image(name string) (string, error) {
	address := imageFolder + "/" + name
	if _, ok := p.assets.files[address]; !ok {
		return "", fmt.Errorf("no image static/images/%s", name)
	}
	return p.Up(address), nil
}

// Canonical returns the page's address on the web, or "" when the site's is
// not known.
func (p *Page) Canonical() string {
	if p.baseURL == "" || !isListed(p.Address) {
		return ""
	}
	return p.baseURL + p.Address
}

// ShareImage returns the web address of the picture for shared links, or ""
// when there is none or the site's address is not known.
func (p *Page) ShareImage() string {
	if p.baseURL == "" || p.Handbook.ShareImage == nil {
		return ""
	}
	return p.baseURL + shareAddress
}

// WindowTitle returns the text of the title element.
func (p *Page) WindowTitle() string {
	h := p.Handbook
	if p.Kind == "index" {
		return fill(h.UI.Common.Title, "page", h.Title, "site", h.Tagline)
	}
	return fill(h.UI.Common.Title, "page", p.Title, "site", h.Title)
}

// Date words a date.
func (p *Page) Date(t time.Time) string {
	return fill(p.UI().Common.Date, "year", t.Year(), "month", int(t.Month()), "day", t.Day())
}

// Here reports whether an address is this page's.
func (p *Page) Here(page *handbook.Page) bool { return address(page) == p.Address }

// AriaCurrent returns what aria-current says of a link to a page of the menu: that
// it leads here, that this page lies below it, or nothing.
func (p *Page) AriaCurrent(page *handbook.Page) string {
	if p.Here(page) {
		return "page"
	}
	for _, above := range p.Trail {
		if above.Address == address(page) {
			return "true"
		}
	}
	return ""
}

// Text renders a section's blocks.
func (p *Page) Text(body *handbook.Body, s *handbook.Section) template.HTML {
	return p.linkTerms(p.render(body.Source, s.Blocks...))
}

// Lead renders what stands before the first heading of a text.
func (p *Page) Lead(body *handbook.Body) template.HTML {
	return p.linkTerms(p.render(body.Source, body.Lead...))
}

// Note renders a text that stands in a list, without links to terms.
func (p *Page) Note(body *handbook.Body) template.HTML {
	return p.render(body.Source, body.Lead...)
}

// Excerpt renders the first block of a text.
func (p *Page) Excerpt(body *handbook.Body) template.HTML {
	if first := body.Excerpt(); first != nil {
		return p.render(body.Source, first)
	}
	return ""
}

// Fragment returns the steps of a branch as they stand behind the # of the
// flow's address: "owner=company&remote=yes".
func (p *flowPage) Fragment(branch *handbook.Branch) string { return fragment(branch) }

func fragment(branch *handbook.Branch) string {
	var steps []string
	for _, step := range branch.Steps {
		steps = append(steps, step.Question.Slug+"="+step.Answer.Slug)
	}
	return strings.Join(steps, "&")
}

// Words joins names as an attribute holds several, apart by spaces.
func (p *Page) Words(names []string) string { return strings.Join(names, " ") }

// Statuses are how far a measure can be (対応の状態), by the names that saved
// answers have for them.
func (p *Page) Statuses() handbook.Labels {
	words := p.UI().Status
	return handbook.Labels{{ID: "todo", Text: words.Todo}, {ID: "doing", Text: words.Doing}, {ID: "done", Text: words.Done}, {ID: "na", Text: words.NA}, {ID: "unknown", Text: words.Unknown}}
}

// Number writes a number with its thousands apart.
func (p *Page) Number(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// Count words a number of measures.
func (p *Page) Count(n int) string { return fill(p.UI().Common.Count, "count", strconv.Itoa(n)) }

// Response returns the section of a threat's text that says what to do first:
// the last one.
func (p *threatsPage) Response(t *handbook.Threat) *handbook.Section {
	if len(t.Body.Sections) == 0 {
		return nil
	}
	return t.Body.Sections[len(t.Body.Sections)-1]
}

// The kinds of pages that show more than the handbook's own lists.
type (
	recordPage struct {
		Page
		Record *handbook.Page
	}
	homePage struct {
		recordPage
		Grid []gridRow
	}
	flowPage struct {
		recordPage
		Branches []*handbook.Branch
		Ends     []flowEnd
		Embedded bool // in another site's frame
	}
	methodsPage struct {
		recordPage
		Checklists []handbook.Checklist
	}
	methodPage struct {
		Page
		Method    *handbook.Method
		Checklist handbook.Checklist
		Paths     []*handbook.Branch
		Drawing   drawing
	}
	checklistPage struct {
		Page
		Checklist handbook.Checklist
		Groups    []listGroup
	}
	measuresPage struct {
		recordPage
		Groups []categoryGroup
	}
	measurePage struct {
		Page
		Measure    *handbook.Measure
		Listings   []listing
		OwnerNotes []ownerNote
	}
	threatsPage struct {
		recordPage
		Counts map[*handbook.Threat]int
	}
	lifecyclesPage struct {
		recordPage
		Checked time.Time // the day that most of the rows share
		Rows    []lifecycleRow
	}
	threatPage struct {
		Page
		Threat   *handbook.Threat
		Measures []*handbook.Measure
	}
	matrixPage struct {
		recordPage
		Rows []matrixRow
	}
	workspacePage struct {
		recordPage
		Rows        []matrixRow
		Preparation bool // some measure is one
	}
	downloadPage struct {
		recordPage
		Archive *archive // nil in the copy that lies in the archive itself
	}
	aboutPage struct {
		recordPage
		Origins []originGroup
	}
	componentsPage struct {
		Page
		Checklist handbook.Checklist
		Measure   *handbook.Measure // any one; nil when there is none
	}
	searchPage struct {
		recordPage
		Kinds []*searchindex.Kind
	}
	withdrawnPage struct {
		Page
		Withdrawn *handbook.Withdrawn
	}
)

// A gridRow holds the methods of one owner, one cell for each access.
type gridRow struct {
	Owner *handbook.Axis
	Cells [][]*handbook.Method
}

// A listGroup is a section of a checklist: the preparation, or the measures of
// one priority.
type listGroup struct {
	Slug     string
	Mark     string // of the priority
	Name     string
	Short    string // the mark, or the name of what has none
	Meaning  string
	Rank     int // of the priority; 0 is the preparation
	Measures []*handbook.Measure
}

// A flowEnd is a method with the ways through the flow that lead to it.
type flowEnd struct {
	Checklist handbook.Checklist
	Ways      string // fragments, separated by spaces
}

// A categoryGroup holds the measures of one category.
type categoryGroup struct {
	Category *handbook.Category
	Measures []countedMeasure
}

// An originGroup holds the measures that come from one place.
type originGroup struct {
	Origin   *handbook.Origin
	Measures []*handbook.Measure
}

// A countedMeasure knows on how many checklists it stands.
type countedMeasure struct {
	*handbook.Measure
	Methods int
}

// An ownerNote is what a measure asks of the devices of one owner.
type ownerNote struct {
	Owner *handbook.Axis
	Text  string
}

// A listing is a measure's place on one method's checklist; the priority is
// nil where it is not listed.
type listing struct {
	Method   *handbook.Method
	Priority *handbook.Priority
}

// A matrixRow holds one measure against all threats and methods.
type matrixRow struct {
	Measure  *handbook.Measure
	Threats  []bool
	Listings []listing
}

// A lifecycleRow holds the end of support of one product.
type lifecycleRow struct {
	*handbook.Lifecycle
	Apart bool // checked on another day than most
}

// An archive describes the zip of the whole site.
type archive struct {
	Address string
	Size    string // "1.2 MB"
	SHA256  string // hexadecimal
	Pages   int
}
