// The checklist of one method (方式): its progress, the filter, the way to the next measure, and
// printing. The answers themselves belong to the answer boxes in its rows.
import { readMeasure, type Measure } from '../answers/catalogue.ts'
import { givenName } from '../answers/companies.ts'
import { changeOf, entryOf, isChanged, ownersOf, standingOf, type Entry } from '../answers/entry.ts'
import { countLate, dueOf, progressOf } from '../answers/progress.ts'
import { localDate, wordDate } from '../dates.ts'
import { SiteElement } from '../element.ts'
import { saveWorkbook } from '../excel/save-workbook.ts'
import { loadScript } from '../load-script.ts'
import { part, setText } from '../parts.ts'
import { wordDue } from '../progress/due.ts'
import { showProgress } from '../progress/progress.ts'
import { Store } from '../store/store.ts'
import { fill, listOf } from '../words.ts'
import { matches, nextOpen, type Filter, type Listed } from './filter.ts'
import { suggestOwners } from './owners.ts'

export interface Row extends Listed {
  measure: Measure
  group: string
  element: HTMLElement
}

/**
 * `<check-list data-method>` stands around groups `[data-group]` of rows `[data-measure]`, whose
 * data attributes describe the measures.
 */
export class CheckList extends SiteElement {
  #store: Store | undefined
  #rows: Row[] = []
  #progress: HTMLElement[] = []
  /** The row the reader was last in. */
  #here: Row | undefined

