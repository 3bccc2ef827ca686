package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// A project is what the generator makes a site of.
type project struct{ content, layouts, static string }

// buildGenerator compiles the generator of a source tree into folder and returns the program.
func buildGenerator(tree, folder string) (string, error) {
	program, err := filepath.Abs(filepath.Join(folder, "generator"))
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

// args is a command line of the generator for the project.
func (p project) args(program, command string, more ...string) []string {
	return append([]string{program, command, "-content", p.content, "-layouts", p.layouts, "-static", p.static}, more...)
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
	program, err := buildGenerator(tree, folder)
	out := filepath.Join(folder, "public")
	return runner{out: out, args: in(tree).args(program, "build", "-out", out)}, err
}

// runners are the generator's commands to be measured on a project. A build is compared with that of
// another program, if one is named.
func (p project) runners(program, out, other string) []runner {
	return []runner{
		{name: "build", of: other, out: out, args: p.args(program, "build", "-out", out)},
		{name: "build again", of: "build", out: out, again: true, args: p.args(program, "build", "-out", out)},
		{name: "check", of: "build", args: p.args(program, "check")},
	}
}
