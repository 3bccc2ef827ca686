package source

import (
	"testing"
	"time"
)

func TestTheLastDay(t *testing.T) {
	for _, c := range []struct {
		day  string
		form string
		want string
	}{
		{"2027-01-12", time.DateOnly, "2027-01-12"},
		{"2026-12", "2006-01", "2026-12-31"},
		{"2028-02", "2006-01", "2028-02-29"},
	} {
		day, err := time.Parse(c.form, c.day)
		if err != nil {
			t.Fatal(err)
		}
		if got := (Day{day, c.form != time.DateOnly}).Last().Format(time.DateOnly); got != c.want {
			t.Errorf("%s: got %s, want %s", c.day, got, c.want)
		}
	}
}
