import { test } from 'node:test'
import { equal } from 'node:assert/strict'
import { judge } from './judge.ts'

/** One letter for each answer: yes, no, or none yet. */
const read = (answers: string) => [...answers].map((letter) => (letter === '-' ? undefined : letter === 'y'))

for (const [answers, from, want] of [
  ['------', [6, 0], undefined],
  ['yyyyy-', [6, 0], undefined],
  ['yyyyyy', [6, 0], 0],
  ['n-----', [6, 0], 1], // what is still to come cannot change it
  ['yyyyyn', [6, 0], 1],
  ['yyy---', [5, 3, 0], undefined],
  ['yyyn--', [5, 3, 0], undefined],
  ['yyynn-', [5, 3, 0], 1],
  ['nnnn--', [5, 3, 0], 2],
  ['---', [0], 0],
] as const) {
  test(`answers ${answers}, results from ${from.join(', ')}`, () => equal(judge(read(answers), from), want))
}
