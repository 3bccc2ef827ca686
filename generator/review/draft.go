package review

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Draft words the comparison as a record of changes for the handbook's readers, for an editor to
// finish: what the records cannot tell, such as why, is missing, and so are the Files. It is "" when
// nothing else differs.
func (c *Comparison) Draft(day time.Time) string {
	var b strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&b, "- "+format+"\n", a...) }
	for i, l := range c.Listed {
		for _, item := range l.Added {
			line("%s%sを足しました。", l.Kind, linked(item))
		}
		for _, item := range l.Withdrawn {
			line("%s%sをやめました。%s", l.Kind, linked(item), escaped(item.Reason))
		}
		if i == 0 {
			c.draftMeasures(line)
		}
		for _, item := range l.Rewritten {
			if !slices.ContainsFunc(c.Revised, func(s Step) bool { return i == 0 && s.Slug == item.Slug }) {
				line("%s%sの説明を直しました。", l.Kind, linked(item))
			}
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return fmt.Sprintf("+++\ndate = %s\ntitle = \"内容の見直し\"\n+++\n\n", day.Format(time.DateOnly)) + b.String()
}

// draftMeasures words what became of the measures.
func (c *Comparison) draftMeasures(line func(string, ...any)) {
	all := func(items []Item) string { return strings.Join(each(items, linked), "と") }
	for _, f := range c.Split {
		line("対策%sを、%sに分けました。", all(f.From), all(f.To))
	}
	for _, f := range c.Merged {
		line("対策%sを、%sにまとめました。", all(f.From), all(f.To))
	}
	for _, f := range c.Replaced {
		line("対策%sを、%sに替えました。", all(f.From), all(f.To))
	}
	for _, s := range c.Revised {
		line("%sは、することが変わりました。前に答えた人は、もう一度確かめてください。", linked(s.Item))
	}
	for _, s := range c.Reworded {
		if s.What == "題名" {
			line("対策の題名「%s」を、%sに直しました。", escaped(s.Old), linked(s.Item))
		} else {
			line("%sの%sを直しました。", linked(s.Item), s.What)
		}
	}
	for _, s := range c.Reprioritised {
		methods, old, now := escaped(strings.Join(s.Methods, "")), escaped(s.Old), escaped(s.New)
		switch {
		case old == "":
			line("%sを、%sのチェックリストに%sで足しました。", linked(s.Item), methods, now)
		case now == "":
			line("%sを、%sのチェックリストから外しました。", linked(s.Item), methods)
		default:
			line("%sの優先度を、%sでは%sから%sに変えました。", linked(s.Item), methods, old, now)
		}
	}
	for _, s := range c.Renumbered {
		line("%sの番号を、%sから%sに変えました。", linked(s.Item), s.Old, s.New)
	}
}

// linked names a record in a text, with a link when it has a place on the site.
func linked(i Item) string {
	if i.Address == "" {
		return "「" + escaped(i.Title) + "」"
	}
	return "「[" + escaped(i.Title) + "](" + i.Address + ")」"
}

// marks mean something in Markdown.
var marks = regexp.MustCompile("[\\\\`*_\\[\\]<>&~|]")

func escaped(text string) string { return marks.ReplaceAllString(text, `\$0`) }
