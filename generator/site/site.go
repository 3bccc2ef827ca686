// Package site turns a handbook into the files of a website: HTML pages,
// bundled assets, headers and the zip that carries the same site offline.
//
// All links are relative and end in .html, so that one output serves the web
// and file:// alike. Pages are complete without script. Nothing here knows a
// particular handbook or language: what differs comes from the Handbook.
//
// Build works in memory and reads only the two file systems it is given. The
// same input gives the same bytes.
package site

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/yuin/goldmark/renderer"
	"golang.org/x/sync/errgroup"

	"tebiki/generator/handbook"
	"tebiki/generator/output"
)

// GeneratorMark stands in every page. By it an earlier output is recognised.
const GeneratorMark = `<meta name="generator" content="tebiki">`

// Options of a build.
type Options struct {
	// BaseURL is where the site will be published: "https://example.jp/".
	// It takes the place of the handbook's own; both may be empty.
	BaseURL string
	// Components adds components.html, which shows every component in every
	// state to those who work on the look. It is not for publishing.
	Components bool
	// Progress, if set, is called as pages are rendered, from one goroutine at
	// a time.
	Progress func(done, total int)
}

// Files maps slash-separated relative addresses to contents.
type Files map[string][]byte

// Paths returns the addresses, sorted.
func (f Files) Paths() []string {
	return slices.Sorted(maps.Keys(f))
}

// A job is a page to be rendered. Its data is made only when its turn comes,
// so that memory does not grow with the number of pages waiting.
type job struct {
	address string
	data    func() (page *Page, data any)
}

// Build renders the handbook. The problems are those of which handbook.Load
// knows nothing: pages and icons that are missing, names that the site uses
// itself, and dead links; with any of them there are no files. An error is a
// fault in layouts or static.
func Build(h *handbook.Handbook, layouts, static fs.FS, options Options) (Files, []handbook.Problem, error) {
	b, err := newBuilder(h, layouts, static, options)
	if err != nil {
		return nil, nil, err
	}
	jobs, problems := b.jobs()
	if len(problems) > 0 {
		problems = append(problems, b.checkAddresses(jobs)...)
		return nil, handbook.SortProblems(problems), nil
	}
	if err := b.addSearch(); err != nil {
		return nil, nil, err
	}
	files, err := b.render(jobs, options.Progress)
	if err != nil {
		return nil, nil, err
	}
	maps.Copy(files, b.assets.files)
	if h.ShareImage != nil {
		files[shareAddress] = h.ShareImage
	}
	if err := b.addSurvey(files); err != nil {
		return nil, nil, err
	}
	if problems := append(checkLinks(h, files), checkAnchors(h, files)...); len(problems) > 0 {
		return nil, handbook.SortProblems(problems), nil
	}
	if err := b.addArchive(files); err != nil {
		return nil, nil, err
	}
	b.addServerFiles(files)
	if options.Components { // when all else is there: nothing leads to it
		page, err := b.render([]job{{componentsAddress, b.components}}, nil)
		if err != nil {
			return nil, nil, err
		}
		maps.Copy(files, page)
	}
	return files, nil, nil
}

type builder struct {
	frame
	layouts layouts
	ends    []*handbook.Branch // of the flow
}

func newBuilder(h *handbook.Handbook, layoutFS, static fs.FS, options Options) (*builder, error) {
	b := &builder{ends: h.Flow.Ends()}
	b.Handbook, b.baseURL = h, options.BaseURL
	if b.baseURL == "" {
		b.baseURL = h.BaseURL
	}
	if b.baseURL != "" {
		b.baseURL = strings.TrimSuffix(b.baseURL, "/") + "/"
	}
	for _, end := range b.ends {
		b.Steps = max(b.Steps, len(end.Steps))
	}
	b.terms = newTermIndex(h.Terms)
	b.renderers = map[string]renderer.Renderer{}
	for _, root := range []string{"", "../", serverRoot(b.baseURL)} {
		b.renderers[root] = newRenderer(h.Language, root)
	}
	var err error
	if b.assets, err = buildAssets(static); err != nil {
		return nil, err
	}
	b.layouts, err = parseLayouts(layoutFS, h.Language, b.assets.icons)
	return b, err
}

