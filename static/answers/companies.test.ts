import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import {
  addCompany,
  cleanName,
  deleteCompany,
  listLiving,
  maxName,
  newId,
  restoreCompany,
  setMethod,
} from './companies.ts'
import { empty, type Company } from './format.ts'

suite('names', () => {
  const cases: [text: string, want: string][] = [
    ['  山田　商事 \n', '山田 商事'],
    ['', ''],
    [' \u3000\t', ''],
    ['a\u0000b\u202ec', 'a b c'],
    ['か\u3099', 'が'],
    ['𠮷'.repeat(100), '𠮷'.repeat(maxName)],
    [`${'a'.repeat(79)} b`, 'a'.repeat(79)],
    ['<b>', '<b>'],
  ]
  for (const [text, want] of cases) test(JSON.stringify(text.slice(0, 20)), () => assert.equal(cleanName(text), want))

  test('of companies that share one are told apart', () => {
    const company = (name: string): Company => ({ name, methods: [], answers: {}, at: {} })
    const saved = {
      ...empty(),
      companies: {
        a: company('A'),
        b: company('A'),
        c: company('B'),
        d: { ...company('A'), deleted: true },
        e: company('A'),
      },
    }
    assert.deepEqual(
      listLiving(saved, '{name} ({count})').map(({ id, label }) => [id, label]),
      [
        ['a', 'A'],
        ['b', 'A (2)'],
        ['c', 'B'],
        ['e', 'A (3)'],
      ],
    )
  })
})

suite('companies', () => {
  test('come in the order they were made', async () => {
    const draft = empty()
    const ids = ['z', 'm', 'a']
    for (const id of ids) {
      addCompany(draft, id, id)
      await nextMillisecond()
    }
    assert.deepEqual(
      listLiving(draft).map(({ id }) => id),
      ids,
    )
    assert.equal(draft.current, 'a')
  })

  test('that are deleted give way to another and come back as they were', () => {
    const draft = empty()
    addCompany(draft, 'a', 'A')
    addCompany(draft, 'b', 'B')
    setMethod(draft, 'b', 'x', true)
    setMethod(draft, 'b', 'x', true)
    setMethod(draft, 'b', 'y', true)
    setMethod(draft, 'b', 'y', false)
    const before = structuredClone(draft.companies.b!)
    assert.deepEqual(before.methods, ['x'])
    deleteCompany(draft, 'b')
    assert.equal(draft.current, 'a')
    assert.deepEqual(
      listLiving(draft).map(({ id }) => id),
      ['a'],
    )
    restoreCompany(draft, 'b', before, true)
    assert.deepEqual([draft.companies.b, draft.current], [before, 'b'])
  })

  test('that do not exist are left alone', () => {
    const draft = empty()
    deleteCompany(draft, 'constructor')
    setMethod(draft, 'constructor', 'x', true)
    assert.deepEqual(draft, empty())
  })

  test('get an id of their own', () => {
    const ids = Array.from({ length: 1000 }, newId)
    assert.equal(new Set(ids).size, 1000)
    assert.match(ids[0]!, /^[0-9a-f]{16}$/)
  })
})

/** Waits until the clock has moved on: the order is that of the clock. */
async function nextMillisecond(): Promise<void> {
  const now = Date.now()
  while (Date.now() === now) await new Promise((resolve) => setImmediate(resolve))
}
