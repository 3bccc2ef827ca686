// All companies side by side (会社を並べる): how far each is, to be sorted and saved as a table.
import { listLiving, type Living } from '../answers/companies.ts'
import { hasStatus, isChanged } from '../answers/entry.ts'
import { compareTexts, type Company } from '../answers/format.ts'
import { countLate, lastChange } from '../answers/progress.ts'
import { snapshotOf } from '../answers/snapshot.ts'
import { dayOf, localDate, wordDate } from '../dates.ts'
import { download, fileName } from '../download.ts'
import { SiteElement } from '../element.ts'
import { workbookType } from '../excel/fill.ts'
import { listCsv, listWorkbook, type Column, type Value } from '../excel/list.ts'
import { copyOf, part, setText } from '../parts.ts'
import { readCatalogue } from '../read-catalogue.ts'
import { pageStore } from '../store/page-store.ts'
import type { Store } from '../store/store.ts'
import { fill } from '../words.ts'
import { progressOfState, type GroupProgress } from './compare.ts'
import { readDetails } from './read-details.ts'
import { isAgainst, isLeft, rowsOf } from './report.ts'

/** How many companies are shown at first, and by each press of the button for more. */
const portion = 100

/** The columns of counts, and after them those of days. */
const counts = ['unanswered', 'threats', 'overdue', 'repeat', 'again'] as const
const days = ['next', 'changed'] as const

/** What a row says of a company. */
interface Line {
  methods: string[]
  progress: GroupProgress[]
  /** Nothing is known of a company that has neither a method nor answers. */
  unanswered?: number
  threats?: number
  overdue?: number
  repeat?: number
  again?: number
  /** Until when the next is to be finished, '' for none. */
  next: string
  /** A day, '' when nothing was answered. */
  changed: string
}

/** `<company-table>` describes the handbook; its data attributes are the sentences it shows. */
export class CompanyTable extends SiteElement {
  #store: Store | undefined
  #known: Handbook | undefined
  /** Companies are replaced when they change. */
  readonly #lines = new WeakMap<Company, Line>()
  #sorted = { by: '', isDown: false }
  #limit = portion

