package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// A large index is cut into pieces, of which a query loads what it needs. See
// static/search/pieces.ts.
const (
	// wholeIndex is how much text, in bytes, may be loaded as a whole: the
	// index of that takes about a fifth of it on the way.
	wholeIndex = 1_500_000
	// docsInPiece is small, since of a piece mostly one doc is wanted.
	docsInPiece = 4
	// postingsInPiece keeps the pieces that tell where pairs stand at about
	// 2 KB on the way.
	postingsInPiece = 1_500
	// commonPair is the share of the docs above which a pair tells nothing.
	commonPair = 0.2
)

// pieces is what the titles tell of the pieces.
type pieces struct {
	Version string     `json:"version"`
	Names   int        `json:"names"`
	Texts   int        `json:"texts"`
	Docs    int        `json:"docs"`
	Same    [][]string `json:"same"`
}

// addPieces adds the pieces to the assets.
func (b *builder) addPieces(same [][]string) (*pieces, error) {
	var docs []*searchDoc
	var rows, parts []any
	names, texts := map[pair][]int{}, map[pair][]int{}
	note := func(postings map[pair][]int, doc int, text string) {
		eachPair(fold(text), func(p pair) {
			if list := postings[p]; len(list) == 0 || list[len(list)-1] != doc {
				postings[p] = append(list, doc)
			}
		})
	}
	for kind, k := range b.kinds {
		for _, d := range k.Docs {
			for _, name := range append([]string{d.Title}, d.names...) {
				note(names, len(docs), name)
			}
			for _, p := range d.parts {
				note(texts, len(docs), p.heading)
				note(texts, len(docs), p.text)
			}
			if k.words {
				same = append(same, append([]string{d.Title}, d.names...))
			}
			docs = append(docs, d)
			rows = append(rows, []any{kind, d.Address, d.Title, nonNil(d.names), nonNil(d.methods)})
			parts = append(parts, d.partTexts())
		}
	}
	maps.DeleteFunc(texts, func(_ pair, list []int) bool { return len(list) > int(commonPair*float64(len(docs))) })

	p := &pieces{Docs: docsInPiece, Same: same}
	scripts := map[string]any{}
	p.Names = addPostings(scripts, "names", names)
	p.Texts = addPostings(scripts, "texts", texts)
	for i := 0; i*docsInPiece < len(docs); i++ {
		end := min(len(docs), (i+1)*docsInPiece)
		scripts[fmt.Sprintf("docs-%%s-%d", i)] = rows[i*docsInPiece : end]
		scripts[fmt.Sprintf("parts-%%s-%d", i)] = parts[i*docsInPiece : end]
	}
	// One version for all, so that the titles need not name each.
	bodies := map[string][]byte{}
	sum := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(scripts)) {
		body, err := compactJSON(scripts[name])
		if err != nil {
			return nil, err
		}
		bodies[name] = body
		fmt.Fprintf(sum, "%s %s\n", name, body) // a hash takes everything
	}
	p.Version = base32.StdEncoding.EncodeToString(sum.Sum(nil)[:5])
	for name, body := range bodies {
		name = fmt.Sprintf(name, p.Version)
		b.assets.files[assetFolder+"/"+name+".js"] = dataScript(name, body)
	}
	return p, nil
}

// addPostings spreads what tells where pairs stand over pieces, and returns
// their number.
func addPostings(scripts map[string]any, family string, postings map[pair][]int) int {
	total := 0
	for _, docs := range postings {
		total += len(docs)
	}
	count := max(1, total/postingsInPiece)
	lists := make([]map[string][]int, count)
	for i := range lists {
		lists[i] = map[string][]int{}
		scripts[fmt.Sprintf("%s-%%s-%d", family, i)] = lists[i]
	}
	for p, docs := range postings {
		before := 0
		distances := make([]int, len(docs))
		for i, doc := range docs {
			distances[i], before = doc-before, doc
		}
		lists[p.hash()%uint32(count)][p.String()] = distances
	}
	return count
}

// dataScript hands over data under a name: fetch() does not work on file://,
// classic scripts do.
func dataScript(name string, data []byte) []byte {
	return fmt.Appendf(nil, "tebikiSearch(%q,%s)\n", name, data)
}

func compactJSON(data any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(data)
	return bytes.TrimSpace(text.Bytes()), err
}
