// Tables of many programs, read and compared with the answers.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { tableOf } from '../answers/export.ts'
import { diff } from '../answers/diff.ts'
import { empty, type Answer, type Saved, type Status } from '../answers/format.ts'
import { toCsv } from '../csv.ts'
import { editsFor, guessCompany, idOf } from './edits.ts'
import { fillWorkbook } from './fill.ts'
import { EncodingError, readCsv } from './read-csv.ts'
import { OtherFileError, readWorkbook } from './read-workbook.ts'
import type { Row } from './sheet.ts'
import { findTable, type Table } from './table.ts'
import { answers, company, fileOf, later, made, measures, saved, template, words } from './samples.testing.ts'
import { pack, TooBigError, writeZip, ZipError } from '../zip.ts'

/** Of the table in English. */
const headings = [
  'No.',
  'Priority',
  'Thing to do',
  'Status',
  'Why it is not applicable',
  'Owner',
  'Due date',
  'Date checked',
  'Evidence (link or file name)',
  'Notes',
]

function tableIn(sheets: Iterable<Row[]>): Table {
  for (const sheet of sheets) {
    const table = findTable(sheet, measures, words)
    if (table) return table
  }
  return assert.fail('no table')
}

const filled = async (of: Saved = saved, id = 'first') =>
  new Uint8Array(
    await (
      await fillWorkbook(template, { id, company: of.companies[id], now: new Date(made), today: '2026-11-29' })
    ).arrayBuffer(),
  )

/** What a table changes of the answers: by measure and field, what is written there now. */
function edits(table: Table, mine = saved, target = 'first'): Record<string, unknown> {
  const { theirs, troubles } = editsFor(mine, target, table, words, later)
  const now = Object.values(theirs.companies)[0]!
  const changed: Record<string, unknown> = troubles.length ? { troubles } : {}
  for (const [slug, answer] of Object.entries(now.answers)) {
    const before = mine.companies[target]?.answers[slug]
    for (const field of new Set([answer, before ?? {}].flatMap(Object.keys)) as Set<keyof Answer>) {
      if (field !== 'at' && answer[field] !== before?.[field]) changed[`${slug} ${field}`] = answer[field] ?? ''
    }
  }
  return changed
}

/** What was changed in LibreOffice 7.4: a filled workbook opened, cells written, saved as xlsx and as CSV. */
const inLibreOffice = {
  'opening-list due': '2026-12-01',
  'hand-washing status': 'doing',
  'hand-washing owner': '山田（経理）',
  'fridge-temperature reason': 'sold it',
  'core-temperature owner': '',
  'core-temperature due': '2027-01-31',
}

