// The companies (組織) and how far each has come. Here they are added, renamed, switched and
// deleted.
import {
  addCompany,
  cleanName,
  deleteCompany,
  listLiving,
  newId,
  restoreCompany,
  setMethod,
  type Living,
} from '../answers/companies.ts'
import { currentId, own, type Company } from '../answers/format.ts'
import { figuresOf, lastChange, rowOf } from '../answers/progress.ts'
import { isComposing } from '../composing.ts'
import { dayOf, wordDate } from '../dates.ts'
import { SiteElement } from '../element.ts'
import { copyOf, part, setText } from '../parts.ts'
import { wordDue } from '../progress/due.ts'
import { showProgress } from '../progress/progress.ts'
import { Store } from '../store/store.ts'
import { fill } from '../words.ts'
import { workSpaceOf } from './work-space.ts'

/** How many companies are shown at first, and by each press of the button for more. */
const portion = 20

/** `<company-list>` within `<work-space>`; its data attributes are the sentences it shows. */
export class CompanyList extends SiteElement {
  #store: Store | undefined
  #records = new Map<string, HTMLElement>()
  #lastNumber = 0
  #limit = portion

  async connect(signal: AbortSignal): Promise<void> {
    const store = (this.#store = await Store.open())
    this.addEventListener('click', (event) => this.#click(event), { signal })
    // The flow takes its answers from the address, which cannot say for which company the method
    // is.
    for (const type of ['click', 'auxclick'])
      this.addEventListener(type, ({ target }) => this.#choose(target), { signal })
    this.addEventListener(
      'submit',
      (event) => {
        event.preventDefault()
        const form = event.target as HTMLFormElement
        const id = this.#idOf(form)
        if (id === undefined) this.#add(form)
        else this.#rename(id, form)
      },
      { signal },
    )
    this.addEventListener(
      'change',
      ({ target }) => {
        if (!(target instanceof HTMLInputElement) || target.type !== 'checkbox') return
        const id = this.#idOf(target)
        if (id !== undefined) void store.edit((draft) => setMethod(draft, id, target.value, target.checked))
      },
      { signal },
    )
    this.addEventListener(
      'keydown',
      (event) => {
        const { key, target } = event
        if (
          key === 'Escape' &&
          !isComposing(event) &&
          target instanceof HTMLInputElement &&
          target.form?.matches('[data-js-rename]')
        )
          this.#closeRename(target.form)
      },
      { signal },
    )
    store.addEventListener('change', () => this.#render(), { signal })
    this.#render()
  }

  #idOf(element: Element): string | undefined {
    return element.closest<HTMLElement>('[data-company]')?.dataset.company
  }

  #living(): Living[] {
    return this.#store ? listLiving(this.#store.saved, this.dataset.sameName) : []
  }

  #tell(sentence: string | undefined, name: string): void {
    setText(part(this, '[data-js-message]'), fill(sentence ?? '', { name }))
  }

  // Showing

  #render(): void {
    const all = this.#living()
    const current = this.#store && currentId(this.#store.saved)
    // A browser takes minutes to lay out thousands of them.
    const living = all.filter(({ id }, index) => index < this.#limit || id === current)
    const more = part(this, '[data-js-more]')
    more.hidden = living.length === all.length
    setText(more, fill(this.dataset.more ?? '', { count: all.length - living.length }))
    const list = part(this, '[data-js-records]')
    part(this, '[data-js-none]').hidden = living.length > 0
    const lists = part(this, '[data-js-lists]')
    if (living.length === 0 && !lists.firstElementChild)
      lists.append(...workSpaceOf(this).catalogue.methods.map(({ slug }) => workSpaceOf(this).itemOf(slug)))

    const gone = new Set(this.#records.keys())
    for (const { id, company, label } of living) {
      gone.delete(id)
      let record = this.#records.get(id)
      if (!record) {
        record = this.#make(id)
        this.#records.set(id, record)
      }
      this.#update(record, id, company, label, id === current)
    }
    // Moved only where needed, as a moved element loses the focus.
    let next: HTMLElement | null = null
    for (const { id } of [...living].reverse()) {
      const record: HTMLElement = this.#records.get(id)!
      const precedes =
        record.isConnected && (!next || record.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_FOLLOWING)
      if (!precedes) list.insertBefore(record, next)
      next = record
    }
    for (const id of gone) {
      this.#records.get(id)?.remove()
      this.#records.delete(id)
    }
  }

  #make(id: string): HTMLElement {
    const record = copyOf(this, '[data-js-record]')
    record.dataset.company = id
    const name = part(record, '[data-js-name]')
    name.id = `company-${++this.#lastNumber}`
    for (const button of record.querySelectorAll('button, summary')) button.setAttribute('aria-describedby', name.id)
    part(record, '[data-js-choices]').append(
      ...workSpaceOf(this).catalogue.methods.map(({ slug }) => {
        const choice = copyOf(this, '[data-js-choice]')
        part<HTMLInputElement>(choice, 'input').value = slug
        part(choice, 'span').replaceChildren(...workSpaceOf(this).nameOf(slug))
        return choice
      }),
    )
    return record
  }

  #update(record: HTMLElement, id: string, company: Company, label: string, current: boolean): void {
    const { changed = '', unchanged = '', date = '' } = this.dataset
    setText(part(record, '[data-js-name]'), label)
    record.toggleAttribute('data-current', current)
    part(record, '[data-js-current]').hidden = !current
    part(record, '[data-js-switch]').hidden = current
    const last = lastChange(company)
    setText(part(record, '[data-js-changed]'), last ? fill(changed, { date: wordDate(dayOf(last), date) }) : unchanged)

    const { catalogue } = workSpaceOf(this)
    const used = catalogue.methods.filter(({ slug }) => company.methods.includes(slug))
    const rows = catalogue.measures
      .filter(({ groups }) => used.some(({ slug }) => own(groups, slug)))
      .map((measure) => rowOf(measure, company.answers))
    setText(part(record, '[data-js-due]'), wordDue(rows, this.dataset))
    part(record, '[data-js-no-method]').hidden = used.length > 0
    for (const box of record.querySelectorAll<HTMLInputElement>('[type="checkbox"]'))
      box.checked = company.methods.includes(box.value)

    const list = part(record, '[data-js-record-methods]')
    list.hidden = used.length === 0
    const shown = [...list.children] as HTMLElement[]
    for (const item of shown) if (!used.some(({ slug }) => slug === item.dataset.method)) item.remove()
    for (const [place, { slug, href }] of used.entries()) {
      let item = shown.find(({ dataset }) => dataset.method === slug)
      if (!item) {
        item = copyOf(this, '[data-js-record-method]')
        item.dataset.method = slug
        part(item, 'a').replaceChildren(...workSpaceOf(this).nameOf(slug))
      }
      // A checklist opens for the current company unless its address names another.
      part<HTMLAnchorElement>(item, 'a').setAttribute('href', current ? href : `${href}#company=${id}`)
      if (list.children[place] !== item) list.insertBefore(item, list.children[place] ?? null)
      const bars = part(item, 'ul')
      for (const [index, figure] of figuresOf(catalogue, slug, company.answers).entries()) {
        const bar =
          (bars.children[index] as HTMLElement | undefined) ?? bars.appendChild(copyOf(this, '[data-js-figure]'))
        showProgress(bar, figure.group.label, figure, this.dataset)
      }
    }
  }

