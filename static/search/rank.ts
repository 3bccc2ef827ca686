// What a query finds, best first.
import { fold } from './fold.ts'
import { leastTelling, readQuery, splitWords, type Knowledge, type Unit } from './query.ts'
import type { Doc, Lines, SearchIndex } from './search-index.ts'

export interface Hit {
  doc: Doc
  score: number
}

export interface Found {
  hits: Hit[]
  /** What of the query, or of what means the same, may stand in the hits. Folded. */
  words: string[]
  /** The best hits tell too little of what was asked for to be its answer. */
  isDoubtful: boolean
}

/**
 * Place after place of the docs in which something stands, each followed by how strongly. Engines go
 * through maps, and through lists of lists, more slowly.
 */
type Strengths = number[]

/** Where a unit of the query stands, and how rare that is. */
interface Match {
  unit: Unit
  strengths: Strengths
  rarity: number
}

// How much it is worth where something is found. Only their order and rough distances matter.
const letterWorth = 3
const wholeWorth = 12
const startWorth = 10
const wordWorth = 7
const insideWorth = 5
const partWorth = 2.5
/** Beside that of a title: other names, and headings and the words under which a doc is looked for. */
const nameWeight = 0.6
const labelWeight = 0.25
/** In a text, as a word of its own or a part of one, and for each time that there are twice as many. More of the same say no more. */
const wordInText = 1.5
const partInText = 0.6
const moreInText = 0.4
const mostCounted = 8
/** For what a longer part of the title or name was asked for. */
const closeness = 3
/** What is found of two units side by side, as they were typed, counts again. */
const besideWeight = 1.4
/** Of two characters side by side: how much they count, and kana beside kanji. What more than a share of the docs hold tells nothing. */
const pairWeight = 0.25
const kanaWeight = 0.6
const commonPair = 0.5
/** How much they count together in one part of a doc, of those that have this share of the best score without: in a heading more, among many others less. */
const togetherWeight = 0.4
const leastTogether = 0.5
const inHeading = 1.5
const usualLength = 200
/** A method of the reader's own. */
const ownWeight = 1.3
/** A page that tells what to do is of more use than one that says what a word means. */
const wordsWeight = 0.9
const wordsToldWeight = 0.65
/** Kinds come in the order of their importance. */
const kindStep = 0.012
/** So many results are shown however poor they are beside the best, and of more those with this share of its score. */
const most = 10
const leastOfBest = 0.1
/** What stands nowhere is nearly as rare as what stands in one doc. */
const unknownRarity = 0.68
/**
 * How much of what was asked for the best doc must tell, so that there is an answer at all: more
 * when some of it is unknown. A word in a text tells nearly all of itself, one in a title more, and
 * one that is the title most.
 */
const leastTold = 0.62
const leastToldOfUnknown = 0.65
/** With less than this it may be the answer to something else, and so many hits are enough. */
const surelyTold = 1.05
const mostDoubtful = 5
const leastWhole = 10
const toldInText = 0.2
const toldOfKnown = 1
const toldStep = 0.45
const mostTold = 1.2
const mostToldOfWhole = 2.2
/** Of a long question no doc tells all: more than so much rarity is not asked for. */
const mostAsked = 10

/** Searches one index, and remembers what it looked up: the next letter typed changes little. */
export class Search {
  readonly index: SearchIndex
  readonly #knowledge: Knowledge
  #strengths = new Map<string, Strengths>()
  #version = 0

