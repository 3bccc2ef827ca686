package site

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"hash/maphash"
	"html"
	"path"
	"slices"
	"strings"
	"sync"
)

// A linkScan looks at each page that passes: which anchors it has, and where it leads. It sees what
// layouts and texts make together, whoever wrote it. Of each anchor it keeps a number only.
type linkScan struct {
	seed  maphash.Seed
	root  string    // of the site on its server, "" when that is not known
	pages sync.Pool // of *pageScan

	mu      sync.Mutex
	anchors []uint64            // of all pages; an address without an anchor is one, too
	wanted  map[uint64]pageLink // anchor → a link to it, the first by name
	faults  []string
}

// A pageLink is a link on a page.
type pageLink struct{ page, link string }

func (l pageLink) compare(other pageLink) int {
	return cmp.Or(strings.Compare(l.page, other.page), strings.Compare(l.link, other.link))
}

// A pageScan is what is noted of one page.
type pageScan struct {
	own     map[uint64]bool // ids, by their numbers
	seen    map[uint64]bool // links
	anchors []uint64
	wanted  map[uint64]pageLink
	faults  []string

	leads map[[2]uint64]uint64 // folder and link → anchor, of all pages so far
}

func newLinkScan(root string) *linkScan {
	l := &linkScan{seed: maphash.MakeSeed(), root: root, wanted: map[uint64]pageLink{}}
	l.pages.New = func() any {
		return &pageScan{own: map[uint64]bool{}, seen: map[uint64]bool{}, wanted: map[uint64]pageLink{}, leads: map[[2]uint64]uint64{}}
	}
	return l
}

// number returns the number of an anchor of a page.
func (l *linkScan) number(address string, id []byte) uint64 {
	var h maphash.Hash
	h.SetSeed(l.seed)
	h.WriteString(address)
	h.WriteByte('#')
	h.Write(id)
	return h.Sum64()
}

// address notes that there is a file.
func (l *linkScan) address(address string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.anchors = append(l.anchors, l.number(address, nil))
}

// page looks at a page.
func (l *linkScan) page(address string, page []byte) {
	p := l.pages.Get().(*pageScan)
	defer l.pages.Put(p)
	clear(p.own)
	clear(p.seen)
	clear(p.wanted)
	p.anchors, p.faults = p.anchors[:0], p.faults[:0]
	eachAttribute(page, ` id="`, func(id []byte) {
		n := l.number(address, id)
		if p.own[n] {
			p.faults = append(p.faults, fmt.Sprintf("%s: 名前 %q が二度あります", address, id))
		}
		p.own[n] = true
		p.anchors = append(p.anchors, n)
	})
	folder := maphash.String(l.seed, path.Dir(address))
	look := func(link []byte) {
		n := maphash.Bytes(l.seed, link)
		if p.seen[n] {
			return
		}
		p.seen[n] = true
		if id, ok := bytes.CutPrefix(link, []byte("#")); ok {
			if n := l.number(address, id); !p.own[n] {
				p.wanted[n] = pageLink{address, string(link)}
			}
			return
		}
		to, known := p.leads[[2]uint64{folder, n}]
		if !known {
			to = l.lead(address, string(link))
			p.leads[[2]uint64{folder, n}] = to
		}
		if to != 0 {
			p.wanted[to] = pageLink{address, string(link)}
		}
	}
	eachAttribute(page, ` href="`, look)
	eachAttribute(page, ` src="`, look)

	l.mu.Lock()
	defer l.mu.Unlock()
	l.anchors = append(l.anchors, p.anchors...)
	l.faults = append(l.faults, p.faults...)
	for n, link := range p.wanted {
		if known, ok := l.wanted[n]; !ok || link.compare(known) < 0 {
			l.wanted[n] = link
		}
	}
}

// lead returns the number of the anchor that a link leads to, or 0 when it leads out of the site.
func (l *linkScan) lead(address, link string) uint64 {
	if isOutside(link) {
		return 0
	}
	target, id, _ := strings.Cut(html.UnescapeString(link), "#")
	target, _, _ = strings.Cut(target, "?")
	if inside, ok := strings.CutPrefix(target, l.root); ok && l.root != "" {
		target = inside
	} else {
		target = path.Join(path.Dir(address), target)
	}
	if target == flowAddress && strings.Contains(id, "=") {
		id = "" // the answers on a way through the flow
	}
	return l.number(target, []byte(id))
}

// isOutside reports whether a link leads out of the site.
func isOutside(link string) bool {
	scheme, _, ok := strings.Cut(link, ":")
	return ok && !strings.ContainsAny(scheme, "/?#")
}

// eachAttribute calls use with the values of an attribute of a page. Its layouts and texts write
// them all in quotation marks, which text never holds.
func eachAttribute(page []byte, start string, use func(value []byte)) {
	mark := []byte(start)
	for {
		i := bytes.Index(page, mark)
		if i < 0 {
			return
		}
		page = page[i+len(mark):]
		end := bytes.IndexByte(page, '"')
		if end < 0 {
			return
		}
		use(page[:end])
		page = page[end+1:]
	}
}

// err returns the dead links and doubled anchors of all pages, or nil.
func (l *linkScan) err() error {
	slices.Sort(l.anchors)
	faults := l.faults
	for n, link := range l.wanted {
		if _, ok := slices.BinarySearch(l.anchors, n); !ok {
			faults = append(faults, fmt.Sprintf("%s: リンク先 %q がありません", link.page, link.link))
		}
	}
	if len(faults) == 0 {
		return nil
	}
	slices.Sort(faults)
	return errors.New("layouts と内容から作ったページに、直すところがあります:\n" + strings.Join(slices.Compact(faults), "\n"))
}
