package site

// hubRows is the hidden page that holds the store of answers for all other pages, in a frame.
func (b *builder) hubRows() []Row {
	return []Row{b.row(hubAddress, "hub", func() any {
		p := b.page(hubAddress, "hub", b.words.Text("store.hub_title"), b.words.Text("store.hub_text"), "")
		return &p
	})}
}
