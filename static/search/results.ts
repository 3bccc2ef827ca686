// How a result looks, in the list under the field and on the search page alike.
import { part, setText } from '../parts.ts'
import { fill } from '../words.ts'
import { mark, passageOf, type Piece } from './passage.ts'
import type { Hit } from './rank.ts'
import type { SearchIndex } from './search-index.ts'

/** What is the same for all results. */
export interface Surroundings {
  root: string
  path: string
  /** What is to be marked. */
  found: readonly string[]
}

/** Fills a copy of a template's element with a hit. */
export function showHit(element: HTMLElement, { doc }: Hit, { kinds }: SearchIndex, { root, path, found }: Surroundings): void {
  const passage = passageOf(doc, found)
  const anchor = passage?.anchor && !doc.address.includes('#') ? `#${passage.anchor}` : ''
  const link = element.querySelector('a') ?? element
  link.setAttribute('href', root + doc.address + anchor)
  const label = kinds[doc.kind]?.label ?? ''
  part(element, '[data-js-path]').textContent = passage?.heading ? fill(path, { kind: label, heading: passage.heading }) : label
  part(element, '[data-js-title]').replaceChildren(...marked(mark(doc.title, doc.foldedTitle, found)))
  part(element, '[data-js-passage]').replaceChildren(...marked(passage?.pieces ?? []))
}

function marked(pieces: Piece[]): (Node | string)[] {
  return pieces.map(({ text, marked }) => {
    if (!marked) return text
    const element = document.createElement('mark')
    element.textContent = text
    return element
  })
}

/** What changes fast is said and kept when it rests, in milliseconds. */
export const rest = 400
let speaking = 0

/** Tells those who do not see the results; nothing is said at once. */
export function say(root: ParentNode, text: string): void {
  clearTimeout(speaking)
  speaking = window.setTimeout(() => {
    setText(part(root, '[role=status]'), text)
  }, text ? rest : 0)
}
