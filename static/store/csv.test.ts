import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answersToCsv, toCsv } from './csv.ts'
import { forAll, someText } from './random.ts'

test('rows are written as Excel reads them', () => {
  assert.equal(toCsv([['対策', 'a,b'], ['"x"', 'two\nlines'], ['', ' ']]), '\ufeff対策,"a,b"\r\n"""x""","two\nlines"\r\n, \r\n')
})

test('no cell becomes a formula', () => {
  for (const text of ['=1', '+1', '-1', '@x', '\tx', '\rx', '\nx', '＝1', '＋1', '－1', '＠x']) {
    const [, cell = ''] = /^\ufeff"?([^]*?)"?\r\n$/.exec(toCsv([[text]])) ?? []
    assert.equal(cell, `'${text}`)
  }
  assert.equal(toCsv([['a=1', "'x", '1-1']]), "\ufeffa=1,'x,1-1\r\n")
})

test('what is written can be read again', () => forAll(2000, (random) => random.list(4, () => random.list(4, () => someText(random) + random.pick(['', '"', ',', '\r\n', '=']))), (rows) => {
  const wanted = rows.map((row) => row.map((text) => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text)))
  // A row without cells cannot be told from one with an empty cell.
  assert.deepEqual(readCsv(toCsv(rows)), wanted.map((row) => (row.length === 0 ? [''] : row)))
}))

test('answers become a table', () => {
  const words = {
    headings: { measure: '名前', title: '対策', status: '状態', note: 'メモ', owner: '担当', due: '期限', checked: '確認した日', reason: '理由', changed: '最後の変更' },
    statuses: { todo: '未対応', doing: '対応中', done: '対応済み', na: '対象外', unknown: 'わからない' },
  }
  const company = {
    name: '', methods: [], at: {},
    answers: {
      gone: { note: '前の版', at: {} },
      antivirus: { status: 'done' as const, note: '=SUM(A1)', owner: '山田', due: '2026-12-01', at: { status: '2026-11-23T01:00:00.000Z', note: '2026-11-24T01:00:00.000Z' } },
    },
  }
  assert.deepEqual(readCsv(answersToCsv(company, [{ slug: 'backup', title: 'バックアップ' }, { slug: 'antivirus', title: 'ウイルス対策' }], words)), [
    ['名前', '対策', '状態', 'メモ', '担当', '期限', '確認した日', '理由', '最後の変更'],
    ['backup', 'バックアップ', '', '', '', '', '', '', ''],
    ['antivirus', 'ウイルス対策', '対応済み', "'=SUM(A1)", '山田', '2026-12-01', '', '', '2026-11-24'],
    ['gone', '', '', '前の版', '', '', '', '', ''],
  ])
})

/** Reads CSV by RFC 4180. */
function readCsv(text: string): string[][] {
  assert.ok(text.startsWith('\ufeff'))
  const rows: string[][] = []
  let rest = text.slice(1)
  let row: string[] = []
  while (rest !== '') {
    const [all, quoted, plain = '', end] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest) ?? assert.fail(`not CSV: ${JSON.stringify(rest)}`)
    row.push(quoted?.replaceAll('""', '"') ?? plain)
    rest = rest.slice(all.length)
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  assert.equal(row.length, 0)
  return rows
}
