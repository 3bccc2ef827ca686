package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// A subject is content with the commands that are measured on it.
type subject struct {
	project
	title   string
	pages   int
	smaller *subject // of the same layouts; nil for none

	folder  string            // of its outputs
	outputs int               // so far
	runners []runner          // each writes into a folder of its own
	rebuild []runner          // one after the other into one folder
	costs   map[string][]cost // by the runner's name, one for each round

	delays []time.Duration // of the server
	bound  time.Duration   // that their median is to keep; 0 for none
}

// newOutput returns a folder that does not exist yet.
func (s *subject) newOutput() string {
	s.outputs++
	return filepath.Join(s.folder, "out", strconv.Itoa(s.outputs))
}

// equalPages makes the project of a size in folder and makes sure that the generator and Hugo build
// the same pages of it.
func equalPages(program, folder string, pages int) (*subject, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	// In a process of its own, for it takes memory: see ownPeak.
	if messages, err := exec.Command(self, "make", strconv.Itoa(pages), folder).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, messages)
	}
	s := &subject{project: in(folder), folder: folder, costs: map[string][]cost{}}
	if pages <= 1500 {
		s.bound = 50 * time.Millisecond
	}
	theirs := runner{name: "Hugo", into: "--destination", args: []string{hugo, "build", "--source", filepath.Join(folder, "hugo"), "--noBuildLock", "--quiet"}}
	alone := runner{name: "pages", of: theirs.name, into: "-out", args: s.args(self, "pages")}
	build := runner{name: "build", of: theirs.name, into: "-out", args: s.args(program, "build")}
	s.runners, s.rebuild = []runner{alone, build, s.check(program), theirs}, rebuild(build)

	hugoOut := s.newOutput()
	if _, err := theirs.run(hugoOut); err != nil {
		return nil, err
	}
	for _, r := range []runner{alone, build} {
		out := s.newOutput()
		if _, err := r.run(out); err != nil {
			return nil, err
		}
		our, their, err := compare(out, hugoOut)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.name, err)
		}
		s.pages = our.pages
		s.title = fmt.Sprintf("%d pages, %.1f MB (Hugo: %d, %.1f MB), equal in text and links",
			our.pages, float64(our.bytes)/1e6, their.pages, float64(their.bytes)/1e6)
	}
	return s, nil
}

// realPages are the real site, with its content copied, for it is edited while it is served. If a
// revision is named, the site that it built is made beside it.
func realPages(program, folder, before string) (*subject, error) {
	p := realSite
	p.content = filepath.Join(folder, "content")
	if err := os.CopyFS(p.content, os.DirFS(realSite.content)); err != nil {
		return nil, err
	}
	s := &subject{project: p, folder: folder, costs: map[string][]cost{}, bound: 30 * time.Millisecond}
	build := runner{name: "build", into: "-out", args: s.args(program, "build")}
	if before != "" {
		earlier, err := earlierBuild(before, filepath.Join(folder, "before"))
		if err != nil {
			return nil, err
		}
		build.of = earlier.name
		s.runners = append(s.runners, earlier)
	}
	s.runners, s.rebuild = append(s.runners, build, s.check(program)), rebuild(build)
	out := s.newOutput()
	if _, err := build.run(out); err != nil {
		return nil, err
	}
	var made size
	if _, err := pagesIn(os.DirFS(out), &made); err != nil {
		return nil, err
	}
	s.pages = made.pages
	s.title = fmt.Sprintf("the real site: %d pages, %.1f MB", made.pages, float64(made.bytes)/1e6)
	return s, nil
}
