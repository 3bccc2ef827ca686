package site

import (
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"

	"tebiki/generator/source"
)

// Assets are what the pages take from the static folder.
type Assets struct {
	icons map[string]template.HTML // inline SVG by file name
	files map[string][]byte        // images and data, by address

	scripts func() (scripts, error)
}

// scripts are the bundled styles and scripts.
type scripts struct {
	files  map[string][]byte // by address
	style  string            // address of the stylesheet of every page
	script string            // address of the script of every page but that of the companies

	workspace string // address of the script of that page, which is larger

	extras map[string]extra // by the name of their entry, what some pages have besides

	// Names of the scripts that are loaded when a reader searches: the search itself, and what it
	// needs besides for a large index.
	search, pieces string

	assign string // name of the script for giving owner and due date to several measures at once
	carry  string // name of the script that takes answers along to another page

	saveTable, readTable string // names of the scripts that make tables for spreadsheets, and read them

	worker []byte // the service worker, without what it knows of the site
}

// An extra is the stylesheet and the script, by their addresses, that some pages have besides those
// of every page; "" where it has none.
type extra struct{ style, script string }

const (
	formExtra     = "forms"    // what readers fill in for others
	showExtra     = "show"     // documents that are made from the answers
	calendarExtra = "calendar" // the calendar that is made from them
	compareExtra  = "compare"  // what sets answers beside others
	matrixExtra   = "matrix"   // the table of measures, threats and methods, which has no script
	offlineExtra  = "offline"  // the copy of the site that a browser keeps
	embedExtra    = "embed"    // pages in other sites' frames, which have nothing besides
	linkingExtra  = "linking"  // what other sites copy
)

var extras = []string{formExtra, showExtra, calendarExtra, compareExtra, matrixExtra, linkingExtra, embedExtra, offlineExtra}

// stylesheet holds the styles of every page.
const stylesheet = "main.css"

// ReadAssets reads the static folder. Styles and scripts are bundled when a row first asks for
// their names, or Compile is called.
func ReadAssets(static fs.FS) (*Assets, error) {
	static = source.Plain(static)
	a := &Assets{icons: map[string]template.HTML{}, files: map[string][]byte{}}
	a.scripts = sync.OnceValues(func() (scripts, error) { return compile(static) })
	// Of a folder that is another one, the icons of the content would seem to be missing.
	if _, err := fs.Stat(static, stylesheet); err != nil {
		return nil, fmt.Errorf("static: %w", err)
	}
	err := eachFile(static, "icons", func(name string, data []byte) {
		a.icons[strings.TrimSuffix(path.Base(name), ".svg")] = inline(string(data))
	})
	if err != nil {
		return nil, err
	}
	for _, folder := range []string{imageFolder, dataFolder} {
		err := eachFile(static, folder, func(name string, data []byte) { a.files[folder+"/"+path.Base(name)] = data })
		if err != nil {
			return nil, err
		}
	}
	return a, nil
}

// inline returns an SVG as an icon in a page. The drawing says nothing that the words beside it do not say.
func inline(svg string) template.HTML {
	return template.HTML(strings.Replace(strings.TrimSpace(svg), "<svg ", `<svg class="icon" aria-hidden="true" focusable="false" `, 1))
}

// drawing returns what the content calls by a name, "" when there is none: a drawing of its own, else one of
// static/icons. What layouts show themselves stays as it is, whatever the content calls its own.
func (b *builder) drawing(name string) template.HTML {
	if own := b.Handbook.Icons[name]; own != "" {
		return inline(strings.Replace(own, "<svg ", `<svg width="24" height="24" `, 1))
	}
	return b.assets.icons[name]
}

// assetRows are the files of the static folder that are published as they are, but for the mark of a
// handbook that brings its own.
func (b *builder) assetRows() []Row {
	files := b.assets.files
	if b.Handbook.Mark != "" {
		files = maps.Clone(files)
		maps.DeleteFunc(files, func(address string, _ []byte) bool { return strings.HasPrefix(address, imageFolder+"/icon") })
		files[markAddress] = []byte(b.Handbook.Mark)
		if b.Handbook.MarkPNG != nil {
			files[largeMark] = b.Handbook.MarkPNG
		}
	}
	return rowsOf(files)
}

// Compile starts bundling styles and scripts, which takes a while, in the background.
func (a *Assets) Compile() { go a.scripts() }

