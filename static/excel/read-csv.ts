// Reads a table of text, as programs save it: in the writing of this system or another, divided by
// commas, semicolons or tabs.
import { maxCells, type Row } from './sheet.ts'
import { TooBigError } from '../zip.ts'

/** Nothing reads these bytes as a text. */
export class EncodingError extends Error {}

/** Gives the rows for each sign that may divide them, or throws. */
export function* readCsv(bytes: Uint8Array): Generator<Row[]> {
  const text = decode(bytes).replace(/^sep=.\r?\n/i, '')
  for (const separator of [',', ';', '\t']) if (text.includes(separator)) yield parse(text, separator)
}

/** Excel in Japan saves as Shift_JIS, and as UTF-16 what it calls Unicode. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  for (const encoding of isUtf16 ? [first === 0xff ? 'utf-16le' : 'utf-16be'] : ['utf-8', 'shift_jis']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      if (!text.includes('\0')) return text
    } catch {
      // It is another one.
    }
  }
  throw new EncodingError()
}

function parse(text: string, separator: string): Row[] {
  const rows: Row[] = []
  const plainEnd = new RegExp(`${separator}|\\r\\n?|\\n|$`, 'g')
  let cells: Row['cells'] = []
  let column = 0
  let count = 0
  let at = 0
  const endOf = (from: number) => {
    plainEnd.lastIndex = from
    return plainEnd.exec(text)!
  }
  while (at < text.length) {
    const close = text[at] === '"' ? closing(text, at) : -1
    // Behind a sign of quotation there may be more: then it is none, or was meant otherwise.
    const end = endOf(close < 0 ? at : close + 1)
    const value =
      close < 0
        ? text.slice(at, end.index)
        : text.slice(at + 1, close).replaceAll('""', '"') + text.slice(close + 1, end.index)
    if (value) cells[column] = { text: value.replace(/\r\n?/g, '\n') }
    column++
    if (++count > maxCells) throw new TooBigError('cells')
    at = end.index + end[0].length
    if (end[0] === separator) continue
    rows.push({ number: rows.length + 1, cells })
    cells = []
    column = 0
  }
  if (cells.length) rows.push({ number: rows.length + 1, cells })
  return rows
}

/** Where a quotation that begins at a place ends; -1 when it does not. Two signs in it are one of the text. */
function closing(text: string, from: number): number {
  let at = text.indexOf('"', from + 1)
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at
}
