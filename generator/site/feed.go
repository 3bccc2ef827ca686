package site

import (
	"encoding/xml"
	"strings"
	"time"

	"tebiki/generator/handbook"
)

// The feed of changes. Its entries are known by the addresses at which they can be read, which is why
// there is none as long as the site's address is not known: a name of another kind would have to be
// made up, and nobody could fetch the feed from a folder.

// An atomFeed is a feed as RFC 4287 has it, with its elements in the order in which they are read.
type atomFeed struct {
	XMLName   xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Language  string      `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	Title     string      `xml:"title"`
	Subtitle  string      `xml:"subtitle"`
	ID        string      `xml:"id"`
	Links     []atomLink  `xml:"link"`
	Updated   string      `xml:"updated"`
	Author    atomAuthor  `xml:"author"`
	Generator string      `xml:"generator"`
	Rights    string      `xml:"rights,omitempty"`
	Entries   []atomEntry `xml:"entry"`
}

type atomEntry struct {
	Title   string      `xml:"title"`
	ID      string      `xml:"id"`
	Link    atomLink    `xml:"link"`
	Updated string      `xml:"updated"`
	Content atomContent `xml:"content"`
}

type atomLink struct {
	Relation string `xml:"rel,attr,omitempty"`
	Type     string `xml:"type,attr,omitempty"`
	Href     string `xml:"href,attr"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomContent struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

func (b *builder) feedRow() Row {
	return Row{Address: feedAddress, In: Web, Make: func(w Writer) error {
		h := b.Handbook
		page := b.Handbook.Page(changesKind.slug)
		feed := atomFeed{
			Language: h.Language, Title: b.words.Text("common.title", "page", page.Title, "site", h.Title), Subtitle: page.Description,
			ID:        b.baseURL + feedAddress,
			Links:     []atomLink{{"self", "application/atom+xml", b.baseURL + feedAddress}, {"alternate", "text/html", b.baseURL + pageAddress(page)}},
			Updated:   moment(newer(page.Reviewed, newest(h.Changes, func(c *handbook.Change) time.Time { return c.Date }))),
			Author:    atomAuthor{h.Maker},
			Generator: "tebiki",
			Rights:    h.Licence,
		}
		if h.LicenceURL != "" {
			feed.Links = append(feed.Links, atomLink{Relation: "license", Href: h.LicenceURL})
		}
		for _, c := range h.Changes {
			address := b.baseURL + pageAddress(page) + "#" + c.Slug
			html := strings.ReplaceAll(c.Body.Lead.HTML, hrefMark, `href="`+b.baseURL)
			feed.Entries = append(feed.Entries, atomEntry{c.Title, address, atomLink{"alternate", "text/html", address}, moment(c.Date), atomContent{"html", html}})
		}
		w.WriteString(xml.Header)
		encoder := xml.NewEncoder(w)
		encoder.Indent("", " ")
		if err := encoder.Encode(feed); err != nil {
			return err
		}
		w.WriteByte('\n')
		return nil
	}}
}

// moment writes a day of which the hour is not known.
func moment(day time.Time) string { return day.Format(time.RFC3339) }