// scriptBundle is styles and scripts, whose addresses change with what they hold.
func (a *Assets) scriptBundle() Bundle {
	return Bundle{Folders: []string{assetFolder}, Rows: func() ([]Row, error) {
		made, err := a.scripts()
		return rowsOf(made.files), err
	}}
}

// compile bundles the styles and scripts of every page, of the page of the companies, the extras, and
// the scripts that are loaded on first use. Whatever esbuild warns of is an error: it is a fault in our own sources.
func compile(static fs.FS) (scripts, error) {
	entries := []string{stylesheet, "main.ts", "workspace.ts", "checklist/assign.ts", "show/carry.ts", "excel/save.ts", "excel/read.ts", "search/search.ts", "search/pieces.ts", "offline/worker.ts"}
	for _, extra := range extras {
		for _, entry := range []string{extra + ".css", extra + ".ts"} {
			if _, err := fs.Stat(static, entry); err == nil {
				entries = append(entries, entry)
			}
		}
	}
	result := api.Build(api.BuildOptions{
		EntryPoints:       entries,
		EntryNames:        "[name]-[hash]",
		Bundle:            true,
		Outdir:            "/" + assetFolder,
		Write:             false,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Charset:           api.CharsetUTF8,
		LegalComments:     api.LegalCommentsNone,
		// An IIFE: Chromium and Firefox refuse module scripts on file:// pages.
		Format: api.FormatIIFE,
		// The floor, which README.md and about.html tell: the browsers of spring 2024. Newer functions
		// of the language are kept out by static/tsconfig.json; browsers that are older are told by
		// old-browser.css.
		Target:  api.ES2023,
		Engines: []api.Engine{{Name: api.EngineChrome, Version: "124"}, {Name: api.EngineEdge, Version: "124"}, {Name: api.EngineFirefox, Version: "125"}, {Name: api.EngineSafari, Version: "17.5"}},
		Plugins: []api.Plugin{readFrom(static)},
	})
	if messages := append(result.Errors, result.Warnings...); len(messages) > 0 {
		return scripts{}, fmt.Errorf("static: %s", strings.Join(api.FormatMessages(messages, api.FormatMessagesOptions{}), "\n"))
	}
	made := scripts{files: map[string][]byte{}, extras: map[string]extra{}}
	for _, file := range result.OutputFiles {
		address := assetFolder + "/" + path.Base(strings.ReplaceAll(file.Path, `\`, "/"))
		made.files[address] = file.Contents
		name := strings.TrimSuffix(path.Base(address), path.Ext(address))
		entry, _, _ := strings.Cut(name, "-")
		if slices.Contains(extras, entry) {
			one := made.extras[entry]
			if path.Ext(address) == ".css" {
				one.style = address
			} else {
				one.script = address
			}
			made.extras[entry] = one
			continue
		}
		switch entry + path.Ext(address) {
		case "worker.js":
			made.worker = file.Contents
			delete(made.files, address)
		case stylesheet:
			made.style = address
		case "main.js":
			made.script = address
		case "workspace.js":
			made.workspace = address
		case "assign.js":
			made.assign = name
		case "carry.js":
			made.carry = name
		case "save.js":
			made.saveTable = name
		case "read.js":
			made.readTable = name
		case "pieces.js":
			made.pieces = name
		case "search.js":
			made.search = name
		}
	}
	return made, nil
}

func eachFile(fsys fs.FS, folder string, use func(name string, data []byte)) error {
	names, err := fs.Glob(fsys, folder+"/*")
	if err != nil {
		return err
	}
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return fmt.Errorf("static: %w", err)
		}
		use(name, data)
	}
	return nil
}

// readFrom lets esbuild read its sources from a file system in memory or on disk, so that the build
// depends on nothing but what it is given.
func readFrom(fsys fs.FS) api.Plugin {
	return api.Plugin{Name: "static", Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			name := path.Clean(args.Path)
			if args.Kind != api.ResolveEntryPoint {
				name = path.Join(path.Dir(args.Importer), args.Path)
			}
			return api.OnResolveResult{Path: name, Namespace: "static"}, nil
		})
		build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "static"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			data, err := fs.ReadFile(fsys, args.Path)
			if err != nil {
				return api.OnLoadResult{}, err
			}
			text, loader := string(data), api.LoaderTS
			if path.Ext(args.Path) == ".css" {
				loader = api.LoaderCSS
			}
			return api.OnLoadResult{Contents: &text, Loader: loader}, nil
		})
	}}
}
