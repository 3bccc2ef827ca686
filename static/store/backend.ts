// How the store speaks to the place where the answers are kept, and the two places that need nobody
// else: this page's storage, and memory. place.ts explains all places.
import { Journal, type Records } from './journal.ts'

/**
 * How far what is stored reaches: all pages, this page alone, or only until the page is closed, for
 * whatever reason or for the length of its address.
 */
export type Reach = 'saved' | 'page-only' | 'memory' | 'long-path'

/** What a place holds. Every request is answered with it. */
export interface Contents {
  text: string | null
  /** The latest text that was set aside. */
  aside?: string
  /** The key of the last record of the journal that the text includes, a time; 0 for none. */
  mark?: number
  /** The records of a journal that has more than the text. */
  records?: string[]
}

export type Request =
  | ['read']
  /** Stores a text if what is stored is as expected. */
  | ['swap', expected: string | null, text: string]
  /** Sets an unreadable text aside. */
  | ['aside', text: string]
  /** Deletes what was set aside. */
  | ['forget']
  /** Asks for the records of a journal that has more than the text. */
  | ['recall']
  /** Puts a record into the journal in the place of those up to a mark. */
  | ['log', text: string, upTo: number]

export interface Backend {
  readonly kind: Reach
  /** Throws when the place is full or blocked. */
  ask(request: Request): Promise<Contents>
  /** Set by the store: called when another tab has stored a text. */
  onchange: (text: string | null) => void
}

/** Where one page keeps what it could not share. The pages share what lies under the handbook's id. */
export const pageKey = (id: string) => `${id}-page`
const asidePrefix = (id: string) => `${id}-aside-`
const markKey = (key: string) => `${key}-mark`

/**
 * Answers a request from a storage and a journal. It throws when what is asked is full, blocked or
 * not there.
 */
export async function answer(
  storage: Storage,
  id: string,
  request: Request,
  key = id,
  journal?: Records,
): Promise<Contents> {
  const contents = (): Contents => ({ text: storage.getItem(key), mark: Number(storage.getItem(markKey(key))) })
  switch (request[0]) {
    case 'read':
      return { ...contents(), aside: latestAside(storage, id) }
    case 'swap': {
      const [, expected, text] = request
      if (storage.getItem(key) === expected) storage.setItem(key, text)
      break
    }
    case 'aside':
      setAside(storage, id, key, request[1])
      break
    case 'forget':
      for (const aside of asides(storage, id)) storage.removeItem(aside)
      break
    default: {
      if (!journal) throw new Error()
      if (request[0] === 'recall') return { ...contents(), records: await journal.recall(contents().mark!) }
      const [, text, upTo] = request
      const mark = await journal.log(text, upTo)
      if (text) storage.setItem(markKey(key), String(mark))
    }
  }
  return contents()
}

function setAside(storage: Storage, id: string, key: string, text: string): void {
  if (storage.getItem(key) !== text) return
  // Removed first, as there may be no room for both.
  storage.removeItem(key)
  try {
    storage.setItem(asidePrefix(id) + new Date().toISOString(), text)
  } catch (error) {
    storage.setItem(key, text)
    throw error
  }
  // What was in it is to be recalled.
  storage.removeItem(markKey(key))
}

function asides(storage: Storage, id: string): string[] {
  return Object.keys(storage)
    .filter((key) => key.startsWith(asidePrefix(id)))
    .sort()
}

function latestAside(storage: Storage, id: string): string | undefined {
  const name = asides(storage, id).at(-1)
  return name === undefined ? undefined : (storage.getItem(name) ?? undefined)
}

/** The page's own storage, unless it is switched off or blocked. */
export function ownStorage(): Storage | undefined {
  try {
    const storage: Storage | null = window.localStorage
    storage?.getItem('')
    return storage ?? undefined
  } catch {
    return undefined
  }
}

export class LocalBackend implements Backend {
  readonly kind: Reach
  onchange: (text: string | null) => void = () => {}
  readonly #storage: Storage
  readonly #id: string
  readonly #key: string
  readonly #journal: Journal | undefined

  /** What pages keep for themselves has no journal. */
  constructor(kind: Reach, storage: Storage, id: string) {
    this.kind = kind
    this.#storage = storage
    this.#id = id
    this.#key = kind === 'saved' ? id : pageKey(id)
    if (kind === 'saved') this.#journal = new Journal(id)
    addEventListener('storage', ({ key, newValue }) => {
      // No key: somebody has cleared the storage.
      if (key === this.#key || key === null) this.onchange(newValue)
    })
  }

  ask(request: Request): Promise<Contents> {
    return answer(this.#storage, this.#id, request, this.#key, this.#journal)
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
export async function isDurable(id: string): Promise<boolean> {
  if (location.href.length < longAddress) return true
  // Where Firefox silently loses a storage, it cannot open a database either.
  return new Journal(id).recall(0).then(
    () => true,
    () => false,
  )
}
