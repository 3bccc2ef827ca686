import { test } from 'node:test'
import { equal } from 'node:assert/strict'
import type { Entry } from '../answers/entry.ts'
import { itemState } from './state.ts'

const none: Entry = { status: 'todo' }
const entry = (status: Entry['status'], revision = 2): Entry => ({ status, revision })

for (const [what, entries, want, parts] of [
  ['no answer', [none, none], 'unanswered'],
  ['answered: to do', [entry('todo'), none], 'open'],
  ['one done, one without answer', [entry('done'), none], 'open'],
  ['one done, one not known', [entry('done'), entry('unknown')], 'open'],
  ['all done', [entry('done'), entry('done')], 'done'],
  ['done, and one does not apply', [entry('done'), entry('na')], 'done'],
  ['none applies', [entry('na')], 'na'],
  ['done before the measure changed', [entry('done', 1)], 'open'],
  ['all done, each for a part', [entry('done'), entry('done')], 'partly', [true, true]],
  ['one done for a part, the whole does not apply', [entry('done'), entry('na')], 'partly', [true, false]],
  ['all done, one for a part', [entry('done'), entry('done')], 'done', [true, false]],
] as [string, Entry[], ReturnType<typeof itemState>, boolean[]?][]) {
  test(what, () => {
    const measure = { slug: 'm', revision: 2, replaces: [] }
    const rows = entries.map((entry, i) => ({ measure, entry, isPart: parts?.[i] ?? false }))
    equal(itemState(rows), want)
  })
}
