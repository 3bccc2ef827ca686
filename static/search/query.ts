// What a query asks for: the known words in it, and what is left between them by script. Endings of
// words are told apart by script alone: kana that follow kanji.
import { fold, scriptAt, scripts } from './fold.ts'
import { toKana } from './romaji.ts'
import type { SearchIndex } from './search-index.ts'

/** A text to look for, and how much finding it is worth: 1 for what was typed. */
export interface Variant {
  text: string
  weight: number
}

/** A piece of the query that has to be found by itself. It has no variants when it stands nowhere. */
export interface Unit {
  text: string
  variants: Variant[]
  /** How much it says of what was meant: 1 for a word. */
  weight: number
  /** With the unit before it, as they were typed. */
  beside?: string
  /** It has others that mean the same. */
  isKnown?: boolean
}

/** What is known of an index. */
export interface Knowledge {
  index: SearchIndex
  /** Whether a folded text stands anywhere. */
  stands(text: string): boolean
  /** Whether it stands anywhere as a word of its own. */
  isWord(text: string): boolean
}

interface Piece {
  /** Its place in the folded word. */
  start: number
  text: string
  /** The known word that it is, or another form of. */
  known?: string
  kind: 'known' | 'kanji' | 'joining' | 'other'
}

const synonymWeight = 0.85
const typingWeight = 0.7
const kanaWeight = 0.9
const typoWeight = 0.55
/** What an inflected word begins with, and a part of a row of kanji. */
const partWeight = 0.8
/** What weighs less does not tell what was asked for. */
export const leastTelling = 0.6
const generalWeight = 0.4
/** A kanji alone is a part of many words. */
const kanjiWeight = 0.4
/** Hiragana between other words mostly join them, and shorter ones always. */
const joiningWeight = 0.4
const leastJoining = 4

/** What was typed, cut at spaces and punctuation but dashes. */
export function splitWords(query: string): string[] {
  return query
    .normalize('NFKC')
    .split(/[\s\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}]+/u)
    .filter((word) => word !== '')
}

export function readQuery(query: string, knowledge: Knowledge): Unit[] {
  const words = splitWords(query)
  const units: Unit[] = []
  for (const [i, word] of words.entries()) {
    const own = unitsOf(word, i === words.length - 1, words.length > 1, knowledge)
    const before = units.at(-1)
    if (before && own[0]) own[0].beside = before.text + own[0].text
    units.push(...own)
  }
  return units
}

function unitsOf(typed: string, isTyping: boolean, isPart: boolean, knowledge: Knowledge): Unit[] {
  const { vocabulary } = knowledge.index
  // The input method shows a kana half typed as Latin letters.
  const [, whole, half = ''] = (isTyping && /^(.*[^\x00-\x7f])([b-df-hj-np-tv-z]{1,3})$/i.exec(typed)) || []
  const word = whole && !vocabulary.has(half.toLowerCase()) ? whole : typed
  const { text } = fold(word)
  // What is being typed is one word as long as it begins one.
  const isBeginning = isTyping && text.length > 2 && !vocabulary.beginningWith(text).next().done
  const pieces: Piece[] = isBeginning ? [{ start: 0, text, known: text, kind: 'known' }] : piecesOf(word, knowledge)
  const units: Unit[] = []
  let before: Piece | undefined
  for (const [i, piece] of pieces.entries()) {
    const own = unitsOfPiece(piece, isTyping && i === pieces.length - 1, isPart || pieces.length > 1, knowledge)
    if (own.length === 0) continue
    if (before) own[0]!.beside = text.slice(before.start, piece.start + piece.text.length)
    units.push(...own)
    before = piece
  }
  // A mistake may have cut a word in two.
  const isCut = pieces.length > 1 && units.some(({ variants }) => variants.length === 0)
  return (isCut && mistyped(text, knowledge)) || units
}

/** The longest known words in a text, and what is left between them by script. */
function piecesOf(original: string, { index: { vocabulary } }: Knowledge): Piece[] {
  const folded = fold(original)
  const { text, from, begins } = folded
  const script = (at: number) => scriptAt(original, from[at]!)
  const pieces: Piece[] = []
  let start = 0
  const close = (end: number) => {
    const own = script(start)
    const kind = own === scripts.kanji ? 'kanji' : own === scripts.hiragana ? 'joining' : 'other'
    if (end > start) pieces.push({ start, text: text.slice(start, end), kind })
    start = end
  }
  for (let i = 0; i < text.length;) {
    const known = vocabulary.at(original, folded, i, i > start)
    if (known) {
      close(i)
      pieces.push({ start: i, text: text.slice(i, i + known.length), known: known.word, kind: 'known' })
      start = i += known.length
    } else {
      // Kana that follow kanji are the end of one word.
      if (begins[i] && !(script(i) === scripts.hiragana && script(start) === scripts.kanji)) close(i)
      i++
    }
  }
  close(text.length)
  return pieces
}

