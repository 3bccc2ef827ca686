import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { empty, format, serialize, type Company, type Saved } from './format.ts'
import { changesSince, merge, mergeIntoCurrent } from './merge.ts'
import { parse } from './parse.ts'
import { forAll, Random, someSaved } from './random.testing.ts'
import { time, company, saved, withAnswer, answerOf } from './samples.testing.ts'

suite('merge', () => {
  const note = (note: string, n: number): Saved => withAnswer({ note, at: { note: time(n) } })

  test('the newer value wins, field by field', () => {
    const a = withAnswer({ status: 'done', note: 'old', at: { status: time(2), note: time(1) } })
    const b = withAnswer({ status: 'todo', note: 'new', at: { status: time(1), note: time(2) } })
    assert.deepEqual(answerOf(merge(a, b)), { status: 'done', note: 'new', at: { status: time(2), note: time(2) } })
  })

  test('a value taken away later stays away', () => {
    assert.deepEqual(answerOf(merge(note('a', 1), withAnswer({ at: { note: time(2) } }))), { at: { note: time(2) } })
  })

  test('methods join one by one', () => {
    const a = saved({ first: company({ methods: ['vpn'], at: { 'methods.vpn': time(1), 'methods.cloud': time(3) } }) })
    const b = saved({
      first: company({ methods: ['cloud', 'browser'], at: { 'methods.cloud': time(2), 'methods.browser': time(4) } }),
    })
    assert.deepEqual(merge(a, b).companies.first?.methods, ['vpn', 'browser'])
  })

  test('products join one by one, and one taken away later stays away', () => {
    const a = saved({
      first: company({ 'product.a': 'yes', 'product.b': 'yes', at: { 'product.a': time(1), 'product.b': time(1) } }),
    })
    const b = saved({
      first: company({ 'product.b': '', 'product.c': 'yes', at: { 'product.b': time(2), 'product.c': time(2) } }),
    })
    const { first } = merge(a, b).companies
    assert.deepEqual([first?.['product.a'], first?.['product.b'], first?.['product.c']], ['yes', '', 'yes'])
  })

  test('a company deleted later is gone with all it held', () => {
    const dead = { name: '', methods: [], answers: {}, at: { deleted: time(5) }, deleted: true }
    assert.deepEqual(merge(note('a', 9), saved({ first: dead })).companies.first, dead)
  })

  test('both notes are kept from files', () => {
    for (const [a, b, want] of [
      [note('a', 1), note('b', 2), { note: 'a\nb', at: { note: time(3) } }],
      [note('a', 1), note('a', 2), { note: 'a', at: { note: time(2) } }],
      [note('a\nb', 1), note('b', 2), { note: 'a\nb', at: { note: time(3) } }],
      [note('b', 1), note('a\nb', 2), { note: 'a\nb', at: { note: time(2) } }],
      [note('ab', 1), note('b', 2), { note: 'ab\nb', at: { note: time(3) } }],
      [note('a', 1), note('', 2), { note: 'a', at: { note: time(3) } }],
      [note('a', 1), withAnswer({ at: { note: time(2) } }), { note: 'a', at: { note: time(3) } }],
      [withAnswer({ note: 'a', at: {} }), withAnswer({ note: 'b', at: {} }), { note: 'a\nb', at: {} }],
    ] as const) {
      assert.deepEqual(answerOf(merge(a, b, 'both')), want)
      assert.deepEqual(answerOf(merge(b, a, 'both')), want)
    }
  })

  test('a company that one file still has stays', () => {
    const dead = saved({ first: company({ deleted: true, at: { deleted: time(5) } }) })
    assert.deepEqual(
      merge(dead, note('a', 1), 'both').companies.first,
      company({ answers: { antivirus: { note: 'a', at: { note: time(1) } } }, at: { deleted: time(6) } }),
    )
  })

  const two = (random: Random) => [someSaved(random), someSaved(random)] as const

  test('changes give what they were made of', () =>
    forAll(200, two, ([before, other]) => {
      const after = merge(before, other)
      const changes = changesSince(before, after)
      assert.equal(serialize(merge(before, changes)), serialize(after))
      assert.ok(serialize(changes).length <= serialize(after).length)
      assert.deepEqual(changesSince(after, after).companies, {})
    }))

  for (const notes of ['newer', 'both'] as const) {
    test(`${notes}: commutative and idempotent`, () =>
      forAll(500, two, ([a, b]) => {
        const ab = merge(a, b, notes)
        assert.deepEqual(merge(b, a, notes), ab)
        assert.deepEqual(merge(a, a, notes), a)
        assert.deepEqual(merge(ab, b, notes), ab)
        assert.deepEqual(merge(a, ab, notes), ab)
        assert.deepEqual(parse(serialize(ab)), { saved: ab })
      }))
  }

  test('associative, but for companies deleted and brought back', () =>
    forAll(
      500,
      (random) =>
        [someSaved(random), someSaved(random), someSaved(random)].map((saved) => {
          for (const id of Object.keys(saved.companies)) {
            if (saved.companies[id]!.deleted) delete saved.companies[id]
          }
          return saved
        }),
      ([a, b, c]) => {
        assert.deepEqual(merge(merge(a!, b!), c!), merge(a!, merge(b!, c!)))
      },
    ))

  test('loses no company, measure, or unknown field', () =>
    forAll(500, two, ([a, b]) => {
      for (const notes of ['newer', 'both'] as const) {
        const merged = merge(a, b, notes)
        for (const from of [a, b]) {
          assert.ok(Object.keys(from).every((field) => Object.hasOwn(merged, field) || Object.hasOwn(merged.at, field)))
          for (const [id, { answers }] of Object.entries(from.companies)) {
            const into = merged.companies[id]
            assert.ok(into)
            if (!into.deleted)
              assert.deepEqual(
                Object.keys(answers).filter((measure) => !Object.hasOwn(into.answers, measure)),
                [],
              )
          }
        }
      }
    }))

  test('loses no note from files', () =>
    forAll(500, two, ([a, b]) => {
      const merged = merge(a, b, 'both')
      for (const from of [a, b]) {
        for (const [id, { answers }] of Object.entries(from.companies)) {
          for (const [measure, { note = '' }] of Object.entries(answers)) {
            assert.ok(
              `\n${merged.companies[id]?.answers[measure]?.note ?? ''}\n`.includes(note === '' ? '' : `\n${note}\n`),
              `${id} ${measure}`,
            )
          }
        }
      }
    }))
})