  constructor(index: SearchIndex) {
    this.index = index
    this.#knowledge = {
      index,
      stands: (text) => this.#lookUp(text).length > 0,
      isWord: (text) =>
        index
          .candidates(text)
          .some(({ foldedTitle, foldedNames, labels, all }) =>
            [foldedTitle, ...foldedNames, labels, all].some((folded) => holdsWord(folded, text)),
          ),
    }
  }

  /** The docs that a query finds, best first. `own` are the places of the reader's methods. */
  find(query: string, own: readonly number[] = []): Found {
    const { docs, kinds, version } = this.index
    if (version !== this.#version) this.#strengths.clear()
    this.#version = version
    const units = readQuery(query, this.#knowledge)
    const matches = units.map((unit) => this.#match(unit))
    const { share, least: leastShare } = this.#toldOf(matches)
    if (share < leastShare) return { hits: [], words: [], isDoubtful: false }

    // To be marked: a kanji alone only if nothing else was asked for.
    const words = units
      .flatMap(({ variants }) => variants.map(({ text }) => text))
      .filter((text) => (text.length > 1 || units.length === 1) && this.#lookUp(text).length > 0)
    const total = matches.reduce((sum, { strengths, rarity }) => sum + (strengths.length > 0 ? rarity : 0), 0)
    const scores = new Float64Array(docs.length)
    const shares = new Float64Array(docs.length)
    for (const { strengths, rarity } of matches) {
      for (let i = 0; i < strengths.length; i += 2) {
        scores[strengths[i]!]! += rarity * strengths[i + 1]!
        shares[strengths[i]!]! += rarity / total
      }
    }
    // Who types words means all of them; of a sentence some are said by the way.
    const isSentence = units.length > 2 && !/\S\s+\S/.test(query)
    for (let place = 0; place < scores.length; place++)
      scores[place]! *= isSentence ? shares[place]! : shares[place]! ** 2
    for (const { beside } of units) {
      const strengths = beside ? this.#lookUp(beside) : []
      for (let i = 0; i < strengths.length; i += 2) scores[strengths[i]!]! += besideWeight * strengths[i + 1]!
    }
    if (units.length > 1) this.#addPairs(query, scores)

    // Who tells what happened ends with a verb, not with a name: what to do now comes before what it means.
    const isTold = units.length > 1 && /\p{Script=Hiragana}{2}\P{L}*$/u.test(query)
    const ofWords = isTold ? wordsToldWeight : wordsWeight
    const hits: Hit[] = []
    for (const doc of docs) {
      let score = scores[doc.place]!
      if (score === 0) continue
      score *= (1 - kindStep * doc.kind) * (kinds[doc.kind]?.areWords ? ofWords : 1)
      if (own.length > 0 && doc.methods.some((method) => own.includes(method))) score *= ownWeight
      hits.push({ doc, score })
    }
    hits.sort((a, b) => b.score - a.score)
    const least = (hits[0]?.score ?? 0) * leastOfBest
    const isDoubtful = share < surelyTold
    return {
      hits: hits.filter(({ score }, i) => (isDoubtful ? i < mostDoubtful : i < most || score > least)),
      words,
      isDoubtful,
    }
  }

  /** Names near to what was typed, for when nothing is found. */
  near(query: string, count: number): string[] {
    const typed = pairsOf(fold(query).text)
    const near = new Map<string, number>()
    for (const { title, foldedTitle } of this.index.docs) {
      const pairs = pairsOf(foldedTitle.text)
      const shared = pairs.filter((pair) => typed.includes(pair)).length
      if (4 * shared > pairs.length + typed.length) near.set(title, shared / pairs.length)
    }
    return [...near.keys()].sort((a, b) => near.get(b)! - near.get(a)!).slice(0, count)
  }

  /** How much of what was asked for the best doc tells (NaN, which is not too little, when that is nothing), and how much it has to tell. */
  #toldOf(matches: readonly Match[]): { share: number; least: number } {
    const told = new Float64Array(this.index.docs.length)
    let asked = 0
    let least = leastTold
    for (const { unit, strengths, rarity } of matches) {
      if (unit.weight < leastTelling) continue
      asked += rarity
      if (strengths.length === 0) least = leastToldOfUnknown
      for (let i = 0; i < strengths.length; i += 2) {
        const strength = strengths[i + 1]!
        const most = strength < leastWhole ? mostTold : mostToldOfWhole
        told[strengths[i]!]! += rarity * Math.min(most, (unit.isKnown ? toldOfKnown : toldInText) + strength * toldStep)
      }
    }
    return { share: Math.max(...told) / Math.min(asked, mostAsked), least }
  }

  /** Adds how much of a query's pairs of characters each doc holds, and most of them in one part, the rarer ones counting more. */
  #addPairs(query: string, scores: Float64Array): void {
    const { docs } = this.index
    const worths = new Map<string, number>()
    for (const word of splitWords(query)) {
      const { text } = fold(word)
      for (const [i, characters] of pairsOf(text).entries()) {
        const places = this.index.holding(text, i)
        if (places.length === 0 || places.length > docs.length * commonPair) continue
        const worth = Math.log(docs.length / places.length) * (/\p{Script=Han}/u.test(characters) ? 1 : kanaWeight)
        worths.set(characters, worth)
        for (const place of places) scores[place]! += worth * pairWeight
      }
    }
    const least = leastTogether * Math.max(...scores)
    const pairs = [...worths]
    for (const doc of docs) if (scores[doc.place]! > least) scores[doc.place]! += togetherWeight * closest(doc, pairs)
  }

  #match(unit: Unit): Match {
    const { length } = this.index.docs
    const best = new Float64Array(length)
    for (const { text, weight } of unit.variants) {
      const strengths = this.#lookUp(text)
      for (let i = 0; i < strengths.length; i += 2)
        best[strengths[i]!] = Math.max(best[strengths[i]!]!, strengths[i + 1]! * weight)
    }
    const strengths: Strengths = []
    for (let place = 0; place < length; place++) if (best[place]! > 0) strengths.push(place, best[place]!)
    const rarity =
      strengths.length > 0 ? Math.log(1 + (2 * length) / strengths.length) + 0.3 : unknownRarity * Math.log(1 + length)
    return { unit, strengths, rarity: unit.weight * rarity }
  }

  /** How strongly a folded text stands in each doc. */
  #lookUp(text: string): Strengths {
    let strengths = this.#strengths.get(text)
    if (strengths) return strengths
    strengths = []
    for (const doc of text.length > 1 ? this.index.candidates(text) : this.index.docs) {
      const strength = strengthIn(doc, text)
      if (strength > 0) strengths.push(doc.place, strength)
    }
    if (this.#strengths.size > 2000) this.#strengths.clear()
    this.#strengths.set(text, strengths)
    return strengths
  }
}

