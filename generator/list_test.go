package main

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tebiki/generator/source"
)

func TestCheckLinks(t *testing.T) {
	enterProject(t)
	edit(t, "content/threats/malware.md", "number = 1", "number = 9.5") // which changes nothing here
	got := invoke("check", "-links")
	if got.code != exitFine || got.stderr != "" {
		t.Fatalf("got exit code %d, stderr %q, want 0 and nothing", got.code, got.stderr)
	}
	line := regexp.MustCompile(`^((?:https?://|mailto:|tel:)\S+)\t(content/[\w/.-]+):(\d+)\t(本文|[a-z_.-]+[\w.-]*)$`)
	last, found := "", 0
	for _, l := range strings.Split(strings.TrimSpace(got.stdout), "\n") {
		m := line.FindStringSubmatch(l)
		if m == nil || m[1] < last {
			t.Fatalf("got %q after %s, want links by address", l, last)
		}
		last = m[1]
		found++
	}
	// Each address that stands in a file is listed from that file.
	address := regexp.MustCompile(`https://[^\s"')\]）」、。]+`)
	for name, text := range tree(t, "content") {
		if name == "README.md" || name == "ui.toml" || strings.HasPrefix(name, "public/") || strings.HasSuffix(name, ".png") {
			continue
		}
		for l := range strings.Lines(text) {
			if strings.HasPrefix(l, "#") {
				continue
			}
			for _, url := range address.FindAllString(l, -1) {
				if !strings.Contains(l, "`"+url) && !strings.Contains(got.stdout, url+"\tcontent/"+name+":") {
					t.Errorf("%s: %s is not listed", name, url)
				}
			}
		}
	}
	if found < 60 {
		t.Errorf("got %d links, want those of the texts and of the fields", found)
	}
}

func TestCheckJSON(t *testing.T) {
	enterProject(t)
	invoke("check", "-json").want(t, outcome{exitFine, "[\n]\n", ""})
	edit(t, "content/measures/backup.md", "reviewed = ", "reviewed = 2020-01-01 # ")
	for _, test := range []struct {
		breaks bool
		code   int
		want   int
	}{{false, exitFine, 1}, {true, exitProblems, 3}} {
		if test.breaks {
			breakContent(t)
			edit(t, "content/handbook.toml", "review_months = 0", "review_months = 12\nx = 1")
		}
		got := invoke("check", "-json")
		var problems []source.Problem
		if err := json.Unmarshal([]byte(got.stdout), &problems); err != nil || got.code != test.code || got.stderr != "" {
			t.Fatalf("got %+v and %v, want JSON", got, err)
		}
		if len(problems) != test.want || !slices.ContainsFunc(problems, func(p source.Problem) bool {
			return p.Warning && p.File == "content/measures/backup.md" && p.Line > 1 && strings.HasPrefix(p.Text, "見直しの期限 2021-01-01")
		}) {
			t.Errorf("got %+v, want %d problems with the warning", problems, test.want)
		}
	}
}

// The numbers need not be expected to be told.
func TestCheckCounts(t *testing.T) {
	enterProject(t)
	const first = "内容に問題はありません。\n①  準備  2  ◎ 10  ○ 21  追  6  計 39  会社の端末でVPN・遠隔操作\n"
	want := invoke("check", "-counts")
	if !strings.HasPrefix(want.stdout, first) || strings.Count(want.stdout, "\n") != 9 {
		t.Errorf("got %q, want a line for each method", want.stdout)
	}
	data, err := os.ReadFile("content/handbook.toml")
	if err != nil {
		t.Fatal(err)
	}
	without := regexp.MustCompile(`(?m)^\[count\.[a-z-]+\]\n(?:[a-z]+ = \d+\n)+`).ReplaceAllString(string(data), "")
	if strings.Contains(without, "[count") {
		t.Fatal("the numbers are still there")
	}
	write(t, "content/handbook.toml", without)
	invoke("check", "-counts").want(t, want)
}
