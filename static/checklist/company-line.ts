// Names the company (組織) whose answers the page shows.
import { Store } from '../store/store.ts'

/** `<company-line>` has the name `[data-js-name]`, and `[data-js-used]` for when the company uses `data-method`. */
export class CompanyLine extends HTMLElement {
  #listeners = new AbortController()

  async connectedCallback(): Promise<void> {
    this.#listeners = new AbortController()
    await Store.follow((store) => this.#show(store), this.#listeners.signal)
  }

  disconnectedCallback(): void {
    this.#listeners.abort()
  }

  #show(store: Store): void {
    const company = store.company()
    const name = this.querySelector('[data-js-name]')
    if (name && company && name.textContent !== company.name) name.textContent = company.name
    const used = this.querySelector<HTMLElement>('[data-js-used]')
    if (used) used.hidden = !company?.methods.includes(this.dataset.method ?? '')
  }
}
