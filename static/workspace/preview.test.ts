import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { cleanName } from '../answers/companies.ts'
import { diff } from '../answers/diff.ts'
import { exportOf } from '../answers/export.ts'
import { empty, own, serialize, type Answer, type Company, type Saved } from '../answers/format.ts'
import { guessTargets } from '../answers/match.ts'
import { merge } from '../answers/merge.ts'
import { parse } from '../answers/parse.ts'
import { forAll, someSaved, type Random } from '../answers/random.testing.ts'
import { stampChanges } from '../answers/stamp.ts'
import {
  aim,
  apply,
  compare,
  futureOf,
  isTooMuch,
  putBack,
  readUndo,
  revert,
  untaken,
  writeUndo,
  type Choice,
  type Row,
} from './preview.ts'

const time = (n: number) => new Date(Date.UTC(2026, 0, 1) + n).toISOString()

const unnamed = 'わたしの会社'

/** A company whose name somebody chose. */
function company(name: string, answers: Record<string, Answer> = {}, fields: Partial<Company> = {}): Company {
  return { name, methods: [], answers, at: { name: time(0) }, ...fields }
}

function saved(companies: Record<string, Company>): Saved {
  return { ...empty(), companies, current: Object.keys(companies)[0] ?? '' }
}

/** What the store makes of answers that replace others. */
function replace(before: Saved, after: Saved): Saved {
  const draft = structuredClone(after)
  stampChanges(before, draft, (at, field) => {
    at[field] = new Date(Math.max(Date.parse(time(1e12)), Date.parse(own(at, field) ?? time(0)) + 1)).toISOString()
  })
  const result = parse(serialize(draft))
  if ('fault' in result) throw new Error(`got ${JSON.stringify(result.fault)}, want what can be read again`)
  return result.saved
}

function load(mine: Saved, theirs: Saved, choose: (row: Row) => Choice = ({ choice }) => choice) {
  const { aimed, ids } = aim(mine, theirs, guessTargets(mine, theirs, unnamed))
  const rows = [...compare(mine, aimed).values()].flatMap(({ rows }) =>
    rows.map((row) => ({ ...row, choice: choose(row) })),
  )
  return { aimed, ids, rows, result: replace(mine, apply(mine, aimed, rows)) }
}

const linesOf = (note = '') => note.split('\n').filter(Boolean)

function expectLines(of: Saved, ids: (id: string) => string | undefined, result: Saved): void {
  for (const [id, { deleted, answers }] of Object.entries(of.companies)) {
    if (deleted) continue
    const target = own(result.companies, ids(id) ?? '')
    assert.ok(target && !target.deleted, `company ${id}: got none, want it kept`)
    for (const [measure, { note }] of Object.entries(answers)) {
      const got = own(target.answers, measure)
      assert.ok(got, `${id} ${measure}: got no answer, want one`)
      for (const line of linesOf(note))
        assert.ok(
          linesOf(got.note).includes(line),
          `${id} ${measure}: got the note ${JSON.stringify(got.note)}, want the line ${JSON.stringify(line)} in it`,
        )
    }
  }
}

/** Answers whose companies and measures all have names, as on the page. */
function some(random: Random): Saved {
  const saved = someSaved(random)
  for (const [id, company] of Object.entries(saved.companies)) {
    if (!company.deleted) company.name = cleanName(company.name) || id
    Reflect.deleteProperty(company.answers, '')
  }
  return saved
}

const two = (random: Random): [Saved, Saved] => [some(random), some(random)]

/** What differs, apart from the order in which methods were added. */
function differences(a: Saved, b: Saved) {
  const methods = (saved: Saved, id: string) => JSON.stringify(own(saved.companies, id)?.methods.toSorted())
  return diff(a, b).filter(
    ({ company: id, fields }) =>
      fields.length > 0 && !(fields.join() === 'methods' && methods(a, id) === methods(b, id)),
  )
}

