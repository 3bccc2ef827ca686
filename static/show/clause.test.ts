import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clauseState } from './clause.ts'

const measure = { slug: 'wash', revision: 2, replaces: [] }

test('an answer decides whether a clause is in force', () => {
  const states = (['todo', 'doing', 'done', 'na', 'unknown'] as const).map((status) =>
    clauseState({ status, revision: 2 }, measure),
  )
  assert.deepEqual(states, ['planned', 'planned', 'done', 'out', 'planned'])
})

test('of an older text it is to be looked at again, also where it did not apply', () => {
  const states = (['done', 'na'] as const).map((status) => clauseState({ status, revision: 1 }, measure))
  assert.deepEqual(states, ['changed', 'changed'])
})
