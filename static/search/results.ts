// How a result looks, in the list under the field and on the search page alike.
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
  const link = element instanceof HTMLAnchorElement ? element : part(element, 'a')
  link.setAttribute('href', root + doc.address + anchor)
  const label = kinds[doc.kind]?.label ?? ''
  part(element, '[data-js-path]').textContent = passage?.heading ? fill(fill(path, 'kind', label), 'heading', passage.heading) : label
  part(element, '[data-js-title]').replaceChildren(...marked(mark(doc.title, doc.foldedTitle, found)))
  part(element, '[data-js-passage]').replaceChildren(...marked(passage?.pieces ?? []))
}

function marked(pieces: Piece[]): Node[] {
  return pieces.map(({ text, marked }) => {
    if (!marked) return document.createTextNode(text)
    const element = document.createElement('mark')
    element.textContent = text
    return element
  })
}

export function fill(pattern: string | undefined, name: string, value: string | number): string {
  return (pattern ?? '').replace(`{${name}}`, String(value))
}

/** What changes fast is said and kept when it rests, in milliseconds. */
export const rest = 400
let speaking = 0

/** Tells those who do not see the results; nothing is said at once. */
export function say(root: ParentNode, text: string): void {
  clearTimeout(speaking)
  speaking = window.setTimeout(() => {
    const status = part(root, '[role=status]')
    if (status.textContent !== text) status.textContent = text
  }, text ? rest : 0)
}

/** A part of the layout. What is missing is a mistake in it. */
export function part<T extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): T {
  const found = root.querySelector<T>(selector)
  if (!found) throw new Error(`search: no ${selector} in ${root instanceof Element ? root.localName : 'the template'}`)
  return found
}

/** A new copy of a template's element. */
export function copyOf(root: ParentNode, selector: string): HTMLElement {
  const template = part(root, `template${selector}`) as HTMLTemplateElement
  return document.importNode(template.content, true).firstElementChild as HTMLElement
}

/** Whether the key belongs to the input method: Enter takes the word it offers. Safari ends the composition first. */
export function isComposing({ isComposing, keyCode }: KeyboardEvent): boolean {
  return isComposing || keyCode === 229
}
