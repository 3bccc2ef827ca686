package site

import (
	"strings"
	"time"

	"tebiki/generator/searchindex"
)

// An Archive describes the zip of the whole site.
type Archive struct {
	Size   int64  // in bytes
	SHA256 string // hexadecimal
	Pages  int
}

// A downloadPage offers the zip, and the workbook of each method.
type downloadPage struct {
	recordPage
	Archive *Archive // nil in the copy that lies in the archive itself
	Keeps   bool     // it tells of the copy that browsers keep
	Href    string
	Version string // the day that tells it
	Size    string // of the archive, in millions of bytes: "1.2 MB"
	Data    []dataFile
	Schema  dataFile // what the fields of the data mean
}

var downloadKind = pageKind{
	slug: "download", layout: "download", needed: always,
	view: func(p recordPage) any { return p.download(nil) },
	found: func(b *builder, d *searchindex.Doc) {
		d.Add("", b.words.Text("download.get"), b.words.Text("download.hash"))
		d.Add("data", b.words.Text("download.data"), b.words.Text("download.data_text"))
		if b.Shows() {
			d.Add("workbooks", b.words.Text("download.workbooks"), b.words.Text("download.workbooks_text"))
		}
	},
}

func (p recordPage) download(a *Archive) *downloadPage {
	view := &downloadPage{recordPage: p, Archive: a, Href: p.Root + zipAddress, Version: p.Date(p.versionDay()), Data: append(append(p.dataFiles(), p.surveyFiles()...), p.linkedFile()), Schema: p.schemaFile()}
	view.Schema.Address = p.Root + view.Schema.Address
	for i := range view.Data {
		view.Data[i].Address = p.Root + view.Data[i].Address
	}
	if a != nil {
		view.Keeps, view.Extra = p.keeps(), offlineExtra
		view.Size = p.printer().Sprintf("%.1f MB", float64(a.Size)/1e6)
	}
	return view
}

// versionDay tells which version of the content the site has: the day of its newest change, or of its
// review where no changes are recorded.
func (b *builder) versionDay() time.Time {
	if len(b.Handbook.Changes) == 0 {
		return b.Handbook.Reviewed
	}
	return b.Handbook.Changes[0].Date
}

// downloadClosing is the page on the web, which tells the checksum of the zip.
func (b *builder) downloadClosing() Closing {
	return Closing{downloadAddress, func(w Writer, made *Made) error {
		var archive *Archive
		if made != nil {
			archive = made.Archive
		}
		p := b.recordPage(b.Handbook.Page(downloadKind.slug), downloadAddress, downloadKind.layout)
		return b.layouts.execute(w, downloadKind.layout, downloadAddress, p.download(archive))
	}}
}

// readmeRows is what those read who open the zip without a browser.
func (b *builder) readmeRows() []Row {
	return []Row{{Address: "readme.txt", In: Zip, Make: func(w Writer) error {
		text := b.Handbook.Title + " " + b.Handbook.Tagline + "\n"
		text += b.words.Text("download.version") + ": " + b.Date(b.versionDay()) + "\n\n" + b.words.Text("download.readme") + "\n"
		// Notepad of older Windows wants CRLF and, to take it for UTF-8, a BOM.
		w.WriteString("\ufeff" + strings.ReplaceAll(text, "\n", "\r\n"))
		return nil
	}}}
}
