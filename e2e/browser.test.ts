// The harness itself: a record that misses faults would pass a broken site.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Page } from 'puppeteer-core'
import { forEachBrowser, openPage, waitTimeout } from './browser.ts'
import { headersFor, parseHeaders, serve } from './site.ts'

const headers = "/*\n  Content-Security-Policy: script-src 'self'\n"
const broken = (elsewhere: string) => `<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="script-src 'self'">
<title>broken</title>
<link rel="icon" href="data:,">
<script src="broken.js"></script>
<script src="missing.js"></script>
<script>'inline'</script>
</head>
<body><img alt="" src="missing.png"><img alt="" src="${elsewhere}foreign.png"></body>
</html>
`

forEachBrowser('faults are recorded', async (browser, t) => {
  const folder = await mkdtemp(join(tmpdir(), 'broken-'))
  t.after(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, '_headers'), headers)
  await writeFile(join(folder, 'broken.js'), 'console.error("said"); setTimeout(() => { throw new Error("thrown") })')
  await writeFile(join(folder, 'index.html'), '')
  await using site = await serve(folder)
  await using elsewhere = await serve(folder)
  await writeFile(join(folder, 'index.html'), broken(elsewhere.root))

  const files = `${pathToFileURL(folder).href}/`
  for (const root of [site.root, files]) {
    const { page, faults } = await openPage(browser, root)
    await page.goto(`${root}index.html`)
    const got = faults.join('\n')
    for (const want of [
      'console error: said',
      'thrown',
      'inline script',
      'missing.js',
      'missing.png',
      `foreign request: ${elsewhere.root}foreign.png`,
    ]) {
      assert.ok(got.includes(want), `${root}\ngot\n${got}\nwant ${want}`)
    }
    const fetched = await page.evaluate(() =>
      fetch('broken.js').then(
        () => 'read',
        () => 'refused',
      ),
    )
    assert.equal(fetched, root === files ? 'refused' : 'read', `${root}: fetch of a file beside the page`)
  }
})

forEachBrowser('every page is waited for equally long', async (context) => {
  const page = await context.newPage()
  assert.equal(page.getDefaultTimeout(), waitTimeout, 'a page of a context')
  assert.equal((await context.browser().newPage()).getDefaultTimeout(), waitTimeout, 'a page of the browser')
  const [opened] = await Promise.all([
    new Promise<Page | null>((opened) => page.once('popup', opened)),
    page.evaluate(() => void open('about:blank')),
  ])
  assert.equal(opened?.getDefaultTimeout(), waitTimeout, 'a page that a page opened')
})

test('a path gets the headers of its rule', () => {
  const rules = parseHeaders('# all pages\n/\n  A: 1\n/*.html\n  A: 2\n  B: x: y\n\n/embed/*\n  A: 3\n')
  for (const [path, want] of [
    ['/', { A: '1' }],
    ['/methods/a.html', { A: '2', B: 'x: y' }],
    ['/embed/flow.js', { A: '3' }],
    ['/a.css', {}],
  ] as const) {
    assert.deepEqual(headersFor(path, rules), want, path)
  }
  const names = parseHeaders('/:file\n  A: 1\n')
  assert.deepEqual(
    [headersFor('/a.html', names), headersFor('/', names), headersFor('/a/b.html', names)],
    [{ A: '1' }, {}, {}],
  )
  assert.throws(() => headersFor('/embed/flow.html', rules), /matches \/\*\.html and \/embed\/\*/)
  assert.throws(() => parseHeaders('/\nA: 1\n'), /_headers:2: got "A: 1"/)
})
