package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/review"
	"tebiki/generator/source"
)

// diff prints what differs between two states of the content.
func (p project) diff(stdout, stderr io.Writer) (int, error) {
	var states [2]*handbook.Handbook
	var contents [2]fs.FS
	for i, name := range p.args {
		content, err := p.state(name)
		if err != nil {
			return exitFailure, err
		}
		h, problems, err := handbook.Load(content, time.Now(), handbook.Said{Partial: true})
		if err != nil {
			return exitFailure, fmt.Errorf("%s: %w", name, err)
		}
		// An older state kept older rules.
		if !source.Publishable(problems) {
			fmt.Fprintf(stderr, "%s: 注意: いまの決まりでは、直すところがあります。読めたところだけを比べます。\n", name)
		}
		states[i], contents[i] = h, content
	}
	c := review.Compare(states[0], states[1])
	if err := c.CompareFiles(contents[0], contents[1]); err != nil {
		return exitFailure, err
	}
	switch {
	case c.Same():
		fmt.Fprintln(stderr, "違いはありません。")
	case p.draft:
		fmt.Fprint(stdout, c.Draft(time.Now()))
		if len(c.Files) > 0 {
			fmt.Fprintln(stderr, "注意: ほかに変わったファイルは、下書きに入っていません。読む人に伝えることがあれば、書き足してください。")
		}
		for _, f := range c.Files {
			fmt.Fprintf(stderr, "  %s\n", f)
		}
	default:
		fmt.Fprint(stdout, c)
	}
	return exitFine, nil
}

// state returns a state of the content: a folder, or what stood in the folder of the content at a
// revision of git.
func (p project) state(name string) (fs.FS, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		// A copy of the whole project has the content in a folder.
		if below := filepath.Join(name, "content"); !exists(filepath.Join(name, "handbook.toml")) && exists(filepath.Join(below, "handbook.toml")) {
			name = below
		}
		return os.DirFS(name), nil
	}
	if _, err := exec.LookPath("git"); err != nil {
		return nil, fmt.Errorf("%s というフォルダーはありません。git の版なら、git を入れてから試してください", name)
	}
	commit, err := p.git("rev-parse", "--verify", "--quiet", "--end-of-options", name+"^{commit}")
	if err != nil {
		return nil, fmt.Errorf("%s というフォルダーも、git の版もありません", name)
	}
	// The archive is of the folder in which git runs, and of nothing beside it.
	archive, err := p.git("archive", "--format=zip", strings.TrimSpace(string(commit)))
	if err != nil {
		return nil, fmt.Errorf("%s の %s を git から取り出せません: %w", name, p.content, err)
	}
	return zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// git runs git in the folder of the content and returns what it says.
func (p project) git(args ...string) ([]byte, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir = p.content
	out, err := cmd.Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) && len(failed.Stderr) > 0 {
		return nil, errors.New(strings.TrimSpace(string(failed.Stderr)))
	}
	return out, err
}