suite('a table', () => {
  test('that nobody wrote in changes nothing', async () => {
    assert.deepEqual(edits(tableIn(await readWorkbook(await filled()))), {})
    const { theirs } = editsFor(saved, 'first', tableIn(await readWorkbook(await filled())), words, later)
    assert.deepEqual(
      diff(saved, theirs).map(({ measure, kind }) => [measure, kind]),
      [['clean-boards', 'mine-only']],
    )
  })

  test('saved by LibreOffice gives exactly what was written there', async () => {
    assert.deepEqual(edits(tableIn(await readWorkbook(fileOf('libreoffice.xlsx')))), inLibreOffice)
    assert.deepEqual(edits(tableIn(readCsv(fileOf('libreoffice.csv')))), inLibreOffice)
  })

  test('in Shift_JIS, divided by semicolons, is the same as far as its letters go', () => {
    const { 'opening-list note': note, ...others } = edits(tableIn(readCsv(fileOf('libreoffice-sjis.csv'))))
    assert.deepEqual(others, inLibreOffice)
    assert.match(String(note), /^line 1\nline 2/)
  })

  test('is read in every encoding, with each sign between its cells, its columns in any order', () => {
    const rows = [
      ['', 'Cafe', 'X & Y'],
      ['Notes', 'Due date', 'Status', 'Thing to do', 'Somebody’s own'],
      ['a "b", c;\td\ne', '2026/12/1', ' ｄｏｎｅ ', 'Core  temperature', 'x'],
      ['', '', '', '', 'nothing'],
    ]
    const expected = {
      'core-temperature status': 'done',
      'core-temperature note': 'a "b", c;\td\ne',
      'core-temperature due': '2026-12-01',
    }
    for (const separator of [',', ';', '\t'])
      for (const newline of ['\r\n', '\n', '\r']) {
        const text = rows
          .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator))
          .join(newline)
        for (const bytes of [
          Buffer.from(text),
          Buffer.from(`\ufeff${text}`),
          Buffer.from(`\ufeff${text}`, 'utf16le'),
          Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
          Buffer.from(`sep=${separator}\r\n${text}`),
        ]) {
          const table = tableIn(readCsv(new Uint8Array(bytes)))
          assert.deepEqual(edits(table), expected)
          assert.equal(table.company, 'X & Y')
        }
      }
    assert.throws(() => [...readCsv(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfd, 0xff]))], EncodingError)
    assert.deepEqual([...readCsv(new Uint8Array())], [])
  })

  test('signs of quotation that are none break nothing', () => {
    const rows = (text: string) =>
      [...readCsv(Buffer.from(text))][0]!.map(({ cells }) => cells.map(({ text }) => text).join('|'))
    assert.deepEqual(rows('a,"b"c,d"e\n"f,g\nh'), ['a|bc|d"e', '"f|g', 'h'])
    assert.deepEqual(rows('a,"b""c\n""",\n'), ['a|b"c\n"'])
    const start = performance.now()
    rows(`x,${'"a,'.repeat(300_000).replaceAll(',"', ',\n"')}`.slice(0, 900_000))
    assert.ok(performance.now() - start < 20_000)
  })

  test('of this page as CSV is read again', () => {
    const catalogue = { methods: [], groups: [{ slug: 'must', label: 'A', name: 'A' }], measures }
    const csv = tableOf(catalogue, 'cook-and-serve', answers, headings, (status: Status) => words.statuses[status])
    assert.deepEqual(edits(tableIn(readCsv(Buffer.from(csv)))), {})
    // Excel kept the guards; what was written is another text.
    const changed = csv.replace("'=1+1", "'=2+2").replace('Not sure', 'Done')
    assert.deepEqual(edits(tableIn(readCsv(Buffer.from(changed)))), {
      'hand-washing note': '=2+2',
      'core-temperature status': 'done',
    })
  })

  test('has rows that are known without the hidden column, too', async () => {
    const sheet = (await readWorkbook(await filled()))[0]!
    const without = sheet.map((row) => ({ ...row, cells: row.cells.slice(0, 12) }))
    assert.deepEqual(edits(findTable(without, measures, words)!), {})
    // Excel takes 2-1 for a day, and 2-10 for another.
    const asDays = structuredClone(without)
    for (const { number, cells } of asDays) if (number > 4) cells[0] = { text: '2026-02-01' }
    assert.deepEqual(edits(findTable(asDays, measures, words)!), {})
    assert.equal(findTable(asDays, measures, words)!.rows.length, 4)
  })

  test('is taken as a reader sees it, when the hidden column stayed behind in sorting', async () => {
    const sheet = structuredClone((await readWorkbook(await filled()))[0]!)
    const rows = sheet.filter(({ number }) => number > 4)
    const keys = rows.map(({ cells }) => cells[12]!)
    rows.forEach(({ cells }, place) => (cells[12] = keys[(place + 1) % 4]!))
    const table = findTable(sheet, measures, words)!
    assert.deepEqual(
      table.rows.map(({ measure }) => measure.number),
      ['1-1', '1-2', '2-1', '2-10'],
    )
    assert.deepEqual(edits(table), {})
  })

  test('has days as another country writes them, when one of them tells how', async () => {
    const heads = ['Thing to do', 'Status', 'Due date', 'Date checked']
    const dues = (due: string, checked: string) =>
      edits(
        tableIn(readCsv(Buffer.from(toCsv([heads, ['Opening list', '', due, ''], ['Hand washing', '', '', checked]])))),
      )
    assert.deepEqual(dues('01/02/2027', '12/31/2026'), {
      'opening-list due': '2027-01-02',
      'hand-washing checked': '2026-12-31',
    })
    assert.deepEqual(dues('01/02/2027', '31.12.2026'), {
      'opening-list due': '2027-02-01',
      'hand-washing checked': '2026-12-31',
    })
    assert.deepEqual(dues('01/02/2027', '03/04/2026'), {
      troubles: ['2 Due date 01/02/2027', '3 Date checked 03/04/2026'],
    })
    assert.deepEqual(dues('01/31/2027', '31/01/2026'), {
      troubles: ['2 Due date 01/31/2027', '3 Date checked 31/01/2026'],
    })
    // What stood there when the table was made tells, too.
    const sheet = structuredClone((await readWorkbook(await filled()))[0]!)
    sheet.find(({ number }) => number === 6)!.cells[9] = { text: '11/01/2026' }
    sheet.find(({ number }) => number === 8)!.cells[8] = { text: '03/02/2027' }
    assert.deepEqual(edits(findTable(sheet, measures, words)!), { 'core-temperature due': '2027-03-02' })
  })

  test('tells each cell that it cannot read by its row, and takes the others', () => {
    const csv = toCsv([
      ['No.', 'Thing to do', 'Status', 'Due date', 'Notes'],
      ['1-1', 'Opening list', 'finished', '2026-12-01', 'a'],
      ['1-2', 'Hand washing', 'Done', 'soon', ''],
      ['1-2', 'Hand washing', 'Not sure', '', ''],
      ['9-9', 'No such thing', 'Done', '', ''],
      ['1-1', 'Core temperature', 'Done', '', ''],
      ['', 'In all', '', '', ''],
    ])
    assert.deepEqual(edits(tableIn(readCsv(Buffer.from(csv)))), {
      troubles: ['2 state finished', '3 Due date soon', '4 twice Hand washing', '5 measure', '6 measure'],
      'opening-list due': '2026-12-01',
      'opening-list note': 'a',
    })
  })
})

