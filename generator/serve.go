package main

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path"
	"strings"
	"sync"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/output"
	"tebiki/generator/site"
)

// serve answers from memory. The site is made anew when a page is asked for
// and a source has changed since.
func (p project) serve(stdout io.Writer) error {
	listener, err := net.Listen("tcp", p.addr)
	if err != nil {
		return fmt.Errorf("%s で待てません: %w", p.addr, err)
	}
	fmt.Fprintf(stdout, "http://%s/ をブラウザで開いてください（終わるには Ctrl+C）。\n", listener.Addr())
	return http.Serve(listener, &server{project: p})
}

type server struct {
	project project

	mu       sync.Mutex
	state    string // of the sources the site was made from
	files    output.Files
	problems []handbook.Problem
	err      error
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	if name == "" {
		name = "index.html"
	}
	files, problems, err := s.current()
	for _, header := range site.Headers(name) {
		key, value, _ := strings.Cut(header, ": ")
		w.Header().Set(key, value)
	}
	w.Header().Set("Cache-Control", "no-store")
	if files == nil {
		showProblems(w, problems, err)
		return
	}
	data, ok := files[name]
	if !ok {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		w.Write(files["404.html"])
		return
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

// current returns the site as the sources now have it.
func (s *server) current() (output.Files, []handbook.Problem, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	state := s.project.sourceState()
	if state != s.state {
		s.state = state
		s.files, s.problems, s.err = s.project.make(site.Options{Components: true})
	}
	return s.files, s.problems, s.err
}

// sourceState changes whenever a source file is added, removed or written.
func (p project) sourceState() string {
	var b strings.Builder
	for _, root := range []string{p.content, p.layouts, p.static} {
		// A folder that cannot be read gives its error when the site is made.
		_ = fs.WalkDir(os.DirFS(root), ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil {
				return nil
			}
			if info, err := entry.Info(); err == nil {
				fmt.Fprintln(&b, root, name, info.Size(), info.ModTime().UnixNano())
			}
			return nil
		})
	}
	return b.String()
}

var problemsPage = template.Must(template.New("problems").Parse(`<!doctype html>
<html lang="ja">
<head><meta charset="utf-8"><title>直すところがあります</title></head>
<body>
<h1>直すところがあります</h1>
<p>直してから、この画面を読み込み直してください。</p>
{{with .Err}}<pre>{{.}}</pre>{{end}}
<ul>{{range .Problems}}<li><code>{{.}}</code></li>{{end}}</ul>
</body>
</html>
`))

func showProblems(w http.ResponseWriter, problems []handbook.Problem, err error) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusInternalServerError)
	// A reader that went away cannot be told.
	_ = problemsPage.Execute(w, struct {
		Err      error
		Problems []handbook.Problem
	}{err, problems})
}
