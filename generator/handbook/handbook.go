// Package handbook holds the model of a handbook (手引き) and its rules: its methods, measures,
// threats and flow, read from a content folder and checked.
//
// The content decides everything that differs between handbooks: how many methods and priorities
// there are, and what they are called. The package knows no addresses, no search and no words of
// the interface.
//
// Load returns all problems of the content at once. A Handbook without problems keeps these
// promises, which the site relies on: every reference between records is resolved, every path of
// the flow ends at a method, and every method has the number of measures that the edition expects, if it
// does.
//
// There is a file for each kind of record, with its type, how it is resolved and its own rules;
// kinds.go lists the kinds, rules.go has the rules that join them.
package handbook

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"
	"time"

	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// A Handbook is one edition of one handbook in one language.
type Handbook struct {
	Edition
	Flow       Flow
	Methods    []*Method    // by number
	Measures   []*Measure   // by number
	Threats    []*Threat    // by number
	Pages      []*Page      // by slug
	Changes    []*Change    // newest first
	Guides     []*Guide     // by number
	Terms      []*Term      // by reading
	Survey     *Survey      // nil when there is none
	Charts     []*Chart     // by number
	Contacts   []*Contact   // by number
	References []*Reference // by number
	Lifecycles []*Lifecycle // by number
	Incidents  []*Incident  // by number
	Frameworks []*Framework // by number
	SelfTest   *SelfTest    // nil when there is none
	LeakReport *LeakReport  // nil when there is none
	Synonyms   Synonyms
	Withdrawn  []*Withdrawn
	Moved      []*Moved // headings
	Dates      []Dated  // when what was last compared with the world, in no order

	// ShareImage is a PNG of 1200 × 630 pixels shown where links to the site are shared; nil when
	// the content has none.
	ShareImage    []byte
	hasShareImage bool // be it one that cannot be read, which is reported

	// Icons are drawings of the content's own by their names, as SVG for a page.
	Icons map[string]string

	// Mark is the mark of the site as an SVG file, "" where the content has none. MarkPNG is the same for
	// systems that take no SVG, of 512 × 512 pixels; it may be nil.
	Mark    string
	MarkPNG []byte

	// Files are published as they are, by their addresses: proofs of who owns the site, forms.
	Files map[string][]byte

	iconFiles map[string][]byte // of Icons, as they were read
	markFile  []byte            // of Mark

	published  Published
	texts      map[string][]string // of the files that readers see, but the terms, by name: the terms are used in them
	textsWhole bool                // all texts are known: a word that stands in none is used nowhere
	usage      *usage

	// Missed are the names of records that were published and are gone, by kind: they are reported
	// once, and what refers to them says nothing new.
	Missed map[string][]string

	measureUnread bool // of some measure nothing is known but the name
	uncountable   bool // some measure is unread or missed, or stands on no list that is known: no count can be right

	methods    index[*Method]
	measures   index[*Measure]
	threats    index[*Threat]
	pages      index[*Page]
	terms      index[*Term]
	priorities index[*Priority]
	categories index[*Category]
	origins    index[*Origin]
	owners     index[*Axis]
	accesses   index[*Axis]
	roles      index[*Role]

	lifecycleGroups index[*LifecycleGroup]
	guides          index[*Guide]
	chapters        index[*Part]
	scenes          index[*Part]
	helpers         index[*Helper]
	contacts        index[*Contact]
	references      index[*Reference]
}

// Files that may lie in the content folder beside the folders of the kinds.
const (
	editionFile   = "handbook.toml"
	flowFile      = "flow.toml"
	publishedFile = "published.toml"
	searchFile    = "search.toml"
	selfTestFile  = "selftest.toml"
	leakFile      = "leak-report.toml"
	surveyFile    = "survey.toml"
	wordsFile     = "ui.toml" // the words of the interface, which others read
	shareImage    = "share.png"
	markFile      = "mark.svg"
	markPicture   = "mark.png"
)

// FilesFolder holds the files that are published as they are.
const FilesFolder = "public"

// Load reads the content folder and returns the handbook with all problems, sorted. today decides
// which review dates have passed. The handbook is usable only when the problems are Publishable. The
// error is one of the disk.
func Load(content fs.FS, today time.Time, said Said) (*Handbook, []source.Problem, error) {
	return new(Reader).Load(content, today, said)
}

// Said is what the interface says beside the content: terms may be used there, too.
type Said struct {
	Texts   []string
	Partial bool // some of it could not be read, which is reported elsewhere
}

// A Reader loads the same content again and again, one time after the other. It reads only what has
// changed.
type Reader struct {
	Explain func() source.Meanings // tells what a missing field means; nil for nothing

	memory   *source.Memory // nil to read everything
	language string         // of the texts in memory
	style    source.Style   // they were compared with
	usage    usage
}

// NewReader returns a reader that remembers what it has read.
func NewReader() *Reader { return &Reader{memory: new(source.Memory)} }

