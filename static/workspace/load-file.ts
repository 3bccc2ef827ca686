// Loads a file of answers. It first shows what would change, then changes what the reader chose.
import { listLiving } from '../answers/companies.ts'
import { diff } from '../answers/diff.ts'
import { own, type Company, type Fault, type Saved } from '../answers/format.ts'
import { unlock, type LockFault } from '../answers/lock.ts'
import { parse, readFile } from '../answers/parse.ts'
import { wordDate } from '../dates.ts'
import { SiteElement } from '../element.ts'
import { showFacts } from '../facts/facts.ts'
import { copyOf, part } from '../parts.ts'
import { Store } from '../store/store.ts'
import { fill } from '../words.ts'
import { offer } from './choices.ts'
import {
  aim,
  apply,
  compare,
  guessTargets,
  isTooMuch,
  revert,
  type Choice,
  type Comparison,
  type Row,
  type Targets,
} from './preview.ts'
import { workSpaceOf } from './work-space.ts'

/** The value of a select that leaves a company out; no company's id is like it. */
const skip = '\n'

/** `<load-file>` within `<work-space>`; its data attributes are the sentences it shows. */
export class LoadFile extends SiteElement {
  #store: Store | undefined
  #fileName = ''
  /** The text of a locked file. */
  #locked = ''
  #theirs: Saved | undefined
  #targets: Targets = new Map()
  #aimed: Saved | undefined
  #comparisons = new Map<string, Comparison>()
  /** The reader's choices, by what they saw of each row. */
  #choices = new Map<string, Choice>()
  #shown = ''
  #takeBack = async (): Promise<void> => {}

  async connect(signal: AbortSignal): Promise<void> {
    const input = part<HTMLInputElement>(this, '[type="file"]')
    input.addEventListener('change', () => {
      void this.#take([...(input.files ?? [])])
      // So that the same file can be chosen again.
      input.value = ''
    }, { signal })
    this.#listenToDrops(signal)
    this.addEventListener('submit', (event) => {
      event.preventDefault()
      if (event.target === this.#unlockForm) void this.#unlock()
      else void this.#apply()
    }, { signal })
    this.addEventListener('change', ({ target }) => this.#choose(target as Element), { signal })
    this.addEventListener('click', ({ target }) => {
      if (!(target instanceof Element)) return
      if (target.closest('[data-js-cancel]')) {
        this.#close()
        input.focus()
      }
      if (target.closest('[data-js-undo]')) void this.#undo()
    }, { signal })
    this.#store = await Store.open()
    // The reader must see what another tab changes before it is overwritten.
    this.#store.addEventListener('change', () => {
      if (this.#theirs) this.#showCompanies()
    }, { signal })
  }

  get #unlockForm(): HTMLFormElement {
    return part(this, '[data-js-unlock]')
  }

