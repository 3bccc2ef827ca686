// The emergency sheet: the numbers that a company has of its own, kept with its answers.
import { maxContact } from '../answers/companies.ts'
import { contactField, type Company } from '../answers/format.ts'
import { SiteElement } from '../element.ts'
import { part, setText } from '../parts.ts'
import { pageStore } from '../store/page-store.ts'
import type { Store } from '../store/store.ts'

/**
 * `<emergency-sheet>` holds a field for each number, `[data-js-helper]`, which can be filled in and
 * printed without script, and the company's name, `[data-js-company]`.
 */
export class EmergencySheet extends SiteElement {
  async connect(signal: AbortSignal): Promise<void> {
    const store = await pageStore()
    if (signal.aborted) return
    // What was typed before the store was there is the reader's; what a reload left is the browser's.
    for (const field of this.#fields) {
      if (field.value !== field.defaultValue && document.activeElement === field) this.#keep(store, field)
      field.addEventListener('change', () => this.#keep(store, field), { signal })
    }
    // A page that is closed or printed hands over what was typed last.
    for (const type of ['pagehide', 'beforeprint']) addEventListener(type, () => this.#keepAll(store), { signal })
    store.addEventListener('change', () => this.#show(store.company()), { signal })
    this.#show(store.company())
  }

  get #fields(): NodeListOf<HTMLInputElement> {
    return this.querySelectorAll('input[data-js-helper]')
  }

  #show(company: Company | undefined): void {
    setText(part(this, '[data-js-company]'), company?.name ?? '')
    for (const field of this.#fields) {
      if (document.activeElement !== field) field.value = numberOf(company, field)
    }
  }

  #keepAll(store: Store): void {
    for (const field of this.#fields) this.#keep(store, field)
  }

  #keep(store: Store, field: HTMLInputElement): void {
    const number = field.value.trim().slice(0, maxContact)
    if (number === numberOf(store.company(), field)) return
    void store.editCompany((company) => void (company[contactField(field.dataset.jsHelper!)] = number))
  }
}

function numberOf(company: Company | undefined, { dataset }: HTMLInputElement): string {
  return company?.[contactField(dataset.jsHelper!)] ?? ''
}
