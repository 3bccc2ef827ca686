import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fold } from './fold.ts'
import { toKana } from './romaji.ts'

const typed: [letters: string, kana: string][] = [
  ['pasuwado', 'パスワード'],
  ['uirusu', 'ウイルス'],
  ['kaunnto', 'かうんと'],
  ['nin', 'にん'],
  ['nn', 'ん'],
  ['shitsumon', 'しつもん'],
  ['situmon', 'しつもん'],
  ['chatto', 'チャット'],
  ['tyatto', 'チャット'],
  ['cyatto', 'チャット'],
  ['jisho', 'じしょ'],
  ['zisyo', 'じしょ'],
  ['ja', 'じゃ'],
  ['zya', 'じゃ'],
  ['fairu', 'ファイル'],
  ['fuan', 'ふあん'],
  ['kyouyuu', 'きょうゆう'],
  ['kinyuu', 'きにゅう'],
  ['shinpai', 'しんぱい'],
  ['matto', 'マット'],
  ['wi', 'ウィ'],
  ['xtu', 'っ'],
  ['lya', 'ゃ'],
]

for (const [letters, kana] of typed) {
  test(`${letters} is ${kana}`, () => assert.equal(toKana(letters), fold(kana).text))
}

test('a kana half typed is left out', () => {
  assert.equal(toKana('pasuw'), 'ぱす')
  assert.equal(toKana('kensh'), 'けん')
})

test('what is no kana stays what it is', () => {
  for (const text of ['vpn', 'q', 'https', 'x']) assert.equal(toKana(text), undefined, text)
})
