// A document that is made of the answers: it can be printed, copied and saved for Word.
import type { Company } from '../answers/format.ts'
import { copyText } from '../clipboard.ts'
import { download } from '../download.ts'
import { part, setText } from '../parts.ts'
import { fill, listOf } from '../words.ts'
import { blocksOf } from './blocks.ts'
import { plainText } from './plain-text.ts'
import { ShownAnswers } from './shown-answers.ts'
import { wordFile, wordType } from './word.ts'

/** The base of the elements around a document, `[data-js-document]`; of what is one page, `data-js-page` is the size
 * of its letters in Word, in half points. */
export abstract class ShownDocument extends ShownAnswers {
  override async connect(signal: AbortSignal): Promise<void> {
    this.addEventListener(
      'click',
      ({ target }) => {
        const button = target instanceof Element ? target.closest('button') : null
        if (button?.matches('[data-js-copy]')) void this.#copy()
        if (button?.matches('[data-js-word]')) void this.#save()
      },
      { signal },
    )
    for (const button of this.querySelectorAll<HTMLElement>('[data-js-copy], [data-js-word]')) button.hidden = false
    await super.connect(signal)
  }

  /** What is numbered in the document, with its patterns. */
  get numbers(): Record<string, string> {
    return {}
  }

  get #document(): HTMLElement {
    return part(this, '[data-js-document]')
  }

  /**
   * Of a document that is not of one method, hides what none of the company's methods asks for: measures
   * say in `data-in` which do, and methods are named in `[data-js-of-method]`. Gives those that are left.
   */
  protected showUsed(company: Company | undefined): HTMLElement[] {
    const all = [...this.querySelectorAll<HTMLElement>('[data-js-measure]')]
    const methods = new Set(all.flatMap(({ dataset }) => listOf(dataset.in)))
    const used = company?.methods.filter((method) => methods.has(method)) ?? []
    const isUsed = (of: string[]) => of.length === 0 || used.length === 0 || of.some((method) => used.includes(method))
    for (const name of this.querySelectorAll<HTMLElement>('[data-js-of-method]'))
      name.hidden = !isUsed([name.dataset.jsOfMethod!])
    for (const element of all) element.hidden = !isUsed(listOf(element.dataset.in))
    return all.filter(({ hidden }) => !hidden)
  }

  /** Names, on the screen alone, what was left out of the document. */
  protected tellLeft(left: HTMLElement[]): void {
    const { left: pattern = '', separator = '' } = this.dataset
    const names = left.map(({ dataset }) => dataset.title ?? '').join(separator)
    setText(part(this, '[data-js-left]'), names ? fill(pattern, { names }) : '')
  }

  async #copy(): Promise<void> {
    const copied = await copyText(plainText(blocksOf(this.#document)), this.#document)
    this.tell((copied ? this.dataset.copied : this.dataset.failed) ?? '')
  }

  async #save(): Promise<void> {
    const name = this.fileName
    const { lang } = document.documentElement
    download(
      await wordFile(blocksOf(this.#document), {
        lang,
        numbers: this.numbers,
        size: Number(this.#document.dataset.jsPage ?? 0),
      }),
      name,
      wordType,
    )
    this.tell(fill(this.dataset.saved ?? '', { name }))
  }
}