suite('what was written', () => {
  /** The sheet of the filled workbook with other texts in some cells. */
  async function written(cells: Record<string, string | undefined>, of = saved): Promise<Table> {
    const sheet = structuredClone((await readWorkbook(await filled(of)))[0]!)
    for (const [ref, text] of Object.entries(cells)) {
      const row = sheet.find(({ number }) => String(number) === ref.slice(1))!
      row.cells[ref.charCodeAt(0) - 65] = { text: text ?? '' }
    }
    return findTable(sheet, measures, words)!
  }

  test('is an edit, and an emptied cell one that clears', async () => {
    const table = await written({ L6: '', F8: '', H6: undefined, G7: 'new' })
    assert.deepEqual(edits(table), {
      'hand-washing owner': '',
      'hand-washing note': '',
      'fridge-temperature reason': 'new',
      'core-temperature status': 'todo',
    })
  })

  test('is told from what changed here since', async () => {
    const table = await written({ H6: '鈴木' })
    const now = structuredClone(saved)
    const answer = now.companies.first!.answers['hand-washing']!
    Object.assign(answer, {
      note: 'written here since',
      status: 'doing',
      at: { ...answer.at, note: '2026-11-29T12:00:00.000Z', status: '2026-11-29T12:00:00.000Z' },
    })
    assert.deepEqual(edits(table, now), { 'hand-washing owner': '鈴木' })
    assert.equal(editsFor(now, 'first', table, words, later).both.size, 0)
    // Both have changed the same cell.
    const both = await written({ H6: '鈴木', L6: 'written there' })
    const { theirs, both: conflicts } = editsFor(now, 'first', both, words, later)
    assert.deepEqual([...conflicts], ['hand-washing'])
    assert.equal(theirs.companies.first!.answers['hand-washing']!.note, 'written there')
    assert.equal(theirs.companies.first!.answers['hand-washing']!.status, 'doing')
    // The same on both sides is no edit.
    assert.deepEqual(edits(await written({ L6: 'written here since' }), now), {})
  })

  test('without sums is older than what changed here since the table was made', async () => {
    const table = await written({ H6: '鈴木', H8: '田中' })
    for (const row of table.rows) row.before = undefined
    const now = structuredClone(saved)
    Object.assign(now.companies.first!.answers['hand-washing']!, {
      owner: '高橋',
      at: { owner: '2026-11-29T12:00:00.000Z' },
    })
    const { theirs } = editsFor(now, 'first', table, words, later)
    assert.deepEqual(
      diff(now, theirs)
        .filter(({ kind }) => kind !== 'mine-only')
        .map(({ measure, kind }) => [measure, kind]),
      [
        ['hand-washing', 'newer-mine'],
        ['core-temperature', 'newer-theirs'],
      ],
    )
  })

  test('in an empty table is all that is taken', () => {
    const rows = [
      ['No.', 'Thing to do', 'Status', 'Owner'],
      ['1-1', 'Opening list', '', ''],
      ['1-2', 'Hand washing', '', '佐々木'],
      ['2-1', 'Fridge temperature', 'Done', ''],
    ]
    const table = tableIn(readCsv(Buffer.from(toCsv(rows))))
    assert.deepEqual(edits(table), { 'hand-washing owner': '佐々木', 'fridge-temperature status': 'done' })
    assert.deepEqual(edits(table, empty(), ''), {
      'hand-washing owner': '佐々木',
      'fridge-temperature status': 'done',
      'fridge-temperature revision': 1,
    })
  })

  test('says which sentence of the measure it answers', async () => {
    const { theirs } = editsFor(saved, 'first', await written({ F8: 'Done' }), words, later)
    const { revision, at } = theirs.companies.first!.answers['core-temperature']!
    assert.equal(revision, 1)
    assert.equal(at.status, later)
    assert.equal(at.due, '2026-11-01T00:00:00.000Z', 'what was not written keeps its time')
  })

  test('of a measure that had changed stays one of the text before, unless it is answered anew', async () => {
    const old: Saved = {
      ...saved,
      companies: { first: { ...company, answers: { 'hand-washing': { status: 'done', revision: 1, at: {} } } } },
    }
    const csv = tableOf(
      { methods: [], groups: [{ slug: 'must', label: 'A', name: 'A' }], measures },
      'cook-and-serve',
      old.companies.first!.answers,
      headings,
      (status) => words.statuses[status],
      words.changed,
    )
    for (const table of [
      tableIn(await readWorkbook(await filled(old))),
      tableIn(readCsv(new TextEncoder().encode(csv))),
    ]) {
      const { 'hand-washing status': status, 'hand-washing revision': revision } = edits(table, empty(), '')
      assert.deepEqual([status, revision], ['done', 1], 'of a company that is new here')
      assert.deepEqual(edits(table, old), {})
      table.rows.find(({ measure }) => measure.slug === 'hand-washing')!.values.status = 'doing'
      assert.deepEqual(edits(table, old), { 'hand-washing status': 'doing', 'hand-washing revision': 2 })
    }
  })

  test('in a text that was cut is told, and not taken', async () => {
    const of = structuredClone(saved)
    of.companies.first!.answers['hand-washing']!.note = 'x'.repeat(40_000)
    assert.deepEqual(edits(await written({}, of), of), {})
    assert.deepEqual(edits(await written({ L6: `new${words.cut}` }, of), of), { troubles: ['6 cut Notes'] })
  })
})

