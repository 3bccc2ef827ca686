package handbook

import (
	"fmt"
	"path"
	"strings"

	"tebiki/generator/source"
)

// An index finds records by their slugs.
type index[T record] struct {
	list   []T
	bySlug map[string]T
	gone
}

// gone are the names of a kind's records that were published and are no more: those that are missed,
// which is reported once, and those that were withdrawn, with what is said of them.
type gone struct {
	missed    map[string]bool
	withdrawn map[string]string
}

func indexOf[T record](list []T) index[T] {
	x := index[T]{list: list, bySlug: make(map[string]T, len(list))}
	for _, t := range list {
		if _, ok := x.bySlug[t.Self().Slug]; !ok {
			x.bySlug[t.Self().Slug] = t
		}
	}
	return x
}

func (x index[T]) has(slug string) bool {
	_, ok := x.bySlug[slug]
	return ok
}

// isUnknown reports whether a slug is one of which nothing else is reported.
func (x index[T]) isUnknown(slug string) bool { return !x.has(slug) && !x.missed[slug] }

// hint returns what can be meant by a slug that is not there.
func (x index[T]) hint(slug string) string {
	if said, ok := x.withdrawn[slug]; ok {
		return said
	}
	known := slugs(x.list)
	hint := source.DidYouMean(slug, known)
	// The name itself may be the one that was mistyped. That of a file tells where it is.
	if near, ok := x.bySlug[source.Nearest(slug, known)]; ok && path.Base(near.Self().File) != near.Self().Slug+".md" {
		hint = fmt.Sprintf("%s。この名前は %s:%d にあります）", strings.TrimSuffix(hint, "）"), near.Self().File, near.Self().Start())
	}
	return hint
}

// all returns the records that a field names, in the field's order.
func (x index[T]) all(r *source.Record, field, what string, names []string, report reporter) []T {
	var found []T
	for _, slug := range names {
		if t, ok := x.bySlug[slug]; ok {
			found = append(found, t)
		} else if !x.missed[slug] {
			report(r.Problem(field, "%s %q がありません%s", what, slug, x.hint(slug)))
		}
	}
	return found
}

// one returns the record that a field names. When there are none at all, that is reported where
// they should be, not here.
func (x index[T]) one(r *source.Record, field, what, slug string, report reporter) T {
	if t, ok := x.bySlug[slug]; ok || slug == "" || len(x.list) == 0 || x.missed[slug] {
		return t // an empty field is reported as a missing one
	}
	report(r.Problem(field, "%s %q がありません%s", what, slug, x.hint(slug)))
	var none T
	return none
}

func slugs[T record](records []T) []string {
	var list []string
	for _, r := range records {
		list = append(list, r.Self().Slug)
	}
	return list
}