// Load is the function Load. A handbook that it returned earlier stays as it was.
func (r *Reader) Load(content fs.FS, today time.Time, said Said) (*Handbook, []source.Problem, error) {
	h := &Handbook{texts: map[string][]string{wordsFile: said.Texts}, usage: &r.usage}
	from := source.NewReader(content)
	from.Follow(&h.Style)
	if r.Explain != nil {
		from.Explain(r.Explain)
	}
	from.TOML(editionFile, &h.Edition)
	if (h.Language != r.language || !h.Style.Same(&r.style)) && r.memory != nil {
		r.memory = new(source.Memory) // the language decides where lines of headings may break, the style what is too long
	}
	r.language, r.style = h.Language, h.Style
	from.Remember(r.memory)
	h.read(from)
	h.textsWhole = from.Whole() && !said.Partial
	problems, err := from.Done()
	if err != nil {
		return nil, nil, err
	}
	unread := from.Unread()
	report := func(p source.Problem) {
		// What follows from a value that cannot be read says nothing new.
		if !unread(p) {
			problems = append(problems, p)
		}
	}
	h.resolve(report)
	// The day counts, not the hour; the editor's, wherever the build runs.
	today = time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, time.UTC)
	h.check(report, today)
	h.texts, h.usage = nil, nil
	return h, source.SortProblems(gatherMisnamed(source.SortProblems(from.Misplaced(problems)))), nil
}

// read reads all files but the edition's.
func (h *Handbook) read(from *source.Reader) {
	files := []string{flowFile, editionFile, publishedFile, searchFile, selfTestFile, leakFile, surveyFile, wordsFile}
	var folders []string
	for _, k := range kinds {
		folders = append(folders, k.folder)
	}
	folders = append(folders, FilesFolder, IconFolder)
	slices.Sort(folders)
	from.Known(files, folders, "README.md", shareImage, markFile, markPicture)

	from.TOML(flowFile, &h.Flow)
	from.TOML(publishedFile, &h.published)
	h.Files = from.Files(FilesFolder)
	h.ShareImage = from.Optional(shareImage)
	h.hasShareImage = from.Has(shareImage)
	h.iconFiles = from.Named(IconFolder, ".svg")
	h.markFile, h.MarkPNG = from.Optional(markFile), from.Optional(markPicture)
	if from.Has(searchFile) {
		from.TOML(searchFile, &h.Synonyms)
	}
	if from.Has(selfTestFile) {
		h.SelfTest = new(SelfTest)
		from.TOML(selfTestFile, h.SelfTest)
	}
	if from.Has(leakFile) {
		h.LeakReport = new(LeakReport)
		from.TOML(leakFile, h.LeakReport)
	}
	if from.Has(surveyFile) {
		h.Survey = new(Survey)
		from.TOML(surveyFile, h.Survey)
	}
	texts := markdown.NewParser(h.Language, &h.Style)
	for _, k := range kinds {
		k.read(h, from, texts)
	}
	from.Texts(func(name string, says []string) {
		// These two are lists of names and of words to search for, which no reader sees.
		if name != publishedFile && name != searchFile && !strings.HasPrefix(name, "terms/") {
			h.texts[name] = says
		}
	})
}

// resolve replaces the names in the records by what they name, from both sides.
func (h *Handbook) resolve(report reporter) {
	slices.SortStableFunc(h.Categories, func(a, b *Category) int { return cmp.Compare(a.Number, b.Number) })
	h.methods, h.measures, h.threats = indexOf(h.Methods), indexOf(h.Measures), indexOf(h.Threats)
	h.pages, h.terms = indexOf(h.Pages), indexOf(h.Terms)
	h.priorities, h.categories, h.origins = indexOf(h.Priorities), indexOf(h.Categories), indexOf(h.Origins)
	h.owners, h.accesses, h.roles = indexOf(h.Owners), indexOf(h.Accesses), indexOf(h.Roles)
	h.lifecycleGroups = indexOf(h.LifecycleGroups)
	h.guides = indexOf(h.Guides)
	h.chapters, h.scenes = indexOf(h.Chapters), indexOf(h.Scenes)
	h.helpers, h.contacts = indexOf(h.Helpers), indexOf(h.Contacts)
	h.references = indexOf(h.References)
	h.resolveMissed()
	h.resolveEdition(report)
	for i, m := range h.Methods {
		m.Place = i
	}
	for _, k := range kinds {
		k.resolve(h, report)
	}
	h.resolvePublished()
	h.resolveDrawings(report)
	h.resolveSurvey(report)
	h.resolveSelfTest(report)
	h.resolveLeakReport(report)
	h.Flow.resolve(h.methods, report)
}

// Page returns the page with the given slug, or nil.
func (h *Handbook) Page(slug string) *Page { return h.pages.bySlug[slug] }

// EachBody calls use for every text of the handbook.
func (h *Handbook) EachBody(use func(*source.Record, *markdown.Body)) {
	for _, k := range kinds {
		k.bodies(h, use)
	}
}
