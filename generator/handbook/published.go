package handbook

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"tebiki/generator/markdown"
	"tebiki/generator/source"
)

// Published is published.toml: every slug that was ever an address, or a name on a page that other
// sites link to. A record that vanishes by mistake breaks links and readers' saved answers, so what
// was published stays, or is listed as withdrawn. So do the names of headings, if they are listed.
type Published struct {
	source.Record
	ID         string   `toml:"id,optional"` // of the handbook, under which browsers keep what readers wrote
	Methods    []string `toml:"methods"`
	Measures   []string `toml:"measures"`
	Threats    []string `toml:"threats"`
	Pages      []string `toml:"pages,optional"` // this list and those below are needed where there is a record
	Guides     []string `toml:"guides,optional"`
	Incidents  []string `toml:"incidents,optional"`
	Frameworks []string `toml:"frameworks,optional"`
	Terms      []string `toml:"terms,optional"`
	Survey     []string `toml:"survey,optional"`
	Lifecycles []string `toml:"lifecycles,optional"` // that a company has one is kept by its name
	Contacts   []string `toml:"contacts,optional"`   // of unpromised kinds
	References []string `toml:"references,optional"`
	Changes    []string `toml:"changes,optional"`
	Files      []string `toml:"files,optional"` // published as they are: their addresses
	Seal       string   `toml:"seal,optional"`  // of all names: one that goes is missed even when its record went, too

	// Checks are the marks of the measures' checks as they were published, by slug: one that changes
	// while the revision does not is missed. nil when the handbook promises none.
	Checks map[string]string `toml:"checks,optional"`

	Withdrawn map[string][]*Withdrawn `toml:"withdrawn,optional"` // by kind

	// Anchors are the names of headings: by text, such as "pages/about", and those that all texts of
	// a kind have by its folder. nil when the handbook promises none.
	Anchors map[string][]string `toml:"anchors,optional"`
	Moved   map[string][]*Moved `toml:"moved,optional"` // by text
}

// A Withdrawn record was published once; its address goes on answering.
type Withdrawn struct {
	source.Record
	Title  string    `toml:"title"`
	Reason string    `toml:"reason"`
	Date   time.Time `toml:"date"`

	To string `toml:"to,optional"` // address of what took its place, as links in texts have it

	Kind       string     // the folder: "measures"
	Successors []*Measure // the measures that replace it
}

// A Moved is a heading that stands elsewhere now, or under another name: its slug is the old one. Links
// to it go on leading there.
type Moved struct {
	source.Record
	Title string `toml:"title"` // of what was there
	To    string `toml:"to"`    // as links in texts have it

	Of string // the text: "pages/about"
}

// A publishedList is what published.toml lists of one kind, beside what there is.
type publishedList struct {
	kind   string
	ending string // of its files
	listed []string
	unread bool              // the list cannot be read: nothing is known of it
	now    []string          // slugs that the content has, of records that could be read
	has    func(string) bool // whether the content has a slug
}

func (h *Handbook) publishedLists() []publishedList {
	var lists []publishedList
	for _, k := range kinds {
		if !k.unpromised || h.published.Has(k.folder) {
			lists = append(lists, k.published(h))
		}
	}
	return lists
}

// listOf puts what is listed of a kind beside its records. That a required list is missing is a
// problem of its own.
func listOf(p *Published, form Form, records []*source.Record) publishedList {
	list := publishedList{kind: strings.TrimSuffix(form.Name, "/"), ending: form.Ending(), has: indexOf(records).has}
	var required bool
	list.listed, required = p.names(list.kind)
	list.unread = list.listed == nil && (required || p.Has(list.kind))
	for _, r := range records {
		if !r.Unread() {
			list.now = append(list.now, r.Slug)
		}
	}
	return list
}

// names returns the list of a kind, and whether it must be there. Every kind has a field for it.
func (p *Published) names(kind string) (listed []string, required bool) {
	value := reflect.ValueOf(p).Elem()
	for i := range value.NumField() {
		if name, option, _ := strings.Cut(value.Type().Field(i).Tag.Get("toml"), ","); name == kind {
			return value.Field(i).Interface().([]string), option != "optional"
		}
	}
	panic("handbook: published.toml has no list for " + kind)
}

