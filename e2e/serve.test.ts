// What an editor sees while working: serve shows each change, and each mistake, without a hand on
// the browser.
import assert from 'node:assert/strict'
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, type TestContext } from 'node:test'
import { promisify } from 'node:util'
import type { Page } from 'puppeteer-core'
import { eventually, expectNoFaults, forEachBrowser, openPage, until } from './browser.ts'

const program = join(tmpdir(), `serve-${process.pid}`)
before(() => promisify(execFile)('go', ['build', '-o', program, './generator']))
after(() => rm(program))

/** A copy of the content that may be changed. */
async function copyContent(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'serve-'))
  t.after(() => rm(folder, { recursive: true }))
  await cp('content', folder, { recursive: true })
  return folder
}

/** Starts the server, and returns it with the address to open. */
async function serve(
  t: TestContext,
  content: string,
  ...options: string[]
): Promise<{ server: ChildProcess; root: string }> {
  const server = spawn(program, ['serve', '-addr', '127.0.0.1:0', '-content', content, ...options], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  t.after(() => server.kill())
  const { value: line } = await createInterface(server.stdout)[Symbol.asyncIterator]().next()
  const root = /http:\S+\//.exec(line ?? '')?.[0]
  assert.ok(root, `got ${line}, want the address to open`)
  return { server, root }
}

/** Waits until the page has a heading, and prints how long that took since a moment before. */
async function untilHeading(t: TestContext, page: Page, heading: string, since?: number): Promise<void> {
  await until(page, `heading ${heading}`, (heading) => document.querySelector('h1')?.textContent === heading, heading)
  if (since !== undefined) t.diagnostic(`${heading}: seen after ${Date.now() - since} ms`)
}

/** What serve says over the page: '' while its panel is closed. */
interface Said {
  badge: string
  level: string
  panel: string
  quotes: string[]
  links: string[]
  lost: string
}

function said(page: Page): Promise<Said> {
  return page.evaluate(() => {
    const root = document.querySelector('#serve-preview:not([hidden])')!.shadowRoot!
    const shown = (selector: string) =>
      [...root.querySelectorAll<HTMLElement>(selector)].filter((element) => element.checkVisibility())
    return {
      badge: root.querySelector('summary')!.textContent,
      level: root.querySelector('details')!.dataset.level ?? '',
      panel: shown('.panel')
        .map(({ innerText }) => innerText)
        .join(),
      quotes: shown('code').map(({ textContent }) => textContent),
      links: shown('a').map((link) => (link as HTMLAnchorElement).href),
      lost: shown('.lost')
        .map(({ textContent }) => textContent)
        .join(),
    }
  })
}

/** Waits until serve says something over the page, and prints how long that took since a moment before. */
async function untilSaid(
  t: TestContext,
  page: Page,
  what: string,
  holds: (said: Said) => boolean,
  since?: number,
): Promise<Said> {
  let last: Said | undefined
  await eventually(what, async () => holds((last = await said(page))))
  if (since !== undefined) t.diagnostic(`${what}: seen after ${Date.now() - since} ms`)
  return last!
}

/** Writes a file, and returns when that was. */
async function save(file: string, text: string): Promise<number> {
  await writeFile(file, text)
  return Date.now()
}

/** Clicks an element of serve's own. */
async function click(page: Page, selector: string): Promise<void> {
  await page.evaluate(
    (selector) => document.querySelector('#serve-preview')!.shadowRoot!.querySelector<HTMLElement>(selector)!.click(),
    selector,
  )
}

forEachBrowser('a page served to its editor follows the sources', async (browser, t) => {
  const content = await copyContent(t)
  const { root } = await serve(t, content, '-editor', 'vscode')
  const file = join(content, 'measures/antivirus.md')
  const text = await readFile(file, 'utf8')
  const [, title = ''] = /^title = "(.*)"$/m.exec(text) ?? []
  const { page, faults } = await openPage(browser, root)
  await page.goto(`${root}measures/antivirus.html`)
  await untilSaid(t, page, 'the badge', ({ panel, lost }) => panel === '' && lost === '')
  expectNoFaults(faults, 'as loaded')

  let since = await save(file, text.replace(`title = "${title}"`, 'title = "変えた題名"'))
  await untilHeading(t, page, '変えた題名', since)

  // A mistake stands over the page as it was, also on other pages, with its line, until it is mended.
  const broken = text
    .replace(`title = "${title}"`, 'title = "まちがいの題名"')
    .replace('threats = ["malware"]', 'threats = ["malwear"]')
  const line = 1 + broken.split('\n').findIndex((line) => line.startsWith('threats = '))
  since = await save(file, broken)
  const told = await untilSaid(t, page, 'problem', ({ level }) => level === 'error', since)
  assert.match(told.badge, /^直すところ 1/)
  assert.ok(told.panel.includes(`${file}`) && told.panel.includes('malware のことですか'), told.panel)
  assert.deepEqual([told.quotes[0], told.links[0]], ['threats = ["malwear"]', `vscode://file${file}:${line}`])
  await untilHeading(t, page, '変えた題名')
  await page.goto(`${root}measures.html`)
  await untilSaid(t, page, 'problem on another page', ({ quotes }) => quotes.includes('threats = ["malwear"]'))

  // Who has closed it is not shown it again on each page.
  await click(page, 'summary')
  await untilSaid(t, page, 'closed panel', ({ level, panel }) => level === 'error' && panel === '')
  await page.goto(`${root}measures/antivirus.html`)
  await untilSaid(t, page, 'panel that stays closed', ({ level, panel }) => level === 'error' && panel === '')

  since = await save(file, text)
  await untilHeading(t, page, title, since)
  await untilSaid(t, page, 'nothing to be mended', ({ level }) => level !== 'error')
  // The next mistake is another.
  since = await save(file, broken)
  await untilSaid(t, page, 'next problem', ({ panel }) => panel.includes('malware のことですか'), since)
  expectNoFaults(faults, 'after all')
})

forEachBrowser('warnings wait in a badge', async (browser, t) => {
  const content = await copyContent(t)
  const { root } = await serve(t, content)
  const file = join(content, 'threats/malware.md')
  const text = await readFile(file, 'utf8')
  const { page, faults } = await openPage(browser, root)
  await page.goto(`${root}threats/malware.html`)
  const { badge } = await untilSaid(t, page, 'badge', ({ badge }) => badge !== '')

  const since = await save(file, text.replace(/^reviewed = .*$/m, 'reviewed = 2020-01-31'))
  const told = await untilSaid(t, page, 'warning', (now) => now.level === 'warning' && now.badge !== badge, since)
  assert.ok(told.badge.startsWith('注意 ') && told.panel === '', JSON.stringify(told))
  await click(page, 'summary')
  const { panel, quotes } = await untilSaid(t, page, 'open panel', ({ panel }) => panel !== '')
  assert.ok(panel.includes('注意') && panel.includes('見直しの期限') && quotes.includes('reviewed = 2020-01-31'), panel)
  expectNoFaults(faults, 'with a warning')
})

forEachBrowser('the page of the file that was saved is opened when that is wanted', async (browser, t) => {
  const content = await copyContent(t)
  const { root } = await serve(t, content)
  const { page } = await openPage(browser, root)
  await page.goto(root)
  await untilSaid(t, page, 'badge', ({ badge }) => badge !== '')
  const change = async (name: string) => {
    const file = join(content, name)
    return save(file, `${await readFile(file, 'utf8')}\n`)
  }
  const opened = (path: string) => until(page, path, (path) => location.pathname + location.hash === path, path)

  // Where nobody wants it, the page stays.
  const renewed = page.waitForNavigation()
  await change('measures/antivirus.md')
  await renewed
  assert.equal(page.url(), root)

  await untilSaid(t, page, 'badge', ({ badge }) => badge !== '')
  await click(page, 'input')
  await change('measures/antivirus.md')
  await opened('/measures/antivirus.html')
  await untilSaid(t, page, 'badge', ({ badge }) => badge !== '')
  await change('terms/vpn.md')
  await opened('/glossary.html#vpn')
})

forEachBrowser('a page tells that the server has stopped, and is loaded anew when it is back', async (browser, t) => {
  const content = await copyContent(t)
  const { server, root } = await serve(t, content)
  const { page } = await openPage(browser, root)
  await page.goto(`${root}measures/antivirus.html`)
  await untilSaid(t, page, 'badge', ({ badge, lost }) => badge !== '' && lost === '')
  let since = Date.now()
  server.kill()
  await once(server, 'exit')
  const { lost } = await untilSaid(t, page, 'stopped server', ({ lost }) => lost !== '', since)
  assert.match(lost, /プレビューのサーバーが止まっています/)

  const file = join(content, 'measures/antivirus.md')
  await writeFile(file, (await readFile(file, 'utf8')).replace(/^title = ".*"$/m, 'title = "止まっている間の題名"'))
  since = Date.now()
  await serve(t, content, '-addr', new URL(root).host)
  await untilHeading(t, page, '止まっている間の題名', since)
  await untilSaid(t, page, 'server that is back', ({ lost }) => lost === '')
})

forEachBrowser('before there is a site, a page of its own has the problems', async (browser, t) => {
  const content = await copyContent(t)
  const file = join(content, 'measures/antivirus.md')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('threats = ["malware"]', 'threats = ["malwear"]'))
  const { root } = await serve(t, content)
  const { page } = await openPage(browser, root)
  await page.goto(`${root}measures/antivirus.html`)
  await untilHeading(t, page, '直すところがあります')
  const quotes = await page.$$eval('code', (codes) => codes.map(({ textContent }) => textContent))
  assert.ok(quotes.includes('threats = ["malwear"]'), quotes.join('\n'))
  const since = await save(file, text)
  await untilHeading(t, page, /^title = "(.*)"$/m.exec(text)![1]!, since)
})

