package site_test

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/output"
	"tebiki/generator/site"
	"tebiki/generator/source"
	"tebiki/generator/words"
)

// sources are what a site is made from. What is not given is this project's own, and today's.
type sources struct {
	content, layouts, static fs.FS
	today                    time.Time
	options                  site.Options
}

// folder returns a folder of this project.
func folder(name string) fs.FS { return os.DirFS("../../" + name) }

var ownAssets = sync.OnceValues(func() (*site.Assets, error) { return site.ReadAssets(folder("static")) })

// load reads and checks the sources.
func (s sources) load() (*site.Site, []source.Problem, error) {
	read := ownAssets
	if s.static != nil {
		read = func() (*site.Assets, error) { return site.ReadAssets(s.static) }
	}
	assets, err := read()
	if err != nil {
		return nil, nil, err
	}
	if s.content == nil {
		if s.content, err = ownContent(); err != nil {
			return nil, nil, err
		}
	}
	if s.layouts == nil {
		s.layouts = folder("layouts")
	}
	if s.today.IsZero() {
		s.today = time.Now()
	}
	layouts, err := site.ReadLayouts(s.layouts)
	if err != nil {
		return nil, nil, err
	}
	return site.Load(new(handbook.Reader), s.content, layouts, assets, s.today, s.options)
}

// loadSound reads sources that are expected to have no problems.
func (s sources) loadSound() (*site.Site, error) {
	loaded, problems, err := s.load()
	if err == nil && !source.Publishable(problems) {
		err = fmt.Errorf("got problems\n%swant none", lines(problems))
	}
	return loaded, err
}

func (s sources) build() (published, error) {
	loaded, err := s.loadSound()
	if err != nil {
		return nil, err
	}
	return build(loaded, nil)
}

// mustBuild fails the test unless the site can be built.
func (s sources) mustBuild(t testing.TB) published {
	t.Helper()
	files, err := s.build()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func lines(problems []source.Problem) string {
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintln(&b, p)
	}
	return b.String()
}

// published are the files of a site, by address.
type published map[string][]byte

func (files published) addresses() []string { return slices.Sorted(maps.Keys(files)) }

// build publishes a site in a folder and reads what lies there.
func build(s *site.Site, progress func(done, total int)) (files published, err error) {
	dir, err := os.MkdirTemp("", "site")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	out := filepath.Join(dir, "public")
	into, err := output.Open(out)
	if err != nil {
		return nil, err
	}
	if _, err = s.Build(into, progress); err == nil {
		_, err = into.Commit(func(fs.FS) bool { return false })
	}
	if err := errors.Join(err, into.Close()); err != nil {
		return nil, err
	}
	made, err := readFolder(os.DirFS(out))
	files = published{}
	for address, file := range made {
		files[address] = file.Data
	}
	return files, err
}

// readFolder returns a copy in memory.
func readFolder(fsys fs.FS) (fstest.MapFS, error) {
	files := fstest.MapFS{}
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	return files, err
}

