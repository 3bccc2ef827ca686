// Parts that more than one element of the workspace shows.
import { fill } from '../checklist/measure.ts'
import type { Figure } from './figures.ts'
import { part, setText } from './parts.ts'
import type { WorkSpace } from './work-space.ts'

/** Says and draws how far a group of measures is. The patterns are those of the checklist. */
export function figureBar(place: HTMLElement, { group, total, done, na }: Figure, { progress = '', progressNa = '', progressNone = '' }: DOMStringMap): void {
  const pattern = na === 0 ? progress : total === 0 ? progressNone : progressNa
  setText(part(place, '[data-js-words]'), fill(pattern, { group: group.label, total, done, na }))
  const bar = part<HTMLProgressElement>(place, 'progress')
  bar.max = total || 1
  bar.value = total ? done : 1
  place.toggleAttribute('data-complete', done === total)
}

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
