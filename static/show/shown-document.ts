// A document that is made of the answers: it can be printed, copied and saved for Word.
import { givenName } from '../answers/companies.ts'
import type { Company } from '../answers/format.ts'
import { isShared, unpack } from '../answers/share.ts'
import { copyText } from '../clipboard.ts'
import { localDate, wordDate } from '../dates.ts'
import { download, fileName } from '../download.ts'
import { SiteElement } from '../element.ts'
import { part, setText } from '../parts.ts'
import { pageStore } from '../store/page-store.ts'
import { fill } from '../words.ts'
import { blocksOf } from './blocks.ts'
import { plainText } from './plain-text.ts'
import { wordFile, wordType } from './word.ts'

/**
 * The base of the elements around a document, `[data-js-document]`. The data attributes are the words
 * of the document. It shows the answers of the company that is worked on, or of the copy that came in
 * the address.
 */
export abstract class ShownDocument extends SiteElement {
  #company: Company | undefined
  #isCopy = false

  /** Shows the answers; undefined when there are none. */
  abstract show(company: Company | undefined): void

  async connect(signal: AbortSignal): Promise<void> {
    const { title } = document
    this.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null
      if (button?.matches('[data-js-copy]')) void this.#copy()
      if (button?.matches('[data-js-word]')) void this.#save()
    }, { signal })
    // Browsers name the file of a print after the page's title.
    addEventListener('beforeprint', () => (document.title = this.#fileName.replace(/\.\w+$/, '')), { signal })
    addEventListener('afterprint', () => (document.title = title), { signal })
    for (const button of this.querySelectorAll<HTMLElement>('[data-js-copy], [data-js-word]')) button.hidden = false

    const copy = isShared(location.hash) ? await unpack(location.hash.slice(1)) : undefined
    if (signal.aborted) return
    if (copy && 'company' in copy) {
      this.#isCopy = true
      return this.#use(copy.company)
    }
    const store = await pageStore()
    if (signal.aborted) return
    store.addEventListener('change', () => this.#use(store.company()), { signal })
    this.#use(store.company())
  }

  get company(): Company | undefined {
    return this.#company
  }

  /** Whether the answers are a copy, which cannot be changed. */
  get isCopy(): boolean {
    return this.#isCopy
  }

  /** What is numbered in the document, with its patterns. */
  get numbers(): Record<string, string> {
    return {}
  }

  get companyName(): string {
    return givenName(this.#company, this.dataset.company)
  }

  #use(company: Company | undefined): void {
    this.#company = company
    for (const place of this.querySelectorAll('[data-js-company]')) setText(place, this.companyName)
    for (const place of this.querySelectorAll('[data-js-date]'))
      setText(place, company ? wordDate(localDate(new Date()), this.dataset.date ?? '') : '')
    this.show(company)
  }

  get #document(): HTMLElement {
    return part(this, '[data-js-document]')
  }

  get #fileName(): string {
    return fileName(this.dataset.file ?? '', { method: this.dataset.mark ?? '', company: this.companyName, date: localDate(new Date()) })
  }

  /** Names, on the screen alone, what was left out of the document. */
  protected tellLeft(left: HTMLElement[]): void {
    const { left: pattern = '', separator = '' } = this.dataset
    const names = left.map(({ dataset }) => dataset.title ?? '').join(separator)
    setText(part(this, '[data-js-left]'), names ? fill(pattern, { names }) : '')
  }

  #tell(text: string): void {
    const place = part(this, '[data-js-message]')
    // Emptied first, so that the same words are announced again.
    place.textContent = ''
    place.textContent = text
  }

  async #copy(): Promise<void> {
    const copied = await copyText(plainText(blocksOf(this.#document)), this.#document)
    this.#tell((copied ? this.dataset.copied : this.dataset.failed) ?? '')
  }

  async #save(): Promise<void> {
    const name = this.#fileName
    const { lang } = document.documentElement
    download(await wordFile(blocksOf(this.#document), { lang, numbers: this.numbers }), name, wordType)
    this.#tell(fill(this.dataset.saved ?? '', { name }))
  }
}
