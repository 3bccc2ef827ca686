package site

import (
	"path"
	"strings"

	"tebiki/generator/handbook"
)

// Addresses of the published site. Other sites link to them for years: they
// may be added to, never changed.
const (
	notFoundAddress   = "404.html"
	hubAddress        = "hub.html"
	embedFolder       = "embed" // of pages that other sites may show in a frame
	embeddedFlow      = embedFolder + "/flow.html"
	downloadAddress   = "download.html"
	componentsAddress = "components.html"
	zipAddress        = "download/offline.zip"
	shareAddress      = "share.png"
	assetFolder       = "assets"
	imageFolder       = "images"
	dataFolder        = "data"
	searchSlug        = "search" // of the page whose address is searchAddress
	searchAddress     = searchSlug + ".html"
	flowAddress       = "flow.html"
	surveyAddress     = dataFolder + "/survey.json"
	surveyTable       = dataFolder + "/survey.csv"
)

// address returns where a record's page lies, relative to the site's root.
func address(record any) string {
	switch r := record.(type) {
	case *handbook.Method:
		return "methods/" + r.Slug + ".html"
	case *handbook.Measure:
		return "measures/" + r.Slug + ".html"
	case *handbook.Threat:
		return "threats/" + r.Slug + ".html"
	case *handbook.Page:
		return r.Slug + ".html"
	case *handbook.Guide:
		return "guides/" + r.Slug + ".html"
	case *handbook.Term:
		return "glossary.html#" + r.Slug
	case *handbook.Withdrawn:
		return r.Kind + "/" + r.Slug + ".html"
	}
	panic("site: a record without an address")
}

func checklistAddress(method string) string { return "checklists/" + method + ".html" }

// isListed reports whether a page is one to be found: not the one for addresses
// that do not exist, nor those that only other pages open.
func isListed(address string) bool {
	return address != notFoundAddress && address != hubAddress && address != embeddedFlow
}

// root returns the way from a page up to the site's root: "" or "../".
func root(address string) string {
	return strings.Repeat("../", strings.Count(path.Clean(address), "/"))
}
