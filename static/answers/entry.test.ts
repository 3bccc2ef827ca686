import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMeasure, type Measure } from './catalogue.ts'
import { changeOf, entryOf, isChanged, ownersOf } from './entry.ts'
import type { Answer } from './format.ts'

const measure: Measure = { slug: 'backup', revision: 2, replaces: ['copy', 'tape'], every: 6 }
const answered = (fields: Partial<Answer>): Answer => ({ ...fields, at: { status: '2026-11-01T00:00:00.000Z' } })

test('each owner is named once, without the spaces around', () => {
  assert.deepEqual(ownersOf([{ owner: '田中' }, {}, { owner: ' 佐藤 ' }, { owner: '田中\u3000' }, { owner: ' ' }]), [
    '佐藤',
    '田中',
  ])
})

test('a measure is read from its data attributes', () => {
  assert.deepEqual(readMeasure('backup', { revision: '2', replaces: 'copy tape', every: '6' }), measure)
  assert.deepEqual(readMeasure('backup', {}), { slug: 'backup', revision: 0, replaces: [], every: 0 })
})

test('an answer, or that of what the measure replaces', () => {
  const cases: [string, Record<string, Answer>, ReturnType<typeof entryOf>][] = [
    ['nothing', {}, { status: 'todo' }],
    [
      'its own',
      { backup: answered({ status: 'done', revision: 2 }), copy: answered({ status: 'na' }) },
      { status: 'done', revision: 2 },
    ],
    [
      'its own without status',
      { backup: answered({ note: 'n' }), copy: answered({ status: 'done' }) },
      { status: 'todo', note: 'n' },
    ],
    [
      'its own, emptied',
      { backup: answered({ note: '' }), copy: answered({ status: 'done' }) },
      { status: 'done', revision: 0 },
    ],
    [
      'of one predecessor',
      { tape: answered({ status: 'done', note: 't', revision: 5 }) },
      { status: 'done', note: 't', revision: 0 },
    ],
    [
      'of two: what leaves most to do, and all notes',
      {
        copy: answered({ status: 'done', note: 'c', owner: 'A', due: '2026-12-01', evidence: 'copy.pdf' }),
        tape: answered({ status: 'doing', note: 't', owner: 'B', reason: 'r', evidence: 'tape.pdf' }),
      },
      {
        status: 'doing',
        note: 'c\nt',
        owner: 'A',
        due: '2026-12-01',
        reason: 'r',
        evidence: 'copy.pdf tape.pdf',
        checked: undefined,
        revision: 0,
      },
    ],
    [
      'of two, one without status',
      { copy: answered({ status: 'done' }), tape: answered({ note: 't' }) },
      {
        status: 'todo',
        note: 't',
        owner: undefined,
        due: undefined,
        reason: undefined,
        evidence: '',
        checked: undefined,
        revision: 0,
      },
    ],
    [
      'unknown fields stay',
      { backup: { status: 'done', extra: 1, at: {} } as Answer },
      { status: 'done', extra: 1 } as ReturnType<typeof entryOf>,
    ],
  ]
  for (const [name, answers, want] of cases) assert.deepEqual(entryOf(measure, answers), want, name)
  assert.deepEqual(entryOf({ slug: 'constructor', revision: 1, replaces: ['toString', '__proto__'] }, {}), {
    status: 'todo',
  })
})

test('the first change takes over what was shown of predecessors', () => {
  const copy = answered({ status: 'done', note: 'c', revision: 1 })
  assert.deepEqual(changeOf({ owner: 'A' }, measure, { copy }), { status: 'done', note: 'c', revision: 0, owner: 'A' })
  assert.deepEqual(changeOf({ owner: 'A' }, measure, { copy, backup: answered({ note: 'n' }) }), { owner: 'A' })
  assert.deepEqual(changeOf({ owner: 'A' }, measure, {}), { owner: 'A' })
})

test('an answer older than the measure is to be looked at again', () => {
  for (const [status, revision, want] of [
    ['done', 1, true],
    ['done', undefined, false],
    ['doing', 0, true],
    ['done', 2, false],
    ['done', 3, false],
    ['todo', 1, false],
    ['na', 1, true],
  ] as const) {
    assert.equal(isChanged({ status, revision }, measure), want, `${status} of revision ${revision}`)
  }
})
