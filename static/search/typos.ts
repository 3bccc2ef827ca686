// Words that differ from what was typed by one letter.

/** Words by their length and first or last character, one of which a mistake leaves as it was. */
export class Words {
  readonly #byEnds = new Map<string, string[]>()

  constructor(words: Iterable<string>) {
    for (const word of words) {
      for (const key of keysOf(word, word.length)) {
        if (!this.#byEnds.get(key)?.push(word)) this.#byEnds.set(key, [word])
      }
    }
  }

  /** The words that differ by one letter left out, put in, changed, or swapped with the next. */
  near(text: string): Set<string> {
    const near = new Set<string>()
    if (text.length < 3) return near
    for (let length = text.length - 1; length <= text.length + 1; length++) {
      // Of three letters one is too much to be wrong, but not to be left out.
      if (length === 3 && text.length === 3) continue
      for (const key of keysOf(text, length)) {
        for (const word of this.#byEnds.get(key) ?? []) if (isOneEditAway(text, word)) near.add(word)
      }
    }
    return near
  }
}

function keysOf(text: string, length: number): string[] {
  return [`${length}^${text[0]}`, `${length}$${text.at(-1)}`]
}

/** Whether one letter more, less, other, or swapped with the next makes one text of the other. */
export function isOneEditAway(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1 || a === b) return false
  let start = 0
  while (start < short.length && short[start] === long[start]) start++
  let end = 0
  while (end < short.length - start && short.at(-1 - end) === long.at(-1 - end)) end++
  const different = long.length - start - end
  if (different <= 1) return true
  return (
    different === 2 &&
    short.length === long.length &&
    short[start] === long[start + 1] &&
    short[start + 1] === long[start]
  )
}
