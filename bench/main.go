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
	"os/exec"
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
	if err := command(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func command() error {
	if len(os.Args) == 4 && os.Args[1] == "make" {
		pages, err := strconv.Atoi(os.Args[2])
		if err != nil {
			return err
		}
		return makePages(pages, os.Args[3])
	}
	sizes := flag.String("pages", "150,1500,15000", "about how many `pages` to make, several apart by commas")
	rounds := flag.Int("rounds", 5, "how often everything is run")
	edits := flag.Int("edits", 50, "how often a file is changed while the site is served")
	before := flag.String("before", "", "a `revision` of the repository whose build of the real site is measured, too")
	flag.Parse()
	return run(*sizes, *rounds, *edits, *before)
}

func run(sizes string, rounds, edits int, before string) error {
	if _, err := os.Stat(hugo); err != nil {
		return errors.New("there is no " + hugo + " (make bench installs it)")
	}
	if err := os.RemoveAll(work); err != nil {
		return err
	}
	if err := os.MkdirAll(work, 0o777); err != nil {
		return err
	}
	program, err := buildGenerator(".", work)
	if err != nil {
		return err
	}
	var subjects []*subject
	for size := range strings.SplitSeq(sizes, ",") {
		pages, err := strconv.Atoi(size)
		if err != nil {
			return err
		}
		s, err := equalPages(program, pages)
		if err != nil {
			return fmt.Errorf("%d pages: %w", pages, err)
		}
		subjects = append(subjects, s)
	}
	s, err := realPages(program, before)
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

// in returns the project that makePages leaves in a folder.
func in(folder string) project {
	return project{filepath.Join(folder, "content"), filepath.Join(folder, "layouts"), filepath.Join(folder, "static")}
}

// makePages writes into folder a project of about so many pages, and the same for Hugo.
func makePages(pages int, folder string) error {
	content, err := readEdition(realSite.content)
	if err != nil {
		return err
	}
	large, err := enlarge(content, pages)
	if err != nil {
		return err
	}
	p := in(folder)
	return errors.Join(
		write(large, p.content),
		writeLayouts(realSite.layouts, "bench/layouts", p.layouts),
		writeStatic(realSite.static, p.static),
		export(large, "bench/hugo", realSite.static, filepath.Join(folder, "hugo")),
	)
}

// equalPages makes the project of a size and makes sure that the generator and Hugo build the same
// pages of it.
func equalPages(program string, pages int) (*subject, error) {
	folder := filepath.Join(work, strconv.Itoa(pages))
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	// In a process of its own, for it takes memory: see ownPeak.
	if messages, err := exec.Command(self, "make", strconv.Itoa(pages), folder).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, messages)
	}
	ours := filepath.Join(folder, "public")
	theirs, err := filepath.Abs(filepath.Join(folder, "hugo-public")) // else it would lie below the source
	if err != nil {
		return nil, err
	}
	build := runner{name: "Hugo", out: theirs, args: []string{hugo, "build", "--source", filepath.Join(folder, "hugo"), "--destination", theirs, "--noBuildLock", "--quiet"}}
	s := &subject{project: in(folder), costs: map[string][]cost{}}
	s.runners = append(s.project.runners(program, ours, build.name), build)
	for _, r := range []runner{s.runners[0], build} {
		if _, err := r.run(); err != nil {
			return nil, err
		}
	}
	our, their, err := compare(ours, theirs)
	if err != nil {
		return nil, err
	}
	s.pages = our.pages
	s.title = fmt.Sprintf("%d pages, %.1f MB (Hugo: %d, %.1f MB), equal in text and links", our.pages, float64(our.bytes)/1e6, their.pages, float64(their.bytes)/1e6)
	return s, nil
}

// realPages are the real site, with its content copied, for it is edited while it is served. If a
// revision is named, the site that it built is made beside it.
func realPages(program, before string) (*subject, error) {
	p := realSite
	p.content = filepath.Join(work, "real/content")
	if err := os.CopyFS(p.content, os.DirFS(realSite.content)); err != nil {
		return nil, err
	}
	s := &subject{project: p, costs: map[string][]cost{}}
	out, earlier := filepath.Join(work, "real/public"), ""
	if before != "" {
		earlier = "build of " + before
		r, err := earlierBuild(before, filepath.Join(work, "before"))
		if err != nil {
			return nil, err
		}
		r.name = earlier
		s.runners = append(s.runners, r)
	}
	s.runners = append(s.runners, p.runners(program, out, earlier)...)
	for _, r := range s.runners {
		if _, err := r.run(); err != nil {
			return nil, err
		}
	}
	var made output
	if _, err := pagesIn(os.DirFS(out), &made); err != nil {
		return nil, err
	}
	s.pages = made.pages
	s.title = fmt.Sprintf("the real site: %d pages, %.1f MB", made.pages, float64(made.bytes)/1e6)
	return s, nil
}
