package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
)

// A project is what the generator makes a site of.
type project struct{ content, layouts, static string }

// buildGenerator compiles the generator and returns the program.
func buildGenerator(folder string) (string, error) {
	program := filepath.Join(folder, "generator")
	if messages, err := exec.Command("go", "build", "-o", program, "./generator").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build ./generator: %w\n%s", err, messages)
	}
	return program, nil
}

// args is a command line of the generator for the project.
func (p project) args(program, command string, more ...string) []string {
	return append([]string{program, command, "-content", p.content, "-layouts", p.layouts, "-static", p.static}, more...)
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
