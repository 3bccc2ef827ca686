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
// All of it lies under the handbook's id, so that handbooks of one origin share nothing. Beside the
// shared storage and that of the hub there is a journal of what they may still lose (journal.ts).
//
// Two more things lie beside them. *Unshared*, in the page's own storage, are answers that the shared
// place or the hub had not taken yet when the page was left; they are joined when it is opened
// again. *Set aside* is a text in the place of the answers that could not be read: it makes way, is
// offered to the reader as a file, and is never dropped unasked.
import { isDurable, LocalBackend, MemoryBackend, ownStorage, pageKey, type Backend } from './backend.ts'
import { openHub } from './hub.ts'

/** In milliseconds: how long a page waits for the hub before it goes on without it. */
const hubTimeout = 1500

/** What a page could not share before it was left. */
export class Unshared {
  /** As it was found, or kept since. */
  text: string | null
  readonly #storage: Storage
  readonly #key: string

  constructor(storage: Storage, id: string) {
    this.#storage = storage
    this.#key = pageKey(id)
    this.text = storage.getItem(this.#key)
  }

  /** Throws when there is no room. */
  keep(text: string): void {
    this.#storage.setItem(this.#key, text)
    this.text = text
  }

  /** Removes the text, but not one that another tab has put in its place. */
  remove(): void {
    if (this.text !== null && this.#storage.getItem(this.#key) === this.text) this.#storage.removeItem(this.#key)
    this.text = null
  }
}

export interface Place {
  backend: Backend
  unshared?: Unshared
  /** A better place, if one still turns up. */
  later?: Promise<Place>
}

/**
 * Opens the best place there is. `holder` names the handbook's id and the hub's address, and takes
 * the hub's frame. A page without it keeps nothing.
 */
export async function openPlace(holder: HTMLElement | null): Promise<Place> {
  const storage = ownStorage()
  const { id, hub: address = '' } = holder?.dataset ?? {}
  if (!storage || !holder || !id) return { backend: new MemoryBackend() }
  const withUnshared = (backend: Backend): Place => ({ backend, unshared: new Unshared(storage, id) })
  // Where all files share a storage, that shows as soon as there is something in it.
  const isShared = location.protocol !== 'file:' || storage.getItem(id) !== null
  if (isShared) return withUnshared(new LocalBackend('saved', storage, id))
  const later = openHub(address, holder).then(withUnshared)
  const timeout = new Promise<undefined>((resolve) => {
    setTimeout(resolve, hubTimeout)
    // A page left before that keeps its answers to itself.
    addEventListener('pagehide', () => resolve(undefined))
  })
  const hub = await Promise.race([later, timeout])
  if (hub) return hub
  const kind = (await isDurable(id)) ? 'page-only' : 'long-path'
  return { backend: new LocalBackend(kind, storage, id), later }
}
