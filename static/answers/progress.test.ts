import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { answers, catalogue, company } from './samples.testing.ts'
import type { Answer, Status } from './format.ts'
import { countLate, dueOf, figuresOf, isLate, lastChange, methodsOf, progressOf } from './progress.ts'

const today = '2026-11-23'

test('progress leaves out what does not apply', () => {
  const cases: [Status[], ReturnType<typeof progressOf>][] = [
    [[], { total: 0, done: 0, na: 0 }],
    [['todo', 'doing', 'unknown', 'done'], { total: 4, done: 1, na: 0 }],
    [['na', 'done', 'na'], { total: 1, done: 1, na: 2 }],
    [['na'], { total: 0, done: 0, na: 1 }],
  ]
  for (const [statuses, want] of cases) assert.deepEqual(progressOf(statuses), want, statuses.join(' '))
})

test('a measure is overdue the day after its due date, unless it is finished', () => {
  const cases: [Status, string | undefined, boolean][] = [
    ['todo', '2026-11-22', true],
    ['unknown', '2026-11-22', true],
    ['todo', '2026-11-23', false],
    ['todo', '2026-11-24', false],
    ['todo', undefined, false],
    ['done', '2020-01-01', false],
    ['na', '2020-01-01', false],
  ]
  for (const [status, due, want] of cases) {
    const answer = { a: { status, ...(due && { due }), at: {} } }
    assert.equal(isLate(dueOf(catalogue.measures[0]!, answer), today), want, `${status} ${due}`)
  }
})

test('what is done comes again, counted from the day of its check, else from the day it was done', () => {
  const at = { status: new Date(2026, 0, 31, 12).toISOString() }
  const cases: [Partial<Answer>, string | undefined][] = [
    [{ status: 'done', checked: '2026-05-22', at }, '2026-11-22'],
    [{ status: 'done', checked: '2026-05-23' }, '2026-11-23'],
    // Not every month has the 31st.
    [{ status: 'done', at }, '2026-07-28'],
    [{ status: 'done' }, ''],
    [{ status: 'doing', checked: '2020-01-01' }, undefined],
    // It is to be looked at again before.
    [{ status: 'done', revision: 0, checked: '2020-01-01' }, undefined],
  ]
  const measure = { ...catalogue.measures[0]!, every: 6 }
  const rows = cases.map(([answer, want]) => {
    const due = dueOf(measure, { a: { at: {}, ...answer } })
    assert.deepEqual(due, want === undefined ? undefined : { kind: 'again', day: want }, JSON.stringify(answer))
    return { due }
  })
  assert.deepEqual(
    dueOf(measure, { a: { status: 'done', at: {} } }, '2026-01-01'),
    { kind: 'again', day: '2026-07-01' },
    'a copy has a day',
  )
  assert.deepEqual(countLate(rows, today), { due: 0, again: 2, next: '' })
  const dues = ['2026-11-22', '2026-12-02', '2026-12-01'].map((day) => ({ due: { kind: 'due' as const, day } }))
  assert.deepEqual(countLate([...rows, ...dues], today), { due: 1, again: 2, next: '2026-12-01' })
})

suite('figures', () => {
  const numbers = (method: string) =>
    figuresOf(catalogue, method, answers).map(({ group, total, done, na }) => [group.slug, total, done, na])

  test('go group by group and leave out groups without measures', () => {
    // Of two that are done, one has changed since.
    assert.deepEqual(numbers('m'), [
      ['preparation', 1, 0, 0],
      ['must', 2, 1, 1],
    ])
    assert.deepEqual(numbers('n'), [
      ['preparation', 1, 0, 0],
      ['must', 2, 1, 0],
    ])
    assert.deepEqual(numbers('constructor'), [])
  })

  test('the last change is that of any answer', () => {
    assert.equal(
      lastChange({ name: '', methods: [], answers, at: { name: '2026-02-01T00:00:00.000Z' } }),
      '2026-01-03T00:00:00.000Z',
    )
    assert.equal(lastChange({ name: '', methods: [], answers: {}, at: {} }), '')
  })
})

test('a company without a method has that of which it has answered most', () => {
  const methods = (methods: string[], answers = {}) => methodsOf(catalogue, company({ methods, answers }))
  assert.deepEqual(methods([]), [])
  assert.deepEqual(methods([], { constructor: { status: 'done', at: {} } }), ['n'])
  assert.deepEqual(methods(['n', 'm', 'gone']), ['m', 'n'])
})
