import assert from 'node:assert/strict'
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

test('no cell becomes a formula', () => {
  for (const text of ['=1', '+1', '-1', '@x', '\tx', '\rx', '\nx', '＝1', '＋1', '－1', '＠x']) {
    const [, cell = ''] = /^\ufeff"?([^]*?)"?\r\n$/.exec(toCsv([[text]])) ?? []
    assert.equal(cell, `'${text}`)
  }
  assert.equal(toCsv([['a=1', "'x", '1-1']]), "\ufeffa=1,'x,1-1\r\n")
})

test('what is written can be read again', () =>
  forAll(
    2000,
    (random) => random.list(4, () => random.list(4, () => someText(random) + random.pick(['', '"', ',', '\r\n', '=']))),
    (rows) => {
      const wanted = rows.map((row) => row.map((text) => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text)))
      // A row without cells cannot be told from one with an empty cell.
      assert.deepEqual(
        readCsv(toCsv(rows)),
        wanted.map((row) => (row.length === 0 ? [''] : row)),
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
