// data/progress.schema.json is the contract for answers; here the code is held to it.
import { Ajv2020 } from 'ajv/dist/2020.js'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { empty, serialize, statuses } from './format.ts'
import { lock } from './lock.ts'
import { merge } from './merge.ts'
import { parse } from './parse.ts'
import { forAll, someSaved, someValue } from './random.testing.ts'

interface Schema {
  $defs: { answer: { properties: { status: { oneOf: { const: string }[] } } } }
}

const file = join(import.meta.dirname, '../data/progress.schema.json')
const schema = JSON.parse(readFileSync(file, 'utf8')) as Schema
const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false })
const validate = ajv.compile(schema)
const validateLocked = ajv.compile({ $ref: 'urn:tebiki:progress:1#/$defs/locked' })

test('an answer has the same states in the schema and here', () => {
  const states = schema.$defs.answer.properties.status.oneOf.map((state) => state.const)
  assert.deepEqual(states, [...statuses])
})

test('what is written fits', () =>
  forAll(
    2000,
    (random) => [someSaved(random), someSaved(random)] as const,
    ([a, b]) => {
      for (const saved of [empty(), a, merge(a, b), merge(a, b, 'both')]) {
        assert.ok(validate(JSON.parse(serialize(saved))), ajv.errorsText(validate.errors))
      }
    },
  ))

test('what does not fit is not read, and the other way round', async () => {
  let fitting = 0
  await forAll(
    2000,
    (random) => {
      const value = JSON.parse(serialize(someSaved(random))) as Record<string, Record<string, unknown>>
      // Replaces one thing in it with anything.
      let at: Record<string, unknown> = value
      for (;;) {
        const key = random.pick([...Object.keys(at), 'due', 'at', 'companies'])
        const next = at[key]
        if (typeof next === 'object' && next !== null && !Array.isArray(next) && random.chance(0.8)) {
          at = next as Record<string, unknown>
          continue
        }
        // A key that would change a prototype is left out unread.
        const anything: unknown = JSON.parse(JSON.stringify(someValue(random, 2)), (key, value: unknown) =>
          key === '__proto__' ? undefined : value,
        )
        if (key !== '__proto__') at[key] = anything
        break
      }
      return value
    },
    (value) => {
      const read = 'saved' in parse(JSON.stringify(value))
      const fits = validate(value)
      if (fits) fitting++
      // A deleted company that still holds something is read, and emptied.
      const onlyLeftovers = validate.errors?.every(({ schemaPath }) => /\/(then|if)\b/.test(schemaPath))
      assert.ok(read === fits || (read && onlyLeftovers), `read ${read}, ${ajv.errorsText(validate.errors)}`)
    },
  )
  assert.ok(fitting > 100, `got ${fitting} that fit, want many`)
})

test('a locked file fits', async () => {
  const locked = await lock(serialize(empty()), 'passphrase')
  assert.ok('text' in locked)
  assert.ok(validateLocked(JSON.parse(locked.text)), ajv.errorsText(validateLocked.errors))
})
