// What employees do, on one page.
import { readMeasure } from '../answers/catalogue.ts'
import { entryOf } from '../answers/entry.ts'
import { contactField, type Company } from '../answers/format.ts'
import { setText } from '../parts.ts'
import { ShownDocument } from './shown-document.ts'

/**
 * `<staff-handout>` holds parts `[data-js-part]` of sentences, `[data-js-measure]`, and places for
 * the company's own numbers, `[data-js-helper]`.
 */
export class StaffHandout extends ShownDocument {
  show(company: Company | undefined): void {
    const items = this.showUsed(company)
    for (const item of items) {
      const measure = readMeasure(item.dataset.jsMeasure!, item.dataset)
      item.hidden = entryOf(measure, company?.answers).status === 'na'
    }
    this.tellLeft(items.filter(({ hidden }) => hidden))
    for (const section of this.querySelectorAll<HTMLElement>('[data-js-part]'))
      section.hidden = ![...section.querySelectorAll('li')].some(({ hidden }) => !hidden)
    for (const name of this.querySelectorAll('[data-js-name]'))
      setText(name, this.companyName || (this.dataset.you ?? ''))
    for (const place of this.querySelectorAll<HTMLElement>('[data-js-helper]'))
      setText(place, company?.[contactField(place.dataset.jsHelper!)] ?? '')
  }
}
