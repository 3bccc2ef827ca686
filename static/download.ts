// Files handed to the reader.
import { fill } from './words.ts'

/** In milliseconds: long enough for any browser to have begun reading the file. */
const revokeDelay = 60_000

export function download(content: BlobPart, name: string, type: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), revokeDelay)
}

/**
 * In characters: Chromium saves no file, and says nothing, when a name is longer than some 242
 * bytes, and a character takes up to four.
 */
const maxFileName = 60

/**
 * Makes a file's name of a pattern such as "records-{company}-{date}.json". Characters that some
 * system refuses are replaced, and of values that make it too long, the longest are cut.
 */
export function fileName(pattern: string, values: Record<string, string>): string {
  const parts = Object.entries(values).map(([name, value]): [string, string[]] => [name, [...clean(value)]])
  for (;;) {
    const name = fill(clean(pattern), Object.fromEntries(parts.map(([name, value]) => [name, value.join('')])))
    const longest = parts.reduce((a, b) => (b[1].length > a[1].length ? b : a))[1]
    if ([...name].length <= maxFileName || !longest.length) return name
    longest.pop()
  }
}

function clean(name: string): string {
  // Joiners go without a trace: browsers show a sign in their place.
  return name
    .replace(/\p{Cf}+/gu, '')
    .replace(/[\p{Cc}\p{Cs}\\/:*?"<>|%]+/gu, '_')
    .replace(/\s+/g, ' ')
}
