// Shows a copy of a checklist's answers that came in a link. It is kept nowhere.
import type { Method } from '../answers/catalogue.ts'
import { cleanName } from '../answers/companies.ts'
import { compareTexts } from '../answers/format.ts'
import { isChanged, standingOf } from '../answers/entry.ts'
import { figuresOf, isLate, isOpen, type Figure, type Row } from '../answers/progress.ts'
import { isShared, unpack, type Shared } from '../answers/share.ts'
import { localDate, wordDate } from '../dates.ts'
import { SiteElement } from '../element.ts'
import { showFacts } from '../facts/facts.ts'
import { copyOf, part, setText } from '../parts.ts'
import { showLate, wordDue } from '../progress/due.ts'
import { showProgress } from '../progress/progress.ts'
import { fill } from '../words.ts'
import { workSpaceOf } from './work-space.ts'

/**
 * `<shared-copy>` within `<work-space>` reads the copy in the address's fragment. It does not open
 * the store.
 */
export class SharedCopy extends SiteElement {
  connect(signal: AbortSignal): void {
    addEventListener('hashchange', () => void this.#read(), { signal })
    void this.#read()
  }

  #date(date: string): string {
    return wordDate(date, this.dataset.date ?? '')
  }

  async #read(): Promise<void> {
    const fragment = location.hash.slice(1)
    if (!isShared(fragment)) return
    const result = await unpack(fragment)
    const method =
      'company' in result && workSpaceOf(this).catalogue.methods.find(({ slug }) => slug === result.company.methods[0])
    const fault = 'fault' in result ? result.fault.kind : method ? '' : 'newer-format'
    part(this, '[data-js-broken]').hidden = !fault
    for (const reason of this.querySelectorAll<HTMLElement>('[data-js-fault]'))
      reason.hidden = reason.dataset.jsFault !== fault
    part(this, '[data-js-copy]').hidden = Boolean(fault)
    if ('company' in result && method) this.#show(result, method)
  }

  #show({ company, made }: Shared, method: Method): void {
    const { heading = '', unnamed = '', title = '', site = '', made: madeOn = '' } = this.dataset
    const name = fill(heading, { company: cleanName(company.name) || unnamed })
    setText(part(this, 'h1'), name)
    document.title = fill(title, { page: [name, made].filter(Boolean).join(' '), site })
    part(this, '[data-js-made]').textContent = made ? fill(madeOn, { date: this.#date(made) }) : ''
    const link = part<HTMLAnchorElement>(this, '[data-js-method-link]')
    link.href = method.href
    link.replaceChildren(...workSpaceOf(this).nameOf(method.slug))
    const figures = figuresOf(workSpaceOf(this).catalogue, method.slug, company.answers, made)
    part(this, '[data-js-figures]').replaceChildren(...figures.map((figure) => this.#bar(figure)))
    const rows = figures.flatMap(({ rows, group }) => rows.map((row) => ({ ...row, label: group.label })))
    part(this, '[data-js-due]').textContent = wordDue(rows, this.dataset)

    const dayOf = ({ entry: { due } }: Row) => due || '9999-12-31'
    const open = rows
      .filter(({ entry, measure }) => isOpen(standingOf(entry, measure)))
      .sort((a, b) => compareTexts(dayOf(a), dayOf(b)))
    for (const [part, listed] of [
      ['open', open],
      ['rest', rows.filter((row) => !open.includes(row))],
    ] as const) {
      const section = this.querySelector<HTMLElement>(`[data-js-part="${part}"]`)!
      section.hidden = listed.length === 0
      const place = section.querySelector('h2')!
      place.textContent = fill((place.dataset.text ??= place.textContent), { count: listed.length })
      section.querySelector('tbody')!.replaceChildren(...listed.map((row) => this.#row(row)))
    }
  }

  #bar(figure: Figure): HTMLElement {
    const bar = copyOf(this, '[data-js-figure]')
    showProgress(bar, figure.group.label, figure, this.dataset)
    return bar
  }

  #row({ measure, entry, due: day, label }: Row & { label: string }): HTMLElement {
    const row = copyOf(this, '[data-js-row]')
    row.dataset.sharedMeasure = measure.slug
    row.dataset.status = entry.status
    part(row, '[data-js-number]').textContent = `${label} ${measure.number}`
    const link = part<HTMLAnchorElement>(row, 'a')
    link.href = measure.href
    link.textContent = measure.title
    const late = part(row, '[data-js-overdue]')
    late.hidden = !isLate(day, localDate(new Date()))
    if (day) showLate(late, day, this.dataset.date)
    part(row, '[data-js-status-of]').append(
      workSpaceOf(this).chip(entry.status),
      isChanged(entry, measure) ? (this.dataset.changed ?? '') : '',
    )
    const { status, reason, owner, due, checked, evidence, note } = entry
    const facts = { owner, due, checked, evidence, note, reason: status === 'na' ? reason : undefined }
    if (Object.values(facts).some(Boolean))
      part(row, '[data-js-facts]').append(showFacts(copyOf(this, '[data-js-value]'), facts, (date) => this.#date(date)))
    return row
  }
}
