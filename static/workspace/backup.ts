// What a file holds of the answers here.
import { own, type Saved } from '../answers/format.ts'
import type { Times } from '../answers/times.ts'

/**
 * The time up to which a file holds every change made here: `now` if it holds all, '' if none. A file is a
 * backup only once it was read: a browser does not tell whether a download was saved.
 */
export function backedUpUntil(mine: Saved, file: Saved, now: Date): string {
  let until = now.toISOString()
  let first = until
  const compare = (here: Times, there: Times = {}) => {
    for (const [field, time] of Object.entries(here)) {
      if (time < first) first = time
      if (time <= until && time > (own(there, field) ?? '')) until = before(time)
    }
  }
  for (const [id, company] of Object.entries(mine.companies)) {
    if (company.deleted) continue
    const there = own(file.companies, id)
    compare(company.at, there?.at)
    for (const [measure, { at }] of Object.entries(company.answers)) compare(at, own(there?.answers ?? {}, measure)?.at)
  }
  return until < first ? '' : until
}

function before(time: string): string {
  return new Date(Date.parse(time) - 1).toISOString()
}