forEachBrowser('a changed measure can be seen as those see it who answered before', async (browser, t) => {
  const content = await copyContent(t)
  const file = join(content, 'measures/antivirus.md')
  await writeFile(file, (await readFile(file, 'utf8')).replace(/^revision = .*$/m, 'revision = 7'))
  const { root } = await serve(t, content)
  const { page, faults } = await openPage(browser, root)
  await page.goto(`${root}measures/antivirus.html`)
  await untilSaid(t, page, 'badge', ({ badge }) => badge !== '')
  const changed = () =>
    page.$$eval('[data-js-extra="changed"]', (notes) => notes.filter((note) => note.checkVisibility()).length)
  assert.equal(await changed(), 0)
  await Promise.all([page.waitForNavigation(), click(page, '.tools a')])
  await eventually('note of the change', async () => (await changed()) === 1)
  // The editor's own answers stay as they are.
  await untilSaid(t, page, 'badge', ({ badge }) => badge !== '')
  await Promise.all([page.waitForNavigation(), click(page, '.tools a')])
  await page.waitForSelector('answer-box [name="status-antivirus"]')
  assert.equal(await changed(), 0)
  assert.equal(
    await page.$$eval(
      'answer-box [type="radio"]:checked',
      (radios) => radios.filter((radio) => (radio as HTMLInputElement).value !== 'todo').length,
    ),
    0,
  )
  expectNoFaults(faults, 'after all')
})
