// How far a company has come.
import type { Catalogue, Group, ListedMeasure } from './catalogue.ts'
import { entryOf, standingOf, type Entry } from './entry.ts'
import { own, type Answer, type Company, type Status } from './format.ts'

/** Whether something is left to do. */
export function isOpen(status: Status): boolean {
  return status !== 'done' && status !== 'na'
}

/** `today` and `due` are dates such as 2026-11-23. */
export function isOverdue({ status, due }: Entry, today: string): boolean {
  return Boolean(due) && due! < today && isOpen(status)
}

/**
 * Those that are overdue, and the day when the next one is due, '' when there is none. `today` is a
 * date.
 */
export function dueOf<T extends { entry: Entry }>(rows: T[], today: string): { overdue: T[]; next: string } {
  const coming = rows.flatMap(({ entry: { status, due = '' } }) => (due >= today && isOpen(status) ? [due] : []))
  return { overdue: rows.filter(({ entry }) => isOverdue(entry, today)), next: coming.sort()[0] ?? '' }
}

export interface Progress {
  /** Without those that do not apply. */
  total: number
  done: number
  na: number
}

export function progressOf(statuses: Status[]): Progress {
  const count = (wanted: Status) => statuses.filter((status) => status === wanted).length
  return { total: statuses.length - count('na'), done: count('done'), na: count('na') }
}

export interface Row {
  measure: ListedMeasure
  entry: Entry
}

export interface Figure extends Progress {
  group: Group
  rows: Row[]
}

/** Lists the measures of a method with their answers, group by group. */
export function figuresOf({ groups, measures }: Catalogue, method: string, answers: Record<string, Answer>): Figure[] {
  return groups.flatMap((group) => {
    const rows = measures
      .filter((measure) => measure.groups[method] === group.slug)
      .map((measure) => ({ measure, entry: entryOf(measure, answers) }))
    return rows.length ? [{ group, rows, ...progressOf(rows.map(({ entry, measure }) => standingOf(entry, measure))) }] : []
  })
}

/** When an answer of the company last changed: an ISO time, or '' when there is none. */
export function lastChange({ answers }: Company): string {
  return Object.values(answers).flatMap(({ at }) => Object.values(at)).sort().at(-1) ?? ''
}

/** The company's methods; of one that has named none, those that it has answered most of. */
export function methodsOf({ methods, measures }: Catalogue, company: Company): string[] {
  const used = methods.map(({ slug }) => slug).filter((slug) => company.methods.includes(slug))
  if (used.length) return used
  const answered = (method: string) =>
    measures.filter(({ slug, groups }) => own(groups, method) && own(company.answers, slug)).length
  const [best] = methods.map(({ slug }) => ({ slug, count: answered(slug) })).sort((a, b) => b.count - a.count)
  return best?.count ? [best.slug] : []
}
