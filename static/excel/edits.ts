// What a table would change of the answers: what its reader wrote, and nothing that is older.
import { cleanName, foldName } from '../answers/companies.ts'
import { changeOf, entryOf, hasStatus, type Entry } from '../answers/entry.ts'
import { alive, currentId, empty, own, type Answer, type Company, type Saved, type Status } from '../answers/format.ts'
import { unguarded } from '../csv.ts'
import { fill } from '../words.ts'
import { isUntouched, type Table, type TableRow, type Words } from './table.ts'
import { fields, valuesOf, type Field } from './values.ts'

/** For the preview: a file of answers, as far as it goes, for one company. */
export interface Edits {
  theirs: Saved
  /** Measures that changed here, too, after the table was made. */
  both: Set<string>
  troubles: string[]
}

/** The id under which the edits stand: that of the company the table was made for, or ''. */
export function idOf({ head }: Table): string {
  return head?.id ?? ''
}

/** The company that a table most likely belongs to: its own, one of the same name, the current one if it names none; '' for a new one. */
export function guessCompany(saved: Saved, table: Table, unnamed: string): string {
  const name = table.head?.name || table.company
  const isNamed = name !== '' && foldName(name) !== foldName(unnamed)
  const isIts = (company: Company | undefined) => company !== undefined && foldName(company.name) === foldName(name)
  const id = table.head?.id ?? ''
  // The first company has the same id everywhere, so its name must be the same, too.
  const own = alive(saved, id)
  if (own && (isIts(own) || /^[\da-f]{16}$/.test(id))) return id
  const same = isNamed
    ? Object.keys(saved.companies)
        .sort()
        .find((id) => isIts(alive(saved, id)))
    : undefined
  return same ?? (isNamed ? '' : (currentId(saved) ?? ''))
}

/** `target` is the id of a company here, or '' for a new one; `saved` is when the file was saved. */
export function editsFor(mine: Saved, target: string, table: Table, words: Words, saved: string): Edits {
  const here = target ? alive(mine, target) : undefined
  const answers: Record<string, Answer> = {}
  const edits: Edits = { theirs: empty(), both: new Set(), troubles: [...table.troubles] }
  const made = table.head?.made ?? ''
  const isOf = made !== '' && target === table.head!.id
  for (const row of table.rows) {
    const { slug } = row.measure
    const answer = own(here?.answers ?? {}, slug)
    const { change, changedHere, tooLong } = editOf(row, here?.answers ?? {}, isOf, words)
    if (tooLong)
      edits.troubles.push(fill(words.troubles.cut, { row: row.number, column: words.heads[tooLong], value: '' }))
    if (Object.keys(change).length === 0) {
      if (answer) answers[slug] = answer
      continue
    }
    const next: Answer = { ...answer, at: { ...answer?.at } }
    const all = here ? changeOf(change, row.measure, here.answers) : change
    for (const [field, value] of Object.entries(all) as [keyof Entry, never][]) {
      if (value === '') delete next[field]
      else next[field] = value
      // Of a company that is new here, or a measure that has its first answer, all was written then.
      const at = next.at[field] ?? ''
      // A table without sums tells not what was changed in it: what changed here since it was made is newer.
      next.at[field] = isOf && !row.before && at > made ? made : saved
    }
    if (changedHere) edits.both.add(slug)
    answers[slug] = next
  }
  edits.theirs.companies[idOf(table)] = here
    ? { ...here, answers }
    : {
        name: cleanName(table.head?.name || table.company),
        methods: table.head ? [table.head.method] : [],
        answers,
        at: { name: saved, ...(table.head && { [`methods.${table.head.method}`]: saved }) },
      }
  edits.theirs.current = idOf(table)
  return edits
}

/** What a row changes of an answer. */
function editOf(row: TableRow, answers: Record<string, Answer>, isOf: boolean, words: Words) {
  const entry = entryOf(row.measure, answers)
  const here = valuesOf(entry, words.cut)
  const change: Partial<Entry> = {}
  let changedHere = false
  let tooLong: Field | undefined
  for (const field of fields) {
    const value = row.values[field]
    if (value === undefined || value === unguarded(here[field])) continue
    if (isOf && isUntouched(row, field, value)) continue
    // An empty cell says something only where something stood.
    if (value === '' && !(isOf && row.before)) continue
    if (value.endsWith(words.cut) && here[field].endsWith(words.cut)) {
      tooLong = field
      continue
    }
    changedHere ||= isOf && row.before !== undefined && !isUntouched(row, field, here[field])
    if (field === 'status') {
      change.status = (value || 'todo') as Status
      // Who has not answered anew has answered the text before.
      const isOld = row.isChanged && (row.before ? isUntouched(row, field, value) : !hasStatus(entry))
      change.revision = (row.revision ?? row.measure.revision) - Number(isOld)
    } else change[field] = value
  }
  return { change, changedHere, tooLong }
}
