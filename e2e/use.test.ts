// The site as readers open it: in two browsers, on the web and from the unzipped offline edition,
// with and without script.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'puppeteer-core'
import { expectNoFaults, forEachBrowser, launchChromium, openPage, press } from './browser.ts'
import { editions, kindOf, serve, siteDir, type Site } from './site.ts'

forEachBrowser('the site is read', async (browser, t) => {
  const unstyled = await bodyFont(await browser.newPage())
  for (const [where, open] of editions) {
    await using site = await open(siteDir)
    for (const name of pagesToLoad(site)) {
      await t.test(`${name} loads ${where}`, async () => {
        const { page, faults } = await openPage(browser, site.root)
        await page.goto(site.root + name)
        assert.notEqual(
          await bodyFont(page),
          unstyled,
          `${name}: no stylesheet applies: body has the browser's own font`,
        )
        await idle(page)
        expectNoFaults(faults, name)
        await page.close()
      })
    }

    await t.test(`the navigation leads to pages ${where}`, async (t) => {
      const { page, faults } = await openPage(browser, site.root)
      await page.setViewport({ width: 1280, height: 800 })
      const links = 'header nav a[href]'
      await page.goto(`${site.root}index.html`)
      const count = (await page.$$(links)).length
      assert.ok(count > 0, `index.html: got no ${links}, want some`)

      for (let index = 0; index < count; index++) {
        if (index > 0) await page.goto(`${site.root}index.html`)
        const link = (await page.$$(links))[index]
        assert.ok(link !== undefined, `index.html: got fewer than ${count} ${links} the second time`)
        const text = await link.evaluate((element) => element.textContent.trim())
        await t.test(text, async () => {
          faults.length = 0
          await Promise.all([page.waitForNavigation(), press(page, link)])
          const [got = ''] = page.url().slice(site.root.length).split('#')
          assert.ok(site.pages.includes(got), `${text}: got ${page.url()}, want a page of ${site.root}`)
          assert.ok((await page.$('h1')) !== null, `${got}: got no h1, want one`)
          expectNoFaults(faults, got)
        })
      }
      await page.close()
    })
  }
})

test('the Tab key goes through a page in its order', async (t) => {
  await using site = await serve(siteDir)
  await using browser = await launchChromium()
  const page = await browser.newPage()
  for (const name of [...pagesToLoad(site), 'workspace.html']) {
    await t.test(name, async () => {
      await page.goto(site.root + name)
      const want = await page.evaluate(() => {
        const name = (element: Element) => element.outerHTML.replace(/\s+/g, ' ').slice(0, 100)
        const got: string[] = []
        document.addEventListener('focusin', ({ target }) => got.push(name(target as Element)))
        Object.assign(window, { got })
        // Of radio buttons the chosen one has the focus for all, or the first.
        const isOfGroup = (element: Element) =>
          element instanceof HTMLInputElement &&
          element.type === 'radio' &&
          element !==
            (document.querySelector(`[name="${element.name}"]:checked`) ??
              document.querySelector(`[name="${element.name}"]`))
        return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
          .filter(
            (element) =>
              element.checkVisibility({ visibilityProperty: true }) &&
              !element.matches(':disabled') &&
              !isOfGroup(element),
          )
          .map(name)
      })
      for (let stop = 0; stop < want.length; stop++) await page.keyboard.press('Tab')
      assert.deepEqual(await page.evaluate('got'), want, `${name}: what has the focus, Tab by Tab`)
    })
  }
})

test('checklists show every measure without script', async (t) => {
  await using browser = await launchChromium()
  for (const [where, open] of editions) {
    await using site = await open(siteDir)
    const checklists = site.pages.filter((page) => kindOf(page) === 'checklists/*')
    assert.ok(checklists.length > 0, 'got no checklists/*.html, want some')
    const { page, faults } = await openPage(browser, site.root)

    for (const name of checklists) {
      await t.test(`${name} ${where}`, async () => {
        faults.length = 0
        await page.setJavaScriptEnabled(true)
        await page.goto(site.root + name)
        const want = await measures(page)
        await page.setJavaScriptEnabled(false)
        await page.goto(site.root + name)
        const got = await measures(page)
        assert.ok(got.visible > 0, `${name}: got no visible [data-measure], want some`)
        assert.deepEqual(
          got,
          { all: want.all, visible: want.all },
          `${name}: measures without script, and all those with it`,
        )
        expectNoFaults(faults, name)
      })
    }
  }
})

/** The pages every reader meets, and one of each large kind. */
function pagesToLoad(site: Site): string[] {
  const firstOf = (kind: string) => {
    const page = site.pages.find((page) => kindOf(page) === kind)
    assert.ok(page !== undefined, `${site.root}: got no ${kind}, want some`)
    return page
  }
  return [
    'index.html',
    'flow.html',
    firstOf('methods/*'),
    firstOf('checklists/*'),
    firstOf('measures/*'),
    'matrix.html',
    'about.html',
  ]
}

function bodyFont(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.body).fontFamily)
}

/** Waits until the page has nothing left to do at once, so that errors of its scripts have come. */
async function idle(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done)))
}

function measures(page: Page): Promise<{ all: number; visible: number }> {
  return page.evaluate(() => {
    const rows = [...document.querySelectorAll('[data-measure]')]
    return {
      all: rows.length,
      visible: rows.filter((row) => row.checkVisibility() && row.textContent.trim() !== '').length,
    }
  })
}
