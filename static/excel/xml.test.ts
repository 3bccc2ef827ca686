import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { escape, scan, XmlError } from './xml.ts'

const pieces = (xml: string) =>
  [...scan(xml)].map((piece) =>
    piece.kind === 'text'
      ? piece.text
      : piece.kind === 'close'
        ? `/${piece.name}`
        : [piece.name, ...piece.attributes, piece.isEmpty],
  )

suite('XML', () => {
  test('comes piece by piece, without prefixes', () => {
    assert.deepEqual(
      pieces(
        `\ufeff<?xml version="1.0"?>\n<!-- <no> --><x:a  r = "1&quot;>" b:c='&#x20BB7;"'><t>&lt;&amp;&#10;&#65;</t><![CDATA[<&]]>\r\n<e/></x:a>`,
      ),
      ['\n', ['a', ['r', '1">'], ['c', '𠮷"'], false], ['t', false], '<&\nA', '/t', '<&', '\n', ['e', true], '/a'],
    )
  })

  test('says where it stands', () => {
    const xml = '<a>x<b/></a>'
    assert.deepEqual(
      [...scan(xml)].map(({ start, end }) => xml.slice(start, end)),
      ['<a>', 'x', '<b/>', '</a>'],
    )
  })

  test('that is none, or has entities of its own, is a fault', () => {
    const bomb = `<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><a>&b;</a>`
    const outside = `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`
    for (const xml of [
      bomb,
      outside,
      '<a>',
      '</a>',
      '<a></b>',
      '<a b></a>',
      '<a b=c></a>',
      '<a',
      '<a>&x;</a>',
      '<a>&lt</a>',
      '<a>&#x110000;</a>',
      '<',
      '<!-- ',
      '<![CDATA[',
      '<a b="<"/>',
    ])
      assert.throws(() => pieces(xml), XmlError, xml)
  })

  test('has no names from the language', () => {
    const [open] = [...scan('<a __proto__="x" constructor="y"/>')]
    assert.ok(open?.kind === 'open')
    assert.deepEqual(
      [...open.attributes],
      [
        ['__proto__', 'x'],
        ['constructor', 'y'],
      ],
    )
    assert.throws(() => pieces('<a>&constructor;</a>'), XmlError)
  })

  test('is read in time that grows with its length', () => {
    for (const long of [
      '<a b="1" '.padEnd(2_000_000),
      `<a>${'&'.repeat(500_000)}</a>`,
      `<a ${'b="1" '.repeat(200_000)}`,
      '<!--'.repeat(300_000),
      `<a>${'<b>'.repeat(300_000)}`,
    ]) {
      const start = performance.now()
      assert.throws(() => pieces(long), XmlError)
      assert.ok(performance.now() - start < 20_000, long.slice(0, 20))
    }
  })

  test('texts come back as they were written', () => {
    for (const text of ['<script>alert(1)</script>', '"&amp;"', ']]>', '𠮷 😀 \u202e', ' \n '])
      assert.deepEqual(pieces(`<a>${escape(text)}</a>`)[1], text)
  })
})
