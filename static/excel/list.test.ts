import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unzipSync } from 'fflate'
import { listCsv, listWorkbook, type List } from './list.ts'
import { readWorkbook } from './read-workbook.ts'

const names = [
  '=1+1',
  '<b>&"\'</b>',
  'a\nb',
  '𠮷 👩‍💻 \u202eabc',
  '\u0000\u0007x\ud800',
  '_x0041_',
  '1-1',
  `${'漢'.repeat(40_000)}`,
]

const list: List = {
  sheet: "A & B's",
  font: 'Calibri',
  columns: [
    { head: 'Name <', kind: 'text' },
    { head: 'Done', kind: 'number' },
    { head: 'Last', kind: 'day' },
  ],
  rows: names.map((name, index) => [name, index, index % 2 ? '2026-11-29' : '']),
}

const bytesOf = async () => new Uint8Array(await (await listWorkbook(list)).arrayBuffer())

test('a workbook says what it was given: texts, numbers and days', async () => {
  const [sheet] = await readWorkbook(await bytesOf())
  assert.deepEqual(sheet!.map(({ cells }) => cells.map(({ text }) => text)).slice(0, 7), [
    ['Name <', 'Done', 'Last'],
    ['=1+1', '0'],
    ['<b>&"\'</b>', '1', '2026-11-29'],
    ['a\nb', '2'],
    ['𠮷 👩‍💻 \u202eabc', '3', '2026-11-29'],
    ['x\ufffd', '4'],
    ['_x0041_', '5', '2026-11-29'],
  ])
  assert.equal(sheet![8]!.cells[0]!.text.length, 32_767)
  assert.deepEqual(
    sheet!.slice(1).map(({ cells }) => typeof cells[1]!.number),
    names.map(() => 'number'),
  )
})

test('its head stays in sight, and it can be filtered', async () => {
  const files = unzipSync(await bytesOf())
  const sheet = new TextDecoder().decode(files['xl/worksheets/sheet1.xml'])
  assert.match(sheet, /<pane ySplit="1" [^>]*state="frozen"\/>/)
  assert.match(sheet, /<autoFilter ref="A1:C9"\/>/)
  assert.match(new TextDecoder().decode(files['xl/workbook.xml']), /hidden="1">'A &amp; B''s'!\$A\$1:\$C\$9</)
})

test('as text, cells that would be read as something else are guarded', () => {
  const lines = listCsv(list).split('\r\n')
  assert.deepEqual(
    [lines[0], lines[1], lines[3], lines[7]],
    ['\ufeffName <,Done,Last', "'=1+1,0,", '"a\nb",2,', "'1-1,6,"],
  )
})
