// Parts that more than one element of the workspace shows.
import { part } from '../parts.ts'
import type { WorkSpace } from './work-space.ts'

/** A copy of the list's link to a method's checklist. */
export function methodLink(work: WorkSpace, method: string): Node {
  const link = work.querySelector(`[data-js-method="${CSS.escape(method)}"]`)
  const item = link?.parentElement?.cloneNode(true) as HTMLElement
  item.firstElementChild?.removeAttribute('data-js-method')
  return item
}

const dates = ['due', 'checked']

/** Fills a list of facts; what is not said is hidden. */
export function showFacts(list: HTMLElement, facts: Record<string, string | undefined>, wordDate: (date: string) => string): HTMLElement {
  for (const fact of list.querySelectorAll<HTMLElement>('[data-js-fact]')) {
    const name = fact.dataset.jsFact ?? ''
    const value = facts[name] ?? ''
    part(fact, 'dd').textContent = dates.includes(name) ? wordDate(value) : value
    fact.hidden = !value
  }
  return list
}
