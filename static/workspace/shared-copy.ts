// Shows a copy of a checklist's answers that came in a link. It is kept nowhere.
import { cleanName } from '../answers/companies.ts'
import type { Company } from '../answers/format.ts'
import { figuresOf, type Row } from '../answers/progress.ts'
import { unpack } from '../answers/share.ts'
import { wordDate } from '../dates.ts'
import { SiteElement } from '../element.ts'
import { showFacts } from '../facts/facts.ts'
import { copyOf, part } from '../parts.ts'
import { showProgress } from '../progress/progress.ts'
import { fill } from '../words.ts'
import { workSpaceOf } from './work-space.ts'

/**
 * `<shared-copy>` within `<work-space>` reads `#share=<copy>&made=<date>`. It does not open the
 * store.
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
    const [, packed, made] = /^#share=([\w-]*)(?:&made=(\d{4}-\d\d-\d\d))?$/.exec(location.hash) ?? []
    const result = await unpack(packed ?? '')
    const method =
      'company' in result && workSpaceOf(this).catalogue.methods.find(({ slug }) => slug === result.company.methods[0])
    part(this, '[data-js-broken]').hidden = Boolean(method)
    part(this, '[data-js-copy]').hidden = !method
    part(this, '[data-js-made]').textContent = made ? fill(this.dataset.made ?? '', { date: this.#date(made) }) : ''
    if ('company' in result && method) this.#show(result.company, method.slug, method.href)
  }

  #show({ name, answers }: Company, method: string, href: string): void {
    part(this, 'h2').textContent = cleanName(name) || (this.dataset.unnamed ?? '')
    const link = part<HTMLAnchorElement>(this, '[data-js-method-link]')
    link.href = href
    link.replaceChildren(...workSpaceOf(this).nameOf(method))
    const [bars, groups] = [part(this, '[data-js-figures]'), part(this, '[data-js-groups]')]
    bars.replaceChildren()
    groups.replaceChildren()
    for (const figure of figuresOf(workSpaceOf(this).catalogue, method, answers)) {
      showProgress(bars.appendChild(copyOf(this, '[data-js-figure]')), figure.group.label, figure, this.dataset)
      const table = groups.appendChild(copyOf(this, '[data-js-group-table]'))
      part(table, 'caption').textContent = figure.group.name
      part(table, 'tbody').append(...figure.rows.map((row) => this.#row(row)))
    }
  }

  #row({ measure, entry }: Row): HTMLElement {
    const row = copyOf(this, '[data-js-row]')
    row.dataset.sharedMeasure = measure.slug
    row.dataset.status = entry.status
    part(row, '[data-js-number]').textContent = measure.number
    const link = part<HTMLAnchorElement>(row, 'a')
    link.href = measure.href
    link.textContent = measure.title
    part(row, '[data-js-status-of]').append(workSpaceOf(this).chip(entry.status))
    const { status, reason, owner, due, checked, note } = entry
    const facts = { owner, due, checked, note, reason: status === 'na' ? reason : undefined }
    if (Object.values(facts).some(Boolean))
      part(row, '[data-js-facts]').append(showFacts(copyOf(this, '[data-js-value]'), facts, (date) => this.#date(date)))
    return row
  }
}
