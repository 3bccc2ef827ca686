import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { empty, type Saved } from '../answers/format.ts'
import { remindAfter, reminderOf } from './reminder.ts'

suite('the reminder', () => {
  const now = new Date(Date.UTC(2026, 5, 30))
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString()
  const withChanges = (times: string[], fields: { exported?: string; reminded?: string } = {}): Saved => ({
    ...empty(),
    ...fields,
    companies: {
      a: {
        name: 'A',
        methods: [],
        at: {},
        answers: Object.fromEntries(
          times.map((time, i) => [`m${i}`, { status: 'done' as const, at: { status: time } }]),
        ),
      },
    },
  })
  const many = (days: number) => Array.from({ length: remindAfter.changes }, () => daysAgo(days))

  const cases: [rule: string, saved: Saved, want: ReturnType<typeof reminderOf>][] = [
    ['nothing without answers', empty(), undefined],
    ['nothing for a few new ones', withChanges([daysAgo(1), daysAgo(13)]), undefined],
    ['an answer that waits for long', withChanges([daysAgo(1), daysAgo(14)]), { changes: 2, days: 14, first: true }],
    ['many answers', withChanges(many(1)), { changes: remindAfter.changes, days: 1, first: true }],
    ['nothing after an export', withChanges([...many(30), daysAgo(20)], { exported: daysAgo(10) }), undefined],
    [
      'what is newer than the export',
      withChanges([...many(60), daysAgo(20), daysAgo(15)], { exported: daysAgo(30) }),
      { changes: 2, days: 20, first: false },
    ],
    ['nothing after it was put off', withChanges(many(20), { reminded: daysAgo(1) }), undefined],
    [
      'all again when more waits long',
      withChanges([...many(40), daysAgo(15)], { reminded: daysAgo(16) }),
      { changes: remindAfter.changes + 1, days: 40, first: true },
    ],
  ]
  for (const [rule, saved, want] of cases) test(rule, () => assert.deepEqual(reminderOf(saved, now), want))
})
