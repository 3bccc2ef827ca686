package site

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"path"
	"strings"
)

// mostKept is the number of measures up to which a browser is asked to keep the pages. A larger
// handbook is read on the web, or from the zip.
const mostKept = 500

// keptSite is what the service worker knows of the site.
type keptSite struct {
	ID      string            `json:"id"`
	Version string            `json:"version,omitempty"`
	Headers string            `json:"headers,omitempty"`
	Files   map[string]string `json:"files,omitempty"` // sums by address
}

// keeps reports whether browsers keep the site, to show it without a network.
func (b *builder) keeps() bool { return !b.Handbook.OnlineOnly && len(b.Handbook.Measures) <= mostKept }

// An offline is what a page knows of the copy of the site that browsers keep.
type offline struct {
	*builder
	Root   string
	IsKept bool
}

// Offline returns what the page knows of the copy of the site.
func (p *Page) Offline() offline { return offline{p.builder, p.Root, p.keeps()} }

// Manifest returns the link to the manifest.
func (o offline) Manifest() string { return o.Root + manifestAddress }

// Script returns the name of the script of the notice. The error is a fault in the static folder.
func (o offline) Script() (string, error) {
	made, err := o.assets.scripts()
	return strings.TrimSuffix(path.Base(made.extras[offlineExtra].script), ".js"), err
}

// Style returns the link to its styles.
func (o offline) Style() (string, error) {
	made, err := o.assets.scripts()
	return o.Root + made.extras[offlineExtra].style, err
}

// workerClosing is the service worker with its list of files: those that the zip has, and the manifest.
// Of a site that browsers shall not keep, and of one that is being worked on, it takes itself away where
// it was.
func (s *Site) workerClosing() Closing {
	return Closing{workerAddress, func(w Writer, made *Made) error {
		scripts, err := s.assets.scripts()
		if err != nil {
			return err
		}
		site := keptSite{ID: s.Handbook.ID}
		if made != nil && made.Sums != nil {
			site.Files = make(map[string]string, len(made.Sums))
			for address, sum := range made.Sums {
				site.Files[address] = shortSum(sum)
			}
			site.Headers = shortSum(sha256.Sum256([]byte(strings.Join(Headers(site.ID, workerAddress), "\n"))))
			files, err := json.Marshal(site.Files)
			if err != nil {
				return err
			}
			// A worker that does otherwise begins anew, too.
			site.Version = shortSum(sha256.Sum256(append(append(files, site.Headers...), scripts.worker...)))
		}
		list, err := json.Marshal(site)
		if err != nil {
			return err
		}
		w.WriteString("self.tebikiSite=")
		w.Write(list)
		w.WriteString(";\n")
		w.Write(scripts.worker)
		return nil
	}}
}

// shortSum returns so much of a sum that no two files have the same by chance.
func shortSum(sum Sum) string { return base64.StdEncoding.EncodeToString(sum[:])[:16] }

// A manifest tells a system how to install the site.
type manifest struct {
	ID              string         `json:"id"`
	Name            string         `json:"name"`
	ShortName       string         `json:"short_name"`
	Description     string         `json:"description"`
	Lang            string         `json:"lang"`
	Dir             string         `json:"dir"`
	StartURL        string         `json:"start_url"`
	Scope           string         `json:"scope"`
	Display         string         `json:"display"`
	ThemeColor      string         `json:"theme_color"`
	BackgroundColor string         `json:"background_color"`
	Icons           []manifestIcon `json:"icons"`
	Shortcuts       []shortcut     `json:"shortcuts,omitempty"`
}

type manifestIcon struct {
	Src     string `json:"src"`
	Sizes   string `json:"sizes"`
	Type    string `json:"type"`
	Purpose string `json:"purpose,omitempty"`
}

type shortcut struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

// The manifest is for the web alone: on file:// Chromium complains of one. On a phone it asks for it
// with every page.
func (b *builder) manifestRow() Row {
	return Row{Address: manifestAddress, In: Web, kept: true, Make: func(w Writer) error {
		m := manifest{
			ID: "./", Name: b.Handbook.Title + " " + b.Handbook.Tagline, ShortName: b.Handbook.Title,
			Lang: b.Handbook.Language, Dir: "ltr",
			StartURL: "index.html", Scope: "./",
			// With a way back and the address to be copied.
			Display: "minimal-ui",
			// Those of the icon and of the page, as images/icon.svg and tokens.css have them.
			ThemeColor: "#0017c1", BackgroundColor: "#ffffff",
			Icons: b.manifestIcons(),
		}
		if home := b.Handbook.Page(homeKind.slug); home != nil {
			m.Description = home.Description
		}
		for _, slug := range []string{workspaceKind.slug, incidentsKind.slug, searchKind.slug} {
			if page := b.Handbook.Page(slug); page != nil {
				m.Shortcuts = append(m.Shortcuts, shortcut{page.Label, pageAddress(page)})
			}
		}
		return writeJSON(w, m)
	}}
}

// manifestIcons are the mark in the forms that systems ask for. That of the content may be there as SVG
// alone, which some of them do not take.
func (b *builder) manifestIcons() []manifestIcon {
	icons := []manifestIcon{
		{Src: markAddress, Sizes: "any", Type: "image/svg+xml"},
		{Src: imageFolder + "/icon-192.png", Sizes: "192x192", Type: "image/png"},
		{Src: largeMark, Sizes: "512x512", Type: "image/png"},
		{Src: imageFolder + "/icon-maskable.png", Sizes: "512x512", Type: "image/png", Purpose: "maskable"},
	}
	switch {
	case b.Handbook.Mark == "":
		return icons
	case b.Handbook.MarkPNG == nil:
		return icons[:1]
	}
	return []manifestIcon{icons[0], icons[2]}
}
