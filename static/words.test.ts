import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fill, listOf } from './words.ts'

test('placeholders are filled in, and those without a value stay', () => {
  assert.equal(fill('{total}件中 {count}件', { total: 33, count: 5 }), '33件中 5件')
  assert.equal(fill('{other} {toString} {title}', { title: '{total}' }), '{other} {toString} {total}')
})

test('a space divides the items of an attribute', () => {
  assert.deepEqual(listOf('  a  b '), ['a', 'b'])
  assert.deepEqual(listOf(), [])
})
