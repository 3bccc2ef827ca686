import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromU8, unzipSync } from 'fflate'
import type { Block } from './blocks.ts'
import { plainText } from './plain-text.ts'
import { wordFile } from './word.ts'

const run = (text: string) => [{ text }]
const blocks: Block[] = [
  { kind: 'heading', level: 2, runs: run('規程') },
  {
    kind: 'table',
    rows: [
      [
        { text: '会社名', heading: true },
        { text: '<b>A&B</b>\u0007\ud800 𠮷', heading: false },
      ],
    ],
  },
  { kind: 'heading', level: 3, runs: run('目的'), number: { of: 'chapter', text: '第1章' } },
  {
    kind: 'paragraph',
    runs: [{ text: '（題）', bold: true }, { text: ' 守る。\n次の行' }],
    number: { of: 'clause', text: '第1条' },
  },
  { kind: 'item', runs: run('一つ'), ordered: false },
  { kind: 'item', runs: run('二つ'), ordered: true },
]

async function parts(): Promise<Record<string, string>> {
  const file = await wordFile(blocks, {
    lang: 'ja',
    numbers: { chapter: '第{number}章', clause: '第{number}条' },
    size: 0,
  })
  const files = unzipSync(new Uint8Array(await file.arrayBuffer()))
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]))
}

test('what readers write stays text that XML can hold', async () => {
  const { 'word/document.xml': xml = '' } = await parts()
  assert.ok(xml.includes('&#60;b&#62;A&#38;B&#60;/b&#62; 𠮷<'), xml)
  assert.doesNotMatch(xml, /[\u0000-\u0008\ud800-\udbff](?![\udc00-\udfff])/)
  assert.ok(xml.includes('守る。</w:t><w:br/><w:t xml:space="preserve">次の行'), xml)
})

test('each thing that is numbered has a numbering of its own, and lists have bullets', async () => {
  const { 'word/document.xml': xml = '', 'word/numbering.xml': numbering = '' } = await parts()
  assert.deepEqual(
    [...xml.matchAll(/numId w:val="(\d)"/g)].map(([, id]) => id),
    ['3', '4', '1', '2'],
  )
  assert.deepEqual(
    [...numbering.matchAll(/lvlText w:val="([^"]*)"/g)].map(([, text]) => text),
    ['・', '%1.', '第%1章', '第%1条'],
  )
})

test('every part that is named is there', async () => {
  const files = await parts()
  const named = [...files['[Content_Types].xml']!.matchAll(/PartName="\/([^"]+)"/g)].map(([, name]) => name!)
  assert.ok(named.length > 2)
  for (const name of named) assert.ok(files[name], name)
  assert.ok(files['_rels/.rels']!.includes('Target="word/document.xml"'))
})

test('as a text, what belongs together stands together', () => {
  assert.equal(
    plainText(blocks.toSpliced(1, 1)),
    '規程\n\n第1章 目的\n\n第1条（題） 守る。\n次の行\n\n・一つ\n2. 二つ\n',
  )
})