test('answers given before it was known what there is are those of the company that pages open with', () => {
  const at = { status: '2026-11-02T00:00:00.000Z', note: '2026-11-02T00:00:00.000Z' }
  const earlier = { status: '2026-11-01T00:00:00.000Z', note: '2026-11-01T00:00:00.000Z' }
  const given: Saved = {
    format,
    companies: {
      first: {
        name: 'わたしの会社',
        methods: ['vpn'],
        answers: { antivirus: { status: 'done', note: '新しい', at } },
        at: { 'methods.vpn': at.note },
      },
    },
    current: 'first',
    at: { current: at.note },
  }
  const company = (name: string): Company => ({
    name,
    methods: [],
    answers: { antivirus: { status: 'todo', note: '前の', at: earlier } },
    at: { name: earlier.note },
  })
  const there: Saved = {
    format,
    companies: { a: company('A社'), b: company('B社') },
    current: 'b',
    at: { current: earlier.note },
  }

  const joined = mergeIntoCurrent(given, there)
  assert.deepEqual(Object.keys(joined.companies).sort(), ['a', 'b'])
  assert.equal(joined.current, 'b')
  const { name, methods, answers } = joined.companies.b!
  assert.deepEqual(
    [name, methods, answers.antivirus?.status, answers.antivirus?.note],
    ['B社', ['vpn'], 'done', '前の\n新しい'],
  )
  assert.deepEqual(joined.companies.a, there.companies.a)

  for (const [why, ours, theirs] of [
    ['the same company', given, { ...there, companies: { first: company('A社') }, current: 'first' }],
    ['nothing is there', given, empty()],
    [
      'a company with a name of its own',
      { ...given, companies: { first: { ...given.companies.first!, at: { name: at.note } } } },
      there,
    ],
    ['several', { ...given, companies: { ...given.companies, c: company('C社') } }, there],
  ] as const)
    assert.deepEqual(mergeIntoCurrent(ours, theirs), merge(ours, theirs), why)
})
