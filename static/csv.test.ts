import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { forAll, someText } from './answers/random.testing.ts'
import { toCsv } from './csv.ts'

test('rows are written as Excel reads them', () => {
  assert.equal(
    toCsv([
      ['対策', 'a,b'],
      ['"x"', 'two\nlines'],
      ['', ' '],
    ]),
    '\ufeff対策,"a,b"\r\n"""x""","two\nlines"\r\n, \r\n',
  )
})

/** The texts of csv.txt, by whether a spreadsheet would read them as something else. */
function cases(kind: 'guarded' | 'plain'): string[] {
  const text = readFileSync(join(import.meta.dirname, 'csv.txt'), 'utf8')
  const [, lines = ''] = new RegExp(`^\\[${kind}\\]\n((?:[^[].*\n)+)`, 'm').exec(text) ?? []
  return lines.trimEnd().split('\n')
}

test('no cell becomes a formula, a date or another number', () => {
  for (const text of [...cases('guarded'), '\tx', '\rx', '\nx'])
    assert.deepEqual(readCsv(toCsv([[text]])), [[`'${text}`]])
})

test('other texts, numbers and dates stay as they are', () => {
  for (const text of cases('plain')) assert.deepEqual(readCsv(toCsv([[text]])), [[text]])
})

test('what is written can be read again', () =>
  forAll(
    2000,
    (random) => random.list(4, () => random.list(4, () => someText(random) + random.pick(['', '"', ',', '\r\n', '=']))),
    (rows) => {
      const got = readCsv(toCsv(rows))
      // A row without cells cannot be told from one with an empty cell.
      const wanted = rows.map((row) => (row.length === 0 ? [''] : row))
      assert.deepEqual(
        got.map((row, i) => row.map((cell, j) => (cell === wanted[i]?.[j] ? cell : cell.replace(/^'/, '')))),
        wanted,
      )
    },
  ))

/** Reads CSV by RFC 4180. */
function readCsv(text: string): string[][] {
  assert.ok(text.startsWith('\ufeff'))
  const rows: string[][] = []
  let rest = text.slice(1)
  let row: string[] = []
  while (rest !== '') {
    const [all, quoted, plain = '', end] =
      /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest) ?? assert.fail(`not CSV: ${JSON.stringify(rest)}`)
    row.push(quoted?.replaceAll('""', '"') ?? plain)
    rest = rest.slice(all.length)
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  assert.equal(row.length, 0)
  return rows
}
