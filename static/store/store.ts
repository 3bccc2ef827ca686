// The one store of a page: it holds the answers in memory, keeps them on this device through a
// backend, and joins them with what other tabs have stored. place.ts explains where they can be
// kept.
//
// Of the texts in here, `text` is what the answers in memory look like when they are written, and
// `stored` is what the backend holds, as far as this page knows. They are the same once everything
// is saved.
import {
  alive,
  canonical,
  currentId,
  empty,
  isUnused,
  maxSize,
  own,
  serialize,
  type Answer,
  type Company,
  type Saved,
} from '../answers/format.ts'
import { changesSince, merge, mergeIntoCurrent } from '../answers/merge.ts'
import { parse } from '../answers/parse.ts'
import { stampChanges, type Stamp } from '../answers/stamp.ts'
import { later } from '../answers/times.ts'
import { MemoryBackend, type Backend, type Contents, type Reach } from './backend.ts'
import { askToPersist } from './persist.ts'
import { openPlace, type Place, type Unshared } from './place.ts'

export interface State {
  kind: Reach | 'saving' | 'full' | 'unreadable' | 'newer-format' | 'refused'
  /** Of the last save. */
  time?: Date
  /** Whether what was saved by then outlives a power cut. */
  durable?: boolean
  /** A text that could not be read, to be offered as a file. It may stand beside any kind. */
  aside?: string
  /** The answers with the last edit that was refused, to be offered likewise. */
  refused?: string
}

/** What an answer says, or a part of it. */
type Fields = Partial<Omit<Answer, 'at'>>

/**
 * The id of the company that the first answer makes: the same everywhere, so that two tabs, or two
 * colleagues, mean one.
 */
const firstCompany = 'first'

const nothing = serialize(empty())

/** In milliseconds: a save that takes longer is shown. */
const savingDelay = 300

/** After so many changes the journal gets all answers at once. */
const maxChanges = 100

export class Store extends EventTarget {
  static #page: Promise<Store> | undefined

