// What a reader's answer says about a measure (対策), without a browser.
import { own, type Answer, type Status } from '../store/answers.ts'

/** A measure as the page describes it. */
export interface Measure {
  slug: string
  /** Goes up when the meaning of the measure changes. */
  revision: number
  /** Withdrawn measures whose answers it takes over. */
  replaces: string[]
}

/** What there is to know of a measure's answer. */
export type Entry = Partial<Omit<Answer, 'at'>> & { status: Status }

/** What a list can be narrowed down to; '' and false do not narrow. */
export interface Filter {
  open: boolean
  overdue: boolean
  threat: string
  category: string
  owner: string
}

/** A measure in a list, as far as a filter asks. */
export interface Listed {
  category: string
  threats: string[]
  entry: Entry
  changed: boolean
}

/** Reads a measure from the data attributes that describe it. */
export function readMeasure(slug: string, { revision, replaces }: DOMStringMap): Measure {
  return { slug, revision: Number(revision) || 0, replaces: words(replaces) }
}

/** The words of an attribute such as `data-threats`. */
export function words(list = ''): string[] {
  return list.split(' ').filter(Boolean)
}

/** From the one that leaves most to do. */
const leastDone: Status[] = ['todo', 'unknown', 'doing', 'na', 'done']

/** The answer for a measure. Until it has one of its own, it is that of the measures it replaces. */
export function entryOf(measure: Measure, answers: Record<string, Answer> = {}): Entry {
  const answer = own(answers, measure.slug)
  return { status: 'todo', ...(answer && isAnswered(answer) ? withoutTimes(answer) : inherited(measure, answers)) }
}

/** What to store for a change: with the first one, a measure takes over what it showed of its predecessors. */
export function changeOf(change: Partial<Entry>, measure: Measure, answers: Record<string, Answer> = {}): Partial<Entry> {
  const answer = own(answers, measure.slug)
  return answer && isAnswered(answer) ? change : { ...inherited(measure, answers), ...change }
}

function inherited({ replaces }: Measure, answers: Record<string, Answer>): Partial<Entry> {
  const [first, ...others] = replaces.map((slug) => own(answers, slug)).filter((answer): answer is Answer => answer !== undefined && isAnswered(answer))
  if (!first) return {}
  // The revision was that of another measure: the answer is to be looked at again.
  const entry: Partial<Entry> = { ...withoutTimes(first), revision: 0 }
  for (const other of others) {
    entry.status = leastDone.find((status) => status === (entry.status ?? 'todo') || status === (other.status ?? 'todo'))!
    entry.note = [entry.note, other.note].filter(Boolean).join('\n')
    entry.reason ||= other.reason
    entry.owner ||= other.owner
    entry.due ||= other.due
    entry.checked ||= other.checked
  }
  return entry
}

function isAnswered({ status, note, owner, due, checked, reason }: Answer): boolean {
  return Boolean(status || note || owner || due || checked || reason)
}

function withoutTimes({ at: _, ...fields }: Answer): Omit<Answer, 'at'> {
  return fields
}

/** Whether the measure has changed since the answer was given. */
export function isChanged({ status, revision }: Entry, measure: Measure): boolean {
  return status !== 'todo' && revision !== undefined && revision < measure.revision
}

/** Whether something is left to do. */
export function isOpen(status: Status): boolean {
  return status !== 'done' && status !== 'na'
}

/** `today` and `due` are dates such as 2026-11-23. */
export function isOverdue({ status, due }: Entry, today: string): boolean {
  return Boolean(due) && due! < today && isOpen(status)
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

export function matches({ category, threats, entry, changed }: Listed, filter: Filter, today: string): boolean {
  return (
    (!filter.open || isOpen(entry.status) || changed) &&
    (!filter.overdue || isOverdue(entry, today)) &&
    (!filter.threat || threats.includes(filter.threat)) &&
    (!filter.category || category === filter.category) &&
    (!filter.owner || entry.owner?.trim() === filter.owner)
  )
}

/**
 * The index of the measure to do after the one at `from` (-1: before the first), round the end: the next that is not
 * begun, else the next that is open at all. It is `from` itself when nothing else is open.
 */
export function nextOpen(entries: { entry: Entry; changed: boolean }[], from: number): number | undefined {
  const order = entries.map((_, index) => (from + 1 + index) % entries.length).filter((index) => index !== from)
  const isAt = (wanted: (status: Status, changed: boolean) => boolean) => (index: number) => wanted(entries[index]!.entry.status, entries[index]!.changed)
  const isLeft = isAt((status, changed) => isOpen(status) || changed)
  return order.find(isAt((status) => status === 'todo')) ?? order.find(isLeft) ?? (from >= 0 && isLeft(from) ? from : undefined)
}

/** The reader's own date, not that of UTC: 2026-11-23. */
export function localDate(date: Date): string {
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-')
}

/** The reader's own time: 10:32. */
export function localTime(date: Date): string {
  return [date.getHours(), date.getMinutes()].map(twoDigits).join(':')
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0')
}

/** Words a date such as 2026-11-03 by a pattern such as "{year}年{month}月{day}日". What is no date stays as it is. */
export function wordDate(date: string, pattern: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? []
  return year ? fill(pattern, { year, month: Number(month), day: Number(day) }) : date
}

/** Puts values into a text's placeholders, such as {count}. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(own(values, name) ?? whole))
}
