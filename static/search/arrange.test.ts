import assert from 'node:assert/strict'
import { test } from 'node:test'
import { staying } from './arrange.ts'

const cases: [rule: string, before: string, after: string, want: string][] = [
  ['in a new list nothing was there to stay', '', 'abc', ''],
  ['in an emptied list nothing stays', 'abc', '', ''],
  ['in the same list all stay', 'abc', 'abc', 'abc'],
  ['what is new moves nothing', 'abc', 'xaybzc', 'abc'],
  ['what goes moves nothing', 'abcd', 'bd', 'bd'],
  ['what comes first now is moved alone', 'abcd', 'dabc', 'abc'],
  ['what comes last now is moved alone', 'abcd', 'bcda', 'bcd'],
  ['of two that change places one stays', 'ab', 'ba', 'a'],
  ['the longer of two sequences stays', 'abcdef', 'efabcd', 'abcd'],
  ['what stays need not stand side by side', 'abcdef', 'acxbed', 'abd'],
  ['in a list turned round one stays', 'abcd', 'dcba', 'a'],
]
for (const [rule, before, after, want] of cases) {
  test(rule, () => {
    const got = [...staying([...before], [...after])].sort().join('')
    assert.equal(got, want, `${before} → ${after}`)
  })
}

test('as many stay as in any other choice', () => {
  const all = [...'abcde']
  for (const after of orders([...all, 'x'])) {
    const stay = staying(all, after)
    const kept = after.filter((item) => stay.has(item))
    assert.deepEqual(kept, kept.toSorted(), `${after}: the order of what stays`)
    assert.equal(kept.length, mostInOrder(after.filter((item) => item !== 'x')), `${after}: how many stay`)
  }
})

/** All orders of some items. */
function orders(items: string[]): string[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item) => orders(items.filter((other) => other !== item)).map((rest) => [item, ...rest]))
}

/** The length of the longest choice of items that is in order, found by trying all choices. */
function mostInOrder(items: string[], after = ''): number {
  const lengths = items.map((item, i) => (item > after ? 1 + mostInOrder(items.slice(i + 1), item) : 0))
  return Math.max(0, ...lengths)
}