// copyOf returns a copy in memory that a test may change.
func copyOf(t testing.TB, fsys fs.FS) fstest.MapFS {
	t.Helper()
	files, err := readFolder(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var (
	baseURLLine = regexp.MustCompile(`(?m)^base_url = .*\n`)
	sealLine    = regexp.MustCompile(`(?m)^seal = .*\n`)
	anchorsPart = regexp.MustCompile(`(?s)\n\[anchors\]\n.*?(\n\[|$)`)
)

// ownContent is a copy of the real content that knows no address, so that tests can give it one, and
// neither a seal nor names of headings, so that they can add records and headings.
func ownContent() (fstest.MapFS, error) {
	content, err := readFolder(folder("content"))
	if err == nil {
		edition := content["handbook.toml"]
		edition.Data = baseURLLine.ReplaceAll(edition.Data, nil)
		list := content["published.toml"]
		list.Data = anchorsPart.ReplaceAll(sealLine.ReplaceAll(list.Data, nil), []byte("$1"))
	}
	return content, err
}

// contentCopy returns a copy of the real content that a test may change.
func contentCopy(t testing.TB) fstest.MapFS {
	t.Helper()
	content, err := ownContent()
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// edited returns the real content with one text replaced.
func edited(t testing.TB, file, old, new string) fstest.MapFS {
	t.Helper()
	content := contentCopy(t)
	edit(t, content, file, old, new)
	return content
}

// edit replaces the first occurrence of a text in a file.
func edit(t testing.TB, files fstest.MapFS, file, old, new string) {
	t.Helper()
	if files[file] == nil || !strings.Contains(string(files[file].Data), old) {
		t.Fatalf("%s: no %q", file, old)
	}
	files[file].Data = []byte(strings.Replace(string(files[file].Data), old, new, 1))
}

// lineOf returns the number of the first line with a text in it.
func lineOf(t testing.TB, files fstest.MapFS, file, text string) int {
	t.Helper()
	before, _, ok := strings.Cut(string(files[file].Data), text)
	if !ok {
		t.Fatalf("%s: no %q", file, text)
	}
	return 1 + strings.Count(before, "\n")
}

func buildContent(t testing.TB, content fs.FS) published {
	t.Helper()
	return sources{content: content}.mustBuild(t)
}

// An edition is a site that was built, with its pages parsed.
type edition struct {
	sources  sources
	site     *site.Site
	handbook *handbook.Handbook
	files    published
	pages    map[string]*page
	progress []string
}

func newEdition(s sources) (*edition, error) {
	e := &edition{sources: s}
	var err error
	if e.site, err = s.loadSound(); err != nil {
		return nil, err
	}
	e.handbook = e.site.Handbook
	e.files, err = build(e.site, func(done, total int) { e.progress = append(e.progress, fmt.Sprintf("%d/%d", done, total)) })
	if err != nil {
		return nil, err
	}
	e.pages, err = parsePages(e.files)
	return e, err
}

var (
	offlineEdition = sync.OnceValues(func() (*edition, error) { return newEdition(sources{}) })
	webEdition     = sync.OnceValues(func() (*edition, error) {
		return newEdition(sources{options: site.Options{BaseURL: "https://example.jp/tebiki"}})
	})
	englishEdition = sync.OnceValues(func() (*edition, error) { return newEdition(english(folder("generator/testdata/english"))) })
)

// offline returns the site of the real content, built for no particular address.
func offline(t testing.TB) *edition { return get(t, offlineEdition) }

// web returns the same built for webEdition's address.
func web(t testing.TB) *edition { return get(t, webEdition) }

func get(t testing.TB, e func() (*edition, error)) *edition {
	t.Helper()
	built, err := e()
	if err != nil {
		t.Fatal(err)
	}
	return built
}

func (e *edition) page(t testing.TB, address string) *page {
	t.Helper()
	p, ok := e.pages[address]
	if !ok {
		t.Fatalf("no page %s", address)
	}
	return p
}

// each runs a test for every page, in order.
func (e *edition) each(t *testing.T, test func(t *testing.T, p *page)) {
	for _, address := range slices.Sorted(maps.Keys(e.pages)) {
		t.Run(address, func(t *testing.T) { test(t, e.pages[address]) })
	}
}

// file makes a file of the site alone; it is empty when there is none.
func (s sources) file(t testing.TB, address string) string {
	t.Helper()
	loaded, err := s.loadSound()
	if err != nil {
		t.Fatal(err)
	}
	data, err := loaded.File(address)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// ownWords returns the words of the real content.
func ownWords(t testing.TB) *words.Words {
	t.Helper()
	uses, err := words.Uses(folder("layouts"))
	if err != nil {
		t.Fatal(err)
	}
	w, _, err := words.Load(folder("content"), uses)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// All that a build writes is known as ours by the next one.
func TestForeign(t *testing.T) {
	for name, e := range map[string]*edition{"offline": offline(t), "web": web(t), "English": kitchen(t)} {
		old := fstest.MapFS{"CNAME": {}, ".well-known/proof.txt": {}, "measures/.DS_Store": {}}
		for address, data := range e.files {
			old[address] = &fstest.MapFile{Data: data}
		}
		got, err := site.Foreign(old)
		if want := []string{".well-known/proof.txt", "CNAME"}; err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: got %q and %v, want %q", name, got, err, want)
		}
	}
}
