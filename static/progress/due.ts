// What is overdue, what is due next and what is to be checked again, in words.
import type { Measure } from '../answers/catalogue.ts'
import { isChanged, type Entry } from '../answers/entry.ts'
import { countLate, type Due } from '../answers/progress.ts'
import { localDate, wordDate } from '../dates.ts'
import { part, setText } from '../parts.ts'
import { fill } from '../words.ts'

/** Says it in a line by patterns of the element's data attributes; '' when there is nothing to say. */
export function wordDue(
  rows: { entry: Entry; measure: Measure; due?: Due | undefined }[],
  { overdue = '', repeat = '', next = '', again = '', date = '' }: DOMStringMap,
): string {
  const late = countLate(rows, localDate(new Date()))
  const changed = rows.filter(({ entry, measure }) => isChanged(entry, measure)).length
  const words = (pattern: string, count: number) => (count ? fill(pattern, { count }) : '')
  return [
    words(overdue, late.due),
    words(repeat, late.again),
    words(again, changed),
    late.next && fill(next, { date: wordDate(late.next, date) }),
  ].join('')
}

/** Fills a line that says which day of a measure has passed, by the patterns of its `[data-due]`. `date` is the pattern of a day. */
export function showLate(line: HTMLElement, { kind, day }: Due, date = ''): void {
  const place = part(line, '[data-due]')
  setText(place, fill(place.dataset[kind] ?? '', { date: wordDate(day, date) }))
}
