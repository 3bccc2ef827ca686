// How the elements of the workspace find their parts. What is missing is a mistake in the layout.

export function part<T extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): T {
  const found = root.querySelector<T>(selector)
  if (!found) throw new Error(`workspace: no ${selector} in ${root instanceof Element ? root.localName : 'the template'}`)
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

export interface Choosable {
  value: string
  label: string
}

/** Offers the given options, and keeps what was chosen. */
export function offer(select: HTMLSelectElement, options: Choosable[]): void {
  const { value } = select
  const asText = (list: Iterable<Choosable>) => JSON.stringify([...list].map(({ value, label }) => [value, label]))
  if (asText(select.options) === asText(options)) return
  select.replaceChildren(...options.map(({ value, label }) => new Option(label, value)))
  if (options.some((option) => option.value === value)) select.value = value
}

/** Copies a field's text. Where that is blocked, as in frames and old browsers, it selects the text, for the reader to copy. */
export async function copyFrom(field: HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value)
    return true
  } catch {
    field.focus()
    field.select()
    return false
  }
}

/** Hands the reader a file. */
export function download(text: string, name: string, type: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** Leaves out of a file's name what some system does not take there. */
export function fileName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu, '_').replace(/\s+/g, ' ')
}
