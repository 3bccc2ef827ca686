// Parts that more than one element of the workspace shows.
import type { WorkSpace } from './work-space.ts'

/** A copy of the list's link to a method's checklist. */
export function methodLink(work: WorkSpace, method: string): Node {
  const link = work.querySelector(`[data-js-method="${CSS.escape(method)}"]`)
  const item = link?.parentElement?.cloneNode(true) as HTMLElement
  item.firstElementChild?.removeAttribute('data-js-method')
  return item
}
