// Tables for spreadsheets.

/**
 * What a spreadsheet takes for something else than text: a formula (a tab or a line break can hide
 * one), a number, date or time written with digits and signs, a date with the
 * name of a month or an era, a truth value. Letters in full width are the same to it.
 */
const readOtherwise = [
  /^[=+\-@\t\r\n]/,
  /^[\s(¥$]*\d[\d\s.,:/\-()%e+年月日時分秒]*(?:[ap]m)?\s*$/i,
  /^\s*(?:\d+[\s.\-/]*)?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|october|november|december)[\s.\-/]*\d*[\s.\-/]*\d*\s*$/i,
  /^\s*(?:[rhstm]|令和|平成|昭和|大正|明治)\s*[\d元][\d元.\-/年月日]*\s*$/i,
  /^\s*(?:true|false)\s*$/i,
]

/** A number and a date that stay what they are. */
const kept = /^(?:(?:0|[1-9]\d{0,14})(?:\.\d*[1-9])?|\d{4}-\d\d-\d\d)$/

/**
 * Writes rows as spreadsheets read them when they are opened by a double click: with a byte order
 * mark and CRLF, and every text as a text.
 */
export function toCsv(rows: string[][]): string {
  return `\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
}

/** Takes a guard away again. */
export function unguarded(cell: string): string {
  const text = cell.slice(1)
  return cell.startsWith("'") && isReadOtherwise(text) ? text : cell
}

function isReadOtherwise(text: string): boolean {
  const read = text.normalize('NFKC')
  return readOtherwise.some((form) => form.test(read)) && !kept.test(text)
}

function cell(text: string): string {
  const guarded = isReadOtherwise(text) ? `'${text}` : text
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
