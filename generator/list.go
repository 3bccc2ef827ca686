package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"tebiki/generator/handbook"
	"tebiki/generator/review"
	"tebiki/generator/source"
)

// listLinks prints the links out of the handbook, a line each: the address, where it stands, and in
// what.
func (p project) listLinks(w io.Writer, h *handbook.Handbook) {
	links := review.Links(h)
	if len(links) == 0 {
		fmt.Fprintln(w, "ほかのサイトへのリンクはありません。")
	}
	for _, link := range links {
		fmt.Fprintf(w, "%s\t%s:%d\t%s\n", link.URL, p.path(link.File), link.Line, link.Use)
	}
}

// reportJSON prints the problems as a JSON list, one a line, and returns the exit code they call for.
func reportJSON(w io.Writer, problems []source.Problem) (int, error) {
	type said struct {
		File    string `json:"file"`
		Line    int    `json:"line"`
		Text    string `json:"text"`
		Warning bool   `json:"warning"`
	}
	lines := make([]string, len(problems))
	for i, p := range problems {
		line, err := json.Marshal(said{p.File, p.Line, p.Text, p.Warning})
		if err != nil {
			return exitFailure, err
		}
		lines[i] = "\n" + string(line)
	}
	fmt.Fprintf(w, "[%s\n]\n", strings.Join(lines, ","))
	if !source.Publishable(problems) {
		return exitProblems, nil
	}
	return exitFine, nil
}
