// Reads XML piece by piece, with where each piece stands. Browsers' own parser is closed to a page
// whose policy lets no markup become script, and reads whole documents only.

/** A piece of a document. Names have no prefix: programs differ in them. */
export type Piece =
  | { kind: 'open'; name: string; attributes: Map<string, string>; isEmpty: boolean; start: number; end: number }
  | { kind: 'close'; name: string; start: number; end: number }
  | { kind: 'text'; text: string; start: number; end: number }

/** The text is no XML, or has what no workbook has. */
export class XmlError extends Error {}

const pattern =
  /<!--[^]*?-->|<\?[^]*?\?>|<!\[CDATA\[([^]*?)\]\]>|<\/([^\s<>/]+)\s*>|<([^\s<>/!?]+)((?:\s+[^\s=<>/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y
const attribute = /([^\s=<>/]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g

/** Gives the pieces of a document, or throws. Types of documents, and with them entities of their own, are none of a workbook's. */
export function* scan(xml: string): Generator<Piece> {
  const opened: string[] = []
  let start = xml.startsWith('\ufeff') ? 1 : 0
  while (start < xml.length) {
    pattern.lastIndex = start
    const match = pattern.exec(xml)
    if (!match) throw new XmlError(`no XML at ${start}`)
    const [, data, closed, name, attributes = '', empty, text] = match
    const end = pattern.lastIndex
    if (name !== undefined) {
      if (!empty) opened.push(name)
      yield {
        kind: 'open',
        name: local(name),
        attributes: readAttributes(attributes),
        isEmpty: empty !== '',
        start,
        end,
      }
    } else if (closed !== undefined) {
      if (opened.pop() !== closed) throw new XmlError(`</${closed}> at ${start} closes something else`)
      yield { kind: 'close', name: local(closed), start, end }
    } else if (text !== undefined || data !== undefined) {
      yield { kind: 'text', text: data ?? decode(text!), start, end }
    }
    start = end
  }
  if (opened.length) throw new XmlError(`${opened.at(-1)} is not closed`)
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function readAttributes(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name = '', double, single] of text.matchAll(attribute))
    found.set(local(name), decode(double ?? single ?? ''))
  return found
}

const named = new Map([
  ['lt;', '<'],
  ['gt;', '>'],
  ['amp;', '&'],
  ['quot;', '"'],
  ['apos;', "'"],
])

function decode(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/&([^;]*;?)/g, (_, reference: string) => {
    const [, hex, decimal] = /^#(?:x([\da-f]{1,6})|(\d{1,7}));$/i.exec(reference) ?? []
    const point = hex ? parseInt(hex, 16) : decimal ? Number(decimal) : -1
    if (point >= 0 && point <= 0x10ffff) return String.fromCodePoint(point)
    const character = named.get(reference)
    if (character === undefined) throw new XmlError(`no such character: &${reference}`)
    return character
  })
}

/** Writes a text as the content of an element. */
export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
