package site

// A hubPage holds the store of answers for other pages.
type hubPage struct{ Page }

// hubRows is the hidden page that holds the store of answers for all other pages, in a frame.
func (b *builder) hubRows() []Row {
	return []Row{b.row(hubAddress, "hub", func() any {
		return &hubPage{b.page(hubAddress, "hub", b.words.Text("store.hub_title"), b.words.Text("store.hub_text"), "")}
	})}
}
