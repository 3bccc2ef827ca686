// What readers need when something has happened, and what they fill in for others: from the web and
// from the unzipped folder, with and without script, on the screen of a phone and on paper.
import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from 'puppeteer-core'
import { getDocumentProxy } from 'unpdf'
import { eventually, expectNoFaults, forEachBrowser, launchChromium, openPage, press } from './browser.ts'
import { editionsOf, kindOf, serve, siteDir, unzip, type Site } from './site.ts'

const cases = (site: Site) => site.pages.filter((page) => kindOf(page) === 'incident/*')

// Firefox has no command that switches scripts off, and cannot be asked anything without them: there
// the scripts in the folder say nothing.
forEachBrowser(
  'two presses lead to the first step, on a phone without script, from the folder',
  async (browser, _, browserName) => {
    await using site = await unzip(siteDir)
    const { page, faults } = await openPage(browser, site.root)
    if (browserName === 'Firefox') {
      for (const script of globSync(fileURLToPath(`${site.root}assets/*.js`))) await writeFile(script, '')
    } else {
      await page.setJavaScriptEnabled(false)
    }
    await page.setViewport({ width: 360, height: 640 })
    const sheets = cases(site)
    assert.ok(sheets.length >= 6, `got ${sheets.length} cases, want all of them`)
    for (const sheet of sheets) {
      await page.goto(`${site.root}index.html`)
      const way = 'main a[href="incident.html"]'
      assert.ok(
        await page.$eval(way, (link) => link.getBoundingClientRect().bottom <= 640),
        'index.html: the way is not in sight',
      )
      await follow(page, way)
      await follow(page, `main a[href="${sheet}"]`)
      assert.ok(page.url().endsWith(sheet), `got ${page.url()}, want ${sheet}`)
      const first = await page.$eval('#first + p', (step) => step.getBoundingClientRect().bottom)
      assert.ok(first <= 640, `${sheet}: the first step ends at ${first} px, want it in sight`)
    }
    expectNoFaults(faults, 'the way to a sheet')
  },
)

test('a sheet has a field for each number without script', async () => {
  await using browser = await launchChromium()
  await using site = await serve(siteDir)
  const { page } = await openPage(browser, site.root)
  await page.setJavaScriptEnabled(false)
  await page.goto(site.root + cases(site)[0]!)
  await page.type('#contact-boss', '090')
  assert.equal(await page.$eval('#contact-boss', (field) => (field as HTMLInputElement).value), '090')
})

