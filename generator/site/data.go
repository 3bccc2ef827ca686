package site

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strconv"
	"strings"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/markdown"
	"tebiki/generator/sheet"
	"tebiki/generator/source"
)

// The whole handbook for other programs, as data/handbook.schema.json describes it. Records are
// found by their slugs, which never change; what stands in a list has its place as a number, too, for
// not every program keeps the order of what it reads. Addresses are relative to baseURL.

// dataFormat goes up when programs that read an older one could go wrong. Fields may be added without.
const dataFormat = 1

const (
	handbookAddress = dataFolder + "/handbook.json"
	schemaAddress   = dataFolder + "/handbook.schema.json"
	measuresTable   = dataFolder + "/measures.csv"
	matrixTable     = dataFolder + "/matrix.csv"
	termsTable      = dataFolder + "/terms.csv"
)

// handbookData are the lists in the order in which they refer to one another.
type handbookData struct {
	Schema   string       `json:"$schema"`
	Format   int          `json:"format"`
	BaseURL  string       `json:"baseURL,omitempty"`
	ID       string       `json:"id"`
	Title    string       `json:"title"`
	Tagline  string       `json:"tagline"`
	Language string       `json:"language"`
	Maker    string       `json:"maker"`
	Version  isoDay       `json:"version"`
	Reviewed isoDay       `json:"reviewed"`
	Source   dataFrom     `json:"source"`
	Sources  []dataSource `json:"sources,omitempty"`
	Licence  *licence     `json:"licence,omitempty"`
	Names    dataNames    `json:"names"`

	Priorities keyed `json:"priorities"`
	Categories keyed `json:"categories"`
	Origins    keyed `json:"origins,omitempty"`
	Owners     keyed `json:"owners,omitempty"`
	Accesses   keyed `json:"accesses,omitempty"`
	Roles      keyed `json:"roles"`
	Chapters   keyed `json:"chapters,omitempty"`
	Scenes     keyed `json:"scenes,omitempty"`

	Flow       dataFlow      `json:"flow"`
	Methods    keyed         `json:"methods"`
	Measures   keyed         `json:"measures"`
	Threats    keyed         `json:"threats"`
	Guides     keyed         `json:"guides,omitempty"`
	Terms      keyed         `json:"terms,omitempty"`
	Survey     *surveyRecord `json:"survey,omitempty"`
	Contacts   keyed         `json:"contacts,omitempty"`
	References keyed         `json:"references,omitempty"`
	Lifecycles keyed         `json:"lifecycles,omitempty"`
	Groups     keyed         `json:"lifecycleGroups,omitempty"`
	Frameworks keyed         `json:"frameworks,omitempty"`
	Withdrawn  keyed         `json:"withdrawn,omitempty"`
}