suite('loading a file', () => {
  test('loses no measure and no line of a note, here or in the file', async () => {
    await forAll(1000, two, ([mine, theirs]) => {
      const { ids, result } = load(mine, theirs)
      expectLines(mine, (id) => id, result)
      expectLines(theirs, (id) => ids.get(id), result)
    })
  })

  test('leaves what is here when the reader keeps it', async () => {
    await forAll(1000, two, ([mine, theirs]) => {
      const { result } = load(mine, theirs, () => 'mine')
      const changed = differences(mine, result).filter(
        ({ company: id, kind }) =>
          !(kind === 'theirs-only' && (!own(mine.companies, id) || mine.companies[id]?.deleted)),
      )
      assert.deepEqual(changed, [])
    })
  })

  test('takes what the file has when the reader says so', async () => {
    await forAll(1000, two, ([mine, theirs]) => {
      const { aimed, result } = load(mine, theirs, () => 'theirs')
      const differing = differences(result, aimed).filter(
        ({ kind, company: id }) => kind !== 'mine-only' && own(aimed.companies, id),
      )
      assert.deepEqual(differing, [])
    })
  })

  test('makes what is chosen win in every tab', async () => {
    await forAll(1000, two, ([mine, theirs]) => {
      const choose = ({ measure }: Row): Choice => (measure.length % 2 ? 'theirs' : 'both')
      const { result } = load(mine, theirs, choose)
      assert.deepEqual(diff(result, merge(mine, result)), [])
    })
  })

  test('can be taken back', async () => {
    await forAll(1000, two, ([mine, theirs]) => {
      const { result } = load(mine, theirs, ({ kind }) => (kind === 'newer-mine' ? 'theirs' : 'both'))
      const back = replace(result, revert(result, mine, result))
      assert.deepEqual(differences(mine, back), [])
    })
  })

  test('leaves what was changed after it when it is taken back', () => {
    const mine = saved({
      a: company('A', {
        x: { status: 'todo', at: { status: time(1) } },
        y: { status: 'todo', at: { status: time(1) } },
      }),
    })
    const theirs = saved({
      a: company('A', {
        x: { status: 'done', at: { status: time(2) } },
        y: { status: 'done', at: { status: time(2) } },
      }),
      b: company('B', { x: { status: 'done', at: {} } }),
    })
    const { result } = load(mine, theirs)
    const later = structuredClone(result)
    later.companies.a!.answers.y = { status: 'doing', at: { status: time(2e12) } }
    later.companies.b!.answers.z = { status: 'doing', at: { status: time(2e12) } }
    const back = replace(later, revert(later, mine, result))
    assert.equal(back.companies.a?.answers.x?.status, 'todo')
    assert.equal(back.companies.a?.answers.y?.status, 'doing')
    assert.equal(back.companies.b?.answers.z?.status, 'doing')
  })

  test('brings back everything after all was erased', async () => {
    await forAll(1000, some, (before) => {
      const erased = replace(before, empty())
      const { result } = load(erased, exportOf(before))
      assert.deepEqual(differences(before, result), [])
      assert.deepEqual(
        (result as { later?: unknown }).later,
        (before as { later?: unknown }).later,
        'what is said of all companies',
      )
    })
  })

  test('gives what a reader is shown', () => {
    const mine = saved({
      first: company('A', {
        same: { status: 'done', at: { status: time(1) } },
        here: { status: 'done', at: { status: time(1) } },
        older: { status: 'doing', at: { status: time(1) } },
        newer: { status: 'done', at: { status: time(3) } },
        both: { status: 'done', note: 'mine', at: { status: time(3), note: time(1) } },
      }),
    })
    const theirs = saved({
      first: company('A', {
        same: { status: 'done', at: { status: time(1) } },
        there: { status: 'done', at: { status: time(1) } },
        older: { status: 'done', at: { status: time(2) } },
        newer: { status: 'doing', at: { status: time(2) } },
        both: { status: 'doing', note: 'theirs', at: { status: time(1), note: time(2) } },
      }),
    })
    const { aimed, result } = load(mine, theirs)
    const { rows, ...counts } = compare(mine, aimed).get('first')!
    assert.deepEqual(counts, { isNew: false, same: 1, mineOnly: 1 })
    assert.deepEqual(Object.fromEntries(rows.map(({ measure, kind }) => [measure, kind])), {
      there: 'theirs-only',
      older: 'newer-theirs',
      newer: 'newer-mine',
      both: 'conflict',
    })
    const { answers } = result.companies.first!
    assert.deepEqual(
      Object.entries(answers).map(([measure, { status, note }]) => [measure, status, note]),
      [
        ['both', 'done', 'mine\ntheirs'],
        ['here', 'done', undefined],
        ['newer', 'done', undefined],
        ['older', 'done', undefined],
        ['same', 'done', undefined],
        ['there', 'done', undefined],
      ],
    )
  })
})

