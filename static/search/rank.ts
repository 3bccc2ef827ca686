// What a query finds, best first.
import { fold, scriptAt, scripts, type Folded } from './fold.ts'
import { toKana } from './romaji.ts'
import type { Doc, SearchIndex } from './search-index.ts'

export interface Hit {
  doc: Doc
  score: number
}

export interface Found {
  hits: Hit[]
  /** What of the query, or of what means the same, may stand in the hits. Folded. */
  words: string[]
}

/** A text to look for, and how much finding it is worth: 1 for what was typed. */
interface Variant {
  text: string
  weight: number
}

/** A piece of the query that has to be found by itself. It has no variants when it stands nowhere. */
interface Unit {
  text: string
  variants: Variant[]
}

/** By the places of the docs. */
type Strengths = Map<number, number>

// How much it is worth where something is found. Only their order and rough distances matter.
const title = { whole: 12, start: 10, typed: 7, word: 7, inside: 5, part: 2.5, letter: 3 }
const name = { whole: 11, start: 6, typed: 5, word: 5, inside: 3, part: 1.5, letter: 1.5 }
const heading = { whole: 4.5, start: 3.5, typed: 3, word: 3, inside: 2.5, part: 1, letter: 0 }
const inText = { word: 1.5, part: 0.6, more: 0.4 }
/** More of the same in one text say no more. */
const mostCounted = 8
/** In the name of the kind, and the title of the page that lists it. */
const inKind = 1.2
/** For what a longer part of the title or name was asked for. */
const closeness = 3
const synonymWeight = 0.85
const typingWeight = 0.7
const kanaWeight = 0.9
const typoWeight = 0.55
/** What stands nowhere tells little about what was meant. */
const unknownRarity = 1.5
/** What is found of two units side by side, as they were typed, counts again. */
const besideWeight = 2.5
/** A method of the reader's own. */
const ownWeight = 1.3
/** A page that tells what to do is of more use than one that says what a word means. */
const wordsWeight = 0.8
/** Kinds come in the order of their importance. */
const kindStep = 0.015
/** Below this share of the query a doc has nothing to do with it. */
const leastShare = 0.45

/** Searches one index, and remembers what it looked up: the next letter typed changes little. */
export class Search {
  readonly index: SearchIndex
  #strengths = new Map<string, Strengths>()
  #version = 0
  #starts: Map<string, string[]> | undefined

  constructor(index: SearchIndex) {
    this.index = index
  }

