// The one index of a page, loaded as scripts: fetch() does not work on file://.
import { fold, scriptAt, scripts } from './fold.ts'
import { Search } from './rank.ts'
import { toKana } from './romaji.ts'
import { SearchIndex, type Pieces, type Texts, type Titles } from './search-index.ts'
import type { SiteSearch } from './site-search.ts'

/** What the script for large handbooks works with. It is loaded for them alone. */
export interface PiecesTools {
  pieces: Pieces
  index: SearchIndex
  /** Loads a piece and gives what it holds. */
  load(name: string): Promise<unknown>
  fold: typeof fold
  scriptAt: typeof scriptAt
  scripts: typeof scripts
  toKana: typeof toKana
}

/** Loads what a query needs, and calls back whenever there is more to find. */
export type Reach = (query: string, whenMore: () => void) => Promise<void>

declare global {
  /** What the scripts of the index call. */
  var tebikiSearch: (name: string, data: unknown) => void
  /** What the script for large handbooks brings. */
  var tebikiPieces: (tools: PiecesTools) => Reach
}

const received = new Map<string, unknown>()
globalThis.tebikiSearch = (name, data) => received.set(name, data)

export interface OpenIndex {
  search: Search
  /** Places of the reader's own methods. */
  own: number[]
  /** Whether more is on its way that a query may find; then the page is told. */
  isPending(query: string): boolean
}

let opening: Promise<OpenIndex> | undefined
const pages = new Set<() => void>()

/**
 * Returns what gives the index when it is open, and else opens it, again if it failed. `whenMore` is called when there is
 * more to be found.
 */
export function opener(host: SiteSearch, whenMore: () => void, failed: () => void): () => OpenIndex | undefined {
  let index: OpenIndex | undefined
  let isAsked = false
  pages.add(whenMore)
  return () => {
    if (!isAsked) {
      isAsked = true
      opening ??= open(host)
      opening.then((open) => {
        index = open
        whenMore()
      }, () => {
        opening = undefined
        isAsked = false
        failed()
      })
    }
    return index
  }
}

function tellPages(): void {
  for (const tell of pages) tell()
}

async function open(host: SiteSearch): Promise<OpenIndex> {
  const [, titlesName = '', restName = ''] = host.scripts
  await host.load(titlesName)
  const titles = received.get('titles') as Titles | undefined
  if (!titles) throw new Error('search: the titles hold no data')
  const index = new SearchIndex(titles)
  const { pieces } = titles
  const isPending = pieces ? await openPieces(host, restName, pieces, index) : openTexts(host, restName, index)
  const open: OpenIndex = { search: new Search(index), own: [], isPending }
  // The reader's methods change the order only.
  void host.ownMethods().then((methods) => {
    open.own = methods.map((method) => index.methods.indexOf(method)).filter((place) => place >= 0)
    tellPages()
  }, () => {})
  return open
}

function openTexts(host: SiteSearch, name: string, index: SearchIndex): OpenIndex['isPending'] {
  let isPending = true
  const end = () => {
    isPending = false
    tellPages()
  }
  // Without the texts the titles still answer.
  host.load(name).then(() => index.addTexts(received.get('texts') as Texts, pauses())).then(end, end)
  return () => isPending
}

async function openPieces(host: SiteSearch, name: string, pieces: Pieces, index: SearchIndex): Promise<OpenIndex['isPending']> {
  const load = async (piece: string) => {
    await host.load(piece)
    return received.get(piece)
  }
  await host.load(name)
  const reach = globalThis.tebikiPieces({ pieces, index, load, fold, scriptAt, scripts, toKana })
  const reached = new Map<string, boolean>()
  return (query) => {
    if (!reached.has(query)) {
      reached.set(query, false)
      const end = () => {
        reached.set(query, true)
        tellPages()
      }
      reach(query, tellPages).then(end, end)
    }
    return !reached.get(query)
  }
}

/** What pauses whenever a bit of time is over, so that the reader's next key does not wait. */
function pauses(): () => Promise<void> {
  const bit = 8 // milliseconds: within one frame
  let end = performance.now() + bit
  return async () => {
    if (performance.now() < end) return
    await new Promise((resolve) => setTimeout(resolve))
    end = performance.now() + bit
  }
}