suite('the company of a table', () => {
  const other = { ...company, name: 'Other' }
  const of = async (id: string, name = company.name) => {
    const mine = { ...saved, companies: { [id]: { ...company, name } } }
    return tableIn(await readWorkbook(await filled(mine, id)))
  }
  test('is its own, one of the same name, or the current one when it names none', async () => {
    const random = '0123456789abcdef'
    const mine: Saved = {
      ...saved,
      companies: { first: company, b: other, [random]: { ...other, name: 'Renamed' } },
      current: 'b',
    }
    const guess = (table: Table, from = mine) => guessCompany(from, table, 'My company')
    assert.equal(guess(await of('first')), 'first')
    assert.equal(guess(await of(random)), random)
    assert.equal(guess(await of('gone')), 'first', 'by its name')
    assert.equal(guess(await of('first', 'Somebody else')), '', 'everybody’s first company has the same id')
    assert.equal(guess(await of('first', 'My company')), 'b', 'a name that nobody chose')
    const csv = tableIn(readCsv(Buffer.from('Thing to do,Status\nOpening list,Done')))
    assert.equal(guess(csv), 'b')
    assert.equal(guess(csv, empty()), '')
    assert.equal(idOf(csv), '')
    assert.equal(idOf(await of('x y/é')), 'x y/é')
    // One that was deleted here is not written into.
    assert.equal(guess(await of('first'), { ...saved, companies: { first: { ...company, deleted: true } } }), '')
  })

  test('that is new gets all of it', async () => {
    const { theirs } = editsFor(empty(), '', await of('first'), words, later)
    const { name, methods, answers: got } = theirs.companies.first!
    assert.deepEqual([name, methods], [company.name, ['cook-and-serve']])
    assert.deepEqual(
      Object.keys(got),
      measures.map(({ slug }) => slug),
    )
    assert.equal(got['hand-washing']!.note, '=1+1')
  })
})