function strengthIn(doc: Doc, text: string): number {
  // One letter stands in every text; a kanji has a meaning.
  if (text.length === 1 && !/\p{Symbol}/u.test(text)) {
    if (doc.foldedTitle.text.startsWith(text)) return letterWorth
    if (doc.foldedNames.some((folded) => folded.text.startsWith(text))) return letterWorth * nameWeight
    return /\p{Script=Han}/u.test(text) && doc.all.text.includes(text) ? partInText : 0
  }
  let best = place(doc.foldedTitle, text)
  for (const folded of doc.foldedNames) best = Math.max(best, nameWeight * place(folded, text))
  const beside = labelWeight * place(doc.labels, text)
  let count = 0
  let word = 0
  const { all } = doc
  for (let at = all.text.indexOf(text); at >= 0 && count < mostCounted; at = all.text.indexOf(text, at + text.length)) {
    count++
    word = Math.max(word, isWord(all, at, text.length) ? wordInText : partInText)
  }
  const below = beside + (count > 0 ? word + moreInText * Math.log2(count) : 0)
  return best > 0 ? best + below / 2 : below
}

/** How much of some pairs, and what they are worth, the part of a doc holds that holds most. */
function closest({ labels, parts }: Doc, worths: readonly [string, number][]): number {
  const held = ({ text }: Lines) => worths.reduce((sum, [pair, worth]) => sum + (text.includes(pair) ? worth : 0), 0)
  return (
    parts.reduce((best, { foldedHeading, foldedText }) => {
      const own = (held(foldedText) + inHeading * held(foldedHeading)) / (usualLength + foldedText.text.length)
      return Math.max(best, own)
    }, 0) *
      usualLength +
    held(labels)
  )
}

function place(folded: Lines, text: string): number {
  const at = folded.text.indexOf(text)
  if (at < 0) return 0
  const share = text.length / folded.text.length
  const own = isWord(folded, at, text.length)
    ? share === 1
      ? wholeWorth
      : at === 0
        ? startWorth
        : wordWorth
    : at === 0
      ? wordWorth
      : folded.begins[at]
        ? insideWorth
        : partWorth
  return own + closeness * share
}

/** Whether it is a word of its own there: not the ログ of ログイン. */
function isWord({ text, begins }: Lines, at: number, length: number): boolean {
  return begins[at] === 1 && (at + length === text.length || begins[at + length] === 1)
}

/** Whether it stands somewhere as a word of its own. What follows a kanji is the end of a word. */
function holdsWord(folded: Lines, word: string): boolean {
  for (let at = folded.text.indexOf(word); at >= 0; at = folded.text.indexOf(word, at + 1)) {
    if (isWord(folded, at, word.length) && !/\p{Script=Han}/u.test(folded.text.charAt(at - 1))) return true
  }
  return false
}

/** The characters side by side. */
function pairsOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2))
}
