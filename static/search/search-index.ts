// The index as the generator writes it, made ready to be searched. Titles come first; texts follow when they are there.
import { fold, type Folded } from './fold.ts'

/**
 * A kind of docs: `[slug, label, title, before, after, docs]`. The title is that of the page that lists them. Their
 * addresses begin and end with `before` and `after`.
 */
export type Kind = [string, string, string, string, string, [address: string, title: string, names: string[], methods: number[]][]]

export interface Titles {
  kinds: Kind[]
  /** The slugs that the docs' methods are places of. */
  methods: string[]
}

export interface Texts {
  /** Words that mean the same. */
  same: string[][]
  /** Of each doc, in the order of the titles, its parts: three texts each, anchor, heading, text. */
  docs: string[][]
}

export interface Part {
  anchor: string
  heading: string
  text: string
  foldedHeading: Folded
  foldedText: Folded
}

export interface Doc {
  kind: number
  address: string
  title: string
  methods: number[]
  foldedTitle: Folded
  foldedNames: Folded[]
  parts: Part[]
  /** All its headings and texts, to be passed over quickly. */
  all: string
}

type Pairs = Map<number, number[]>

export class SearchIndex {
  readonly kinds: readonly { slug: string; label: string; folded: Folded }[]
  readonly methods: readonly string[]
  readonly docs: readonly Doc[]
  /** The folded words that mean the same as a word. */
  readonly same = new Map<string, string[]>()
  #hasTexts = false
  #words: string[] | undefined
  // The places of the docs in which two characters stand side by side.
  #pairsOfTitles: Pairs = new Map()
  #pairsOfTexts: Pairs = new Map()

  constructor({ kinds, methods }: Titles) {
    this.kinds = kinds.map(([slug, label, title]) => ({ slug, label, folded: fold(`${label}\n${title}`) }))
    this.methods = methods
    this.docs = kinds.flatMap(([, , , before, after, docs], kind) => docs.map(([address, title, names, methods]) => ({
      kind,
      address: before + address + after,
      title,
      methods,
      foldedTitle: fold(title),
      foldedNames: names.map(fold),
      parts: [],
      all: '',
    })))
    for (const [i, { foldedTitle, foldedNames }] of this.docs.entries()) {
      if (foldedNames.length > 0) this.#addSame([foldedTitle, ...foldedNames])
      for (const { text } of [foldedTitle, ...foldedNames]) addPairs(this.#pairsOfTitles, text, i)
    }
  }

  get hasTexts(): boolean {
    return this.#hasTexts
  }

  /** Adds the texts bit by bit: the page goes on answering meanwhile. */
  async addTexts({ same, docs }: Texts, pause: () => Promise<void>): Promise<void> {
    for (const words of same) this.#addSame(words.map(fold))
    for (const [i, doc] of this.docs.entries()) {
      const list = docs[i] ?? []
      for (let n = 0; n + 2 < list.length; n += 3) {
        const [anchor = '', heading = '', text = ''] = list.slice(n, n + 3)
        doc.parts.push({ anchor, heading, text, foldedHeading: fold(heading), foldedText: fold(text) })
      }
      doc.all = doc.parts.map(({ foldedHeading, foldedText }) => `${foldedHeading.text}\n${foldedText.text}`).join('\n')
      addPairs(this.#pairsOfTexts, doc.all, i)
      await pause()
    }
    this.#hasTexts = true
    this.#words = undefined
  }

  /** The docs that may hold a folded text of two or more characters: those that hold its rarest pair. */
  candidates(text: string): Set<Doc> {
    let rarest: [number[], number[]] = [[], []]
    let least = Infinity
    for (let i = 0; i + 1 < text.length; i++) {
      const pair = pairAt(text, i)
      const places: [number[], number[]] = [this.#pairsOfTitles.get(pair) ?? [], this.#pairsOfTexts.get(pair) ?? []]
      const count = places[0].length + places[1].length
      if (count < least) [rarest, least] = [places, count]
    }
    return new Set(rarest.flat().map((place) => this.docs[place]!))
  }

  /** The folded words of titles, names and headings, and the long ones of texts: what a mistyped word may have been. */
  get words(): readonly string[] {
    return (this.#words ??= [...this.#gatherWords()])
  }

  #gatherWords(): Set<string> {
    const words = new Set<string>()
    const add = (folded: Folded, min: number) => {
      for (const word of wordsOf(folded)) if (word.length >= min) words.add(word)
    }
    for (const { foldedTitle, foldedNames, parts } of this.docs) {
      words.add(foldedTitle.text)
      add(foldedTitle, 3)
      for (const name of foldedNames) {
        words.add(name.text)
        add(name, 3)
      }
      for (const { foldedHeading, foldedText } of parts) {
        add(foldedHeading, 3)
        add(foldedText, 4)
      }
    }
    for (const word of this.same.keys()) words.add(word)
    return words
  }

  #addSame(group: Folded[]): void {
    for (const { text } of group) {
      const others = group.map(({ text }) => text).filter((other) => other !== text)
      if (text) this.same.set(text, [...new Set([...(this.same.get(text) ?? []), ...others])])
    }
  }
}

/** Docs are added in their order. */
function addPairs(pairs: Pairs, text: string, doc: number): void {
  for (let i = 0; i + 1 < text.length; i++) {
    const pair = pairAt(text, i)
    const docs = pairs.get(pair)
    if (!docs) pairs.set(pair, [doc])
    else if (docs.at(-1) !== doc) docs.push(doc)
  }
}

/** Numbers of the characters that occur, so that two of them make a small integer: engines are slow with larger keys. */
const numbers = new Uint16Array(0x10000)
const most = 1 << 14
let count = 0

function numberOf(code: number): number {
  return (numbers[code] ||= (count = Math.min(count + 1, most - 1)))
}

function pairAt(text: string, i: number): number {
  return numberOf(text.charCodeAt(i)) * most + numberOf(text.charCodeAt(i + 1))
}

/** The words of a text: what lies between two beginnings. */
function* wordsOf({ text, begins }: Folded): Generator<string> {
  let start = 0
  for (let i = 1; i <= text.length; i++) {
    if (i === text.length || begins[i]) {
      yield text.slice(start, i)
      start = i
    }
  }
}
