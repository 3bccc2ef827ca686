// How elements find their parts. What is missing is a mistake in the layout.

export function part<T extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): T {
  const found = root.querySelector<T>(selector)
  if (!found) throw new Error(`no ${selector} in ${root instanceof Element ? root.localName : root instanceof Document ? 'the page' : 'the template'}`)
  return found
}

/** Makes a new copy of a template's element. */
export function copyOf<T extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): T {
  const { content } = part<HTMLTemplateElement>(root, `template${selector}`)
  return document.importNode(content, true).firstElementChild as T
}

/** Puts a text into its place; the same text again is not said again. */
export function setText(place: Element, text: string): void {
  if (place.textContent !== text) place.textContent = text
}
