import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Answer, Company } from './format.ts'
import { guessTargets } from './match.ts'
import { saved, time } from './samples.testing.ts'

const unnamed = 'わたしの会社'

/** A company whose name somebody chose. */
function company(name: string, answers: Record<string, Answer> = {}, fields: Partial<Company> = {}): Company {
  return { name, methods: [], answers, at: { name: time(0) }, ...fields }
}

suite('which company is which', () => {
  const one = { status: 'done', at: { status: time(1) } } as const
  const named = (name: string, n: number, x?: Answer) => company(name, x && { x }, { at: { name: time(n) } })
  const bare = (name: string, x?: Answer) => company(name, x && { x }, { at: {} })
  const cases: [
    rule: string,
    mine: Record<string, Company>,
    theirs: Record<string, Company>,
    want: Record<string, string>,
  ][] = [
    ['the same id and name', { first: named('A', 1) }, { first: named('A', 2) }, { first: 'first' }],
    [
      'the same id, and a name that looks the same',
      { first: named('福田', 1) },
      { first: named('\ufa1b 田', 2) },
      { first: 'first' },
    ],
    ['the same id, and a name nobody chose', { first: bare(unnamed) }, { first: bare(unnamed) }, { first: '' }],
    [
      'the same name nobody chose, of another edition',
      { first: bare('My company') },
      { first: bare('My company') },
      { first: '' },
    ],
    ['the name nobody chose, with a time', { first: named(unnamed, 1) }, { first: named(unnamed, 2) }, { first: '' }],
    [
      'a name nobody chose, with a change in common',
      { first: bare(unnamed, one) },
      { first: bare(unnamed, one) },
      { first: 'first' },
    ],
    ['two names nobody chose', { a: bare(unnamed) }, { b: bare(unnamed) }, { b: '' }],
    ['a name that only one chose', { a: named('A', 1) }, { b: bare('A') }, { b: 'a' }],
    [
      'the same id, renamed, with a change in common',
      { first: company('A', { x: one }) },
      { first: company('B', { x: one }) },
      { first: 'first' },
    ],
    ['the same id by chance', { first: named('A', 1, one) }, { first: named('B', 2) }, { first: '' }],
    ['the same name', { a: company('A') }, { b: company('A') }, { b: 'a' }],
    [
      'the same name as one that the file has too',
      { a: company('A') },
      { a: company('A'), b: company('A') },
      { a: 'a', b: '' },
    ],
    [
      'one that was deleted here',
      { b: company('', {}, { deleted: true }), a: company('A') },
      { b: company('A') },
      { b: '' },
    ],
    ['one that was deleted there', { a: company('A') }, { a: company('', {}, { deleted: true }) }, {}],
    ['a new one', { a: company('A') }, { b: company('B') }, { b: '' }],
  ]
  for (const [rule, mine, theirs, want] of cases) {
    test(rule, () => assert.deepEqual(Object.fromEntries(guessTargets(saved(mine), saved(theirs), unnamed)), want))
  }
})
