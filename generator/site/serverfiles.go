package site

import (
	"cmp"
	"embed"
	"path"
	"slices"
	"strings"
	"text/template"
)

// serverFiles are templates of what an administrator gives to a web server. They are made with the
// site and lie beside it, not in the documentation: they depend on its folders and on where it is
// published, and so they always fit the files that they come with.
//
//go:embed servers
var serverFiles embed.FS

var serverTemplates = template.Must(template.ParseFS(serverFiles, "servers/*"))

// A serverConfig is what a web server is told of the site.
type serverConfig struct {
	Path      string // of the site on its server: "/" or "/handbook/"
	Headers   []serverHeader
	Others    []serverFolder // those with other headers
	Types     []ContentType
	Redirects []redirect
}

type serverHeader struct{ Name, Value string }

type serverFolder struct {
	Folder    string
	Headers   []serverHeader // all of them
	Different []serverHeader // from those of the rest
}

// Folder returns the path without slashes.
func (c serverConfig) Folder() string { return strings.Trim(c.Path, "/") }

// Compressed returns the types of which something is left out when they are sent.
func (c serverConfig) Compressed() []string {
	var names []string
	for _, t := range c.Types {
		if !t.packed {
			names = append(names, t.Name)
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(names)))
}

func newServerConfig(path string, rules []folderRule, redirects []redirect) serverConfig {
	c := serverConfig{Path: cmp.Or(path, "/"), Types: contentTypes, Redirects: redirects}
	for _, rule := range rules {
		own := make([]serverHeader, len(rule.Headers))
		for i, header := range rule.Headers {
			own[i].Name, own[i].Value, _ = strings.Cut(header, ": ")
		}
		if rule.Folder == "" {
			c.Headers = own
			continue
		}
		different := slices.DeleteFunc(slices.Clone(own), func(h serverHeader) bool { return slices.Contains(c.Headers, h) })
		if len(different) > 0 {
			c.Others = append(c.Others, serverFolder{rule.Folder, own, different})
		}
	}
	return c
}

// serverFileRows are the configurations for web servers of one's own.
func (b *builder) serverFileRows(s *Site) []Row {
	var rows []Row
	for _, address := range serverFileAddresses() {
		rows = append(rows, Row{Address: address, In: Web, Make: func(w Writer) error {
			return serverTemplates.ExecuteTemplate(w, path.Base(address), newServerConfig(serverRoot(b.baseURL), s.folderRules(), b.redirects()))
		}})
	}
	return rows
}

func serverFileAddresses() []string {
	var addresses []string
	files, err := serverFiles.ReadDir("servers")
	if err != nil {
		panic(err) // it is in this program
	}
	for _, file := range files {
		addresses = append(addresses, serverFileFolder+"/"+file.Name())
	}
	return addresses
}

// A ContentType is what a server says of files whose names have an ending.
type ContentType struct {
	Extension string // without the dot
	Name      string
	UTF8      bool // which is to be said
	packed    bool // the file is compressed itself
}

// String returns the value of the header.
func (t ContentType) String() string {
	if t.UTF8 {
		return t.Name + "; charset=utf-8"
	}
	return t.Name
}

// contentTypes are the types of all files that a site may have.
var contentTypes = []ContentType{
	{"css", "text/css", true, false},
	{"csv", "text/csv", true, false},
	{"html", "text/html", true, false},
	{"ico", "image/x-icon", false, false},
	{"ics", "text/calendar", true, false},
	{"jpg", "image/jpeg", false, true},
	{"js", "text/javascript", true, false},
	{"json", "application/json", false, false},
	{"jsonld", "application/ld+json", false, false},
	{"md", "text/markdown", true, false},
	{"pdf", "application/pdf", false, true},
	{"png", "image/png", false, true},
	{"svg", "image/svg+xml", false, false},
	{"txt", "text/plain", true, false},
	{"webmanifest", "application/manifest+json", false, false},
	{"woff2", "font/woff2", false, true},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false, true},
	{"xml", "application/xml", false, false},
	{"zip", "application/zip", false, true},
}

// TypeOf returns the Content-Type of an address, "" when it is not known.
func TypeOf(address string) string {
	for _, t := range contentTypes {
		if path.Ext(address) == "."+t.Extension {
			return t.String()
		}
	}
	return ""
}
