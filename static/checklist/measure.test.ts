import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answer, Status } from '../store/answers.ts'
import {
  changeOf, entryOf, fill, isChanged, isOverdue, localDate, localTime, matches, nextOpen, progressOf, readMeasure, wordDate, words, type Filter, type Measure,
} from './measure.ts'

const today = '2026-11-23'
const measure: Measure = { slug: 'backup', revision: 2, replaces: ['copy', 'tape'] }
const answered = (fields: Partial<Answer>): Answer => ({ ...fields, at: { status: '2026-11-01T00:00:00.000Z' } })

test('a measure is read from its data attributes', () => {
  assert.deepEqual(readMeasure('backup', { revision: '2', replaces: 'copy tape' }), measure)
  assert.deepEqual(readMeasure('backup', {}), { slug: 'backup', revision: 0, replaces: [] })
  assert.deepEqual(words('  a  b '), ['a', 'b'])
})

test('an answer, or that of what the measure replaces', () => {
  const cases: [string, Record<string, Answer>, ReturnType<typeof entryOf>][] = [
    ['nothing', {}, { status: 'todo' }],
    ['its own', { backup: answered({ status: 'done', revision: 2 }), copy: answered({ status: 'na' }) }, { status: 'done', revision: 2 }],
    ['its own without status', { backup: answered({ note: 'n' }), copy: answered({ status: 'done' }) }, { status: 'todo', note: 'n' }],
    ['its own, emptied', { backup: answered({ note: '' }), copy: answered({ status: 'done' }) }, { status: 'done', revision: 0 }],
    ['of one predecessor', { tape: answered({ status: 'done', note: 't', revision: 5 }) }, { status: 'done', note: 't', revision: 0 }],
    [
      'of two: what leaves most to do, and all notes',
      { copy: answered({ status: 'done', note: 'c', owner: 'A', due: '2026-12-01' }), tape: answered({ status: 'doing', note: 't', owner: 'B', reason: 'r' }) },
      { status: 'doing', note: 'c\nt', owner: 'A', due: '2026-12-01', reason: 'r', checked: undefined, revision: 0 },
    ],
    ['of two, one without status', { copy: answered({ status: 'done' }), tape: answered({ note: 't' }) }, { status: 'todo', note: 't', owner: undefined, due: undefined, reason: undefined, checked: undefined, revision: 0 }],
    ['unknown fields stay', { backup: { status: 'done', extra: 1, at: {} } as Answer }, { status: 'done', extra: 1 } as ReturnType<typeof entryOf>],
  ]
  for (const [name, answers, want] of cases) assert.deepEqual(entryOf(measure, answers), want, name)
  assert.deepEqual(entryOf({ slug: 'constructor', revision: 1, replaces: ['toString', '__proto__'] }, {}), { status: 'todo' })
})

test('the first change takes over what was shown of predecessors', () => {
  const copy = answered({ status: 'done', note: 'c', revision: 1 })
  assert.deepEqual(changeOf({ owner: 'A' }, measure, { copy }), { status: 'done', note: 'c', revision: 0, owner: 'A' })
  assert.deepEqual(changeOf({ owner: 'A' }, measure, { copy, backup: answered({ note: 'n' }) }), { owner: 'A' })
  assert.deepEqual(changeOf({ owner: 'A' }, measure, {}), { owner: 'A' })
})

test('an answer older than the measure is to be looked at again', () => {
  for (const [status, revision, want] of [['done', 1, true], ['done', undefined, false], ['doing', 0, true], ['done', 2, false], ['done', 3, false], ['todo', 1, false], ['na', 1, true]] as const) {
    assert.equal(isChanged({ status, revision }, measure), want, `${status} of revision ${revision}`)
  }
})

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
  for (const [status, due, want] of cases) assert.equal(isOverdue({ status, due }, today), want, `${status} ${due}`)
})

test('filters narrow together', () => {
  const none: Filter = { open: false, overdue: false, threat: '', category: '', owner: '' }
  const listed = (status: Status, fields: object = {}, changed = false) => ({ category: 'data', threats: ['loss', 'malware'], entry: { status, ...fields }, changed })
  const cases: [string, ReturnType<typeof listed>, Partial<Filter>, boolean][] = [
    ['no filter', listed('done'), {}, true],
    ['done is not open', listed('done'), { open: true }, false],
    ['na is not open', listed('na'), { open: true }, false],
    ['unknown is open', listed('unknown'), { open: true }, true],
    ['changed is open', listed('done', {}, true), { open: true }, true],
    ['overdue', listed('doing', { due: '2026-11-01' }), { overdue: true }, true],
    ['not overdue', listed('doing', { due: '2026-12-01' }), { overdue: true }, false],
    ['threat', listed('todo'), { threat: 'malware' }, true],
    ['part of a threat', listed('todo'), { threat: 'mal' }, false],
    ['category', listed('todo'), { category: 'data' }, true],
    ['another category', listed('todo'), { category: 'mail' }, false],
    ['owner, spaces aside', listed('todo', { owner: ' 山田 ' }), { owner: '山田' }, true],
    ['no owner', listed('todo'), { owner: '山田' }, false],
    ['all but one', listed('done', { owner: '山田' }), { open: true, owner: '山田', threat: 'loss' }, false],
  ]
  for (const [name, row, filter, want] of cases) assert.equal(matches(row, { ...none, ...filter }, today), want, name)
})

test('the next to do is the next not begun, then the next open, round the end', () => {
  const cases: [string, number, number | undefined][] = [
    ['todo todo todo', -1, 0],
    ['done todo todo', -1, 1],
    ['todo todo todo', 0, 1],
    ['todo done done', 2, 0],
    ['todo doing todo', 0, 2],
    ['done doing na', -1, 1],
    ['unknown doing done', 0, 1],
    ['done na done', 1, undefined],
    ['doing done', 0, 0],
    ['todo doing', 0, 1],
    ['done done', 0, undefined],
    ['', -1, undefined],
  ]
  for (const [statuses, from, want] of cases) {
    const entries = words(statuses).map((status) => ({ entry: { status: status as Status }, changed: false }))
    assert.equal(nextOpen(entries, from), want, `${statuses} from ${from}`)
  }
  assert.equal(nextOpen([{ entry: { status: 'done' }, changed: true }], -1), 0, 'one that has changed')
})

test('dates and times are the local ones', () => {
  assert.equal(localDate(new Date(2026, 0, 2, 0, 5)), '2026-01-02')
  assert.equal(localDate(new Date(2026, 11, 31, 23, 59)), '2026-12-31')
  assert.equal(localTime(new Date(2026, 0, 2, 9, 5)), '09:05')
})

test('words have their values put in', () => {
  assert.equal(fill('{total}件中 {count}件', { total: 33, count: 5 }), '33件中 5件')
  assert.equal(fill('{other} {toString} {title}', { title: '{total}' }), '{other} {toString} {total}')
  assert.equal(wordDate('2026-11-03', '{year}年{month}月{day}日'), '2026年11月3日')
  for (const text of ['', 'soon', '99999-01-01']) assert.equal(wordDate(text, '{year}'), text)
})
