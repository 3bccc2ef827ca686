// Names the company (組織) whose answers the page shows.
import { SiteElement } from '../element.ts'
import { setText } from '../parts.ts'
import { Store } from '../store/store.ts'

/**
 * `<company-line data-method>` shows the name in `[data-js-name]`, and `[data-js-used]` when the
 * company uses the method.
 */
export class CompanyLine extends SiteElement {
  async connect(signal: AbortSignal): Promise<void> {
    await Store.follow((store) => this.#show(store), signal)
  }

  #show(store: Store): void {
    const company = store.company()
    const name = this.querySelector('[data-js-name]')
    if (name && company) setText(name, company.name)
    const used = this.querySelector<HTMLElement>('[data-js-used]')
    if (used) used.hidden = !company?.methods.includes(this.dataset.method ?? '')
  }
}
