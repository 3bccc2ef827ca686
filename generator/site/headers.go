package site

import (
	"cmp"
	"fmt"
	"strings"
)

// policy is the Content-Security-Policy of every page. Nothing is loaded from elsewhere, nothing is
// sent, and no markup becomes script.
var policy = []string{
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self' data:",
	"font-src 'self'",
	"connect-src 'self'",
	"manifest-src 'self'",
	"worker-src 'self'",
	"frame-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"require-trusted-types-for 'script'",
}

// metaPolicy is the policy as far as a meta element can give it: browsers ignore frame-ancestors
// there. The one policy for trusted types bears the handbook's id, and stands last:
// static/load-script.ts takes its name from here. Without an id there is none.
func metaPolicy(id string) string {
	return strings.Join(policy, "; ") + "; trusted-types " + cmp.Or(id, "'none'")
}

// How long a browser may keep a file without asking: not at all, for files change at addresses that
// stay, and a page that is older than what it loads would be broken. To ask costs an answer without
// a body. Only the names of assets change with their contents.
const (
	asking  = "Cache-Control: no-cache"
	keeping = "Cache-Control: public, max-age=31536000, immutable"
)

// IsNamed reports whether the name of a file changes with what it holds.
func IsNamed(address string) bool { return strings.HasPrefix(address, assetFolder+"/") }

// A folderRule is what is sent with everything in a folder at the top of the site, however deep.
type folderRule struct {
	Folder  string // "" for what lies at the top itself
	Headers []string
}

// folderRules returns a rule for the top of the site and one for each folder there.
func (s *Site) folderRules() []folderRule {
	var rules []folderRule
	for _, folder := range append([]string{""}, s.folders()...) {
		caching := asking
		if IsNamed(folder + "/") {
			caching = keeping
		}
		rules = append(rules, folderRule{folder, append(Headers(s.Handbook.ID, folder+"/"), caching)})
	}
	return rules
}

// writeHeaders writes the headers in Netlify's form. What overlapping rules add up to is not well
// defined there, so the rules are disjoint: one for the root, one for everything right below it,
// where :file is any name, and one for each folder. So they go with answers that there is no such
// page, too.
func writeHeaders(w Writer, rules []folderRule) {
	for _, rule := range rules {
		paths := []string{"/" + rule.Folder + "/*"}
		if rule.Folder == "" {
			paths = []string{"/", "/:file"}
		}
		for _, path := range paths {
			fmt.Fprintln(w, path)
			for _, header := range rule.Headers {
				fmt.Fprintf(w, "  %s\n", header)
			}
		}
	}
}

// Headers returns the headers that go with the answer for an address of a handbook, relative to the
// site's root, as "Name: value". How long it may be kept is not among them. They promise https for
// this host alone: whether others of its domain have it is for those to say who run them.
func Headers(id, address string) []string {
	ancestors, resources := "'none'", "same-origin"
	switch topFolder(address) {
	case embedFolder: // any site may show these pages in a frame
		ancestors, resources = "*", "cross-origin"
	case dataFolder:
		resources = "cross-origin"
	case assetFolder, imageFolder:
		// What a page in a frame loads, also where the other site's sandbox gives the frame an origin
		// of its own. It is the same for everybody, so nobody learns anything from it.
		resources = "cross-origin"
	}
	headers := []string{
		"Content-Security-Policy: " + metaPolicy(id) + "; frame-ancestors " + ancestors,
		"Strict-Transport-Security: max-age=31536000",
		"X-Content-Type-Options: nosniff",
		"Referrer-Policy: same-origin",
		"Cross-Origin-Opener-Policy: same-origin",
		"Cross-Origin-Resource-Policy: " + resources,
		"Cross-Origin-Embedder-Policy: require-corp",
		"Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()",
	}
	if topFolder(address) == dataFolder { // made for the pages of others, too
		headers = append(headers, "Access-Control-Allow-Origin: *")
	}
	return headers
}