  // The reader's actions

  #click(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('button') : null
    const record = target?.closest<HTMLElement>('[data-company]')
    const id = record?.dataset.company
    if (target?.matches('[data-js-more]')) this.#more()
    if (!target || !record || id === undefined) return
    if (target.matches('[data-js-switch]')) this.#switch(id, record)
    if (target.matches('[data-js-delete]')) this.#delete(id, record)
    if (target.matches('[data-js-cancel]')) this.#closeRename(part(record, 'form'))
    if (target.matches('[data-js-open-rename]')) {
      const form = part<HTMLFormElement>(record, '[data-js-rename]')
      const input = part<HTMLInputElement>(form, 'input')
      form.hidden = false
      input.value = own(this.#store?.saved.companies ?? {}, id)?.name ?? ''
      input.select()
      input.focus()
    }
  }

  /** Shows more companies and leads to the first of them. */
  #more(): void {
    const shown = new Set(this.#records.keys())
    this.#limit += portion
    this.#render()
    const first = [...this.#records].find(([id]) => !shown.has(id))?.[1]
    first?.querySelector<HTMLElement>('[data-js-name]')?.focus()
  }

  #choose(target: EventTarget | null): void {
    const link = target instanceof Element ? target.closest('[data-js-no-method] a') : null
    const id = link ? this.#idOf(link) : undefined
    if (id !== undefined) void this.#store?.edit((draft) => void (draft.current = id))
  }

