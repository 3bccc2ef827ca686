package handbook

import (
	"fmt"
	"path"
	"slices"
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

// unknown is the problem of a field that names a record which is not there.
func (x index[T]) unknown(r *source.Record, field, kind, slug string) source.Problem {
	if said, ok := x.withdrawn[slug]; ok {
		return r.Problem(field, "%s %q がありません%s", kind, slug, said)
	}
	known := slugs(x.list)
	hint := source.DidYouMean(slug, known)
	near, ok := x.bySlug[source.Nearest(slug, known)]
	if !ok || path.Base(near.Self().File) == near.Self().Slug+".md" { // the name of a file tells where it is
		return r.Problem(field, "%s %q がありません%s", kind, slug, hint)
	}
	// The name itself may be the one that was mistyped.
	of := near.Self()
	p := r.Problem(field, "%s %q がありません%s。この名前は %s:%d にあります）", kind, slug, strings.TrimSuffix(hint, "）"), of.File, of.Start())
	p.Misnamed = source.Misnamed{Kind: kind, Name: slug, Near: of.Slug, NearFile: of.File, NearLine: of.Start()}
	return p
}

// gatherMisnamed puts the problems of several fields that name nearly a record in one problem at that
// record: that all of them were mistyped in the same way is less likely.
func gatherMisnamed(problems []source.Problem) []source.Problem {
	const several = 3
	fields := map[source.Misnamed][]source.Problem{}
	for _, p := range problems {
		if p.Misnamed != (source.Misnamed{}) {
			fields[p.Misnamed] = append(fields[p.Misnamed], p)
		}
	}
	kept := slices.DeleteFunc(problems, func(p source.Problem) bool { return len(fields[p.Misnamed]) >= several })
	for name, of := range fields {
		if n, first := len(of), of[0]; n >= several {
			kept = append(kept, source.Problem{File: name.NearFile, Line: name.NearLine, Aside: !slices.ContainsFunc(of, func(p source.Problem) bool { return !p.Aside }), Text: fmt.Sprintf(
				"%s %q がありません。この名前は %d か所に書かれています（初めは %s:%d）。ここの名前 %s を %s に直してください（%[6]s が正しければ、%[3]d か所を直してください）",
				name.Kind, name.Name, n, first.File, first.Line, name.Near, name.Name)})
		}
	}
	return kept
}

// all returns the records that a field names, in the field's order.
func (x index[T]) all(r *source.Record, field, kind string, names []string, report reporter) []T {
	var found []T
	for _, slug := range names {
		if t, ok := x.bySlug[slug]; ok {
			found = append(found, t)
		} else if !x.missed[slug] {
			report(x.unknown(r, field, kind, slug))
		}
	}
	return found
}

// one returns the record that a field names. When there are none at all, that is reported where
// they should be, not here.
func (x index[T]) one(r *source.Record, field, kind, slug string, report reporter) T {
	if t, ok := x.bySlug[slug]; ok || slug == "" || len(x.list) == 0 || x.missed[slug] {
		return t // an empty field is reported as a missing one
	}
	report(x.unknown(r, field, kind, slug))
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
