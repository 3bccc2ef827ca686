// The index as the generator writes it, made ready to be searched. Titles come first, in the entry,
// which names the rest; texts follow when they are there.
import { fold, type Folded } from './fold.ts'
import { Words } from './typos.ts'
import { Vocabulary } from './vocabulary.ts'

/**
 * A kind of docs: `[slug, label, title, areWords, before, after, docs]`. The title is that of the page that lists them. The
 * names of words mean the same in other docs, too. The docs' addresses begin and end with `before` and `after`.
 */
export type Kind = [
  string,
  string,
  string,
  boolean,
  string,
  string,
  [address: string, title: string, names: string[], methods: number[]][],
]

export interface Titles {
  /** Of the rest, in the names of its scripts: `texts-version`, or those of the pieces. */
  version: string
  kinds: Kind[]
  /** The slugs that the docs' methods are places of. */
  methods: string[]
  /** Of a large handbook the docs come in pieces, as queries need them. */
  pieces?: Pieces
}

/** What the index tells of words. */
export interface Meanings {
  /** Words that mean the same; of a large index also those that are docs. */
  same: string[][]
  /** Words, and how they are pronounced. */
  readings: string[][]
  /** Words that tell little of what is meant. */
  general: string[]
}

/** How a large index is cut. Each piece is a script named `family-version-number`. */
export interface Pieces extends Meanings {
  /** Numbers of the pieces that tell in which docs two characters stand side by side: in names, in texts. */
  names: number
  texts: number
  /** Docs in each piece of docs, and of their texts. */
  docs: number
}

export interface Texts extends Meanings {
  /** Of each doc, in the order of the titles, its parts: three texts each, anchor, heading, text; and the words under which it is looked for, a line each. */
  docs: string[][]
}

export interface Part {
  anchor: string
  heading: string
  text: string
  foldedHeading: Folded
  foldedText: Folded
}

/** Several folded texts as one, apart by new lines. */
export type Lines = Pick<Folded, 'text' | 'begins'>

export interface Doc {
  /** Its number in the index. */
  place: number
  kind: number
  address: string
  title: string
  methods: number[]
  foldedTitle: Folded
  foldedNames: Folded[]
  /** The words under which it is looked for, its headings, and the names of its kind. */
  labels: Lines
  parts: Part[]
  /** All its texts as one, to be passed over quickly. */
  all: Lines
}

/** By two characters the places of the docs in which they stand side by side. */
type Pairs = Map<number, number[]>

export class SearchIndex {
  readonly kinds: readonly { slug: string; label: string; title: string; areWords: boolean }[]
  readonly methods: readonly string[]
  readonly docs: Doc[] = []
  readonly vocabulary = new Vocabulary()
  #version = 0
  #words: Words | undefined
  #pairs: Pairs = new Map()

  constructor({ kinds, methods, pieces }: Titles) {
    this.kinds = kinds.map(([slug, label, title, areWords]) => ({ slug, label, title, areWords }))
    this.methods = methods
    for (const [kind, [, , , , before, after, docs]] of kinds.entries()) {
      for (const [address, title, names, methods] of docs)
        this.addDoc(kind, before + address + after, title, names, methods)
    }
    if (pieces) this.#addMeanings(pieces)
  }

  addDoc(kind: number, address: string, title: string, names: string[], methods: number[]): void {
    const doc: Doc = {
      place: this.docs.length,
      kind,
      address,
      title,
      methods,
      foldedTitle: fold(title),
      foldedNames: names.map(fold),
      labels: joined([]),
      parts: [],
      all: joined([]),
    }
    this.vocabulary.add(
      [title, ...(this.kinds[kind]?.areWords ? names : [])],
      [doc.foldedTitle, ...(this.kinds[kind]?.areWords ? doc.foldedNames : [])],
    )
    for (const { text } of [doc.foldedTitle, ...doc.foldedNames]) addPairs(this.#pairs, text, doc.place)
    this.docs.push(doc)
    this.#changed()
  }

  /** Adds the parts of a doc, three texts each, and the words under which it is looked for. */
  addText(place: number, list: string[]): void {
    const doc = this.docs[place]!
    const { label, title } = this.kinds[doc.kind]!
    for (let n = 0; n + 2 < list.length; n += 3) {
      const [anchor = '', heading = '', text = ''] = list.slice(n, n + 3)
      doc.parts.push({ anchor, heading, text, foldedHeading: fold(heading), foldedText: fold(text) })
    }
    doc.labels = joined([
      fold(`${list.at(-1)}\n${label}\n${title}`),
      ...doc.parts.map(({ foldedHeading }) => foldedHeading),
    ])
    doc.all = joined(doc.parts.map(({ foldedText }) => foldedText))
    for (const { text } of [doc.labels, doc.all]) addPairs(this.#pairs, text, place)
    this.#changed()
  }

  /** Changes whenever something is added. */
  get version(): number {
    return this.#version
  }

  /** Adds the texts bit by bit: the page goes on answering meanwhile. */
  async addTexts(texts: Texts, pause: () => Promise<void>): Promise<void> {
    this.#addMeanings(texts)
    for (const [place, list] of texts.docs.entries()) {
      this.addText(place, list)
      await pause()
    }
  }

  /** The docs that may hold a folded text of two or more characters: those that hold its rarest pair. */
  candidates(text: string): Doc[] {
    let rarest = this.holding(text, 0)
    for (let i = 1; i + 1 < text.length; i++) {
      const places = this.holding(text, i)
      if (places.length < rarest.length) rarest = places
    }
    const seen = new Uint8Array(this.docs.length)
    return rarest.filter((place) => !seen[place]!++).map((place) => this.docs[place]!)
  }

  /** The places of the docs in which two characters of a folded text stand side by side; twice of those that hold them in names and in texts. */
  holding(text: string, i: number): readonly number[] {
    return this.#pairs.get(pairAt(text, i)) ?? []
  }

  /** The folded words of titles, names and headings, and the long ones of texts: what a mistyped word may have been. */
  get words(): Words {
    return (this.#words ??= new Words(this.#gatherWords()))
  }

  #changed(): void {
    this.#version++
    this.#words = undefined
  }

  #gatherWords(): Set<string> {
    const words = new Set<string>()
    const add = (folded: Lines, min: number) => {
      for (const word of wordsOf(folded)) if (word.length >= min) words.add(word)
    }
    for (const { foldedTitle, foldedNames, labels, all } of this.docs) {
      add(labels, 3)
      add(all, 4)
      words.add(foldedTitle.text)
      add(foldedTitle, 3)
      for (const name of foldedNames) {
        words.add(name.text)
        add(name, 3)
      }
    }
    for (const word of this.vocabulary.words) words.add(word)
    return words
  }

  #addMeanings({ same, readings, general }: Meanings): void {
    for (const words of same) this.vocabulary.add(words, words.map(fold))
    for (const pair of readings) this.vocabulary.add(pair, pair.map(fold), true)
    for (const word of general) this.vocabulary.addGeneral(word, fold(word))
  }
}

function joined(texts: Folded[]): Lines {
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
  return (numbers[code] ||= count = Math.min(count + 1, most - 1))
}

function pairAt(text: string, i: number): number {
  return numberOf(text.charCodeAt(i)) * most + numberOf(text.charCodeAt(i + 1))
}

/** The words of a text: what lies between two beginnings. */
function* wordsOf({ text, begins }: Lines): Generator<string> {
  let start = 0
  for (let i = 1; i <= text.length; i++) {
    if (i === text.length || begins[i]) {
      yield text.slice(start, i)
      start = i
    }
  }
}