  get #preview(): HTMLFormElement {
    return part(this, '[data-js-preview]')
  }

  get #result(): HTMLElement {
    return part(this, '[data-js-result]')
  }

  /**
   * Takes files dropped anywhere: beside the field, the browser would open them and leave the page.
   */
  #listenToDrops(signal: AbortSignal): void {
    const field = part(this, '[data-js-drop]')
    const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files')
    document.addEventListener(
      'dragover',
      (event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        field.toggleAttribute('data-over', event.target instanceof Node && field.contains(event.target))
      },
      { signal },
    )
    document.addEventListener(
      'dragleave',
      ({ relatedTarget }) => {
        if (!relatedTarget) field.removeAttribute('data-over')
      },
      { signal },
    )
    document.addEventListener(
      'drop',
      (event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        field.removeAttribute('data-over')
        if (event.target instanceof Node && field.contains(event.target))
          void this.#take([...(event.dataTransfer?.files ?? [])])
      },
      { signal },
    )
  }

  // Reading

  async #take([file, ...others]: File[]): Promise<void> {
    this.#close()
    if (!file) return
    if (others.length > 0) return this.#fail(this, { kind: 'several' })
    this.#fileName = file.name
    const result = await readFile(file)
    if ('saved' in result) return this.#show(result.saved)
    if (result.fault.kind !== 'locked') return this.#fail(this, result.fault)
    this.#locked = await file.text()
    this.#unlockForm.hidden = false
    this.#ask(this.#unlockForm)
  }

  async #unlock(): Promise<void> {
    const field = part<HTMLInputElement>(this.#unlockForm, 'input')
    this.#say(this.#unlockForm, '')
    const opened = await unlock(this.#locked, field.value)
    const result = 'fault' in opened ? opened : parse(opened.text)
    if ('saved' in result) {
      field.value = ''
      this.#unlockForm.hidden = true
      return this.#show(result.saved)
    }
    field.select()
    field.focus()
    this.#fail(this.#unlockForm, result.fault)
  }

  #fail(
    form: HTMLElement,
    { kind, detail = '' }: { kind: Fault['kind'] | LockFault['kind'] | 'several'; detail?: string },
  ): void {
    const sentence = this.getAttribute(`data-fault-${kind}`) ?? this.dataset.faultNotJson ?? ''
    this.#say(form, fill(sentence, { place: detail.slice(0, 100) }))
  }

  #say(form: HTMLElement, text: string): void {
    const place = part(form, ':scope > [data-js-error]')
    // Emptied first, so that the same text is announced again.
    place.textContent = ''
    place.textContent = text
  }

  /** Leads the reader to a form that has just appeared. */
  #ask(form: HTMLFormElement): void {
    const heading = part(form, 'h3')
    heading.dataset.text ??= heading.textContent
    heading.textContent = fill(heading.dataset.text, { name: this.#fileName })
    heading.focus()
  }

  #close(): void {
    for (const element of [this.#unlockForm, this.#preview, this.#result]) element.hidden = true
    this.#say(this, '')
    this.#say(this.#unlockForm, '')
    part(this.#preview, '[data-js-companies]').replaceChildren()
    this.#theirs = this.#aimed = undefined
    this.#choices.clear()
    this.#shown = ''
  }

  // The preview

  #show(theirs: Saved): void {
    if (isTooMuch(theirs)) return this.#fail(this, { kind: 'too-big' })
    this.#theirs = theirs
    this.#targets = guessTargets(this.#store!.saved, theirs)
    this.#preview.hidden = false
    this.#showCompanies()
    this.#ask(this.#preview)
  }

  #showCompanies(): void {
    const { saved } = this.#store!
    const { aimed, ids } = aim(saved, this.#theirs!, this.#targets)
    const comparisons = compare(saved, aimed)
    const rows = [...comparisons.values()].flatMap(({ rows }) => rows)
    const seen = JSON.stringify([
      rows.map((row) => seenOf(row, saved, aimed)),
      listLiving(saved, this.dataset.sameName).map(({ label }) => label),
      [...this.#targets],
    ])
    // A save in another tab may have nothing to do with the file.
    if (seen === this.#shown) return
    this.#shown = seen
    this.#aimed = aimed
    this.#comparisons = comparisons
    for (const row of rows) row.choice = this.#choices.get(seenOf(row, saved, aimed)) ?? row.choice
    part<HTMLSelectElement>(this, '[data-js-every]').value = ''
    const shown = new Set<string>()
    const sections = [...this.#targets.keys()].map((id) => {
      const section = copyOf(this, '[data-js-company]')
      part(section, '[data-js-name]').textContent =
        own(this.#theirs!.companies, id)?.name || (this.dataset.unnamed ?? '')
      this.#offerTargets(part(section, '[data-js-target]'), id)
      const to = ids.get(id)
      // If two companies of the file go to one here, their rows stand together.
      const comparison = to === undefined || shown.has(to) ? undefined : this.#comparisons.get(to)
      if (to !== undefined) shown.add(to)
      this.#showRows(section, comparison)
      return section
    })
    part(this.#preview, '[data-js-companies]').replaceChildren(...sections)
  }

  #offerTargets(select: HTMLSelectElement, id: string): void {
    const { isNew = '', known = '', skip: none = '' } = select.dataset
    const here = listLiving(this.#store!.saved, this.dataset.sameName)
    offer(select, [
      { value: '', label: isNew },
      ...here.map(({ id, label }) => ({ value: id, label: fill(known, { name: label }) })),
      { value: skip, label: none },
    ])
    select.value = this.#targets.get(id) ?? skip
    select.dataset.id = id
  }

  #showRows(section: HTMLElement, comparison: Comparison | undefined): void {
    const { rows, same, mineOnly } = comparison ?? { rows: [], same: 0, mineOnly: 0 }
    const order = workSpaceOf(this).catalogue.measures.map(({ slug }) => slug)
    const place = ({ measure }: Row) => (measure ? order.indexOf(measure) >>> 0 : -1)
    rows.sort((a, b) => place(a) - place(b))
    for (const line of section.querySelectorAll<HTMLElement>('[data-js-count]')) {
      const kind = line.dataset.jsCount
      const none = Number(comparison?.isNew === false && rows.length === 0)
      const count =
        kind === 'none'
          ? none
          : kind === 'same'
            ? same
            : kind === 'mine-only'
              ? mineOnly
              : rows.filter((row) => row.kind === kind).length
      line.textContent = fill(line.textContent, { count })
      line.hidden = count === 0
    }
    const table = part(section, 'table')
    table.hidden = rows.length === 0
    part(table, 'tbody').append(...rows.map((row) => this.#row(row)))
  }

  #row(row: Row): HTMLElement {
    const element = copyOf(this, '[data-js-row]')
    const measure = workSpaceOf(this).catalogue.measures.find(({ slug }) => slug === row.measure)
    const name = part(element, '[data-js-title]')
    const { company = '', unknown = '' } = name.dataset
    name.textContent = measure
      ? `${measure.number} ${measure.title}`
      : row.measure
        ? fill(unknown, { name: row.measure })
        : company
    element.dataset.kind = row.kind
    part(element, '[data-js-kind]').textContent = this.getAttribute(`data-kind-${row.kind}`)
    this.#value(part(element, '[data-js-mine]'), this.#store!.saved, row)
    this.#value(part(element, '[data-js-theirs]'), this.#aimed!, row)

    const select = part<HTMLSelectElement>(element, 'select')
    select.setAttribute('aria-label', fill(select.getAttribute('aria-label') ?? '', { title: name.textContent }))
    if (row.kind === 'theirs-only') {
      const { accept = '', skip: none = '' } = select.dataset
      offer(select, [{ value: 'theirs', label: accept }, { value: 'mine', label: none }])
    }
    select.value = row.choice
    const seen = seenOf(row, this.#store!.saved, this.#aimed!)
    select.addEventListener('change', () => {
      row.choice = select.value as Choice
      this.#choices.set(seen, row.choice)
    })
    return element
  }

  #value(place: HTMLElement, saved: Saved, { company: id, measure }: Row): void {
    const company = own(saved.companies, id)
    const answer = own(company?.answers ?? {}, measure)
    if (measure ? !answer : !company) return
    place.replaceChildren()
    if (answer?.status) place.append(workSpaceOf(this).chip(answer.status))
    const names = company?.methods.map(
      (method) => workSpaceOf(this).catalogue.methods.find(({ slug }) => slug === method)?.name ?? method,
    )
    const { owner, due, checked, reason, note } = answer ?? {}
    const facts = measure ? { owner, due, checked, reason, note } : { name: company?.name, methods: names?.join('\n') }
    place.append(showFacts(copyOf(this, '[data-js-value]'), facts, (date) => wordDate(date, this.dataset.date ?? '')))
  }

  // Choices

  #choose(target: Element): void {
    if (!(target instanceof HTMLSelectElement)) return
    if (target.matches('[data-js-target]')) {
      this.#targets.set(target.dataset.id ?? '', target.value === skip ? undefined : target.value)
      this.#showCompanies()
      part(this, `[data-js-target][data-id="${CSS.escape(target.dataset.id ?? '')}"]`).focus()
    }
    if (target.matches('[data-js-every]') && target.value) {
      for (const select of this.#preview.querySelectorAll<HTMLSelectElement>('tbody select')) {
        const has = [...select.options].some(({ value }) => value === target.value)
        // Only the file has this one, so its value is the newest.
        select.value = has ? target.value : 'theirs'
        select.dispatchEvent(new Event('change'))
      }
    }
  }

  async #apply(): Promise<void> {
    const store = this.#store!
    const before = store.saved
    const rows = [...this.#comparisons.values()].flatMap((comparison) => comparison.rows)
    const wanted = apply(before, this.#aimed!, rows)
    const count = diff(before, wanted).length
    this.#close()
    await store.replace(wanted)
    const after = store.saved
    // With the file, there may be more than the store takes.
    if (count && diff(before, after).length === 0) return this.#fail(this, { kind: 'too-big' })
    this.#takeBack = () => store.replace(revert(store.saved, before, after))
    const { loaded = '', nothing = '' } = this.dataset
    this.#tell(count ? fill(loaded, { count }) : nothing, count > 0)
  }

  async #undo(): Promise<void> {
    await this.#takeBack()
    this.#tell(this.dataset.undone ?? '', false)
  }

  #tell(text: string, canUndo: boolean): void {
    this.#result.hidden = false
    part(this.#result, '[data-js-text]').textContent = text
    part(this.#result, '[data-js-undo]').hidden = !canUndo
    this.#result.focus()
  }
}

/** What the reader sees of a row. It names a new company, whose id is another each time. */
function seenOf({ company, measure }: Row, mine: Saved, theirs: Saved): string {
  const here = own(mine.companies, company)
  const there = own(theirs.companies, company)
  const valueOf = (company: Company | undefined) =>
    measure ? own(company?.answers ?? {}, measure) : [company?.name, company?.methods]
  return JSON.stringify([here ? company : there?.name, measure, valueOf(here), valueOf(there)])
}