forEachBrowser('something has happened', async (browser, t, browserName) => {
  for (const [where, open] of editionsOf('something', browserName)) {
    await t.test(`a number is kept, and stands on every sheet ${where}`, async () => {
      await using site = await open(siteDir)
      const { page, faults } = await openPage(browser, site.root)
      const [one = '', other = ''] = cases(site)
      await page.goto(site.root + one)
      await eventually('store', () => page.evaluate(() => customElements.get('emergency-sheet') !== undefined))
      await page.type('#contact-boss', '090-0000-0000 =社長')
      await page.keyboard.press('Tab')
      await eventually('saved number', async () =>
        /\d\d:\d\d/.test(await page.$eval('save-state', (line) => line.textContent)),
      )
      await page.goto(site.root + other)
      await eventually('number on another sheet', () =>
        page.$eval('#contact-boss', (field) => (field as HTMLInputElement).value === '090-0000-0000 =社長'),
      )
      expectNoFaults(faults, where)
    })

    await t.test(`the days of a report follow from the day it was learned of ${where}`, async () => {
      await using site = await open(siteDir)
      const { page, faults } = await openPage(browser, site.root)
      await page.goto(`${site.root}leak-report.html`)
      const stored = () => page.evaluate(() => JSON.stringify(localStorage))
      const before = await stored() // unzipped, the pages before have left something
      await eventually('field', () => page.$eval('#learned', (field) => field.checkVisibility()))
      const write = (day: string) =>
        page.$eval(
          '#learned',
          (field, day) => {
            ;(field as HTMLInputElement).value = day
            field.dispatchEvent(new Event('input', { bubbles: true }))
          },
          day,
        )
      await write('2026-01-30')
      const dates = await page.$$eval('[data-js-last]', (places) => places.map((place) => place.textContent))
      for (const [index, day] of [['2026年2月1日', '2026年2月3日'], ['2026年2月28日'], ['2026年3月30日']].entries()) {
        for (const date of day) assert.ok(dates[index]?.includes(date), `got ${dates[index]}, want ${date}`)
      }
      await write('9998-01-01')
      assert.notEqual(await page.$eval('[data-js-error]', (error) => error.textContent), '', 'a day to come is taken')
      assert.equal(await stored(), before, 'something was stored')
      expectNoFaults(faults, where)
    })
  }

  await t.test('a framework shows what the company has answered', async () => {
    await using site = await serve(siteDir)
    const { page, faults } = await openPage(browser, site.root)
    const name = site.pages.find((page) => kindOf(page) === 'frameworks/*')!
    await page.goto(site.root + name)
    const states = () => page.$$eval('[data-js-state]', (places) => places.map((place) => place.textContent))
    await eventually('states', async () => (await states()).some((state) => state !== '－'))
    const before = await states()
    const evidence = 'https://example.jp/a <b>'
    // An item that a measure answers whole, and one that measures answer in part.
    for (const [word, item] of Object.entries(await page.evaluate(itemsByState))) {
      for (const measure of item.measures) {
        await page.goto(`${site.root}measures/${measure}.html`)
        await eventually('answer', async () => {
          await page.$eval(`[name="status-${measure}"][value="done"]`, (radio) => (radio as HTMLInputElement).click())
          return page.$eval('save-state', (line) => /\d\d:\d\d/.test(line.textContent))
        })
        await page.$eval(
          '[name="evidence"]',
          (field, text) => {
            ;(field as HTMLInputElement).value = text
            field.dispatchEvent(new Event('input', { bubbles: true }))
          },
          evidence,
        )
      }
      await page.goto(site.root + name)
      await eventually('done item', async () => (await states())[item.index] !== before[item.index])
      const want = await page.$eval(
        'framework-answers',
        (element, word) => (element as HTMLElement).dataset[word],
        word,
      )
      assert.equal((await states())[item.index], want)
      const shown = await page.$eval(`[data-js-measure="${item.measures[0]}"] [data-js-evidence]`, (place) => [
        place.textContent,
        place.querySelector('a')?.href,
      ])
      assert.deepEqual(shown, [`証拠: ${evidence}`, 'https://example.jp/a'])
    }
    expectNoFaults(faults, name)
  })
})

forEachBrowser('a sheet is one page of A4, however full it is', async (browser, t) => {
  await using site = await serve(siteDir)
  for (const name of cases(site)) {
    await t.test(name, async () => assert.equal(await sheetsOf(browser, site.root + name), 1))
  }
  await t.test('the fullest', async () => assert.equal(await sheetsOf(browser, site.root + cases(site)[0]!, fill), 1))
})

/** The first items with measures that make them done and partly done, with the place of their state. */
function itemsByState(): Record<'done' | 'partly', { index: number; measures: string[] }> {
  const items = [...document.querySelectorAll('[data-js-item]')].map((item, index) => {
    const places = [...item.querySelectorAll<HTMLElement>('[data-js-measure]')]
    const isPart = places.every((place) => place.querySelector('[data-js-part]'))
    return { index, isPart, measures: places.map(({ dataset }) => dataset.jsMeasure!) }
  })
  const first = (part: boolean) => items.find(({ isPart, measures }) => measures.length > 0 && isPart === part)!
  return { done: first(false), partly: first(true) }
}

/** Fills the lists of a sheet up to what the rules of the content allow. */
function fill(): void {
  const [text, brief] = ['漢'.repeat(42), '漢'.repeat(24)]
  const fillList = (list: Element, most: number, text: string) => {
    while (list.children.length < most) list.append(list.lastElementChild!.cloneNode(true))
    for (const item of list.children) item.lastChild!.textContent = text
  }
  document.querySelector('#first + p')!.textContent = text
  fillList(document.querySelector('.sheet__steps ol')!, 8, text)
  fillList(document.querySelector('.sheet__never ul')!, 5, text)
  fillList(document.querySelector('.sheet__write ul')!, 6, brief)
  const table = document.querySelector('.sheet__table tbody')!
  while (table.children.length < 7) table.prepend(table.firstElementChild!.cloneNode(true))
  for (const row of table.children) row.querySelector('td')!.textContent = brief
}

async function sheetsOf(browser: BrowserContext, url: string, change?: () => void): Promise<number> {
  const page = await browser.newPage()
  await page.goto(url)
  if (change) await page.evaluate(change)
  const pdf = await getDocumentProxy(new Uint8Array(await page.pdf({ preferCSSPageSize: true })), { verbosity: 0 })
  await page.close()
  return pdf.numPages
}

async function follow(page: Page, link: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), press(page, link)])
}
