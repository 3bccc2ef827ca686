// How the store speaks to the place where the answers are kept, and the two places that need nobody
// else: this page's storage, and memory. place.ts explains all places.

/** How far what is stored reaches: all pages, this page alone, or only until the page is closed. */
export type Reach = 'saved' | 'page-only' | 'memory'

/** What a place holds. Every request is answered with it. */
export interface Contents {
  text: string | null
  /** The latest text that was set aside. */
  aside?: string
}

export type Request =
  | ['read']
  /** Stores a text if what is stored is as expected. */
  | ['swap', expected: string | null, text: string]
  /** Sets an unreadable text aside. */
  | ['aside', text: string]
  /** Deletes what was set aside. */
  | ['forget']

export interface Backend {
  readonly kind: Reach
  /** Throws when the place is full or blocked. */
  ask(request: Request): Promise<Contents>
  /** Set by the store: called when another tab has stored a text. */
  onchange: (text: string | null) => void
}

/** Where all pages keep the answers, and where one page keeps what it could not share. */
export const sharedKey = 'tebiki'
export const pageKey = 'tebiki-page'
const asidePrefix = 'tebiki-aside-'

/** Answers a request from a storage. It throws when that is full or blocked. */
export function answer(storage: Storage, key: string, request: Request): Contents {
  switch (request[0]) {
    case 'read':
      return { text: storage.getItem(key), aside: latestAside(storage) }
    case 'swap': {
      const [, expected, text] = request
      const stored = storage.getItem(key)
      if (stored !== expected) return { text: stored }
      storage.setItem(key, text)
      return { text }
    }
    case 'aside':
      setAside(storage, key, request[1])
      return { text: storage.getItem(key) }
    case 'forget':
      for (const aside of asides(storage)) storage.removeItem(aside)
      return { text: storage.getItem(key) }
  }
}

function setAside(storage: Storage, key: string, text: string): void {
  if (storage.getItem(key) !== text) return
  // Removed first, as there may be no room for both.
  storage.removeItem(key)
  try {
    storage.setItem(asidePrefix + new Date().toISOString(), text)
  } catch (error) {
    storage.setItem(key, text)
    throw error
  }
}

function asides(storage: Storage): string[] {
  return Object.keys(storage).filter((key) => key.startsWith(asidePrefix)).sort()
}

function latestAside(storage: Storage): string | undefined {
  const name = asides(storage).at(-1)
  return name === undefined ? undefined : storage.getItem(name) ?? undefined
}

/** The page's own storage, unless it is switched off or blocked. */
export function ownStorage(): Storage | undefined {
  try {
    const storage: Storage | null = window.localStorage
    storage?.getItem(sharedKey)
    return storage ?? undefined
  } catch {
    return undefined
  }
}

/** Calls back when another page has changed what this page's storage holds under a key. */
export function listen(key: string, changed: (text: string | null) => void): void {
  addEventListener('storage', (event) => {
    if (event.key === key) changed(event.newValue)
  })
}

export class LocalBackend implements Backend {
  readonly kind: Reach
  onchange: (text: string | null) => void = () => {}
  readonly #storage: Storage
  readonly #key: string

  constructor(kind: Reach, storage: Storage, key: string) {
    this.kind = kind
    this.#storage = storage
    this.#key = key
    listen(key, (text) => this.onchange(text))
  }

  async ask(request: Request): Promise<Contents> {
    return answer(this.#storage, this.#key, request)
  }
}

export class MemoryBackend implements Backend {
  readonly kind = 'memory'
  onchange: (text: string | null) => void = () => {}
  #text: string | null = null

  async ask(request: Request): Promise<Contents> {
    if (request[0] === 'swap') this.#text = request[2]
    return { text: this.#text }
  }
}

/** Addresses this long may be more than Firefox can keep a storage for, which it does not say. */
const longAddress = 200

/** Whether what this page stores will still be there after the browser was closed. */
export async function isDurable(): Promise<boolean> {
  if (location.href.length < longAddress) return true
  // Where Firefox silently loses a storage, it cannot open a database either.
  return new Promise((resolve) => {
    const name = 'tebiki-probe'
    const opening = indexedDB.open(name)
    opening.onerror = () => resolve(false)
    opening.onsuccess = () => {
      opening.result.close()
      indexedDB.deleteDatabase(name)
      resolve(true)
    }
  })
}