  async connect(signal: AbortSignal): Promise<void> {
    this.addEventListener('click', ({ target }) => this.#click(target), { signal })
    // Browsers leave what has the focus half out of the part that scrolls.
    part(this, 'table').addEventListener(
      'focusin',
      ({ target }) => {
        ;(target as Element).scrollIntoView({ block: 'nearest', inline: 'nearest' })
      },
      { signal },
    )
    const store = (this.#store = await pageStore())
    if (signal.aborted) return
    part(this, '[data-js-alone]').hidden = !store.isAlone
    store.addEventListener('change', () => this.#render(), { signal })
    this.#render()
  }

  get #handbook(): Handbook {
    return (this.#known ??= readHandbook(this))
  }

  #lineOf(company: Company): Line {
    const known = this.#lines.get(company)
    if (known) return known
    const { catalogue, details, threats } = this.#handbook
    const today = localDate(new Date())
    const state = snapshotOf(catalogue, company, '')
    const rows = rowsOf(catalogue, details, state.methods, company)
    const left = rows.filter(isLeft)
    const late = countLate(rows, today)
    const line: Line = {
      methods: state.methods,
      progress: progressOfState(catalogue, state),
      ...(rows.length > 0 && {
        unanswered: rows.filter(({ entry }) => !hasStatus(entry)).length,
        threats: threats.filter((threat) => left.some(isAgainst(threat))).length,
        overdue: late.due,
        repeat: late.again,
        again: rows.filter(({ entry, measure }) => isChanged(entry, measure)).length,
      }),
      next: late.next,
      changed: dayOf(lastChange(company)),
    }
    this.#lines.set(company, line)
    return line
  }

  // Showing

  #render(): void {
    const all = this.#all()
    part(this, '[data-js-plain]').hidden = all.length > 0
    part(this, '[data-js-made]').hidden = all.length === 0
    const shown = all.slice(0, this.#limit)
    part(this, 'tbody').replaceChildren(...shown.map((living) => this.#row(living)))
    const more = part(this, '[data-js-more-button]')
    more.hidden = shown.length === all.length
    setText(more, fill(this.dataset.more ?? '', { count: all.length - shown.length }))
    for (const head of this.#heads) {
      const { by, isDown } = this.#sorted
      if (head.dataset.by === by) head.setAttribute('aria-sort', isDown ? 'descending' : 'ascending')
      else head.removeAttribute('aria-sort')
    }
  }

  get #heads(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('th[data-by]')]
  }

  /** In the order that the reader wants, else in that of the record. */
  #all(): Living[] {
    const all = this.#store ? listLiving(this.#store.saved, this.dataset.sameName) : []
    const { by, isDown } = this.#sorted
    if (!by) return all
    const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true })
    const keyed = all.map((living) => ({ living, key: this.#keyOf(living, by) }))
    const order = (a: string | number, b: string | number) =>
      typeof a === 'number' && typeof b === 'number'
        ? a - b
        : by === 'name'
          ? compare(String(a), String(b))
          : compareTexts(String(a), String(b))
    // Equal ones stay as they are in the record, whichever way.
    keyed.sort((a, b) => (isDown ? order(b.key, a.key) : order(a.key, b.key)))
    return keyed.map(({ living }) => living)
  }

  #keyOf({ company, label }: Living, by: string): string | number {
    if (by === 'name') return label
    const line = this.#lineOf(company)
    if (by === 'methods') return line.methods.map((method) => String(this.#placeOf(method)).padStart(3, '0')).join()
    if (by === 'changed') return line.changed
    // What has no day comes after every day.
    if (by === 'next') return line.next || '~'
    // What nothing is known of is the least.
    const count = counts.find((count) => count === by)
    if (count) return line[count] ?? -1
    const { done = 0, total = 0 } = line.progress.find(({ group }) => group.slug === by) ?? {}
    // Where nothing applies, nothing is left.
    return total ? done / total : line.methods.length ? 1 : -1
  }

  #placeOf(method: string): number {
    return this.#handbook.catalogue.methods.findIndex(({ slug }) => slug === method)
  }

  #row({ id, company, label }: Living): HTMLElement {
    const row = copyOf(this, '[data-js-row]')
    const line = this.#lineOf(company)
    const { methods, progress } = line
    const { figure = '', blank = '', date = '' } = this.dataset
    const address = `#company=${encodeURIComponent(id)}`
    const link = part<HTMLAnchorElement>(row, 'a')
    link.hash = address
    link.textContent = label
    const lists = methods.map((method) => {
      const item = copyOf(this, '[data-js-method-item]')
      const { href = '', name = '' } = this.#handbook.catalogue.methods[this.#placeOf(method)] ?? {}
      const link = part<HTMLAnchorElement>(item, 'a')
      link.setAttribute('href', `${href}${address}`)
      const [mark = '', ...rest] = name.split(' ')
      setText(part(link, '[data-js-mark]'), mark)
      setText(part(link, '[data-js-rest]'), rest.join(' '))
      return item
    })
    part(row, 'ul').replaceChildren(...lists)
    const words = [
      ...progress.map(({ done, total }) => (total ? fill(figure, { done, total }) : blank)),
      ...counts.map((by) => line[by]?.toString() ?? blank),
      ...days.map((by) => wordDate(line[by] || blank, date)),
    ]
    for (const text of words) {
      const cell = row.appendChild(document.createElement('td'))
      cell.textContent = text
      cell.toggleAttribute('data-zero', text === '0')
    }
    return row
  }

  // The reader's actions

  #click(target: EventTarget | null): void {
    const button = target instanceof Element ? target.closest('button') : null
    const by = button?.closest<HTMLElement>('th[data-by]')?.dataset
    if (by) {
      // First what asks for attention: the fewest done, and the most overdue.
      const isDown = this.#sorted.by === by.by ? !this.#sorted.isDown : by.first === 'descending'
      this.#sorted = { by: by.by!, isDown }
      this.#render()
      setText(
        part(this, '[data-js-message]'),
        fill((isDown ? this.dataset.down : this.dataset.up) ?? '', { column: button!.textContent.trim() }),
      )
    }
    if (button?.matches('[data-js-more-button]')) {
      const shown = this.#limit
      this.#limit += portion
      this.#render()
      part(this, `tbody tr:nth-child(${shown + 1}) a`).focus()
    }
    if (button?.matches('[data-js-save]')) void this.#save(button.value as 'csv' | 'workbook')
  }

  async #save(kind: 'csv' | 'workbook'): Promise<void> {
    const { file = '', saved = '', sheet = '', font = '', done = '', total = '' } = this.dataset
    const heads = new Map(this.#heads.map((head) => [head.dataset.by!, part(head, 'button').textContent.trim()]))
    const all = this.#all()
    const lines = all.map(({ company }) => this.#lineOf(company))
    const { catalogue } = this.#handbook
    const nameOf = (method: string) => catalogue.methods[this.#placeOf(method)]?.name ?? method
    const columns: Column[] = [
      { head: heads.get('name') ?? '', kind: 'text' },
      { head: heads.get('methods') ?? '', kind: 'text' },
      ...catalogue.groups.flatMap(({ slug }): Column[] =>
        [done, total].map((pattern) => ({ head: fill(pattern, { group: heads.get(slug) ?? '' }), kind: 'number' })),
      ),
      ...counts.map((by): Column => ({ head: heads.get(by) ?? '', kind: 'number' })),
      ...days.map((by): Column => ({ head: heads.get(by) ?? '', kind: 'day' })),
    ]
    const rows = all.map(({ label }, index): Value[] => {
      const line = lines[index]!
      const { methods, progress } = line
      return [
        label,
        methods.map(nameOf).join('\n'),
        ...progress.flatMap(({ done, total }): Value[] => (methods.length ? [done, total] : ['', ''])),
        ...counts.map((by) => line[by] ?? ''),
        ...days.map((by) => line[by]),
      ]
    })
    const list = { sheet, font, columns, rows }
    const [content, ending, type] =
      kind === 'csv' ? [listCsv(list), 'csv', 'text/csv'] : [await listWorkbook(list), 'xlsx', workbookType]
    const name = fileName(file, { date: localDate(new Date()), ending })
    download(content, name, type)
    setText(part(this, '[data-js-message]'), fill(saved, { name }))
  }
}

type Handbook = ReturnType<typeof readHandbook>

/** What the table knows of the handbook. */
function readHandbook(root: ParentNode) {
  return { catalogue: readCatalogue(root), ...readDetails(root) }
}
