// Answers as a table for spreadsheets.
import { own, type Company, type Status } from './answers.ts'

/** What a spreadsheet would take for a formula, also when typed in full width; a tab or a line break hides one. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/

/** Writes rows as Excel reads them: with a byte order mark and CRLF, and no cell that becomes a formula. */
export function toCsv(rows: string[][]): string {
  return `\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
}

function cell(text: string): string {
  const guarded = formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}

export interface Words {
  headings: Record<(typeof columns)[number], string>
  statuses: Record<Status, string>
}

const columns = ['measure', 'title', 'status', 'note', 'owner', 'due', 'checked', 'reason', 'changed'] as const

/** Writes a company's answers: the given measures in their order, then those that are not among them. */
export function answersToCsv(company: Company, measures: { slug: string; title: string }[], { headings, statuses }: Words): string {
  const known = new Set(measures.map(({ slug }) => slug))
  const others = Object.keys(company.answers).filter((slug) => !known.has(slug)).map((slug) => ({ slug, title: '' }))
  const rows = [...measures, ...others].map(({ slug, title }) => {
    const { status, note, owner, due, checked, reason, at } = own(company.answers, slug) ?? { at: {} }
    const changed = Object.values(at).sort().at(-1)?.slice(0, 10)
    return [slug, title, status && statuses[status], note, owner, due, checked, reason, changed].map((text) => text ?? '')
  })
  return toCsv([columns.map((column) => headings[column]), ...rows])
}
