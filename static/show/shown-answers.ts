// What is made of the answers, and can be printed.
import { givenName } from '../answers/companies.ts'
import type { Company } from '../answers/format.ts'
import { isShared, unpack } from '../answers/share.ts'
import { localDate, wordDate } from '../dates.ts'
import { fileName } from '../download.ts'
import { SiteElement } from '../element.ts'
import { part, setText } from '../parts.ts'
import { pageStore } from '../store/page-store.ts'

/**
 * The base of the elements around what is made of the answers. The data attributes are its words. It
 * shows the answers of the company that is worked on, or of the copy that came in the address.
 */
export abstract class ShownAnswers extends SiteElement {
  #company: Company | undefined
  #made: string | undefined

  /** Shows the answers; undefined when there are none. */
  abstract show(company: Company | undefined): void

  async connect(signal: AbortSignal): Promise<void> {
    const { title } = document
    // Browsers name the file of a print after the page's title.
    addEventListener('beforeprint', () => (document.title = this.fileName.replace(/\.\w+$/, '')), { signal })
    addEventListener('afterprint', () => (document.title = title), { signal })

    const copy = isShared(location.hash) ? await unpack(location.hash.slice(1)) : undefined
    if (signal.aborted) return
    if (copy && 'company' in copy) {
      this.#made = copy.made
      return this.use(copy.company)
    }
    const store = await pageStore()
    if (signal.aborted) return
    store.addEventListener('change', () => this.use(store.company()), { signal })
    this.use(store.company())
  }

  get company(): Company | undefined {
    return this.#company
  }

  /** Whether the answers are a copy, which cannot be changed. */
  get isCopy(): boolean {
    return this.#made !== undefined
  }

  /** The day a copy was made, '' when it does not say; '' of the reader's own answers. */
  get made(): string {
    return this.#made ?? ''
  }

  get companyName(): string {
    return givenName(this.#company, this.dataset.company)
  }

  protected use(company: Company | undefined): void {
    this.#company = company
    for (const place of this.querySelectorAll('[data-js-company]')) setText(place, this.companyName)
    for (const place of this.querySelectorAll('[data-js-date]'))
      setText(place, company ? wordDate(localDate(new Date()), this.dataset.date ?? '') : '')
    this.show(company)
  }

  protected get fileName(): string {
    return fileName(this.dataset.file ?? '', {
      title: this.dataset.title ?? '',
      method: this.dataset.mark ?? '',
      company: this.companyName,
      date: localDate(new Date()),
    })
  }

  protected tell(text: string): void {
    const place = part(this, '[data-js-message]')
    // Emptied first, so that the same words are announced again.
    place.textContent = ''
    place.textContent = text
  }
}
