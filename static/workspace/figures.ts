// What the answers of a company come to, without a browser.
import { entryOf, progressOf, type Entry, type Measure, type Progress } from '../checklist/measure.ts'
import type { Answer, Company, Saved } from '../store/answers.ts'

/** A measure (対策) as the page lists it. */
export interface Listed extends Measure {
  number: string
  title: string
  href: string
  /** For each method whose checklist it is on, the group it is in there. */
  groups: Record<string, string>
}

/** A method (方式) as the page lists it. */
export interface Method {
  slug: string
  name: string
  href: string
}

/** The groups of a checklist: preparation, then the priorities (優先度). */
export interface Group {
  slug: string
  /** Short, as before a number. */
  label: string
  name: string
}

/** What the page knows of its handbook. */
export interface Catalogue {
  methods: Method[]
  groups: Group[]
  measures: Listed[]
}

export interface Row {
  measure: Listed
  entry: Entry
}

export interface Figure extends Progress {
  group: Group
  rows: Row[]
}

/** Lists the measures of a method with their answers, group by group. */
export function figuresOf({ groups, measures }: Catalogue, method: string, answers: Record<string, Answer>): Figure[] {
  return groups.flatMap((group) => {
    const rows = measures.filter((measure) => measure.groups[method] === group.slug).map((measure) => ({ measure, entry: entryOf(measure, answers) }))
    return rows.length ? [{ group, rows, ...progressOf(rows.map(({ entry }) => entry.status)) }] : []
  })
}

/** When an answer of the company last changed: an ISO time, or '' when there is none. */
export function lastChange({ answers }: Company): string {
  return Object.values(answers).flatMap(({ at }) => Object.values(at)).sort().at(-1) ?? ''
}

/** After so many changes, or so many days with any, a reader is reminded to save a file. */
export const patience = { changes: 50, days: 14 }

const day = 24 * 60 * 60 * 1000

export interface Reminder {
  changes: number
  days: number
  /** No file was saved before. */
  first: boolean
}

/** Says what is in no file yet, if that is enough to speak of. `reminded` is when the reader last put it off. */
export function reminderOf({ companies, exported = '', reminded = '' }: Saved, now: Date): Reminder | undefined {
  const times = Object.values(companies).flatMap(({ answers }) => Object.values(answers).flatMap(({ at }) => Object.values(at)))
  const after = (since: string) => {
    const newer = times.filter((time) => time > since)
    const oldest = newer.reduce((oldest, time) => (time < oldest ? time : oldest), now.toISOString())
    return { changes: newer.length, days: Math.floor((now.getTime() - Date.parse(oldest)) / day) }
  }
  const waiting = after(exported > reminded ? exported : reminded)
  if (waiting.changes < patience.changes && waiting.days < patience.days) return undefined
  return { ...after(exported), first: !exported }
}
