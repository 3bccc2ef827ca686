package main

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
)

// visitedAt returns the address at which this machine opens what listens at another, and those at which
// the others of its network do, if they can.
func visitedAt(listening net.Addr) (here string, elsewhere []string) {
	bound, err := netip.ParseAddrPort(listening.String())
	if err != nil || !bound.Addr().IsUnspecified() {
		return "http://" + listening.String() + "/", nil
	}
	port := strconv.Itoa(int(bound.Port()))
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		addresses = nil // it is only not told
	}
	for _, address := range addresses {
		prefix, err := netip.ParsePrefix(address.String())
		if err == nil && prefix.Addr().Is4() && prefix.Addr().IsPrivate() {
			elsewhere = append(elsewhere, "http://"+net.JoinHostPort(prefix.Addr().String(), port)+"/")
		}
	}
	return "http://localhost:" + port + "/", elsewhere
}

// openBrowser opens an address in the browser that the system has for it.
func openBrowser(address string) error {
	command := browserCommand(runtime.GOOS, address)
	program := exec.Command(command[0], command[1:]...)
	if err := program.Start(); err != nil {
		return err
	}
	go program.Wait() // some stay as long as the browser
	return nil
}

func browserCommand(system, address string) []string {
	switch system {
	case "windows":
		return []string{"rundll32", "url.dll,FileProtocolHandler", address}
	case "darwin":
		return []string{"open", address}
	}
	return []string{"xdg-open", address}
}

// editors are the links by which known editors open a file at a line.
var editors = map[string]string{
	"vscode": "vscode://file/{file}:{line}",
	"zed":    "zed://file/{file}:{line}",
	"idea":   "idea://open?file={file}&line={line}",
}

var editorPattern = regexp.MustCompile(`^[a-z][a-z0-9+.-]*://`)

// isEditor reports whether a value names an editor, or is the pattern of a link that opens a file.
func isEditor(value string) bool {
	_, known := editors[value]
	if known {
		return true
	}
	_, err := url.Parse(strings.NewReplacer("{file}", "file", "{line}", "1").Replace(value))
	return err == nil && editorPattern.MatchString(value) && strings.Contains(value, "{file}")
}

// editorLink returns the link that opens a file at a line in the editor, "" when none is known.
func (p project) editorLink(file string, line int) string {
	pattern, known := editors[p.editor]
	if !known {
		pattern = p.editor
	}
	full, err := filepath.Abs(filepath.FromSlash(file))
	if pattern == "" || err != nil {
		return ""
	}
	// The path of Windows has no slash before it: the pattern has it for both.
	path := strings.TrimPrefix(filepath.ToSlash(full), "/")
	if !strings.Contains(pattern, "/{file}") {
		path = filepath.ToSlash(full)
	}
	escaped := strings.NewReplacer("+", "%20", "%2F", "/", "%3A", ":").Replace(url.QueryEscape(path))
	return strings.NewReplacer("{file}", escaped, "{line}", fmt.Sprint(line)).Replace(pattern)
}
