// Command bench measures the generator beside Hugo on the same pages, and on the real site.
//
// It makes content of several sizes out of the real one, exports it to a Hugo site, builds both and
// compares their pages. Then it runs all commands in turn, round after round, and prints ratios of
// runs of the same round: they hold where seconds do not, on a machine that has other things to do.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// work holds what the bench makes; it stays, to be looked at.
const (
	work = "bench/.work"
	hugo = "bench/.bin/hugo"
)

var realSite = project{"content", "layouts", "static"}

func main() {
	sizes := flag.String("pages", "150,1500,15000", "about how many `pages` to make, several apart by commas")
	rounds := flag.Int("rounds", 5, "how often everything is run")
	edits := flag.Int("edits", 50, "how often a file is changed while the site is served")
	flag.Parse()
	if err := run(*sizes, *rounds, *edits); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(sizes string, rounds, edits int) error {
	if _, err := os.Stat(hugo); err != nil {
		return errors.New("there is no " + hugo + " (make bench installs it)")
	}
	if err := os.RemoveAll(work); err != nil {
		return err
	}
	if err := os.MkdirAll(work, 0o777); err != nil {
		return err
	}
	program, err := buildGenerator(work)
	if err != nil {
		return err
	}
	content, err := readEdition(realSite.content)
	if err != nil {
		return err
	}
	var subjects []*subject
	for size := range strings.SplitSeq(sizes, ",") {
		pages, err := strconv.Atoi(size)
		if err != nil {
			return err
		}
		s, err := equalPages(program, content, pages)
		if err != nil {
			return fmt.Errorf("%d pages: %w", pages, err)
		}
		subjects = append(subjects, s)
	}
	s, err := realPages(program)
	if err != nil {
		return err
	}
	subjects = append(subjects, s)

	if err := measure(subjects, rounds); err != nil {
		return err
	}
	for _, s := range subjects {
		if s.delays, err = serveDelays(program, s.project, edits); err != nil {
			return err
		}
	}
	return report(os.Stdout, subjects)
}

// equalPages makes content of about so many pages and the same for Hugo, and makes sure that both
// build the same pages of it.
func equalPages(program string, content edition, pages int) (*subject, error) {
	folder := filepath.Join(work, strconv.Itoa(pages))
	in := func(name string) string { return filepath.Join(folder, name) }
	p := project{in("content"), in("layouts"), in("static")}
	if err := enlarge(content, pages, p.content); err != nil {
		return nil, err
	}
	if err := writeLayouts(realSite.layouts, "bench/layouts", p.layouts); err != nil {
		return nil, err
	}
	if err := writeStatic(realSite.static, p.static); err != nil {
		return nil, err
	}
	large, err := readEdition(p.content)
	if err != nil {
		return nil, err
	}
	if err := export(large, "bench/hugo", realSite.static, in("hugo")); err != nil {
		return nil, err
	}

	destination, err := filepath.Abs(in("hugo-public"))
	if err != nil {
		return nil, err
	}
	hugoBuild := runner{name: "Hugo", out: destination, args: []string{hugo, "build", "--source", in("hugo"), "--destination", destination, "--noBuildLock", "--quiet"}}
	s := &subject{project: p, runners: append(p.runners(program, in("public"), "Hugo"), hugoBuild), costs: map[string][]cost{}}
	for _, r := range s.runners {
		if _, err := r.run(); err != nil {
			return nil, err
		}
	}
	ours, theirs, err := compare(in("public"), destination)
	if err != nil {
		return nil, err
	}
	s.pages = ours.pages
	s.title = fmt.Sprintf("%d pages, %.1f MB (Hugo: %d, %.1f MB), equal in text and links", ours.pages, float64(ours.bytes)/1e6, theirs.pages, float64(theirs.bytes)/1e6)
	return s, nil
}

// realPages are the real site, with its content copied, for it is edited while it is served.
func realPages(program string) (*subject, error) {
	p := realSite
	p.content = filepath.Join(work, "real/content")
	if err := os.CopyFS(p.content, os.DirFS(realSite.content)); err != nil {
		return nil, err
	}
	out := filepath.Join(work, "real/public")
	s := &subject{project: p, runners: p.runners(program, out, ""), costs: map[string][]cost{}}
	if _, err := s.runners[0].run(); err != nil {
		return nil, err
	}
	var made output
	if _, err := pagesIn(os.DirFS(out), &made); err != nil {
		return nil, err
	}
	s.pages = made.pages
	s.title = fmt.Sprintf("the real site: %d pages, %.1f MB", made.pages, float64(made.bytes)/1e6)
	return s, nil
}
