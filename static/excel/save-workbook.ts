// Saves the workbook of a method with the reader's answers. What makes it comes when it is first
// wanted.
import type { Company, Saved } from '../answers/format.ts'
import { loadScript } from '../load-script.ts'
import type { Template } from './fill.ts'
import type { Tables } from './save.ts'

/** `script` is the name of save.ts; `label` stands in the name of the file, which is given back. */
export async function saveWorkbook(
  script: string,
  method: string,
  saved: Saved,
  company: Company | undefined,
  label: string,
): Promise<string> {
  const tables = (await loadScript(script)) as Tables
  return tables.saveWorkbook((await loadScript(`../data/excel-${method}`)) as Template, saved, company, label)
}
