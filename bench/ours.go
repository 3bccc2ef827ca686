package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// A project is what the generator makes a site of.
type project struct{ content, layouts, static string }

// buildGenerator compiles the generator of a source tree and returns the program, which gets a name
// of its own.
func buildGenerator(tree, name string) (string, error) {
	program, err := filepath.Abs(filepath.Join(bin, name))
	if err != nil {
		return "", err
	}
	build := exec.Command("go", "build", "-o", program, "./generator")
	build.Dir = tree
	if messages, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%v: %w\n%s", build.Args, err, messages)
	}
	return program, nil
}

// args is a command line of the generator, or of pagesOnly, for the project.
func (p project) args(program, command string, more ...string) []string {
	return append([]string{program, command, "-content", p.content, "-layouts", p.layouts, "-static", p.static}, more...)
}

// check is the generator's check of the project.
func (p project) check(program string) runner {
	return runner{name: "check", of: "build", args: p.args(program, "check")}
}

// earlierBuild takes a revision of the project out of the repository and returns its build of the
// site that it had.
func earlierBuild(revision, folder string) (runner, error) {
	archive, tree := filepath.Join(folder, "before.tar"), filepath.Join(folder, "tree")
	if err := os.MkdirAll(tree, 0o777); err != nil {
		return runner{}, err
	}
	for _, command := range []*exec.Cmd{
		exec.Command("git", "archive", "--output", archive, revision),
		exec.Command("tar", "-xf", archive, "-C", tree),
	} {
		if messages, err := command.CombinedOutput(); err != nil {
			return runner{}, fmt.Errorf("%v: %w\n%s", command.Args, err, messages)
		}
	}
	program, err := buildGenerator(tree, "before")
	return runner{name: "build of " + revision, into: "-out", args: in(tree).args(program, "build")}, err
}

// rebuild are a build and the same again, to be run one after the other into one folder.
func rebuild(build runner) []runner {
	fresh, again := build, build
	fresh.name, fresh.of = "fresh build", ""
	again.name, again.of = "build again", fresh.name
	return []runner{fresh, again}
}
