// The places where a reader's answers can be kept, the best first:
//
//   shared  The storage that all pages have in common: on the web, and on file:// in browsers that
//           give all files one storage. Every page reads and writes it directly.
//   hub     Firefox gives every file a storage of its own. The pages of a folder share that of
//           hub.html, which each of them holds in a hidden frame.
//   page    hub.html may be missing. When it does not answer in time, a page uses its own storage.
//           If the hub answers later, the store moves there and joins both.
//   memory  Storage is switched off or blocked, or the browser is known to lose it: answers last
//           as long as the page.
//
// Two things lie beside them. *Unshared*, in the page's own storage, are answers that the shared
// place or the hub had not taken yet when the page was left; they are joined when it is opened
// again. *Set aside* is a text in the place of the answers that could not be read: it makes way, is
// offered to the reader as a file, and is never dropped unasked.
import { isDurable, LocalBackend, MemoryBackend, ownStorage, pageKey, sharedKey, type Backend } from './backend.ts'
import { openHub } from './hub.ts'

/** In milliseconds: how long a page waits for the hub before it goes on without it. */
const hubTimeout = 1500

/** What a page could not share before it was left. */
export class Unshared {
  /** As it was found, or kept since. */
  text: string | null
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
    this.text = storage.getItem(pageKey)
  }

  /** Throws when there is no room. */
  keep(text: string): void {
    this.#storage.setItem(pageKey, text)
    this.text = text
  }

  /** Removes the text, but not one that another tab has put in its place. */
  remove(): void {
    if (this.text !== null && this.#storage.getItem(pageKey) === this.text) this.#storage.removeItem(pageKey)
    this.text = null
  }
}

export interface Place {
  backend: Backend
  unshared?: Unshared
  /** A better place, if one still turns up. */
  later?: Promise<Place>
}

/** Opens the best place there is. `holder` names the hub's address, and takes its frame. */
export async function openPlace(holder: HTMLElement | null): Promise<Place> {
  const storage = ownStorage()
  if (!storage) return { backend: new MemoryBackend() }
  const withUnshared = (backend: Backend): Place => ({ backend, unshared: new Unshared(storage) })
  // Where all files share a storage, that shows as soon as there is something in it.
  const isShared = location.protocol !== 'file:' || storage.getItem(sharedKey) !== null
  if (isShared || !holder) return withUnshared(new LocalBackend('saved', storage, sharedKey))
  const later = openHub(holder.dataset.hub ?? '', holder).then(withUnshared)
  const timeout = new Promise<undefined>((resolve) => {
    setTimeout(resolve, hubTimeout)
    // A page left before that keeps its answers to itself.
    addEventListener('pagehide', () => resolve(undefined))
  })
  const hub = await Promise.race([later, timeout])
  if (hub) return hub
  const kind = (await isDurable()) ? 'page-only' : 'memory'
  return { backend: new LocalBackend(kind, storage, pageKey), later }
}
