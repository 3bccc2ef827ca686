// How a state of a company is called.
import type { Snapshot } from '../answers/snapshot.ts'
import { dayOf, wordDate } from '../dates.ts'

/** Its day and its name. `date` is the pattern of a day. */
export function nameState({ made, name }: Pick<Snapshot, 'made' | 'name'>, date = ''): string {
  const day = wordDate(dayOf(made), date)
  return [day, name].filter(Boolean).join(' ')
}
