import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { unzipSync } from 'fflate'
import { maxCell, readHead } from './values.ts'
import { fillWorkbook, linesOf, patch, type Template } from './fill.ts'
import { readWorkbook } from './read-workbook.ts'
import { answers, company, hard, made, measures, template, words } from './samples.testing.ts'
import { findTable } from './table.ts'

const filled = async (fields: object = company.answers, of: Template = template) =>
  new Uint8Array(
    await (
      await fillWorkbook(of, {
        id: 'first',
        company: { ...company, answers: fields as typeof answers },
        now: new Date(made),
        today: '2026-11-29',
      })
    ).arrayBuffer(),
  )

/** The texts of a sheet, by cell. */
async function cellsOf(bytes: Uint8Array<ArrayBuffer>, sheet: number): Promise<Map<string, string>> {
  const rows = (await readWorkbook(bytes))[sheet]!
  return new Map(
    rows.flatMap(({ number, cells }) =>
      cells.map((cell, column) => [`${String.fromCharCode(65 + column)}${number}`, cell.text] as const),
    ),
  )
}

suite('the workbook', () => {
  test('says what the answers say', async () => {
    const cells = await cellsOf(await filled(), 0)
    const row = (n: number) => [...'FGHIJKL'].map((letter) => cells.get(`${letter}${n}`) ?? '')
    assert.deepEqual([5, 6, 7, 8].map(row), [
      ['To do', '', '', '', '', '', hard],
      ['Done', '', '佐藤', '', '2026-11-01', '', '=1+1'],
      ['Not applicable', 'no fridge', '', '', '', '', ''],
      ['Not sure', '', '-1', '2026-02-28', '', '', ''],
    ])
    assert.equal(cells.get('C2'), company.name)
    assert.equal(cells.get('C3'), '2026-11-29')
    assert.deepEqual(readHead(cells.get('M4')!), { method: 'cook-and-serve', id: 'first', name: company.name, made })
    assert.match(cells.get('M6')!, /^hand-washing 2( \S+){7}$/)
  })

  test('has figures that stand there before they are reckoned, as numbers', async () => {
    const bytes = await filled()
    const cells = await cellsOf(bytes, 1)
    assert.deepEqual(
      [...'CDEFGH'].map((letter) => cells.get(`${letter}4`)),
      ['3', '1', '2', '1', '1', '0.5'],
    )
    const sheet = new TextDecoder().decode(unzipSync(bytes)['xl/worksheets/sheet2.xml'])
    assert.match(sheet, /<c r="F4" s="\d+"><f>COUNTIFS\([^<]+<\/f><v>1<\/v><\/c>/)
    const states = await cellsOf(bytes, 2)
    assert.deepEqual(
      [2, 3, 4, 5, 6].map((row) => `${states.get(`C${row}`)} ${states.get(`E${row}`)}`),
      ['1-1 To do', '1-2 Done', '2-1 Not applicable', '2-10 Not sure', '1-1 To do'],
    )
  })

  test('marks what has changed since it was answered, and counts it as open', async () => {
    const bytes = await filled({
      'hand-washing': { status: 'done', revision: 1, at: {} },
      'opening-list': { status: 'done', revision: 1, at: {} },
    })
    const cells = await cellsOf(bytes, 0)
    const marked = `${measures[1]!.title}${template.changed}`
    assert.deepEqual(
      [5, 6].map((row) => [cells.get(`D${row}`), cells.get(`F${row}`)]),
      [
        ['Opening list', 'Done'],
        [marked, 'Done'],
      ],
    )
    const [figures, states] = [await cellsOf(bytes, 1), await cellsOf(bytes, 2)]
    assert.deepEqual(
      [...'CDEFGH'].map((letter) => figures.get(`${letter}4`)),
      ['3', '0', '3', '0', '3', '0'],
    )
    assert.deepEqual(
      [2, 3].map((row) => states.get(`D${row}`)),
      ['Opening list', marked],
    )
    const [sheet] = await readWorkbook(bytes)
    assert.deepEqual(
      findTable(sheet!, measures, words)!.rows.map(({ measure }) => measure.slug),
      measures.map(({ slug }) => slug),
      'and is known again',
    )
  })

  test('keeps every other byte', async () => {
    const before = unzipSync(new Uint8Array(Buffer.from(template.file, 'base64')))
    const after = unzipSync(await filled())
    assert.deepEqual(Object.keys(after), Object.keys(before))
    for (const [name, bytes] of Object.entries(before)) {
      if (/sheet[123]\.xml$/.test(name)) continue
      assert.deepEqual(after[name], bytes, name)
    }
    // Of the sheets, only what was filled in.
    const [old, now] = [before, after].map((files) => new TextDecoder().decode(files['xl/worksheets/sheet1.xml']))
    const frame = (xml = '') => xml.replace(/<sheetData>.*<\/sheetData>/s, '')
    assert.equal(frame(now), frame(old))
    assert.match(now!, /<dataValidation [^>]*sqref="F5:F8"/)
  })

  test('is the same twice, but for its time', async () => {
    assert.deepEqual(await filled(), await filled())
  })

  test('takes no sign that XML has not, and no more than a cell does', async () => {
    const long = '長'.repeat(maxCell - template.cut.length - 1) + '𠮷'.repeat(100)
    const cells = await cellsOf(
      await filled({ 'hand-washing': { note: `a\u0000b\u0008c\u001fd\ufffee\r\nf\rg\ud800h`, owner: long, at: {} } }),
      0,
    )
    assert.equal(cells.get('L6'), 'abcde\nf\ng\ufffdh')
    const owner = cells.get('H6')!
    assert.ok(owner.length <= maxCell, `got ${owner.length}`)
    assert.ok(owner.startsWith('長長') && owner.endsWith(`長${template.cut}`), 'no half of a sign')
    const sheet = new TextDecoder('utf-8', { fatal: true }).decode(
      unzipSync(await filled({ 'hand-washing': { note: '\u0001<&>]]>"\'_x000d_', at: {} } }))[
        'xl/worksheets/sheet1.xml'
      ],
    )
    assert.ok(sheet.includes("&lt;&amp;&gt;]]&gt;&quot;'_x005F_x000d_"))
    assert.doesNotMatch(sheet, /\u0001/)
  })

  test('without a company is empty, with every state to be done', async () => {
    const bytes = new Uint8Array(
      await (
        await fillWorkbook(template, { id: '', company: undefined, now: new Date(made), today: '2026-11-29' })
      ).arrayBuffer(),
    )
    const cells = await cellsOf(bytes, 0)
    assert.deepEqual(
      [5, 6, 7, 8].map((row) => cells.get(`F${row}`)),
      Array(4).fill('To do'),
    )
  })

  test('is not made of a sheet without the cells', () => {
    assert.throws(
      () => patch('<sheetData><row r="1"><c r="A1"></c></row></sheetData>', new Map([['B1', 'x']])),
      /no cells B1/,
    )
  })

  test('rows have room for what stands in them', () => {
    assert.equal(linesOf('', 10), 1)
    assert.equal(linesOf('123456789', 10), 1)
    assert.equal(linesOf('1234567890', 10), 2)
    assert.equal(linesOf('あいうえ\nあいうえお', 10), 3)
    assert.equal(linesOf('a\n'.repeat(1000), 10), 21)
  })
})
