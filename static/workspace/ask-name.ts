// Asks once what the company is called: two clients' files cannot be told apart by a name that nobody
// chose.
import { cleanName } from '../answers/companies.ts'
import { SiteElement } from '../element.ts'
import { part } from '../parts.ts'
import { Store } from '../store/store.ts'

/**
 * `<ask-name hidden>` appears when a page is opened, never in the middle of work, as long as the
 * company has no name; with `data-early` also before there is a company.
 */
export class AskName extends SiteElement {
  async connect(signal: AbortSignal): Promise<void> {
    const store = await Store.open()
    const isNamed = () => Boolean(store.saved.asked || store.company()?.at.name)
    if (isNamed() || !(store.company() || this.hasAttribute('data-early'))) return
    this.hidden = false
    this.addEventListener(
      'submit',
      (event) => {
        event.preventDefault()
        const input = part<HTMLInputElement>(this, 'input')
        const name = cleanName(input.value)
        if (!name) return input.focus()
        void store.editCompany((company) => void (company.name = name))
        this.#leave()
      },
      { signal },
    )
    part(this, '[type="button"]').addEventListener(
      'click',
      () => {
        void store.edit((draft) => void (draft.asked = new Date().toISOString()))
        this.#leave()
      },
      { signal },
    )
    store.addEventListener(
      'change',
      () => {
        this.hidden ||= isNamed()
      },
      { signal },
    )
  }

  #leave(): void {
    this.hidden = true
    document.querySelector('main')?.focus()
  }
}