  #switch(id: string, record: HTMLElement): void {
    void this.#store?.edit((draft) => void (draft.current = id))
    const name = part(record, '[data-js-name]')
    this.#tell(this.dataset.switched, name.textContent)
    name.focus()
  }

  #add(form: HTMLFormElement): void {
    const name = this.#nameIn(form)
    if (!name) return
    const id = newId()
    void this.#store?.edit((draft) => addCompany(draft, id, name))
    form.reset()
    const details = form.closest('details')
    if (details) details.open = false
    this.#tell(this.dataset.added, name)
    this.#records.get(id)?.querySelector<HTMLElement>('[data-js-name]')?.focus()
  }

  #rename(id: string, form: HTMLFormElement): void {
    const name = this.#nameIn(form)
    if (!name) return
    void this.#store?.edit(({ companies }) => {
      const company = own(companies, id)
      if (company) company.name = name
    })
    this.#closeRename(form)
    this.#tell(this.dataset.renamed, name)
  }

  #closeRename(form: HTMLElement): void {
    form.hidden = true
    this.#showError(form, '')
    form.closest('[data-company]')?.querySelector<HTMLElement>('[data-js-open-rename]')?.focus()
  }

  /** The name in a form, or '' after telling the reader that it is missing. */
  #nameIn(form: HTMLFormElement): string {
    const input = part<HTMLInputElement>(form, 'input')
    const name = cleanName(input.value)
    this.#showError(form, name ? '' : (part(form, '[data-js-error]').dataset.empty ?? ''))
    if (!name) input.focus()
    return name
  }

  #showError(form: HTMLElement, text: string): void {
    part(form, 'input').setAttribute('aria-invalid', String(text !== ''))
    setText(part(form, '[data-js-error]'), text)
  }

  /** Leaves a line in the company's place that can bring it back. */
  #delete(id: string, record: HTMLElement): void {
    const store = this.#store
    const before = own(store?.saved.companies ?? {}, id)
    if (!store || !before) return
    const current = currentId(store.saved) === id
    const label = part(record, '[data-js-name]').textContent
    const line = copyOf(this, '[data-js-gone]')
    const text = part(line, 'p')
    text.id = `gone-${++this.#lastNumber}`
    text.textContent = fill(this.dataset.deleted ?? '', { name: label })
    const undo = part(line, 'button')
    undo.setAttribute('aria-describedby', text.id)
    undo.addEventListener('click', () => {
      line.remove()
      void store.edit((draft) => restoreCompany(draft, id, before, current))
      this.#tell(this.dataset.restored, label)
      this.#records.get(id)?.querySelector<HTMLElement>('[data-js-name]')?.focus()
    })
    record.before(line)
    this.#tell('', '')
    void store.edit((draft) => deleteCompany(draft, id))
    undo.focus()
  }
}
