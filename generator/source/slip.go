package source

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// slipIn names a slip of the hand in a line that TOML cannot read, or returns "": letters of another
// width, quotation marks within a text, and values that are written in another way elsewhere.
func slipIn(line string) string {
	for _, s := range slips {
		if found := s.form.FindStringSubmatch(line); found != nil {
			return fmt.Sprintf(s.say, found[1])
		}
	}
	for rest := line; rest != ""; {
		letter, size := utf8.DecodeRuneInString(rest)
		switch {
		case letter == '#':
			return ""
		case strings.HasPrefix(rest, `"""`):
			return ""
		case letter == '"':
			length := quotedLength(rest)
			if length == 0 {
				if last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(rest, " ,]")); strings.ContainsRune(wideQuotes, last) {
					return fmt.Sprintf("終わりの引用符が、全角の %c です。半角の \" にしてください", last)
				}
				return ""
			}
			rest = rest[length:]
			if rest != "" && strings.IndexByte(" \t,]}#=.", rest[0]) < 0 && halfWidth(firstRune(rest)) == "" {
				return `文の中に引用符 " があります。文の中では、代わりに「」を使ってください`
			}
			continue
		case letter == '「' || letter == '『':
			return fmt.Sprintf(`文を %c で囲んでいます。半角の引用符 " で囲んでください`, letter)
		case letter == '\u3000' || letter == '\u00a0':
			return "幅の違う空白があります。半角の空白にするか、消してください"
		case letter >= utf8.RuneSelf:
			if half := halfWidth(letter); half != "" {
				return fmt.Sprintf("全角の %c です。半角の %s にしてください", letter, half)
			}
			return ""
		}
		rest = rest[size:]
	}
	return ""
}

// slips are values and marks that other ways of writing have; each form captures what was written.
var slips = []struct {
	form *regexp.Regexp
	say  string
}{
	{regexp.MustCompile(`^[^"#=]*=\s*(\.[0-9]+)\s*(?:#.*)?$`), "数 %[1]s は、0%[1]s と書いてください"},
	{regexp.MustCompile(`^[^"#=]*=\s*([0-9]+)\.\s*(?:#.*)?$`), "数 %s の後の「.」を消してください"},
	{regexp.MustCompile(`^[^"#=]*=\s*([0-9]{4} ?(?:[-./][0-9]{1,2}(?:[-./][0-9]{1,2})?|年.*)|(?:令和|平成|昭和|R|H).*)\s*(?:#.*)?$`), "日付 %s を読めません。2026-04-01 のように、年は西暦の4桁、月と日は2桁で、引用符なしで書いてください"},
	{regexp.MustCompile(`^[^"#=]*=\s*([0-9]{1,3}-[0-9]+)\s*(?:#.*)?$`), "番号 %[1]s は、半角の引用符で囲んで \"%[1]s\" と書いてください"},
	{regexp.MustCompile(`^[^"#=]*=\s*(True|TRUE|False|FALSE|[Yy]es|YES|[Nn]o|NO|はい|いいえ)\s*(?:#.*)?$`), "%s は使えません。true か false と、小文字で書いてください"},
	{regexp.MustCompile(`^\s*\[([^\]"#=]*[\p{Han}\p{Hiragana}\p{Katakana}][^\]"#=]*)\]`), "表の名前 [%s] を読めません。名前は、小文字の英字、数字、ハイフンで書いてください"},
	{regexp.MustCompile(`^\s*([A-Za-z0-9_-]+)\s*[:：]`), "%s の後が「:」です。半角の = にしてください"},
}

const wideQuotes = "”“″＂〟〝"

// halfWidth returns the letter that is meant by one of another width or form, or "".
func halfWidth(letter rune) string {
	switch {
	case strings.ContainsRune(wideQuotes, letter):
		return `"`
	case letter >= '！' && letter <= '～': // in the order of ASCII
		return string(letter - '！' + '!')
	case letter == '、':
		return ","
	case strings.ContainsRune("−–—‐‑―ー", letter):
		return "-"
	}
	return ""
}

func firstRune(text string) rune {
	letter, _ := utf8.DecodeRuneInString(text)
	return letter
}

// quotedLength returns the length of the text in quotation marks that a line begins with, 0 when they
// are not closed on it.
func quotedLength(line string) int {
	for i := 1; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}
