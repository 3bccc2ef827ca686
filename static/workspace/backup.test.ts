import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportOf } from '../answers/export.ts'
import { empty, type Saved } from '../answers/format.ts'
import { backedUpUntil } from './backup.ts'

const time = (n: number) => new Date(Date.UTC(2026, 0, 1) + n).toISOString()
const now = new Date(Date.UTC(2026, 5, 1))

function saved(changes: Record<string, number>): Saved {
  const answers = Object.entries(changes).map(([measure, n]) => [measure, { status: 'done', at: { status: time(n) } }])
  return {
    ...empty(),
    companies: {
      a: { name: 'A', methods: [], at: { name: time(1) }, answers: Object.fromEntries(answers) },
      gone: { name: '', methods: [], answers: {}, at: { deleted: time(9) }, deleted: true },
    },
  }
}

test('a file is a backup of what it holds', () => {
  const cases: [rule: string, mine: Saved, file: Saved, want: string][] = [
    ['everything', saved({ x: 2, y: 3 }), exportOf(saved({ x: 2, y: 3 })), now.toISOString()],
    ['more', saved({ x: 2 }), saved({ x: 5, y: 3 }), now.toISOString()],
    ['all but the last changes', saved({ x: 2, y: 7, z: 8 }), saved({ x: 2, y: 3 }), time(6)],
    ['not the first', saved({ x: 2, y: 3 }), saved({ y: 3 }), time(1)],
    ['another company', saved({ x: 2 }), { ...empty(), companies: { b: saved({ x: 2 }).companies.a! } }, ''],
    ['nothing', saved({ x: 2 }), empty(), ''],
  ]
  for (const [rule, mine, file, want] of cases) assert.equal(backedUpUntil(mine, file, now), want, rule)
})
