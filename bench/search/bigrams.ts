// MiniSearch over pairs of characters, the same where it indexes (Node) and where it searches (the
// browser).
import MiniSearch, { type Options } from 'minisearch'
import type { SearchDocument } from './documents.ts'

const options: Options<SearchDocument> = {
  idField: 'address',
  fields: ['title', 'headings', 'text'],
  storeFields: ['title'],
  tokenize: bigrams,
  processTerm: (term) => term,
  // Of the weights that were tried, those with the best recall on the expectations; asking for all
  // pairs first found no more.
  searchOptions: { boost: { title: 2 }, prefix: (term) => term.length === 1 },
}

/** The overlapping pairs of characters between spaces; a character alone stays alone. */
function bigrams(text: string): string[] {
  return (text.normalize('NFKC').toLowerCase().match(/\S+/g) ?? []).flatMap((run) => {
    const characters = [...run]
    return characters.length === 1 ? characters : characters.slice(1).map((character, i) => characters[i]! + character)
  })
}

/** The index as JSON. */
export function index(documents: SearchDocument[]): string {
  const miniSearch = new MiniSearch(options)
  miniSearch.addAll(documents)
  return JSON.stringify(miniSearch)
}

/** A search in the index: the addresses of the best ten documents. */
export function load(json: string): (query: string) => string[] {
  const miniSearch = MiniSearch.loadJSON(json, options)
  return (query) =>
    miniSearch
      .search(query)
      .slice(0, 10)
      .map(({ id }) => id as string)
}
