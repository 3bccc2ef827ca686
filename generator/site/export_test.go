package site

import "maps"

// Anchors returns the anchors that check knows of a page: those of the site's own, which the page may
// have, and those that records give it.
func (s *Site) Anchors(row Row) (own map[string]bool, ofRecords []string) {
	if row.layout == "" {
		return nil, nil
	}
	own = maps.Clone(s.layouts.ids[row.layout])
	if row.anchors != nil {
		for _, a := range row.anchors() {
			if a.of == nil {
				own[a.id] = true
			} else {
				ofRecords = append(ofRecords, a.id)
			}
		}
	}
	return own, ofRecords
}
