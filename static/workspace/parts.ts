// What more than one element of the workspace does.

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
