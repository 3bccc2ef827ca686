// What a framework asks, with the company's own answers: a draft for whoever asks.
import { readMeasure } from '../answers/catalogue.ts'
import { entryOf, hasStatus } from '../answers/entry.ts'
import type { Company } from '../answers/format.ts'
import { toCsv } from '../csv.ts'
import { localDate } from '../dates.ts'
import { download, fileName } from '../download.ts'
import { SiteElement } from '../element.ts'
import { linkedText } from '../linked-text.ts'
import { part, setText } from '../parts.ts'
import { pageStore } from '../store/page-store.ts'
import { fill } from '../words.ts'
import { itemState } from './state.ts'

/**
 * `<framework-answers>` holds a row for each item, `[data-js-item]`, with its measures,
 * `[data-js-measure]`. It shows the answers in `[data-js-status]` and `[data-js-state]`; its template
 * has a chip for each status.
 */
export class FrameworkAnswers extends SiteElement {
  async connect(signal: AbortSignal): Promise<void> {
    const button = part(this, '[data-js-table]')
    button.addEventListener('click', () => this.#save(), { signal })
    button.hidden = false
    const store = await pageStore()
    if (signal.aborted) return
    const show = () => this.#show(store.company())
    store.addEventListener('change', show, { signal })
    show()
  }

  #show(company: Company | undefined): void {
    setText(part(this, '[data-js-company]'), company?.name ?? '')
    for (const item of this.querySelectorAll('[data-js-item]')) {
      const rows = [...item.querySelectorAll<HTMLElement>('[data-js-measure]')].map((place) => {
        const measure = readMeasure(place.dataset.jsMeasure!, place.dataset)
        const entry = entryOf(measure, company?.answers)
        const chip = hasStatus(entry) ? [this.#chip(entry.status)] : []
        part(place, '[data-js-status]').replaceChildren(...chip)
        const evidence = part(place, '[data-js-evidence]')
        evidence.replaceChildren(
          ...(entry.evidence ? linkedText(fill(evidence.dataset.words ?? '', { text: entry.evidence })) : []),
        )
        return { measure, entry, isPart: place.querySelector('[data-js-part]') !== null }
      })
      if (rows.length) setText(part(item, '[data-js-state]'), this.dataset[itemState(rows)] ?? '')
    }
  }

  #chip(status: string): Node {
    const { content } = part<HTMLTemplateElement>(this, 'template')
    return document.importNode(part(content, `[data-status="${status}"]`), true)
  }

  #save(): void {
    const headings = [...this.querySelectorAll('[data-js-headings] th')].map(({ textContent }) => textContent)
    const rows = [...this.querySelectorAll('[data-js-item]')].map((item) => [
      part(item, '[data-js-number]').textContent,
      part(item, '[data-js-subject]').textContent,
      [...item.querySelectorAll('[data-js-measure]')].map(measureText).join('\n'),
      part(item, '[data-js-state]').textContent,
    ])
    const { file = '', name: framework = '', saved = '', notice = '' } = this.dataset
    const company = part(this, '[data-js-company]').textContent
    const name = fileName(file, { framework, company, date: localDate(new Date()) })
    download(toCsv([headings, ...rows, [notice]]), name, 'text/csv')
    setText(part(this, '[data-js-message]'), fill(saved, { name }))
  }
}

/** The title of a measure, whether it helps with a part only, its status and its evidence, if it has them. */
function measureText(place: Element): string {
  const [title, partly, status, evidence] = ['title', 'part', 'status', 'evidence'].map(
    (name) => place.querySelector(`[data-js-${name}]`)?.textContent ?? '',
  )
  return [[`${title}${partly}`, status].filter(Boolean).join(': '), evidence].filter(Boolean).join('\n')
}
