// The words of a doc that a reader sees in a list of results, cut so that what was found can be marked.
import type { Folded } from './fold.ts'
import type { Doc, Part } from './search-index.ts'

/** A piece of a text; what was found is to be marked. */
export interface Piece {
  text: string
  marked: boolean
}

export interface Passage {
  anchor: string
  heading: string
  pieces: Piece[]
}

/** About two lines on a phone, in characters. */
const length = 70
/** So much may stand before what was found. */
const before = 20

/** Cuts a text, or the part of it between two places, where folded words were found in it. */
export function mark(
  original: string,
  { text, from }: Folded,
  words: readonly string[],
  start = 0,
  end = original.length,
): Piece[] {
  const marked = new Uint8Array(original.length)
  for (const word of words) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      const last = from[at + word.length - 1]!
      if (from[at]! >= end) break
      if (last < start) continue
      // With the long vowels and dashes at its end, which are folded away.
      const [ending = ''] = /^.[\p{Pd}\u30fc]*/su.exec(original.slice(last, last + 4)) ?? []
      marked.fill(1, from[at], last + ending.length)
    }
  }
  const pieces: Piece[] = []
  for (let i = start + 1; i <= end; i++) {
    if (i < end && marked[i] === marked[start]) continue
    pieces.push({ text: original.slice(start, i).replaceAll('\n', ' '), marked: marked[start] === 1 })
    start = i
  }
  return pieces
}

/** The part of a doc that says most of what was found, and its words around that. */
export function passageOf({ parts }: Doc, found: readonly string[]): Passage | undefined {
  let best = parts[0]
  let most = 0
  let words: string[] = []
  for (const part of parts) {
    const own = found.filter((word) => part.foldedText.text.includes(word))
    const worth =
      own.reduce((sum, word) => sum + word.length, 0) +
      1.5 * found.filter((word) => part.foldedHeading.text.includes(word)).length
    if (worth > most) [best, most, words] = [part, worth, own]
  }
  return best && { anchor: best.anchor, heading: best.heading, pieces: around(best, words) }
}

/** The text around the first of the words, from the start of its sentence if that is near. */
function around({ text, foldedText }: Part, words: string[]): Piece[] {
  const at = words.length > 0 ? foldedText.from[Math.min(...words.map((word) => foldedText.text.indexOf(word)))]! : 0
  const isStart = (place: number) => place === 0 || /[\p{Sentence_Terminal}\n]/u.test(text[place - 1]!)
  let start = at
  while (!isStart(start) && at - start < before) start--
  const end = Math.min(text.length, start + length)
  const more = { text: '…', marked: false }
  // What is found inside a longer word found at the same time says nothing more.
  const longest = words.filter((word) => !words.some((other) => other !== word && other.includes(word)))
  return [
    ...(isStart(start) ? [] : [more]),
    ...mark(text, foldedText, longest, start, end),
    ...(end < text.length ? [more] : []),
  ]
}
