import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fold, scriptAt, scripts } from './fold.ts'
import { hashOf } from './piece-hash.ts'
import './pieces.ts'
import { Search } from './rank.ts'
import { toKana } from './romaji.ts'
import { SearchIndex } from './search-index.ts'

test('pairs are in the pieces that the generator puts them in', () => {
  assert.equal(hashOf('vp'), 0x5549e33b)
  assert.equal(hashOf('端末'), 0xdbb6d36f)
})

const docs: [string, string, string[]][] = [
  ['VPNの更新', '古い機器を新しくします。', ['VPN']],
  ['パスワード', '長い合言葉にします。', []],
  ['紛失', 'パソコンをなくしたときに届けます。', []],
  ['印刷', '紙に出します。', []],
]

/** The docs above in pieces, and the names of the pieces that were loaded. */
function open() {
  const pieces = { names: 3, texts: 5, docs: 2, same: [['紛失', 'なくした']], readings: [], general: [] }
  const scripts_: Record<string, unknown> = {}
  const loaded: string[] = []
  for (let i = 0; i < docs.length; i += pieces.docs) {
    const some = docs.slice(i, i + pieces.docs)
    scripts_[`docs-V-${i / pieces.docs}`] = some.map(([title, , names], n) => [0, `${i + n}.html`, title, names, []])
    scripts_[`parts-V-${i / pieces.docs}`] = some.map(([, text]) => ['', '', text, ''])
  }
  for (const [family, count] of [
    ['names', pieces.names],
    ['texts', pieces.texts],
  ] as const) {
    for (let i = 0; i < count; i++) scripts_[`${family}-V-${i}`] = {}
    for (const [place, [title, text, names]] of docs.entries()) {
      const { text: folded } = fold(family === 'names' ? [title, ...names].join('\n') : text)
      for (let i = 0; i + 1 < folded.length; i++) {
        const pair = folded.slice(i, i + 2)
        const list = scripts_[`${family}-V-${hashOf(pair) % count}`] as Record<string, number[]>
        const before = (list[pair] ?? []).reduce((sum, distance) => sum + distance, 0)
        if (!list[pair] || before !== place) list[pair] = [...(list[pair] ?? []), place - before]
      }
    }
  }
  const index = new SearchIndex({
    version: 'V',
    kinds: [['pages', 'ページ', '', false, '', '', []]],
    methods: [],
    pieces,
  })
  const load = async (name: string) => {
    loaded.push(name)
    assert.ok(name in scripts_, name)
    return scripts_[name]
  }
  const reach = globalThis.tebikiPieces({ version: 'V', pieces, index, load, fold, scriptAt, scripts, toKana })
  return { reach, search: new Search(index), loaded }
}

const cases: [rule: string, query: string, first: string][] = [
  ['a name', 'VPN', '0.html'],
  ['a text', '合言葉', '1.html'],
  ['what means the same', 'なくした', '2.html'],
  ['a question', 'パソコンをなくしたら', '2.html'],
  ['several words', '印刷　紙に', '3.html'],
  ['romaji', 'pasuwa-do', '1.html'],
]
for (const [rule, query, first] of cases) {
  test(`the pieces for ${rule} are loaded: ${query}`, async () => {
    const { reach, search } = open()
    await reach(query, () => {})
    assert.equal(search.find(query).hits[0]?.doc.address, first)
  })
}

test('names can be found before the texts are loaded', async () => {
  const { reach, search, loaded } = open()
  let first: string | undefined
  await reach('VPN', () => {
    first ??= search.find('VPN').hits[0]?.doc.address
    assert.ok(!loaded.some((name) => /^(texts|parts)/.test(name)), `got ${loaded}`)
  })
  assert.equal(first, '0.html')
})

test('a doc that comes twice stands once', async () => {
  const { reach, search } = open()
  await Promise.all(['VPN', '更新', '機器', 'VPN 更新'].map((query) => reach(query, () => {})))
  const addresses = search.index.docs.map(({ address }) => address)
  assert.equal(new Set(addresses).size, addresses.length)
})
