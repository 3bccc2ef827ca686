// What the answers for the measures of an item say of the item.
import { hasStatus, isChanged, type Entry } from '../answers/entry.ts'
import type { Measure } from '../answers/catalogue.ts'

export type ItemState = 'done' | 'partly' | 'open' | 'unanswered' | 'na'

/**
 * The state of an item that has measures. It is done only when each is done or does not apply, and
 * none has changed since; and partly when those that are done help with a part only.
 */
export function itemState(rows: readonly { measure: Measure; entry: Entry; isPart: boolean }[]): ItemState {
  if (!rows.some(({ entry }) => hasStatus(entry))) return 'unanswered'
  if (rows.every(({ entry }) => entry.status === 'na')) return 'na'
  const settled = rows.every(
    ({ measure, entry }) => ['done', 'na'].includes(entry.status) && !isChanged(entry, measure),
  )
  if (!settled) return 'open'
  return rows.some(({ entry, isPart }) => entry.status === 'done' && !isPart) ? 'done' : 'partly'
}
