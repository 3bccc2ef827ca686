import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Status } from '../answers/format.ts'
import { listOf } from '../words.ts'
import { matches, nextOpen, type Filter, type Listed } from './filter.ts'

const today = '2026-11-23'

test('filters narrow together', () => {
  const none: Filter = { open: false, overdue: false, threat: '', category: '', owner: '' }
  const listed = (status: Status, fields: object = {}, changed = false) => ({
    category: 'data',
    threats: ['loss', 'malware'],
    entry: { status, ...fields },
    changed,
  })
  const due = (kind: 'due' | 'again', day: string) => ({ ...listed('doing'), due: { kind, day } })
  const cases: [string, Listed, Partial<Filter>, boolean][] = [
    ['no filter', listed('done'), {}, true],
    ['done is not open', listed('done'), { open: true }, false],
    ['na is not open', listed('na'), { open: true }, false],
    ['unknown is open', listed('unknown'), { open: true }, true],
    ['changed is open', listed('done', {}, true), { open: true }, true],
    ['overdue', due('due', '2026-11-01'), { overdue: true }, true],
    ['to be repeated', due('again', '2026-11-22'), { overdue: true }, true],
    ['not overdue', due('due', '2026-12-01'), { overdue: true }, false],
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
    const entries = listOf(statuses).map((status) => ({ entry: { status: status as Status }, changed: false }))
    assert.equal(nextOpen(entries, from), want, `${statuses} from ${from}`)
  }
  assert.equal(nextOpen([{ entry: { status: 'done' }, changed: true }], -1), 0, 'one that has changed')
})
