package searchindex

import "strconv"

// The data is nothing but lists of texts and numbers. Reflection would take most of the time.

func appendList[T any](b []byte, list []T, each func(b []byte, item T) []byte) []byte {
	b = append(b, '[')
	for i, item := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = each(b, item)
	}
	return append(b, ']')
}

func appendStrings(b []byte, list []string) []byte { return appendList(b, list, appendString) }

func appendInt(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) }

func appendString(b []byte, text string) []byte {
	b = append(b, '"')
	done := 0
	for i := range len(text) {
		c := text[i]
		if c > '\\' || c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b = append(b, text[done:i]...)
		done = i + 1
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, `\n`...)
		default:
			const hex = "0123456789abcdef"
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xf])
		}
	}
	return append(append(b, text[done:]...), '"')
}
