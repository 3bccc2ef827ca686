// Joins two states of the answers.
import {
  canonical,
  currentId,
  inOneForm,
  mapFields,
  own,
  type Answer,
  type Company,
  type Fields,
  type Saved,
  type Timed,
} from './format.ts'
import { later, methodField, timeOf, withTime, type Times } from './times.ts'

/** Which note stays where two differ: the newer, or both, one below the other. */
type Notes = 'newer' | 'both'

/**
 * Joins two states of the answers. `newer` takes the newer of two values; `both`, for files, loses
 * nothing: notes that differ are joined, and a company that only one side has deleted stays.
 */
export function merge(a: Saved, b: Saved, notes: Notes = 'newer'): Saved {
  const companies = mergeMaps(a.companies, b.companies, (x, y) => mergeCompanies(x, y, notes))
  return { ...mergeFields(a, b, ['companies']), companies } as Saved
}

/**
 * What an earlier state of the answers lacks of a later one: merged into it, this gives what merging
 * the later one would. Companies are left out only whole, or their answers.
 */
export function changesSince(before: Saved, after: Saved): Saved {
  const companies: Record<string, Company> = {}
  for (const [id, company] of Object.entries(after.companies)) {
    const known = own(before.companies, id)
    if (known === company) continue
    const answers = Object.entries(company.answers).filter(([measure, answer]) => {
      return own(known?.answers ?? {}, measure) !== answer
    })
    companies[id] = { ...company, answers: Object.fromEntries(answers) }
  }
  return { ...after, companies }
}

/**
 * Joins answers that were given before the stored ones were known. If the company they belong to
 * was only made for them, they go to the target instead, which is the company that pages open with,
 * and both notes stay.
 */
export function mergeIntoCurrent(ours: Saved, stored: Saved, target = currentId(stored)): Saved {
  const [id, ...others] = Object.keys(ours.companies)
  const isOther = id !== undefined && others.length === 0 && target !== undefined && target !== id
  if (!isOther || ours.companies[id]!.at.name) return merge(ours, stored)
  const { name: _, ...given } = ours.companies[id]!
  const company = { ...stored.companies[target]!, ...given }
  const { current: __, ...times } = ours.at
  return merge({ ...ours, companies: { [target]: company }, current: stored.current, at: times }, stored, 'both')
}

function mergeCompanies(a: Company, b: Company, notes: Notes): Company {
  const merged = mergeFields(a, b, ['methods', 'answers']) as unknown as Company
  if (notes === 'both' && merged.deleted && !(a.deleted && b.deleted)) {
    const alive = a.deleted ? b : a
    return { ...alive, at: withTime(alive.at, 'deleted', later(timeOf(merged, 'deleted'))) }
  }
  merged.methods = [...new Set([...a.methods, ...b.methods])].filter((method) => {
    const [first, second] = [a, b].map((company) => timeOf(company, methodField(method)))
    if (first === second) return true
    return (first! > second! ? a : b).methods.includes(method)
  })
  merged.answers = mergeMaps(a.answers, b.answers, (x, y) => mergeAnswers(x, y, notes))
  return inOneForm(merged)
}

function mergeAnswers(a: Answer, b: Answer, notes: Notes): Answer {
  if (sameText(a, b)) return a
  const merged = mergeFields(a, b, []) as unknown as Answer
  if (notes === 'newer') return merged
  const older = (wins(b, a, 'note') ? a : b).note ?? ''
  const newer = merged.note ?? ''
  if (hasLines(newer, older)) return merged
  return {
    ...merged,
    note: hasLines(older, newer) ? older : `${older}\n${newer}`,
    // Newer than both, or a tab that knows only one of them would bring it back alone.
    at: withTime(merged.at, 'note', later(timeOf(merged, 'note'))),
  }
}

/** Whether a text has these lines, next to each other. */
export function hasLines(text: string, lines: string): boolean {
  return lines === '' || `\n${text}\n`.includes(`\n${lines}\n`)
}

function mergeMaps<T>(a: Record<string, T>, b: Record<string, T>, join: (a: T, b: T) => T): Record<string, T> {
  const joined = mapFields(a, (value, key) => (Object.hasOwn(b, key) ? join(value as T, b[key] as T) : (value as T)))
  return { ...b, ...joined }
}

/**
 * Takes each field, with its time, from the side that wins it; for those in `except` only the time.
 */
function mergeFields(a: Saved | Company | Answer, b: Saved | Company | Answer, except: string[]): Timed {
  const merged: Timed = { at: {} }
  for (const field of new Set([a, b, a.at, b.at].flatMap(Object.keys))) {
    if (field === 'at') continue
    const from = (wins(a, b, field) ? a : b) as Timed
    if (Object.hasOwn(from, field) && !except.includes(field)) merged[field] = from[field]
    const at = timeOf(from, field)
    if (at) merged.at[field] = at
  }
  return merged
}

/** Whether a's value comes after b's, in an order on which all tabs agree. */
function wins(a: { at: Times }, b: { at: Times }, field: string): boolean {
  const [first, second] = [timeOf(a, field), timeOf(b, field)]
  return first === second ? rank(a, field) >= rank(b, field) : first > second
}

/** A field's value as a text that orders values of the same time; equal values give equal texts. */
export function rank(fields: object, field: string): string {
  const value = own(fields as Fields, field)
  if (typeof value === 'string' && value) return `"${value}`
  // An empty text ranks above a missing value and below any text.
  return value === '' ? ' ' : value === undefined ? '' : canonical(value)
}

/** Whether two values are certainly the same. Fast, as nearly all are in one edit or merge. */
export function sameText(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
