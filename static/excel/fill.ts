// Fills the workbook that the generator made with answers: the same file, with other cells.
import { entryOf, isChanged, standingOf } from '../answers/entry.ts'
import type { Answer, Company, Status } from '../answers/format.ts'
import { progressOf } from '../answers/progress.ts'
import { fromBase64 } from '../base64.ts'
import { serialOf } from './days.ts'
import { cut, fields, valuesOf, writeHead, writeKey, type Field, type Values } from './values.ts'
import { escape, scan } from './xml.ts'
import { pack, readZip, unpack, writeZip } from '../zip.ts'

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What the generator says of the workbook of a method (workbookPlan in generator/site/workbook.go). */
export interface Template {
  /** In Base64. */
  file: string
  /** Pattern of the name of the file, and what it calls the method. */
  name: string
  method: string
  statuses: Record<Status, string>
  /** Ends a text that is too long for a cell. */
  cut: string
  /** Ends the title of a measure that has changed since it was answered. */
  changed: string
  key: string
  sheet: string
  /** Cells of the company's name, of the day, and of what the file says of itself. */
  company: string
  date: string
  head: string
  columns: Record<Field | 'key' | 'title', { letter: string; width: number }>
  measures: { row: number; lines: number; title: string; slug: string; revision: number; replaces?: string[] }[]
  /** Rows of figures about some of the measures. */
  figures: { sheet: string; row: number; of: number[] }[]
  /** Cells with the state of a measure, and with its title. */
  states: { sheet: string; cell: string; title: string; of: number }[]
}

/** A text or a number; in a cell with a formula, what that makes. */
type Value = string | number

/** In points, of a line of text; and in bytes, of a sheet: the template has some ten thousand. */
export const lineHeight = 18.75
const maxSheet = 10_000_000

export interface Filled {
  id: string
  company: Company | undefined
  now: Date
  /** The reader's own date. */
  today: string
}

export async function fillWorkbook(template: Template, { id, company, now, today }: Filled): Promise<Blob> {
  const sheets = new Map<string, Map<string, Value>>()
  const put = (sheet: string, cell: string, value: Value) => {
    if (!sheets.has(sheet)) sheets.set(sheet, new Map())
    sheets.get(sheet)!.set(cell, value)
  }
  const { sheet, columns } = template
  const name = company?.name ?? ''
  const answers: Record<string, Answer> = company?.answers ?? {}
  put(sheet, template.company, cut(name, template.cut))
  put(sheet, template.date, serialOf(today) ?? today)
  put(sheet, template.head, cut(writeHead(template.key, { id, name, made: now.toISOString() }), ''))

  const heights = new Map<number, number>()
  const rows = template.measures.map(({ row, lines, title, slug, revision, replaces = [] }) => {
    const measure = { slug, revision, replaces }
    const entry = entryOf(measure, answers)
    const values = valuesOf(entry, template.cut)
    const marked = isChanged(entry, measure) ? `${title}${template.changed}` : ''
    if (marked) put(sheet, `${columns.title.letter}${row}`, marked)
    for (const field of fields) put(sheet, `${columns[field].letter}${row}`, cellOf(field, values, template))
    put(sheet, `${columns.key.letter}${row}`, writeKey(slug, revision, values))
    heights.set(
      row,
      Math.max(
        lines,
        linesOf(marked, columns.title.width),
        ...fields.map((field) => linesOf(String(values[field]), columns[field].width)),
      ),
    )
    return { status: entry.status, standing: standingOf(entry, measure), marked }
  })
  for (const { sheet, row, of } of template.figures) {
    const { total, done, na } = progressOf(of.map((place) => rows[place]!.standing))
    for (const [letter, value] of Object.entries({
      C: total + na,
      D: na,
      E: total,
      F: done,
      G: total - done,
      H: total && done / total,
    }))
      put(sheet, `${letter}${row}`, value)
  }
  for (const { sheet, cell, title, of } of template.states) {
    const { status, marked } = rows[of]!
    put(sheet, cell, template.statuses[status])
    if (marked) put(sheet, title, marked)
  }

  const entries = readZip(fromBase64(template.file)).map(async (entry) => {
    const cells = sheets.get(entry.name)
    return cells
      ? pack(entry.name, patch(await unpack(entry, maxSheet), cells, entry.name === sheet ? heights : new Map()))
      : entry
  })
  return writeZip(await Promise.all(entries))
}

function cellOf(field: Field, values: Values, { statuses }: Template): Value {
  const value = values[field]
  if (field === 'status') return statuses[value as Status]
  return field === 'due' || field === 'checked' ? (serialOf(value) ?? value) : value
}

/** How many lines a text has in a column. The generator counts the same for what it writes. */
export function linesOf(text: string, width: number): number {
  const most = 21 // Excel has no rows that are higher
  return Math.min(
    most,
    text.split('\n').reduce((lines, line) => {
      const units = [...line].reduce((sum, character) => sum + (character > 'ÿ' ? 2 : 1), 0)
      return lines + Math.max(1, Math.ceil(units / (width - 1)))
    }, 0),
  )
}

/** Writes values into the cells of a sheet, which are all there, and heights of rows, in lines. */
export function patch(xml: string, cells: Map<string, Value>, heights = new Map<number, number>()): string {
  const left = new Map(cells)
  let out = ''
  let copied = 0
  let cell: { ref: string; style: string; start: number } | undefined
  let formula = ''
  let formulaStart = 0
  for (const piece of scan(xml)) {
    if (piece.kind === 'open' && piece.name === 'row') {
      const row = piece.attributes.get('r') ?? ''
      const lines = heights.get(Number(row))
      if (!lines) continue
      out += `${xml.slice(copied, piece.start)}<row r="${row}" ht="${lines * lineHeight}">`
      copied = piece.end
    } else if (piece.kind === 'open' && piece.name === 'c') {
      const ref = piece.attributes.get('r') ?? ''
      if (left.has(ref)) cell = { ref, style: piece.attributes.get('s') ?? '0', start: piece.start }
      formula = ''
    } else if (piece.kind === 'open' && piece.name === 'f') formulaStart = piece.start
    else if (piece.kind === 'close' && piece.name === 'f') formula = xml.slice(formulaStart, piece.end)
    else if (piece.kind === 'close' && piece.name === 'c' && cell) {
      out += xml.slice(copied, cell.start) + writeCell(cell.ref, cell.style, formula, left.get(cell.ref)!)
      copied = piece.end
      left.delete(cell.ref)
      cell = undefined
    }
  }
  if (left.size) throw new Error(`no cells ${[...left.keys()].join(' ')}`)
  return out + xml.slice(copied)
}

/** Writes a cell; of one with a formula, what it has made. */
export function writeCell(ref: string, style: string, formula: string, value: Value): string {
  const open = `<c r="${ref}" s="${style}"`
  if (typeof value === 'number') return `${open}>${formula}<v>${value}</v></c>`
  const text = escape(value.replace(/_(?=x[\da-f]{4}_)/gi, '_x005F_'))
  if (formula) return `${open} t="str">${formula}<v>${text}</v></c>`
  return value ? `${open} t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>` : `${open}/>`
}