// render runs the jobs on all cores.
func (b *builder) render(jobs []job, progress func(done, total int)) (Files, error) {
	results := make([][]byte, len(jobs))
	var buffers sync.Pool
	var reporting sync.Mutex
	done := 0
	workers, failed := errgroup.WithContext(context.Background())
	workers.SetLimit(runtime.GOMAXPROCS(0))
	for i, job := range jobs {
		workers.Go(func() error {
			if failed.Err() != nil {
				return nil
			}
			buffer, ok := buffers.Get().(*bytes.Buffer)
			if !ok {
				buffer = new(bytes.Buffer)
			}
			defer buffers.Put(buffer)
			buffer.Reset()
			if err := b.execute(buffer, job); err != nil {
				return err
			}
			results[i] = bytes.Clone(buffer.Bytes())
			if progress != nil {
				reporting.Lock()
				defer reporting.Unlock()
				done++
				progress(done, len(jobs))
			}
			return nil
		})
	}
	if err := workers.Wait(); err != nil {
		return nil, err
	}
	files := make(Files, len(jobs))
	for i, job := range jobs {
		if _, ok := files[job.address]; ok {
			return nil, fmt.Errorf("two pages want the address %s", job.address)
		}
		files[job.address] = results[i]
	}
	return files, nil
}

func (b *builder) execute(w *bytes.Buffer, job job) error {
	page, data := job.data()
	layout, ok := b.layouts[page.Kind]
	if !ok {
		return fmt.Errorf("layouts: no %s.html for %s", page.Kind, job.address)
	}
	if err := layout.Execute(w, data); err != nil {
		return fmt.Errorf("layouts: %s: %w", job.address, err)
	}
	return nil
}

// addArchive adds the zip and renders the download page again: the one on the
// web tells the zip's checksum, the one in the zip cannot.
func (b *builder) addArchive(files Files) error {
	inside := maps.Clone(files)
	// Notepad of older Windows wants CRLF and, to take it for UTF-8, a BOM.
	readme := b.Handbook.Title + " " + b.Handbook.Tagline + "\n\n" + b.UI().Download.Readme + "\n"
	inside["readme.txt"] = []byte("\ufeff" + strings.ReplaceAll(readme, "\n", "\r\n"))
	zip, err := inside.zip("tebiki")
	if err != nil {
		return err
	}
	sum := sha256.Sum256(zip)
	var page bytes.Buffer
	err = b.execute(&page, job{downloadAddress, func() (*Page, any) {
		return b.download(b.recordPage(b.Handbook.Page("download"), "download"), &archive{
			Address: zipAddress,
			Size:    fmt.Sprintf("%.1f MB", float64(len(zip))/1e6),
			SHA256:  hex.EncodeToString(sum[:]),
			Pages:   countPages(inside),
		})
	}})
	files[zipAddress], files[downloadAddress] = zip, page.Bytes()
	return err
}

// zip packs the files on all cores.
func (f Files) zip(top string) ([]byte, error) {
	paths := f.Paths()
	packed := make([]output.Packed, len(paths))
	var workers errgroup.Group
	workers.SetLimit(runtime.GOMAXPROCS(0))
	for i, p := range paths {
		workers.Go(func() error {
			packed[i] = output.Pack(f[p])
			return nil
		})
	}
	workers.Wait() // packing does not fail
	var b bytes.Buffer
	z, err := output.NewZip(&b, top)
	if err != nil {
		return nil, err
	}
	for i, p := range paths {
		if err := z.Add(p, packed[i]); err != nil {
			return nil, err
		}
	}
	err = z.Close()
	return b.Bytes(), err
}

func countPages(files Files) int {
	n := 0
	for address := range files {
		if path.Ext(address) == ".html" {
			n++
		}
	}
	return n
}

// serverRoot returns the path of the site on its server, or "" when its
// address is not known.
func serverRoot(baseURL string) string {
	u, err := url.Parse(baseURL)
	if err != nil || baseURL == "" {
		return ""
	}
	return u.EscapedPath()
}

// addServerFiles adds what only servers and search engines read.
func (b *builder) addServerFiles(files Files) {
	robots := "User-agent: *\nAllow: /\n"
	if b.baseURL != "" {
		var sitemap bytes.Buffer
		sitemap.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
		for _, address := range files.Paths() {
			if path.Ext(address) == ".html" && isListed(address) {
				sitemap.WriteString("<url><loc>")
				xml.EscapeText(&sitemap, []byte(b.baseURL+address)) // a buffer takes everything
				sitemap.WriteString("</loc></url>\n")
			}
		}
		sitemap.WriteString("</urlset>\n")
		files["sitemap.xml"] = sitemap.Bytes()
		robots += "Sitemap: " + b.baseURL + "sitemap.xml\n"
	}
	files["robots.txt"] = []byte(robots)
	files["_headers"] = headersFile(files)
}
