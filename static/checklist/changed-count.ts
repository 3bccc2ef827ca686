// Tells readers who come back how much of what they have answered says something else now.
import { readMeasure } from '../answers/catalogue.ts'
import { listLiving } from '../answers/companies.ts'
import { entryOf, isChanged } from '../answers/entry.ts'
import { SiteElement } from '../element.ts'
import { part, setText } from '../parts.ts'
import { Store } from '../store/store.ts'
import { fill, listOf } from '../words.ts'

/**
 * `<changed-count data-text>` holds a template that names the measures that have ever changed,
 * `[data-js-changed]`, and counts them for all companies.
 */
export class ChangedCount extends SiteElement {
  async connect(signal: AbortSignal): Promise<void> {
    await Store.follow((store) => this.#show(store), signal)
  }

  #show(store: Store): void {
    const { content } = part<HTMLTemplateElement>(this, 'template')
    const measures = [...content.querySelectorAll<HTMLElement>('[data-js-changed]')].map(({ dataset }) => ({
      measure: readMeasure(dataset.jsChanged!, dataset),
      methods: listOf(dataset.in).map((place) => place.split(':')[0]!),
    }))
    const count = listLiving(store.saved).reduce((sum, { company }) => {
      const own = measures.filter(({ methods }) => methods.some((method) => company.methods.includes(method)))
      return sum + own.filter(({ measure }) => isChanged(entryOf(measure, company.answers), measure)).length
    }, 0)
    part(this, '[data-js-line]').hidden = count === 0
    setText(part(this, '[data-js-text]'), fill(this.dataset.text ?? '', { count }))
  }
}
