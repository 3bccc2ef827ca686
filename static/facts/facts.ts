// What an answer says besides its status, as a list to read.
import { linkedText } from '../linked-text.ts'
import { part } from '../parts.ts'

const dates = ['due', 'checked']

/**
 * Fills a list of facts `[data-js-fact]`; those without a value are hidden. Addresses in a value are links.
 */
export function showFacts(
  list: HTMLElement,
  facts: Record<string, string | undefined>,
  wordDate: (date: string) => string,
): HTMLElement {
  for (const fact of list.querySelectorAll<HTMLElement>('[data-js-fact]')) {
    const name = fact.dataset.jsFact ?? ''
    const value = facts[name] ?? ''
    part(fact, 'dd').replaceChildren(...(dates.includes(name) ? [wordDate(value)] : linkedText(value)))
    fact.hidden = !value
  }
  return list
}