// dataFrom is the publication that the handbook follows; of one that follows none only the statement.
type dataFrom struct {
	Title     string `json:"title,omitempty"`
	Edition   string `json:"edition,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Published isoDay `json:"published,omitzero"`
	URL       string `json:"url,omitempty"`
	Terms     string `json:"terms,omitempty"`
	TermsURL  string `json:"termsURL,omitempty"`
	Statement string `json:"statement"` // what every page says of it
}

// A dataSource is a publication from which something comes.
type dataSource struct {
	Role      string `json:"role"` // "original" or "read", which explains the original and is where its content was read
	Title     string `json:"title"`
	Edition   string `json:"edition,omitempty"`
	Publisher string `json:"publisher"`
	Published string `json:"published"` // in words
	URL       string `json:"url,omitempty"`
	Terms     string `json:"terms,omitempty"`
	TermsURL  string `json:"termsURL,omitempty"`
	Reference string `json:"reference,omitempty"` // its record
}

// A licence is how the texts may be used.
type licence struct {
	Text string `json:"text,omitempty"`
	URL  string `json:"url,omitempty"`
}

// dataNames are what the site calls what has no record of its own.
type dataNames struct {
	Preparation string            `json:"preparation"`
	Statuses    map[string]string `json:"statuses"`
}

type dataPriority struct {
	Rank     int    `json:"rank"`
	Mark     string `json:"mark"`
	Name     string `json:"name"`
	Meaning  string `json:"meaning"`
	Addition bool   `json:"addition,omitempty"`
}

type dataCategory struct {
	Number int    `json:"number"`
	Name   string `json:"name"`
}

type dataOrigin struct {
	Name    string `json:"name"`
	Meaning string `json:"meaning"`
}

type dataAxis struct {
	Name string `json:"name"`
	Note string `json:"note,omitempty"`
}

type dataName struct {
	Name string `json:"name"`
}

type dataPart struct {
	Place   int      `json:"place"`
	Name    string   `json:"name"`
	Clauses []string `json:"clauses,omitempty"`
}

type dataFlow struct {
	Start     string `json:"start"`
	Questions keyed  `json:"questions"`
	Results   keyed  `json:"results,omitempty"`
}

type dataQuestion struct {
	Text    string `json:"text"`
	Why     string `json:"why"`
	Unsure  string `json:"unsure"`
	Answers keyed  `json:"answers"`
}

type dataAnswer struct {
	Place int      `json:"place"`
	Label string   `json:"label"`
	Hint  string   `json:"hint,omitempty"`
	Next  dataNext `json:"next"`
}

// A dataNext has one of the three.
type dataNext struct {
	Question string `json:"question,omitempty"`
	Method   string `json:"method,omitempty"`
	Result   string `json:"result,omitempty"`
}

type dataResult struct {
	Question string            `json:"question"`
	Methods  map[string]string `json:"methods"` // by the answer
}

type dataMethod struct {
	Number    int               `json:"number"`
	Mark      string            `json:"mark"`
	Name      string            `json:"name"`
	Short     string            `json:"short"`
	Owner     string            `json:"owner,omitempty"`
	Access    string            `json:"access,omitempty"`
	Summary   string            `json:"summary"`
	Signs     []string          `json:"signs"`
	Also      map[string]string `json:"also,omitempty"`
	Reviewed  isoDay            `json:"reviewed"`
	Address   string            `json:"address"`
	Checklist dataChecklist     `json:"checklist"`
	Sections  []dataSection     `json:"sections"`
}

// A dataChecklist holds the slugs of its measures in their order.
type dataChecklist struct {
	Address     string      `json:"address"`
	Preparation []string    `json:"preparation,omitempty"`
	Groups      []dataGroup `json:"groups"`
}

type dataGroup struct {
	Priority string   `json:"priority"`
	Measures []string `json:"measures"`
}

type dataMeasure struct {
	Number      string            `json:"number"`
	Title       string            `json:"title"`
	Check       string            `json:"check"`
	Category    string            `json:"category"`
	Preparation bool              `json:"preparation,omitempty"`
	Priority    map[string]string `json:"priority,omitempty"` // by method
	Threats     []string          `json:"threats"`
	Exception   string            `json:"exception,omitempty"`
	Rule        string            `json:"rule"`
	Chapter     string            `json:"chapter,omitempty"`
	Handout     string            `json:"handout,omitempty"`
	Scene       string            `json:"scene,omitempty"`
	Ask         string            `json:"ask,omitempty"`
	OwnerNotes  map[string]string `json:"ownerNotes,omitempty"` // by owner
	Effort      dataEffort        `json:"effort"`
	Origin      string            `json:"origin,omitempty"`
	Revision    int               `json:"revision"`
	Earlier     map[string]string `json:"earlier,omitempty"` // check by revision
	Replaces    []string          `json:"replaces,omitempty"`
	Every       int               `json:"every,omitempty"` // months
	Guides      []string          `json:"guides,omitempty"`
	Reviewed    isoDay            `json:"reviewed"`
	Address     string            `json:"address"`
	Sections    []dataSection     `json:"sections"`
}

type dataEffort struct {
	Time     string   `json:"time"`
	Cost     string   `json:"cost"`
	Decision string   `json:"decision,omitempty"`
	Who      []string `json:"who"`
}

type dataThreat struct {
	Number   int           `json:"number"`
	Name     string        `json:"name"`
	Summary  string        `json:"summary"`
	Reviewed isoDay        `json:"reviewed"`
	Address  string        `json:"address"`
	Sections []dataSection `json:"sections"`
}

type dataGuide struct {
	Number    int           `json:"number"`
	Title     string        `json:"title"`
	Product   string        `json:"product"`
	Version   string        `json:"version"`
	Vendor    string        `json:"vendor,omitempty"`
	VendorURL string        `json:"vendorURL,omitempty"`
	Summary   string        `json:"summary"`
	Measures  []string      `json:"measures"`
	Checked   isoDay        `json:"checked"`
	Address   string        `json:"address"`
	Sections  []dataSection `json:"sections"`
}

type dataTerm struct {
	Term     string   `json:"term"`
	Reading  string   `json:"reading"`
	Aliases  []string `json:"aliases,omitempty"`
	Reviewed isoDay   `json:"reviewed"`
	Address  string   `json:"address"`
	Text     string   `json:"text"`
}

type dataContact struct {
	Number       int    `json:"number"`
	Name         string `json:"name"`
	Organisation string `json:"organisation"`
	Purpose      string `json:"purpose"`
	How          string `json:"how,omitempty"`
	URL          string `json:"url,omitempty"`
	Checked      isoDay `json:"checked"`
	ValidUntil   isoDay `json:"validUntil,omitzero"`
	Ended        string `json:"ended,omitempty"`
	Address      string `json:"address"`
	Text         string `json:"text"`
}

type dataReference struct {
	Number    int    `json:"number"`
	Title     string `json:"title"`
	Publisher string `json:"publisher"`
	Published string `json:"published,omitempty"`
	URL       string `json:"url,omitempty"`
	Checked   isoDay `json:"checked"`
	Address   string `json:"address"`
	Text      string `json:"text"`
}

type dataLifecycle struct {
	Number     int    `json:"number"`
	Product    string `json:"product"`
	End        string `json:"end"`
	Group      string `json:"group,omitempty"`
	Checked    isoDay `json:"checked"`
	SourceNote string `json:"sourceNote,omitempty"`
	Address    string `json:"address"`
	Text       string `json:"text"`
}

type dataFramework struct {
	Number      int               `json:"number"`
	Title       string            `json:"title"`
	Short       string            `json:"short"`
	Owner       string            `json:"owner"`
	Edition     string            `json:"edition"`
	URL         string            `json:"url,omitempty"`
	Checked     isoDay            `json:"checked"`
	Summary     string            `json:"summary"`
	SourceNote  string            `json:"sourceNote,omitempty"`
	Address     string            `json:"address,omitempty"`
	Items       keyed             `json:"items,omitempty"`
	Identifiers map[string]string `json:"identifiers,omitempty"` // by measure
}

type dataFrameworkItem struct {
	Place   int      `json:"place"`
	Subject string   `json:"subject"`
	Detail  string   `json:"detail,omitempty"`
	Main    []string `json:"main,omitempty"`
	Part    []string `json:"part,omitempty"`
}

type dataWithdrawn struct {
	Title      string   `json:"title"`
	Reason     string   `json:"reason"`
	Date       isoDay   `json:"date"`
	Successors []string `json:"successors,omitempty"`
}

// A dataSection is a section of a text, in Markdown.
type dataSection struct {
	ID      string `json:"id,omitempty"`
	Heading string `json:"heading,omitempty"`
	Text    string `json:"text"`
}

// An isoDay is written as a date alone.
type isoDay struct{ time.Time }

func (d isoDay) MarshalJSON() ([]byte, error) {
	return strconv.AppendQuote(nil, d.Format(time.DateOnly)), nil
}

// write writes each record on a line of its own, one after the other: all of them as one value
// would be copied for each level that they stand in.
func (d *handbookData) write(w Writer) error {
	var members keyed
	for field, value := range reflect.ValueOf(d).Elem().Fields() {
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		isEmpty := value.IsZero() || value.Kind() == reflect.Slice && value.Len() == 0
		if options != "omitempty" || !isEmpty {
			members = append(members, member{name, value.Interface()})
		}
	}
	encode := lineEncoder(w)
	err := members.write(w, func(value any) error {
		if records, ok := value.(keyed); ok {
			return records.write(w, encode)
		}
		return encode(value)
	})
	return errors.Join(err, w.WriteByte('\n'))
}

// lineEncoder returns a function that writes a value without a line break.
func lineEncoder(w Writer) func(value any) error {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line) // ends each value with a line break
	encoder.SetEscapeHTML(false)
	return func(value any) error {
		line.Reset()
		if err := encoder.Encode(value); err != nil {
			return err
		}
		_, err := w.Write(bytes.TrimSuffix(line.Bytes(), []byte("\n")))
		return err
	}
}

// keyed is an object whose members stand in an order.
type keyed []member

type member struct {
	key   string
	value any
}

func (k keyed) MarshalJSON() ([]byte, error) {
	var w bytes.Buffer
	err := k.write(&w, lineEncoder(&w))
	return w.Bytes(), err
}

// write writes the object with what encode writes of each value.
func (k keyed) write(w Writer, encode func(value any) error) error {
	w.WriteString("{")
	separator := "\n"
	for _, m := range k {
		key, err := json.Marshal(m.key)
		if err != nil {
			return err
		}
		w.WriteString(separator)
		w.Write(key)
		w.WriteByte(':')
		if err := encode(m.value); err != nil {
			return err
		}
		separator = ",\n"
	}
	_, err := w.WriteString("\n}")
	return err
}

// bySlug returns the records of a list by their slugs.
func bySlug[T interface{ Self() *source.Record }](list []T, value func(i int, record T) any) keyed {
	k := make(keyed, len(list))
	for i, record := range list {
		k[i] = member{record.Self().Slug, value(i, record)}
	}
	return k
}

// slugsOf returns the slugs of records, never nil: a list without any is one, too.
func slugsOf[T interface{ Self() *source.Record }](list []T) []string {
	slugs := make([]string, len(list))
	for i, record := range list {
		slugs[i] = record.Self().Slug
	}
	return slugs
}

// dataRows are of the web alone: who has the folder reads its pages, and neither the zip nor what a
// browser keeps is to carry everything twice.
func (b *builder) dataRows() []Row {
	rows := []Row{
		{Address: handbookAddress, In: Web, Make: func(w Writer) error { return b.data().write(w) }},
		{Address: measuresTable, In: Web, Make: b.measuresCSV},
		{Address: matrixTable, In: Web, Make: b.matrixCSV},
		{Address: linkedAddress, In: Web, Make: b.linkedData},
	}
	if len(b.Handbook.Terms) > 0 {
		rows = append(rows, Row{Address: termsTable, In: Web, Make: b.termsCSV})
	}
	return rows
}

// measureColumns, matrixColumns and termColumns are the columns of the tables.
func (b *builder) measureColumns() []string {
	return []string{
		b.words.Text("data.slug"), b.words.Text("data.number"), b.words.Text("data.title"), b.words.Text("data.category"),
		b.words.Text("data.check"), b.words.Text("data.exception"), b.words.Text("data.rule"), b.words.Text("data.handout"), b.words.Text("data.ask"),
		b.words.Text("data.time"), b.words.Text("data.cost"), b.words.Text("data.every"), b.words.Text("data.origin"), b.words.Text("data.revision"),
		b.words.Text("data.reviewed"), b.words.Text("data.address"),
	}
}

// measuresCSV writes a line for each measure. What it has several of stands in the matrix, or in
// handbook.json.
func (b *builder) measuresCSV(w Writer) error {
	return sheet.WriteCSV(w, b.measureColumns(), func(line func(...string)) {
		for _, m := range b.Handbook.Measures {
			every := ""
			if m.Every > 0 {
				every = strconv.Itoa(m.Every)
			}
			line(m.Slug, b.number(m), m.Title, m.Category.Name, m.Check, m.Exception, m.Rule, m.Handout, m.Ask,
				m.Effort.Time, m.Effort.Cost, every, originName(m), strconv.Itoa(m.Revision), m.Reviewed.Format(time.DateOnly), measureAddress(m))
		}
	})
}

// originName is "" for a measure of a handbook that does not say where its measures come from.
func originName(m *handbook.Measure) string {
	if m.Origin == nil {
		return ""
	}
	return m.Origin.Name
}

// number writes the number of a measure so that spreadsheets do not take it for a date.
func (b *builder) number(m *handbook.Measure) string {
	return b.words.Text("common.measure") + " " + m.Number
}

func (b *builder) matrixColumns() []string {
	return []string{
		b.words.Text("data.measure_slug"), b.words.Text("data.number"), b.words.Text("common.measure"), b.words.Text("data.method_slug"),
		b.words.Text("common.method"), b.words.Text("data.priority"), b.words.Text("data.mark"), b.words.Text("data.threat_slug"), b.words.Text("data.threat"),
	}
}

// matrixCSV writes a line for each measure, method on whose checklist it stands, and threat that it
// protects against.
func (b *builder) matrixCSV(w Writer) error {
	return sheet.WriteCSV(w, b.matrixColumns(), func(line func(...string)) {
		preparation := b.words.Text("common.preparation")
		for _, m := range b.Handbook.Measures {
			for _, listing := range m.Listings {
				priority, mark := preparation, ""
				if listing.Priority != nil {
					priority, mark = listing.Priority.Name, listing.Priority.Mark
				}
				for _, t := range m.Threats {
					line(m.Slug, b.number(m), m.Title, listing.Method.Slug, listing.Method.Name, priority, mark, t.Slug, t.Name)
				}
			}
		}
	})
}

func (b *builder) termColumns() []string {
	return []string{
		b.words.Text("data.slug"), b.words.Text("data.word"), b.words.Text("data.term"), b.words.Text("data.reading"),
		b.words.Text("data.text"), b.words.Text("data.reviewed"), b.words.Text("data.address"),
	}
}

// termsCSV writes a line for each word, so that whoever looks up another word for a term finds it.
func (b *builder) termsCSV(w Writer) error {
	return sheet.WriteCSV(w, b.termColumns(), func(line func(...string)) {
		for _, t := range b.Handbook.Terms {
			for _, word := range t.Names() {
				line(t.Slug, word, t.Term, t.Reading, plainText(t), t.Reviewed.Format(time.DateOnly), termAddress(t))
			}
		}
	})
}

// plainText returns what a term means, without markup.
func plainText(t *handbook.Term) string { return strings.Join(t.Body.Texts(), " ") }

// A dataFile is a file for other programs.
type dataFile struct {
	Address, Name, Format string
	Text                  string   // what stands in it
	Columns               []string // of a table
}

// dataFiles are the files that hold the handbook, surveyFiles those of the survey.
func (b *builder) dataFiles() []dataFile {
	files := []dataFile{
		{handbookAddress, b.words.Text("data.handbook"), "application/json", b.words.Text("data.handbook_text"), nil},
		{measuresTable, b.words.Text("data.measures"), "text/csv", b.words.Text("data.measures_text"), b.measureColumns()},
		{matrixTable, b.words.Text("data.matrix"), "text/csv", b.words.Text("data.matrix_text"), b.matrixColumns()},
	}
	if len(b.Handbook.Terms) > 0 {
		files = append(files, dataFile{termsTable, b.words.Text("data.terms"), "text/csv", b.words.Text("data.terms_text"), b.termColumns()})
	}
	if len(b.Handbook.Frameworks) > 0 {
		files = append(files, dataFile{frameworksTable, b.words.Text("data.frameworks"), "text/csv", b.words.Text("data.frameworks_text"), b.frameworkColumns()})
	}
	return files
}

func (b *builder) surveyFiles() []dataFile {
	if b.Handbook.Survey == nil {
		return nil
	}
	return []dataFile{
		{surveyTable, b.words.Text("data.survey"), "text/csv", b.words.Text("data.survey_text"), b.surveyColumns()},
		{surveyAddress, b.words.Text("data.survey_json"), "application/json", b.words.Text("data.survey_json_text"), nil},
	}
}

// linkedFile is what tells of the files that hold data, schemaFile what the fields of JSON mean.
func (b *builder) linkedFile() dataFile {
	return dataFile{linkedAddress, b.words.Text("data.linked"), "application/ld+json", b.words.Text("data.linked_text"), nil}
}

func (b *builder) schemaFile() dataFile {
	return dataFile{schemaAddress, b.words.Text("data.schema"), "application/schema+json", b.words.Text("data.schema_text"), nil}
}

func isoDate(day time.Time) string { return day.Format(time.DateOnly) }

// writeJSON writes what is read by programs, and sometimes by people.
func writeJSON(w Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	return encoder.Encode(value)
}

func (b *builder) data() *handbookData {
	h := b.Handbook
	d := &handbookData{
		Schema: "handbook.schema.json", Format: dataFormat, BaseURL: b.baseURL,
		ID: h.ID, Title: h.Title, Tagline: h.Tagline, Language: h.Language, Maker: h.Maker, Version: isoDay{b.versionDay()}, Reviewed: isoDay{h.Reviewed},
		Source: dataFrom{
			h.Original.Title, h.Original.Edition, h.Original.Publisher, isoDay{h.Original.Published}, h.Original.URL, h.Original.Terms, h.Original.TermsURL,
			b.Statement(),
		},
		Sources: b.sources(),
		Licence: b.licence(),
		Names:   dataNames{b.words.Text("common.preparation"), map[string]string{}},
		Survey:  b.surveyed(),
	}
	for _, s := range b.statuses() {
		d.Names.Statuses[s.ID] = s.Text
	}
	d.Priorities = bySlug(h.Priorities, func(_ int, p *handbook.Priority) any {
		return dataPriority{p.Rank, p.Mark, p.Name, p.Meaning, p.Addition}
	})
	d.Categories = bySlug(h.Categories, func(_ int, c *handbook.Category) any { return dataCategory{c.Number, c.Name} })
	d.Origins = bySlug(h.Origins, func(_ int, o *handbook.Origin) any { return dataOrigin{o.Name, o.Meaning} })
	axis := func(_ int, a *handbook.Axis) any { return dataAxis{a.Name, a.Note} }
	d.Owners, d.Accesses = bySlug(h.Owners, axis), bySlug(h.Accesses, axis)
	d.Roles = bySlug(h.Roles, func(_ int, r *handbook.Role) any { return dataName{r.Name} })
	part := func(i int, p *handbook.Part) any { return dataPart{i + 1, p.Name, p.Clauses} }
	d.Chapters, d.Scenes = bySlug(h.Chapters, part), bySlug(h.Scenes, part)
	d.Flow = flowData(&h.Flow)
	d.Methods = bySlug(h.Methods, func(_ int, m *handbook.Method) any { return methodData(m) })
	d.Measures = bySlug(h.Measures, func(_ int, m *handbook.Measure) any { return measureData(m) })
	d.Threats = bySlug(h.Threats, func(_ int, t *handbook.Threat) any {
		return dataThreat{t.Number, t.Name, t.Summary, isoDay{t.Reviewed}, threatAddress(t), sectionsData(t.Body)}
	})
	d.Guides = bySlug(h.Guides, func(_ int, g *handbook.Guide) any {
		return dataGuide{g.Number, g.Title, g.Product, g.Version, g.Vendor, g.VendorURL, g.Summary, slugsOf(g.Measures), isoDay{g.Checked}, guideAddress(g), sectionsData(g.Body)}
	})
	d.Terms = bySlug(h.Terms, func(_ int, t *handbook.Term) any {
		return dataTerm{t.Term, t.Reading, t.Aliases, isoDay{t.Reviewed}, termAddress(t), noteData(t.Body)}
	})
	d.Contacts = bySlug(h.Contacts, func(_ int, c *handbook.Contact) any {
		ended := ""
		if !c.Ended.IsZero() {
			ended = c.Ended.String()
		}
		return dataContact{c.Number, c.Name, c.Organisation, c.Purpose, c.How, c.URL, isoDay{c.Checked}, isoDay{c.ValidUntil}, ended, contactAddress(c), noteData(c.Body)}
	})
	d.References = bySlug(h.References, func(_ int, r *handbook.Reference) any {
		return dataReference{r.Number, r.Title, r.Publisher, r.Published, r.URL, isoDay{r.Checked}, referenceAddress(r), noteData(r.Body)}
	})
	d.Lifecycles = bySlug(h.Lifecycles, func(_ int, l *handbook.Lifecycle) any {
		return dataLifecycle{l.Number, l.Product, l.End.String(), l.GroupSlug, isoDay{l.Checked}, l.SourceNote, lifecycleAddress(l), noteData(l.Body)}
	})
	d.Groups = bySlug(h.LifecycleGroups, func(_ int, g *handbook.LifecycleGroup) any { return dataAxis{g.Name, g.Note} })
	d.Frameworks = bySlug(h.Frameworks, func(_ int, f *handbook.Framework) any { return frameworkData(f) })
	d.Withdrawn = b.withdrawnData()
	return d
}

// Statement says what the handbook follows, where that was read, and who made it, as every page does.
func (b *builder) Statement() string {
	o := b.Handbook.Follows()
	if o == nil {
		return b.words.Text("footer.made", "maker", b.Handbook.Maker)
	}
	statement := b.words.Text("footer.edition", "publisher", o.Publisher, "title", o.Title, "edition", o.Edition, "published", b.Date(o.Published), "maker", b.Handbook.Maker)
	if o.ReadIn != nil {
		statement = b.words.Text("footer.read_in", "statement", statement, "document", b.Cited(o.ReadIn))
	}
	return statement
}

// Cited names a document as a source.
func (b *builder) Cited(r *handbook.Reference) string {
	return b.words.Text("common.cited", "publisher", r.Publisher, "title", r.Title, "published", r.Published)
}

// sources are what the handbook follows, and where that was read.
func (b *builder) sources() []dataSource {
	o := b.Handbook.Follows()
	if o == nil {
		return nil
	}
	list := []dataSource{{"original", o.Title, o.Edition, o.Publisher, b.Date(o.Published), o.URL, o.Terms, o.TermsURL, ""}}
	if o.ReadIn != nil {
		list = append(list, b.sourceOf("read", o.ReadIn))
	}
	return list
}

func (b *builder) sourceOf(role string, r *handbook.Reference) dataSource {
	s := dataSource{Role: role, Title: r.Title, Publisher: r.Publisher, Published: r.Published, URL: r.URL, Reference: r.Slug}
	if o := b.Handbook.Original; r == o.ReadIn {
		s.Terms, s.TermsURL = o.Terms, o.TermsURL
	}
	return s
}

// licence returns how the texts may be used, nil when the content does not say.
func (b *builder) licence() *licence {
	if l := (licence{b.Handbook.Licence, b.Handbook.LicenceURL}); l != (licence{}) {
		return &l
	}
	return nil
}

func flowData(f *handbook.Flow) dataFlow {
	return dataFlow{
		f.StartSlug,
		bySlug(f.Questions, func(_ int, q *handbook.Question) any {
			return dataQuestion{q.Text, q.Why, q.Unsure, bySlug(q.Answers, func(i int, a *handbook.Answer) any {
				return dataAnswer{i + 1, a.Label, a.Hint, nextData(a)}
			})}
		}),
		bySlug(f.Results, func(_ int, r *handbook.Result) any { return dataResult{r.QuestionSlug, r.MethodSlugs} }),
	}
}

func nextData(a *handbook.Answer) dataNext {
	switch {
	case a.Question != nil:
		return dataNext{Question: a.NextSlug}
	case a.Method != nil:
		return dataNext{Method: a.NextSlug}
	}
	return dataNext{Result: a.NextSlug}
}

func methodData(m *handbook.Method) dataMethod {
	d := dataMethod{
		m.Number, m.Mark, m.Name, m.Short, m.OwnerSlug, m.AccessSlug, m.Summary, m.Signs, nil, isoDay{m.Reviewed}, methodAddress(m),
		dataChecklist{checklistAddress(m.Slug), slugsOf(m.Preparation), []dataGroup{}}, sectionsData(m.Body),
	}
	if len(m.Also) > 0 {
		d.Also = map[string]string{}
		for _, also := range m.Also {
			d.Also[also.Method.Slug] = also.When
		}
	}
	for _, g := range m.Groups {
		d.Checklist.Groups = append(d.Checklist.Groups, dataGroup{g.Priority.Slug, slugsOf(g.Measures)})
	}
	return d
}

func measureData(m *handbook.Measure) dataMeasure {
	d := dataMeasure{
		Number: m.Number, Title: m.Title, Check: m.Check, Category: m.CategorySlug, Preparation: m.Preparation, Priority: m.PrioritySlug,
		Threats: slugsOf(m.Threats), Exception: m.Exception, Rule: m.Rule, Chapter: m.ChapterSlug, Handout: m.Handout, Scene: m.SceneSlug, Ask: m.Ask,
		Effort: dataEffort{m.Effort.Time, m.Effort.Cost, m.Effort.Decision, slugsOf(m.Effort.Roles)},
		Origin: m.OriginSlug, Revision: m.Revision, Earlier: m.Earlier, Replaces: m.Replaces, Every: m.Every, Guides: slugsOf(m.Guides),
		Reviewed: isoDay{m.Reviewed}, Address: measureAddress(m), Sections: sectionsData(m.Body),
	}
	if len(m.OwnerNotes) > 0 {
		d.OwnerNotes = map[string]string{}
		for _, note := range m.OwnerNotes {
			d.OwnerNotes[note.Owner.Slug] = note.Text
		}
	}
	return d
}

func frameworkData(f *handbook.Framework) dataFramework {
	d := dataFramework{
		Number: f.Number, Title: f.Title, Short: f.Short, Owner: f.Owner, Edition: f.Edition, URL: f.URL,
		Checked: isoDay{f.Checked}, Summary: f.Summary, SourceNote: f.SourceNote, Identifiers: f.Identifiers,
	}
	if len(f.Items) > 0 {
		d.Address = frameworkAddress(f)
		d.Items = bySlug(f.Items, func(i int, item *handbook.FrameworkItem) any {
			return dataFrameworkItem{i + 1, item.Subject, item.Detail, slugsOf(item.Main), slugsOf(item.Part)}
		})
	}
	return d
}

// withdrawnData returns the withdrawn records by their kinds and slugs.
func (b *builder) withdrawnData() keyed {
	var kinds keyed
	for _, w := range b.Handbook.Withdrawn { // sorted by kind
		if len(kinds) == 0 || kinds[len(kinds)-1].key != w.Kind {
			kinds = append(kinds, member{w.Kind, keyed{}})
		}
		last := &kinds[len(kinds)-1]
		last.value = append(last.value.(keyed), member{w.Slug, dataWithdrawn{w.Title, w.Reason, isoDay{w.Date}, slugsOf(w.Successors)}})
	}
	return kinds
}

// sectionsData returns a text with links that start at the site's root.
func sectionsData(body *markdown.Body) []dataSection {
	sections := make([]dataSection, 0, 1+len(body.Sections))
	if body.Lead.Markdown != "" {
		sections = append(sections, dataSection{Text: noteData(body)})
	}
	for _, s := range body.Sections {
		sections = append(sections, dataSection{s.ID, s.Heading, carried(s.Markdown, "")})
	}
	return sections
}

// noteData returns a text that stands in a list.
func noteData(body *markdown.Body) string { return carried(body.Lead.Markdown, "") }

// carried returns Markdown whose links begin with the way to the site's root.
func carried(text, root string) string { return strings.ReplaceAll(text, markdown.RootMark, root) }
