import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Saved } from './format.ts'
import { merge } from './merge.ts'
import { forAll, someSaved } from './random.testing.ts'
import { time } from './samples.testing.ts'
import { stampChanges } from './stamp.ts'

suite('stampChanges', () => {
  test('what is put in place of another wins wherever they meet', () =>
    forAll(
      2000,
      (random) => [someSaved(random), someSaved(random)] as const,
      ([before, wanted]) => {
        const after = structuredClone(wanted)
        stampChanges(before, after, (at, field) => {
          at[field] = at[field] === undefined ? time(5) : new Date(Date.parse(at[field]) + 5).toISOString()
        })
        const merged = merge(before, after)
        assert.deepEqual(visible(merged), visible(wanted))
        assert.deepEqual(visible(after), visible(wanted))
      },
    ))
})

/** What a reader can see. */
function visible({ companies, format, current, exported }: Saved): unknown {
  const alive = Object.entries(companies).filter(([, { deleted }]) => !deleted)
  return {
    format,
    current,
    exported,
    companies: Object.fromEntries(
      alive.map(([id, { name, methods, answers }]) => [
        id,
        {
          name,
          methods: [...methods].sort(),
          answers: Object.fromEntries(
            Object.entries(answers)
              .map(([measure, { at: _, ...fields }]) => [measure, fields])
              .filter(([, fields]) => Object.keys(fields!).length > 0),
          ),
        },
      ]),
    ),
  }
}
