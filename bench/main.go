// Command bench measures the generator beside Hugo on the same pages, and on the real site.
//
// It makes content of several sizes out of the real one, exports it to a Hugo site, builds both and
// compares their pages. Then it runs all commands in turn, round after round, and prints ratios of
// runs of the same round: they hold where seconds do not, on a machine that has other things to do.
//
// Each run writes into a new folder, and all are deleted at the end: after thousands of files were
// deleted, ext4 is slower for minutes to create others, whoever does it.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

const (
	bin  = "bench/.bin" // programs
	hugo = bin + "/hugo"
)

var realSite = project{"content", "layouts", "static"}

func main() {
	if err := command(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// command carries out the command line. make and pages are run by the bench itself, as processes of
// their own.
func command() error {
	if len(os.Args) == 4 && os.Args[1] == "make" {
		pages, err := strconv.Atoi(os.Args[2])
		if err != nil {
			return err
		}
		return makePages(pages, os.Args[3])
	}
	if len(os.Args) > 1 && os.Args[1] == "pages" {
		return pagesOnly(os.Args[2:])
	}
	sizes := flag.String("pages", "150,1500,15000", "about how many `pages` to make, several apart by commas")
	rounds := flag.Int("rounds", 5, "how often everything is run")
	edits := flag.Int("edits", 50, "how often a file is changed while the site is served")
	before := flag.String("before", "", "a `revision` of the repository whose build of the real site is measured, too")
	dir := flag.String("work", "bench/.work", "the `folder` to write into, perhaps on a file system in memory")
	flag.Parse()

	if _, err := os.Stat(hugo); err != nil {
		return errors.New("there is no " + hugo + " (make bench installs it)")
	}
	if err := os.MkdirAll(*dir, 0o777); err != nil {
		return err
	}
	work, err := os.MkdirTemp(*dir, "run-")
	if err != nil {
		return err
	}
	if work, err = filepath.Abs(work); err != nil { // Hugo takes its output to lie below its source
		return err
	}
	if err := run(work, *sizes, *rounds, *edits, *before); err != nil {
		return fmt.Errorf("%w\n%s is left to be looked at", err, work)
	}
	return os.RemoveAll(work)
}

func run(work, sizes string, rounds, edits int, before string) error {
	program, err := buildGenerator(".", "generator")
	if err != nil {
		return err
	}
	var subjects []*subject
	for size := range strings.SplitSeq(sizes, ",") {
		pages, err := strconv.Atoi(size)
		if err != nil {
			return err
		}
		s, err := equalPages(program, filepath.Join(work, size), pages)
		if err != nil {
			return fmt.Errorf("%d pages: %w", pages, err)
		}
		if len(subjects) > 0 {
			s.smaller = subjects[len(subjects)-1]
		}
		subjects = append(subjects, s)
	}
	s, err := realPages(program, filepath.Join(work, "real"), before)
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
	fmt.Printf("%d rounds on %d cores%s; medians, with the least and the most\n", rounds, runtime.NumCPU(), fileSystem(work))
	return report(os.Stdout, subjects)
}

// fileSystem says what a folder lies on, if it is one of the usual.
func fileSystem(folder string) string {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return ""
	}
	switch s.Type {
	case 0xef53:
		return ", files on ext4"
	case 0x01021994:
		return ", files in memory (tmpfs)"
	}
	return ""
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