suite('which company is which', () => {
  test('a new one keeps its id where that is free', () => {
    const mine = saved({ a: company('A'), gone: company('', {}, { deleted: true }) })
    const theirs = saved({ a: company('B'), b: company('C'), gone: company('D') })
    const { ids } = aim(
      mine,
      theirs,
      new Map([
        ['a', ''],
        ['b', ''],
        ['gone', ''],
      ]),
    )
    assert.notEqual(ids.get('a'), 'a')
    assert.deepEqual([ids.get('b'), ids.get('gone')], ['b', 'gone'])
  })

  test('two of the file that go to one are joined, and one that is left out is not there', () => {
    const theirs = saved({
      a: company('A', { x: { note: 'a', at: {} } }),
      b: company('B', { x: { note: 'b', at: {} } }),
      c: company('C'),
    })
    const { aimed } = aim(
      saved({ z: company('Z') }),
      theirs,
      new Map([
        ['a', 'z'],
        ['b', 'z'],
        ['c', undefined],
      ]),
    )
    assert.deepEqual(Object.keys(aimed.companies), ['z'])
    assert.deepEqual(linesOf(aimed.companies.z?.answers.x?.note).sort(), ['a', 'b'])
  })

  test('a name from a file is made fit', () => {
    const { aimed } = aim(
      empty(),
      saved({ a: company(`\u202e${'x'.repeat(200)}\n`), b: company(' ') }),
      new Map([
        ['a', ''],
        ['b', ''],
      ]),
    )
    assert.deepEqual(
      Object.values(aimed.companies).map(({ name }) => name),
      ['x'.repeat(80), 'b'],
    )
  })
})

test('what nobody could look through is too much', () => {
  assert.equal(
    isTooMuch(
      saved({ a: company('A', Object.fromEntries(Array.from({ length: 4999 }, (_, i) => [`m${i}`, { at: {} }]))) }),
    ),
    false,
  )
  assert.equal(
    isTooMuch(saved(Object.fromEntries(Array.from({ length: 5001 }, (_, i) => [`c${i}`, company('A')])))),
    true,
  )
})

test('what was erased comes back beside what was written since', async () => {
  await forAll(1000, two, ([before, later]) => {
    const erased = replace(before, empty())
    const now = merge(erased, {
      ...later,
      companies: Object.fromEntries(Object.entries(later.companies).map(([id, company]) => [`new-${id}`, company])),
    })
    const back = replace(now, putBack(now, before))
    assert.deepEqual(
      differences(before, back).filter(({ company: id, kind }) => !(kind === 'theirs-only' && id.startsWith('new-'))),
      [],
    )
    assert.equal(back.current, before.current)
  })
})

suite('what was not taken', () => {
  const mine = saved({
    a: company('A', {
      same: { status: 'done', at: { status: time(1) } },
      newer: { status: 'done', owner: 'X', at: { status: time(9), owner: time(9) } },
      noted: { note: 'mine', at: { note: time(9) } },
      here: { status: 'done', at: { status: time(1) } },
    }),
  })
  const theirs = saved({
    a: company('A', {
      same: { status: 'done', at: { status: time(1) } },
      newer: { status: 'todo', at: { status: time(2) } },
      noted: { note: 'theirs', at: { note: time(2) } },
      there: { status: 'na', at: { status: time(2) } },
    }),
  })
  const left = (choose: (row: Row) => Choice) => {
    const { aimed, result } = load(mine, theirs, choose)
    return untaken(result, aimed).map(({ measure, fields }) => `${measure} ${fields.join()}`)
  }

  test('is everything that differs when the reader keeps what is here', () => {
    assert.deepEqual(left(() => 'mine').sort(), ['newer status', 'noted note', 'there status'])
  })
  test('is what is older when the reader takes the newer', () => {
    assert.deepEqual(
      left(({ choice }) => choice),
      ['newer status'],
    )
  })
  test('is nothing when the reader takes the file', () => {
    assert.deepEqual(
      left(() => 'theirs'),
      [],
    )
  })
  test('is nothing in what is the same', () => {
    assert.deepEqual(untaken(mine, mine), [])
  })
})

test('a time in the future is counted', () => {
  const now = new Date(Date.UTC(2026, 0, 1))
  const of = (n: number) => saved({ a: company('A', { x: { status: 'done', at: { status: time(n) } } }) })
  assert.deepEqual(futureOf(of(60_000), now), { count: 0, latest: '' })
  assert.deepEqual(futureOf(of(86_400_000), now), { count: 1, latest: time(86_400_000) })
  assert.deepEqual(futureOf({ ...empty(), companies: { a: company('A', {}, { at: { name: time(1e9) } }) } }, now), {
    count: 1,
    latest: time(1e9),
  })
})

test('what a file changed can be undone after the page was left', async () => {
  await forAll(500, two, ([mine, theirs]) => {
    const { result } = load(mine, theirs)
    const undo = readUndo(writeUndo(mine, result))
    assert.ok(undo)
    const back = replace(result, revert(result, undo.before, undo.after))
    assert.deepEqual(differences(mine, back), differences(mine, replace(result, revert(result, mine, result))))
  })
  assert.equal(readUndo(''), undefined)
  assert.equal(readUndo('[1,2]'), undefined)
  assert.equal(readUndo('{'), undefined)
  const long = saved({ a: company('A', { x: { note: 'あ'.repeat(2_000_000), at: {} } }) })
  assert.equal(writeUndo(saved({}), long), '', 'too long to be kept')
})
