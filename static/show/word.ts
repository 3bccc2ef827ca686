// A document as a file for Word (Office Open XML, ECMA-376), with real headings and numbers: its user
// goes on writing it.
import { pack, writeZip } from '../zip.ts'
import type { Block, Number, Run } from './blocks.ts'

export const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

export interface WordOptions {
  /** BCP 47. */
  lang: string
  /** For each thing that is numbered, its pattern with {number}. */
  numbers: Record<string, string>
  /** Of what is to stand on one page, the size of its letters in half points; 0 for all else. */
  size: number
}

/** Sizes are in half points, lengths in twentieths of a point. */
interface Look {
  margin: number
  size: number
  /** The attributes for the space between lines. */
  line: string
  before: number
  after: number
}

/** On one page there is no room to spare: lines are as high for every font, though Yu Gothic wants twice its size. */
const lookOf = (size: number): Look =>
  size
    ? { margin: 680, size, line: `w:line="${Math.round(size * 12.4)}" w:lineRule="exact"`, before: 50, after: 6 }
    : { margin: 1134, size: 21, line: 'w:line="288" w:lineRule="auto"', before: 240, after: 80 }

/** Of A4. */
const [pageWidth, pageHeight] = [11906, 16838]

const main = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const wordTypes = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

/** Of headings: the title, then the parts. */
const headingStyles: Record<number, string> = { 2: 'Title', 3: 'Heading1' }

/** Numberings: of plain lists, of lists with numbers, then of what the document numbers. */
const [bullet, decimal] = [1, 2]

export async function wordFile(blocks: Block[], { lang, numbers, size }: WordOptions): Promise<Blob> {
  const look = lookOf(size)
  const kinds = Object.keys(numbers)
  const numberOf = ({ of }: Number) => numbered(kinds.indexOf(of) + decimal + 1)
  const body = blocks.map((block) => blockXml(block, numberOf, pageWidth - 2 * look.margin)).join('')
  const margins = ['top', 'right', 'bottom', 'left'].map((edge) => `w:${edge}="${look.margin}"`).join(' ')
  const page = `<w:sectPr><w:pgSz w:w="${pageWidth}" w:h="${pageHeight}"/><w:pgMar ${margins} w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>`
  const files = {
    '[Content_Types].xml': xml(
      `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[
        'document.main',
        'styles',
        'numbering',
      ]
        .map((part) => `<Override PartName="/word/${part.split('.')[0]}.xml" ContentType="${wordTypes}.${part}+xml"/>`)
        .join('')}</Types>`,
    ),
    '_rels/.rels': relations({ document: 'officeDocument' }, 'word/'),
    'word/document.xml': word('document', `<w:body>${body}${page}</w:body>`),
    'word/_rels/document.xml.rels': relations({ styles: 'styles', numbering: 'numbering' }),
    'word/styles.xml': word('styles', styles(lang, look)),
    'word/numbering.xml': word('numbering', numbering(kinds.map((kind) => numbers[kind]!))),
  }
  return writeZip(await Promise.all(Object.entries(files).map(([name, text]) => pack(name, text))))
}

function xml(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${content}`
}

function word(root: string, content: string): string {
  return xml(`<w:${root} xmlns:w="${main}">${content}</w:${root}>`)
}

function relations(parts: Record<string, string>, folder = ''): string {
  const all = Object.entries(parts).map(
    ([name, type], index) =>
      `<Relationship Id="rId${index + 1}" Type="${office}/${type}" Target="${folder}${name}.xml"/>`,
  )
  return xml(`<Relationships xmlns="${packages}/relationships">${all.join('')}</Relationships>`)
}

function blockXml(block: Block, numberOf: (number: Number) => string, width: number): string {
  switch (block.kind) {
    case 'heading':
      return paragraph(block.runs, headingStyles[block.level] ?? 'Heading2', block.number && numberOf(block.number))
    case 'paragraph':
      return paragraph(block.runs, '', block.number && numberOf(block.number))
    case 'item':
      return paragraph(block.runs, '', numbered(block.ordered ? decimal : bullet))
    case 'table':
      return tableXml(block.rows, width)
  }
}

function paragraph(runs: Run[], style = '', number = ''): string {
  const about = `${style && `<w:pStyle w:val="${style}"/>`}${number}`
  return `<w:p>${about && `<w:pPr>${about}</w:pPr>`}${runs.map(runXml).join('')}</w:p>`
}

function runXml({ text, bold }: Run): string {
  const lines = text.split('\n').map((line) => `<w:t xml:space="preserve">${escape(line)}</w:t>`)
  return `<w:r>${bold ? '<w:rPr><w:b/></w:rPr>' : ''}${lines.join('<w:br/>')}</w:r>`
}

function numbered(id: number): string {
  return `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${id}"/></w:numPr>`
}

