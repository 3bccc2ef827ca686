import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forAll } from './answers/random.testing.ts'
import { piecesOf } from './linked-text.ts'

/** The addresses in a text. */
const found = (text: string) =>
  piecesOf(text)
    .filter(({ isAddress }) => isAddress)
    .map(({ text }) => text)

test('addresses are found as they are meant', () => {
  const cases: [text: string, want: string[]][] = [
    ['', []],
    ['台帳を作った', []],
    ['https://example.com', ['https://example.com']],
    ['HTTP://Example.com:8080/a?b=c&d=%E3%81%82#e', ['HTTP://Example.com:8080/a?b=c&d=%E3%81%82#e']],
    ['手順はhttps://example.com/a-b_c~d.htmlを見る', ['https://example.com/a-b_c~d.html']],
    ['（https://example.com/a）と「http://example.org」。', ['https://example.com/a', 'http://example.org']],
    ['See https://example.com/a, or (https://example.com/b).', ['https://example.com/a', 'https://example.com/b']],
    ['https://example.com/a_(b) [https://example.com/c]', ['https://example.com/a_(b)', 'https://example.com/c']],
    ['(https://example.com/a),https://example.com/b[1]', ['https://example.com/a', 'https://example.com/b[1]']],
    ['<https://example.com/a>\nhttps://example.com/b!?\n', ['https://example.com/a', 'https://example.com/b']],
    ["'https://example.com/' \"https://example.com/a'b\"", ['https://example.com/', "https://example.com/a'b"]],
    ['https://example.com. https://example.com/.', ['https://example.com', 'https://example.com/']],
    ['https://example.com? https://example.com?q', ['https://example.com', 'https://example.com?q']],
    ['https://example.com/…', ['https://example.com/']],
    ['https://bank.example@evil.example/', ['https://bank.example']],
    ['javascript:alert(1) ftp://example.com file:///etc example.com https:// https:///a xhttps://example.com', []],
  ]
  for (const [text, want] of cases) assert.deepEqual(found(text), want, text)
})

test('the pieces are the text, and the addresses can be opened', async () => {
  const parts = [
    'https://a.example',
    'http://',
    '/',
    '(b',
    ')',
    '.',
    '[',
    ']',
    ':',
    '80',
    ' ',
    'と',
    '%',
    '@',
    '\n',
    '-',
  ]
  await forAll(
    5000,
    (random) => random.list(12, () => random.pick(parts)).join(''),
    (text) => {
      assert.equal(
        piecesOf(text)
          .map(({ text }) => text)
          .join(''),
        text,
      )
      for (const address of found(text)) assert.match(address, /^https?:\/\/[a-z0-9][^\s@/?#]*([/?#]\S*)?$/)
    },
  )
})

test('a hostile text takes no longer than its length asks for', () => {
  const units = ['https://a', 'https://a/(', 'https://a/)', 'a.', '.', '(', '[(', "'", 'http', '/']
  for (const unit of units) {
    const text = `https://a/${unit.repeat(500_000 / unit.length)}…`
    const start = performance.now()
    const count = piecesOf(text).length
    const time = performance.now() - start
    assert.ok(time < 2000, `${unit}: got ${time} ms for ${count} pieces`)
  }
})
