import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { diff } from './diff.ts'
import { forAll, someSaved } from './random.testing.ts'
import { time, company, saved } from './samples.testing.ts'

suite('diff', () => {
  test('tells what is where, and newer', () => {
    const mine = saved({
      first: company({
        answers: {
          same: { note: 'a', at: { note: time(1) } },
          here: { note: 'a', at: {} },
          newerHere: { note: 'a', at: { note: time(2) } },
          newerThere: { note: 'a', at: { note: time(1) } },
          mixed: { note: 'a', status: 'done', at: { note: time(1), status: time(2) } },
          tie: { note: 'a', at: {} },
        },
      }),
      gone: company({ deleted: true }),
    })
    const theirs = saved({
      first: company({
        answers: {
          same: { note: 'a', at: { note: time(9) } },
          there: { at: {} },
          newerHere: { note: 'b', at: { note: time(1) } },
          newerThere: { note: 'b', at: { note: time(2) } },
          mixed: { note: 'b', status: 'todo', at: { note: time(2), status: time(1) } },
          tie: { note: 'b', at: {} },
        },
      }),
      gone: company({ name: 'b', answers: { there: { note: 'a', at: {} } } }),
    })
    assert.deepEqual(diff(mine, theirs), [
      { company: 'first', measure: 'here', kind: 'mine-only', fields: ['note'] },
      { company: 'first', measure: 'newerHere', kind: 'newer-mine', fields: ['note'] },
      { company: 'first', measure: 'newerThere', kind: 'newer-theirs', fields: ['note'] },
      { company: 'first', measure: 'mixed', kind: 'conflict', fields: ['note', 'status'] },
      { company: 'first', measure: 'tie', kind: 'conflict', fields: ['note'] },
      { company: 'first', measure: 'there', kind: 'theirs-only', fields: [] },
      { company: 'gone', measure: '', kind: 'theirs-only', fields: ['name', 'methods'] },
      { company: 'gone', measure: 'there', kind: 'theirs-only', fields: ['note'] },
    ])
  })

  test('finds nothing between equals, and the other way round from the other side', () =>
    forAll(
      2000,
      (random) => [someSaved(random), someSaved(random)] as const,
      ([a, b]) => {
        assert.deepEqual(diff(a, a), [])
        const turned = {
          'mine-only': 'theirs-only',
          'theirs-only': 'mine-only',
          'newer-mine': 'newer-theirs',
          'newer-theirs': 'newer-mine',
          conflict: 'conflict',
        } as const
        const list = (differences: ReturnType<typeof diff>) =>
          differences
            .map(({ company, measure, kind, fields }) => `${company} ${measure} ${kind} ${fields.sort().join()}`)
            .sort()
        assert.deepEqual(
          list(diff(b, a)),
          list(diff(a, b).map((difference) => ({ ...difference, kind: turned[difference.kind] }))),
        )
      },
    ))
})
