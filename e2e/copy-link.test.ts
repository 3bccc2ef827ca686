// 「このリンクをコピー」: the address of a heading or a measure, as readers pass it on.
import assert from 'node:assert/strict'
import type { Page } from 'puppeteer-core'
import { axeFindings } from './axe.ts'
import { focusFindings, sidewaysFindings } from './findings.ts'
import { expectNoFaults, forEachBrowser, openPage, press, until } from './browser.ts'
import { editions, serve, siteDir, unzip } from './site.ts'

const words = 'このリンクをコピー'

/** Pages, what stands beside the button there, and the address that it copies. */
const places: [address: string, place: string, copied: string][] = [
  ['about.html', '#privacy', 'about.html#privacy'],
  ['measures/antivirus.html', 'h1', 'measures/antivirus.html'],
  ['measures/antivirus.html', '#how', 'measures/antivirus.html#how'],
  ['threats/malware.html', '#response', 'threats/malware.html#response'],
  ['guides/windows.html', '#steps', 'guides/windows.html#steps'],
  ['glossary.html', '#vpn > dt', 'glossary.html#vpn'],
  ['survey.html', '.survey > h2', 'survey.html#s1-status'],
]

for (const [edition, open] of editions) {
  const said =
    edition === 'unzipped' ? 'コピーしました。このリンクは、この端末の中だけで使えます。' : 'コピーしました。'
  forEachBrowser(`headings and measures give their addresses ${edition}`, async (browser) => {
    await using site = await open(siteDir)
    const { page, faults } = await openPage(browser, site.root)
    await noteCopies(page)
    for (const [address, place, copied] of places) {
      await page.goto(site.root + address)
      const button = await page.waitForSelector(`${place} + .copy-link > button, ${place} + dd > .copy-link > button`)
      await press(page, button!)
      await until(
        page,
        'word of the copy',
        (said) => document.querySelector('.copy-link p:not(:empty)')?.textContent === said,
        said,
      )
      assert.equal(await copiedOn(page), site.root + copied)
    }
    // In a checklist, where the measure is explained.
    await page.goto(`${site.root}checklists/company-vpn.html?from=mail#company`)
    assert.equal(await page.$('.copy-link'), null)
    await press(page, '#antivirus [data-js-why] > summary')
    await press(page, '#antivirus .copy-link > button')
    await until(page, 'word of the copy', (said) => document.querySelector('.copy-link p')?.textContent === said, said)
    assert.equal(await copiedOn(page), `${site.root}checklists/company-vpn.html#antivirus`)
    expectNoFaults(faults, page.url())
  })
}

forEachBrowser('a page that knows its address on the web gives that', async (browser) => {
  await using site = await unzip(siteDir)
  const page = await browser.newPage()
  await noteCopies(page)
  await page.goto(`${site.root}about.html`)
  await page.evaluate(() => {
    const link = Object.assign(document.createElement('link'), {
      rel: 'canonical',
      href: 'https://example.jp/about.html',
    })
    document.head.append(link)
  })
  await press(page, '#privacy + .copy-link > button')
  await until(page, 'word of the copy', () => document.querySelector('.copy-link p:not(:empty)') !== null)
  assert.equal(await copiedOn(page), 'https://example.jp/about.html#privacy')
  assert.equal(await page.$eval('.copy-link p:not(:empty)', ({ textContent }) => textContent), 'コピーしました。')
})

forEachBrowser(
  'the keyboard finds the button, and where copying is blocked the address is selected',
  async (browser) => {
    await using site = await serve(siteDir)
    const page = await browser.newPage()
    await page.evaluateOnNewDocument(() => {
      const { clipboard } = navigator as Partial<Navigator>
      if (clipboard) clipboard.writeText = () => Promise.reject(new Error('blocked'))
    })
    await page.goto(`${site.root}about.html`)
    // The last thing to be reached before the text of the section.
    await page.waitForSelector('#privacy + .copy-link')
    await page.$eval('#edition + .copy-link > button', (button) => button.focus())
    const seen = () =>
      page.evaluate(() => {
        const { ariaLabel } = document.activeElement!
        return { name: ariaLabel, opacity: getComputedStyle(document.activeElement!).opacity }
      })
    for (let tabs = 0; (await seen()).name !== `プライバシー: ${words}`; tabs++) {
      assert.ok(tabs < 50, 'the button cannot be reached')
      await page.keyboard.press('Tab')
    }
    assert.equal((await seen()).opacity, '1')
    await page.keyboard.press('Enter')
    await until(page, 'selected address', () => String(getSelection()).endsWith('about.html#privacy'))
    const said = await page.$eval('#privacy + .copy-link p', ({ textContent }) => textContent)
    assert.equal(said, 'コピーできませんでした。選んであるアドレスを、手でコピーしてください。')
    // It goes when the reader goes on.
    await page.keyboard.press('Tab')
    await until(page, 'end of the message', () => document.querySelector('.copy-link__said:not(.unseen)') === null)
  },
)

forEachBrowser('everyone can use the button', async (browser, _, browserName) => {
  await using site = await serve(siteDir)
  const { page, faults } = await openPage(browser, site.root)
  await noteCopies(page)
  for (const address of ['measures/antivirus.html', 'glossary.html', 'checklists/company-vpn.html']) {
    await page.goto(site.root + address)
    await page.waitForFunction(() => document.querySelector('.copy-link, [data-js-why]'))
    if (address.startsWith('checklists')) await press(page, '#antivirus [data-js-why] > summary')
    for (const width of [320, 1280]) {
      await page.setViewport({ width, height: 800 })
      await press(page, '.copy-link > button')
      await until(page, 'message', () => document.querySelector('.copy-link p:not(:empty)') !== null)
      assert.deepEqual(await sidewaysFindings(page), [])
      if (browserName === 'Chromium') {
        assert.deepEqual(await axeFindings(page), [])
        if (width === 320) assert.deepEqual(await focusFindings(page), [])
      }
    }
  }
  expectNoFaults(faults, page.url())
})

/** Keeps what is copied: tests cannot read what the system's clipboard has. */
async function noteCopies(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    // Firefox runs this on about:blank, too, where there is none.
    const { clipboard } = navigator as Partial<Navigator>
    if (clipboard) clipboard.writeText = async (text) => void Object.assign(window, { copied: text })
  })
}

function copiedOn(page: Page): Promise<unknown> {
  return page.evaluate(() => (window as { copied?: unknown }).copied)
}
