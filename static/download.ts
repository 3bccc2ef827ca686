// Files handed to the reader.

/** In milliseconds: long enough for any browser to have begun reading the file. */
const revokeDelay = 60_000

export function download(text: string, name: string, type: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), revokeDelay)
}

/** Replaces the characters of a file's name that some system refuses. */
export function fileName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu, '_').replace(/\s+/g, ' ')
}
