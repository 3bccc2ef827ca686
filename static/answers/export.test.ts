import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { answers, catalogue } from './samples.testing.ts'
import { answersOf, exportOf, tableOf } from './export.ts'
import { empty, type Saved } from './format.ts'

suite('files', () => {
  test('hold what is alive, and one company if asked', () => {
    const alive = { name: 'A', methods: [], answers, at: {} }
    const saved: Saved = {
      ...empty(),
      current: 'a',
      exported: '2026-01-01T00:00:00.000Z',
      companies: {
        a: alive,
        b: { ...alive, name: 'B' },
        c: { name: '', methods: [], answers: {}, at: {}, deleted: true },
      },
    }
    assert.deepEqual(exportOf(saved), { ...empty(), current: 'a', companies: { a: alive, b: { ...alive, name: 'B' } } })
    assert.deepEqual(exportOf(saved, 'b'), { ...empty(), current: 'b', companies: { b: { ...alive, name: 'B' } } })
  })

  test('a table has the rows of its checklist and no formula', () => {
    const table = tableOf(
      catalogue,
      'm',
      answers,
      ['No.', 'When', 'What', 'State', 'Why not', 'Who', 'Due', 'Checked', 'Evidence', 'Note'],
      (status) => status.toUpperCase(),
    )
    assert.deepEqual(table.slice(1).split('\r\n'), [
      'No.,When,What,State,Why not,Who,Due,Checked,Evidence,Note',
      'No. 1-c,P,do c,TODO,,,,,,',
      "No. 1-a,A,do a,DONE,,x,,,,'=1+1",
      'No. 1-b,A,do b,DONE,,,,,,',
      'No. 1-d,A,do d,NA,none,,,,,',
      '',
    ])
  })

  test('a copy has the answers of its checklist, with those of measures it replaces', () => {
    assert.deepEqual(Object.keys(answersOf(catalogue, 'm', answers)), ['a', 'old', 'd'])
    assert.deepEqual(Object.keys(answersOf(catalogue, 'n', answers)), ['a'])
  })
})
