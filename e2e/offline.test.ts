// The copy of the site that a browser keeps: after one visit everything works without a network, and
// a new version takes the place of the old one as a whole, when the reader says so. And the zip, of
// which a newer one may come, too.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { promisify } from 'node:util'
import type { BrowserContext, Page } from 'puppeteer-core'
import { eventually, expectNoFaults, forEachBrowser, openPage, press, saved, until, untilKept } from './browser.ts'
import { onePageOfEachKind, serve, siteDir, unzip, type Site } from './site.ts'

const newWords = '新しい版のことばです。'
const checklist = 'checklists/company-vpn.html'
const measure = 'antivirus'

let folder = ''
/** The next version, in which a measure says more, and one that browsers shall not keep. */
const builds = { next: '', withdrawn: '' }

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'versions-'))
  const build = async (name: string, file: string, change: (text: string) => string) => {
    const content = join(folder, `${name}-content`)
    await cp('content', content, { recursive: true })
    await writeFile(join(content, file), change(await readFile(join(content, file), 'utf8')))
    await promisify(execFile)('go', ['run', './generator', 'build', '-content', content, '-out', join(folder, name)])
    return join(folder, name)
  }
  builds.next = await build('next', `measures/${measure}.md`, (text) =>
    text.replace('## やり方\n', `## やり方\n\n${newWords}\n`),
  )
  builds.withdrawn = await build('withdrawn', 'handbook.toml', (text) =>
    text.replace(/^title = /m, 'online_only = true\ntitle = '),
  )
})
after(() => rm(folder, { recursive: true }))

/** A server that can be given another version, and what it does instead of answering. */
class Host {
  dir = siteDir
  /** Says whether it took a request on itself. */
  fail: (path: string, response: ServerResponse) => boolean = () => false
  readonly asked: string[] = []

  serve(): Promise<Site> {
    return serve(() => this.dir, {
      hasWorker: true,
      intercept: (path, response) => {
        this.asked.push(path)
        return this.fail(path, response)
      },
    })
  }
}

const breakOff = (_: string, response: ServerResponse) => {
  response.destroy()
  return true
}

/** Opens a page, and waits until the browser has all of them. */
async function openKept(context: BrowserContext, site: Site, page = 'index.html') {
  const opened = await openPage(context, site.root)
  await opened.page.goto(site.root + page)
  await untilKept(opened.page)
  return opened
}

/** Has the browser look for a new version, and waits until it has come or failed. */
const update = (page: Page) =>
  page.evaluate(async () => {
    const registration = (await navigator.serviceWorker.getRegistration())!
    await registration.update()
    const { installing } = registration
    if (!installing) return registration.waiting ? 'installed' : 'none'
    return new Promise<string>((done) => installing.addEventListener('statechange', () => done(installing.state)))
  })

const choose = async (page: Page, value: string) => {
  await page.evaluate(
    (name, value) => document.querySelector<HTMLInputElement>(`[name="${name}"][value="${value}"]`)!.click(),
    `status-${measure}`,
    value,
  )
  // On file:// another document stores the answer, and is told of it in a message.
  await saved(page)
}

const shows = (page: Page, value: string) =>
  until(
    page,
    `${value} chosen`,
    (name, value) => document.querySelector<HTMLInputElement>(`[name="${name}"][value="${value}"]`)?.checked === true,
    `status-${measure}`,
    value,
  )

const says = (page: Page, words: string) =>
  until(page, words, (words) => document.querySelector('main')!.textContent.includes(words), words)

const noticeShows = (page: Page, key: 'offer' | 'taken') =>
  until(
    page,
    key,
    (key) => {
      const notice = document.querySelector<HTMLElement>('update-notice')
      return (
        notice !== null && notice.checkVisibility() && notice.querySelector('p')!.textContent === notice.dataset[key]
      )
    },
    key,
  )

forEachBrowser('after one visit all pages work without a network', async (context) => {
  const host = new Host()
  await using site = await host.serve()
  const { page, faults } = await openKept(context, site)
  host.fail = breakOff

  for (const address of onePageOfEachKind(site.pages).filter((page) => page !== '404.html')) {
    await page.goto(site.root + address)
    assert.ok(await page.$eval('h1', (heading) => heading.textContent.trim() !== ''), `${address}: no heading`)
    assert.ok(
      await page.$eval('link[rel=stylesheet]', (link) => link.sheet!.cssRules.length > 0),
      `${address}: no styles`,
    )
  }
  await page.goto(site.root)
  await page.goto(`${site.root}index.html?utm_source=mail`)
  await page.goto(site.root + checklist)
  await choose(page, 'done')
  await page.reload()
  await shows(page, 'done')
  await page.goto(`${site.root}search.html?q=VPN`)
  await page.waitForSelector('[data-search-result]')
  await page.goto(`${site.root}show/boss.html`)
  await page.waitForSelector('[data-js-made]:not([hidden])')
  // As a mail program leaves a link with answers.
  await page.goto(`${site.root}flow.html%23owner=company&remote=no&cloud=no`)
  await page.waitForSelector('method-flow[data-state="result"]')
  expectNoFaults(faults, 'without a network')
})

