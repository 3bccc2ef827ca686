// The site's own search for the side-by-side measurement: its ranking alone, without what draws the
// results.
export { Search } from '../../static/search/rank.ts'
export { SearchIndex } from '../../static/search/search-index.ts'
