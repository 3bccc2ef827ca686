// What the pages beside the checklists do in a browser: words explained where they stand, the
// self-test, ends of support as of today; and what remains of it without script.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'puppeteer-core'
import { eventually, expectNoFaults, forEachBrowser, launchChromium, openPage, press } from './browser.ts'
import { viewFindings } from './findings.ts'
import { editions, serve, siteDir } from './site.ts'

const word = 'main a[href^="#term-"]'
const box = '[popover]:popover-open'

const textOf = (page: Page, selector: string) => page.$eval(selector, (part) => part.textContent)
const isOpen = async (page: Page) => (await page.$(box)) !== null
/** What has the focus: the word, the box, or the text of something else. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement!
    return element.matches('[popover]') ? 'box' : element.matches('a[href^="#term-"]') ? 'word' : element.textContent
  })

for (const [where, open] of editions) {
  forEachBrowser(`words are explained where they stand ${where}`, async (browser) => {
    await using site = await open(siteDir)
    const { page, faults } = await openPage(browser, site.root)
    for (const width of [320, 1280]) {
      await page.setViewport({ width, height: 700 })
      await page.goto(`${site.root}methods/company-vpn.html`)
      const words = await page.$$(word)
      assert.ok(words.length > 2, `got ${words.length} words, want some`)
      for (const link of words) {
        await link.evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }))
        const before = await page.evaluate(() => scrollY)
        await press(page, link)
        const term = await link.evaluate((element) => element.textContent)
        const want = await link.evaluate(
          (element) => document.querySelector(`${(element as HTMLAnchorElement).hash} dd`)!.textContent,
        )
        const got = await textOf(page, box)
        assert.ok(got.startsWith(term + want), `${term}: got ${got}, want ${term}${want}`)
        const inside = await page.$eval(box, (part) => {
          const { left, top, right, bottom } = part.getBoundingClientRect()
          return left >= 0 && top >= 0 && right <= document.documentElement.clientWidth && bottom <= innerHeight
        })
        assert.ok(inside, `${term}: the box is not wholly in a window of ${width}`)
        assert.equal(await page.evaluate(() => scrollY), before, `${term}: the page moved`)
        assert.equal(await focused(page), 'box')
        await page.keyboard.press('Escape')
        assert.equal(await isOpen(page), false, `${term}: open after Escape`)
        assert.equal(await focused(page), 'word')
      }
    }
    assert.equal(new URL(page.url()).hash, '', 'the address has changed')

    // Press again: it closes. Press elsewhere: it closes. The button closes it. By keyboard the box
    // comes after its word.
    const [first, second] = await page.$$(word)
    await press(page, first!)
    await press(page, first!)
    assert.equal(await isOpen(page), false, 'open after a second press')
    await press(page, first!)
    await press(page, second!)
    assert.equal(
      (await textOf(page, box)).startsWith(await second!.evaluate((element) => element.textContent)),
      true,
      'the second word is not explained',
    )
    await press(page, 'h1')
    assert.equal(await isOpen(page), false, 'open after a press elsewhere')
    await first!.focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    assert.equal(await focused(page), '用語集で見る')
    await page.keyboard.press('Tab')
    assert.equal(await focused(page), '閉じる')
    await page.keyboard.press('Enter')
    assert.deepEqual([await isOpen(page), await focused(page)], [false, 'word'])
    await page.keyboard.press('Enter')
    for (const _ of 'abc') await page.keyboard.press('Tab')
    assert.equal(await isOpen(page), false, 'open though the focus has left it')
    await press(page, first!)
    await Promise.all([page.waitForNavigation(), press(page, `${box} a`)])
    assert.match(page.url(), /glossary\.html#[a-z0-9-]+$/)
    expectNoFaults(faults, where)
  })

  forEachBrowser(`the self-test leads to a result ${where}`, async (browser) => {
    await using site = await open(siteDir)
    const { page, faults } = await openPage(browser, site.root)
    await page.goto(`${site.root}guideline.html`)
    const said = () => textOf(page, 'self-test [role="status"]')
    const current = () =>
      page.$$eval('self-test [data-current] [data-js-title]', (titles) => titles.map((title) => title.textContent))
    const answer = (index: number, value: string) =>
      page.$$eval(
        'self-test fieldset',
        (statements, i, v) => statements[i]!.querySelector<HTMLInputElement>(`[value="${v}"]`)!.click(),
        index,
        value,
      )
    assert.deepEqual([await said(), await current()], ['', []])
    const count = (await page.$$('self-test fieldset')).length
    for (let i = 0; i < count - 1; i++) {
      await answer(i, 'yes')
      assert.deepEqual([await said(), await current()], [`あと${count - 1 - i}問です。`, []])
    }
    await answer(count - 1, 'yes')
    assert.deepEqual([await said(), await current()], ['結果: ガイドラインから読めます', ['ガイドラインから読めます']])
    await answer(0, 'no')
    assert.deepEqual(
      [await said(), await current()],
      ['結果: 手引きの進め方から始めます', ['手引きの進め方から始めます']],
    )
    await press(page, 'self-test [type="reset"]')
    await page.waitForFunction(() => document.querySelector('self-test [role="status"]')!.textContent === '')
    assert.deepEqual(await current(), [])
    // One answer may be enough.
    await answer(3, 'no')
    assert.equal(await said(), '結果: 手引きの進め方から始めます')
    expectNoFaults(faults, where)
  })

  forEachBrowser(`ends of support are told as of today ${where}`, async (browser) => {
    await using site = await open(siteDir)
    const { page, faults } = await openPage(browser, site.root)
    await page.goto(`${site.root}lifecycles.html`)
    const rows = await page.$$eval('life-cycles tbody tr', (all) =>
      all.map(
        (row) => [row.querySelector('time')!.dateTime, row.querySelector('[data-js-state]')!.textContent] as const,
      ),
    )
    assert.ok(rows.length > 0)
    const today = new Date().toLocaleDateString('sv') // YYYY-MM-DD, here
    for (const [end, got] of rows) {
      const past = end < today.slice(0, end.length)
      const days = Math.round((Date.parse(end) - Date.parse(today)) / 86_400_000)
      const near = end.length === 10 ? `あと${days}日です` : 'まもなく終わります'
      assert.ok(
        past ? got === '終わりました' : got === near || got === '続いています',
        `${end}: got ${got} on ${today}`,
      )
    }
    expectNoFaults(faults, where)
  })
}

test('what has been opened and answered can be used by everyone', async () => {
  await using site = await serve(siteDir)
  await using browser = await launchChromium()
  const { page } = await openPage(browser, site.root)
  await page.goto(`${site.root}methods/company-vpn.html`)
  await press(page, word)
  expectNoFaults(await viewFindings(page), 'a word')
  assert.ok(await isOpen(page), 'the word was closed meanwhile')
  await page.goto(`${site.root}guideline.html`)
  await press(page, 'self-test [value="no"]')
  expectNoFaults(await viewFindings(page), 'the self-test')
})

test('without script, the foot explains words, the self-test how to judge, and ends of support are dates', async () => {
  await using site = await serve(siteDir)
  await using browser = await launchChromium()
  const page = await browser.newPage()
  await page.setJavaScriptEnabled(false)
  await page.goto(`${site.root}measures/multi-factor.html`)
  await press(page, word)
  await eventually('term in the address', () => page.evaluate(() => location.hash.startsWith('#term-')))
  const hash = await page.evaluate(() => location.hash)
  await eventually('term in sight', () =>
    page.$eval(
      hash,
      (item) => item.getBoundingClientRect().top >= 0 && item.getBoundingClientRect().bottom <= innerHeight,
    ),
  )

  await page.goto(`${site.root}guideline.html`)
  for (const part of ['self-test legend', 'self-test input', 'self-test dt', 'self-test dd']) {
    assert.ok(await page.$eval(part, (element) => element.checkVisibility()), `${part} is not shown`)
  }
  await page.goto(`${site.root}lifecycles.html`)
  assert.match(await textOf(page, 'life-cycles time'), /^\d{4}年\d+月\d+日$/)
})
