import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from './queries.ts'

test('a case is a title, a query as typed, and the pages it should find', () => {
  const text = [
    '# a comment', '', '', 'title', ' ぱす w', 'measures/a.html', 'b.html#x-1 | c/d.html', '# within a case', '',
    '   ', 'two', '-', '-', '',
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
    ['no page', 'title\nquery\n# a comment\n', '2: 2行しかありません（題、打つことば、ページの番地か「-」を1行ずつ書いてください）'],
    ['no address', 't\nq\na.html | b', '3: 「b」はページの番地ではありません（measures/backup.html や glossary.html#vpn のように書いてください）'],
    ['an empty address', 't\nq\na.html |', '3: 「」はページの番地ではありません（measures/backup.html や glossary.html#vpn のように書いてください）'],
    ['nothing and a page', 't\nq\na.html\n-', '4: 「-」はページの番地ではありません（measures/backup.html や glossary.html#vpn のように書いてください）'],
    ['the same query', 't\nq\na.html\n\nu\nq\nb.html', '6: 「q」は2行めにもあります（どちらかを消してください）'],
  ]
  for (const [name, text, want] of cases) {
    assert.throws(() => parse(text), { message: `static/search/queries.txt:${want}` }, name)
  }
})

test('the expectations of this site can be read and are enough', () => {
  const expectations = parse(readFileSync(join(import.meta.dirname, 'queries.txt'), 'utf8'))
  assert.ok(expectations.length >= 200, `got ${expectations.length} expectations, want 200 or more`)
  for (const { line, query, hits } of expectations) {
    assert.ok(hits.length <= 3, `queries.txt:${line}: ${query} has ${hits.length} pages, want three at most`)
  }
})
