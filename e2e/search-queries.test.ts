// What the expectations of the search name is on the site.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from '../static/search/queries.ts'
import { siteDir } from './site.ts'

test('every page that a search should find exists', () => {
  const missing = parse(readFileSync('static/search/queries.txt', 'utf8')).flatMap(({ line, query, hits }) =>
    hits
      .flat()
      .filter((address) => !exists(address))
      .map((address) => `static/search/queries.txt:${line}: 「${query}」のページ ${address} がサイトにありません`),
  )
  assert.ok(
    missing.length === 0,
    `got ${missing.length} addresses that are not in ${siteDir}, want none:\n${missing.join('\n')}`,
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
