// A phone is turned, or a page enlarged, while it is read: what was read stays in sight.
import assert from 'node:assert/strict'
import type { Page } from 'puppeteer-core'
import { expectNoFaults, forEachBrowser, openPage, press, until } from './browser.ts'
import { editions, siteDir } from './site.ts'

const turns = [
  [
    { width: 390, height: 844 },
    { width: 844, height: 390 },
  ],
  [
    { width: 1280, height: 800 },
    { width: 320, height: 200 },
  ], // 400 %
] as const

/** Waits until the page has drawn what was done, and rests: a timer of its own began before this one. */
const rest = (page: Page) =>
  page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 500)))),
  )

/** Where the marked element stands, and the window's height. */
const marked = (page: Page) =>
  page.$eval('[data-marked]', (element) => ({
    top: Math.round(element.getBoundingClientRect().top),
    height: innerHeight,
  }))

/** What stands beside it may be what is held: half a window away is near. */
const expectNear = async (page: Page, what: string) => {
  const { top, height } = await marked(page)
  assert.ok(top > -height / 2 && top < 1.5 * height, `${what}: got ${top} px from the top of a window of ${height}`)
}

for (const [where, open] of editions)
  forEachBrowser(`what is read stays in sight when the window changes ${where}`, async (context) => {
    await using site = await open(siteDir)
    const { page, faults } = await openPage(context, site.root)
    for (const address of ['guideline.html', 'checklists/company-vpn.html', 'glossary.html']) {
      for (const [before, after] of turns) {
        await page.setViewport(before)
        await page.goto(site.root + address)
        // In the middle of the page, a short text in the middle of the window.
        await page.evaluate(() => {
          scrollTo({ top: document.documentElement.scrollHeight / 2, behavior: 'instant' })
          // A text of some kind that every width shows.
          const text = [0.3, 0.35, 0.4, 0.45]
            .flatMap(
              (at) =>
                document
                  .elementFromPoint(innerWidth / 2, at * innerHeight)
                  ?.closest<HTMLElement>('p:not(li *), tr, li:not(tr *), dt, dd, h2, h3, section') ?? [],
            )
            .toSorted((a, b) => a.offsetHeight - b.offsetHeight)[0]!
          text.dataset.marked = ''
          scrollBy({ top: text.getBoundingClientRect().top - 0.3 * innerHeight, behavior: 'instant' })
        })
        await rest(page)
        for (const size of [after, before]) {
          await page.setViewport(size)
          await rest(page)
          await expectNear(page, `${address} from ${before.width} to ${after.width}, at ${size.width}`)
        }
      }
    }
    expectNoFaults(faults, 'pages')
  })

for (const [where, open] of editions)
  forEachBrowser(
    `a field that is written in, and an explanation that is open, stay in sight ${where}`,
    async (context) => {
      await using site = await open(siteDir)
      const { page, faults } = await openPage(context, site.root)
      const [[phone, turned]] = turns
      await page.setViewport(phone)
      await page.goto(`${site.root}checklists/company-vpn.html`)
      await page.waitForSelector('[name="note"]')
      await page.evaluate(() => {
        const fields = [...document.querySelectorAll<HTMLElement>('[name="note"]')]
        for (const details of document.querySelectorAll('details'))
          details.open ||= details.querySelector('[name="note"]') !== null
        const field = fields[12]!
        field.dataset.marked = ''
        field.focus()
        field.scrollIntoView({ block: 'center', behavior: 'instant' })
      })
      await page.keyboard.type('書きかけ')
      await rest(page)
      await page.setViewport(turned)
      await rest(page)
      await expectNear(page, 'the note')

      // The lowest window in which a page must be of use.
      for (const size of [turned, { width: 320, height: 256 }]) {
        await page.setViewport(size)
        await page.goto(`${site.root}incident.html`)
        await press(page, 'main a[href^="#term-"]')
        await until(page, 'the whole explanation', () => {
          const box = document.querySelector(':popover-open')?.getBoundingClientRect()
          return box !== undefined && box.top >= 0 && box.bottom <= innerHeight
        })
      }
      const isWhole = () =>
        page.$eval(':popover-open', (box) => {
          const { top, bottom, left, right } = box.getBoundingClientRect()
          return top >= -1 && bottom <= innerHeight + 1 && left >= 0 && right <= innerWidth
        })
      for (const size of [phone, turned, phone]) {
        await page.setViewport(size)
        await rest(page)
        assert.ok(await isWhole(), `the explanation, open, at ${size.width}`)
      }
      expectNoFaults(faults, 'pages')
    },
  )
