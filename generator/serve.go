package main

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/site"
	"tebiki/generator/source"
)

// serve makes the page that is asked for, from sources of which only those that have changed are
// read again. While they have problems, pages stay as they were before. A script in every page waits
// for news of the sources.
func (p project) serve(stdout, stderr io.Writer) error {
	if _, err := p.openContent(); err != nil {
		return err
	}
	debug.SetGCPercent(100) // memory is soon touched, and who waits for a page would feel the collector
	listener, err := net.Listen("tcp", p.addr)
	if err != nil {
		return fmt.Errorf("%s で待てません（-addr localhost:8081 のように、別の番地を指定してください）: %w", p.addr, err)
	}
	here, elsewhere := visitedAt(listener.Addr())
	fmt.Fprintf(stdout, "%s をブラウザで開いてください（終わるには Ctrl+C）。\n", here)
	if len(elsewhere) > 0 {
		fmt.Fprintf(stdout, "同じネットワークのスマートフォンなどからは、%s で開けます。\n", strings.Join(elsewhere, " か "))
	}
	if p.open {
		if err := openBrowser(here); err != nil {
			fmt.Fprintf(stderr, "ブラウザを自動で開けませんでした（上の番地を、ブラウザに打ってください）: %v\n", err)
		}
	}
	s := newServer(p, stderr)
	go s.keepTelling()
	return newHTTPServer(s).Serve(listener)
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

// What serve adds to the site lies at addresses of no page: theirs end in .html.
const (
	previewFolder = "serve"
	scriptAddress = previewFolder + "/preview.js"
	newsAddress   = previewFolder + "/news"
)

//go:embed preview
var previewFiles embed.FS

type server struct {
	project project
	stderr  io.Writer // for the problems: it is there before a page is open
	reader  *handbook.Reader
	watcher *watcher
	writing time.Duration // how long a program may take to write a file in several steps

	looks atomic.Uint64 // how often somebody has looked at the sources

	mu      sync.Mutex
	states  [3]string // of content, layouts and static, when they were looked at last
	layouts *site.Layouts
	assets  *site.Assets
	view    view
	shown   map[string]fs.FileInfo // of the content that the view shows; nil before there was any
}

// A view is what pages are made from, and what there is to say of the sources.
type view struct {
	state    string     // of the sources
	site     *site.Site // of the last sources that pages could be made of; nil when there were none
	made     string     // the state of the sources that pages are made from
	problems []source.Problem
	err      error
	changed  string // address of the page whose text was changed last, "" when that is not known
}

// isSound reports whether the sources can be published.
func (v view) isSound() bool { return v.err == nil && source.Publishable(v.problems) }

// isShowable reports whether pages can be made of the sources.
func (v view) isShowable() bool { return v.err == nil && source.Showable(v.problems) }

func newServer(p project, stderr io.Writer) *server {
	reader := handbook.NewReader()
	reader.Explain = meanings
	return &server{project: p, stderr: stderr, reader: reader, watcher: newWatcher(), writing: 100 * time.Millisecond}
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	if name == "" {
		name = "index.html"
	}
	setHeaders(w, "", name)
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
	if path.Dir(name) == previewFolder {
		s.servePreview(w, r, name)
		return
	}
	s.servePage(w, r, name)
}

// setHeaders sets what a server sends with an address of a handbook. What serve adds has no id.
func setHeaders(w http.ResponseWriter, id, name string) {
	for _, header := range site.Headers(id, name) {
		key, value, _ := strings.Cut(header, ": ")
		w.Header().Set(key, value)
	}
}

// servePage answers with a file of the site.
func (s *server) servePage(w http.ResponseWriter, r *http.Request, name string) {
	v := s.current()
	if v.site == nil {
		s.showProblems(w, v)
		return
	}
	data, err := v.site.File(name)
	missing := err == nil && data == nil
	if missing {
		data, err = v.site.File(notFound)
	}
	if err != nil {
		s.showProblems(w, view{made: v.made, err: err})
		return
	}
	setHeaders(w, v.site.Handbook.ID, name)
	if missing {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		w.Write(withPreview(data, v.made)) // a reader that went away cannot be told
		return
	}
	if path.Ext(name) == ".html" {
		data = withPreview(data, v.made)
	}
	if site.IsNamed(name) {
		w.Header().Set("Cache-Control", "max-age=31536000, immutable") // a page is loaded anew at each change
	}
	if kind := site.TypeOf(name); kind != "" { // not every system knows them all
		w.Header().Set("Content-Type", kind)
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

// servePreview answers with what serve adds to the site.
func (s *server) servePreview(w http.ResponseWriter, r *http.Request, name string) {
	if name == newsAddress {
		s.serveNews(w, r)
		return
	}
	data, err := previewFiles.ReadFile(path.Join("preview", path.Base(name)))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	if kind := site.TypeOf(name); kind != "" {
		w.Header().Set("Content-Type", kind)
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

// Who waits for news looks this often for what the system does not tell of.
const unaskedLook = time.Second

// newsTimeout is shorter than the server's ReadTimeout, at which it would take a reader for gone.
const newsTimeout = 15 * time.Second

// serveNews answers as soon as the sources are in another state than the one asked with.
func (s *server) serveNews(w http.ResponseWriter, r *http.Request) {
	timeout := time.After(newsTimeout)
	for {
		change := s.watcher.change() // what comes while somebody looks counts
		if v := s.current(); v.state != r.URL.RawQuery {
			w.Header().Set("Content-Type", "application/json")
			json.NewEncoder(w).Encode(s.project.newsOf(v)) // a reader that went away cannot be told
			return
		}
		select {
		case <-change:
		case <-time.After(unaskedLook):
		case <-timeout:
			w.WriteHeader(http.StatusNoContent)
			return
		case <-r.Context().Done():
			return
		}
	}
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

// withPreview adds the script that shows problems and loads a page anew when it would no longer be made
// from this state. It comes before the page's own: some of what it shows, they have to find.
func withPreview(page []byte, made string) []byte {
	script := fmt.Sprintf(`<script defer src="/%s?%s"></script>`, scriptAddress, made)
	return bytes.Replace(page, []byte("<head>"), []byte("<head>"+script), 1)
}

// current returns what the sources now are.
func (s *server) current() view {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.looks.Add(1)
	change := s.watcher.change()
	states, folders := s.project.look()
	if states == s.states {
		return s.view
	}
	d, v := s.viewOf(states, folders)
	// Who saves a file may empty it first: what is wrong with it then is no mistake.
	written := time.After(s.writing - max(0, time.Since(lastWritten(folders))))
	for waits := true; waits && !v.isSound(); {
		select {
		case <-change:
		case <-written:
			waits = false
		}
		change = s.watcher.change()
		var now [3]string
		if now, folders = s.project.look(); now != states {
			states = now
			d, v = s.viewOf(states, folders)
		}
	}
	if v.isShowable() {
		v.site, v.changed = d.site, changedPage(d.site, s.shown, folders[0].files)
		s.shown = folders[0].files
	}
	if v.isShowable() || v.site == nil {
		v.made = v.state
	}
	s.tell(v)
	s.view = v
	s.states = states // only now: after a panic an old site is not current
	return v
}

// viewOf reads sources, and returns a view of them that has the pages of those before.
func (s *server) viewOf(states [3]string, folders [3]seenFolder) (draft, view) {
	for _, folder := range folders {
		s.watcher.follow(folder.paths())
	}
	d, err := s.read(states, folders[0])
	return d, view{state: joined(states), site: s.view.site, made: s.view.made, problems: d.problems, err: err}
}

// lastWritten returns when a file or the list of files of a folder was written last.
func lastWritten(folders [3]seenFolder) time.Time {
	var last time.Time
	for _, folder := range folders {
		for _, info := range folder.files {
			if info.ModTime().After(last) {
				last = info.ModTime()
			}
		}
	}
	return last
}

// keepTelling looks at the sources after they change, though no page is open: what is wrong stands on the
// terminal, too. Who waits for a page comes first, and then has looked.
func (s *server) keepTelling() {
	looks := uint64(0)
	for {
		change := s.watcher.change()
		if s.looks.Load() == looks {
			func() {
				defer func() { recover() }() // who asks for a page meets it, and is told
				s.current()
			}()
		}
		looks = s.looks.Load()
		select {
		case <-change:
			looks = s.looks.Load()
			time.Sleep(100 * time.Millisecond)
		case <-time.After(unaskedLook):
		}
	}
}

// tell says on the terminal what is new about the sources, apart from what it said before.
func (s *server) tell(now view) {
	var said bytes.Buffer
	if now.err != nil {
		fmt.Fprintf(&said, "%s%v\n", prefix, now.err)
	}
	if !slices.Equal(now.problems, s.view.problems) {
		report(&said, now.problems)
	}
	switch {
	case !s.view.isSound() && now.isSound():
		fmt.Fprintln(&said, "直すところは、もうありません。")
	case len(s.view.problems) > 0 && len(now.problems) == 0 && now.err == nil:
		fmt.Fprintln(&said, "注意は、もうありません。")
	}
	switch at := time.Now().Format(time.TimeOnly); {
	case s.view.state == "":
	case said.Len() > 0:
		fmt.Fprintf(s.stderr, "\n%s\n", at)
	case !now.isSound():
		fmt.Fprintf(s.stderr, "%s 変わったところを読みました。直すところは、前のままです。\n", at)
	default:
		fmt.Fprintf(s.stderr, "%s 変わったところを読みました。\n", at)
	}
	said.WriteTo(s.stderr)
}

// changedPage returns the address of the page whose text was changed last since the content was as
// before, "" when there is none.
func changedPage(made *site.Site, before, now map[string]fs.FileInfo) string {
	address, latest := "", time.Time{}
	for name, info := range now {
		was, known := before[name]
		isSame := known && was.Size() == info.Size() && was.ModTime().Equal(info.ModTime())
		if before == nil || isSame || info.IsDir() || info.ModTime().Before(latest) {
			continue
		}
		if page := made.PageOf(name); page != "" {
			address, latest = page, info.ModTime()
		}
	}
	return address
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

// news is what pages are told of the sources.
type news struct {
	State    string         `json:"state"`
	Made     string         `json:"made"`    // the state that pages are made from
	Changed  string         `json:"changed"` // address of the page whose text was changed last, ""
	Err      string         `json:"error"`
	Stopping int            `json:"stopping"` // how many of the problems stop the build
	Warnings int            `json:"warnings"`
	Files    []troubledFile `json:"files"`
}

// A troubledFile is a file with problems. Those with what stops the build come first, and before the
// others the one at which the editor now works.
type troubledFile struct {
	Name     string    `json:"name"`
	Problems []trouble `json:"problems"`
	stops    bool
	written  time.Time
}

// A trouble is a problem with the line that it is about.
type trouble struct {
	Line    int          `json:"line"`
	Text    string       `json:"text"`
	Warning bool         `json:"warning"`
	Quote   string       `json:"quote"` // the line; "" when there is none, or the whole file is meant
	Link    template.URL `json:"link"`  // opens the file in the editor; "" when that is not known
}

func (p project) newsOf(v view) news {
	n := news{State: v.state, Made: v.made, Changed: v.changed, Files: []troubledFile{}}
	if v.err != nil {
		n.Err = v.err.Error()
	}
	var lines []string // of the file
	for i, problem := range v.problems {
		if i == 0 || problem.File != v.problems[i-1].File {
			n.Files = append(n.Files, troubledFile{Name: problem.File, written: writtenAt(problem.File)})
			lines = linesOf(problem.File)
		}
		file := &n.Files[len(n.Files)-1]
		t := trouble{Line: problem.Line, Text: problem.Text, Warning: problem.Warning, Link: template.URL(p.editorLink(problem.File, problem.Line))}
		// A problem of the whole file stands at its first line, which says nothing.
		if at := problem.Line - 1; at < len(lines) && lines[at] != "+++" {
			t.Quote = lines[at]
		}
		file.Problems = append(file.Problems, t)
		if problem.Warning {
			n.Warnings++
		} else {
			n.Stopping++
			file.stops = true
		}
	}
	if len(n.Files) > 0 {
		last := slices.MaxFunc(n.Files, func(a, b troubledFile) int { return a.written.Compare(b.written) })
		rank := func(file troubledFile) int {
			rank := 0
			if !file.stops {
				rank = 2
			}
			if file.Name != last.Name {
				rank++
			}
			return rank
		}
		slices.SortStableFunc(n.Files, func(a, b troubledFile) int { return cmp.Compare(rank(a), rank(b)) })
	}
	return n
}

// writtenAt returns when a file was written last; the zero time when it is not there.
func writtenAt(file string) time.Time {
	info, err := os.Stat(filepath.FromSlash(file))
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// linesOf returns the lines of a file, without the space around them; none when it cannot be read, which
// is then its problem.
func linesOf(file string) []string {
	folder, name := path.Split(file)
	data, err := fs.ReadFile(source.Plain(os.DirFS(filepath.FromSlash(cmp.Or(folder, ".")))), name)
	if err != nil {
		return nil
	}
	var lines []string
	for line := range strings.Lines(strings.ToValidUTF8(string(data), "�")) {
		lines = append(lines, strings.TrimSpace(line))
	}
	return lines
}

// problemsPage stands in for pages when there is no site yet.
var problemsPage = template.Must(template.ParseFS(previewFiles, "preview/problems.html"))

func (s *server) showProblems(w http.ResponseWriter, v view) {
	var page bytes.Buffer
	if err := problemsPage.Execute(&page, s.project.newsOf(v)); err != nil {
		panic(err) // a buffer takes everything
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusInternalServerError)
	w.Write(withPreview(page.Bytes(), v.made)) // a reader that went away cannot be told
}
