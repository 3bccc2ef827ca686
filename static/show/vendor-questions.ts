// What the company asks its vendor (業者への質問), and what comes back.
import { changeOf, entryOf } from '../answers/entry.ts'
import { statuses, type Company, type Status } from '../answers/format.ts'
import { methodsOf } from '../answers/progress.ts'
import { localDate } from '../dates.ts'
import { copyOf, part, setText } from '../parts.ts'
import { descriptionIn, readAll, readCatalogue } from '../read-catalogue.ts'
import { pageStore } from '../store/page-store.ts'
import { ShownDocument } from './shown-document.ts'

/**
 * `<vendor-questions>` holds the questions in `[data-js-made]`, and in `[data-js-plain]` what is said
 * when there are none. Its templates describe the handbook.
 */
export class VendorQuestions extends ShownDocument {
  /** Measures that were not known since the page was opened: those that are known now can be changed. */
  #asked = new Set<string>()

  override async connect(signal: AbortSignal): Promise<void> {
    part(this, '[data-js-answers]').addEventListener(
      'change',
      ({ target }) => {
        if (target instanceof HTMLSelectElement) void this.#keep(target.dataset.measure!, target.value as Status)
      },
      { signal },
    )
    await super.connect(signal)
  }

  show(company: Company | undefined): void {
    const { content } = part<HTMLTemplateElement>(this, 'template[data-js-more]')
    const asks = new Map(readAll(content, 'data-js-of', (element, slug) => [slug, element.textContent]))
    const catalogue = readCatalogue(this)
    const methods = company ? methodsOf(catalogue, company) : []
    const rows = catalogue.measures
      .filter(({ slug, groups }) => asks.has(slug) && methods.some((method) => groups[method]))
      .map((measure) => ({ measure, ask: asks.get(measure.slug)!, status: entryOf(measure, company?.answers).status }))
    for (const { measure, status } of rows) if (status === 'unknown') this.#asked.add(measure.slug)
    const asked = rows.filter(({ measure }) => this.#asked.has(measure.slug))
    part(this, '[data-js-plain]').hidden = asked.length > 0
    part(this, '[data-js-made]').hidden = asked.length === 0
    for (const name of this.querySelectorAll('[data-js-name]'))
      setText(name, this.companyName || (this.dataset.you ?? ''))
    const fillRow = (row: HTMLElement, title: string, ask: string) => {
      setText(part(row, '[data-js-title]'), title)
      setText(part(row, '[data-js-ask]'), ask)
      return row
    }
    part(this, '[data-js-questions]').replaceChildren(
      ...asked
        .filter(({ status }) => status === 'unknown')
        .map(({ measure, ask }) => fillRow(copyOf(this, '[data-js-question]'), measure.title, ask)),
    )
    part(this, '[data-js-keeping]').hidden = this.isCopy
    // A row that has the focus stays.
    const list = part(this, '[data-js-answers]')
    for (const { measure, ask, status } of asked) {
      const known = list.querySelector<HTMLSelectElement>(`[data-measure="${CSS.escape(measure.slug)}"]`)
      const select =
        known ??
        this.#selectIn(
          list.appendChild(fillRow(copyOf(this, '[data-js-answer-row]'), measure.title, ask)),
          measure.slug,
        )
      select.value = status
    }
  }

  #selectIn(row: HTMLElement, measure: string): HTMLSelectElement {
    const select = part<HTMLSelectElement>(row, 'select')
    select.dataset.measure = measure
    const words = descriptionIn(this)
    for (const status of statuses)
      select.add(new Option(part(words, `[data-js-status="${status}"]`).textContent.trim(), status))
    return select
  }

  async #keep(slug: string, status: Status): Promise<void> {
    const store = await pageStore()
    const measure = readCatalogue(this).measures.find((measure) => measure.slug === slug)!
    const checked = status === 'done' ? { checked: localDate(new Date()) } : {}
    await store.setAnswers({
      [slug]: changeOf({ status, revision: measure.revision, ...checked }, measure, store.company()?.answers),
    })
  }
}
