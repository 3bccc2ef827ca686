// Finds the checklist in what was read from a file: which row is which measure, and what it says.
import type { ListedMeasure } from '../answers/catalogue.ts'
import { statuses, type Status } from '../answers/format.ts'
import { unguarded } from '../csv.ts'
import { fill } from '../words.ts'
import { dayOf, readDay, type Order } from './days.ts'
import type { Cell, Row } from './sheet.ts'
import { cellText, fields, readHead, sumOf, type Field, type Head, type Values } from './values.ts'

/** What the page's words say. */
export interface Words {
  /** The heads of the columns. */
  heads: Record<Field | 'number' | 'title', string>
  statuses: Record<Status, string>
  /** Stands before the company's name. */
  company: string
  /** Ends a text that was too long for a cell. */
  cut: string
  /** Ends the title of a measure that has changed since it was answered. */
  changed: string
  /** Of a row, with {row}, and with {column} and {value} of a cell. */
  troubles: Record<'unknown' | 'twice' | 'state' | 'date' | 'error' | 'cut', string>
}

export interface TableRow {
  number: number
  measure: ListedMeasure
  /** Of the measure, as far as the file says. */
  revision: number | undefined
  /** The measure had changed since it was answered. */
  isChanged: boolean
  values: Partial<Values>
  /** The sums of what stood there when the file was made; undefined when it does not say. */
  before: Record<Field, string> | undefined
}

export interface Table {
  head: Head | undefined
  /** The company's name, as the file shows it. */
  company: string
  rows: TableRow[]
  /** What could not be read, in words. */
  troubles: string[]
}

/** How a head or a name is compared. */
const folded = (text: string) => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

/** Looks for the checklist in a sheet; undefined when it is not there. */
export function findTable(sheet: Row[], measures: ListedMeasure[], words: Words): Table | undefined {
  const names = (['number', 'title', ...fields] as const).map((field) => [folded(words.heads[field]), field] as const)
  let columns = new Map<keyof Words['heads'] | 'key', number>()
  const start = sheet.findIndex(({ cells }) => {
    columns = new Map()
    cells.forEach((cell, column) => {
      const [, field] = names.find(([head]) => head === folded(cell.text)) ?? []
      if (field && !columns.has(field)) columns.set(field, column)
      if (readHead(cell.text)) columns.set('key', column)
    })
    return columns.has('status') && (columns.has('title') || columns.has('number') || columns.has('key'))
  })
  if (start < 0) return undefined
  const at = ({ cells }: Row, field: keyof Words['heads'] | 'key'): Cell =>
    cells[columns.get(field) ?? -1] ?? { text: '' }
  const table: Table = {
    head: readHead(at(sheet[start]!, 'key').text),
    company: companyIn(sheet.slice(0, start), words),
    rows: [],
    troubles: [],
  }
  const tell = (kind: keyof Words['troubles'], row: number, column = '', value = '') =>
    void table.troubles.push(fill(words.troubles[kind], { row, column, value: [...value].slice(0, 40).join('') }))
  const seen = new Set<string>()
  const below = sheet.slice(start + 1)
  const order = orderOf(
    below.map((row) => ({
      key: readKey(at(row, 'key').text),
      days: (['due', 'checked'] as const).map((field) => [field, unguarded(at(row, field).text)] as const),
    })),
  )
  for (const row of below) {
    const read = Object.fromEntries(
      fields.filter((field) => columns.has(field)).map((field) => [field, at(row, field)]),
    ) as Partial<Record<Field, Cell>>
    const found = identify(at(row, 'key').text, at(row, 'number').text, at(row, 'title').text, measures, words)
    if (!found) {
      if (Object.values(read).some(({ text }) => text.trim() !== '')) tell('unknown', row.number)
      continue
    }
    if (seen.has(found.measure.slug)) {
      tell('twice', row.number, '', found.measure.title)
      continue
    }
    seen.add(found.measure.slug)
    const values: Partial<Values> = {}
    for (const [field, cell] of Object.entries(read) as [Field, Cell][]) {
      const value = valueOf(field, cell, words, order)
      if (value !== undefined) values[field] = value
      else
        tell(
          cell.isError ? 'error' : field === 'status' ? 'state' : 'date',
          row.number,
          words.heads[field],
          unguarded(cell.text),
        )
    }
    const isChanged = folded(at(row, 'title').text).endsWith(folded(words.changed))
    table.rows.push({ number: row.number, ...found, isChanged, values })
  }
  return table
}

