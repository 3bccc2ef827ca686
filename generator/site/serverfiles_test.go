package site_test

import (
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"tebiki/generator/site"
)

// e2e/servers.test.ts serves with them.
func TestServerFiles(t *testing.T) {
	e := web(t)
	for name, want := range map[string][]string{
		"nginx.conf":      {"location /tebiki/ {", "error_page 403 404 =404 /tebiki/404.html;", "location /tebiki/embed/ {"},
		"Caddyfile":       {"route /tebiki/* {", "rewrite * /tebiki/404.html", "header /tebiki/embed/* {"},
		"apache.htaccess": {"ErrorDocument 404 /tebiki/404.html", "m#^/tebiki/embed/#"},
	} {
		got := string(e.files["download/server/"+name])
		for _, header := range site.Headers(e.handbook.ID, "index.html") {
			header, value, _ := strings.Cut(header, ": ")
			want = append(want, header+` "`+value+`"`)
		}
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: got %q, want %q in it", name, got, w)
			}
		}
	}
}

// A server that sends nosniff and no type has scripts, styles and pages refused.
func TestTypesOfAllFilesAreKnown(t *testing.T) {
	for _, address := range web(t).files.addresses() {
		isForServers := path.Dir(address) == "download/server" || address == "_headers"
		if !isForServers && site.TypeOf(address) == "" {
			t.Errorf("%s: got no type", address)
		}
	}
	for address, want := range map[string]string{"a.html": "text/html; charset=utf-8", "a.png": "image/png", "html": "", "a.": "", "a.HTM": ""} {
		if got := site.TypeOf(address); got != want {
			t.Errorf("%s: got type %q, want %q", address, got, want)
		}
	}
}

func TestNothingOfABuildIsForeign(t *testing.T) {
	built := fstest.MapFS{}
	for address, data := range web(t).files {
		built[address] = &fstest.MapFile{Data: data}
	}
	if got, err := site.Foreign(built); len(got) > 0 || err != nil {
		t.Errorf("got foreign files %q, error %v, want none", got, err)
	}
}
