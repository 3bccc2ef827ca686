// The one index of a page.
import { entry } from './entry.ts'
import { fold, scriptAt, scripts } from './fold.ts'
import { Search } from './rank.ts'
import { toKana } from './romaji.ts'
import { SearchIndex, type Pieces, type Texts, type Titles } from './search-index.ts'
import type { SiteSearch } from './site-search.ts'

/** What the script for large handbooks works with. It is loaded for them alone. */
export interface PiecesTools {
  version: string
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
  /** What the script for large handbooks brings. */
  var tebikiPieces: (tools: PiecesTools) => Reach
}

export interface OpenIndex {
  search: Search
  /** Places of the reader's own methods. */
  own: number[]
  /** Whether more is on its way that a query may find; then the page is told. */
  isPending(query: string): boolean
}

let current: OpenIndex | undefined
let currentVersion: string | undefined
let opening: Promise<void> | undefined
const pages = new Set<() => void>()

/**
 * Returns what gives the index when it is open, and else opens it, again if it failed. `whenMore` is called when there is
 * more to be found.
 */
export function opener(host: SiteSearch, whenMore: () => void, failed: () => void): () => OpenIndex | undefined {
  pages.add(whenMore)
  return () => {
    if (!current) open(host).catch(failed)
    return current
  }
}

function tellPages(): void {
  for (const tell of pages) tell()
}

function open(host: SiteSearch): Promise<void> {
  return (opening ??= openEntry(host).finally(() => (opening = undefined)))
}

/** Opens what the entry names, unless that is open. */
async function openEntry(host: SiteSearch): Promise<void> {
  const titles = (await host.load(entry)) as Titles
  const { version, pieces } = titles
  if (version === currentVersion) return
  const index = new SearchIndex(titles)
  const isPending = pieces ? await openPieces(host, version, pieces, index) : openTexts(host, version, index)
  const opened: OpenIndex = (current = { search: new Search(index), own: [], isPending })
  currentVersion = version
  tellPages()
  // The reader's methods change the order only.
  void host.ownMethods().then(
    (methods) => {
      opened.own = methods.map((method) => index.methods.indexOf(method)).filter((place) => place >= 0)
      tellPages()
    },
    () => {},
  )
}

/**
 * Loads what the entry named. If it is gone, the site was published anew, and the entry names what
 * took its place.
 */
async function loadRest(host: SiteSearch, name: string): Promise<unknown> {
  try {
    return await host.load(name)
  } catch (error) {
    await open(host)
    throw error
  }
}

function openTexts(host: SiteSearch, version: string, index: SearchIndex): OpenIndex['isPending'] {
  // Without the texts the titles still answer.
  return pending(loadRest(host, `texts-${version}`).then((texts) => index.addTexts(texts as Texts, pauses())))
}

async function openPieces(
  host: SiteSearch,
  version: string,
  pieces: Pieces,
  index: SearchIndex,
): Promise<OpenIndex['isPending']> {
  await host.load(host.scripts[1] ?? '')
  const load = (name: string) => loadRest(host, name)
  const reach = globalThis.tebikiPieces({ version, pieces, index, load, fold, scriptAt, scripts, toKana })
  const asked = new Map<string, () => boolean>()
  return (query) => {
    if (!asked.has(query)) asked.set(query, pending(reach(query, tellPages)))
    return asked.get(query)!()
  }
}

/** Returns what tells whether some work goes on. The pages are told when it ends, however. */
function pending(work: Promise<void>): () => boolean {
  let isPending = true
  const end = () => {
    isPending = false
    tellPages()
  }
  work.then(end, end)
  return () => isPending
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
