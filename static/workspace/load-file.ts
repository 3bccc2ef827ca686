// Loads a file of answers. It first shows what would change, then changes what the reader chose.
import { listLiving } from '../answers/companies.ts'
import { diff } from '../answers/diff.ts'
import { exportOf } from '../answers/export.ts'
import { own, type Company, type Saved } from '../answers/format.ts'
import { guessTargets, type Targets } from '../answers/match.ts'
import { localDate, wordDate } from '../dates.ts'
import type { ReadTable } from '../excel/read.ts'
import { showFacts } from '../facts/facts.ts'
import { leadTo } from '../open-file/file-opener.ts'
import { TableOpener } from '../open-file/table-opener.ts'
import { copyOf, part } from '../parts.ts'
import { Store } from '../store/store.ts'
import { fill } from '../words.ts'
import { backedUpUntil } from './backup.ts'
import { offer, type Choosable } from './choices.ts'
import {
  aim,
  apply,
  compare,
  futureOf,
  isTooMuch,
  readUndo,
  revert,
  untaken,
  writeUndo,
  type Choice,
  type Comparison,
  type Row,
} from './preview.ts'
import { workSpaceOf } from './work-space.ts'

/** The value of a select that leaves a company out; no company's id is like it. */
const skip = '\n'

/** `<load-file>` within `<work-space>`; its data attributes are the sentences it shows. */
export class LoadFile extends TableOpener {
  #store: Store | undefined
  #theirs: Saved | undefined
  /** The table that it was made of, if it was. */
  #table: ReadTable | undefined
  #targets: Targets = new Map()
  #aimed: Saved | undefined
  #comparisons = new Map<string, Comparison>()
  /** The reader's choices, by what they saw of each row. */
  #choices = new Map<string, Choice>()
  #shown = ''
  /** The state before the last file and after it, if this page has loaded one. */
  #last: { before: Saved; after: Saved } | undefined

  override async connect(signal: AbortSignal): Promise<void> {
    void super.connect(signal)
    this.#preview.addEventListener('submit', () => void this.#apply(), { signal })
    this.addEventListener('change', ({ target }) => this.#choose(target as Element), { signal })
    this.addEventListener(
      'click',
      ({ target }) => {
        if (!(target instanceof Element)) return
        if (target.closest('[data-js-undo]')) void this.#undo()
        if (target.closest('[data-js-settle]')) void this.#settle()
      },
      { signal },
    )
    this.#store = await Store.open()
    if (this.#store.saved.undo) this.#tell(this.dataset.undoable ?? '', true)
    // The reader must see what another tab changes before it is overwritten.
    this.#store.addEventListener(
      'change',
      () => {
        if (this.#theirs) this.#showCompanies()
      },
      { signal },
    )
  }

  get #preview(): HTMLFormElement {
    return part(this, '[data-js-preview]')
  }

  get #result(): HTMLElement {
    return part(this, '[data-js-result]')
  }

  // Reading

