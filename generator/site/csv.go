package site

import (
	"regexp"
	"slices"

	"golang.org/x/text/unicode/norm"
)

// readOtherwise are what a spreadsheet takes for something else than text: see static/csv.ts, where
// the same forms stand.
var readOtherwise = []*regexp.Regexp{
	regexp.MustCompile(`^[=+\-@\t\r\n]`),
	regexp.MustCompile(`(?i)^[\s(¥$]*\d[\d\s.,:/\-()%e+年月日時分秒]*(?:[ap]m)?\s*$`),
	regexp.MustCompile(`(?i)^\s*(?:\d+[\s.\-/]*)?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|october|november|december)[\s.\-/]*\d*[\s.\-/]*\d*\s*$`),
	regexp.MustCompile(`(?i)^\s*(?:[rhstm]|令和|平成|昭和|大正|明治)\s*[\d元][\d元.\-/年月日]*\s*$`),
	regexp.MustCompile(`(?i)^\s*(?:true|false)\s*$`),
}

// kept are a number and a date that stay what they are.
var kept = regexp.MustCompile(`^(?:(?:0|[1-9]\d{0,14})(?:\.\d*[1-9])?|\d{4}-\d\d-\d\d)$`)

// guarded keeps spreadsheets from taking a text for anything else.
func guarded(cell string) string {
	read := norm.NFKC.String(cell)
	otherwise := slices.ContainsFunc(readOtherwise, func(form *regexp.Regexp) bool { return form.MatchString(read) })
	if otherwise && !kept.MatchString(cell) {
		return "'" + cell
	}
	return cell
}
