// How far a company has come.
import { dayOf, nextTime } from '../dates.ts'
import type { Catalogue, Group, ListedMeasure, Measure } from './catalogue.ts'
import { entryOf, standingOf, type Entry } from './entry.ts'
import { own, type Answer, type Company, type Status } from './format.ts'

/** Whether something is left to do. */
export function isOpen(status: Status): boolean {
  return status !== 'done' && status !== 'na'
}

/** Until when something is to be finished (`due`), or when what is done is to be done again (`again`). */
export interface Due {
  kind: 'due' | 'again'
  /** YYYY-MM-DD; '' when it is not known from when it is counted. */
  day: string
}

/** `made` is the day of the answers when they are a copy, which has no times. */
export function dueOf(measure: Measure, answers: Record<string, Answer> = {}, made = ''): Due | undefined {
  const entry = entryOf(measure, answers)
  if (entry.due && isOpen(entry.status)) return { kind: 'due', day: entry.due }
  if (!measure.every || standingOf(entry, measure) !== 'done') return undefined
  const last = entry.checked || dayOf(own(answers, measure.slug)?.at.status) || made
  return { kind: 'again', day: last && nextTime(last, measure.every) }
}

/** Whether the day has passed; `today` is a date. */
export function isLate(due: Due | undefined, today: string): due is Due {
  return Boolean(due?.day) && due!.day < today
}

/** How many are late, of each kind, and the day until when the next is to be finished, '' for none. */
export function countLate(
  rows: { due?: Due | undefined }[],
  today: string,
): Record<Due['kind'], number> & { next: string } {
  const late = rows.flatMap(({ due }) => (isLate(due, today) ? [due.kind] : []))
  const coming = rows.flatMap(({ due }) => (due?.kind === 'due' && due.day >= today ? [due.day] : []))
  const again = late.filter((kind) => kind === 'again').length
  return { due: late.length - again, again, next: coming.sort()[0] ?? '' }
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
  due: Due | undefined
}

/** A measure with its answer. `made` is the day of a copy. */
export function rowOf(measure: ListedMeasure, answers: Record<string, Answer>, made?: string): Row {
  return { measure, entry: entryOf(measure, answers), due: dueOf(measure, answers, made) }
}

export interface Figure extends Progress {
  group: Group
  rows: Row[]
}

/** Lists the measures of a method with their answers, group by group. */
export function figuresOf(
  { groups, measures }: Catalogue,
  method: string,
  answers: Record<string, Answer>,
  made?: string,
): Figure[] {
  return groups.flatMap((group) => {
    const rows = measures
      .filter((measure) => measure.groups[method] === group.slug)
      .map((measure) => rowOf(measure, answers, made))
    return rows.length
      ? [{ group, rows, ...progressOf(rows.map(({ entry, measure }) => standingOf(entry, measure))) }]
      : []
  })
}

/** When an answer of the company last changed: an ISO time, or '' when there is none. */
export function lastChange({ answers }: Company): string {
  return (
    Object.values(answers)
      .flatMap(({ at }) => Object.values(at))
      .sort()
      .at(-1) ?? ''
  )
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