  takeTable(table: ReadTable, name: string): void {
    this.#table = table
    this.take(table.edits(this.#store!.saved, '').theirs, name)
  }

  override close(): void {
    super.close()
    this.#preview.hidden = this.#result.hidden = true
    part(this.#preview, '[data-js-companies]').replaceChildren()
    this.#theirs = this.#aimed = this.#table = undefined
    this.#choices.clear()
    this.#shown = ''
  }

  // The preview

  take(theirs: Saved, name: string): void {
    if (isTooMuch(theirs)) return this.fail('too-big')
    this.#theirs = theirs
    const { saved } = this.#store!
    this.#targets = this.#table
      ? new Map([[this.#table.id, this.#table.guess(saved)]])
      : guessTargets(saved, theirs, this.dataset.unnamed ?? '')
    this.#preview.hidden = false
    this.#showFuture(theirs)
    if (!this.#table) this.#countAsBackup(theirs)
    this.#showCompanies()
    leadTo(this.#preview, name)
  }

  #showFuture(theirs: Saved): void {
    const { count, latest } = futureOf(theirs, new Date())
    const place = part(this.#preview, '[data-js-future]')
    place.hidden = count === 0
    if (count === 0) return
    const date = wordDate(localDate(new Date(latest)), this.dataset.date ?? '')
    part(place, 'p').textContent = fill(this.dataset.future ?? '', { count, date })
  }

  /** A file that was read, and holds what is here, is a backup of it. */
  #countAsBackup(theirs: Saved): void {
    const { saved } = this.#store!
    const now = new Date()
    const until = listLiving(saved).length > 0 ? backedUpUntil(saved, theirs, now) : ''
    part(this.#preview, '[data-js-backup]').hidden = until !== now.toISOString()
    if (until > (saved.exported ?? '')) void this.#store!.edit((draft) => void (draft.exported = until))
  }

  #showCompanies(): void {
    const { saved } = this.#store!
    // What a table changes depends on what is here.
    const edits = this.#table?.edits(saved, this.#targets.get(this.#table.id) ?? '')
    this.#theirs = edits?.theirs ?? this.#theirs
    const { aimed, ids } = aim(saved, this.#theirs!, this.#targets)
    const comparisons = compare(saved, aimed)
    const rows = [...comparisons.values()].flatMap(({ rows }) => rows)
    // What was written there takes the place of what stood there, unless it has changed here, too.
    if (edits) for (const row of rows) if (!edits.both.has(row.measure)) row.choice = 'theirs'
    this.list(part(this.#preview, '[data-js-troubles]'), edits?.troubles ?? [])
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
    const targets = this.#listTargets()
    const sections = [...this.#targets.keys()].map((id) => {
      const section = copyOf(this, '[data-js-company]')
      part(section, '[data-js-name]').textContent =
        own(this.#theirs!.companies, id)?.name || (this.dataset.unnamed ?? '')
      const select = part<HTMLSelectElement>(section, '[data-js-target]')
      offer(select, targets, this.#targets.get(id) ?? skip)
      select.dataset.id = id
      const to = ids.get(id)
      // If two companies of the file go to one here, their rows stand together.
      const comparison = to === undefined || shown.has(to) ? undefined : this.#comparisons.get(to)
      if (to !== undefined) shown.add(to)
      this.#showRows(section, comparison)
      return section
    })
    part(this.#preview, '[data-js-companies]').replaceChildren(...sections)
  }

  /** Where a company of the file can go: the same for all of them. */
  #listTargets(): Choosable[] {
    const {
      isNew = '',
      known = '',
      skip: none = '',
    } = copyOf(this, '[data-js-company]').querySelector('select')!.dataset
    const here = listLiving(this.#store!.saved, this.dataset.sameName)
    return [
      { value: '', label: isNew },
      ...here.map(({ id, label }) => ({ value: id, label: fill(known, { name: label }) })),
      { value: skip, label: none },
    ]
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
    const name = part(element, '[data-js-title]')
    name.textContent = this.#titleOf(row)
    element.dataset.kind = row.kind
    part(element, '[data-js-kind]').textContent = this.getAttribute(`data-kind-${row.kind}`)
    this.#value(part(element, '[data-js-mine]'), this.#store!.saved, row)
    this.#value(part(element, '[data-js-theirs]'), this.#aimed!, row)

    const select = part<HTMLSelectElement>(element, 'select')
    select.setAttribute('aria-label', fill(select.getAttribute('aria-label') ?? '', { title: name.textContent }))
    if (row.kind === 'theirs-only') {
      const { accept = '', skip: none = '' } = select.dataset
      offer(select, [
        { value: 'theirs', label: accept },
        { value: 'mine', label: none },
      ])
    }
    select.value = row.choice
    const seen = seenOf(row, this.#store!.saved, this.#aimed!)
    select.addEventListener('change', () => {
      row.choice = select.value as Choice
      this.#choices.set(seen, row.choice)
    })
    return element
  }

  #titleOf({ measure: slug }: { measure: string }): string {
    const measure = workSpaceOf(this).catalogue.measures.find((measure) => measure.slug === slug)
    const { companyRow = '', unknownMeasure = '' } = this.dataset
    if (measure) return `${measure.number} ${measure.title}`
    return slug ? fill(unknownMeasure, { name: slug }) : companyRow
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
    const { owner, due, checked, reason, evidence, note } = answer ?? {}
    const facts = measure
      ? { owner, due, checked, reason, evidence, note }
      : { name: company?.name, methods: names?.join('\n') }
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
    const aimed = this.#aimed!
    const skipped = [...this.#targets].flatMap(([id, target]) =>
      target === undefined ? [this.#theirs!.companies[id]?.name || (this.dataset.unnamed ?? '')] : [],
    )
    this.close()
    await store.replace(wanted)
    const after = store.saved
    // With the file, there may be more than the store takes.
    if (count && diff(before, after).length === 0) return this.fail('too-big')
    if (count) {
      this.#last = { before, after }
      const undo = writeUndo(before, after)
      await store.edit((draft) => void (undo ? (draft.undo = undo) : Reflect.deleteProperty(draft, 'undo')))
    }
    const labels = new Map(listLiving(after, this.dataset.sameName).map(({ id, label }) => [id, label]))
    const left = untaken(after, aimed).map((row) => `${labels.get(row.company) ?? ''} ${this.#titleOf(row)}`)
    const { loaded = '', kept = '', contained = '', nothing = '' } = this.dataset
    const isSame = skipped.length === 0 && diff(exportOf(after), aimed).length === 0
    const unchanged = left.length + skipped.length > 0 ? kept : isSame ? nothing : contained
    this.#tell(count ? fill(loaded, { count }) : unchanged, count > 0, [...skipped, ...left])
    this.#result.focus()
  }

  async #undo(): Promise<void> {
    const store = this.#store!
    const last = this.#last ?? readUndo(store.saved.undo ?? '')
    if (last) {
      const { undo: _, ...reverted } = revert(store.saved, last.before, last.after)
      await store.replace(reverted)
    }
    this.#last = undefined
    this.#tell(this.dataset.undone ?? '', false)
    this.#result.focus()
  }

  /** The reader has no more use for the state before the file. */
  async #settle(): Promise<void> {
    this.#last = undefined
    this.#result.hidden = true
    part(this, '[type="file"]').focus()
    await this.#store!.edit((draft) => void Reflect.deleteProperty(draft, 'undo'))
  }

  /** Tells the result, with what of the file was not taken. */
  #tell(text: string, canUndo: boolean, left: string[] = []): void {
    this.#result.hidden = false
    part(this.#result, '[data-js-text]').textContent = text
    const place = part(this.#result, '[data-js-left]')
    part(place, 'p').textContent = fill(this.dataset.left ?? '', { count: left.length })
    this.list(place, left)
    part(this.#result, '[data-js-undoing]').hidden = !canUndo
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