// resolveMissed tells the indexes which records were published and are gone, or withdrawn.
func (h *Handbook) resolveMissed() {
	if h.published.Unread() {
		return
	}
	h.Missed = map[string][]string{}
	successors := map[string][]string{}
	for _, m := range h.Measures {
		for _, slug := range m.Replaces {
			successors[slug] = append(successors[slug], m.Slug)
		}
	}
	of := map[string]gone{} // by kind
	for _, list := range h.publishedLists() {
		names := gone{map[string]bool{}, map[string]string{}}
		for _, w := range h.published.Withdrawn[list.kind] {
			names.withdrawn[w.Slug] = "（取り下げました。この名前を消してください）"
			if by := successors[w.Slug]; list.kind == "measures" && len(by) > 0 {
				names.withdrawn[w.Slug] = "（取り下げました。代わりは " + strings.Join(by, "、") + " です）"
			}
		}
		for _, slug := range list.listed {
			if _, ok := names.withdrawn[slug]; !ok && !list.has(slug) {
				names.missed[slug] = true
				h.Missed[list.kind] = append(h.Missed[list.kind], slug)
			}
		}
		of[list.kind] = names
	}
	for _, k := range kinds {
		if k.gone != nil {
			*k.gone(h) = of[k.folder]
		}
	}
	h.uncountable = h.uncountable || len(h.Missed["measures"]) > 0
}

// CheckMark is what the published names note of a measure's check: its revision and the beginning of
// its SHA-256.
func CheckMark(revision int, check string) string {
	sum := sha256.Sum256([]byte(check))
	return strconv.Itoa(revision) + "-" + hex.EncodeToString(sum[:4])
}

// checkRevisions warns of checks that are not those that were published, while the revision is.
func (h *Handbook) checkRevisions(report reporter) {
	if h.published.Checks == nil {
		return
	}
	warn := func(p source.Problem) {
		p.Warning = true
		report(p)
	}
	for _, m := range h.Measures {
		if m.Unread() || m.Check == "" || m.Revision < 1 {
			continue
		}
		mark := CheckMark(m.Revision, m.Check)
		was, ok := h.published.Checks[m.Slug]
		revision, _, _ := strings.Cut(was, "-")
		switch {
		case was == mark:
		case ok && revision == strconv.Itoa(m.Revision):
			warn(m.Problem("check", "check の文が、公開したときと違います。revision は %d のままです（することが変わったのなら revision を増やし、ことばを直しただけなら published.toml の [checks] で %s = %q にしてください）", m.Revision, m.Slug, mark))
		default:
			warn(h.published.Problem("checks."+m.Slug, "対策 %q の check の印が [checks] にないか、古くなっています（%s = %q と書くと、文だけが変わったときに気づきます）", m.Slug, m.Slug, mark))
		}
	}
}

