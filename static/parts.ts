// How elements find their parts in the page. A missing part is a mistake in the layout.

/** Finds a part, or throws. */
export function part<T extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): T {
  const found = root.querySelector<T>(selector)
  if (!found) throw new Error(`no ${selector} in ${(root as Node).nodeName}`)
  return found
}

/** Makes a new copy of the one element in a template. */
export function copyOf<T extends HTMLElement = HTMLElement>(root: ParentNode, selector = ''): T {
  const { content } = part<HTMLTemplateElement>(root, `template${selector}`)
  return document.importNode(content, true).firstElementChild as T
}

/** Puts a text into its place. A status line does not announce the same text again. */
export function setText(place: Element, text: string): void {
  if (place.textContent !== text) place.textContent = text
}
