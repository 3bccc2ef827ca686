// What an answer does to a clause of the rules (規程).
import type { Measure } from '../answers/catalogue.ts'
import { isChanged, type Entry } from '../answers/entry.ts'

/** In force, planned, to be checked again because the measure has changed, or left out. */
export type ClauseState = 'done' | 'planned' | 'changed' | 'out'

export function clauseState(entry: Entry, measure: Measure): ClauseState {
  if (isChanged(entry, measure)) return 'changed'
  if (entry.status === 'na') return 'out'
  return entry.status === 'done' ? 'done' : 'planned'
}