// resolvePublished tells the withdrawn measures what replaces them.
func (h *Handbook) resolvePublished() {
	for _, of := range slices.Sorted(maps.Keys(h.published.Moved)) {
		for _, m := range h.published.Moved[of] {
			m.Of = of
			h.Moved = append(h.Moved, m)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(h.published.Withdrawn)) {
		for _, w := range h.published.Withdrawn[kind] {
			w.Kind = kind
			h.Withdrawn = append(h.Withdrawn, w)
		}
	}
	successors := map[string][]*Measure{}
	for _, m := range h.Measures {
		for _, slug := range m.Replaces {
			successors[slug] = append(successors[slug], m)
		}
	}
	for _, w := range h.Withdrawn {
		if w.Kind == "measures" {
			w.Successors = successors[w.Slug]
		}
	}
}

// checkPublished compares the records with the list of what was published.
func (h *Handbook) checkPublished(report reporter) {
	if h.published.Unread() {
		return
	}
	lists := h.publishedLists()
	var names []string
	for _, list := range lists {
		names = append(names, list.kind)
	}
	for _, kind := range slices.Sorted(maps.Keys(h.published.Withdrawn)) {
		if !slices.Contains(names, kind) {
			report(h.published.Problem("withdrawn."+kind, "種類 %q は使えません%s", kind, source.DidYouMean(kind, names)))
		}
	}
	withdrawn := map[[2]string]bool{} // kind and slug
	var measures []string
	add := func(kind, slug string) {
		of := []string{kind}
		if !slices.Contains(names, kind) {
			of = names // a record of an unknown kind may be of any
		}
		for _, name := range of {
			withdrawn[[2]string{name, slug}] = true
		}
		if slices.Contains(of, "measures") {
			measures = append(measures, slug)
		}
	}
	for _, w := range h.Withdrawn {
		add(w.Kind, w.Slug)
	}
	for name, records := range h.published.Withdrawn {
		if records == nil {
			add("", name) // what was taken for a kind is the name of a record
		}
	}
	for _, list := range lists {
		h.checkListed(list, withdrawn, report)
	}
	if id := h.published.ID; id != "" && h.ID != "" && id != h.ID {
		report(h.Problem("id", "手引きの記号は、公開した %q のままにしてください（%q に変えると、読む人の端末にある記録が見えなくなります。写して別の手引きを作るときは、published.toml の id も変えてください）", id, h.ID))
	}
	h.checkFiles(report.aside())
	h.checkSeal(lists, report.aside())
	h.checkPublishedAnchors(report.aside())
	known := set(measures)
	for _, m := range h.Measures {
		for _, slug := range m.Replaces {
			if !known[slug] {
				report(m.Problem("replaces", "取り下げた対策 %q がありません%s", slug, source.DidYouMean(slug, measures)))
			}
		}
	}
}

// checkListed compares the records of a kind with those listed as published and as withdrawn.
func (h *Handbook) checkListed(list publishedList, withdrawn map[[2]string]bool, report reporter) {
	listed := set(list.listed)
	for _, w := range h.Withdrawn {
		if w.Kind != list.kind {
			continue
		}
		if list.has(w.Slug) {
			report(w.Problem("", "取り下げたはずの %q が、まだ %s/ にあります", w.Slug, list.kind))
		}
		if !listed[w.Slug] && !list.unread {
			report(w.Problem("", "取り下げた %q が %s の一覧にありません（公開した名前は消さず、一覧に戻してください）", w.Slug, list.kind))
		}
	}
	var gone, fresh []string
	report = report.aside()
	for _, slug := range list.listed {
		if !list.has(slug) && !withdrawn[[2]string{list.kind, slug}] {
			gone = append(gone, slug)
		}
	}
	for _, slug := range list.now {
		if !listed[slug] && !list.unread {
			fresh = append(fresh, slug)
		}
	}
	if len(gone) == 1 && len(fresh) == 1 {
		report(h.published.Problem(list.kind, "公開した %s がなくなり、%s が増えています（名前を変えたのなら、元の名前に戻してください。題名は変えられます。一度も公開していないなら、一覧の名前を直してください。別の記録なら、[withdrawn.%s.%s] に取り下げた理由を書き、%s に %q を足してください）",
			list.file(gone[0]), list.file(fresh[0]), list.kind, gone[0], list.kind, fresh[0]))
		return
	}
	for _, slug := range gone {
		report(h.published.Problem(list.kind, "公開した %s がなくなっています（戻すか、[withdrawn.%s.%s] に取り下げた理由を書いてください。一度も公開していないなら、一覧から名前を消してください）", list.file(slug), list.kind, slug))
	}
	for _, slug := range fresh {
		report(h.published.Problem(list.kind, "%s がこの一覧にありません（%s に %q を足してください）", list.file(slug), list.kind, slug))
	}
}

// checkFiles compares the files that are published as they are with those listed. Nobody may have linked
// to one that is not.
func (h *Handbook) checkFiles(report reporter) {
	if h.published.Files == nil {
		return
	}
	now := map[string]string{} // address → file
	for address := range h.Files {
		now[address] = FilesFolder + "/" + address
	}
	if h.hasShareImage {
		now[shareImage] = shareImage
	}
	for _, address := range h.published.Files {
		file := FilesFolder + "/" + address
		if address == shareImage {
			file = shareImage
		}
		if now[address] == "" {
			report(h.published.Problem("files", "公開したファイル %s がなくなっています（戻すか、files から %q を消してください）", file, address))
		}
		delete(now, address)
	}
	for _, address := range slices.Sorted(maps.Keys(now)) {
		p := h.published.Problem("files", "%s がこの一覧にありません（files に %q を足すと、なくなったときに気づきます）", now[address], address)
		p.Warning = true
		report(p)
	}
}

// checkPublishedAnchors compares the names of headings with those listed. Of a text that is gone
// nothing is asked: its record is, or it is withdrawn.
func (h *Handbook) checkPublishedAnchors(report reporter) {
	if h.published.Anchors == nil {
		return
	}
	now := map[string][]string{}
	names := &h.Edition.Sections
	for folder, sections := range map[string]source.Labels{
		"measures": names.Measure, "methods": names.Method, "threats": names.Threat, "guides": names.Guide, "incidents": names.Incident,
	} {
		for _, s := range sections {
			now[folder] = append(now[folder], s.ID)
		}
	}
	type text struct {
		*source.Record
		*markdown.Body
	}
	texts := map[string]text{}
	h.EachBody(func(r *source.Record, body *markdown.Body) {
		of := textName(r)
		texts[of] = text{r, body}
		now[of] = []string{}
		for _, a := range body.Anchors {
			now[of] = append(now[of], a.ID)
		}
	})
	moved := map[[2]string]bool{} // text and name
	for _, m := range h.Moved {
		moved[[2]string{m.Of, m.Slug}] = true
		switch {
		case now[m.Of] == nil || !strings.Contains(m.Of, "/"):
			report(m.Problem("", "%q という文はありません（[moved.\"pages/about\".名前] のように、.md を付けないファイルの名前で書きます）", m.Of))
		case slices.Contains(now[m.Of], m.Slug):
			report(m.Problem("", "移したはずの見出し %q が、まだ %s にあります", m.Slug, m.Of))
		case !slices.Contains(h.published.Anchors[m.Of], m.Slug):
			report(m.Problem("", "移した見出し %q が [anchors] の %q にありません（公開した名前は消さず、一覧に戻してください）", m.Slug, m.Of))
		}
	}
	for _, of := range slices.Sorted(maps.Keys(now)) {
		listed := h.published.Anchors[of]
		gone := slices.DeleteFunc(slices.Clone(listed), func(id string) bool { return slices.Contains(now[of], id) || moved[[2]string{of, id}] })
		fresh := slices.DeleteFunc(slices.Clone(now[of]), func(id string) bool { return slices.Contains(listed, id) })
		if in, ok := texts[of]; ok && len(gone) == 1 && len(fresh) == 1 {
			report(in.ProblemAt(in.Anchor(fresh[0]), "見出しの名前が、公開した %q から %q に変わっています（元の名前に戻してください。別の見出しなら、published.toml の [moved.%q.%s] に移った先を書いてください）", gone[0], fresh[0], of, gone[0]))
			continue
		}
		for _, id := range gone {
			switch {
			case !strings.Contains(of, "/"):
				report(h.published.Problem("anchors."+of, "公開した節の名前 %q が %s からなくなっています（handbook.toml の節の名前を戻してください。見出しの文は変えられます）", id, of))
			default:
				report(h.published.Problem("anchors."+of, "公開した見出しの名前 %q が %s からなくなっています（{#%s} の付いた見出しを戻すか、[moved.%q.%s] に移った先を書いてください）", id, of, id, of, id))
			}
		}
		// Nobody may have linked to the others yet.
		if len(fresh) > 0 {
			p := h.published.Problem("anchors."+of, "%s の見出しの名前 %s が [anchors] にありません（%q = [%s] と書くと、消したときに気づきます）",
				of, quotedList(fresh, "、"), of, quotedList(slices.Concat(listed, fresh), ", "))
			p.Warning = true
			report(p)
		}
	}
}

func quotedList(names []string, separator string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = strconv.Quote(name)
	}
	return strings.Join(quoted, separator)
}

