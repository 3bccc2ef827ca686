import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import {
  addCompany,
  cleanName,
  deleteCompany,
  foldName,
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
    // What Unicode takes for equal is not what its owner wrote.
    ['\ufa1b\ufa1a\ufa10\ufa12', '\ufa1b\ufa1a\ufa10\ufa12'],
    ['か\u3099', 'か\u3099'],
    ['ＡＢＣ㈱', 'ＡＢＣ㈱'],
    ['👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
    ['🏴\u{e0067}\u{e0062}\u{e007f}', '🏴\u{e0067}\u{e0062}\u{e007f}'],
    ['葛\u{e0100}城', '葛\u{e0100}城'],
    ['\u200d\ufe0f', ''],
    [`${'あ'.repeat(78)}👨\u200d👩`, `${'あ'.repeat(78)}👨`],
    ['𠮷'.repeat(100), '𠮷'.repeat(maxName)],
    [`${'a'.repeat(79)} b`, 'a'.repeat(79)],
    ['<b>', '<b>'],
  ]
  for (const [text, want] of cases) test(JSON.stringify(text.slice(0, 20)), () => assert.equal(cleanName(text), want))

  test('that look alike are the same name', () => {
    for (const [a, b] of [
      ['\ufa1b田', '福田'],
      ['か\u3099', 'が'],
      ['ＡＢＣ 商事', 'abc商事'],
      ['葛\u{e0100}城', '葛城'],
      ['A\u200dB', 'AB'],
    ] as const)
      assert.equal(foldName(a), foldName(b), `${a} ${b}`)
    assert.notEqual(foldName('渡辺'), foldName('渡邊'))
  })

  test('of companies that share one are told apart', () => {
    const company = (name: string): Company => ({ name, methods: [], answers: {}, at: {} })
    const saved = {
      ...empty(),
      companies: {
        a: company('A'),
        b: company('A'),
        c: company('B'),
        f: company('Ａ '),
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
        ['f', 'Ａ  (4)'],
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
