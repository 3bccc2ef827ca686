package main

import (
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"tebiki/generator/review"
)

// schemas writes the schemas of the records, and which of them are for which files in the form of
// Taplo, the TOML tool of many editors. It knows no TOML above a text.
func (p project) schemas(stdout, _ io.Writer) (int, error) {
	schemas, err := review.Schemas(meanings())
	if err != nil {
		return exitFailure, err
	}
	dir := p.args[0]
	if holds(p.content, dir) {
		return exitFailure, fmt.Errorf("%s は内容のフォルダーの中です（ほかのフォルダーを書いてください）", dir)
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return exitFailure, err
	}
	var rules strings.Builder
	for _, s := range schemas {
		if err := os.WriteFile(filepath.Join(dir, s.Name), s.Text, 0o666); err != nil {
			return exitFailure, err
		}
		if !s.Front {
			fmt.Fprintf(&rules, "[[rule]]\ninclude = [%s]\n[rule.schema]\nenabled = true\npath = %s\n\n",
				strconv.Quote(p.path(s.Files)), strconv.Quote(path.Join(filepath.ToSlash(dir), s.Name)))
		}
	}
	const settings = "taplo.toml"
	if err := os.WriteFile(filepath.Join(dir, settings), []byte(strings.TrimSuffix(rules.String(), "\n")), 0o666); err != nil {
		return exitFailure, err
	}
	fmt.Fprintf(stdout, "%s に %d の JSON Schema を書きました。\n", dir, len(schemas))
	fmt.Fprintf(stdout, "Taplo の入ったエディターで使うには、%s を、開くフォルダーに .taplo.toml の名前で写してください。\n", filepath.Join(dir, settings))
	return exitFine, nil
}
