// Every page can be used by everyone, as far as a machine can tell: axe-core finds nothing, nothing
// scrolls sideways, the focus is seen, and readers may space the text and choose the colours. Pages
// of a kind have one layout, so the largest of them is looked at closely; of the others, whether
// anything scrolls sideways on a phone. E2E_GRID=all looks closely at all.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'puppeteer-core'
import { axeFindings } from './axe.ts'
import { focusFindings, forcedColourFindings, sidewaysFindings, spacedTextFindings } from './findings.ts'
import { expectNoFaults, launchChromium, openPage } from './browser.ts'
import { largestOfEachKind, serve, siteDir } from './site.ts'

interface View {
  width: number
  scheme: 'light' | 'dark'
}

const everything = process.env.E2E_GRID === 'all'
const grid = (everything ? [320, 768, 1280] : [320, 1280]).flatMap((width): View[] => [
  { width, scheme: 'light' },
  { width, scheme: 'dark' },
])
const phone: View = { width: 320, scheme: 'light' }
const desktop: View = { width: 1280, scheme: 'light' }
const darkDesktop: View = { width: 1280, scheme: 'dark' }

/** At once: one for each of the machine's two cores. */
const concurrency = 2

test('every page can be used by everyone', { concurrency }, async (t) => {
  await using site = await serve(siteDir)
  await using browser = await launchChromium()
  const lookedAt = new Set(everything ? site.pages : largestOfEachKind(site.pages))

  const waiting = [...site.pages]
  const checkWaiting = async () => {
    const { page, faults } = await openPage(await browser.createBrowserContext(), site.root)
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const address = name
      await t.test(address, async () => {
        faults.length = 0
        await check(page, site.root + address, lookedAt.has(address))
        expectNoFaults(faults, address)
      })
    }
  }
  await Promise.all(Array.from({ length: concurrency }, checkWaiting))
})

test('a page with faults gives findings', async () => {
  await using browser = await launchChromium()
  const page = await browser.newPage()
  await show(page, phone)
  const tiny = '<button style="width: 10px; height: 10px; padding: 0"></button>'
  const clipped = '<p style="height: 1em; line-height: 1; overflow: hidden">text</p>'
  const bar = '<div style="position: fixed; inset: 0 0 auto; height: 100px; background: #fff"></div>'
  const covered = '<button style="outline: 0">covered</button>'
  const pale = '<p style="width: 400px; color: #999">text<img src="data:,"></p>'
  const paleAlways = '<p style="forced-color-adjust: none; color: #ccc">text</p>'
  const parts = [bar, covered, pale, tiny, tiny, clipped, paleAlways]
  await page.setContent(`<html><body style="margin: 0">${parts.join('')}</html>`)
  const got = [
    ...(await axeFindings(page)),
    ...(await sidewaysFindings(page)),
    ...(await focusFindings(page)),
    ...(await forcedColourFindings(page)),
    ...(await spacedTextFindings(page)),
  ]
  const wanted = [
    'html-has-lang',
    'color-contrast',
    'image-alt',
    'target-size',
    'scrolls sideways',
    'focus not seen',
    'focus covered',
    'forced colours: color-contrast',
    'text cut off',
  ]
  for (const want of wanted) {
    assert.ok(
      got.some((finding) => finding.startsWith(want)),
      `got ${got.join('\n')}\nwant a finding ${want}`,
    )
  }
})

async function check(page: Page, url: string, isClose: boolean): Promise<void> {
  await show(page, phone)
  await page.goto(url)
  /** What was found, and where: most is found in several views and is to be read once. */
  const found = new Map<string, string[]>()
  const note = (findings: string[], where: string) => {
    for (const finding of findings) found.set(finding, [...(found.get(finding) ?? []), where])
  }
  const headings = await page.$$('h1')
  if (headings.length !== 1) note([`got ${headings.length} h1, want 1`], 'as loaded')

  const findAll = async (state: string, views: View[]) => {
    await show(page, phone)
    note(await sidewaysFindings(page), `${state} ${phone.width}`)
    for (const view of isClose ? views : []) {
      await show(page, view)
      note(await sidewaysFindings(page), `${state} ${view.width}`)
      note(await axeFindings(page, view.scheme === 'dark' ? 'alone' : 'too'), `${state} ${view.width} ${view.scheme}`)
    }
  }
  // With its details open, a page shows all that it shows without, and more.
  if (await page.$('details:not([open])')) {
    await findAll('as loaded', [desktop])
    await openAllDetails(page)
    await findAll('details open', grid)
  } else await findAll('as loaded', grid)

  if (isClose) {
    for (const view of [phone, darkDesktop]) {
      await show(page, view)
      note(await focusFindings(page), `${view.width} ${view.scheme}`)
    }
    await show(page, phone)
    note(await forcedColourFindings(page), 'forced colours')
    note(await spacedTextFindings(page), 'spaced text')
  }

  const report = [...found].map(([finding, where]) => `${finding}\n  (${where.join(', ')})`)
  assert.ok(report.length === 0, `${url}: got ${report.length} findings, want none:\n${report.join('\n')}`)
}

/**
 * Opens every <details>, as what is closed is not examined. The menu lies over the page, and hides a
 * part of whatever is there: it is opened on the start page alone, for it is the same everywhere.
 */
function openAllDetails(page: Page): Promise<void> {
  return page.evaluate(() => {
    const isStart = /\/(index\.html)?$/.test(location.pathname)
    for (const details of document.querySelectorAll<HTMLDetailsElement>('details:not([open])')) {
      if (!isStart && details.matches('.menu')) continue
      // Those of one name would close each other.
      details.removeAttribute('name')
      details.open = true
    }
  })
}

async function show(page: Page, { width, scheme }: View): Promise<void> {
  await page.setViewport({ width, height: 800 })
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
}
