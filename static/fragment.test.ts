import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode, splitPath } from './fragment.ts'

test('what was encoded on the way is decoded, however often', () => {
  for (const [got, want] of [
    ['owner=company&remote=yes', 'owner=company&remote=yes'],
    ['owner%3Dcompany%26remote%3dyes', 'owner=company&remote=yes'],
    ['owner%253Dcompany', 'owner=company'],
    ['owner=company&amp;remote=yes', 'owner=company&remote=yes'],
    ['owner=company&amp;amp;remote=yes', 'owner=company&remote=yes'],
    ['%zz%', '%zz%'],
    ['a%E3%80%82', 'a\u00e3\u0080\u0082'],
  ] as const)
    assert.equal(decode(got), want)
})

test('a hostile fragment takes no time without end', () => {
  assert.equal(decode('%25'.repeat(100_000)).length, 100_000)
  assert.ok(decode(`%${'25'.repeat(50_000)}`).length > 90_000)
})

test('a path that has swallowed its fragment is split', () => {
  assert.equal(splitPath('/a/workspace.html%23share=1.2.x'), '/a/workspace.html#share=1.2.x')
  assert.equal(splitPath('/flow.html%23owner=company%23'), '/flow.html#owner=company%23')
  assert.equal(splitPath('/C%23/flow.html'), undefined)
  assert.equal(splitPath('/nothing.html'), undefined)
})