/** The name stands behind its word, in the lines above the table. */
function companyIn(above: Row[], { company }: Words): string {
  for (const { cells } of above) {
    const place = cells.findIndex((cell) => cell && folded(cell.text) === folded(company))
    if (place >= 0) return cells.slice(place + 1).find((cell) => cell)?.text ?? ''
  }
  return ''
}

/**
 * Finds the measure of a row: by what the reader sees of it, and by the hidden cell, which may have
 * stayed behind when rows were sorted.
 */
function identify(
  key: string,
  number: string,
  title: string,
  measures: ListedMeasure[],
  { heads, changed }: Words,
): Pick<TableRow, 'measure' | 'revision' | 'before'> | undefined {
  const bare = folded(unguarded(number))
  const byNumber = measures.find(({ number }) => bare === folded(number) || bare === folded(`${heads.number}${number}`))
  const byTitle = measures.find(
    (measure) =>
      folded(title) !== '' && [measure.title, measure.title + changed].some((text) => folded(title) === folded(text)),
  )
  const { slug, revision, before } = readKey(key)
  const byKey = measures.find((measure) => measure.slug === slug)
  // A spreadsheet may have taken the number for a day.
  const seen = byTitle ?? byNumber
  if (!byKey || (seen && seen !== byKey && byNumber !== byKey)) {
    if (!seen || (byNumber && byTitle && byNumber !== byTitle)) return undefined
    return { measure: seen, revision: undefined, before: undefined }
  }
  return { measure: byKey, revision, before }
}

/** Reads a hidden cell. */
function readKey(text: string): { slug?: string; revision: number; before: TableRow['before'] } {
  const [, slug, revision, sums] = /^([a-z0-9-]+) (\d{1,9})((?: (?:-|[0-9a-z]{1,7}))*)$/.exec(text.trim()) ?? []
  const list = sums?.trim().split(' ') ?? []
  const before =
    list.length === fields.length
      ? (Object.fromEntries(fields.map((field, place) => [field, list[place]!])) as Record<Field, string>)
      : undefined
  return { slug, revision: Number(revision), before }
}

/** In which order a table has the parts of its days, if some of them can be read in one order only, or have a sum that tells. */
function orderOf(rows: { key: ReturnType<typeof readKey>; days: (readonly [Field, string])[] }[]): Order | undefined {
  const orders = ['month first', 'day first'] as const
  const telling = orders.filter((order, place) =>
    rows.some(({ key, days }) =>
      days.some(([field, text]) => {
        const [day, other] = [readDay(text, order), readDay(text, orders[1 - place])]
        return day !== '' && day !== other && (other === '' || key.before?.[field] === sumOf(day))
      }),
    ),
  )
  return telling.length === 1 ? telling[0] : undefined
}

/** Reads a cell; undefined when it says something that is none of its column. */
function valueOf(
  field: Field,
  { text, number, isError }: Cell,
  words: Words,
  order: Order | undefined,
): string | undefined {
  if (isError) return undefined
  if (field === 'status') return text.trim() === '' ? '' : statusOf(text, words)
  if (field === 'due' || field === 'checked') {
    if (text.trim() === '') return ''
    return (number === undefined ? '' : dayOf(number)) || readDay(unguarded(text), order) || undefined
  }
  return unguarded(cellText(text))
}

function statusOf(text: string, words: Words): Status | undefined {
  return statuses.find((status) => folded(words.statuses[status]) === folded(text))
}

/** Whether a value is the one that stood there when the file was made. */
export function isUntouched({ before }: TableRow, field: Field, value: string): boolean {
  return before !== undefined && before[field] === sumOf(value)
}
