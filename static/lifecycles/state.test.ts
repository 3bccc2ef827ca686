import { test } from 'node:test'
import { deepEqual } from 'node:assert/strict'
import { lifecycleState } from './state.ts'

for (const [end, today, want] of [
  ['2025-10-14', '2026-11-23', { kind: 'past' }],
  ['2026-11-22', '2026-11-23', { kind: 'past' }],
  ['2026-11-23', '2026-11-23', { kind: 'near', days: 0 }],
  ['2027-05-25', '2026-11-23', { kind: 'near', days: 183 }],
  ['2027-05-26', '2026-11-23', { kind: 'fine' }],
  ['2028-03-01', '2028-02-28', { kind: 'near', days: 2 }],
  ['2026-10', '2026-11-01', { kind: 'past' }],
  ['2026-11', '2026-11-30', { kind: 'soon' }],
  ['2026-12', '2026-07-01', { kind: 'soon' }],
  ['2026-12', '2026-06-30', { kind: 'fine' }],
] as const) {
  test(`support until ${end}, seen on ${today}`, () => deepEqual(lifecycleState(end, today), want))
}
