// Which measures of a checklist are shown, and which comes next.
import type { Entry } from '../answers/entry.ts'
import type { Status } from '../answers/format.ts'
import { isLate, isOpen, type Due } from '../answers/progress.ts'

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
  due?: Due | undefined
}

export function matches({ category, threats, entry, changed, due }: Listed, filter: Filter, today: string): boolean {
  return (
    (!filter.open || isOpen(entry.status) || changed) &&
    (!filter.overdue || isLate(due, today)) &&
    (!filter.threat || threats.includes(filter.threat)) &&
    (!filter.category || category === filter.category) &&
    (!filter.owner || entry.owner?.trim() === filter.owner)
  )
}

/**
 * The index of the measure to do after the one at `from` (-1: before the first), round the end: the
 * next that is not begun, else the next that is open at all. It is `from` itself when nothing else
 * is open.
 */
export function nextOpen(entries: { entry: Entry; changed: boolean }[], from: number): number | undefined {
  const order = entries.map((_, index) => (from + 1 + index) % entries.length).filter((index) => index !== from)
  const isAt = (wanted: (status: Status, changed: boolean) => boolean) => (index: number) =>
    wanted(entries[index]!.entry.status, entries[index]!.changed)
  const isLeft = isAt((status, changed) => isOpen(status) || changed)
  return (
    order.find(isAt((status) => status === 'todo')) ??
    order.find(isLeft) ??
    (from >= 0 && isLeft(from) ? from : undefined)
  )
}
