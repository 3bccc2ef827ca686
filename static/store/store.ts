// The one store of a page: the answers in memory, kept on this device by a backend, and joined with what other tabs keep.
import { adopt, alive, canonical, currentId, empty, later, maxSize, merge, own, parse, serialize, stampChanges, type Answer, type Company, type Saved, type Stamp } from './answers.ts'
import { MemoryBackend, openPlace, type Apart, type Backend, type Place } from './backend.ts'

export interface State {
  kind: 'saved' | 'saving' | 'memory' | 'page-only' | 'full' | 'unreadable' | 'newer-format'
  /** Of the last save from this page. */
  time?: Date
  /** A text that could not be read, to be offered as a file. It may stand beside any kind. */
  aside?: string
}

/** The company that the first answer makes. It is the same everywhere, so that two tabs, or two colleagues' files, mean the same one. */
const firstCompany = 'first'

const nothing = serialize(empty())

/** What takes longer, in milliseconds, is worth a word. */
const slow = 300

export class Store extends EventTarget {
  static #page: Promise<Store> | undefined

  /** Opens the page's store. Later calls give the same one. */
  static open(): Promise<Store> {
    return (this.#page ??= openStore())
  }

  /** Opens it and shows what it holds, now and after each change. */
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
  /** What is here is not changed any more, but replaced. */
  readonly #texts = new WeakMap<Company, string>()
  #state: State = { kind: this.#backend.kind }
  /** What is stored, as far as known here. */
  #stored: string | null = null
  /** What this page stored last. */
  #kept: string | null = null
  /** The company this page was opened with or has turned to, whatever others turn to. There may have been none. */
  #here = ''
  /** What is stored is not ours to overwrite. */
  #closed = false
  #saving: Promise<void> | undefined
  #apart: Apart | undefined
  /** What lies apart of this page's answers. */
  #keptApart = ''
  #lastMoment = ''

  constructor(companyName: string) {
    super()
    this.#companyName = companyName
  }

  /** Begins to use a place: joins what is stored there with what is here, and stores the rest. */
  async use({ backend, apart, later }: Place): Promise<void> {
    const before = this.#text
    this.#backend.onchange = () => {}
    this.#backend = backend
    this.#closed = false
    backend.onchange = (text) => void this.#hear(text)

    // What cannot be read cannot be written either, and that is told.
    const { text, aside } = await backend.ask(['read']).catch(() => ({ text: null, aside: undefined }))
    this.#setState({ ...this.#state, kind: backend.kind, ...(aside && { aside }) })
    await this.#meet(text, true)
    const result = parse(apart?.text ?? '')
    const read = 'saved' in result
    if (read) this.#set(adopt(result.saved, this.#saved))
    // What cannot be read there stays, and nothing is put in its place.
    this.#apart = read || !apart?.text ? apart : undefined
    this.#keptApart = this.#apart?.text ?? ''
    this.#here = currentId(this.#saved) ?? ''
    if (read || before !== nothing) await this.#save()
    void later?.then((place) => this.use(place))
  }

  get saved(): Saved {
    return this.#saved
  }

  get state(): Readonly<State> {
    return this.#state
  }

  /** The company this page works on. */
  company(): Company | undefined {
    return own(this.#saved.companies, this.#companyId ?? '')
  }

  get #companyId(): string | undefined {
    return alive(this.#saved, this.#here) ? this.#here : currentId(this.#saved)
  }

  /** The company's answer for a measure. */
  answer(measure: string): Answer | undefined {
    return own(this.company()?.answers ?? {}, measure)
  }

  /**
   * Changes the answers. The change is to be seen at once; the promise waits until it is stored, or it is known that it
   * cannot be. The draft has a current company. What `change` does not stamp is stamped for it. A change to something that
   * could not be read again is an error, and not made.
   */
  async edit(change: (draft: Saved, stamp: Stamp) => void): Promise<void> {
    await this.#edit(structuredClone(this.#saved), change)
  }

  /** Changes the company this page works on. Of its answers `change` may replace some, and what is not replaced costs nothing. */
  async editCompany(change: (company: Company) => void): Promise<void> {
    const draft = { ...this.#saved, at: { ...this.#saved.at }, companies: { ...this.#saved.companies } }
    await this.#edit(draft, ({ companies, current }) => {
      const id = this.#companyId ?? current
      const { methods, answers, at, ...others } = companies[id]!
      change((companies[id] = { ...others, methods: [...methods], answers: { ...answers }, at: { ...at } }))
    })
  }

  /** Sets fields of the company's answer for a measure; `undefined` takes one away. Who answers on a method's checklist uses that method. */
  async setAnswer(measure: string, fields: Partial<Omit<Answer, 'at'>>, method = ''): Promise<void> {
    await this.editCompany(({ answers, methods }) => {
      const answer = own(answers, measure)
      answers[measure] = { ...answer, ...fields, at: { ...answer?.at } }
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
    if (id !== undefined && draft.current !== id) this.#here = draft.current
    await this.#apply(draft, stamp, made)
  }

  /** Puts other answers in the place of these, in all tabs. */
  async replace(saved: Saved): Promise<void> {
    await this.#apply(structuredClone(saved), this.#stamper())
  }

  /** Deletes all answers from this device and returns them, for `replace`. */
  async erase(): Promise<Saved> {
    const before = this.#saved
    this.#closed = false
    await this.replace(empty())
    await this.forget()
    return before
  }

  /** Deletes what could not be read and was set aside. */
  async forget(): Promise<void> {
    await this.#backend.ask(['forget']).catch(() => {})
    const { kind } = this.#state
    this.#setState({ ...this.#state, kind: kind === 'unreadable' ? this.#backend.kind : kind, aside: undefined })
  }

  /** Joins what other tabs stored while this one was asleep, and stores what it could not. */
  async refresh(): Promise<void> {
    const contents = await this.#backend.ask(['read']).catch(() => undefined)
    await this.#hear(contents ? contents.text : this.#stored)
  }

  /** As the page is left: a place that answers later than that stores nothing any more. */
  leave(): void {
    if (this.#isStored || this.#closed || !this.#apart) return
    try {
      this.#apart.keep(this.#text)
      this.#keptApart = this.#text
    } catch {
      // There is no room here either.
    }
  }

  /** `made` is the id of a company that was made for this edit. It goes again if the edit had no use for it. */
  async #apply(draft: Saved, stamp: Stamp, made = ''): Promise<void> {
    const company = own(draft.companies, made)
    const unnamed = company?.name === this.#companyName
    if (company && unnamed && company.methods.length === 0 && Object.keys(company.answers).length === 0) {
      Reflect.deleteProperty(draft.companies, made)
      if (draft.current === made) draft.current = this.#saved.current
    }
    stampChanges(this.#saved, draft, stamp)
    // A name that nobody gave gives way to any that somebody did.
    if (company && unnamed) Reflect.deleteProperty(company.at, 'name')
    const text = this.#write(draft)
    if (text.length > maxSize) {
      this.#setState({ kind: 'full' })
      return
    }
    this.#set(draft, text)
    await this.#save()
  }

  /** All that one edit changes has one time: later than that of all edits before on this page, and of what it replaces, even if the clock was set back. */
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

  /** Writes only the companies that have changed. */
  #write(saved: Saved): string {
    return serialize(saved, (company) => {
      const text = this.#texts.get(company) ?? canonical(company)
      this.#texts.set(company, text)
      return text
    })
  }

  #set(saved: Saved, text = this.#write(saved)): void {
    if (text === this.#text) return
    this.#saved = saved
    this.#text = text
    this.dispatchEvent(new Event('change'))
  }

  #setState(state: State): void {
    this.#state = { aside: this.#state.aside, ...state }
    this.dispatchEvent(new Event('state'))
  }

  /** Another tab has stored a text. When somebody cleared the storage, ours goes back with the next edit. */
  async #hear(text: string | null): Promise<void> {
    if (this.#closed) return
    if (text !== this.#stored) await this.#meet(text)
    if (text !== null || this.#text !== this.#kept) await this.#save()
  }

  /** Joins what is stored with ours. What cannot be read is set aside; what a newer version wrote stays. */
  async #meet(text: string | null, isNewPlace = false): Promise<void> {
    this.#stored = text
    if (!text) return
    const result = parse(text)
    if ('saved' in result) {
      const join = isNewPlace ? adopt : merge
      this.#set(this.#text === nothing ? result.saved : join(this.#saved, result.saved))
    } else if (result.fault.kind === 'newer-format') {
      this.#closed = true
      this.#setState({ kind: 'newer-format' })
    } else if (result.fault.kind !== 'empty') {
      try {
        this.#stored = (await this.#backend.ask(['aside', text])).text
      } catch {
        this.#closed = true
      }
      this.#setState({ kind: 'unreadable', aside: text })
    }
  }

  #save(): Promise<void> {
    return (this.#saving ??= this.#store())
  }

  async #store(): Promise<void> {
    await undefined // so that #saving is set
    const timer = setTimeout(() => this.#setState({ ...this.#state, kind: 'saving' }), slow)
    try {
      while (!this.#closed && !this.#isStored) {
        const text = this.#text
        const stored = (await this.#backend.ask(['swap', this.#stored, text])).text
        if (stored !== text) {
          await this.#meet(stored)
        } else {
          this.#stored = this.#kept = stored
          this.#setState({ kind: this.#backend.kind, time: new Date() })
        }
      }
      if (this.#keptApart && this.#isStored) {
        this.#apart?.remove(this.#keptApart)
        this.#keptApart = ''
      }
    } catch (error) {
      this.#setState({ kind: isFull(error) ? 'full' : 'memory' })
    } finally {
      clearTimeout(timer)
      this.#saving = undefined
    }
  }
}

async function openStore(): Promise<Store> {
  const element = document.querySelector<HTMLElement>('answer-store')
  const store = new Store(element?.dataset.companyName ?? '')
  await store.use(await openPlace(element))
  // The fields, which hand over what was typed last, have listened longer.
  addEventListener('pagehide', () => store.leave())
  // A page that comes back from the history has heard nothing meanwhile.
  addEventListener('pageshow', () => void store.refresh())
  document.addEventListener('visibilitychange', () => void store.refresh())
  // A link to a company's checklist turns to that company.
  const id = new URLSearchParams(location.hash.slice(1)).get('company') ?? ''
  if (alive(store.saved, id) && id !== currentId(store.saved)) await store.edit((draft) => void (draft.current = id))
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
