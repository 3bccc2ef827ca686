package site

import (
	"bytes"
	"errors"
	"fmt"
	"hash/maphash"
	"html"
	"path"
	"slices"
	"strconv"
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
	anchors []uint64          // of all pages; an address without an anchor is one, too
	wanted  map[uint64]string // anchor → a link to it, in words
	faults  []string
}

// A pageScan is what is noted of one page.
type pageScan struct {
	own     map[uint64]bool // ids, by their numbers
	seen    map[uint64]bool // links
	anchors []uint64
	wanted  map[uint64]string
	faults  []string
}

func newLinkScan(root string) *linkScan {
	l := &linkScan{seed: maphash.MakeSeed(), root: root, wanted: map[uint64]string{}}
	l.pages.New = func() any {
		return &pageScan{own: map[uint64]bool{}, seen: map[uint64]bool{}, wanted: map[uint64]string{}}
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
	look := func(link []byte) {
		if n := maphash.Bytes(l.seed, link); !p.seen[n] {
			p.seen[n] = true
			l.link(p, address, string(link))
		}
	}
	eachAttribute(page, ` href="`, look)
	eachAttribute(page, ` src="`, look)

	l.mu.Lock()
	defer l.mu.Unlock()
	l.anchors = append(l.anchors, p.anchors...)
	l.faults = append(l.faults, p.faults...)
	for n, link := range p.wanted {
		if known, ok := l.wanted[n]; !ok || link < known {
			l.wanted[n] = link
		}
	}
}

// link notes where a link leads.
func (l *linkScan) link(p *pageScan, address, link string) {
	if isOutside(link) {
		return
	}
	target, id, _ := strings.Cut(html.UnescapeString(link), "#")
	target, _, _ = strings.Cut(target, "?")
	switch {
	case target == "":
		target = address
	case l.root != "" && strings.HasPrefix(target, l.root):
		target = strings.TrimPrefix(target, l.root)
	default:
		target = path.Join(path.Dir(address), target)
	}
	if strings.Contains(id, "=") {
		id = "" // the answers of the flow
	}
	n := l.number(target, []byte(id))
	if target != address || id != "" && !p.own[n] {
		p.wanted[n] = address + ": リンク先 " + strconv.Quote(link) + " がありません"
	}
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
			faults = append(faults, link)
		}
	}
	if len(faults) == 0 {
		return nil
	}
	slices.Sort(faults)
	return errors.New("layouts と内容から作ったページに、直すところがあります:\n" + strings.Join(slices.Compact(faults), "\n"))
}