  /** The docs that a query finds, best first. `own` are the places of the reader's methods. */
  find(query: string, own: readonly number[] = []): Found {
    const { docs, version } = this.index
    if (version !== this.#version) {
      this.#strengths.clear()
      this.#starts = undefined
      this.#version = version
    }
    const words = splitWords(query)
    const units = words.flatMap((word, i) => this.#units(word, i === words.length - 1))
    const matches = units.map(({ variants }) => this.#match(variants))
    const total = matches.reduce((sum, { rarity }) => sum + rarity, 0)
    const scores = new Float64Array(docs.length)
    const shares = new Float64Array(docs.length)
    for (const { strengths, rarity } of matches) {
      for (const [place, strength] of strengths) {
        scores[place]! += rarity * strength
        shares[place]! += rarity / total
      }
    }
    const together = new Float64Array(docs.length)
    for (let i = 1; i < units.length; i++) {
      for (const [place, strength] of this.#lookUp(units[i - 1]!.text + units[i]!.text)) together[place]! += strength
    }

    const hits: (Hit & { complete: boolean })[] = []
    for (const doc of docs) {
      const share = shares[doc.place]!
      const beside = together[doc.place]!
      if (share < leastShare && beside === 0) continue
      let score = scores[doc.place]! * share * share + besideWeight * beside
      score *= (1 - kindStep * doc.kind) * (this.index.kinds[doc.kind]?.areWords ? wordsWeight : 1)
      if (own.length > 0 && doc.methods.some((method) => own.includes(method))) score *= ownWeight
      hits.push({ doc, score, complete: share > 0.99 || beside > 0 })
    }
    // Several words mean all of them, as long as anything has them all.
    const complete = words.length > 1 ? hits.filter((hit) => hit.complete) : []
    const best = complete.length > 0 ? complete : hits
    return { hits: best.sort((a, b) => b.score - a.score), words: units.flatMap(({ variants }) => variants.map(({ text }) => text).filter((text) => this.#lookUp(text).size > 0)) }
  }

  /** Names near to what was typed, for when nothing is found. */
  near(query: string, count: number): string[] {
    const typed = pairsOf(fold(query).text)
    const near = this.index.docs.map(({ title, foldedTitle }) => {
      const pairs = pairsOf(foldedTitle.text)
      const shared = pairs.filter((pair) => typed.includes(pair)).length
      return { title, likeness: (2 * shared) / (pairs.length + typed.length || 1) }
    })
    return [...new Set(near.filter(({ likeness }) => likeness > 0.2).sort((a, b) => b.likeness - a.likeness).map(({ title }) => title))].slice(0, count)
  }

  /** The units of a word: the word itself where it stands anywhere, else the known words and scripts in it. */
  #units(word: string, typing: boolean): Unit[] {
    const folded = fold(word)
    if (!folded.text) return []
    const unit = this.#unit(folded.text, typing)
    if (unit.variants.length > 0) return [unit]
    const pieces = this.#pieces(folded, word)
    return pieces.flatMap((piece, i) => {
      const unit = this.#unit(piece, typing && i === pieces.length - 1)
      return unit.variants.length > 0 || !/^\p{Script=Han}+$/u.test(piece) ? [unit] : this.#split(piece)
    })
  }

  #unit(text: string, typing: boolean): Unit {
    const variants = this.#variants(text, typing)
    return { text, variants: variants.some(({ text }) => this.#lookUp(text).size > 0) ? variants : this.#typos(text) }
  }

  /** The longest words of a row of kanji that stand anywhere; what is left is one unit that does not. */
  #split(text: string): Unit[] {
    const units: Unit[] = []
    let rest = ''
    for (let at = 0; at < text.length; ) {
      let end = text.length
      while (end - at > 1 && this.#lookUp(text.slice(at, end)).size === 0) end--
      if (end - at > 1) units.push({ text: text.slice(at, end), variants: this.#variants(text.slice(at, end), false) })
      else rest += text[at]
      at = Math.max(end, at + 1)
    }
    return rest ? [...units, { text: rest, variants: [] }] : units
  }

  /** A word, what means the same, and what is being typed as kana. */
  #variants(text: string, typing: boolean): Variant[] {
    const variants = new Map<string, number>()
    const add = (text: string, weight: number): boolean => {
      if (weight <= (variants.get(text) ?? 0)) return false
      variants.set(text, weight)
      return true
    }
    // Two steps: a reading means its word, and that what means the same.
    const addSame = (text: string, weight: number, steps = 2) => {
      if (!add(text, weight) || steps === 0) return
      for (const word of this.index.same.get(text) ?? []) addSame(word, weight * synonymWeight, steps - 1)
    }
    const addTyped = (text: string, weight: number) => {
      addSame(text, weight)
      if (!typing || text.length < 2) return
      for (const word of this.index.same.keys()) {
        if (word.length > text.length && word.startsWith(text)) addSame(word, (weight * typingWeight * text.length) / word.length, 1)
      }
    }
    addTyped(text, 1)
    // The input method shows a kana half typed as Latin letters.
    const half = typing ? /^(.*[^\x00-\x7f])[b-df-hj-np-tv-z]{1,3}$/.exec(text)?.[1] : undefined
    if (half && this.#lookUp(text).size === 0) addTyped(half, kanaWeight)
    const kana = /^[a-z]{3,}$/.test(text) && !this.#isName(text) ? toKana(text) : undefined
    if (kana && kana.length > 1) addTyped(kana, kanaWeight)
    return [...variants].map(([text, weight]) => ({ text, weight }))
  }

  /** Whether a title or another name begins with it as a word. */
  #isName(text: string): boolean {
    return [...this.#lookUp(text).values()].some((strength) => strength >= name.start)
  }

  /** The longest known words in a text, and what is left between them by script. What joins words is left out. */
  #pieces({ text, from, begins }: Folded, original: string): string[] {
    const pieces: string[] = []
    const kana: string[] = []
    let rest = ''
    let restAt = 0
    const close = (end: number) => {
      if (!rest) return
      const script = scriptAt(original, from[restAt] ?? 0)
      if (script === scripts.hiragana) kana.push(rest)
      else if (rest.length > 1 || /\p{Symbol}/u.test(rest)) pieces.push(rest)
      rest = ''
      restAt = end
    }
    for (let i = 0; i < text.length; ) {
      const known = this.#knownAt(text, i)
      if (known) {
        close(i)
        pieces.push(known)
        i += known.length
        restAt = i
        continue
      }
      if (begins[i] || !rest) {
        close(i)
        restAt = i
      }
      rest += text[i]
      i++
    }
    close(text.length)
    return pieces.length > 0 ? pieces : kana
  }

  /** The longest word with a meaning of its own that stands at a place. */
  #knownAt(text: string, at: number): string | undefined {
    this.#starts ??= startsOf(this.index)
    return this.#starts.get(text.slice(at, at + 2))?.find((word) => text.startsWith(word, at))
  }

  /** Words that differ from a text by one letter left out, put in, changed, or swapped with the next. */
  #typos(text: string): Variant[] {
    if (text.length < 3) return []
    // Of three letters one is too much to be wrong, but not to be left out.
    const variants = new Map<string, number>()
    for (const word of this.index.words) {
      if ((text.length === 3 && word.length === 3) || !isOneEditAway(text, word)) continue
      variants.set(word, typoWeight)
      for (const same of this.index.same.get(word) ?? []) variants.set(same, Math.max(typoWeight * synonymWeight, variants.get(same) ?? 0))
    }
    return [...variants].map(([text, weight]) => ({ text, weight }))
  }

  #match(variants: Variant[]): { strengths: Strengths; rarity: number } {
    let strengths: Strengths = new Map()
    for (const { text, weight } of variants) {
      const own = this.#lookUp(text)
      if (weight === 1 && strengths.size === 0) {
        strengths = variants.length === 1 ? own : new Map(own)
        continue
      }
      for (const [place, strength] of own) {
        if (strength * weight > (strengths.get(place) ?? 0)) strengths.set(place, strength * weight)
      }
    }
    return { strengths, rarity: strengths.size > 0 ? Math.log(1 + this.index.docs.length / strengths.size) + 0.3 : unknownRarity }
  }

  /** How strongly a folded text stands in each doc. */
  #lookUp(text: string): Strengths {
    let strengths = this.#strengths.get(text)
    if (strengths) return strengths
    strengths = new Map()
    for (const doc of text.length > 1 ? this.index.candidates(text) : this.index.docs) {
      const strength = strengthIn(doc, text)
      if (strength > 0) strengths.set(doc.place, strength)
    }
    const kinds = text.length > 1 ? this.index.kinds.map(({ folded }) => folded.text.includes(text)) : []
    if (kinds.includes(true)) {
      for (const doc of this.index.docs) if (kinds[doc.kind] && !strengths.has(doc.place)) strengths.set(doc.place, inKind)
    }
    if (this.#strengths.size > 2000) this.#strengths.clear()
    this.#strengths.set(text, strengths)
    return strengths
  }
}

/** What was typed, cut at spaces and punctuation but dashes. */
export function splitWords(query: string): string[] {
  return query.normalize('NFKC').split(/[\s\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}]+/u).filter((word) => word !== '')
}

function strengthIn(doc: Doc, text: string): number {
  // One letter stands in every text.
  if (text.length === 1 && !/\p{Symbol}/u.test(text)) {
    if (doc.foldedTitle.text.startsWith(text)) return title.letter
    return doc.foldedNames.some((folded) => folded.text.startsWith(text)) ? name.letter : 0
  }
  let best = place(doc.foldedTitle, text, title)
  for (const folded of doc.foldedNames) best = Math.max(best, place(folded, text, name))
  let inHeading = 0
  for (const { foldedHeading } of doc.parts) {
    if (foldedHeading.text.length >= text.length) inHeading = Math.max(inHeading, place(foldedHeading, text, heading))
  }
  let count = 0
  let word = 0
  const { all } = doc
  for (let at = all.text.indexOf(text); at >= 0 && count < mostCounted; at = all.text.indexOf(text, at + text.length)) {
    count++
    word = Math.max(word, isWord(all, at, text.length) ? inText.word : inText.part)
  }
  const below = inHeading * 0.6 + (count > 0 ? word + inText.more * Math.log2(count) : 0)
  return best > 0 ? best + below / 2 : below
}

function place(folded: Folded, text: string, worth: typeof title): number {
  const at = folded.text.indexOf(text)
  if (at < 0) return 0
  if (folded.text.length === text.length) return worth.whole + closeness
  const close = (closeness * text.length) / folded.text.length
  const whole = isWord(folded, at, text.length)
  if (at === 0) return (whole ? worth.start : worth.typed) + close
  if (whole) return worth.word + close
  return (folded.begins[at] ? worth.inside : worth.part) + close
}

/** Whether it is a word of its own there: not the ログ of ログイン. */
function isWord({ text, begins }: Pick<Folded, 'text' | 'begins'>, at: number, length: number): boolean {
  return begins[at] === 1 && (at + length === text.length || begins[at + length] === 1)
}

export function pairsOf(text: string): string[] {
  if (text.length < 2) return text ? [text] : []
  return Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2))
}

/** Words with a meaning of their own, by their first two characters, longest first. */
function startsOf({ same, docs }: SearchIndex): Map<string, string[]> {
  const words = new Set(same.keys())
  for (const { foldedTitle } of docs) words.add(foldedTitle.text)
  const starts = new Map<string, string[]>()
  for (const word of [...words].sort((a, b) => b.length - a.length)) {
    if (word.length < 2) continue
    const start = word.slice(0, 2)
    starts.set(start, [...(starts.get(start) ?? []), word])
  }
  return starts
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
  return different === 2 && short.length === long.length && short[start] === long[start + 1] && short[start + 1] === long[start]
}