// textName is how published.toml calls a text: its file without the ending.
func textName(r *source.Record) string { return strings.TrimSuffix(r.File, path.Ext(r.File)) }

// checkSeal compares the seal with the names. A name that is taken from its list together with its
// record leaves no other trace.
func (h *Handbook) checkSeal(lists []publishedList, report reporter) {
	if slices.ContainsFunc(lists, func(list publishedList) bool { return list.unread }) {
		return
	}
	if seal := sealOf(append(lists, publishedList{kind: "files", listed: h.published.Files}), h.published.Anchors); h.published.Has("seal") && h.published.Seal != seal {
		report(h.published.Problem("seal", "一覧の名前が、この印を付けたときと違います（消した名前や変えた名前があれば戻してください。名前を足しただけなら、印を %q にしてください）", seal))
	}
}

// sealOf returns a short word that depends on each name, not on their order.
func sealOf(lists []publishedList, anchors map[string][]string) string {
	var names []string
	for _, list := range lists {
		for _, slug := range list.listed {
			names = append(names, list.kind+"/"+slug)
		}
	}
	for of, ids := range anchors {
		for _, id := range ids {
			names = append(names, of+"#"+id)
		}
	}
	slices.Sort(names)
	sum := sha256.Sum256([]byte(strings.Join(names, "\n")))
	return hex.EncodeToString(sum[:4])
}

// file returns the name of a record's file.
func (list publishedList) file(slug string) string { return list.kind + "/" + slug + list.ending }

func set(words []string) map[string]bool {
	s := make(map[string]bool, len(words))
	for _, w := range words {
		s[w] = true
	}
	return s
}
