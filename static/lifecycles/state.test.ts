import { test } from 'node:test'
import { deepEqual } from 'node:assert/strict'
import { lifecycleState } from './state.ts'

for (const [end, today, want] of [
  ['2025-10-14', '2026-11-23', { kind: 'past', days: -405 }],
  ['2026-11-22', '2026-11-23', { kind: 'past', days: -1 }],
  ['2026-11-23', '2026-11-23', { kind: 'near', days: 0 }],
  ['2027-05-25', '2026-11-23', { kind: 'near', days: 183 }],
  ['2027-05-26', '2026-11-23', { kind: 'fine', days: 184 }],
] as const) {
  test(`support until ${end}, seen on ${today}`, () => deepEqual(lifecycleState(end, today), want))
}
