import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { empty, type Answer, type Saved } from '../store/answers.ts'
import { answersOf, exportOf, tableOf } from './export.ts'
import { figuresOf, lastChange, patience, reminderOf, type Catalogue } from './figures.ts'

const measure = (slug: string, groups: Record<string, string>, replaces: string[] = []) => ({ slug, revision: 1, replaces, number: `1-${slug}`, title: `do ${slug}`, href: `${slug}.html`, groups })

const catalogue: Catalogue = {
  methods: [{ slug: 'm', name: 'M', href: 'm.html' }, { slug: 'n', name: 'N', href: 'n.html' }],
  groups: [{ slug: 'preparation', label: 'P', name: 'P' }, { slug: 'must', label: 'A', name: 'A every day' }, { slug: 'may', label: 'B', name: 'B' }],
  measures: [
    measure('a', { m: 'must', n: 'must' }),
    measure('b', { m: 'must' }, ['old']),
    measure('c', { m: 'preparation', n: 'preparation' }),
    measure('d', { m: 'must' }),
    measure('constructor', { n: 'must' }),
  ],
}
const answers: Record<string, Answer> = {
  a: { status: 'done', note: '=1+1', owner: 'x', at: { status: '2026-01-02T00:00:00.000Z' } },
  old: { status: 'done', at: {} },
  d: { status: 'na', reason: 'none', at: { reason: '2026-01-03T00:00:00.000Z' } },
  gone: { status: 'done', at: { status: '2026-01-01T00:00:00.000Z' } },
}

suite('figures', () => {
  const numbers = (method: string) => figuresOf(catalogue, method, answers).map(({ group, total, done, na }) => [group.slug, total, done, na])

  test('go group by group and leave out groups without measures', () => {
    assert.deepEqual(numbers('m'), [['preparation', 1, 0, 0], ['must', 2, 2, 1]])
    assert.deepEqual(numbers('n'), [['preparation', 1, 0, 0], ['must', 2, 1, 0]])
    assert.deepEqual(numbers('constructor'), [])
  })

  test('the last change is that of any answer', () => {
    assert.equal(lastChange({ name: '', methods: [], answers, at: { name: '2026-02-01T00:00:00.000Z' } }), '2026-01-03T00:00:00.000Z')
    assert.equal(lastChange({ name: '', methods: [], answers: {}, at: {} }), '')
  })
})

suite('the reminder', () => {
  const now = new Date(Date.UTC(2026, 5, 30))
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString()
  const withChanges = (times: string[], fields: { exported?: string; reminded?: string } = {}): Saved => ({
    ...empty(),
    ...fields,
    companies: { a: { name: 'A', methods: [], at: {}, answers: Object.fromEntries(times.map((time, i) => [`m${i}`, { status: 'done' as const, at: { status: time } }])) } },
  })
  const many = (days: number) => Array.from({ length: patience.changes }, () => daysAgo(days))

  const cases: [rule: string, saved: Saved, want: ReturnType<typeof reminderOf>][] = [
    ['nothing without answers', empty(), undefined],
    ['nothing for a few new ones', withChanges([daysAgo(1), daysAgo(13)]), undefined],
    ['an answer that waits for long', withChanges([daysAgo(1), daysAgo(14)]), { changes: 2, days: 14, first: true }],
    ['many answers', withChanges(many(1)), { changes: patience.changes, days: 1, first: true }],
    ['nothing after an export', withChanges([...many(30), daysAgo(20)], { exported: daysAgo(10) }), undefined],
    ['what is newer than the export', withChanges([...many(60), daysAgo(20), daysAgo(15)], { exported: daysAgo(30) }), { changes: 2, days: 20, first: false }],
    ['nothing after it was put off', withChanges(many(20), { reminded: daysAgo(1) }), undefined],
    ['all again when more waits long', withChanges([...many(40), daysAgo(15)], { reminded: daysAgo(16) }), { changes: patience.changes + 1, days: 40, first: true }],
  ]
  for (const [rule, saved, want] of cases) test(rule, () => assert.deepEqual(reminderOf(saved, now), want))
})

suite('files', () => {
  test('hold what is alive, and one company if asked', () => {
    const alive = { name: 'A', methods: [], answers, at: {} }
    const saved: Saved = { ...empty(), current: 'a', exported: '2026-01-01T00:00:00.000Z', companies: { a: alive, b: { ...alive, name: 'B' }, c: { name: '', methods: [], answers: {}, at: {}, deleted: true } } }
    assert.deepEqual(exportOf(saved), { ...empty(), current: 'a', companies: { a: alive, b: { ...alive, name: 'B' } } })
    assert.deepEqual(exportOf(saved, 'b'), { ...empty(), current: 'b', companies: { b: { ...alive, name: 'B' } } })
  })

  test('a table has the rows of its checklist and no formula', () => {
    const table = tableOf(catalogue, 'm', answers, ['No.', 'When', 'What', 'State', 'Why not', 'Who', 'Due', 'Checked', 'Note'], (status) => status.toUpperCase())
    assert.deepEqual(table.slice(1).split('\r\n'), [
      'No.,When,What,State,Why not,Who,Due,Checked,Note',
      '1-c,P,do c,TODO,,,,,',
      "1-a,A,do a,DONE,,x,,,'=1+1",
      '1-b,A,do b,DONE,,,,,',
      '1-d,A,do d,NA,none,,,,',
      '',
    ])
  })

  test('a copy has the answers of its checklist, with those of measures it replaces', () => {
    assert.deepEqual(Object.keys(answersOf(catalogue, 'm', answers)), ['a', 'old', 'd'])
    assert.deepEqual(Object.keys(answersOf(catalogue, 'n', answers)), ['a'])
  })
})