suite('a workbook', () => {
  const part = (name: string, xml: string) => pack(name, `<?xml version="1.0"?>\n${xml}`)
  const book = async (sheet: string, { shared = '', styles = '', properties = '' } = {}) =>
    new Uint8Array(
      await writeZip(
        await Promise.all([
          part(
            'xl/workbook.xml',
            `<x:workbook xmlns:x="m" xmlns:r="r"><x:workbookPr ${properties}/><x:sheets><x:sheet name="a" sheetId="1" r:id="rId7"/></x:sheets></x:workbook>`,
          ),
          part(
            'xl/_rels/workbook.xml.rels',
            '<Relationships><Relationship Id="rId7" Target="/xl/worksheets/other.xml"/></Relationships>',
          ),
          part('xl/worksheets/other.xml', `<worksheet><sheetData>${sheet}</sheetData></worksheet>`),
          part('xl/sharedStrings.xml', `<sst>${shared}</sst>`),
          part('xl/styles.xml', `<styleSheet>${styles}</styleSheet>`),
        ]),
      ).arrayBuffer(),
    )
  const texts = async (bytes: Uint8Array<ArrayBuffer>) =>
    (await readWorkbook(bytes))[0]!.map(({ number, cells }) => [number, ...[...cells].map((cell) => cell?.text ?? '')])

  test('has shared texts, runs, readings, formulas, truth values and faults', async () => {
    const shared = `<si><t xml:space="preserve"> a_x000D_&#10;b</t></si><si><r><rPr><b/></rPr><t>佐</t></r><r><t>藤</t></r><rPh sb="0" eb="2"><t>サトウ</t></rPh><phoneticPr fontId="1"/></si><si/><si><t/></si>`
    const sheet = `<row r="3"><c r="B3" t="s"><v>0</v></c><c t="s"><v>1</v></c><c r="E3" t="str"><f>A1&amp;"x"</f><v>made</v></c></row>
      <row><c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c><c><v>1.50</v></c><c t="s"><v>2</v></c><c t="s"><v>99</v></c><c t="d"><v>2026-12-01T00:00:00</v></c><c s="1"/></row><row r="9"/>`
    assert.deepEqual(await texts(await book(sheet, { shared })), [
      [3, '', ' a\r\nb', '佐藤', '', 'made'],
      [4, 'inline', 'TRUE', '#REF!', '1.5', '', '', '2026-12-01'],
    ])
  })

  test('has days in any style, counted from 1900 or 1904', async () => {
    const styles = `<numFmts><numFmt numFmtId="164" formatCode="[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="165" formatCode="0.0&quot;days&quot;"/><numFmt numFmtId="166" formatCode="General"/></numFmts>
      <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="57"/><xf numFmtId="166"/></cellXfs>`
    const row = (serial: number) =>
      `<row r="1">${[0, 1, 2, 3, 4, 5].map((style) => `<c s="${style}"><v>${serial}</v></c>`).join('')}</row>`
    const [day, number] = ['2026-12-01', '46357']
    assert.deepEqual(await texts(await book(row(46357), { styles })), [[1, number, day, day, number, day, number]])
    assert.deepEqual(await texts(await book(row(46357 - 1462), { styles, properties: 'date1904="1"' })), [
      [1, '44895', day, day, '44895', day, '44895'],
    ])
    // In a column of days, a number is a day whatever its style is.
    const heads = ['Thing to do', 'Status', 'Due date', 'Date checked']
      .map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`)
      .join('')
    const line = `<c t="inlineStr"><is><t>Hand washing</t></is></c><c/><c><v>44895</v></c><c t="e"><v>#N/A</v></c>`
    const table = tableIn(
      await readWorkbook(await book(`<row>${heads}</row><row>${line}</row>`, { properties: 'date1904="true"' })),
    )
    assert.deepEqual(edits(table), { troubles: ['2 error Date checked'], 'hand-washing due': day })
  })

  test('that is hostile ends in a fault', async () => {
    const doctype = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>'
    await assert.rejects(
      readWorkbook(
        new Uint8Array(
          await writeZip([
            await pack('xl/workbook.xml', doctype),
            await pack('xl/_rels/workbook.xml.rels', doctype),
          ]).arrayBuffer(),
        ),
      ),
    )
    await assert.rejects(
      readWorkbook(new Uint8Array(await writeZip([await pack('content.xml', '<x/>')]).arrayBuffer())),
      OtherFileError,
    )
    await assert.rejects(readWorkbook(new Uint8Array(Buffer.from('PK nothing'))), ZipError)
    await assert.rejects(readWorkbook(await book('<row><c><v>1</v></c></row>'.repeat(200_000))), TooBigError)
    await assert.rejects(
      readWorkbook(
        await book(`<row r="1"><c r="A1" t="inlineStr"><is><t>${'x'.repeat(31_000_000)}</t></is></c></row>`),
      ),
      TooBigError,
    )
    // A cell far to the right makes no long row.
    const far = await texts(await book('<row r="1"><c r="ZZZ1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>'))
    assert.ok(far[0]!.length <= 16_385, `got ${far[0]!.length}`)
    assert.equal(findTable([], measures, words), undefined)
  })

  test('with names of the language for measures changes nothing else', async () => {
    const rows = [
      ['Thing to do', 'Status', 'Notes', 'x 1 cook-and-serve'],
      ['__proto__', 'Done', 'p', '__proto__ 1'],
      ['constructor', 'Done', 'c', 'constructor 1'],
    ]
    const table = tableIn(readCsv(Buffer.from(toCsv(rows))))
    assert.equal(table.rows.length, 0)
    assert.deepEqual(table.troubles, ['2 measure', '3 measure'])
    assert.equal('p' in {}, false)
  })
})
