// The page for whoever decides (社長に見せる一枚).
import { hasStatus } from '../answers/entry.ts'
import type { Company } from '../answers/format.ts'
import { localDate, wordDate } from '../dates.ts'
import { copyOf, part, setText } from '../parts.ts'
import { wordDue } from '../progress/due.ts'
import { showProgress } from '../progress/progress.ts'
import { descriptionIn, readAll, readCatalogue } from '../read-catalogue.ts'
import { fill } from '../words.ts'
import { readDetails } from './read-details.ts'
import { reportOf, room, type Report, type Row } from './report.ts'
import { ShownDocument } from './shown-document.ts'

/**
 * `<boss-report>` holds the document in `[data-js-made]`, and in `[data-js-plain]` what is said
 * without answers. Its templates describe the handbook.
 */
export class BossReport extends ShownDocument {
  override async connect(signal: AbortSignal): Promise<void> {
    this.addEventListener('input', () => this.#showFields(), { signal })
    // What a reload left in them is the browser's.
    addEventListener('pageshow', () => this.#showFields(), { signal })
    await super.connect(signal)
  }

  show(company: Company | undefined): void {
    const catalogue = readCatalogue(this)
    const report =
      company && reportOf(catalogue, this.#more(), company, { made: this.made, today: localDate(new Date()) })
    const made = Boolean(report?.figures.length)
    part(this, '[data-js-plain]').hidden = made
    part(this, '[data-js-made]').hidden = !made
    if (!report || !made) return
    const nameOf = (method: string) => catalogue.methods.find(({ slug }) => slug === method)?.name ?? ''
    const { separator = '' } = this.dataset
    setText(part(this, '[data-js-methods]'), report.figures.map(({ method }) => nameOf(method)).join(separator))
    this.#showFigures(report, nameOf)
    setText(part(this, '[data-js-state]'), this.#state(report.rows))
    this.#showThreats(report)
    this.#showNext(report)
    this.#showDecisions(report.decisions)
    this.#showPeers(report)
    this.#showFields()
  }

  #more(): Parameters<typeof reportOf>[1] {
    const { content } = part<HTMLTemplateElement>(this, 'template[data-js-peers-of]')
    return {
      ...readDetails(this),
      peers: readAll(content, 'data-js-peer', ({ dataset, textContent }, measure) => ({
        measure,
        text: textContent,
        percent: dataset.percent ?? '',
        n: dataset.n ?? '',
      })),
    }
  }

  #showFigures({ figures }: Report, nameOf: (method: string) => string): void {
    const items = figures.flatMap(({ method, figures: groups }) =>
      groups.map((figure) => {
        const item = copyOf(this, '[data-js-figure]')
        const [mark = ''] = nameOf(method).split(' ')
        showProgress(
          item,
          figures.length > 1 ? `${mark} ${figure.group.name}` : figure.group.name,
          figure,
          this.dataset,
        )
        return item
      }),
    )
    part(this, '[data-js-figures]').replaceChildren(...items)
    part(this, '[data-js-apart]').hidden = figures.length < 2
  }

  /** What the figures do not say: what is late, what nobody has looked at, and what was left out. */
  #state(rows: Row[]): string {
    const { unanswered = '', unknown = '', left = '', reason = '' } = this.dataset
    const count = (pattern: string, wanted: Row[]) => (wanted.length ? fill(pattern, { count: wanted.length }) : '')
    const out = rows.filter(({ entry }) => entry.status === 'na')
    const names = out.map(({ measure, entry }) =>
      entry.reason ? fill(reason, { title: measure.title, reason: short(entry.reason) }) : measure.title,
    )
    return [
      wordDue(rows, { ...this.dataset, next: '' }),
      count(
        unanswered,
        rows.filter(({ entry }) => !hasStatus(entry)),
      ),
      count(
        unknown,
        rows.filter(({ entry }) => entry.status === 'unknown'),
      ),
      out.length ? fill(left, { names: this.#list(names, room.left) }) : '',
    ].join('')
  }

  #showThreats({ threats }: Report): void {
    const { threat: open = '', guarded = '', unguarded = '' } = this.dataset
    const items = threats.map(({ threat, open: rows, done }) => {
      const item = copyOf(this, '[data-js-threat]')
      setText(part(item, '[data-js-name]'), threat.name)
      setText(
        part(item, '[data-js-words]'),
        rows.length ? fill(open, { count: rows.length }) : done ? guarded : unguarded,
      )
      setText(
        part(item, '[data-js-measures]'),
        this.#list(
          rows.map(({ measure }) => measure.title),
          room.measures,
        ),
      )
      return item
    })
    part(this, '[data-js-threats]').replaceChildren(...items)
  }

  #showNext({ next: rows, threats }: Report): void {
    const none = part(this, '[data-js-none="next"]')
    none.hidden = rows.length > 0
    setText(none, threats.some(({ done }) => done) ? (none.dataset.done ?? '') : (none.dataset.out ?? ''))
    part(this, '[data-js-table="next"]').hidden = rows.length === 0
    const lines = rows.slice(0, room.next).map(({ measure, entry, details }) => {
      const line = copyOf(this, '[data-js-row]')
      const texts = [
        `${measure.number} ${measure.title}`,
        short(entry.owner ?? ''),
        wordDate(entry.due ?? '', this.dataset.date ?? ''),
        details.time,
        details.cost,
      ]
      for (const [index, cell] of line.querySelectorAll('[data-js-cell]').entries())
        cell.textContent = texts[index] || (this.dataset.blank ?? '')
      return line
    })
    part(this, '[data-js-next]').replaceChildren(...lines)
  }

