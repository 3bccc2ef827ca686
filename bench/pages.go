package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"tebiki/generator/handbook"
	"tebiki/generator/heap"
	"tebiki/generator/output"
	"tebiki/generator/site"
	"tebiki/generator/source"
)

// pagesOnly builds the pages of a project and nothing else: no search index, no zip, no scripts and
// styles, and no link is followed. That is what Hugo does.
func pagesOnly(args []string) error {
	heap.Prepare() // as the generator does

	var p project
	flags := flag.NewFlagSet("pages", flag.ExitOnError)
	flags.StringVar(&p.content, "content", "", "")
	flags.StringVar(&p.layouts, "layouts", "", "")
	flags.StringVar(&p.static, "static", "", "")
	out := flags.String("out", "", "")
	flags.Parse(args)

	assets, err := site.ReadAssets(os.DirFS(p.static))
	if err != nil {
		return err
	}
	assets.Compile() // for each page names them
	layouts, err := site.ReadLayouts(os.DirFS(p.layouts))
	if err != nil {
		return err
	}
	s, problems, err := site.Load(new(handbook.Reader), os.DirFS(p.content), layouts, assets, time.Now(), site.Options{})
	if err != nil {
		return err
	}
	if !source.Publishable(problems) {
		return fmt.Errorf("%v", problems)
	}
	into, err := output.Open(*out)
	if err != nil {
		return err
	}
	defer into.Close()
	if err := writePages(s.Rows, into); err != nil {
		return err
	}
	_, err = into.Commit(func(fs.FS) bool { return false })
	return err
}

// writePages makes the pages among the rows on all cores.
func writePages(rows []site.Row, into *output.Folder) error {
	var group errgroup.Group
	pages := make(chan site.Row, len(rows))
	for _, row := range rows {
		if path.Ext(row.Address) == ".html" {
			pages <- row
		}
	}
	close(pages)
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() error {
			var page bytes.Buffer
			for row := range pages {
				page.Reset()
				if err := row.Make(&page); err != nil {
					return err
				}
				if err := into.Add(row.Address, page.Bytes()); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}
