/**
 * Copies a text. Where that is blocked, as in frames and old browsers, it selects the place where the
 * text stands for the reader to copy, and returns false.
 */
export async function copyText(text: string, place: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    place.focus()
    if (place instanceof HTMLInputElement) place.select()
    else getSelection()?.selectAllChildren(place)
    return false
  }
}

/** Copies the text of a field or of another element, likewise. */
export function copyFrom(source: HTMLElement): Promise<boolean> {
  return copyText(source instanceof HTMLInputElement ? source.value : source.textContent, source)
}
