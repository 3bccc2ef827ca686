// The page for other sites: the link that its form makes, and texts that work where they are pasted.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Page } from 'puppeteer-core'
import { axeFindings } from './axe.ts'
import { sidewaysFindings } from './findings.ts'
import { eventually, expectNoFaults, forEachBrowser, launchChromium, openPage, press, until } from './browser.ts'
import { editions, isCut, serve, siteDir } from './site.ts'

const address = 'linking.html'

for (const [edition, open] of editions) {
  forEachBrowser(`the form makes a link with answers ${edition}`, async (browser) => {
    await using site = await open(siteDir)
    const { page, faults } = await openPage(browser, site.root)
    await page.goto(site.root + address)
    await page.waitForSelector('link-maker:not([hidden])')
    assert.deepEqual(await made(page), { link: `${site.root}flow.html`, asked: ['owner'], ends: [] })
    await page.select('[name="owner"]', 'employee')
    await page.select('[name="remote"]', 'no')
    assert.deepEqual(await made(page), {
      link: `${site.root}flow.html#owner=employee&remote=no`,
      asked: ['owner', 'remote', 'cloud'],
      ends: [],
    })
    await page.select('[name="cloud"]', 'yes')
    const whole = await made(page)
    assert.deepEqual(whole, {
      link: `${site.root}flow.html#owner=employee&remote=no&cloud=yes`,
      asked: ['owner', 'remote', 'cloud'],
      ends: ['employee-cloud'],
    })
    // The answers after one that is taken back do not count, but are not lost.
    await page.select('[name="remote"]', '')
    assert.equal((await made(page)).link, `${site.root}flow.html#owner=employee`)
    await page.select('[name="remote"]', 'no')
    assert.deepEqual(await made(page), whole)

    const told = await page.$eval('[data-js-local]', (local) => local.checkVisibility())
    assert.equal(told, edition === 'unzipped')
    await page.goto(whole.link)
    await until(page, 'result', () => document.querySelector('[data-js-method="employee-cloud"]')!.checkVisibility())
    expectNoFaults(faults, page.url())
  })
}

function made(page: Page) {
  return page.$eval('link-maker', (maker) => {
    const seen = (selector: string) =>
      [...maker.querySelectorAll<HTMLElement>(selector)].filter((element) => element.checkVisibility())
    return {
      link: maker.querySelector('[data-js-text]')!.textContent,
      asked: seen('[data-js-question]').map(({ dataset }) => dataset.jsQuestion),
      ends: seen('[data-js-method]').map(({ dataset }) => dataset.jsMethod),
    }
  })
}

forEachBrowser('what is copied works on another site', async (browser, t) => {
  // As in the tests of the flow: browsers keep nothing for the frames of others.
  if (isCut) return t.skip('a first visit leaves nothing for the frames of others')
  await using site = await serve(siteDir)
  const page = await browser.newPage()
  await page.goto(site.root + address)
  await until(page, 'address of the site', () => !document.querySelector('[data-js-unknown]')!.checkVisibility())
  const texts = await page.$$eval('.snippet__text', (all) => all.map(({ textContent }) => textContent))
  assert.deepEqual(
    texts.filter((text) => !text.includes(site.root)),
    [],
    'texts without the address of the site',
  )

  const folder = await mkdtemp(join(tmpdir(), 'host-'))
  t.after(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, '_headers'), '')
  const markup = texts.filter((text) => text.startsWith('<'))
  await writeFile(join(folder, 'index.html'), `<!DOCTYPE html><title>host</title>${markup.join('\n')}`)
  await using host = await serve(folder)
  await page.setViewport({ width: 800, height: 2000 })
  await page.goto(host.root.replace('127.0.0.1', 'localhost'))
  const flow = await page.waitForFrame((frame) => frame.url().includes('embed/flow.html'))
  await eventually('frame as high as its page', () =>
    flow.evaluate(
      () => innerHeight === Math.ceil(document.querySelector('frame-height')!.getBoundingClientRect().height),
    ),
  )
  const { frames, unnamed, button } = await page.evaluate(() => ({
    frames: document.querySelectorAll('iframe[loading="lazy"]').length,
    unnamed: document.querySelectorAll('iframe:not([title])').length,
    button: document.querySelector('a')!.href,
  }))
  assert.deepEqual({ frames, unnamed, button }, { frames: 9, unnamed: 0, button: `${site.root}flow.html` })

  // Others cannot change a frame's height.
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        addEventListener('message', ({ source }) => source === window && done())
        postMessage({ type: 'tebiki:height', height: 1 }, '*')
      }),
  )
  assert.equal(await page.$eval('iframe[src$="flow.html"]', ({ height }) => height === '1'), false)
})

test('without script every text is there', async () => {
  await using browser = await launchChromium()
  await using site = await serve(siteDir)
  const page = await browser.newPage()
  await page.setJavaScriptEnabled(false)
  await page.goto(site.root + address)
  const all = await page.$eval('main', ({ textContent }) => textContent)
  for (const text of [
    '<iframe',
    'flow.html#owner=company&remote=no&cloud=no',
    'checklists/company-vpn.html',
    '<script>',
  ])
    assert.ok(all.includes(text), text)
  assert.equal(await page.$eval('.maker__instead', (text) => text.checkVisibility()), true)
})

forEachBrowser('everyone can use it', async (browser, _, browserName) => {
  await using site = await serve(siteDir)
  const { page, faults } = await openPage(browser, site.root)
  await page.goto(site.root + address)
  await page.select('[name="owner"]', 'company')
  await page.$$eval('details', (all) => all.forEach((details) => (details.open = true)))
  await press(page, '.linked [data-js-copy]')
  await until(page, 'word of the copy', () => document.querySelector('.linked [role="status"]')!.textContent !== '')
  for (const width of [320, 1280]) {
    await page.setViewport({ width, height: 800 })
    assert.deepEqual(await sidewaysFindings(page), [])
    if (browserName === 'Chromium') assert.deepEqual(await axeFindings(page), [])
  }
  expectNoFaults(faults, page.url())
})
