// Package site turns a handbook into the rows of a website: a table of addresses and how what lies
// there is made.
//
// Each row can be made alone, at any time, by any goroutine, from the handbook, the layouts and the
// names of scripts and styles: build makes them all and streams them into a folder and a zip, serve
// makes the one that is asked for. No page names anything that is derived from other pages. What is
// made together (scripts and styles, the index of the search) are bundles; what tells of all the
// others (the download page of the web) are closing rows.
//
// All links are relative and end in .html, so that one output serves the web and file:// alike.
// Pages are complete without script. Nothing here knows a particular handbook or language: what
// differs comes from the handbook and the words.
//
// There is a file for each kind of page, with its rows, what it shows, its anchors and what can be
// found in it; site.go has the table, page.go what all pages share.
package site

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/phrase"
	"tebiki/generator/source"
	"tebiki/generator/words"
)

// GeneratorMark stands in every page. By it an earlier output is recognised.
const GeneratorMark = `<meta name="generator" content="tebiki">`

// A Site is the table of all files.
type Site struct {
	Rows    []Row // in the order of the zip; long lists come first, so that no core waits for them at the end
	Bundles []Bundle
	Closing []Closing

	*builder
	byAddress sync.Once
	rows      map[string]*Row // of the web, when byAddress is done
}

// File makes a file of the web and returns it, nil when there is none at the address. The zip is
// not made, nor told of.
func (s *Site) File(address string) ([]byte, error) {
	var w bytes.Buffer
	for _, closing := range s.Closing {
		if closing.Address == address {
			err := closing.Make(&w, nil)
			return w.Bytes(), err
		}
	}
	row, err := s.find(address)
	if row == nil || err != nil {
		return nil, err
	}
	err = row.Make(&w)
	return w.Bytes(), err
}

// Ready returns the faults of layouts, styles and scripts that are known before a page is made.
func (s *Site) Ready() error {
	var faults []error
	seen := map[string]bool{"": true} // of rows that are no pages
	for _, row := range s.Rows {
		if !seen[row.layout] {
			seen[row.layout] = true
			if _, err := s.layouts.layout(row.layout); err != nil {
				faults = append(faults, fmt.Errorf("layouts: %w", err))
			}
		}
	}
	_, err := s.assets.scripts()
	return errors.Join(append(faults, err)...)
}

// find returns the row at an address, nil when there is none. Bundles are asked last: they take a
// while.
func (s *Site) find(address string) (*Row, error) {
	s.byAddress.Do(func() {
		s.rows = make(map[string]*Row, len(s.Rows))
		for i := range s.Rows {
			if s.Rows[i].In&Web != 0 {
				s.rows[s.Rows[i].Address] = &s.Rows[i]
			}
		}
	})
	if row, ok := s.rows[address]; ok {
		return row, nil
	}
	for _, bundle := range s.Bundles {
		if !slices.Contains(bundle.Folders, path.Dir(address)) {
			continue
		}
		rows, err := bundle.Rows()
		if err != nil {
			return nil, err
		}
		for i := range rows {
			if rows[i].Address == address {
				return &rows[i], nil
			}
		}
	}
	return nil, nil
}

// PageOf returns the address at which a file of the content is shown, "" when it has no place of its own:
// its own page, its place in a list, or the page that is named like it.
func (s *Site) PageOf(file string) string {
	for _, row := range s.Rows {
		if row.file == file {
			return row.Address
		}
	}
	folder, name := path.Split(file)
	if folder == "" {
		if address := strings.TrimSuffix(name, path.Ext(name)) + ".html"; s.hasPage(address) {
			return address
		}
		return ""
	}
	for _, row := range s.Rows {
		if row.anchors == nil {
			continue
		}
		for _, a := range row.anchors() {
			if a.of != nil && a.of.File == file {
				return row.Address + "#" + a.id
			}
		}
	}
	return ""
}

// hasPage reports whether there is a page at an address.
func (s *Site) hasPage(address string) bool {
	return slices.ContainsFunc(s.Rows, func(row Row) bool { return row.Address == address })
}

// Options of a site.
type Options struct {
	// BaseURL is where the site will be published: "https://example.jp/". It takes the place of the
	// handbook's own; both may be empty.
	BaseURL string
	// Components adds components.html, which shows every component in every state to those who work
	// on the look. It is not for publishing.
	Components bool
}

