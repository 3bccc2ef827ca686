// Where the answers are kept: in this page's storage, behind a hidden frame that all pages of a folder share, or in memory.

/** How well a place keeps the answers: for all pages, for this page alone, or until it is closed. */
export type Keeping = 'saved' | 'page-only' | 'memory'

/** What lies in a place. Every request is answered with it. */
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
  readonly kind: Keeping
  ask(request: Request): Promise<Contents>
  /** Set by the store: called when another tab has stored a text. */
  onchange: (text: string | null) => void
}

/** The name in storage; and where a page keeps what it could not share. */
const sharedKey = 'tebiki'
const pageKey = 'tebiki-page'
const asidePrefix = 'tebiki-aside-'

/** How long the hub may take before a page goes on without it. */
const patience = 1500

/** Addresses so long may lie beyond what Firefox can keep; it does not say so. */
const suspicious = 200

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
    case 'aside': {
      const [, text] = request
      if (storage.getItem(key) === text) {
        // First away, as there may not be room for both.
        storage.removeItem(key)
        try {
          storage.setItem(asidePrefix + new Date().toISOString(), text)
        } catch (error) {
          storage.setItem(key, text)
          throw error
        }
      }
      return { text: storage.getItem(key) }
    }
    case 'forget':
      for (const aside of asides(storage)) storage.removeItem(aside)
      return { text: storage.getItem(key) }
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
function ownStorage(): Storage | undefined {
  try {
    const storage: Storage | null = window.localStorage
    storage?.getItem(sharedKey)
    return storage ?? undefined
  } catch {
    return undefined
  }
}

class LocalBackend implements Backend {
  readonly kind: Keeping
  onchange: (text: string | null) => void = () => {}
  readonly #storage: Storage
  readonly #key: string

  constructor(kind: Keeping, storage: Storage, key: string) {
    this.kind = kind
    this.#storage = storage
    this.#key = key
    listen(key, (text) => this.onchange(text))
  }

  async ask(request: Request): Promise<Contents> {
    return answer(this.#storage, this.#key, request)
  }
}

function listen(key: string, heard: (text: string | null) => void): void {
  addEventListener('storage', (event) => {
    if (event.key === key) heard(event.newValue)
  })
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

/** From the hub: the answer to a request, or what another tab has stored. */
interface Reply {
  id?: number
  contents?: Contents
  error?: string
  changed?: string | null
}

/** Answers the page that holds this one in a frame. Only pages of a folder need it. */
export async function serveHub(): Promise<void> {
  const storage = location.protocol === 'file:' && window.parent !== window ? ownStorage() : undefined
  if (!storage) return
  const kind = await keeping()
  const { port1: port, port2 } = new MessageChannel()
  const reply = (message: Reply) => port.postMessage(message)
  port.onmessage = ({ data: { id, request } }: MessageEvent<{ id: number; request: Request }>) => {
    try {
      reply({ id, contents: answer(storage, sharedKey, request) })
    } catch (error) {
      reply({ id, error: error instanceof Error ? error.name : '' })
    }
  }
  listen(sharedKey, (changed) => reply({ changed }))
  // Files have no origin to be named.
  window.parent.postMessage({ hub: kind }, '*', [port2])
}

class HubBackend implements Backend {
  readonly kind: Keeping
  onchange: (text: string | null) => void = () => {}
  readonly #port: MessagePort
  readonly #waiting = new Map<number, (reply: Reply) => void>()
  #lastId = 0

  constructor(kind: Keeping, port: MessagePort) {
    this.kind = kind
    this.#port = port
    port.onmessage = ({ data }: MessageEvent<Reply>) => {
      const { id, changed } = data
      if (changed !== undefined) this.onchange(changed)
      if (id === undefined) return
      this.#waiting.get(id)?.(data)
      this.#waiting.delete(id)
    }
  }

  async ask(request: Request): Promise<Contents> {
    const id = ++this.#lastId
    this.#port.postMessage({ id, request })
    const { contents, error } = await new Promise<Reply>((resolve) => this.#waiting.set(id, resolve))
    if (!contents) throw Object.assign(new Error(error), { name: error })
    return contents
  }
}

function openHub(element: HTMLElement): Promise<Backend> {
  const frame = document.createElement('iframe')
  frame.src = element.dataset.hub ?? ''
  return new Promise((resolve) => {
    addEventListener('message', ({ source, data, ports: [port] }: MessageEvent<{ hub: Keeping }>) => {
      if (source === frame.contentWindow && port) resolve(new HubBackend(data.hub, port))
    })
    element.append(frame)
  })
}

/** Whether what this page stores will be there after the browser was closed. */
async function keeping(): Promise<Keeping> {
  if (location.href.length < suspicious) return 'saved'
  // Where Firefox silently loses a storage, it cannot open a database either.
  return new Promise((resolve) => {
    const name = 'tebiki-probe'
    const opening = indexedDB.open(name)
    opening.onerror = () => resolve('memory')
    opening.onsuccess = () => {
      opening.result.close()
      indexedDB.deleteDatabase(name)
      resolve('saved')
    }
  })
}

/** What this page had to keep apart from the others: it finds it again when it is opened the next time. */
export interface Apart {
  text: string | null
  keep: (text: string) => void
  /** Removes a text, but not what another tab has put in its place. */
  remove: (text: string) => void
}

/** A backend, and the page's own place beside it. */
export interface Place {
  backend: Backend
  apart?: Apart
  /** A better place, should it still come. */
  later?: Promise<Place>
}

/** Opens the best place there is. */
export async function openPlace(element: HTMLElement | null): Promise<Place> {
  const storage = ownStorage()
  if (!storage) return { backend: new MemoryBackend() }
  const withApart = (backend: Backend): Place => ({
    backend,
    apart: {
      text: storage.getItem(pageKey),
      keep: (text) => storage.setItem(pageKey, text),
      remove: (text) => {
        if (storage.getItem(pageKey) === text) storage.removeItem(pageKey)
      },
    },
  })
  // In some browsers all files share a storage, which shows once there is something in it.
  const shared = location.protocol !== 'file:' || storage.getItem(sharedKey) !== null
  if (shared || !element) return withApart(new LocalBackend('saved', storage, sharedKey))
  const later = openHub(element).then(withApart)
  const waited = new Promise<undefined>((resolve) => {
    setTimeout(resolve, patience)
    // What was answered meanwhile stays with the page.
    addEventListener('pagehide', () => resolve(undefined))
  })
  return (await Promise.race([later, waited])) ?? { backend: new LocalBackend((await keeping()) === 'saved' ? 'page-only' : 'memory', storage, pageKey), later }
}
