import { test } from 'node:test'
import { equal } from 'node:assert/strict'
import { daysBetween, nthDay } from './days.ts'

for (const [first, n, want] of [
  ['2026-11-28', 1, '2026-11-28'],
  ['2026-11-28', 3, '2026-11-30'],
  ['2026-11-28', 5, '2026-12-02'],
  ['2026-11-28', 30, '2026-12-27'],
  ['2026-11-28', 60, '2027-01-26'],
  ['2028-02-27', 3, '2028-02-29'],
] as const) {
  test(`day ${n} from ${first}`, () => equal(nthDay(first, n), want))
}

for (const [from, to, want] of [
  ['2026-11-28', '2026-11-28', 0],
  ['2026-11-28', '2026-12-02', 4],
  ['2026-12-02', '2026-11-28', -4],
] as const) {
  test(`from ${from} to ${to}`, () => equal(daysBetween(from, to), want))
}
