package site

import (
	"bytes"
	"fmt"
	"slices"
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
	"trusted-types tebiki",
}

// metaPolicy is the policy as far as a meta element can give it: browsers ignore frame-ancestors
// there.
var metaPolicy = strings.Join(policy, "; ")

// headers are sent with everything but what other sites' frames need. They promise https for this
// host alone: whether others of its domain have it is for those to say who run them.
var headers = []string{
	"Content-Security-Policy: " + metaPolicy + "; frame-ancestors 'none'",
	"Strict-Transport-Security: max-age=31536000",
	"X-Content-Type-Options: nosniff",
	"Referrer-Policy: same-origin",
	"Cross-Origin-Opener-Policy: same-origin",
	"Cross-Origin-Resource-Policy: same-origin",
	"Cross-Origin-Embedder-Policy: require-corp",
	"Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

// embedHeaders are the same for pages that any site may show in a frame.
var embedHeaders = replaced(headers, map[string]string{
	"Content-Security-Policy":      metaPolicy + "; frame-ancestors *",
	"Cross-Origin-Resource-Policy": "cross-origin",
})

// assetHeaders let a page in a frame load its style, script and icon also where the other site's
// sandbox gives the frame an origin of its own. They are the same for everybody, so nobody learns
// anything from them.
var assetHeaders = replaced(headers, map[string]string{"Cross-Origin-Resource-Policy": "cross-origin"})

func replaced(headers []string, values map[string]string) []string {
	list := slices.Clone(headers)
	for i, header := range list {
		name, _, _ := strings.Cut(header, ": ")
		if value, ok := values[name]; ok {
			list[i] = name + ": " + value
		}
	}
	return list
}

// How long a browser may keep a file without asking: not at all, for files change at addresses that
// stay, and a page that is older than what it loads would be broken. To ask costs an answer without
// a body. Only the names of assets change with their contents.
const (
	asking  = "Cache-Control: no-cache"
	keeping = "Cache-Control: public, max-age=31536000, immutable"
)

// A folderRule is what is sent with everything in a folder at the top of the site, however deep.
type folderRule struct {
	Folder  string // "" for what lies at the top itself
	Headers []string
}

// folderRules returns a rule for the top of the site and one for each folder there.
func folderRules(folders []string) []folderRule {
	var rules []folderRule
	for _, folder := range append([]string{""}, folders...) {
		caching := asking
		if folder == assetFolder {
			caching = keeping
		}
		rules = append(rules, folderRule{folder, append(Headers(folder+"/"), caching)})
	}
	return rules
}

// writeHeaders writes the headers in Netlify's form. What overlapping rules add up to is not well
// defined there, so the rules are disjoint: one for the root, one for everything right below it,
// where :file is any name, and one for each folder. So they go with answers that there is no such
// page, too.
func writeHeaders(w *bytes.Buffer, rules []folderRule) {
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

// Headers returns the headers that go with the answer for an address, relative to the site's root,
// as "Name: value". How long it may be kept is not among them.
func Headers(address string) []string {
	switch topFolder(address) {
	case embedFolder:
		return slices.Clone(embedHeaders)
	case assetFolder, imageFolder:
		return slices.Clone(assetHeaders)
	}
	return slices.Clone(headers)
}
