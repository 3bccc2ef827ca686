// The expectations of the search can be read, and what they name is on the site.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { files, parse, read } from './search-queries.ts'
import { siteDir } from './site.ts'

test('a case is a title, a query as typed, and the pages it should find', () => {
  const text = [
    '# a comment',
    '',
    '',
    'title',
    ' ぱす w',
    'measures/a.html',
    'b.html#x-1 | c/d.html',
    '# within a case',
    '',
    '   ',
    'two',
    '-',
    '-',
    '',
  ]
  const want = [
    { title: 'title', query: ' ぱす w', line: 4, hits: [['measures/a.html'], ['b.html#x-1', 'c/d.html']] },
    { title: 'two', query: '-', line: 11, hits: [] },
  ]
  assert.deepEqual(parse(text.join('\n')), want)
  assert.deepEqual(parse(text.join('\r\n')), want)
  assert.deepEqual(parse(''), [])
})

test('what is wrong is named with its line', () => {
  const cases: [string, string, string][] = [
    ['no query', '\ntitle', '2: 1行しかありません（題、打つことば、ページの番地か「-」を1行ずつ書いてください）'],
    [
      'no page',
      'title\nquery\n# a comment\n',
      '2: 2行しかありません（題、打つことば、ページの番地か「-」を1行ずつ書いてください）',
    ],
    [
      'no address',
      't\nq\na.html | b',
      '3: 「b」はページの番地ではありません（measures/backup.html や glossary.html#vpn のように書いてください）',
    ],
    [
      'an empty address',
      't\nq\na.html |',
      '3: 「」はページの番地ではありません（measures/backup.html や glossary.html#vpn のように書いてください）',
    ],
    [
      'nothing and a page',
      't\nq\na.html\n-',
      '4: 「-」はページの番地ではありません（measures/backup.html や glossary.html#vpn のように書いてください）',
    ],
    ['the same query', 't\nq\na.html\n\nu\nq\nb.html', '6: 「q」は2行めにもあります（どちらかを消してください）'],
  ]
  for (const [name, text, want] of cases) {
    assert.throws(() => parse(text), { message: `static/search/queries.txt:${want}` }, name)
  }
})

test('the expectations of this site can be read and are enough', () => {
  const expectations = read(files.known)
  assert.ok(expectations.length >= 200, `got ${expectations.length} expectations, want 200 or more`)
  for (const { line, query, hits } of expectations) {
    assert.ok(hits.length <= 3, `queries.txt:${line}: ${query} has ${hits.length} pages, want three at most`)
  }
})

test('every page that a search should find exists', () => {
  const missing = Object.values(files).flatMap((file) =>
    read(file).flatMap(({ line, query, hits }) =>
      hits
        .flat()
        .filter((address) => !exists(address))
        .map((address) => `static/search/${file}:${line}: 「${query}」のページ ${address} がサイトにありません`),
    ),
  )
  assert.ok(
    missing.length === 0,
    `got ${missing.length} addresses that are not in ${siteDir}, want none:\n${missing.join('\n')}`,
  )
})

test('of what the site does not hold nothing is expected', () => {
  for (const file of [files.absent, files.absent2, files.absent3, files.absent4])
    assert.deepEqual(
      read(file).filter(({ hits }) => hits.length > 0),
      [],
    )
})

test('an address that does not exist is noticed', () => {
  assert.deepEqual(['index.html', 'glossary.html#vpn', 'no.html', 'index.html#no'].map(exists), [
    true,
    true,
    false,
    false,
  ])
})

function exists(address: string): boolean {
  const [page = '', id] = address.split('#')
  const file = join(siteDir, page)
  return existsSync(file) && (id === undefined || readFileSync(file, 'utf8').includes(` id="${id}"`))
}
