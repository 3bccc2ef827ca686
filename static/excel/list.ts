// A plain table for spreadsheets: as a workbook (Office Open XML, ECMA-376), whose one sheet has a head
// that stays in sight and can be filtered, with texts, numbers and days as what they are; and as text.
import { toCsv } from '../csv.ts'
import { serialOf } from './days.ts'
import { lineHeight, linesOf, writeCell } from './fill.ts'
import { cellText, cut } from './values.ts'
import { escape } from './xml.ts'
import { pack, writeZip } from '../zip.ts'

export interface Column {
  head: string
  /** Days are written 2026-12-01; '' leaves the cell empty. */
  kind: 'text' | 'number' | 'day'
}

export type Value = string | number

export interface List {
  /** The name of the sheet, and of its font. */
  sheet: string
  font: string
  columns: Column[]
  rows: Value[][]
}

export function listCsv({ columns, rows }: List): string {
  return toCsv([columns.map(({ head }) => head), ...rows.map((row) => row.map(String))])
}

const spreadsheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Places in the list of styles below. */
const styles = { head: '1', text: '2', number: '3', day: '4' }

/** In characters of half width. */
const widths = { text: 32, number: 12, day: 14 }

export async function listWorkbook({ sheet, font, columns, rows }: List): Promise<Blob> {
  const files = {
    '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/></Types>`,
    '_rels/.rels': relations({ officeDocument: 'xl/workbook.xml' }),
    'xl/workbook.xml': workbook(sheet, `$A$1:$${letterOf(columns.length - 1)}$${rows.length + 1}`),
    'xl/_rels/workbook.xml.rels': relations({ worksheet: 'worksheets/sheet1.xml', styles: 'styles.xml' }),
    'xl/styles.xml': styleSheet(escape(font)),
    'xl/worksheets/sheet1.xml': sheetXml(columns, rows),
  }
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
  return writeZip(await Promise.all(Object.entries(files).map(([name, text]) => pack(name, head + text))))
}

function relations(parts: Record<string, string>): string {
  const all = Object.entries(parts).map(
    ([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${office}/${type}" Target="${target}"/>`,
  )
  return `<Relationships xmlns="${packages}/relationships">${all.join('')}</Relationships>`
}

/** The name of the filtered range is what Excel itself writes beside the filter. */
function workbook(sheet: string, range: string): string {
  const name = escape(sheet)
  const place = escape(`'${sheet.replaceAll("'", "''")}'!`)
  return `<workbook xmlns="${spreadsheet}" xmlns:r="${office}"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">${place}${range}</definedName><definedName name="_xlnm.Print_Titles" localSheetId="0">${place}$1:$1</definedName></definedNames></workbook>`
}

function styleSheet(font: string): string {
  const formats = [
    '<xf fontId="1" fillId="2" applyFont="1" applyFill="1"',
    '<xf numFmtId="49" applyNumberFormat="1"',
    '<xf numFmtId="1" applyNumberFormat="1"',
    '<xf numFmtId="164" applyNumberFormat="1"',
  ].map((format) => `${format} applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>`)
  return `<styleSheet xmlns="${spreadsheet}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="${font}"/></font><font><b/><sz val="11"/><name val="${font}"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8F1FE"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/>${formats.join('')}</cellXfs></styleSheet>`
}

function sheetXml(columns: Column[], rows: Value[][]): string {
  const last = letterOf(columns.length - 1)
  const cols = columns.map(
    ({ kind }, index) => `<col min="${index + 1}" max="${index + 1}" width="${widths[kind]}" customWidth="1"/>`,
  )
  const lines = [columns.map(({ head }) => head), ...rows].map((row, line) => {
    const height =
      Math.max(1, ...row.map((value, index) => linesOf(String(value), widths[columns[index]!.kind]))) * lineHeight
    const cells = row.map((value, index) => {
      const { kind } = columns[index]!
      const style = line ? styles[kind] : styles.head
      const written = line && kind === 'day' ? (serialOf(String(value)) ?? value) : value
      return writeCell(
        `${letterOf(index)}${line + 1}`,
        style,
        '',
        typeof written === 'number' ? written : cut(cellText(written), ''),
      )
    })
    return `<row r="${line + 1}" ht="${height}" customHeight="1">${cells.join('')}</row>`
  })
  return `<worksheet xmlns="${spreadsheet}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${cols.join('')}</cols><sheetData>${lines.join('')}</sheetData><autoFilter ref="A1:${last}${rows.length + 1}"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`
}

/** No table has more columns than letters. */
function letterOf(column: number): string {
  return String.fromCharCode(65 + column)
}
