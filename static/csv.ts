// Tables for spreadsheets.

/**
 * What a spreadsheet takes for a formula, in full width too; a tab or a line break can hide one.
 */
const formula = /^[=+\-@\t\r\n＝＋－＠]/

/**
 * Writes rows as Excel reads them: with a byte order mark and CRLF, and no cell that becomes a
 * formula.
 */
export function toCsv(rows: string[][]): string {
  return `\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
}

function cell(text: string): string {
  const guarded = formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
