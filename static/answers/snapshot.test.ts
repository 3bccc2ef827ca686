import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { empty, serialize, type Company } from './format.ts'
import { merge } from './merge.ts'
import { parse } from './parse.ts'
import { company, catalogue, saved, time } from './samples.testing.ts'
import { readSnapshot, snapshotField, snapshotOf, snapshotsOf, writeSnapshot, type Snapshot } from './snapshot.ts'
import { stampChanges } from './stamp.ts'

const made = time(5)

const state: Snapshot = {
  made,
  name: '監査の前 <b>=1',
  methods: ['m', 'n'],
  answers: { a: { status: 'done', revision: 2, at: {} }, b: { status: 'todo', at: {} } },
}

suite('a state as a text', () => {
  test('is read as it was written', () => {
    assert.equal(writeSnapshot(state), `${made} m n\n監査の前 <b>=1\na done 2\nb todo`)
    assert.deepEqual(readSnapshot(writeSnapshot(state)), state)
  })

  test('keeps its name on one line', () => {
    const { name, answers } = readSnapshot(writeSnapshot({ ...state, name: 'a\nb done 3\u202e\u0000' }))!
    assert.equal(name, 'a b done 3')
    assert.deepEqual(answers, state.answers)
  })

  test('is read as far as it can be', () => {
    const odd = `${made} m\n\nconstructor done 1\n__proto__ done\na lost 1\nb done x\n\n c na`
    const { answers } = readSnapshot(odd)!
    assert.deepEqual(Object.entries(answers), [
      ['constructor', { status: 'done', revision: 1, at: {} }],
      ['__proto__', { status: 'done', at: {} }],
      ['b', { status: 'done', at: {} }],
    ])
    assert.equal('polluted' in {}, false)
    for (const text of ['', 'x', '2026-11-29 m\n', '2026-02-30T00:00:00.000Z\n'])
      assert.equal(readSnapshot(text), undefined, text)
  })
})

suite('the state of a company', () => {
  const of = (answers: Company['answers'], methods = ['m']) =>
    snapshotOf(catalogue, company({ methods, answers }), made).answers

  test('has each measure of its checklists, answered or not', () => {
    assert.deepEqual(
      of({ a: { status: 'done', revision: 1, note: 'secret', owner: 'x', at: {} }, gone: { status: 'done', at: {} } }),
      {
        a: { status: 'done', revision: 1, at: {} },
        b: { status: 'todo', at: {} },
        c: { status: 'todo', at: {} },
        d: { status: 'todo', at: {} },
      },
    )
  })

  test('counts as done only what counts', () => {
    // It was answered for the measure that b replaces, and is to be looked at again.
    assert.deepEqual(of({ old: { status: 'done', revision: 1, at: {} } }).b, { status: 'todo', revision: 0, at: {} })
  })
})

suite('states in a company', () => {
  const one = snapshotField('1')
  const two = snapshotField('2')
  const text = (n: number, name = '') => writeSnapshot({ ...state, made: time(n), name })

  test('are listed by time, those that can be read', () => {
    const holder = { ...company(), [two]: text(1), [one]: text(2), [snapshotField('3')]: 'odd', 'contact.boss': '090' }
    assert.deepEqual(
      snapshotsOf(holder).map(([id]) => id),
      ['2', '1'],
    )
  })

  test('merge each alone: one is renamed here, another erased there', () => {
    const both = saved({
      first: { ...company(), [one]: text(1), [two]: text(2), at: { [one]: time(1), [two]: time(2) } },
    })
    const edit = (change: (company: Company) => void, n: number) => {
      const draft = structuredClone(both)
      change(draft.companies.first!)
      stampChanges(both, draft, (at, field) => void (at[field] = time(n)))
      return draft
    }
    const renamed = edit((company) => void (company[one] = text(1, 'A')), 3)
    const erased = edit((company) => void Reflect.deleteProperty(company, two), 4)
    for (const merged of [merge(renamed, erased), merge(erased, renamed), merge(merge(renamed, erased), both)])
      assert.deepEqual(
        snapshotsOf(merged.companies.first!).map(([id, { name }]) => [id, name]),
        [['1', 'A']],
      )
  })

  test('survive a file, and go with their company', () => {
    const before = saved({ first: { ...company(), [one]: text(1), at: { [one]: time(1) } } })
    const result = parse(serialize(before))
    assert.ok('saved' in result)
    assert.deepEqual(result.saved, before)
    const gone = { ...empty(), companies: { first: company({ deleted: true, at: { deleted: time(9) } }) } }
    assert.deepEqual(Object.keys(merge(before, gone).companies.first!).sort(), [
      'answers',
      'at',
      'deleted',
      'methods',
      'name',
    ])
  })
})
