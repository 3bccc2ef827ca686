package searchindex

// A table numbers pairs in the order in which they come. It is a hash table with open addresses:
// most of the work on a large index is to look up pairs, and a map takes twice as long.
type table struct {
	slots []slot // a power of two, at most half of them taken
	pairs []pair // by number
}

type slot struct {
	pair  pair
	after uint32 // the number and one; 0 in a free slot
}

func newTable() *table { return &table{slots: make([]slot, 1<<10)} }

// add returns the number of a pair, which is new if it was not there.
func (t *table) add(p pair) int {
	s := t.slot(p)
	if s.after == 0 {
		if 2*len(t.pairs) == len(t.slots) {
			t.grow()
			s = t.slot(p)
		}
		t.pairs = append(t.pairs, p)
		*s = slot{p, uint32(len(t.pairs))}
	}
	return int(s.after) - 1
}

// find returns the number of a pair, if it is there.
func (t *table) find(p pair) (int, bool) {
	s := t.slot(p)
	return int(s.after) - 1, s.after != 0
}

// slot returns the slot of a pair, or the one in which it belongs.
func (t *table) slot(p pair) *slot {
	for i := int(p.hash()); ; i++ {
		if s := &t.slots[i&(len(t.slots)-1)]; s.after == 0 || s.pair == p {
			return s
		}
	}
}

func (t *table) grow() {
	t.slots = make([]slot, 2*len(t.slots))
	for i, p := range t.pairs {
		*t.slot(p) = slot{p, uint32(i + 1)}
	}
}