  #showDecisions(rows: Row[]): void {
    part(this, '[data-js-none="decisions"]').hidden = rows.length > 0
    const texts = rows.slice(0, room.decisions).map(({ details }) => details.decision)
    if (rows.length > texts.length) texts.push(fill(this.dataset.more ?? '', { count: rows.length - texts.length }))
    part(this, '[data-js-decisions]').replaceChildren(...texts.map(itemOf))
  }

  #showPeers({ peers }: Report): void {
    const list = this.querySelector('[data-js-peers]')
    const items = peers.slice(0, room.peers).map(({ entry, ...peer }) => {
      const item = copyOf(this, '[data-js-peer-item]')
      setText(part(item, '[data-js-words]'), fill(this.dataset.peer ?? '', { ...peer }))
      part(item, '[data-js-own]').append(hasStatus(entry) ? this.#chip(entry.status) : (this.dataset.noAnswer ?? ''))
      return item
    })
    list?.replaceChildren(...items)
    const section = list?.closest('section')
    if (section) section.hidden = items.length === 0
  }

  #chip(status: string): Node {
    return part(descriptionIn(this), `[data-js-status="${status}"]`).firstElementChild!.cloneNode(true)
  }

  /** As many texts as there is room for, and how many more there are. */
  #list(texts: string[], limit: number): string {
    const { separator = '', more = '' } = this.dataset
    const shown = texts.slice(0, limit)
    if (texts.length > limit) shown.push(fill(more, { count: texts.length - limit }))
    return shown.join(separator)
  }

  /** What is printed of the fields. */
  #showFields(): void {
    const { title, remarks } = part<HTMLFormElement>(this, 'form').elements as unknown as Record<
      'title' | 'remarks',
      HTMLInputElement
    >
    setText(part(this, '[data-js-title]'), title.value.trim() || title.defaultValue)
    // The page has room for so many lines.
    const lines = remarks.value.trim().split('\n')
    setText(part(this, '[data-js-remarks]'), [...lines.slice(0, 3), lines.slice(3).join(' ')].join('\n').trim())
    part(this, '[data-js-remarks-part]').hidden = !remarks.value.trim()
  }
}

/** As much of what a reader wrote as a cell has room for. */
function short(text: string): string {
  const characters = [...text.replace(/\s+/g, ' ').trim()]
  return characters.length > 20 ? `${characters.slice(0, 19).join('')}…` : characters.join('')
}

function itemOf(text: string): HTMLElement {
  const item = document.createElement('li')
  item.textContent = text
  return item
}
