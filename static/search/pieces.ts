// The index of a large handbook, of which a query loads only the pieces it needs: first those that tell which names hold
// its characters, then those of the docs that may be meant, then the same for the texts. What is loaded is ranked like a
// small handbook.
import type { PiecesTools, Reach } from './open-index.ts'
import { hashOf } from './piece-hash.ts'

/** Of two characters side by side the docs that hold them, each as the distance from the one before. */
type Postings = Record<string, number[]>

/** `[kind, address, title, names, methods]` of each doc. */
type PieceOfDocs = [number, string, string, string[], number[]][]

/** So many docs are looked at for their names, and for their texts. */
const most = { names: 10, texts: 24 }
/** What has the same meaning counts less than what was typed; so many such words are looked up. */
const sameWeight = 0.8
const mostSame = 3

globalThis.tebikiPieces = ({ version, pieces, index, load, fold, scriptAt, scripts, toKana }: PiecesTools): Reach => {
  /** The places in the index of the docs that are there. */
  const places = new Map<number, number>()
  const withTexts = new Set<number>()

  async function postings(family: 'names' | 'texts', pair: string): Promise<number[]> {
    const piece = hashOf(pair) % pieces[family]
    const found = ((await load(`${family}-${version}-${piece}`)) as Postings)[pair] ?? []
    let doc = 0
    return found.map((distance) => (doc += distance))
  }

  /** The pairs of a text that tell most: kana of the script that joins words are left out where there are others. */
  function pairsOf(text: string): string[] {
    const folded = fold(text)
    const all = Array.from({ length: Math.max(0, folded.text.length - 1) }, (_, i) => i)
    const joins = (i: number) => scriptAt(text, folded.from[i]!) === scripts.hiragana
    const telling = all.filter((i) => !joins(i) && !joins(i + 1))
    const chosen = telling.length > 0 ? telling : all
    // Every second one, and the last, say nearly as much.
    return [
      ...new Set(
        chosen.filter((_, n) => n % 2 === 0 || n === chosen.length - 1).map((i) => folded.text.slice(i, i + 2)),
      ),
    ]
  }

  /** A word and what means the same, each as its pairs. */
  function variantsOf(word: string): { pairs: string[]; weight: number }[] {
    const { text } = fold(word)
    const { vocabulary } = index
    const same = new Set(vocabulary.sameAs(text))
    for (const other of text.length > 1 ? vocabulary.beginningWith(text) : []) {
      if (same.size >= mostSame) break
      for (const one of [other, ...vocabulary.sameAs(other)]) same.add(one)
    }
    // A question holds words that have others.
    for (const other of vocabulary.words)
      if (other.length > 2 && text.includes(other)) for (const one of vocabulary.sameAs(other)) same.add(one)
    const kana = /^[a-z]+$/.test(text) ? toKana(text) : undefined
    if (kana) for (const one of [kana, ...vocabulary.sameAs(kana)]) same.add(one)
    return [
      { pairs: pairsOf(word), weight: 1 },
      ...[...same].slice(0, mostSame).map((one) => ({ pairs: pairsOf(one), weight: sameWeight })),
    ]
  }

  /** The docs that hold most of a query's pairs, the rarer ones counting more. */
  async function likeliest(query: string, family: 'names' | 'texts', count: number): Promise<number[]> {
    const total = new Map<number, number>()
    await Promise.all(
      query
        .split(/\s+/)
        .filter(Boolean)
        .map(async (word) => {
          const best = new Map<number, number>()
          await Promise.all(
            variantsOf(word).map(async ({ pairs, weight }) => {
              const worth = new Map<number, number>()
              const lists = await Promise.all(pairs.map((pair) => postings(family, pair)))
              for (const docs of lists)
                for (const doc of docs)
                  worth.set(doc, (worth.get(doc) ?? 0) + weight / pairs.length / Math.log2(2 + docs.length))
              for (const [doc, own] of worth) best.set(doc, Math.max(own, best.get(doc) ?? 0))
            }),
          )
          for (const [doc, own] of best) total.set(doc, own + (total.get(doc) ?? 0))
        }),
    )
    return [...total]
      .sort(([a, own], [b, other]) => other - own || a - b)
      .slice(0, count)
      .map(([doc]) => doc)
  }

  const pieceOf = (doc: number) => Math.floor(doc / pieces.docs)

  async function loadDocs(docs: number[]): Promise<void> {
    await Promise.all(
      [...new Set(docs.map(pieceOf))].map(async (piece) => {
        const list = (await load(`docs-${version}-${piece}`)) as PieceOfDocs
        if (places.has(piece * pieces.docs)) return
        for (const [i, doc] of list.entries()) {
          places.set(piece * pieces.docs + i, index.docs.length)
          index.addDoc(...doc)
        }
      }),
    )
  }

  async function loadTexts(docs: number[]): Promise<void> {
    await Promise.all(
      [...new Set(docs.map(pieceOf))].map(async (piece) => {
        const texts = (await load(`parts-${version}-${piece}`)) as string[][]
        if (withTexts.has(piece)) return
        withTexts.add(piece)
        for (const [i, list] of texts.entries()) index.addText(places.get(piece * pieces.docs + i)!, list)
      }),
    )
  }

  return async (query, whenMore) => {
    const words = query.normalize('NFKC')
    const named = await likeliest(words, 'names', most.names)
    await loadDocs(named)
    whenMore()
    const told = await likeliest(words, 'texts', most.texts)
    const docs = [...new Set([...named, ...told])]
    await loadDocs(docs)
    await loadTexts(docs)
  }
}
