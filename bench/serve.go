package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"
)

// serveDelays starts the server of a project, edits the text of one measure again and again, and
// returns how long it took each time from the file being written to the page showing it. The server
// is asked once for each change: its answer has to show it. A slow server is asked less often.
func serveDelays(program string, p project, edits int) ([]time.Duration, error) {
	command := exec.Command(program, p.args(program, "serve", "-addr", "localhost:0")[1:]...)
	stdout, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	defer func() {
		command.Process.Kill()
		command.Wait() // says that it was killed
	}()
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("serve: %w", err)
	}
	files, err := filepath.Glob(filepath.Join(p.content, "measures", "*.md"))
	if err != nil || len(files) == 0 {
		return nil, errors.Join(err, fmt.Errorf("%s: no measures", p.content))
	}
	file := files[0]
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	page := regexp.MustCompile(`http://\S+/`).FindString(line) + "measures/" + slug(file) + ".html"
	if _, err := get(page); err != nil {
		return nil, err
	}

	var delays []time.Duration
	for i, begin := 0, time.Now(); i < edits && (i == 0 || time.Since(begin) < 20*time.Second); i++ {
		// An editor's pause; the clock of the file system also needs some milliseconds to go on.
		time.Sleep(50 * time.Millisecond)
		mark := fmt.Sprintf("印その%d番。", i)
		if err := os.WriteFile(file, fmt.Appendf(nil, "%s\n%s\n", text, mark), 0o666); err != nil {
			return nil, err
		}
		start := time.Now()
		body, err := get(page)
		if err != nil {
			return nil, err
		}
		delays = append(delays, time.Since(start))
		if !bytes.Contains(body, []byte(mark)) {
			return nil, fmt.Errorf("%s does not show what was written into %s", page, file)
		}
	}
	return delays, os.WriteFile(file, text, 0o666)
}

func get(address string) ([]byte, error) {
	response, err := http.Get(address)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s\n%s", address, response.Status, body)
	}
	return body, err
}
