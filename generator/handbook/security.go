package handbook

import (
	"net/url"
	"regexp"
	"time"

	"tebiki/generator/source"
)

// A Security says whom to tell of a hole in the site, as .well-known/security.txt does (RFC 9116).
type Security struct {
	source.Record
	Contacts []string  `toml:"contact"` // addresses that begin with https:, mailto: or tel:, the best first
	Expires  time.Time `toml:"expires"` // from this day on nobody is to rely on it
	Policy   string    `toml:"policy,optional"`
}

// renewal is how long before its end the file is to be renewed: a reader who finds it has some time
// left, and so has the editor.
const renewal = 30 // days

func (h *Handbook) checkSecurity(report reporter, today time.Time) {
	s := &h.Security
	if s.Unread() {
		return // there is none
	}
	if s.Contacts != nil && len(s.Contacts) == 0 {
		report(s.Problem("contact", "知らせる先が一つもありません（https://、mailto:、tel: のどれかで始まる番地を書いてください）"))
	}
	for _, contact := range s.Contacts {
		if !isContactURL(contact) {
			report(s.Problem("contact", "知らせる先 %q は使えません（https://、mailto:、tel: のどれかで始まる番地を書いてください）", contact))
		}
	}
	checkURL(&s.Record, "policy", s.Policy, report)
	if s.Expires.IsZero() {
		return // reported as a missing field
	}
	warn := func(format string) {
		p := s.Problem("expires", format, s.Expires.Format(time.DateOnly))
		p.Warning = true
		report(p)
	}
	switch {
	case !s.Expires.After(today):
		warn("security.txt の期限 %s を過ぎました（知らせる先を確かめて、新しい日付にしてください）")
	case !s.Expires.After(today.AddDate(0, 0, renewal)):
		warn("security.txt の期限 %s が近づいています（知らせる先を確かめて、新しい日付にしてください）")
	case s.Expires.After(today.AddDate(1, 0, 0)):
		warn("security.txt の期限 %s が1年より先です（1年以内の日付にしてください）")
	}
}

// contactForms are what stands behind the scheme of an address.
var contactForms = map[string]*regexp.Regexp{
	"mailto": regexp.MustCompile(`^[^\s@?]+@[^\s@?]+$`),
	"tel":    regexp.MustCompile(`^\+[0-9-]+$`),
}

func isContactURL(address string) bool {
	u, err := url.Parse(address)
	if err != nil || !isASCII(address) {
		return false
	}
	if form, ok := contactForms[u.Scheme]; ok {
		return form.MatchString(u.Opaque)
	}
	return u.Scheme == "https" && u.Host != ""
}
