// The words that an index knows: which mean the same, and where they stand in what was typed.
import { scriptAt, scripts, type Folded } from './fold.ts'

/** A folded word that has a meaning of its own. */
interface Word {
  text: string
  /** From where on its ending may be another one, as of a verb: after its kanji and one kana. Infinity for others. */
  stem: number
  /** It tells how another word is pronounced. Among kanji it is most likely something else. */
  isReading: boolean
}

/** A word that stands in a text, and how much of the text it takes. */
export interface Known {
  word: string
  length: number
}

/** Fewer kana than these may be part of any word. */
const leastKana = 3

/** So much of a word may be left for it to be the same with another ending. */
const mostEnding = 2

export class Vocabulary {
  readonly #same = new Map<string, string[]>()
  readonly #words = new Map<string, Word>()
  readonly #general = new Set<string>()
  /** By their first two characters, longest first. */
  #starts: Map<string, Word[]> | undefined

  /** The folded words that mean the same. */
  sameAs(word: string): readonly string[] {
    return this.#same.get(word) ?? []
  }

  addGeneral(original: string, folded: Folded): void {
    this.#general.add(folded.text)
    this.add([original], [folded])
  }

  /** Whether a word tells little of what is meant. */
  isGeneral(word: string): boolean {
    return this.#general.has(word)
  }

  has(word: string): boolean {
    return this.#words.has(word)
  }

  /** All folded words that have others which mean the same. */
  get words(): Iterable<string> {
    return this.#same.keys()
  }

  /** Adds words that mean the same. The last one of a pair of a word and its reading is the reading. */
  add(originals: readonly string[], folded: readonly Folded[], isReading = false): void {
    for (const [i, { text }] of folded.entries()) {
      if (text.length < 2) continue
      const others = folded.map(({ text }) => text).filter((other) => other !== text)
      this.#same.set(text, [...new Set([...this.sameAs(text), ...others])])
      const word = { text, stem: stemOf(originals[i]!, text.length), isReading: isReading && i === folded.length - 1 }
      if (!this.#words.has(text) || !word.isReading) this.#words.set(text, word)
    }
    this.#starts = undefined
  }

  /** The longer words that begin with some characters, two at least. */
  *beginningWith(text: string): Generator<string> {
    for (const { text: word } of this.#startingLike(text, 0))
      if (word.length > text.length && word.startsWith(text)) yield word
  }

  #startingLike(text: string, at: number): readonly Word[] {
    this.#starts ??= startsOf(this.#words.values())
    return this.#starts.get(text.slice(at, at + 2)) ?? []
  }

  /** The longest word that begins at a place of a text, or else the one whose stem does. */
  at(original: string, { text, from, begins }: Folded, at: number, isRest: boolean): Known | undefined {
    const words = this.#startingLike(text, at)
    const script = (at: number) => scriptAt(original, from[at] ?? original.length)
    const own = script(at)
    const hasKanji = /\p{Script=Han}/u.test(text)
    let inflected: Known | undefined
    for (const { text: word, stem, isReading } of words) {
      if (isReading && hasKanji) continue
      if (text.startsWith(word, at)) {
        // A Latin word inside another one is none; neither is a short one of kana.
        const isWord = begins[at] === 1 && begins[at + word.length] !== 0
        if (!isWord && (own === scripts.latin || (own === scripts.hiragana && word.length < leastKana))) continue
        if (own === scripts.katakana && isRest && !begins[at]) continue
        return { word, length: word.length }
      }
      let length = 0
      while (length < word.length && word[length] === text[at + length]) length++
      if (length < stem || length < word.length - mostEnding || length <= (inflected?.length ?? 0)) continue
      if (at + length === text.length || script(at + length) === scripts.hiragana) inflected = { word, length }
    }
    return inflected
  }
}

/** Hiragana after a kanji are an ending; the first of them tells which word it is. */
function stemOf(original: string, length: number): number {
  const ending = /(?:^|\p{Script=Han})(\p{Script=Hiragana}+)$/u.exec(original)?.[1]?.length ?? -Infinity
  return ending === length ? leastKana : length - ending + 1
}

function startsOf(words: Iterable<Word>): Map<string, Word[]> {
  const starts = new Map<string, Word[]>()
  for (const word of [...words].sort((a, b) => b.text.length - a.text.length)) {
    const start = word.text.slice(0, 2)
    starts.set(start, [...(starts.get(start) ?? []), word])
  }
  return starts
}
