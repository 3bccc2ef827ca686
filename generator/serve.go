package main

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/site"
	"tebiki/generator/source"
)

// serve makes the page that is asked for, from sources of which only those that have changed are
// read again. A script in every page asks whether they have.
func (p project) serve(stdout, stderr io.Writer) error {
	listener, err := net.Listen("tcp", p.addr)
	if err != nil {
		return fmt.Errorf("%s で待てません（-addr localhost:8081 のように、別の番地を指定してください）: %w", p.addr, err)
	}
	fmt.Fprintf(stdout, "http://%s/ をブラウザで開いてください（終わるには Ctrl+C）。\n", listener.Addr())
	return http.Serve(listener, newServer(p, stderr))
}

//go:embed reload.js
var reloadScript []byte

// reloadAddress is that of no page: theirs end in .html.
const reloadAddress = "serve/reload.js"

type server struct {
	project project
	stderr  io.Writer // for the problems: pages do not show warnings
	reader  *handbook.Reader

	mu      sync.Mutex
	states  [3]string // of content, layouts and static, when the draft was made
	layouts *site.Layouts
	assets  *site.Assets
	draft   draft
	err     error
}

func newServer(p project, stderr io.Writer) *server {
	return &server{project: p, stderr: stderr, reader: handbook.NewReader()}
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	if name == "" {
		name = "index.html"
	}
	for _, header := range site.Headers(name) {
		key, value, _ := strings.Cut(header, ": ")
		w.Header().Set(key, value)
	}
	w.Header().Set("Cache-Control", "no-store")
	if name == reloadAddress {
		if r.URL.RawQuery == "state" {
			fmt.Fprint(w, joined(s.project.states()))
			return
		}
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(reloadScript))
		return
	}
	state, d, err := s.current()
	if err != nil || !source.Publishable(d.problems) {
		showProblems(w, state, d.problems, err)
		return
	}
	data, err := d.site.File(name)
	missing := err == nil && data == nil
	if missing {
		data, err = d.site.File(notFound)
	}
	if err != nil {
		showProblems(w, state, nil, err)
		return
	}
	if missing {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		w.Write(reloading(data, state)) // a reader that went away cannot be told
		return
	}
	if path.Ext(name) == ".html" {
		data = reloading(data, state)
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

// notFound is the page shown for addresses that do not exist.
const notFound = "404.html"

// reloading adds the script that loads a page anew when the sources are no longer in this state.
func reloading(page []byte, state string) []byte {
	script := fmt.Sprintf(`<script defer src="/%s?%s"></script>`, reloadAddress, state)
	return bytes.Replace(page, []byte("</head>"), []byte(script+"</head>"), 1)
}

// current returns the site as the sources now have it, and their state.
func (s *server) current() (string, draft, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	states := s.project.states()
	if states == s.states {
		return joined(states), s.draft, s.err
	}
	before := s.draft.problems
	s.draft, s.err = s.read(states)
	if !slices.Equal(s.draft.problems, before) {
		report(s.stderr, s.draft.problems)
	}
	s.states = states // only now: after a panic an old site is not current
	return joined(states), s.draft, s.err
}

// read makes a draft of the sources, of which it reads what has changed, and again what could not be
// read.
func (s *server) read(states [3]string) (_ draft, err error) {
	if states[1] != s.states[1] {
		s.layouts = nil
	}
	if states[2] != s.states[2] {
		s.assets = nil
	}
	if s.layouts == nil {
		if s.layouts, err = s.project.readLayouts(); err != nil {
			return draft{}, err
		}
	}
	if s.assets == nil {
		if s.assets, err = s.project.readAssets(); err != nil {
			return draft{}, err
		}
		s.assets.Compile()
	}
	return s.project.read(s.reader, s.layouts, s.assets, site.Options{Components: true})
}

// states returns the states of content, layouts and static.
func (p project) states() [3]string {
	var states [3]string
	var looking sync.WaitGroup
	for i, folder := range []string{p.content, p.layouts, p.static} {
		looking.Go(func() { states[i] = stateOf(folder) })
	}
	looking.Wait()
	return states
}

func joined(states [3]string) string { return strings.Join(states[:], "") }

// stateOf returns a short text that changes whenever a file in a folder is added, removed or written.
func stateOf(folder string) string {
	state := sha256.New()
	// A folder that cannot be read gives its error when the site is made.
	_ = fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if info, err := entry.Info(); err == nil {
			fmt.Fprintln(state, name, info.Size(), info.ModTime().UnixNano())
		}
		return nil
	})
	return hex.EncodeToString(state.Sum(nil)[:8])
}

var problemsPage = template.Must(template.New("problems").Parse(`<!doctype html>
<html lang="ja">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>直すところがあります</title></head>
<body>
<h1>直すところがあります</h1>
<p>直して保存すると、このページは自動で元に戻ります。</p>
{{with .Err}}<pre>{{.}}</pre>{{end}}
<ul>{{range .Problems}}<li><code>{{.}}</code></li>{{end}}</ul>
</body>
</html>
`))

func showProblems(w http.ResponseWriter, state string, problems []source.Problem, err error) {
	var page bytes.Buffer
	if err := problemsPage.Execute(&page, struct {
		Err      error
		Problems []source.Problem
	}{err, problems}); err != nil {
		panic(err) // a buffer takes everything
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusInternalServerError)
	w.Write(reloading(page.Bytes(), state)) // a reader that went away cannot be told
}
