/**
 * Copies the text of a field or of another element. Where that is blocked, as in frames and old
 * browsers, it selects the text for the reader to copy, and returns false.
 */
export async function copyFrom(source: HTMLElement): Promise<boolean> {
  const field = source instanceof HTMLInputElement ? source : undefined
  try {
    await navigator.clipboard.writeText(field ? field.value : source.textContent)
    return true
  } catch {
    field?.focus()
    if (field) field.select()
    else getSelection()?.selectAllChildren(source)
    return false
  }
}
