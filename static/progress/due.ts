// What is overdue, what is due next and what is to be checked again, in words.
import { dueOf } from '../answers/progress.ts'
import type { Measure } from '../answers/catalogue.ts'
import { isChanged, type Entry } from '../answers/entry.ts'
import { localDate, wordDate } from '../dates.ts'
import { fill } from '../words.ts'

/** Says it in a line by patterns of the element's data attributes; '' when there is nothing to say. */
export function wordDue(
  rows: { entry: Entry; measure: Measure }[],
  { overdue = '', next = '', again = '', date = '' }: DOMStringMap,
): string {
  const due = dueOf(rows, localDate(new Date()))
  const changed = rows.filter(({ entry, measure }) => isChanged(entry, measure)).length
  return [
    due.overdue.length > 0 ? fill(overdue, { count: due.overdue.length }) : '',
    changed > 0 ? fill(again, { count: changed }) : '',
    due.next ? fill(next, { date: wordDate(due.next, date) }) : '',
  ].join('')
}
