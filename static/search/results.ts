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

/**
 * Returns the elements that show hits, in their order: for what a list shows already the list's own
 * elements, else new ones.
 */
export function resultsFor(
  list: HTMLElement,
  hits: Hit[],
  create: () => HTMLElement,
  index: SearchIndex,
  surroundings: Surroundings,
): HTMLElement[] {
  const shown = new Map(([...list.children] as HTMLElement[]).map((element) => [element.dataset.address, element]))
  return hits.map((hit) => {
    const element = shown.get(hit.doc.address) ?? create()
    showHit(element, hit, index, surroundings)
    return element
  })
}

/** Fills a result's element with a hit. */
function showHit(
  element: HTMLElement,
  { doc }: Hit,
  { kinds }: SearchIndex,
  { root, path, found }: Surroundings,
): void {
  const passage = passageOf(doc, found)
  const anchor = passage?.anchor && !doc.address.includes('#') ? `#${passage.anchor}` : ''
  const link = element.querySelector('a') ?? element
  link.setAttribute('href', root + doc.address + anchor)
  element.dataset.address = doc.address
  const label = kinds[doc.kind]?.label ?? ''
  setText(
    part(element, '[data-js-path]'),
    passage?.heading ? fill(path, { kind: label, heading: passage.heading }) : label,
  )
  setPieces(part(element, '[data-js-title]'), mark(doc.title, doc.foldedTitle, found))
  setPieces(part(element, '[data-js-passage]'), passage?.pieces ?? [])
}

/** Puts pieces into their place. What is there already stays: a reader may have selected it. */
function setPieces(place: HTMLElement, pieces: Piece[]): void {
  const filled = place.cloneNode() as HTMLElement
  filled.append(...marked(pieces))
  if (!place.isEqualNode(filled)) place.replaceChildren(...filled.childNodes)
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
  speaking = window.setTimeout(
    () => {
      setText(part(root, '[role=status]'), text)
    },
    text ? rest : 0,
  )
}
