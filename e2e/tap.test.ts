// How long a tap on a status takes on a slow device. The figures are printed; no time is a failure, as machines differ.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'puppeteer-core'
import { launchChromium } from './browser.ts'
import { kindOf, serve, siteDir } from './site.ts'

test('a tap is shown and stored at once', async (t) => {
  await using site = await serve(siteDir)
  await using browser = await launchChromium()
  const page = await browser.newPage()
  let name = ''
  let measures: string[] = []
  for (const checklist of site.pages.filter((page) => kindOf(page) === 'checklists/*')) {
    await page.goto(site.root + checklist)
    const found = await page.$$eval('[data-measure]', (rows) => rows.map((row) => (row as HTMLElement).dataset.measure ?? ''))
    if (found.length > measures.length) [name, measures] = [checklist, found]
  }
  assert.ok(measures.length > 0, 'got no measures')

  // Ten companies with everything answered.
  await page.evaluate((measures) => {
    const time = new Date(Date.now() - 1e6).toISOString()
    const answer = { status: 'doing', note: '確認した内容を短く書いたメモです。'.repeat(3), owner: '総務の山田', due: '2027-03-31', revision: 1 }
    const at = Object.fromEntries(Object.keys(answer).map((field) => [field, time]))
    const answers = Object.fromEntries(measures.map((measure) => [measure, { ...answer, at }]))
    const companies = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`company-${i}`, { name: `会社${i}`, methods: [], answers, at: { name: time } }]))
    localStorage.setItem('tebiki', JSON.stringify({ format: 1, companies, current: 'company-3', at: { current: time } }))
  }, measures)
  const client = await page.createCDPSession()
  await client.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.goto(site.root + name)
  await page.waitForFunction(() => [...document.querySelectorAll<HTMLElement>('answer-box')].every((box) => box.dataset.status === 'doing'))
  const [first, ...others] = await tap(page, measures.slice(0, 21))
  const middle = (figures: number[]) => figures.sort((a, b) => a - b)[Math.floor(figures.length / 2)]!
  const say = (stored: number, shown: number) => `stored after ${stored.toFixed(1)} ms, laid out after ${shown.toFixed(1)} ms`
  t.diagnostic(`a tap at 4x CPU slowdown, ${measures.length} measures, ten companies:`)
  t.diagnostic(`the first: ${say(first!.stored, first!.shown)}`)
  t.diagnostic(`the next ${others.length}: ${say(middle(others.map(({ stored }) => stored)), middle(others.map(({ shown }) => shown)))} (medians)`)
})

function tap(page: Page, measures: string[]): Promise<{ shown: number; stored: number }[]> {
  return page.evaluate(async (measures) => {
    const times: { shown: number; stored: number }[] = []
    for (const measure of measures) {
      const radio = document.querySelector<HTMLInputElement>(`[name="status-${measure}"][value="done"]`)!
      const before = localStorage.getItem('tebiki')
      const start = performance.now()
      radio.click()
      while (localStorage.getItem('tebiki') === before) await new Promise((done) => setTimeout(done))
      const stored = performance.now() - start
      // Style and layout, as a frame would do them.
      document.body.getBoundingClientRect()
      times.push({ stored, shown: performance.now() - start })
      await new Promise((done) => setTimeout(done, 50))
    }
    return times
  }, measures)
}
