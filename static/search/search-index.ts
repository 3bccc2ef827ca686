// The index as the generator writes it, made ready to be searched. Titles come first, in the entry,
// which names the rest; texts follow when they are there.
import { fold, type Folded } from './fold.ts'

/**
 * A kind of docs: `[slug, label, title, areWords, before, after, docs]`. The title is that of the page that lists them. The
 * names of words mean the same in other docs, too. The docs' addresses begin and end with `before` and `after`.
 */
export type Kind = [string, string, string, boolean, string, string, [address: string, title: string, names: string[], methods: number[]][]]

export interface Titles {
  /** Of the rest, in the names of its scripts: `texts-version`, or those of the pieces. */
  version: string
  kinds: Kind[]
  /** The slugs that the docs' methods are places of. */
  methods: string[]
  /** Of a large handbook the docs come in pieces, as queries need them. */
  pieces?: Pieces
}

/** How a large index is cut. Each piece is a script named `family-version-number`. */
export interface Pieces {
  /** Numbers of the pieces that tell in which docs two characters stand side by side: in names, in texts. */
  names: number
  texts: number
  /** Docs in each piece of docs, and of their texts. */
  docs: number
  /** Words that mean the same, also those that are docs. */
  same: string[][]
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
  /** Its number in the index. */
  place: number
  kind: number
  address: string
  title: string
  methods: number[]
  foldedTitle: Folded
  foldedNames: Folded[]
  parts: Part[]
  /** All its texts as one, to be passed over quickly. */
  all: Pick<Folded, 'text' | 'begins'>
}

type Pairs = Map<number, number[]>

export class SearchIndex {
  readonly kinds: readonly { slug: string; label: string; areWords: boolean; folded: Folded }[]
  readonly methods: readonly string[]
  readonly docs: Doc[] = []
  /** The folded words that mean the same as a word. */
  readonly same = new Map<string, string[]>()
  #version = 0
  #words: string[] | undefined
  // The places of the docs in which two characters stand side by side.
  #pairsOfTitles: Pairs = new Map()
  #pairsOfTexts: Pairs = new Map()

  constructor({ kinds, methods, pieces }: Titles) {
    this.kinds = kinds.map(([slug, label, title, areWords]) => ({ slug, label, areWords, folded: fold(`${label}\n${title}`) }))
    this.methods = methods
    for (const [kind, [, , , , before, after, docs]] of kinds.entries()) {
      for (const [address, title, names, methods] of docs) this.addDoc(kind, before + address + after, title, names, methods)
    }
    for (const words of pieces?.same ?? []) this.#addSame(words.map(fold))
  }

  addDoc(kind: number, address: string, title: string, names: string[], methods: number[]): void {
    const doc: Doc = { place: this.docs.length, kind, address, title, methods, foldedTitle: fold(title), foldedNames: names.map(fold), parts: [], all: { text: '', begins: new Uint8Array() } }
    if (this.kinds[kind]?.areWords) this.#addSame([doc.foldedTitle, ...doc.foldedNames])
    for (const { text } of [doc.foldedTitle, ...doc.foldedNames]) addPairs(this.#pairsOfTitles, text, doc.place)
    this.docs.push(doc)
    this.#changed()
  }

  /** Adds the parts of a doc, three texts each. */
  addText(place: number, list: string[]): void {
    const doc = this.docs[place]!
    for (let n = 0; n + 2 < list.length; n += 3) {
      const [anchor = '', heading = '', text = ''] = list.slice(n, n + 3)
      doc.parts.push({ anchor, heading, text, foldedHeading: fold(heading), foldedText: fold(text) })
    }
    doc.all = joined(doc.parts.map(({ foldedText }) => foldedText))
    addPairs(this.#pairsOfTexts, doc.all.text, place)
    for (const { foldedHeading } of doc.parts) addPairs(this.#pairsOfTexts, foldedHeading.text, place)
    this.#changed()
  }

  /** Changes whenever something is added. */
  get version(): number {
    return this.#version
  }

  /** Adds the texts bit by bit: the page goes on answering meanwhile. */
  async addTexts({ same, docs }: Texts, pause: () => Promise<void>): Promise<void> {
    for (const words of same) this.#addSame(words.map(fold))
    for (const [place, list] of docs.entries()) {
      this.addText(place, list)
      await pause()
    }
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

  #changed(): void {
    this.#version++
    this.#words = undefined
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

/** One text of several, apart by new lines. */
function joined(texts: Folded[]): Doc['all'] {
  const text = texts.map(({ text }) => text).join('\n')
  const begins = new Uint8Array(text.length).fill(1)
  let at = 0
  for (const own of texts) {
    begins.set(own.begins, at)
    at += own.text.length + 1
  }
  return { text, begins }
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
