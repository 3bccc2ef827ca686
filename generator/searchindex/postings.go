package searchindex

import (
	"fmt"
	"iter"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf16"
)

// A pair is two UTF-16 units side by side in a folded text, the first one in the upper half.
type pair uint32

// isText reports whether both units are characters, or two halves of one. Half a character, of
// which rare kanji have two, cannot name anything in JSON.
func (p pair) isText() bool {
	first, second := rune(p>>16), rune(p&0xffff)
	if utf16.IsSurrogate(first) || utf16.IsSurrogate(second) {
		return utf16.DecodeRune(first, second) != unicode.ReplacementChar
	}
	return first != unicode.ReplacementChar && second != unicode.ReplacementChar
}

// hash is FNV-1a over UTF-16 units, as static/search/piece-hash.ts has it.
func (p pair) hash() uint32 {
	const offset, prime = 0x811c9dc5, 0x01000193
	return ((offset^uint32(p>>16))*prime ^ uint32(p&0xffff)) * prime
}

func (p pair) String() string {
	return string(utf16.Decode([]uint16{uint16(p >> 16), uint16(p)}))
}

// pairs are those of texts, folded, that are texts themselves.
func (f *folder) pairs(texts iter.Seq[string]) iter.Seq[pair] {
	return func(yield func(pair) bool) {
		for text := range texts {
			folded := f.fold(text)
			for i := range len(folded) - 1 {
				if p := pair(folded[i])<<16 | pair(folded[i+1]); p.isText() && !yield(p) {
					return
				}
			}
		}
	}
}

// postings tell in which docs pairs stand.
type postings struct {
	lists []list   // by piece, then by pair
	first []int    // the first list of each piece, and the number of all
	docs  []uint32 // those of all lists, one list after the other
}

// A list is of the docs that hold one pair.
type list struct {
	pair       pair
	begin, end uint32 // in the docs of all
}

// newPostings notes the pairs of the texts of so many docs. One that more than most of them hold is
// left out. The texts are folded twice, first to count: to keep what they fold to would take more
// memory than the whole index.
func newPostings(docs, most int, texts func(doc int) iter.Seq[string]) *postings {
	all, counts := countPairs(docs, texts)
	p, places := layOut(all, counts, most)
	// Where the next doc of each list goes. Cores come in any order.
	next := make([]atomic.Uint32, len(p.lists))
	for i, l := range p.lists {
		next[i].Store(l.begin)
	}
	spread(docs, func(numbers iter.Seq[int]) {
		f, last := newFolder(), make([]uint32, len(p.lists))
		for doc := range numbers {
			for pair := range f.pairs(texts(doc)) {
				if i, ok := places.find(pair); ok && last[i] != uint32(doc)+1 {
					last[i] = uint32(doc) + 1
					p.docs[next[i].Add(1)-1] = uint32(doc)
				}
			}
		}
	})
	spread(len(p.lists), func(numbers iter.Seq[int]) {
		for i := range numbers {
			slices.Sort(p.docs[p.lists[i].begin:p.lists[i].end])
		}
	})
	return p
}

// countPairs returns the pairs, and by their numbers how many docs hold each.
func countPairs(docs int, texts func(doc int) iter.Seq[string]) (*table, []uint32) {
	all, counts := newTable(), []uint32{}
	var adding sync.Mutex
	spread(docs, func(numbers iter.Seq[int]) {
		type tally struct{ docs, last uint32 }
		f, own, tallies := newFolder(), newTable(), []tally{}
		for doc := range numbers {
			for pair := range f.pairs(texts(doc)) {
				i := own.add(pair)
				if i == len(tallies) {
					tallies = append(tallies, tally{})
				}
				if t := &tallies[i]; t.last != uint32(doc)+1 {
					t.last = uint32(doc) + 1
					t.docs++
				}
			}
		}
		adding.Lock()
		defer adding.Unlock()
		for i, pair := range own.pairs {
			place := all.add(pair)
			if place == len(counts) {
				counts = append(counts, 0)
			}
			counts[place] += tallies[i].docs
		}
	})
	return all, counts
}

// layOut spreads the pairs that at most so many docs hold over pieces, with room for their docs.
// The table has the places of their lists.
func layOut(all *table, counts []uint32, most int) (*postings, *table) {
	total := 0
	for _, n := range counts {
		if int(n) <= most {
			total += int(n)
		}
	}
	pieces := uint32(max(1, total/postingsInPiece))
	keys := make([]uint64, 0, len(counts))
	for i, n := range counts {
		if p := all.pairs[i]; int(n) <= most {
			keys = append(keys, uint64(p.hash()%pieces)<<32|uint64(p))
		}
	}
	slices.Sort(keys)
	p, places := &postings{docs: make([]uint32, total), lists: make([]list, len(keys))}, newTable()
	begin := uint32(0)
	for i, key := range keys {
		for len(p.first) <= int(key>>32) {
			p.first = append(p.first, i)
		}
		places.add(pair(key))
		n, _ := all.find(pair(key))
		end := begin + counts[n]
		p.lists[i] = list{pair(key), begin, end}
		begin = end
	}
	for len(p.first) <= int(pieces) {
		p.first = append(p.first, len(keys))
	}
	return p, places
}

// pieces returns the number of pieces.
func (p *postings) pieces() int { return len(p.first) - 1 }

// scripts returns the pieces: for each pair its docs, each as the distance from the one before.
func (p *postings) scripts(family string) []script {
	scripts := make([]script, p.pieces())
	for i := range scripts {
		lists := p.lists[p.first[i]:p.first[i+1]]
		scripts[i] = script{family, fmt.Sprintf("-%d", i), func(b []byte) []byte {
			b = append(b, '{')
			for i, l := range lists {
				if i > 0 {
					b = append(b, ',')
				}
				b = append(appendString(b, l.pair.String()), ':')
				before := uint32(0)
				b = appendList(b, p.docs[l.begin:l.end], func(b []byte, doc uint32) []byte {
					b = appendInt(b, int(doc-before))
					before = doc
					return b
				})
			}
			return append(b, '}')
		}}
	}
	return scripts
}

// spread gives the numbers below n to one worker on each core.
func spread(n int, work func(numbers iter.Seq[int])) {
	var next atomic.Int64
	var working sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		working.Go(func() {
			work(func(yield func(int) bool) {
				for i := int(next.Add(1)) - 1; i < n && yield(i); i = int(next.Add(1)) - 1 {
				}
			})
		})
	}
	working.Wait()
}