function unitsOfPiece(piece: Piece, isTyping: boolean, isPart: boolean, knowledge: Knowledge): Unit[] {
  const { text, known, kind } = piece
  const { vocabulary } = knowledge.index
  if (known) {
    const weight = vocabulary.isGeneral(known) ? generalWeight : 1
    return [
      { text, variants: variantsOf(known, isTyping, knowledge), weight, isKnown: vocabulary.sameAs(known).length > 0 },
    ]
  }
  if (kind === 'kanji') return unitsOfKanji(text, isTyping, knowledge)
  const isJoining = kind === 'joining' && isPart
  if (isJoining && text.length < leastJoining) return []
  const variants = variantsOf(text, isTyping, knowledge)
  // Few kana stand in other words by chance: カレー in 書かれた.
  const isThere = !isTyping && /^\p{Script=Hiragana}{2,3}$/u.test(text) ? knowledge.isWord : knowledge.stands
  if (variants.some(({ text }) => isThere(text))) return [{ text, variants, weight: isJoining ? joiningWeight : 1 }]
  if (isJoining || text.length === 1) return []
  return mistyped(text, knowledge) ?? [{ text, variants: [], weight: 1 }]
}

/** The longest words of a row of kanji and its ending that stand anywhere. */
function unitsOfKanji(text: string, isTyping: boolean, knowledge: Knowledge): Unit[] {
  const row = /^\p{Script=Han}+/u.exec(text)?.[0].length ?? text.length
  const units: Unit[] = []
  for (let at = 0, end; at < row; at = end) {
    end = text.length
    while (end - at > 1 && !knowledge.stands(text.slice(at, end))) end--
    const own = text.slice(at, end)
    const variants = variantsOf(own, isTyping && end === text.length, knowledge)
    // What begins like it may be another form of it.
    for (let shorter = end - 1; shorter > at && shorter >= row; shorter--) {
      variants.push({ text: text.slice(at, shorter), weight: shorter - at === 1 ? kanjiWeight : partWeight })
    }
    if (row === 1 || own.length > 1)
      units.push({ text: own, variants, weight: own.length === 1 ? kanjiWeight : own.length === row ? 1 : partWeight })
  }
  if (row === 1 || (units[0]?.text.length ?? 0) >= row) return units
  // What stands nowhere as a whole is something else.
  return mistyped(text, knowledge) ?? [...units, { text, variants: [], weight: 1 }]
}

/** A word, what means the same, and what is being typed as kana. */
function variantsOf(text: string, isTyping: boolean, { index: { vocabulary }, isWord }: Knowledge): Variant[] {
  const variants = new Map<string, number>()
  // Two steps: a reading means its word, and that what means the same.
  const addSame = (text: string, weight: number, steps = 2) => {
    if (weight <= (variants.get(text) ?? 0)) return
    variants.set(text, weight)
    if (steps > 0) for (const word of vocabulary.sameAs(text)) addSame(word, weight * synonymWeight, steps - 1)
  }
  const addTyped = (text: string, weight: number) => {
    addSame(text, weight)
    if (!isTyping || text.length < 2) return
    for (const word of vocabulary.beginningWith(text))
      addSame(word, (weight * typingWeight * text.length) / word.length, 1)
  }
  addTyped(text, 1)
  const kana = /^[a-z]{3,}$/.test(text) && !isWord(text) ? toKana(text) : undefined
  if (kana && kana.length > 1) addTyped(kana, kanaWeight)
  return [...variants].map(([text, weight]) => ({ text, weight }))
}

/** The words of which a text may be a mistake, as one unit, if there are any. */
function mistyped(text: string, { index: { words, vocabulary } }: Knowledge): Unit[] | undefined {
  const variants = [...words.near(text)].flatMap((word) => [
    { text: word, weight: typoWeight },
    ...vocabulary.sameAs(word).map((same) => ({ text: same, weight: typoWeight * synonymWeight })),
  ])
  return variants.length > 0 ? [{ text, variants, weight: leastTelling }] : undefined
}
