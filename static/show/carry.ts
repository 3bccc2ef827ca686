// The answers of a page that keeps them to itself, for another page. It is loaded when they are needed.
import type { Company } from '../answers/format.ts'
import { pack } from '../answers/share.ts'
import { localDate } from '../dates.ts'

/** `<carry-answers>` stands nowhere: a link makes one. */
export class CarryAnswers extends HTMLElement {
  /** Gives the fragment of an address with a copy of the answers, '' if they are too many for one. */
  async fragmentOf(company: Company): Promise<string> {
    for (const notes of [true, false]) {
      const packed = await pack(company, localDate(new Date()), { notes, owners: true, texts: true })
      if ('fragment' in packed) return packed.fragment
    }
    return ''
  }
}

customElements.define('carry-answers', CarryAnswers)
