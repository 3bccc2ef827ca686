// The methods (方式) that a company uses, before the others.
import type { Company } from '../answers/format.ts'
import { isShared, unpack } from '../answers/share.ts'
import { SiteElement } from '../element.ts'
import { part } from '../parts.ts'
import { pageStore } from '../store/page-store.ts'

/**
 * `<own-methods>` stands around a table with a row for each method, `[data-js-method]`. Answers that came
 * in the address go along to the documents, `[data-js-document]`.
 */
export class OwnMethods extends SiteElement {
  async connect(signal: AbortSignal): Promise<void> {
    const { hash } = location
    const copy = isShared(hash) ? await unpack(hash.slice(1)) : undefined
    if (signal.aborted) return
    if (copy && 'company' in copy) {
      for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-js-document]')) link.hash = hash
      return this.#show(copy.company)
    }
    const store = await pageStore()
    if (signal.aborted) return
    store.addEventListener('change', () => this.#show(store.company()), { signal })
    this.#show(store.company())
  }

  #show(company: Company | undefined): void {
    const rows = [...this.querySelectorAll<HTMLElement>('[data-js-method]')]
    const isUsed = ({ dataset }: HTMLElement) => company?.methods.includes(dataset.jsMethod!) ?? false
    for (const row of rows) part(row, '[data-js-own]').hidden = !isUsed(row)
    part(this, 'tbody').append(...rows.filter(isUsed), ...rows.filter((row) => !isUsed(row)))
  }
}
