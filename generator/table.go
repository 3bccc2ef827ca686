package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/review"
	"tebiki/generator/sheet"
	"tebiki/generator/source"
)

// table writes the table of the measures, or takes one back.
func (p project) table(stdout, stderr io.Writer) (int, error) {
	content, err := p.openContent()
	if err != nil {
		return exitFailure, err
	}
	today := time.Now()
	h, problems, err := handbook.Load(content, today, handbook.Said{Partial: true})
	if err != nil {
		return exitFailure, err
	}
	if !source.Publishable(problems) {
		p.place(problems)
		fmt.Fprintln(stderr, "表を使うには、先に内容を直してください。")
		return report(stderr, problems), nil
	}
	if p.output != "" {
		return exitFine, p.writeTable(stdout, h)
	}
	data, err := os.ReadFile(p.args[0])
	if errors.Is(err, fs.ErrNotExist) {
		return exitFailure, fmt.Errorf("表 %s がありません（名前と場所を確かめてください）", p.args[0])
	}
	if err != nil {
		return exitFailure, fmt.Errorf("表を開けません: %w", err)
	}
	read, err := sheet.Read(p.args[0], data)
	if err != nil {
		return exitFailure, fmt.Errorf("%s: %w", p.args[0], err)
	}
	taken, err := review.Take(h, problems, content, today, read)
	if err != nil {
		return exitFailure, err
	}
	return p.take(stdout, stderr, taken)
}

// writeTable writes the table to a new file: one that is there may hold what somebody has changed.
func (p project) writeTable(stdout io.Writer, h *handbook.Handbook) error {
	ending := strings.ToLower(filepath.Ext(p.output))
	if ending != ".csv" && ending != ".xlsx" {
		return fmt.Errorf("%s: 表の名前は .xlsx か .csv で終えてください", p.output)
	}
	var table bytes.Buffer
	if err := review.WriteTable(&table, h, ending == ".csv"); err != nil {
		return err
	}
	file, err := os.OpenFile(p.output, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s はもうあります（別の名前にするか、前のファイルを移してください）", p.output)
	}
	if err != nil {
		return err
	}
	_, err = table.WriteTo(file)
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s に %d の対策を書きました。\n", p.output, len(h.Measures))
	return nil
}

// take says what a table means, and changes the files if that is asked for.
func (p project) take(stdout, stderr io.Writer, taken *review.Taken) (int, error) {
	for _, note := range taken.Notes {
		fmt.Fprintf(stderr, "%s: 注意: %s\n", p.args[0], note)
	}
	if len(taken.Troubles) > 0 {
		for _, trouble := range taken.Troubles {
			fmt.Fprintf(stderr, "%s: %s\n", p.args[0], named(trouble))
		}
		fmt.Fprintf(stderr, "表に直すところが %d か所あります。ファイルは前のままです。\n", len(taken.Troubles))
		return exitProblems, nil
	}
	if len(taken.Changes) == 0 {
		fmt.Fprintln(stdout, "表と内容に、違いはありません。")
		return exitFine, nil
	}
	for _, c := range taken.Changes {
		fmt.Fprintf(stdout, "%s:%d: %s（%s）: %s → %s\n", p.path(c.File), c.Line, c.Heading, c.Field, shown(c.Old), shown(c.New))
	}
	names := slices.Sorted(maps.Keys(taken.Files))
	if p.write {
		for _, name := range names {
			// What the file is, such as a link, stays.
			if err := os.WriteFile(filepath.Join(p.content, filepath.FromSlash(name)), taken.Files[name], 0o666); err != nil {
				return exitFailure, err
			}
		}
		fmt.Fprintf(stdout, "%d か所を、%d のファイルに書きました。\n", len(taken.Changes), len(names))
	} else {
		fmt.Fprintf(stdout, "%d のファイルの %d か所が変わります。書くには -write を付けてください。\n", len(names), len(taken.Changes))
	}
	if slices.ContainsFunc(taken.Changes, func(c review.Change) bool { return c.Field == "check" }) {
		fmt.Fprintln(stdout, "check の文が変わります。することが変わった対策では、revision も 1 増やしてください。")
	}
	if len(taken.Later) > 0 {
		p.place(taken.Later)
		fmt.Fprintln(stdout, "書いた後で、次も直してください。")
		for _, problem := range taken.Later {
			fmt.Fprintln(stdout, problem)
		}
	}
	return exitFine, nil
}

func shown(text string) string {
	if text == "" {
		return "（なし）"
	}
	return "「" + text + "」"
}
