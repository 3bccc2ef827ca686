// The script that is loaded when a reader first saves answers as a table.
import type { Catalogue, Method } from '../answers/catalogue.ts'
import { tableOf } from '../answers/export.ts'
import type { Answer, Company, Saved, Status } from '../answers/format.ts'
import { localDate } from '../dates.ts'
import { download, fileName } from '../download.ts'
import { fillWorkbook, workbookType, type Template } from './fill.ts'

/** Hands the workbook of a method to the reader, with the answers of a company, and gives the name of the file. */
async function saveWorkbook(
  template: Template,
  { companies }: Saved,
  company: Company | undefined,
  label: string,
): Promise<string> {
  const id = Object.keys(companies).find((id) => companies[id] === company) ?? ''
  const now = new Date()
  const today = localDate(now)
  const name = fileName(template.name, { company: label, method: template.method, date: today })
  download(await fillWorkbook(template, { id, company, now, today }), name, workbookType)
  return name
}

/** The same as a table of text. */
function saveCsv(
  catalogue: Catalogue,
  method: Method,
  answers: Record<string, Answer>,
  headings: string[],
  word: (status: Status) => string,
  pattern: string,
  label: string,
  changed: string,
): string {
  const name = fileName(pattern, { company: label, method: method.name, date: localDate(new Date()) })
  download(tableOf(catalogue, method.slug, answers, headings, word, changed), name, 'text/csv')
  return name
}

export interface Tables {
  saveWorkbook: typeof saveWorkbook
  saveCsv: typeof saveCsv
}

tebikiData({ saveWorkbook, saveCsv } satisfies Tables)
