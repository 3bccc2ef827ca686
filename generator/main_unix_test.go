//go:build unix

package main

import (
	"os"
	"syscall"
	"testing"
)

// What is no plain file is told, and nobody waits for it: to open a pipe is to wait for who writes.
func TestNoPlainFiles(t *testing.T) {
	enterProject(t)
	const notPlain = "ふつうのファイルではありません（パイプ、ソケット、装置、フォルダーは読めません。ふつうのファイルに替えるか、消してください）"
	for name, kind := range map[string]string{
		"content/measures/pipe.md":   "pipe",
		"content/ui.toml":            "pipe",
		"content/share.png":          "pipe",
		"content/published.toml":     "folder",
		"content/pages/device.md":    "device",
		"content/survey/device.toml": "device",
	} {
		t.Run(name, func(t *testing.T) {
			before, err := os.ReadFile(name)
			missing := err != nil
			if err := os.RemoveAll(name); err != nil {
				t.Fatal(err)
			}
			switch kind {
			case "pipe":
				err = syscall.Mkfifo(name, 0o644)
			case "folder":
				err = os.Mkdir(name, 0o755)
			case "device":
				err = os.Symlink("/dev/zero", name)
			}
			if err != nil {
				t.Fatal(err)
			}
			invoke("check").want(t, outcome{exitProblems, "", name + ":1: " + notPlain + "\n直すところが 1 か所あります。\n"})
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
			if !missing {
				write(t, name, string(before))
			}
		})
	}
	if err := os.Symlink("nowhere.md", "content/threats/lost.md"); err != nil {
		t.Fatal(err)
	}
	invoke("check").want(t, outcome{exitProblems, "", "content/threats/lost.md:1: このリンクの先がありません（リンクを直すか、消してください）\n直すところが 1 か所あります。\n"})
	if err := os.Remove("content/threats/lost.md"); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"layouts/pipe.html":      "layouts: read pipe.html: ",
		"static/icons/pipe.svg":  "static: read icons/pipe.svg: ",
		"static/images/pipe.png": "static: read images/pipe.png: ",
	} {
		if err := syscall.Mkfifo(name, 0o644); err != nil {
			t.Fatal(err)
		}
		invoke("check").want(t, outcome{exitFailure, "", "generator: " + want + notPlain + "\n"})
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
}

// What systems and editors leave among layouts and assets is neither read nor published.
func TestLeftovers(t *testing.T) {
	enterProject(t)
	build(t)
	built := tree(t, "public")
	for _, name := range []string{"static/images/.DS_Store", "static/images/Thumbs.db", "static/icons/desktop.ini", "layouts/base.html~", "layouts/parts/#head.html#", "layouts/4913", "content/Desktop.ini", "content/terms/~$vpn.md"} {
		write(t, name, "{{")
	}
	for _, name := range []string{"layouts/.#base.html", "content/pages/.#about.md", "static/data/.#a"} { // locks of Emacs lead nowhere
		if err := os.Symlink("somebody@somewhere.1", name); err != nil {
			t.Fatal(err)
		}
	}
	build(t)
	wantTree(t, "public", built)
}
