// The one index of a page, loaded as scripts: fetch() does not work on file://.
import { Search } from './rank.ts'
import { SearchIndex, type Texts, type Titles } from './search-index.ts'
import type { SiteSearch } from './site-search.ts'

declare global {
  /** What the scripts of the index call. */
  var tebikiSearch: (name: 'titles' | 'texts', data: unknown) => void
}

let received: { titles?: Titles; texts?: Texts } = {}
globalThis.tebikiSearch = (name, data) => {
  received = { ...received, [name]: data }
}

export interface OpenIndex {
  search: Search
  /** Places of the reader's own methods. */
  own: number[]
}

let opening: Promise<OpenIndex> | undefined

/** Gives the titles as soon as they are there. `whenComplete` is called when the texts are, too. */
export function openIndex(host: SiteSearch, whenComplete: () => void): Promise<OpenIndex> {
  opening ??= open(host)
  void opening.then(({ search }) => complete(host, search)).then(whenComplete, () => {})
  opening.catch(() => {
    opening = undefined
  })
  return opening
}

async function open(host: SiteSearch): Promise<OpenIndex> {
  await host.loadPart(0)
  const { titles } = received
  if (!titles) throw new Error('search: the titles hold no data')
  const search = new Search(new SearchIndex(titles))
  const open: OpenIndex = { search, own: [] }
  // The reader's methods change the order only.
  void host.ownMethods().then((methods) => {
    open.own = methods.map((method) => search.index.methods.indexOf(method)).filter((place) => place >= 0)
  }, () => {})
  return open
}

let completing: Promise<void> | undefined

function complete(host: SiteSearch, { index }: Search): Promise<void> {
  completing ??= host.loadPart(1).then(() => {
    if (!received.texts) throw new Error('search: the texts hold no data')
    return index.addTexts(received.texts, pauses())
  })
  completing.catch(() => {
    completing = undefined
  })
  return completing
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