// Load reads and checks the content and returns its site with all problems, sorted. Rows may be
// made only when the problems are showable, and published when they are publishable. today decides which dates of the content have
// passed. The error is one of the disk or a fault in the layouts.
func Load(reader *handbook.Reader, content fs.FS, layouts *Layouts, assets *Assets, today time.Time, options Options) (*Site, []source.Problem, error) {
	w, ofWords, err := words.Load(content, layouts.uses)
	if err != nil {
		return nil, nil, fmt.Errorf("内容を読めません: %w", err)
	}
	said, whole := w.All()
	h, problems, err := reader.Load(content, today, handbook.Said{Texts: said, Partial: !whole})
	if err != nil {
		return nil, nil, fmt.Errorf("内容を読めません: %w", err)
	}
	problems = append(problems, ofWords...)
	s := newSite(h, w, layouts, assets, options)
	problems = append(problems, s.check(source.Publishable(problems))...)
	return s, source.SortProblems(problems), nil
}

// newSite returns the site of a handbook. Of a handbook with problems the addresses are known, so
// that check finds dead links.
func newSite(h *handbook.Handbook, w *words.Words, layouts *Layouts, assets *Assets, options Options) *Site {
	b := &builder{
		Handbook: h,
		words:    w,
		assets:   assets,
		phrases:  phrase.NewBreaker(h.Language),
		terms:    newTermIndex(h.Terms),
		moved:    movedFrom(h),
	}
	// One that is none is a problem of whoever gave it.
	b.baseURL, _ = handbook.SiteURL(cmp.Or(options.BaseURL, h.BaseURL), "https", "http")
	b.layouts = newLayouts(layouts, b)
	b.index = sync.OnceValue(b.newIndex)
	for _, kind := range found {
		b.kinds = append(b.kinds, kind.slug)
	}

	s := &Site{builder: b}
	for _, p := range h.Pages {
		if isTaken(pageAddress(p)) {
			continue
		}
		row := b.pageRow(p)
		if row.Address == downloadAddress {
			row.In = Zip // on the web it is a closing row
		}
		s.Rows = append(s.Rows, row)
	}
	for _, rows := range []func() []Row{
		b.dataRows, b.workbookRows, b.checklistRows, b.hubRows, b.embedRows, b.methodRows, b.threatRows, b.incidentRows, b.frameworkRows, b.showRows, b.guideRows, b.measureRows, b.withdrawnRows, b.redirectRows,
		b.surveyRows, b.assetRows, b.shareRows, b.fileRows, b.readmeRows, b.copyRows,
	} {
		s.Rows = append(s.Rows, rows()...)
	}
	s.Bundles = []Bundle{assets.scriptBundle(), b.searchBundle()}
	for i := range s.Bundles {
		s.Bundles[i].Rows = sync.OnceValues(s.Bundles[i].Rows)
	}
	s.Closing = []Closing{b.downloadClosing(), s.workerClosing()} // the worker knows the page before it
	s.Rows = append(s.Rows, b.serverRows(s)...)
	if options.Components { // nothing leads to it, nor tells of it
		s.Rows = append(s.Rows, b.componentsRow())
	}
	return s
}

// pageKinds are the pages that the site lists records on.
var pageKinds = []pageKind{
	homeKind, flowKind, methodsKind, measuresKind, threatsKind, matrixKind, changesKind, downloadKind, workspaceKind, searchKind, aboutKind, notFoundKind,
	guidesKind, glossaryKind, surveyKind, contactsKind, referencesKind, lifecyclesKind, guidelineKind, incidentsKind, leakReportKind, frameworksKind, showKind, linkingKind,
}

// kindOf returns the kind of the page with the given slug.
func kindOf(slug string) pageKind {
	for _, kind := range pageKinds {
		if kind.slug == slug {
			return kind
		}
	}
	return proseKind
}

// pageRow returns the row of a page of the content.
func (b *builder) pageRow(record *handbook.Page) Row {
	kind := kindOf(record.Slug)
	if record.Document {
		kind = paperKind
	}
	row := b.row(pageAddress(record), kind.layout, func() any {
		return kind.view(b.recordPage(record, pageAddress(record), kind.layout))
	})
	row.Date = record.Reviewed
	if kind.date != nil {
		row.Date = newer(row.Date, kind.date(b.Handbook))
	}
	row.file = record.File
	row.anchors = func() []anchor {
		anchors := headings(&record.Record, record.Body, "")
		if kind.anchors != nil {
			anchors = append(anchors, kind.anchors(b)...)
		}
		return anchors
	}
	return row
}
