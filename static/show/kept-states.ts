// The states of a company that were kept (残した状態): here one is kept, named and erased.
import { cleanName, newId } from '../answers/companies.ts'
import {
  maxSnapshots,
  snapshotField,
  snapshotOf,
  snapshotsOf,
  writeSnapshot,
  type Snapshot,
} from '../answers/snapshot.ts'
import { isComposing } from '../composing.ts'
import { SiteElement } from '../element.ts'
import { copyOf, part, setText } from '../parts.ts'
import { readCatalogue } from '../read-catalogue.ts'
import { pageStore } from '../store/page-store.ts'
import type { Store } from '../store/store.ts'
import { fill } from '../words.ts'
import { nameState } from './name-state.ts'

/** `<kept-states>` within the element that describes the handbook; its data attributes are the sentences it shows. */
export class KeptStates extends SiteElement {
  #store: Store | undefined
  readonly #items = new Map<string, HTMLElement>()
  #lastNumber = 0

  async connect(signal: AbortSignal): Promise<void> {
    this.addEventListener(
      'submit',
      (event) => {
        event.preventDefault()
        const form = event.target as HTMLFormElement
        if (form.matches('[data-js-keep-state]')) this.#keep(form)
        else this.#rename(form)
      },
      { signal },
    )
    this.addEventListener('click', ({ target }) => this.#click(target), { signal })
    this.addEventListener(
      'keydown',
      (event) => {
        const form = event.target instanceof Element ? event.target.closest<HTMLFormElement>('[data-js-rename]') : null
        if (event.key === 'Escape' && form && !isComposing(event)) this.#close(form)
      },
      { signal },
    )
    const store = (this.#store = await pageStore())
    if (signal.aborted) return
    store.addEventListener('change', () => this.#render(), { signal })
    this.#render()
  }

  get #snapshots(): [string, Snapshot][] {
    const company = this.#store?.company()
    return company ? snapshotsOf(company).reverse() : []
  }

  #render(): void {
    const all = this.#snapshots
    const isFull = all.length >= maxSnapshots
    part(this, '[data-js-keep-state]').hidden = isFull
    const full = part(this, '[data-js-full]')
    full.hidden = !isFull
    setText(full, fill(this.dataset.full ?? '', { count: maxSnapshots }))
    part(this, 'details').hidden = all.length === 0 && !this.querySelector('[data-js-gone-state]')
    setText(part(this, '[data-js-count]'), fill(this.dataset.list ?? '', { count: all.length }))
    const list = part(this, '[data-js-states]')
    const gone = new Set(this.#items.keys())
    let before: Element | null = null
    for (const [id, snapshot] of [...all].reverse()) {
      gone.delete(id)
      let item = this.#items.get(id)
      if (!item) {
        item = copyOf(this, '[data-js-state]')
        item.dataset.state = id
        part(item, '[data-js-name]').id = `state-${++this.#lastNumber}`
        for (const button of item.querySelectorAll('button'))
          button.setAttribute('aria-describedby', part(item, '[data-js-name]').id)
        this.#items.set(id, item)
        // The later above the earlier; what is there is not moved, for it would lose the focus.
        list.insertBefore(item, before)
      }
      setText(part(item, '[data-js-name]'), nameState(snapshot, this.dataset.date))
      before = item
    }
    for (const id of gone) {
      this.#items.get(id)?.remove()
      this.#items.delete(id)
    }
  }

  #tell(sentence: string | undefined, name: string): void {
    const place = part(this, '[data-js-message]')
    // Emptied first, so that the same words are announced again.
    place.textContent = ''
    place.textContent = fill(sentence ?? '', { name })
  }

  #keep(form: HTMLFormElement): void {
    const store = this.#store
    const company = store?.company()
    if (!store || !company) return
    const input = part<HTMLInputElement>(form, 'input')
    const snapshot = snapshotOf(
      readCatalogue(this.closest('compare-states')!),
      company,
      new Date().toISOString(),
      cleanName(input.value),
    )
    void store.editCompany((company) => void (company[snapshotField(newId())] = writeSnapshot(snapshot)))
    form.reset()
    this.#tell(this.dataset.kept, nameState(snapshot, this.dataset.date))
  }

  #click(target: EventTarget | null): void {
    const button = target instanceof Element ? target.closest('button') : null
    const item = button?.closest<HTMLElement>('[data-state]')
    if (!button || !item) return
    const form = part<HTMLFormElement>(item, '[data-js-rename]')
    if (button.matches('[data-js-cancel]')) this.#close(form)
    if (button.matches('[data-js-erase]')) this.#erase(item)
    if (button.matches('[data-js-open-rename]')) {
      const input = part<HTMLInputElement>(form, 'input')
      form.hidden = false
      input.value = this.#snapshotOf(item)?.name ?? ''
      input.select()
      input.focus()
    }
  }

  #snapshotOf({ dataset }: HTMLElement): Snapshot | undefined {
    return this.#snapshots.find(([id]) => id === dataset.state)?.[1]
  }

  #close(form: HTMLFormElement): void {
    form.hidden = true
    part(form.closest('[data-state]')!, '[data-js-open-rename]').focus()
  }

  #rename(form: HTMLFormElement): void {
    const item = form.closest<HTMLElement>('[data-state]')!
    const snapshot = this.#snapshotOf(item)
    const named = snapshot && { ...snapshot, name: cleanName(part<HTMLInputElement>(form, 'input').value) }
    this.#close(form)
    if (!named) return
    void this.#store?.editCompany(
      (company) => void (company[snapshotField(item.dataset.state!)] = writeSnapshot(named)),
    )
    this.#tell(this.dataset.renamed, nameState(named, this.dataset.date))
  }

  /** Leaves a line in its place that can bring it back. */
  #erase(item: HTMLElement): void {
    const store = this.#store!
    const field = snapshotField(item.dataset.state!)
    const text = store.company()?.[field]
    if (text === undefined) return
    const name = part(item, '[data-js-name]').textContent
    const line = copyOf(this, '[data-js-gone]')
    const words = part(line, 'p')
    words.id = `state-${++this.#lastNumber}`
    words.textContent = fill(this.dataset.erased ?? '', { name })
    const undo = part(line, 'button')
    undo.setAttribute('aria-describedby', words.id)
    undo.addEventListener('click', () => {
      line.remove()
      void store.editCompany((company) => void (company[field] = text))
      this.#tell(this.dataset.restored, name)
      this.#items.get(item.dataset.state!)?.querySelector<HTMLElement>('[data-js-name]')?.focus()
    })
    item.before(line)
    this.#tell('', '')
    void store.editCompany((company) => void Reflect.deleteProperty(company, field))
    undo.focus()
  }
}
