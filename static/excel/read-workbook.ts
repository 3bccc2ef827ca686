// Reads the sheets of a workbook that any program may have saved.
import { dayOf, since1904 } from './days.ts'
import { maxCells, type Cell, type Row } from './sheet.ts'
import { scan } from './xml.ts'
import { readZip, TooBigError, unpack, type Entry } from '../zip.ts'

/** In bytes, unpacked, of all that is read: so much takes a browser a second. */
const maxUnpacked = 30_000_000

/** The file is a zip, and none of a workbook. */
export class OtherFileError extends Error {}

/** Gives the sheets in their order, or throws. */
export async function readWorkbook(bytes: Uint8Array<ArrayBuffer>): Promise<Row[][]> {
  const parts = new Map<string, Entry>()
  for (const entry of readZip(bytes)) if (!parts.has(entry.name)) parts.set(entry.name, entry)
  let left = maxUnpacked
  const read = async (name: string): Promise<string | undefined> => {
    const entry = parts.get(name)
    if (!entry) return undefined
    const text = await unpack(entry, left)
    left -= text.length
    return text
  }
  const workbook = await read('xl/workbook.xml')
  const relations = await read('xl/_rels/workbook.xml.rels')
  if (!workbook || !relations) throw new OtherFileError('no workbook')
  const targets = new Map<string, string>()
  for (const piece of scan(relations)) {
    if (piece.kind === 'open' && piece.name === 'Relationship') {
      const [id = '', target = ''] = [piece.attributes.get('Id'), piece.attributes.get('Target')]
      targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`)
    }
  }
  let shift = 0
  const names: string[] = []
  for (const piece of scan(workbook)) {
    if (piece.kind !== 'open') continue
    if (piece.name === 'workbookPr' && isTrue(piece.attributes.get('date1904'))) shift = since1904
    if (piece.name === 'sheet') names.push(targets.get(piece.attributes.get('id') ?? '') ?? '')
  }
  const texts = readSharedTexts((await read('xl/sharedStrings.xml')) ?? '')
  const dates = readDateStyles((await read('xl/styles.xml')) ?? '')
  const sheets: Row[][] = []
  let cells = 0
  for (const name of names) {
    const xml = await read(name)
    if (xml === undefined) continue // of a chart, or a part of another kind
    const rows: Row[] = []
    for (const row of readRows(xml, texts, dates, shift)) {
      cells += row.cells.length + 1
      if (cells > maxCells) throw new TooBigError(name)
      rows.push(row)
    }
    sheets.push(rows)
  }
  return sheets
}

const isTrue = (value = '') => value === '1' || value === 'true'

function readSharedTexts(xml: string): string[] {
  const texts: string[] = []
  const reader = new TextReader()
  for (const piece of scan(xml)) {
    reader.take(piece)
    if (piece.kind === 'close' && piece.name === 'si') texts.push(reader.give())
    // An empty one.
    if (piece.kind === 'open' && piece.name === 'si' && piece.isEmpty) texts.push('')
  }
  return texts
}

/** Puts the runs of a text together; how to read it (ふりがな) stands in runs of its own. */
class TextReader {
  #text = ''
  #isOpen = false
  #phonetic = false

  take(piece: ReturnType<typeof scan> extends Generator<infer T> ? T : never): void {
    if (piece.kind === 'text') {
      if (this.#isOpen && !this.#phonetic) this.#text += piece.text
    } else if (piece.name === 't') this.#isOpen = piece.kind === 'open' && !piece.isEmpty
    else if (piece.name === 'rPh') this.#phonetic = piece.kind === 'open' && !piece.isEmpty
  }

  give(): string {
    const text = unescape(this.#text)
    this.#text = ''
    return text
  }
}

/** Characters that XML cannot have are written as _x000D_. */
function unescape(text: string): string {
  return text.replace(/_x([\da-f]{4})_/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
}

/** Formats of days and times that have numbers instead of patterns, the Japanese ones among them. */
const isBuiltInDate = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

/** The numbers of the styles in which a number is a day. */
function readDateStyles(xml: string): Set<number> {
  const formats = new Map<number, string>()
  const styles = new Set<number>()
  let inCells = false
  let count = 0
  for (const piece of scan(xml)) {
    if (piece.kind === 'text') continue
    if (piece.name === 'cellXfs') inCells = piece.kind === 'open'
    if (piece.kind !== 'open') continue
    if (piece.name === 'numFmt')
      formats.set(Number(piece.attributes.get('numFmtId')), piece.attributes.get('formatCode') ?? '')
    if (piece.name === 'xf' && inCells) {
      const id = Number(piece.attributes.get('numFmtId'))
      const pattern = formats.get(id)
      // Letters within quotes, after a backslash, and in brackets are none of the day.
      if (
        pattern === undefined
          ? isBuiltInDate(id)
          : /[ymdge]/i.test(pattern.replace(/"[^"]*"|\\.|\[[^\]]*\]|general/gi, ''))
      )
        styles.add(count)
      count++
    }
  }
  return styles
}

function* readRows(xml: string, texts: string[], dates: Set<number>, shift: number): Generator<Row> {
  let row: Row | undefined
  let before = 0
  let column = -1
  let type = ''
  let style = 0
  let value = ''
  let inValue = false
  let reader = new TextReader()
  for (const piece of scan(xml)) {
    reader.take(piece)
    if (piece.kind === 'text') {
      if (inValue) value += piece.text
      continue
    }
    const isOpen = piece.kind === 'open'
    if (piece.name === 'row') {
      if (isOpen) {
        before = Number(piece.attributes.get('r')) || before + 1
        row = { number: before, cells: [] }
        column = -1
      }
      if (row && (!isOpen || piece.isEmpty)) {
        if (row.cells.length) yield row
        row = undefined
      }
    } else if (piece.name === 'c' && isOpen) {
      column = columnOf(piece.attributes.get('r') ?? '') ?? column + 1
      type = piece.attributes.get('t') ?? ''
      style = Number(piece.attributes.get('s') ?? 0)
      value = ''
      reader = new TextReader()
    } else if (piece.name === 'v') inValue = isOpen && !piece.isEmpty
    else if (piece.name === 'c' && row) {
      const cell = cellFrom(type, value, reader.give(), texts, dates.has(style), shift)
      if (cell.text !== '') row.cells[column] = cell
    }
  }
}

/** More than any program has: what stands there would make the list of a row long. */
const maxColumns = 16_384

function columnOf(ref: string): number | undefined {
  const [, letters] = /^([A-Z]{1,3})\d+$/.exec(ref) ?? []
  if (!letters) return undefined
  const number = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
  return number <= maxColumns ? number - 1 : undefined
}

function cellFrom(type: string, value: string, inline: string, texts: string[], isDate: boolean, shift: number): Cell {
  switch (type) {
    case 'inlineStr':
      return { text: inline }
    case 's':
      return { text: texts[Number(value)] ?? '' }
    case 'str':
      return { text: unescape(value) }
    case 'e':
      return { text: value, isError: true }
    case 'b':
      return { text: value === '1' ? 'TRUE' : 'FALSE' }
    case 'd':
      return { text: value.replace(/T00:00:00.*$/, '') }
  }
  if (value.trim() === '') return { text: '' }
  const number = Number(value)
  if (!Number.isFinite(number)) return { text: value }
  const day = isDate ? dayOf(number + shift) : ''
  return { text: day && Number.isInteger(number) ? day : String(number), number: number + shift }
}