/** A paragraph must follow a table: one as low as can be. */
const behind = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/></w:pPr></w:p>'

function tableXml(rows: Extract<Block, { kind: 'table' }>['rows'], width: number): string {
  const columns = Math.max(0, ...rows.map(({ length }) => length))
  if (!columns) return ''
  // Each has room by the longest text in it, and at least for a date.
  const wants = Array.from({ length: columns }, (_, index) =>
    Math.max(12, ...rows.map((row) => Math.min(40, row[index]?.text.length ?? 0))),
  )
  const all = wants.reduce((sum, want) => sum + want)
  const widths = wants.map((want) => Math.floor((width * want) / all))
  const cells = rows.map((row) => {
    const tcs = widths.map((width, index) => {
      const { text = '', heading = false } = row[index] ?? {}
      return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/></w:tcPr>${paragraph([{ text, bold: heading }])}</w:tc>`
    })
    return `<w:tr>${tcs.join('')}</w:tr>`
  })
  const edges = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(
    (edge) => `<w:${edge} w:val="single" w:sz="4" w:space="0" w:color="808080"/>`,
  )
  return `<w:tbl><w:tblPr><w:tblW w:w="${width}" w:type="dxa"/><w:tblBorders>${edges.join('')}</w:tblBorders></w:tblPr><w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')}</w:tblGrid>${cells.join('')}</w:tbl>${behind}`
}

function styles(lang: string, { size, line, before, after }: Look): string {
  const style = (id: string, name: string, more: string) =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>${more}</w:style>`
  const large = (times: number, before: number, after: number, more: string) =>
    `<w:pPr><w:keepNext/><w:spacing w:before="${before}" w:after="${after}" w:line="240" w:lineRule="auto"/>${more}</w:pPr><w:rPr><w:b/><w:sz w:val="${Math.round(size * times)}"/></w:rPr>`
  return [
    `<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Yu Gothic" w:hAnsi="Yu Gothic" w:eastAsia="Yu Gothic"/><w:sz w:val="${size}"/><w:lang w:val="${escape(lang)}" w:eastAsia="${escape(lang)}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="${after}" ${line}/></w:pPr></w:pPrDefault></w:docDefaults>`,
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
    style('Title', 'Title', large(1.7, 0, before, '<w:jc w:val="center"/>')),
    ...[1.25, 1.05].map((times, place) =>
      style(
        `Heading${place + 1}`,
        `heading ${place + 1}`,
        large(times, before, after, `<w:outlineLvl w:val="${place}"/>`),
      ),
    ),
  ].join('')
}

function numbering(patterns: string[]): string {
  const lists = [
    '<w:numFmt w:val="bullet"/><w:suff w:val="tab"/><w:lvlText w:val="・"/><w:pPr><w:ind w:left="284" w:hanging="284"/></w:pPr>',
    ...['{number}.', ...patterns].map(
      (pattern) =>
        `<w:numFmt w:val="decimal"/><w:suff w:val="space"/><w:lvlText w:val="${escape(pattern.replace('{number}', '%1'))}"/>`,
    ),
  ]
  const abstract = lists.map(
    (list, index) =>
      `<w:abstractNum w:abstractNumId="${index}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>${list}</w:lvl></w:abstractNum>`,
  )
  const used = lists.map((_, index) => `<w:num w:numId="${index + 1}"><w:abstractNumId w:val="${index}"/></w:num>`)
  return [...abstract, ...used].join('')
}

/** XML knows no other controls than line breaks and tabs, nor halves of characters. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
