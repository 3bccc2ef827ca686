import { readFileSync } from 'node:fs'

/** Where the files lie that hold expectations. */
const folder = 'static/search'

/**
 * The files of expectations. The search is made with most in view; those that are held out are only
 * measured. Those with a number are of later rounds, each written from the pages alone by somebody
 * who had not seen the search, but for the second, whose writer had.
 */
export const files = {
  known: 'queries.txt',
  tuning: 'queries-tuning.txt',
  tuning2: 'queries-tuning-2.txt',
  heldOut: 'queries-held-out.txt',
  heldOut2: 'queries-held-out-2.txt',
  tuning3: 'queries-tuning-3.txt',
  heldOut3: 'queries-held-out-3.txt',
  absent: 'queries-absent.txt',
  absent2: 'queries-absent-2.txt',
  absent3: 'queries-absent-3.txt',
  absent4: 'queries-absent-4.txt',
} as const

/** A case of queries.txt: what a reader types, and what a good search finds. */
export interface Expectation {
  /** What the reader looks for, or the habit of typing that the case shows. */
  title: string
  /** Exactly as typed. */
  query: string
  /** Of the title, 1-based. */
  line: number
  /** The best first; each may be met by any of its addresses. None: nothing may be found. */
  hits: string[][]
}

/** Reads a file of expectations. */
export function read(file: string): Expectation[] {
  return parse(readFileSync(`${folder}/${file}`, 'utf8'), file)
}

/** Reads expectations in the form that the head of queries.txt describes. Throws at the first line that is wrong. */
export function parse(text: string, file: string = files.known): Expectation[] {
  const problem = (line: number, message: string) => new Error(`${folder}/${file}:${line}: ${message}`)
  const expectations: Expectation[] = []
  const lineOfQuery = new Map<string, number>()
  for (const block of blocksOf(text)) {
    const [title, query, ...hits] = block
    if (title === undefined || query === undefined || hits.length === 0) {
      throw problem(
        block.at(-1)!.line,
        `${block.length}行しかありません（題、打つことば、ページの番地か「-」を1行ずつ書いてください）`,
      )
    }
    const before = lineOfQuery.get(query.text)
    if (before !== undefined)
      throw problem(query.line, `「${query.text}」は${before}行めにもあります（どちらかを消してください）`)
    lineOfQuery.set(query.text, query.line)

    const nothing = hits.length === 1 && hits[0]!.text.trim() === '-'
    expectations.push({
      title: title.text.trim(),
      query: query.text,
      line: title.line,
      hits: nothing ? [] : hits.map((hit) => alternatives(hit, problem)),
    })
  }
  return expectations
}

interface Line {
  text: string
  line: number
}

/** The lines that are no comments, in blocks as blank lines part them. */
function blocksOf(text: string): Line[][] {
  const blocks: Line[][] = [[]]
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.startsWith('#')) continue
    if (line.trim() === '') blocks.push([])
    else blocks.at(-1)!.push({ text: line, line: index + 1 })
  }
  return blocks.filter((block) => block.length > 0)
}

function alternatives({ text, line }: Line, problem: (line: number, message: string) => Error): string[] {
  const addresses = text.split('|').map((address) => address.trim())
  for (const address of addresses) {
    if (!/^[\w./-]+\.html(#[\w-]+)?$/.test(address)) {
      throw problem(
        line,
        `「${address}」はページの番地ではありません（measures/backup.html や glossary.html#vpn のように書いてください）`,
      )
    }
  }
  return addresses
}
