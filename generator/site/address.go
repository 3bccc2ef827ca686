package site

import (
	"net/url"
	"path"
	"strings"

	"tebiki/generator/handbook"
)

// Addresses of the published site. Other sites link to them for years: they may be added to, never
// changed.
const (
	notFoundAddress   = "404.html"
	hubAddress        = "hub.html"
	embedFolder       = "embed" // of pages that other sites may show in a frame
	embeddedFlow      = embedFolder + "/flow.html"
	embeddedLists     = embedFolder + "/checklist"
	downloadAddress   = "download.html"
	componentsAddress = "components.html"
	zipAddress        = "download/offline.zip"
	shareAddress      = "share.png"
	headersAddress    = "_headers"
	redirectsAddress  = "_redirects"
	robotsAddress     = "robots.txt"
	sitemapAddress    = "sitemap.xml"
	serverFileFolder  = "download/server" // of what web servers read that are one's own
	manifestAddress   = "manifest.webmanifest"
	workerAddress     = "sw.js"
	securityAddress   = ".well-known/security.txt"
	feedAddress       = "feed.xml"
	incidentFolder    = "incident"
	bossAddress       = "show/boss.html"
	questionsAddress  = "show/questions.html"
	allRulesAddress   = "show/rules.html"
	allHandoutAddress = "show/handout.html"
	calendarAddress   = "show/calendar.html"
	compareAddress    = "show/compare.html"
	companiesAddress  = "show/companies.html"
	assetFolder       = "assets"
	imageFolder       = "images"
	markAddress       = imageFolder + "/icon.svg"
	largeMark         = imageFolder + "/icon-512.png"
	dataFolder        = "data"
	searchAddress     = "search.html"
	flowAddress       = "flow.html"
	surveyAddress     = dataFolder + "/survey.json"
	surveyTable       = dataFolder + "/survey.csv"
)

func pageAddress(p *handbook.Page) string { return p.Slug + ".html" }

// isTaken reports whether the site uses an address itself.
func isTaken(address string) bool { return address == hubAddress || address == componentsAddress }

// isListed reports whether a page is one to be found: not the one for addresses that do not exist,
// nor those that only other pages open.
func isListed(address string) bool {
	return address != notFoundAddress && address != hubAddress && !isEmbedded(address) && address != componentsAddress
}

// isEmbedded reports whether other sites may show a page in a frame.
func isEmbedded(address string) bool { return topFolder(address) == embedFolder }

// topFolder returns the folder at the top of the site that an address lies in, "" when it lies in
// none.
func topFolder(address string) string {
	folder, _, within := strings.Cut(address, "/")
	if !within {
		return ""
	}
	return folder
}

// root returns the way from a page up to the site's root: "" or "../".
func root(address string) string {
	return strings.Repeat("../", strings.Count(path.Clean(address), "/"))
}

// serverRoot returns the path of the site on its server, or "" when its address is not known.
func serverRoot(baseURL string) string {
	u, err := url.Parse(baseURL)
	if err != nil || baseURL == "" {
		return ""
	}
	return u.EscapedPath()
}
