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
	"net/netip"
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
	return newHTTPServer(newServer(p, stderr)).Serve(listener)
}

// newHTTPServer returns a server that waits for nobody who says nothing.
func newHTTPServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       20 * time.Second,
		IdleTimeout:       2 * time.Minute,
	}
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
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "ここでは、ページを読むことだけができます。", http.StatusMethodNotAllowed)
		return
	}
	if !s.project.answersFor(r.Host) {
		http.Error(w, "この名前では開けません。http://localhost:… で開くか、-addr に名前を書いてください。", http.StatusMisdirectedRequest)
		return
	}
	if name == reloadAddress {
		if r.URL.RawQuery == "state" {
			states, _ := s.project.look()
			fmt.Fprint(w, joined(states))
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
	if kind := site.TypeOf(name); kind != "" { // not every system knows them all
		w.Header().Set("Content-Type", kind)
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

// answersFor reports whether a request for a host is meant for this server. The name of another site
// can be made to lead here: then that site, in the same browser, would read drafts. An address in
// numbers cannot.
func (p project) answersFor(host string) bool {
	name := hostOf(host)
	_, err := netip.ParseAddr(name)
	return err == nil || strings.EqualFold(name, "localhost") || name != "" && strings.EqualFold(name, hostOf(p.addr))
}

// hostOf returns the host of an address that may have a port.
func hostOf(address string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		return host
	}
	return strings.Trim(address, "[]")
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
	states, content := s.project.look()
	if states == s.states {
		return joined(states), s.draft, s.err
	}
	before := s.draft.problems
	s.draft, s.err = s.read(states, content)
	if !slices.Equal(s.draft.problems, before) {
		report(s.stderr, s.draft.problems)
	}
	s.states = states // only now: after a panic an old site is not current
	return joined(states), s.draft, s.err
}

// read makes a draft of the sources, of which it reads what has changed, and again what could not be
// read.
func (s *server) read(states [3]string, content fs.FS) (_ draft, err error) {
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
	if _, err := s.project.openContent(); err != nil {
		return draft{}, err
	}
	return s.project.read(content, s.reader, s.layouts, s.assets, site.Options{Components: true})
}

// look returns the states of content, layouts and static, and the content as it was seen.
func (p project) look() (states [3]string, content fs.FS) {
	var folders [3]seenFolder
	var looking sync.WaitGroup
	for i, name := range []string{p.content, p.layouts, p.static} {
		if p.builtIn[name] != nil {
			continue // never changes
		}
		looking.Go(func() { folders[i], states[i] = see(name) })
	}
	looking.Wait()
	return states, folders[0]
}

func joined(states [3]string) string { return strings.Join(states[:], "") }

// A seenFolder tells of its files what they were like when all were looked at. Who reads them need not
// look again; what is written in between is still to be seen.
type seenFolder struct {
	osFolder
	files   map[string]fs.FileInfo
	entries map[string][]fs.DirEntry // of folders
}

// An osFolder is what os.DirFS returns.
type osFolder interface {
	fs.StatFS
	fs.ReadFileFS
	fs.ReadDirFS
	fs.ReadLinkFS
}

func (f seenFolder) Stat(name string) (fs.FileInfo, error) {
	if info, ok := f.files[name]; ok {
		return info, nil
	}
	return f.osFolder.Stat(name)
}

func (f seenFolder) ReadDir(name string) ([]fs.DirEntry, error) {
	if entries, ok := f.entries[name]; ok {
		return slices.Clone(entries), nil
	}
	return f.osFolder.ReadDir(name)
}

// see looks at all files of a folder. The state is a short text that changes whenever one, or where a
// link leads, is added, removed or written.
func see(folder string) (seenFolder, string) {
	seen := seenFolder{os.DirFS(folder).(osFolder), map[string]fs.FileInfo{}, map[string][]fs.DirEntry{}}
	state := sha256.New()
	seen.note(state, source.Plain(seen.osFolder), ".", nil)
	return seen, hex.EncodeToString(state.Sum(nil)[:8])
}

// note writes the state of a file, or of a folder and what is in it. A folder that a link leads back
// to, to one of those above it, ends there. What cannot be read gives its error when the site is made.
func (f seenFolder) note(state io.Writer, fsys fs.FS, name string, above []fs.FileInfo) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		fmt.Fprintln(state, name, "lost")
		return
	}
	f.files[name] = info
	fmt.Fprintln(state, name, info.Size(), info.ModTime().UnixNano())
	if !info.IsDir() || slices.ContainsFunc(above, func(other fs.FileInfo) bool { return os.SameFile(info, other) }) {
		return
	}
	entries, err := fs.ReadDir(fsys, name)
	if err == nil {
		f.entries[name] = entries
	}
	for _, entry := range entries {
		f.note(state, fsys, path.Join(name, entry.Name()), append(slices.Clip(above), info))
	}
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
