// What cells say of an answer. The workbook is filled with these, and what is read from one is
// compared with them: only what differs was written by the reader.
import type { Entry } from '../answers/entry.ts'
import { crc32 } from '../crc32.ts'

/** The fields of an answer that have a column. */
export const fields = ['status', 'reason', 'owner', 'due', 'checked', 'evidence', 'note'] as const
export type Field = (typeof fields)[number]
export type Values = Record<Field, string>

/** In UTF-16 units: no cell takes more. */
export const maxCell = 32_767

/** What stands in no XML, and in no text that anybody wrote. */
const unwritable = /(?![\t\n])[\p{Cc}\ufffe\uffff]/gu

/** A text as a cell has it. */
export function cellText(text: string): string {
  return text.replace(/\r\n?/g, '\n').toWellFormed().replace(unwritable, '')
}

/** What the cells of an answer say. `end` ends a text that is too long for a cell. */
export function valuesOf(
  { status, reason = '', owner = '', due = '', checked = '', evidence = '', note = '' }: Entry,
  end: string,
): Values {
  const text = (value: string) => cut(cellText(value), end)
  return {
    status,
    reason: status === 'na' ? text(reason) : '',
    owner: text(owner),
    due,
    checked,
    evidence: text(evidence),
    note: text(note),
  }
}

/** Cuts a text that no cell takes; `end` says so. */
export function cut(text: string, end: string): string {
  return text.length <= maxCell
    ? text
    : text
        .slice(0, maxCell - end.length)
        .toWellFormed()
        .replace(/\ufffd$/, '') + end
}

/** Names a measure in its hidden cell, with sums of what stands in the row, so that it is known later what was changed there. */
export function writeKey(slug: string, revision: number, values: Values): string {
  return [slug, revision, ...fields.map((field) => sumOf(values[field]))].join(' ')
}

/** A sum of a value; '-' for an empty one. */
export function sumOf(value: string): string {
  return value === '' ? '-' : crc32(new TextEncoder().encode(value)).toString(36)
}

/** What a workbook says of itself. */
export interface Head {
  method: string
  /** Of the company; '' when the workbook was empty. */
  id: string
  name: string
  /** ISO time of its making. */
  made: string
}

/** `key` is the beginning that the generator wrote: handbook, format and method. */
export function writeHead(key: string, { id, name, made }: Omit<Head, 'method'>): string {
  return [key, made, encodeURIComponent(id.toWellFormed()), cellText(name)].join(' ')
}

/** Reads what `writeHead` wrote, or the generator; undefined for any other text. */
export function readHead(text: string): Head | undefined {
  const [, method, made = '', id = '', name = ''] =
    /^[a-z][a-z0-9]* 1 ([a-z0-9-]+)(?: (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)(?: (\S*)(?: ([^]*))?)?)?$/.exec(text) ??
    []
  if (!method) return undefined
  try {
    return { method, made, id: decodeURIComponent(id), name }
  } catch {
    return undefined
  }
}
