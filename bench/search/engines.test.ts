// The comparison is fair: each engine gets every page that is expected, and each one runs.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { files, read } from '../../e2e/search-queries.ts'
import { launchChromium } from '../../e2e/browser.ts'
import { readDocuments, type SearchDocument } from './documents.ts'
import { Fetched, makeMiniSearch, makePagefind } from './engines.ts'
import { serve, siteDir } from '../../e2e/site.ts'

test('the documents hold every expected page, and each item of a list once', async () => {
  await using browser = await launchChromium()
  const documents = await readDocuments(siteDir, await browser.newPage())
  const byAddress = new Map(documents.map((document) => [document.address, document]))
  assert.equal(byAddress.size, documents.length, 'addresses given twice')

  const missing = read(files.known).flatMap(({ line, hits }) =>
    hits
      .filter((alternatives) => !alternatives.some((address) => byAddress.has(address)))
      .map((alternatives) => `${line}: ${alternatives.join(' | ')}`),
  )
  assert.deepEqual(missing, [])
  assert.deepEqual(
    documents.filter(({ title, text }) => title === '' || text === '').map(({ address }) => address),
    [],
  )

  const item = byAddress.get('glossary.html#vpn')!
  assert.ok(item.title.startsWith('VPN'), `got the title ${item.title}`)
  const definition = item.text.slice(item.title.length)
  assert.ok(!byAddress.get('glossary.html')!.text.includes(definition), 'the list still holds its items')
  assert.ok(
    !byAddress.get('methods/company-vpn.html')!.text.includes('このページの用語'),
    'the foot of a page is still there',
  )
})

test('each engine finds what it is given, and counts what it fetched', async () => {
  const documents = [
    document('measures/backup.html', 'バックアップ', '控えを取ります。'),
    document('glossary.html#vpn', 'VPN', '暗号化された専用の通り道です。'),
  ]
  await using browser = await launchChromium()
  await using pagefind = await makePagefind(documents)
  await using miniSearch = await makeMiniSearch(documents)
  for (const engine of [pagefind, miniSearch]) {
    await using site = await serve(engine.dir)
    await using page = await browser.newPage()
    await engine.open(page, site)
    const ready = engine.bytes()
    const found = await engine.search('ＶＰＮ')
    assert.deepEqual(found.addresses, ['glossary.html#vpn'], engine.name)
    assert.ok(
      ready > 0 && found.ms >= 0 && engine.bytes() >= ready,
      `${engine.name}: got ${ready} bytes, ${found.ms} ms, ${engine.bytes()} bytes`,
    )
    const bytes = engine.bytes()
    assert.deepEqual((await engine.search('控え')).addresses, ['measures/backup.html'], engine.name)
    assert.equal(engine.bytes(), bytes, `${engine.name}: a later search counts`)
  }
})

test('files are counted as a host sends them', async () => {
  await using browser = await launchChromium()
  await using site = await serve(siteDir)
  await using page = await browser.newPage()
  const fetched = new Fetched(page, site, siteDir)
  await page.goto(site.root)
  assert.deepEqual(
    fetched.files.filter((file) => !file.startsWith('/assets/')),
    ['/index.html'],
  )
  const sent = fetched.sizeOf(['/index.html'])
  const raw = readFileSync(`${siteDir}/index.html`).length
  assert.ok(sent > 0 && sent < raw / 2, `got ${sent} bytes of ${raw}`)
  // A picture is compressed already.
  assert.ok(fetched.sizeOf(['/share.png']) <= readFileSync(`${siteDir}/share.png`).length)
})

function document(address: string, title: string, text: string): SearchDocument {
  return { address, title, headings: '', text, html: `<h1>${title}</h1><p>${text}</p>` }
}