  /** Opens the page's store. Later calls return the same one. */
  static open(): Promise<Store> {
    return (this.#page ??= openStore())
  }

  /** Opens it, and shows what it holds, now and after each change. */
  static async follow(show: (store: Store) => void, signal: AbortSignal): Promise<Store> {
    const store = await Store.open()
    store.addEventListener('change', () => show(store), { signal })
    show(store)
    return store
  }

  #backend: Backend = new MemoryBackend()
  readonly #companyName: string
  #saved = empty()
  #text = nothing
  /** The texts of companies, which are replaced, never changed. */
  readonly #companyTexts = new WeakMap<Company, string>()
  #state: State = { kind: this.#backend.kind }
  #stored: string | null = null
  /** What this page stored last. */
  #ownStored: string | null = null
  /**
   * The company this page was opened with or has turned to since, whatever other tabs turn to; ''
   * for none.
   */
  #pageCompany = ''
  /** The company that the link to this page names, until the page has turned to it; '' for none. */
  #linkedCompany: string
  /** What is stored is not ours to overwrite. */
  #isReadOnly = false
  #storing: Promise<void> | undefined
  #logging: Promise<void> | undefined
  #recalling: Promise<void> | undefined
  /** The journal has not got yet what this page stored. */
  #isUnlogged = false
  /** What the journal has through this page, and in how many records. */
  #logged = empty()
  #records = 0
  /** The next record has all answers, and takes the place of those that what is stored includes. */
  #isWhole = true
  /** And of all others. */
  #isErasing = false
  /** The mark of what is stored. */
  #mark = 0
  #unshared: Unshared | undefined
  #lastMoment = ''

  /** A company that the first answer makes has the given name. A linked one need not be stored. */
  constructor(companyName: string, linkedCompany = '') {
    super()
    this.#companyName = companyName
    this.#linkedCompany = linkedCompany
  }

  /**
   * Begins to use a place: joins what it holds with the answers in memory, and stores the result.
   */
  async use({ backend, unshared, later }: Place): Promise<void> {
    const before = this.#text
    this.#backend.onchange = () => {}
    this.#backend = backend
    this.#isReadOnly = false
    this.#isWhole = true
    backend.onchange = (text) => void this.#receive(text)

    // A place that cannot be read cannot be written either, which the reader is told then.
    const { text, aside, mark = 0 } = await backend.ask(['read']).catch((): Contents => ({ text: null }))
    this.#mark = mark
    this.#setState({ ...this.#state, kind: backend.kind, ...(aside && { aside }) })
    await this.#join(text, true)
    const result = parse(unshared?.text ?? '')
    const isRead = 'saved' in result
    if (isRead) this.#set(mergeIntoCurrent(result.saved, this.#saved))
    // An unshared text that cannot be read stays, and nothing is put in its place.
    this.#unshared = isRead || !unshared?.text ? unshared : undefined
    this.#pageCompany = currentId(this.#saved) ?? ''
    if (isRead || before !== nothing) await this.#save()
    await this.#turnToLinked()
    void later?.then((place) => this.use(place))
    this.#recalling = this.#recall()
  }

  /** Joins what the journal has and the storage has lost, for which no page waits. */
  async #recall(): Promise<void> {
    const { text, mark, records } = await this.#backend.ask(['recall']).catch((): Contents => ({ text: null }))
    if (text && mark && !this.#state.time) this.#setState({ ...this.#state, time: new Date(mark), durable: true })
    if (!records || this.#isReadOnly) return
    for (const record of records) {
      const result = parse(record)
      if ('saved' in result) this.#set(merge(this.#saved, result.saved))
      else if (result.fault.kind === 'newer-format') return this.#stopForNewer()
    }
    this.#isUnlogged = this.#text !== nothing
    await this.#save()
    await this.#turnToLinked()
  }

  #stopForNewer(): void {
    this.#isReadOnly = true
    this.#setState({ kind: 'newer-format' })
  }

  /** A place that answers late may be the first to know the company. */
  async #turnToLinked(): Promise<void> {
    const id = this.#linkedCompany
    if (!id || !alive(this.#saved, id)) return
    this.#linkedCompany = ''
    if (id !== currentId(this.#saved)) await this.edit((draft) => void (draft.current = id))
  }

  get saved(): Saved {
    return this.#saved
  }

  /** Whether no other page can read these answers. */
  get isAlone(): boolean {
    return this.#backend.kind !== 'saved'
  }

  get state(): Readonly<State> {
    return this.#state
  }

  /** The company this page works on. */
  company(): Company | undefined {
    return own(this.#saved.companies, this.#companyId ?? '')
  }

  get #companyId(): string | undefined {
    return alive(this.#saved, this.#pageCompany) ? this.#pageCompany : currentId(this.#saved)
  }

  /** The company's answer for a measure. */
  answer(measure: string): Answer | undefined {
    return own(this.company()?.answers ?? {}, measure)
  }

  /**
   * Changes the answers. The change shows at once; the promise waits until it is stored, or until
   * it is known that it cannot be. The draft has a current company. `change` need not stamp what it
   * changes. When the result could not be read back, it throws and changes nothing, and the state
   * says so.
   */
  async edit(change: (draft: Saved, stamp: Stamp) => void): Promise<void> {
    await this.#edit(structuredClone(this.#saved), change)
  }

  /**
   * Changes the company this page works on. `change` replaces answers, never changes them:
   * untouched ones cost nothing.
   */
  async editCompany(change: (company: Company) => void): Promise<void> {
    const draft = { ...this.#saved, at: { ...this.#saved.at }, companies: { ...this.#saved.companies } }
    await this.#edit(draft, ({ companies, current }) => {
      const id = this.#companyId ?? current
      const { methods, answers, at, ...others } = companies[id]!
      change((companies[id] = { ...others, methods: [...methods], answers: { ...answers }, at: { ...at } }))
    })
  }

  /**
   * Sets fields of the company's answer for a measure; `undefined` removes one. A company answered
   * on a method's checklist uses it.
   */
  async setAnswer(measure: string, fields: Fields, method = ''): Promise<void> {
    await this.setAnswers({ [measure]: fields }, method)
  }

  /** Sets fields of several answers in one edit, by the measure's slug. */
  async setAnswers(changes: Record<string, Fields>, method = ''): Promise<void> {
    await this.editCompany(({ answers, methods }) => {
      for (const [measure, fields] of Object.entries(changes)) {
        const answer = own(answers, measure)
        answers[measure] = { ...answer, ...fields, at: { ...answer?.at } }
      }
      if (method && !methods.includes(method)) methods.push(method)
    })
  }

  async #edit(draft: Saved, change: (draft: Saved, stamp: Stamp) => void): Promise<void> {
    const id = currentId(draft)
    const made = id === undefined ? freeId(draft) : ''
    if (made) draft.companies[made] = { name: this.#companyName, methods: [], answers: {}, at: {} }
    draft.current = id ?? made
    const stamp = this.#stamper()
    change(draft, stamp)
    if (id !== undefined && draft.current !== id) this.#pageCompany = draft.current
    await this.#apply(draft, stamp, made)
    if (made) askToPersist()
  }

  /** Puts other answers in the place of these, in all tabs, unless they are too many. */
  async replace(saved: Saved): Promise<void> {
    if (serialize(saved).length > maxSize) return this.#setState({ kind: 'full' })
    await this.#apply(structuredClone(saved), this.#stamper())
  }

  /** Deletes all answers from this device and returns them, for `replace`. */
  async erase(): Promise<Saved> {
    // What comes from the journal later would bring all back.
    await this.#recalling
    const before = this.#saved
    this.#isReadOnly = false
    this.#isErasing = this.#isUnlogged = true
    await this.replace(empty())
    await this.forget()
    return before
  }

  /** Deletes what was set aside. */
  async forget(): Promise<void> {
    await this.#backend.ask(['forget']).catch(() => {})
    const { kind } = this.#state
    this.#setState({ ...this.#state, kind: kind === 'unreadable' ? this.#backend.kind : kind, aside: undefined })
  }

  /**
   * Joins what other tabs stored while this one was asleep, and tries again to store what it could
   * not.
   */
  async refresh(): Promise<void> {
    const contents = await this.#backend.ask(['read']).catch(() => undefined)
    await this.#receive(contents ? contents.text : this.#stored)
  }

  /** For when the page is left: a place that has not answered by then stores nothing any more. */
  leave(): void {
    if (this.#isStored || this.#isReadOnly) return
    try {
      this.#unshared?.keep(this.#text)
    } catch {
      // There is no room here either.
    }
  }

  /**
   * `made` is the id of a company that was made for this edit, and is removed again if the edit had
   * no use for it.
   */
  async #apply(draft: Saved, stamp: Stamp, made = ''): Promise<void> {
    const company = own(draft.companies, made)
    const unnamed = company?.name === this.#companyName
    if (company && unnamed && isUnused(company)) {
      Reflect.deleteProperty(draft.companies, made)
      if (draft.current === made) draft.current = this.#saved.current
    }
    try {
      stampChanges(this.#saved, draft, stamp)
    } catch (error) {
      this.#setState({ kind: 'refused', refused: canonical(draft) })
      throw error
    }
    // A name that nobody chose gives way to any that somebody did.
    if (company && unnamed) Reflect.deleteProperty(company.at, 'name')
    this.#set(draft)
    await this.#save()
  }

  /**
   * One edit has one time: later than every edit before it on this page and all it replaces, even
   * if the clock was set back.
   */
  #stamper(): Stamp {
    const now = new Date().toISOString()
    const moment = now > this.#lastMoment ? now : later(this.#lastMoment)
    this.#lastMoment = moment
    return (at, field) => {
      const known = own(at, field) ?? ''
      at[field] = known < moment ? moment : later(known)
    }
  }

  get #isStored(): boolean {
    return (this.#stored ?? nothing) === this.#text
  }

  /** Writes anew only the companies that have changed. */
  #write(saved: Saved): string {
    return serialize(saved, (company) => {
      const text = this.#companyTexts.get(company) ?? canonical(company)
      this.#companyTexts.set(company, text)
      return text
    })
  }

  #set(saved: Saved, text = this.#write(saved)): void {
    if (text === this.#text) return
    // No record may keep what is deleted, here or in another tab.
    if (Object.entries(saved.companies).some(([id, { deleted }]) => deleted && alive(this.#saved, id)))
      this.#isWhole = this.#isUnlogged = true
    this.#saved = saved
    this.#text = text
    this.dispatchEvent(new Event('change'))
  }

  #setState(state: State): void {
    const { aside, refused } = this.#state
    this.#state = { aside, refused, ...state }
    this.dispatchEvent(new Event('state'))
  }

  /**
   * Takes what another tab has stored. If somebody cleared the storage, our answers go back with
   * the next edit only.
   */
  async #receive(text: string | null): Promise<void> {
    if (this.#isReadOnly) return
    if (text === null && this.#stored !== null) {
      // They mean the journal, too, which would bring all back.
      this.#isWhole = true
      void this.#backend.ask(['log', '', Infinity]).catch(() => {})
    }
    if (text !== this.#stored) await this.#join(text)
    if (text !== null || this.#text !== this.#ownStored) await this.#save()
  }

  /**
   * Joins a stored text with our answers. One that cannot be read is set aside; one of a newer
   * version stays.
   */
  async #join(text: string | null, isNewPlace = false): Promise<void> {
    this.#stored = text
    if (!text) return
    const result = parse(text)
    if ('saved' in result) {
      const stored = result.saved
      const linked = this.#linkedCompany
      const target = linked && alive(stored, linked) ? linked : undefined
      const join = () => (isNewPlace ? mergeIntoCurrent(this.#saved, stored, target) : merge(this.#saved, stored))
      this.#set(this.#text === nothing ? stored : join())
    } else if (result.fault.kind === 'newer-format') {
      this.#stopForNewer()
    } else if (result.fault.kind !== 'empty') {
      try {
        this.#stored = (await this.#backend.ask(['aside', text])).text
      } catch {
        this.#isReadOnly = true
      }
      this.#setState({ kind: 'unreadable', aside: text })
    }
  }

  /** Stores what is here, and then waits until the journal has it. */
  async #save(): Promise<void> {
    const timer = setTimeout(() => this.#setState({ ...this.#state, kind: 'saving' }), savingDelay)
    await (this.#storing ??= this.#store())
    await (this.#logging ??= this.#log())
    clearTimeout(timer)
  }

  async #store(): Promise<void> {
    await undefined // First #storing must be set.
    try {
      while (!this.#isReadOnly && !this.#isStored) {
        const text = this.#text
        if (text.length > maxSize) throw new DOMException('', 'QuotaExceededError')
        const { text: stored, mark = 0 } = await this.#backend.ask(['swap', this.#stored, text])
        if (stored !== text) {
          await this.#join(stored)
        } else {
          this.#stored = this.#ownStored = stored
          this.#mark = mark
          this.#isUnlogged = true
        }
      }
      if (this.#isStored) this.#unshared?.remove()
    } catch (error) {
      this.#setState({ kind: isFull(error) ? 'full' : 'memory' })
    } finally {
      this.#storing = undefined
    }
  }

  /** Only what the journal has is called saved, or else not durable. */
  async #log(): Promise<void> {
    await undefined // First #logging must be set.
    let durable: boolean | undefined
    while (durable !== false && this.#isUnlogged && this.#isStored) {
      const [saved, isErasing, isWhole] = [this.#saved, this.#isErasing, this.#isWhole || this.#records > maxChanges]
      this.#isUnlogged = this.#isErasing = this.#isWhole = false
      const text = isWhole ? this.#text : serialize(changesSince(this.#logged, saved))
      try {
        const { mark } = await this.#backend.ask(['log', text, isErasing ? Infinity : isWhole ? this.#mark : 0])
        this.#mark = mark ?? 0
        this.#logged = saved
        this.#records = isWhole ? 1 : this.#records + 1
        durable = true
      } catch {
        this.#isUnlogged = true
        this.#isErasing ||= isErasing
        this.#isWhole ||= isWhole
        durable = false
      }
    }
    this.#logging = undefined
    if (durable !== undefined && this.#isStored) this.#setState({ kind: this.#backend.kind, time: new Date(), durable })
  }
}

async function openStore(): Promise<Store> {
  const holder = document.querySelector<HTMLElement>('[data-js-store]')
  // A link to a company's checklist switches to that company.
  const linkedCompany = new URLSearchParams(location.hash.slice(1)).get('company') ?? ''
  const store = new Store(holder?.dataset.companyName ?? '', linkedCompany)
  await store.use(await openPlace(holder))
  // Fields hand over what was typed last in listeners of their own, which were added earlier and
  // run first.
  addEventListener('pagehide', () => store.leave())
  // A page that comes back from the history has missed what other tabs stored.
  addEventListener('pageshow', () => void store.refresh())
  document.addEventListener('visibilitychange', () => void store.refresh())
  return store
}

function isFull(error: unknown): boolean {
  return error instanceof Error && /quota/i.test(error.name)
}

function freeId(saved: Saved): string {
  let id = firstCompany
  for (let n = 2; Object.hasOwn(saved.companies, id); n++) id = `${firstCompany}-${n}`
  return id
}
