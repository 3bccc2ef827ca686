import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Catalogue } from '../answers/catalogue.ts'
import type { Answer, Company, Status } from '../answers/format.ts'
import { snapshotOf, type Snapshot } from '../answers/snapshot.ts'
import { compareStates, progressOfState } from './compare.ts'

const measure = (slug: string, groups: Record<string, string>, { revision = 1, replaces = [] as string[] } = {}) => ({
  slug,
  revision,
  replaces,
  number: slug,
  title: slug,
  href: '',
  groups,
})
const both = { cook: 'standard', carry: 'high' }
const catalogue: Catalogue = {
  methods: [
    { slug: 'cook', name: 'Cook', href: '' },
    { slug: 'carry', name: 'Carry', href: '' },
  ],
  groups: [
    { slug: 'high', label: '◎', name: 'first' },
    { slug: 'standard', label: '○', name: 'next' },
  ],
  measures: [
    measure('wash', both),
    measure('cool', { cook: 'high' }, { revision: 2 }),
    measure('label', { cook: 'high' }),
    measure('dry', { cook: 'standard' }, { replaces: ['rinse'] }),
    measure('shut', { carry: 'high' }),
  ],
}

type Given = Record<string, Status | [Status, number]>

const answers = (given: Given): Record<string, Answer> =>
  Object.fromEntries(
    Object.entries(given).map(([slug, value]) => {
      const [status, revision] = typeof value === 'string' ? [value, 1] : value
      return [slug, { status, revision, at: {} }]
    }),
  )

const company = (given: Given, methods = ['cook']): Company => ({ name: '', methods, answers: answers(given), at: {} })

const then = (given: Given, methods = ['cook']): Snapshot => ({ made: '', name: '', methods, answers: answers(given) })

const all: Given = { wash: 'todo', cool: 'todo', label: 'todo', dry: 'todo' }

const found = (before: Snapshot, after: Company) =>
  Object.fromEntries(compareStates(catalogue, before, after).changes.map(({ slug, kind }) => [slug, kind]))

suite('what has changed', () => {
  const cases: [rule: string, before: Given, after: Given, want: Record<string, string>][] = [
    ['nothing', { ...all, wash: 'done' }, { wash: 'done' }, {}],
    [
      'done since',
      { ...all, wash: 'doing', label: 'na' },
      { wash: 'done', label: 'done' },
      { wash: 'done', label: 'done' },
    ],
    [
      'done no longer',
      { ...all, wash: 'done', label: 'done' },
      { wash: 'todo', label: 'unknown' },
      { wash: 'undone', label: 'undone' },
    ],
    ['applies no longer', { ...all, wash: 'done' }, { wash: 'na' }, { wash: 'changed' }],
    ['changed otherwise', { ...all, wash: 'todo' }, { wash: 'doing' }, { wash: 'changed' }],
    [
      'the text has changed since it was done',
      { ...all, cool: ['done', 1] },
      { cool: ['done', 1] },
      { cool: 'undone' },
    ],
    ['and it was looked at again', { ...all, cool: ['done', 1] }, { cool: ['done', 2] }, { cool: 'changed' }],
    [
      'a measure of which nothing was kept',
      { wash: 'todo', label: 'todo', dry: 'todo' },
      { cool: 'done' },
      { cool: 'added' },
    ],
    ['a measure that is none any more', { ...all, boil: 'done' }, {}, { boil: 'gone' }],
    [
      'the answer for a predecessor',
      { wash: 'todo', cool: 'todo', label: 'todo', rinse: 'done' },
      { dry: ['done', 1] },
      { dry: 'changed' },
    ],
    [
      'a predecessor, not looked at since',
      { wash: 'todo', cool: 'todo', label: 'todo', rinse: 'done' },
      { rinse: 'done' },
      { dry: 'undone' },
    ],
  ]
  for (const [rule, before, after, want] of cases)
    test(rule, () => assert.deepEqual(found(then(before), company(after)), want))

  test('with another method come other measures', () => {
    assert.deepEqual(found(then(all), company({}, ['carry'])), {
      cool: 'gone',
      label: 'gone',
      dry: 'gone',
      shut: 'added',
    })
  })

  test('remarks tell why', () => {
    const remarks = (given: Given) =>
      compareStates(catalogue, then({ ...all, cool: ['done', 1] }), company(given)).changes.map(
        ({ isChanged, isRenewed }) => ({ isChanged, isRenewed }),
      )
    assert.deepEqual(remarks({ cool: ['done', 1] }), [{ isChanged: true, isRenewed: false }])
    assert.deepEqual(remarks({ cool: ['done', 2] }), [{ isChanged: false, isRenewed: true }])
  })

  test('what is equal is counted', () => {
    assert.equal(compareStates(catalogue, then(all), company({ wash: 'done' })).same, 3)
  })
})

suite('how far a state is', () => {
  const figures = (state: Snapshot) =>
    progressOfState(catalogue, state).map(({ group, done, total }) => [group.label, done, total])

  test('a measure of two methods counts once, in its first group', () => {
    const now = snapshotOf(
      catalogue,
      company({ wash: 'done', shut: 'na', label: 'done', dry: 'done' }, ['cook', 'carry']),
      '',
    )
    assert.deepEqual(figures(now), [
      ['◎', 2, 3],
      ['○', 1, 1],
    ])
  })

  test('as it counted then', () => {
    assert.deepEqual(figures(then({ cool: ['done', 1], wash: 'done' })), [
      ['◎', 1, 1],
      ['○', 1, 1],
    ])
    assert.deepEqual(figures(then({ rinse: 'done' })), [
      ['◎', 0, 0],
      ['○', 1, 1],
    ])
  })
})
