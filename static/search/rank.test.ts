import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fold } from './fold.ts'
import { passageOf, mark } from './passage.ts'
import { splitWords } from './query.ts'
import { Search } from './rank.ts'
import { SearchIndex, type Texts, type Titles } from './search-index.ts'
import { isOneEditAway, Words } from './typos.ts'

const titles: Titles = {
  version: 'V',
  kinds: [
    [
      'measures',
      '対策',
      '対策の一覧',
      false,
      'measures/',
      '.html',
      [
        ['update', '更新をすぐ当てる', ['5-2'], [0]],
        ['password', '推測されにくいパスワード', ['9-1'], [0, 1]],
        ['log', 'ログを残す', ['7-3'], [1]],
        ['login', 'ログインを見張る', ['7-4'], [1]],
      ],
    ],
    [
      'glossary',
      '用語集',
      '用語集',
      true,
      'glossary.html#',
      '',
      [
        ['mfa', '多要素認証', ['たようそにんしょう', 'MFA', '二段階認証'], []],
        ['phone', 'スマートフォン', ['スマホ'], []],
      ],
    ],
    ['pages', 'ほかのページ', '', false, '', '', [['about.html', 'このサイトについて', [], []]]],
  ],
  methods: ['first', 'second'],
}

const texts: Texts = {
  same: [['紛失', 'なくした', '盗まれた']],
  readings: [
    ['退職', 'たいしょく'],
    ['内容', 'ないよう'],
  ],
  general: ['方法'],
  docs: [
    [
      '',
      '',
      '更新プログラムを一週間の内に当てています。',
      'how',
      'やり方',
      '設定を開きます。\n自動の更新を選びます。',
      '',
    ],
    [
      '',
      '',
      '長いパスワードを使っています。',
      'how',
      '紛失したとき',
      'すぐに変えます。スマートフォンの画面から変えられます。',
      '',
    ],
    ['', '', '記録を一年取っておきます。退職した人の分も残します。', ''],
    ['', '', '多要素認証を使います。多要素認証を求めます。', ''],
    ['', '', 'もう一つの確認を求める仕組みです。', ''],
    ['', '', '持ち歩く電話です。', ''],
    ['', '', 'ここに書かれ、有志が作っています。', 'だれが作った\n運営者'],
  ],
}

async function open(): Promise<Search> {
  const index = new SearchIndex(structuredClone(titles))
  await index.addTexts(structuredClone(texts), async () => {})
  return new Search(index)
}

const search = await open()
const find = (query: string, own: number[] = []) =>
  search.find(query, own).hits.map(({ doc }) => doc.address.replace(/.*[/#]|\.html/g, ''))

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
  ['a word with another ending', 'なくしてしまいました', 'password'],
  ['a passive with another ending', '盗まれました', 'password'],
  ['another form of a word in a text', '取りたいけど', 'log'],
  ['a known word joined to an unknown one', 'スマートフォンラーメン', 'phone'],
  ['a known word beside an unknown one', 'パスワード 冷麺', 'password'],
  ['a word before a mistyped one', 'ログ パスワーデ', 'log'],
  ['what to do before what a word means, of what happened', '多要素認証を使いました', 'login'],
  ['what a word means, of the word', '多要素認証 使う', 'mfa'],
  ['a word under which it is looked for', '運営者', 'about'],
]

for (const [rule, query, first] of firsts) {
  test(`${rule}: ${query}`, () => assert.equal(find(query)[0], first, `got ${find(query)}`))
}

test('several words mean all of them', () => {
  assert.deepEqual(find('更新 設定'), ['update'])
})

test('a match of all words hides no other', () => {
  assert.deepEqual(find('更新 プログラム 設定')[0], 'update')
  assert.ok(find('スマートフォン 画面 記録').length > 1)
})

test('a reading stands for its word only where no kanji are typed', () => {
  const marked = (query: string) => search.find(query).words
  assert.ok(marked('ないよう').includes('内容') === false && !marked('使わないように').includes('内容'))
})

test('a Latin word is none inside another one', () => {
  assert.ok(!search.find('xmfay').hits.some(({ doc }) => doc.address.endsWith('#mfa')))
})

test('a word that is said of anything does not answer for one that is unknown', () => {
  assert.deepEqual(find('ラーメン 方法'), [])
  assert.deepEqual(find('確定申告の方法'), [])
  assert.deepEqual(find('カレーの本'), [], 'two kana inside another word')
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
      assert.equal(
        mark(doc.title, doc.foldedTitle, words)
          .map(({ text }) => text)
          .join(''),
        doc.title,
      )
    }
  }
})

test('words are cut at spaces and punctuation', () => {
  assert.deepEqual(splitWords(' ＶＰＮ　更新、Wi-Fi「設定」'), ['VPN', '更新', 'Wi-Fi', '設定'])
})

const edits: [string, string, boolean][] = [
  ['abcd', 'abcd', false],
  ['abcd', 'abxd', true],
  ['abcd', 'abd', true],
  ['abcd', 'abxcd', true],
  ['abcd', 'acbd', true],
  ['abcd', 'bcda', false],
  ['abcd', 'ab', false],
  ['abcd', 'xbcx', false],
  ['', 'a', true],
  ['aab', 'ab', true],
  ['abcd', 'badc', false],
]
test('near words are found without a look at each', () => {
  const letters = [...'abc']
  const all = [
    '',
    ...letters,
    ...letters.flatMap((a) =>
      letters.flatMap((b) => [a + b, ...letters.flatMap((c) => [a + b + c, ...letters.map((d) => a + b + c + d)])]),
    ),
  ]
  const words = new Words(all)
  for (const text of all.filter(({ length }) => length >= 3)) {
    const want = all.filter((word) => isOneEditAway(text, word) && !(text.length === 3 && word.length === 3))
    assert.deepEqual([...words.near(text)].sort(), want.sort(), text)
  }
})

for (const [a, b, want] of edits) {
  test(`${a || '(nothing)'} and ${b} are ${want ? '' : 'not '}one edit apart`, () => {
    assert.equal(isOneEditAway(a, b), want)
    assert.equal(isOneEditAway(b, a), want)
  })
}

test('the passage is where it was found', () => {
  const {
    hits: [hit],
    words,
  } = search.find('すまーとふぉん 画面')
  assert.ok(hit)
  const passage = passageOf(hit.doc, words)
  assert.equal(passage?.anchor, 'how')
  assert.deepEqual(
    passage?.pieces.filter(({ marked }) => marked).map(({ text }) => text),
    ['スマートフォン', '画面'],
  )
})

test('what was folded is marked as it stands', () => {
  assert.deepEqual(mark('Wi-Fiルーターの更新', fold('Wi-Fiルーターの更新'), ['wifi', 'るた']), [
    { text: 'Wi-Fiルーター', marked: true },
    { text: 'の更新', marked: false },
  ])
})