forEachBrowser('a new version is offered, and used as a whole', async (context, t, browserName) => {
  const host = new Host()
  await using site = await host.serve()
  const { page, faults } = await openKept(context, site, checklist)
  await choose(page, 'doing')
  const { page: other, faults: ofOther } = await openPage(context, site.root)
  await other.goto(`${site.root}measures/${measure}.html`)

  host.dir = builds.next
  host.asked.length = 0
  assert.equal(await update(page), 'installed')
  t.diagnostic(`${browserName}: ${host.asked.length} files were asked for`)
  await noticeShows(page, 'offer')
  await noticeShows(other, 'offer')
  // Until the reader says so, nothing changes.
  await shows(page, 'doing')
  await choose(page, 'done')
  await page.reload()
  await noticeShows(page, 'offer')
  await shows(page, 'done')
  await other.reload()
  assert.ok(
    !(await other.$eval('main', (main) => main.textContent)).includes(newWords),
    'the old version shows new words',
  )

  await page.bringToFront()
  const reloaded = page.waitForNavigation()
  await press(page, 'update-notice [data-js-take]')
  await reloaded
  await shows(page, 'done')
  // Another tab goes on, with the scripts that it began with, until it is read again.
  await noticeShows(other, 'taken')
  await other.bringToFront()
  await other.focus('#search')
  await other.waitForSelector('search-box .search__input')
  const readAgain = other.waitForNavigation()
  await press(other, 'update-notice [data-js-take]')
  await readAgain
  await says(other, newWords)
  await other.close()

  host.fail = breakOff
  await page.goto(`${site.root}measures/${measure}.html`)
  await says(page, newWords)
  await page.goto(`${site.root}search.html?q=${encodeURIComponent(newWords)}`)
  await page.waitForSelector('[data-search-result]')
  expectNoFaults([...faults, ...ofOther], 'from one version to the next')
})

forEachBrowser('a version that is taken while it is being offered is told as taken', async (context) => {
  const host = new Host()
  await using site = await host.serve()
  const { page, faults } = await openKept(context, site, checklist)
  host.dir = builds.next
  assert.equal(await update(page), 'installed')
  await noticeShows(page, 'offer')
  await page.evaluateOnNewDocument(() => {
    addEventListener('DOMContentLoaded', () => {
      const take = async () => {
        if (!document.querySelector('update-notice')) return
        seen.disconnect()
        // A tab that nobody sees has slow timers: what the notice waits for comes after the version.
        const { setTimeout } = window
        window.setTimeout = ((...all: Parameters<typeof setTimeout>) =>
          navigator.serviceWorker.addEventListener('controllerchange', () => setTimeout(...all))) as never
        // As another tab does.
        const registration = await navigator.serviceWorker.getRegistration()
        registration!.waiting?.postMessage('take over')
      }
      const seen = new MutationObserver(take)
      seen.observe(document.body, { childList: true })
    })
  })
  await page.reload()
  await noticeShows(page, 'taken')
  expectNoFaults(faults, checklist)
})

forEachBrowser(
  'a page that the reader comes back to is of the version that was taken, or says that it is not',
  async (context) => {
    const host = new Host()
    await using site = await host.serve()
    const { page } = await openKept(context, site, `measures/${measure}.html`)
    await page.goto(site.root + checklist)
    const { page: other } = await openPage(context, site.root)
    await other.goto(`${site.root}methods.html`)
    host.dir = builds.next
    assert.equal(await update(other), 'installed')
    await noticeShows(other, 'offer')
    await other.bringToFront()
    const reloaded = other.waitForNavigation()
    await press(other, 'update-notice [data-js-take]')
    await reloaded

    await page.bringToFront()
    await page.evaluate(() => void setTimeout(() => history.back()))
    await until(page, 'the page before', (address) => location.pathname === address, `/measures/${measure}.html`)
    const isNew = await page.$eval('main', (main, words) => main.textContent.includes(words), newWords)
    if (!isNew) await noticeShows(page, 'taken')
  },
)

