// How long a tap on a status takes on a slow device, and how long what is made of the answers. The
// figures are printed; no time is a failure, as machines differ.
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
    const found = await page.$$eval('[data-measure]', (rows) =>
      rows.map((row) => (row as HTMLElement).dataset.measure ?? ''),
    )
    if (found.length > measures.length) [name, measures] = [checklist, found]
  }
  assert.ok(measures.length > 0, 'got no measures')

  await fillStorage(page, measures, 10, ['doing'])
  const client = await page.createCDPSession()
  await client.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.goto(site.root + name)
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLElement>('answer-box')].every((box) => box.dataset.status === 'doing'),
  )
  const [first, ...others] = await tap(page, measures.slice(0, 21))
  const middle = (figure: keyof Times) =>
    others.map((times) => times[figure]).sort((a, b) => a - b)[Math.floor(others.length / 2)]!
  const say = ({ stored, laidOut, painted }: Times) => {
    const [atStore, atLayout, atPaint] = [stored, laidOut, painted].map((time) => `${time.toFixed(1)} ms`)
    return `stored after ${atStore}, laid out after ${atLayout}, painted after ${atPaint}`
  }
  t.diagnostic(`a tap at 4x CPU slowdown, ${measures.length} measures, ten companies:`)
  t.diagnostic(`the first: ${say(first!)}`)
  const medians = { stored: middle('stored'), laidOut: middle('laidOut'), painted: middle('painted') }
  t.diagnostic(`the next ${others.length}: ${say(medians)} (medians)`)
})

/** What is made of the answers, and where it shows that it is there. */
const outputs = [
  ['show/boss.html', '[data-js-made]:not([hidden]) [data-js-next] tr'],
  ['show/rules.html', '[data-js-planned]:not(:empty)'],
  ['show/questions.html', '[data-js-questions] li'],
  ['show/compare.html', '[data-js-made]:not([hidden])'],
  ['show/companies.html', 'tbody tr'],
  ['show/calendar.html', '[data-js-coming] li'],
  ['rules/*', '[data-js-planned]:not(:empty)'],
  ['handouts/*', '[data-js-company]:not(:empty)'],
  ['consent.html', '[data-js-company]:not(:empty)'],
  ['frameworks/*', '[data-js-status]:not(:empty)'],
] as const

test('what is made of the answers is soon there', async (t) => {
  await using site = await serve(siteDir)
  await using browser = await launchChromium()
  const page = await browser.newPage()
  const names = outputs.map(([kind]) => site.pages.find((name) => name === kind || kindOf(name) === kind)!)
  await page.goto(`${site.root}measures.html`)
  // A company that is half-way, as outputs are made of.
  const measures = site.pages.flatMap((name) => /^measures\/(.+)\.html$/.exec(name)?.[1] ?? [])
  await fillStorage(page, measures, 1, ['done', 'todo', 'doing', 'done', 'unknown', 'na'])
  const client = await page.createCDPSession()
  await client.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  for (const [i, [, sign]] of outputs.entries()) {
    const times = []
    for (let round = 0; round < 3; round++) {
      await page.goto(site.root + names[i])
      const handle = await page.waitForFunction(
        (sign) => document.querySelector(sign) && performance.now(),
        { polling: 'mutation' },
        sign,
      )
      const script = await page.evaluate(
        () => performance.getEntriesByType('navigation')[0]!.toJSON().domInteractive as number,
      )
      times.push(((await handle.jsonValue()) as number) - script)
    }
    t.diagnostic(
      `${names[i]} at 4x CPU slowdown: ${times.map((time) => time.toFixed(0)).join(', ')} ms after the page was read`,
    )
  }
})

/** In milliseconds from the tap. */
interface Times {
  stored: number
  /** Style and layout are what they will be. */
  laidOut: number
  /** The next frame is out, for which a screen is waited. */
  painted: number
}

function tap(page: Page, measures: string[]): Promise<Times[]> {
  return page.evaluate(async (measures) => {
    let stored = 0
    const { setItem } = Storage.prototype
    Storage.prototype.setItem = function (key, value) {
      setItem.call(this, key, value)
      stored = performance.now()
    }
    const times: Times[] = []
    for (const measure of measures) {
      const radio = document.querySelector<HTMLInputElement>(`[name="status-${measure}"][value="done"]`)!
      radio.scrollIntoView({ block: 'center', behavior: 'instant' })
      // The page is at rest, as it is between two taps.
      await new Promise((done) => requestIdleCallback(done))
      stored = 0
      const start = performance.now()
      radio.click()
      // Not a timer: a frame might come before it.
      for (let turns = 0; stored === 0 && turns < 1000; turns++) await undefined
      if (stored === 0) throw new Error(`${measure}: nothing is stored`)
      document.body.getBoundingClientRect()
      const laidOut = performance.now() - start
      await new Promise<void>((done) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => done()
          port2.postMessage('')
        }),
      )
      times.push({ stored: stored - start, laidOut, painted: performance.now() - start })
    }
    return times
  }, measures)
}

/** Stores companies with everything answered, the statuses in turn. */
async function fillStorage(page: Page, measures: string[], count: number, statuses: string[]): Promise<void> {
  await page.evaluate(
    (measures, count, statuses) => {
      const time = new Date(Date.now() - 1e6).toISOString()
      const answer = {
        status: '',
        note: '確認した内容を短く書いたメモです。'.repeat(3),
        owner: '総務の山田',
        due: '2027-03-31',
        revision: 1,
      }
      const at = Object.fromEntries(Object.keys(answer).map((field) => [field, time]))
      const answers = Object.fromEntries(
        measures.map((measure, i) => [measure, { ...answer, status: statuses[i % statuses.length], at }]),
      )
      const companies = Object.fromEntries(
        Array.from({ length: count }, (_, i) => [
          `company-${i}`,
          { name: `会社${i}`, methods: [], answers, at: { name: time } },
        ]),
      )
      localStorage.setItem(
        'tebiki',
        JSON.stringify({ format: 1, companies, current: `company-${count >> 1}`, at: { current: time } }),
      )
    },
    measures,
    count,
    statuses,
  )
}
