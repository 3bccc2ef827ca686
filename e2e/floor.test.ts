// The floor: the site runs in the browsers of spring 2024, and older ones are told what works.
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { eventually, launchChromium } from './browser.ts'
import { serve, siteDir } from './site.ts'

const notice = '@supports not ((color:light-dark('

test('older browsers are told in words, by styles alone', async () => {
  const assets = await readdir(join(siteDir, 'assets'))
  const style = assets.find((name) => /^main-.*\.css$/.test(name)) ?? assert.fail('no stylesheet')
  const css = await readFile(join(siteDir, 'assets', style), 'utf8')
  assert.ok(css.includes(notice) || css.includes(notice.replace(':l', ': l')), 'the rule for older browsers is built')
  const page = await readFile(join(siteDir, 'index.html'), 'utf8')
  assert.match(page, /<p class="old-browser" hidden>[^<]*(?:印刷)[^<]*<\/p>/)
})

/**
 * What browsers have learned since, of the language and of the page; but not trusted types, which a
 * browser that knows them demands.
 */
const newer: Record<string, string[]> = {
  'Iterator.prototype': [
    'map',
    'filter',
    'take',
    'drop',
    'flatMap',
    'reduce',
    'toArray',
    'forEach',
    'some',
    'every',
    'find',
  ],
  'Set.prototype': [
    'union',
    'intersection',
    'difference',
    'symmetricDifference',
    'isSubsetOf',
    'isSupersetOf',
    'isDisjointFrom',
  ],
  Uint8Array: ['fromBase64', 'fromHex'],
  'Uint8Array.prototype': ['toBase64', 'toHex', 'setFromBase64', 'setFromHex'],
  Promise: ['try'],
  RegExp: ['escape'],
  Error: ['isError'],
  Math: ['f16round', 'sumPrecise'],
  'Map.prototype': ['getOrInsert', 'getOrInsertComputed'],
  JSON: ['rawJSON', 'isRawJSON'],
  Intl: ['DurationFormat'],
  URL: ['parse'],
  'Blob.prototype': ['bytes'],
  'Response.prototype': ['bytes'],
  'Element.prototype': ['moveBefore', 'getHTML', 'setHTML', 'setHTMLUnsafe', 'ariaNotify'],
  'Document.prototype': ['startViewTransition'],
  CSS: ['highlights'],
  globalThis: [
    'navigation',
    'Iterator',
    'Float16Array',
    'URLPattern',
    'cookieStore',
    'CloseWatcher',
    'scheduler',
    'Highlight',
  ],
}

test('nothing that browsers have learned since is needed', async () => {
  await using site = await serve(siteDir)
  await using browser = await launchChromium()
  const page = await browser.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => void (message.type() === 'error' && faults.push(message.text())))
  await page.evaluateOnNewDocument((newer) => {
    for (const [owner, names] of Object.entries(newer)) {
      const found = owner
        .split('.')
        .reduce<unknown>((object, name) => (object as Record<string, unknown> | undefined)?.[name], globalThis)
      if (found) for (const name of names) delete (found as Record<string, unknown>)[name]
    }
  }, newer)
  await page.goto(`${site.root}flow.html#owner=company&remote=no&cloud=yes`)
  assert.equal(
    await page.evaluate(() => 'navigation' in window || 'union' in Set.prototype),
    false,
    'they are still there',
  )
  await page.waitForSelector('method-flow a[href*="checklists/"]')

  await page.goto(`${site.root}checklists/company-cloud.html`)
  await page.waitForSelector('check-list[data-ready]')
  await page.$eval('[name="status-antivirus"][value="done"]', (radio) => (radio as HTMLInputElement).click())
  await eventually('save', async () => /\d\d:\d\d/.test(await page.$eval('save-state', (line) => line.textContent)))

  await page.goto(`${site.root}show/boss.html`)
  await page.waitForSelector('[data-js-figures] li')
  await page.goto(`${site.root}show.html`)
  await page.waitForSelector('[data-js-own]:not([hidden])')

  await page.goto(`${site.root}workspace.html`)
  await page.waitForSelector('.record')
  await page.$eval('[data-js-table] [value="workbook"]', (button) => (button as HTMLElement).click())
  await eventually('workbook', async () =>
    /\.xlsx/.test(await page.$eval('[data-js-table] [data-js-message]', (line) => line.textContent)),
  )

  await page.goto(`${site.root}search.html?q=${encodeURIComponent('パスワード')}`)
  await page.waitForSelector('[data-js-results][aria-busy="false"] [data-search-result]')
  assert.deepEqual(faults, [])
})