forEachBrowser(
  'an update that breaks off, or comes in the middle of one of the server, changes nothing',
  async (context) => {
    const host = new Host()
    await using site = await host.serve()
    const { page } = await openKept(context, site, checklist)
    await choose(page, 'done')

    // The server has the new worker, and old pages.
    host.fail = (path) => {
      host.dir = path === '/sw.js' ? builds.next : siteDir
      return false
    }
    assert.equal(await update(page), 'redundant')
    host.dir = builds.next
    let count = 0
    host.fail = (path, response) => path !== '/sw.js' && ++count > 2 && breakOff(path, response)
    assert.equal(await update(page), 'redundant')

    host.fail = breakOff
    await page.goto(`${site.root}measures/${measure}.html`)
    assert.ok(!(await page.$eval('main', (main) => main.textContent)).includes(newWords), 'half a version is shown')
    await page.goto(site.root + checklist)
    await shows(page, 'done')

    host.fail = () => false
    assert.equal(await update(page), 'installed')
    await noticeShows(page, 'offer')
  },
)

forEachBrowser('a reader takes the copy away, and has it made again', async (context) => {
  const host = new Host()
  await using site = await host.serve()
  const { page, faults } = await openKept(context, site, 'download.html')
  const kept = () =>
    page.evaluate(async () => ({
      caches: (await caches.keys()).length,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    }))
  await press(page, 'offline-copy [data-js-erase]')
  await page.waitForSelector('offline-copy [data-js-keep]:not([hidden])')
  assert.deepEqual(await kept(), { caches: 0, workers: 0 })
  await page.reload()
  await page.waitForSelector('offline-copy [data-js-keep]:not([hidden])')
  assert.deepEqual(await kept(), { caches: 0, workers: 0 })

  await press(page, 'offline-copy [data-js-keep]')
  await page.waitForSelector('offline-copy [data-js-erase]:not([hidden])')
  assert.deepEqual(await kept(), { caches: 1, workers: 1 })
  expectNoFaults(faults, 'download.html')
})

forEachBrowser('no copy is made for who saves data, but for who asks for one', async (context) => {
  const host = new Host()
  await using site = await host.serve()
  const { page, faults } = await openPage(context, site.root)
  await page.evaluateOnNewDocument(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }))
  await page.goto(`${site.root}download.html`)
  const keep = await page.waitForSelector('offline-copy [data-js-keep]:not([hidden])')
  assert.ok(!host.asked.includes('/sw.js'), 'the worker was asked for')
  await press(page, keep!)
  await page.waitForSelector('offline-copy [data-js-erase]:not([hidden])')
  expectNoFaults(faults, 'download.html')
})

forEachBrowser('a site that browsers shall not keep any longer takes its copies away', async (context) => {
  const host = new Host()
  await using site = await host.serve()
  const { page } = await openKept(context, site)
  host.dir = builds.withdrawn
  await update(page)
  await eventually(
    'end of the copy',
    async () =>
      (await page.evaluate(
        async () => (await caches.keys()).length + (await navigator.serviceWorker.getRegistrations()).length,
      )) === 0,
  )
  host.asked.length = 0
  await page.goto(`${site.root}methods.html`)
  assert.ok(host.asked.includes('/methods.html'), 'the page comes from a copy')
})

forEachBrowser('the browser is asked to hold the first answers, and not again', async (context) => {
  await using site = await serve(siteDir)
  const { page } = await openPage(context, site.root)
  await page.evaluateOnNewDocument(() => {
    const asked = Number(sessionStorage.getItem('asked'))
    navigator.storage.persist = () => {
      sessionStorage.setItem('asked', String(asked + 1))
      return new Promise(() => {})
    }
  })
  const asked = () => page.evaluate(() => Number(sessionStorage.getItem('asked')))
  await page.goto(site.root + checklist)
  assert.equal(await asked(), 0)
  await choose(page, 'doing')
  await eventually('question', async () => (await asked()) === 1)
  await page.reload()
  await shows(page, 'doing')
  await choose(page, 'done')
  await page.reload()
  await shows(page, 'done')
  assert.equal(await asked(), 1)
})

forEachBrowser('a newer zip that is unpacked over an older one finds the answers', async (context) => {
  const into = await mkdtemp(join(tmpdir(), 'zip-'))
  await using site = await unzip(siteDir, into)
  const { page, faults } = await openPage(context, site.root)
  await page.goto(site.root + checklist)
  await choose(page, 'done')
  await page.reload()
  await shows(page, 'done')
  await unzip(builds.next, into)
  await page.goto(`${site.root}measures/${measure}.html`)
  await says(page, newWords)
  await shows(page, 'done')
  expectNoFaults(faults, 'unpacked twice')
})
