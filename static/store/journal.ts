// A durable copy of what was stored lately. A browser hands a localStorage to the disk seconds or
// minutes after it has taken it: what a crash or a power cut loses of it, the journal still has.
//
// It is a database of records, each a text of answers as `serialize` writes them: those that one
// change has changed, or all there are, and then the records before it go. Merged, in any order,
// the records give everything. Beside what is stored stands a *mark*, the key of the last record
// that it includes. The two get old together, so a mark that is not the last key shows that the
// storage has lost something.

/** What a backend asks a journal. Everything throws where there is no database that lasts. */
export interface Records {
  /** The texts of all records, unless the key of the last one is the mark. */
  recall(mark: number): Promise<string[] | undefined>
  /** Deletes the records up to a key and adds one, unless it is ''. Waits until the disk has it. */
  log(text: string, upTo: number): Promise<number>
}

const records = 'records'

/** In milliseconds: a database may take for ever to open. */
const timeLimit = 5000

export class Journal implements Records {
  readonly #name: string
  #database: Promise<IDBDatabase> | undefined
  #lastKey = 0

  constructor(name: string) {
    this.#name = name
  }

  async recall(mark: number): Promise<string[] | undefined> {
    const keys = await this.#ask('readonly', (store) => store.getAllKeys())
    return (keys.at(-1) ?? 0) === mark ? undefined : this.#ask('readonly', (store) => store.getAll())
  }

  async log(text: string, upTo: number): Promise<number> {
    // The time, for it tells when the answers were stored; rising, and never the same in two tabs.
    const key = (this.#lastKey = Math.max(Date.now(), this.#lastKey + 1) + Math.random())
    await this.#ask<unknown>('readwrite', (store) => {
      const deleting = store.delete(IDBKeyRange.upperBound(upTo))
      return text ? store.add(text, key) : deleting
    })
    return key
  }

  async #ask<T>(mode: IDBTransactionMode, request: (store: IDBObjectStore) => { readonly result: T }): Promise<T> {
    try {
      return await Promise.race([
        (this.#database ??= open(this.#name)).then((database) => transact(database, mode, request)),
        new Promise<never>((_, reject) => setTimeout(reject, timeLimit)),
      ])
    } catch (error) {
      // The browser, or a newer version, may have closed it. It may open again.
      this.#database = undefined
      throw error
    }
  }
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name)
    opening.onupgradeneeded = () => opening.result.createObjectStore(records)
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const database = opening.result
      database.onversionchange = () => database.close()
      resolve(database)
    }
  })
}

function transact<T>(
  database: IDBDatabase,
  mode: IDBTransactionMode,
  request: (store: IDBObjectStore) => { readonly result: T },
): Promise<T> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(records, mode, { durability: 'strict' })
    // Browsers that do not know the word keep no such promise.
    if (transaction.durability !== 'strict') throw new Error()
    const asked = request(transaction.objectStore(records))
    transaction.oncomplete = () => resolve(asked.result)
    transaction.onabort = () => reject(transaction.error)
    // At once, or the browser gives it up when the page is left.
    transaction.commit()
  })
}
