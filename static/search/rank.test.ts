import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fold } from './fold.ts'
import { passageOf, mark } from './passage.ts'
import { isOneEditAway, Search, splitWords } from './rank.ts'
import { SearchIndex, type Texts, type Titles } from './search-index.ts'

const titles: Titles = {
  version: 'V',
  kinds: [
    ['measures', '対策', '対策の一覧', false, 'measures/', '.html', [
      ['update', '更新をすぐ当てる', ['5-2'], [0]],
      ['password', '推測されにくいパスワード', ['9-1'], [0, 1]],
      ['log', 'ログを残す', ['7-3'], [1]],
      ['login', 'ログインを見張る', ['7-4'], [1]],
    ]],
    ['glossary', '用語集', '用語集', true, 'glossary.html#', '', [
      ['mfa', '多要素認証', ['たようそにんしょう', 'MFA', '二段階認証'], []],
      ['phone', 'スマートフォン', ['スマホ'], []],
    ]],
    ['pages', 'ほかのページ', '', false, '', '', [['about.html', 'このサイトについて', [], []]]],
  ],
  methods: ['first', 'second'],
}

const texts: Texts = {
  same: [['紛失', 'なくした'], ['退職', 'たいしょく']],
  docs: [
    ['', '', '更新プログラムを一週間の内に当てています。', 'how', 'やり方', '設定を開きます。\n自動の更新を選びます。'],
    ['', '', '長いパスワードを使っています。', 'how', '紛失したとき', 'すぐに変えます。スマートフォンの画面から変えられます。'],
    ['', '', '記録を一年取っておきます。退職した人の分も残します。'],
    ['', '', '多要素認証を使います。'],
    ['', '', 'もう一つの確認を求める仕組みです。'],
    ['', '', '持ち歩く電話です。'],
    ['', '', '有志が作っています。'],
  ],
}

async function open(): Promise<Search> {
  const index = new SearchIndex(structuredClone(titles))
  await index.addTexts(structuredClone(texts), async () => {})
  return new Search(index)
}

const search = await open()
const find = (query: string, own: number[] = []) => search.find(query, own).hits.map(({ doc }) => doc.address.replace(/.*[/#]|\.html/g, ''))

const firsts: [rule: string, query: string, first: string][] = [
  ['a title', '推測されにくいパスワード', 'password'],
  ['a part of a title', 'パスワード', 'password'],
  ['half a word', 'ぱすわ', 'password'],
  ['a kana half typed', 'ぱすw', 'password'],
  ['romaji', 'pasuwa-do', 'password'],
  ['a reading', 'たようそにんしょう', 'mfa'],
  ['half a reading', 'たようそ', 'mfa'],
  ['another name', 'MFA', 'mfa'],
  ['widths', 'ｍｆａ', 'mfa'],
  ['a number', '9-1', 'password'],
  ['a word that means the same', 'なくした', 'password'],
  ['a reading of a word in a text', 'たいしょく', 'log'],
  ['a title before a text', '多要素認証', 'mfa'],
  ['a word before a part of a word', 'ログ', 'log'],
  ['a letter too many', 'パスワーード', 'password'],
  ['a wrong letter', 'パスワーデ', 'password'],
  ['two letters swapped', 'スマートフンォ', 'phone'],
  ['a question', 'スマホをなくしたらどうする', 'password'],
  ['the kind of a thing', '用語集 電話', 'phone'],
]

for (const [rule, query, first] of firsts) {
  test(`${rule}: ${query}`, () => assert.equal(find(query)[0], first, `got ${find(query)}`))
}

test('several words mean all of them', () => {
  assert.deepEqual(find('更新 設定'), ['update'])
})

test('without all of them, some are better than nothing', () => {
  assert.ok(find('更新 電話').length > 0)
})

test("what is of use to the reader's own methods comes first", () => {
  const first = (own: number[]) => find('対策', own)[0]
  assert.notEqual(first([0]), first([1]))
})

test('nothing is found for what is nowhere', () => {
  for (const query of ['', ' ', '、。', 'qwerty', 'ラーメン']) assert.deepEqual(find(query), [], query)
})

test('titles can be found before the texts are there', () => {
  const search = new Search(new SearchIndex(structuredClone(titles)))
  assert.equal(search.find('多要素認証').hits[0]?.doc.address, 'glossary.html#mfa')
  assert.deepEqual(search.find('記録').hits, [])
})

test('what comes later is found, too', async () => {
  const index = new SearchIndex(structuredClone(titles))
  const search = new Search(index)
  assert.deepEqual(search.find('有志').hits, [])
  await index.addTexts(structuredClone(texts), async () => {})
  assert.equal(search.find('有志').hits[0]?.doc.address, 'about.html')
})

test('any text is an answer or none, never an error', () => {
  const alphabet = [...'あいうアイウーんっャ漢字A1a-・ 　"*+[\\(?$^.|\u0000\ud83d\ude00\ud800ﾞ㌢']
  let seed = 1
  const random = (below: number) => (seed = (seed * 48271) % 0x7fffffff) % below
  for (let i = 0; i < 3000; i++) {
    const query = Array.from({ length: random(12) }, () => alphabet[random(alphabet.length)]).join('')
    const { hits, words } = search.find(query)
    for (const { doc } of hits) {
      passageOf(doc, words)
      assert.equal(mark(doc.title, doc.foldedTitle, words).map(({ text }) => text).join(''), doc.title)
    }
  }
})

test('words are cut at spaces and punctuation', () => {
  assert.deepEqual(splitWords(' ＶＰＮ　更新、Wi-Fi「設定」'), ['VPN', '更新', 'Wi-Fi', '設定'])
})

const edits: [string, string, boolean][] = [
  ['abcd', 'abcd', false], ['abcd', 'abxd', true], ['abcd', 'abd', true], ['abcd', 'abxcd', true], ['abcd', 'acbd', true],
  ['abcd', 'bcda', false], ['abcd', 'ab', false], ['abcd', 'xbcx', false], ['', 'a', true], ['aab', 'ab', true], ['abcd', 'badc', false],
]
for (const [a, b, want] of edits) {
  test(`${a || '(nothing)'} and ${b} are ${want ? '' : 'not '}one edit apart`, () => {
    assert.equal(isOneEditAway(a, b), want)
    assert.equal(isOneEditAway(b, a), want)
  })
}

test('the passage is where it was found', () => {
  const { hits: [hit], words } = search.find('すまーとふぉん 画面')
  assert.ok(hit)
  const passage = passageOf(hit.doc, words)
  assert.equal(passage?.anchor, 'how')
  assert.deepEqual(passage?.pieces.filter(({ marked }) => marked).map(({ text }) => text), ['スマートフォン', '画面'])
})

test('what was folded is marked as it stands', () => {
  assert.deepEqual(mark('Wi-Fiルーターの更新', fold('Wi-Fiルーターの更新'), ['wifi', 'るた']), [{ text: 'Wi-Fiルーター', marked: true }, { text: 'の更新', marked: false }])
})
