// The words of a doc that a reader sees in a list of results, cut so that what was found can be marked.
import { fold } from './fold.ts'
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

/** Cuts a text where folded words were found in it. */
export function mark(original: string, found: readonly string[]): Piece[] {
  const { text, from } = fold(original)
  const marked = new Uint8Array(original.length)
  for (const word of found) {
    if (word.length === 0) continue
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      // With the long vowels and dashes at its end, which are folded away.
      const [last = ''] = /^.[\p{Pd}\u30fc]*/su.exec(original.slice(from[at + word.length - 1])) ?? []
      marked.fill(1, from[at], from[at + word.length - 1]! + last.length)
    }
  }
  const pieces: Piece[] = []
  let start = 0
  for (let i = 1; i <= original.length; i++) {
    if (i < original.length && marked[i] === marked[start]) continue
    pieces.push({ text: original.slice(start, i), marked: marked[start] === 1 })
    start = i
  }
  return pieces
}

/** The part of a doc that says most of what was found, and its words around that. */
export function passageOf(doc: Doc, found: readonly string[]): Passage | undefined {
  const words = longestOnly(found.filter((word) => doc.all.text.includes(word) || doc.parts.some(({ foldedHeading }) => foldedHeading.text.includes(word))))
  const worth = ({ foldedHeading, foldedText }: Part) =>
    words.reduce((sum, word) => sum + (foldedHeading.text.includes(word) ? 1.5 : 0) + (foldedText.text.includes(word) ? word.length : 0), 0)
  const best = doc.parts.reduce<{ part?: Part; worth: number }>((best, part) => {
    const own = worth(part)
    return own > best.worth ? { part, worth: own } : best
  }, { part: doc.parts[0], worth: 0 }).part
  if (!best) return undefined
  const { text, from } = best.foldedText
  const first = Math.min(...words.map((word) => text.indexOf(word)).filter((at) => at >= 0))
  return { anchor: best.anchor, heading: best.heading, pieces: mark(cut(best.text, Number.isFinite(first) ? from[first]! : 0), words) }
}

/** What is found inside a longer word found at the same time says nothing more. */
function longestOnly(found: readonly string[]): string[] {
  const words = [...new Set(found)]
  return words.filter((word) => !words.some((other) => other !== word && other.includes(word)))
}

/** The text around a place, from the start of its sentence if that is near. */
function cut(text: string, at: number): string {
  const sentence = text.slice(0, at).search(/[^\p{Sentence_Terminal}\n]*$/u)
  const start = at - sentence <= before ? sentence : at - before
  const end = Math.min(text.length, start + length)
  return `${start > sentence ? '…' : ''}${text.slice(start, end).replaceAll('\n', ' ').trim()}${end < text.length ? '…' : ''}`
}
