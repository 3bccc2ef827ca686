import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fold, scriptAt, scripts } from './fold.ts'

const same: [rule: string, ...texts: string[]][] = [
  ['widths', 'ＶＰＮ', 'VPN', 'vpn'],
  ['half-width katakana', 'ｳｲﾙｽ', 'ウイルス', 'ういるす'],
  ['half-width marks', 'ﾊﾞｯｸｱｯﾌﾟ', 'バックアップ', 'ばっくあっぷ'],
  ['marks that stand apart', 'か\u3099', 'が', 'ガ'],
  ['small kana', 'ウィルス', 'ウイルス'],
  ['small kana of old spellings', 'ヵ', 'か'],
  ['a long vowel', 'サーバー', 'サーバ', 'さば'],
  ['dashes', 'Wi-Fi', 'WiFi', 'Wi‐Fi', 'Wi−Fi', 'ＷｉーＦｉ'],
  ['middle dots', '紛失・盗難', '紛失盗難'],
  ['spaces', 'Microsoft 365', 'Microsoft365', 'Microsoft　365'],
  ['ヴ and the row of バ', 'ヴァ', 'バ', 'ば'],
  ['ヴ alone', 'ヴ', 'ブ'],
  ['signs that hold letters', '①', '1'],
  ['signs that hold several letters', '㈱', '(株)'],
]

for (const [rule, first = '', ...others] of same) {
  test(`${rule} are alike`, () => {
    for (const other of others) assert.equal(fold(other).text, fold(first).text, `${other} and ${first}`)
  })
}

test('what differs stays different', () => {
  const texts = ['か', 'が', 'は', 'ば', 'ぱ', 'vpn', 'ログ', 'ログイン', '◎', '○', '二', '2']
  assert.equal(new Set(texts.map((text) => fold(text).text)).size, texts.length)
})

test('every folded character knows where it came from', () => {
  for (const text of [
    'Wi-Fiルーター',
    'ヴァイオリン',
    '①方式',
    '𠮷野家の㈱ログ',
    '一行め\n二行め',
    'x'.repeat(5000) + '㍿'.repeat(3000),
  ]) {
    const { text: folded, from, begins } = fold(text)
    assert.equal(from.length, folded.length, text)
    assert.equal(begins.length, folded.length, text)
    let before = 0
    for (const place of from) {
      assert.ok(place >= before && place < text.length, `${text}: place ${place} after ${before}`)
      before = place
    }
  }
})

test('words begin where the script changes or something was left out', () => {
  const begins = (text: string) => [...fold(text).begins].join('')
  assert.equal(begins('ログイン'), '1000')
  assert.equal(begins('VPN機器'), '10010')
  assert.equal(begins('Google Workspace'), '100000100000000')
  assert.equal(begins('メール・チャット'), '101000')
  assert.equal(begins('Wi-Fi'), '1000')
  assert.equal(begins('覗き見'), '111')
})

test('lines stay apart', () => {
  assert.equal(fold('上\n下').text, '上\n下')
})

test('kana are told apart in the original', () => {
  assert.equal(scriptAt('ログ', 0), scripts.katakana)
  assert.equal(scriptAt('ろぐ', 0), scripts.hiragana)
  assert.equal(scriptAt('記録', 0), scripts.kanji)
  assert.equal(scriptAt('々', 0), scripts.kanji)
  assert.equal(scriptAt('。', 0), scripts.none)
})

test('texts fold as the generator folds them', () => {
  const cases = readFileSync(join(import.meta.dirname, 'fold.txt'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  for (const line of cases) {
    const [text = '', want] = line.split('\t')
    assert.equal(fold(text).text, want, text)
  }
  assert.ok(cases.length > 20)
})