  async connect(signal: AbortSignal): Promise<void> {
    this.#rows = [...this.querySelectorAll<HTMLElement>('[data-measure]')].map((element) => ({
      element,
      measure: readMeasure(element.dataset.measure ?? '', element.dataset),
      group: element.closest<HTMLElement>('[data-group]')?.dataset.group ?? '',
      category: element.dataset.category ?? '',
      threats: listOf(element.dataset.threats),
      entry: { status: 'todo' },
      changed: false,
    }))

    this.#progress = [...this.querySelectorAll<HTMLElement>('[data-js-progress]')]

    // Puts both disclosures of a measure on one line.
    for (const { element } of this.#rows) {
      const why = element.querySelector('[data-js-why]')
      if (why) element.querySelector('[data-js-parts]')?.prepend(why)
    }

    this.addEventListener('answered', ({ target }) => (this.#here = this.#rowAround(target)), { signal })
    this.addEventListener('focusin', ({ target }) => (this.#here = this.#rowAround(target) ?? this.#here), { signal })
    this.addEventListener(
      'change',
      ({ target }) => {
        if (target instanceof Element && target.closest('[data-js-filter]')) this.#filter()
      },
      { signal },
    )
    this.addEventListener(
      'click',
      ({ target }) => {
        const button = target instanceof Element ? target.closest<HTMLElement>('button') : null
        if (button) this.#press(button)
      },
      { signal },
    )
    const assign = this.querySelector<HTMLElement>('[data-js-assigner]')
    assign?.addEventListener(
      'toggle',
      () => {
        loadScript(assign.dataset.jsAssigner ?? '').catch(() =>
          this.#tell('[data-js-message]', assign.dataset.failed ?? ''),
        )
      },
      { signal },
    )
    addEventListener('hashchange', () => this.#openHash(), { signal })
    this.#preparePaper(signal)
    // Browsers restore the filter's fields.
    addEventListener(
      'pageshow',
      () => {
        this.#update()
        this.#filter()
      },
      { signal },
    )

    this.#store = await Store.open()
    this.#store.addEventListener(
      'change',
      () => {
        this.#update()
        this.#tell('[data-js-message]', '')
        this.#tell(
          '[data-js-announce]',
          this.querySelector(`[data-js-progress="${this.#here?.group}"] label`)?.textContent ?? '',
        )
      },
      { signal },
    )
    this.#update()
    this.#filter()
    this.dataset.ready = ''
    this.#openHash()
  }

  get rows(): readonly Row[] {
    return this.#rows
  }

  suggestOwners(): void {
    suggestOwners(this.#store)
  }

  /** Changes the answers of several measures in one edit. */
  async change(changes: Map<Row, Partial<Entry>>): Promise<void> {
    const answers = this.#store?.company()?.answers
    await this.#store?.setAnswers(
      Object.fromEntries(
        [...changes].map(([{ measure }, fields]) => [measure.slug, changeOf(fields, measure, answers)]),
      ),
      this.dataset.method,
    )
  }

  #rowAround(target: EventTarget | null): Row | undefined {
    const element = target instanceof Element ? target.closest('[data-measure]') : null
    return this.#rows.find((row) => row.element === element)
  }

  /** Shows what the store holds now. */
  #update(): void {
    const company = this.#store?.company()
    for (const row of this.#rows) {
      row.entry = entryOf(row.measure, company?.answers)
      row.changed = isChanged(row.entry, row.measure)
      row.due = dueOf(row.measure, company?.answers)
      // On paper a tick stands for what was answered of the text beside it.
      const standing = standingOf(row.entry, row.measure)
      if (row.element.dataset.status !== standing) row.element.dataset.status = standing
    }
    // On paper a missing name leaves a line to write on.
    this.#tell('[data-js-company]', this.#companyName)
    for (const place of this.#progress) this.#count(place)
    this.#tell('[data-js-due]', wordDue(this.#rows, this.dataset))
    this.#countOverdue()
    this.#listOwners()
  }

  #count(place: HTMLElement): void {
    const { jsProgress: group, mark = '' } = place.dataset
    showProgress(
      place,
      mark,
      progressOf(
        this.#rows.filter((row) => row.group === group).map(({ entry, measure }) => standingOf(entry, measure)),
      ),
      this.dataset,
    )
  }

  #countOverdue(): void {
    const button = this.querySelector<HTMLElement>('[data-js-overdue]')
    if (!button) return
    const { due, again } = countLate(this.#rows, localDate(new Date()))
    const count = due + again
    button.hidden = count === 0
    this.#tell('[data-js-overdue] span', fill(button.dataset.jsOverdue ?? '', { count }))
  }

  // The filter

  #filterForm(): HTMLFormElement | null {
    return this.querySelector<HTMLFormElement>('[data-js-filter] form')
  }

  #filter(): void {
    const form = this.#filterForm()
    if (!form) return
    const data = new FormData(form)
    const text = (name: string) => String(data.get(name) ?? '')
    const filter: Filter = {
      open: data.has('open'),
      overdue: data.has('overdue'),
      threat: text('threat'),
      category: text('category'),
      owner: text('owner'),
    }
    const today = localDate(new Date())
    for (const row of this.#rows) row.element.toggleAttribute('data-out', !matches(row, filter, today))

    const count = this.#visible().length
    const narrowed = Object.values(filter).some(Boolean)
    for (const group of this.querySelectorAll<HTMLElement>('[data-group]')) {
      group.toggleAttribute('data-empty', !group.querySelector('[data-measure]:not([data-out])'))
    }
    this.toggleAttribute('data-narrowed', narrowed)
    this.#tell('[data-js-shown]', narrowed ? fill(this.dataset.shown ?? '', { total: this.#rows.length, count }) : '')
  }

  #clearFilter(): void {
    this.#filterForm()?.reset()
    this.#filter()
  }

  #visible(): Row[] {
    return this.#rows.filter(({ element }) => !element.hasAttribute('data-out'))
  }

  /** Offers the owners that the reader has named. */
  #listOwners(): void {
    const select = this.#filterForm()?.querySelector<HTMLSelectElement>('[name="owner"]')
    if (!select) return
    const { value } = select
    // The chosen owner stays in the list, even when nothing is theirs any more.
    const names = ownersOf([{ owner: value }, ...this.#rows.map(({ entry }) => entry)])
    const known = [...select.options].slice(1)
    if (known.map(({ value }) => value).join('\n') === names.join('\n')) return
    for (const option of known) option.remove()
    for (const name of names) select.add(new Option(name, name))
    select.value = value
  }

  // Paper

  /** Browsers name the file of a print after the page's title. */
  #preparePaper(signal: AbortSignal): void {
    const { title } = document
    addEventListener(
      'beforeprint',
      () => {
        if (this.dataset.print === 'blank') return
        const date = localDate(new Date())
        this.#tell('[data-js-printed]', wordDate(date, this.dataset.date ?? ''))
        document.title = fill(this.dataset.printTitle ?? '', { company: this.#companyName, title, date }).trim()
      },
      { signal },
    )
    addEventListener(
      'afterprint',
      () => {
        delete this.dataset.print
        document.title = title
      },
      { signal },
    )
  }

  /** The company's name, '' if nobody has named it. */
  get #companyName(): string {
    return givenName(this.#store?.company(), this.dataset.company)
  }

  // Buttons

  #press(button: HTMLElement): void {
    const { jsAll, jsPrint } = button.dataset
    if (jsAll) for (const { element } of this.#visible()) openParts(element, jsAll === 'open')
    if (jsPrint) {
      this.dataset.print = jsPrint
      window.print()
    }
    if (button.matches('[data-js-excel]')) void this.#saveWorkbook(button.dataset)
    if (button.matches('[data-js-clear]')) {
      this.#clearFilter()
      this.querySelector<HTMLElement>('[data-js-filter] summary')?.focus()
    }
    if (button.matches('[data-js-overdue]')) {
      this.#filterForm()?.reset()
      part<HTMLInputElement>(this, '[data-js-filter] [name="overdue"]').checked = true
      this.#filter()
    }
    if (button.matches('[data-js-next]')) this.#goToNext()
  }

  async #saveWorkbook({ jsExcel = '', saved = '', failed = '' }: DOMStringMap): Promise<void> {
    const { company: unnamed = '', method = '' } = this.dataset
    const store = await Store.open()
    const company = store.company()
    const text = await saveWorkbook(jsExcel, method, store.saved, company, company?.name || unnamed).then(
      (name) => fill(saved, { name }),
      () => failed,
    )
    this.#tell('[data-js-message]', text)
  }

  #goToNext(): void {
    const rows = this.#visible()
    const next = nextOpen(
      rows,
      rows.findIndex((row) => row === this.#here),
    )
    const row = next === undefined ? undefined : rows[next]
    if (row) this.#goTo(row)
    else this.#tell('[data-js-message]', this.dataset.noneOpen ?? '')
  }

  /** `#<measure>` in the address opens that measure. */
  #openHash(): void {
    const row = this.#rows.find(({ measure }) => `#${measure.slug}` === location.hash)
    if (!row) return
    if (row.element.hasAttribute('data-out')) this.#clearFilter()
    openParts(row.element, true)
    this.#goTo(row)
  }

  #goTo({ element }: Row): void {
    element.querySelector<HTMLElement>('[type="radio"]:checked')?.focus({ preventScroll: true })
    element.scrollIntoView({ block: 'start' })
  }

  /** Not every checklist has every place: an embedded one has fewer. */
  #tell(selector: string, text: string): void {
    const place = this.querySelector(selector)
    if (place) setText(place, text)
  }
}

function openParts(row: HTMLElement, open: boolean): void {
  for (const details of row.querySelectorAll('details')) details.open = open
}
