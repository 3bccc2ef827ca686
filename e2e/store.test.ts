// Where the answers are kept: what a reader once chose is there on every page and the next day, and what cannot be kept is told.
import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Browser, Page } from 'puppeteer-core'
import { browsers, expectNoFaults, forEachBrowser, openPage, type LaunchOptions } from './browser.ts'
import { kindOf, serve, siteDir, unzip, type Site } from './site.ts'

const editions = [['on the web', serve], ['unzipped', unzip]] as const

for (const [where, open] of editions) {
  forEachBrowser(`another page, a reload and another tab show an answer ${where}`, async (browser) => {
    await using site = await open(siteDir)
    const [checklist, measure] = await aMeasure(site)
    const { page, faults } = await openPage(browser, site.root)
    await visit(page, site.root + checklist)
    assert.equal(await state(page), 'ready')
    const other = await openPage(browser, site.root)
    await visit(other.page, `${site.root}measures/${measure}.html`)

    await choose(page, measure, 'doing')
    // At once, as a reader may go on before anything is said.
    await page.reload()
    await shows(page, measure, 'doing')
    await shows(other.page, measure, 'doing')
    await choose(other.page, measure, 'na')
    await shows(page, measure, 'na')
    await visit(page, `${site.root}measures/${measure}.html`)
    await shows(page, measure, 'na')
    expectNoFaults([...faults, ...other.faults], checklist)
  })

  forEachBrowser(`a page that comes back from the history shows what was chosen meanwhile ${where}`, async (browser) => {
    await using site = await open(siteDir)
    const [checklist, measure] = await aMeasure(site)
    const page = await browser.newPage()
    await visit(page, site.root + checklist)
    await choose(page, measure, 'doing')
    await visit(page, `${site.root}measures/${measure}.html`)
    await shows(page, measure, 'doing')
    await choose(page, measure, 'done')
    // Not goBack, which does not end in Firefox.
    await page.evaluate(() => history.back())
    await until(page, 'the checklist', (name) => location.href.endsWith(name), checklist)
    await shows(page, measure, 'done')
  })

  forEachBrowser(`two tabs lose none of 200 edits made at once ${where}`, async (browser) => {
    await using site = await open(siteDir)
    const [checklist] = await aMeasure(site)
    const tabs = [await browser.newPage(), await browser.newPage()] as const
    for (const tab of tabs) await visit(tab, site.root + checklist)
    const measures = await measuresOf(tabs[0])
    const fields = [['note', 'due'], ['owner', 'status']] as const

    // Each tab has fields of its own, and goes through them several times.
    const want: Record<string, string> = {}
    for (let i = 0; i < 100; i++) {
      await Promise.all(tabs.map((tab, n) => {
        const measure = measures[i % 25] ?? ''
        const field = fields[n]?.[Math.floor(i / 25) % 2] ?? ''
        const value = field === 'status' ? ['doing', 'na', 'unknown'][i % 3] : field === 'due' ? `2026-12-${String((i % 28) + 1).padStart(2, '0')}` : `${field} ${i}`
        want[`${measure} ${field}`] = value ?? ''
        return fill(tab, measure, field, value ?? '')
      }))
    }
    assert.equal(Object.keys(want).length, 100)

    const third = await browser.newPage()
    await visit(third, site.root + checklist)
    for (const page of [...tabs, third]) {
      await until(page, 'all edits of both tabs', (want) => Object.entries(want).every(([name, value]) => {
        const [measure, field] = name.split(' ')
        const box = document.querySelector(`answer-box[data-slug="${measure}"]`)
        const element = box?.querySelector<HTMLInputElement>(field === 'status' ? `[name="status-${measure}"]:checked` : `[name="${field}"]`)
        return element?.value === value
      }), want)
    }
  })

  forEachBrowser(`what is erased in one tab is gone from the other, and comes back to both ${where}`, async (browser) => {
    await using site = await open(siteDir)
    const [checklist, measure] = await aMeasure(site)
    const [tab, workspace, storage] = [await browser.newPage(), await browser.newPage(), await storagePage(browser, site)]
    await visit(tab, site.root + checklist)
    await choose(tab, measure, 'done')
    await fill(tab, measure, 'note', 'a secret')
    await workspace.goto(`${site.root}workspace.html`)
    await until(workspace, 'the company', () => (document.querySelector('company-list')?.checkVisibility() ?? false))
    await workspace.$eval('erase-all [data-js-erase]', (button) => (button as HTMLElement).click())
    await shows(tab, measure, 'todo')
    await fill(tab, measure, 'owner', 'after it')
    const stored = () => storage.evaluate(() => JSON.stringify(Object.entries(localStorage)))
    await until(storage, 'what came after it', () => localStorage.getItem('tebiki')?.includes('after it') ?? false)
    assert.doesNotMatch(await stored(), /a secret/)
    await workspace.$eval('erase-all [data-js-undo]', (button) => (button as HTMLElement).click())
    await until(storage, 'what was erased', () => localStorage.getItem('tebiki')?.includes('a secret') ?? false)
    await shows(tab, measure, 'done')
  })

  test(`answers outlive the browser ${where}`, async (t) => {
    await using site = await open(siteDir)
    for (const [name, launch] of browsers) {
      await t.test(name, async (t) => {
        const profile = await folder(t)
        const [checklist, measure] = await withBrowser(launch, { profile }, async (browser) => {
          const [checklist, measure] = await aMeasure(site)
          const page = await browser.newPage()
          await visit(page, site.root + checklist)
          await choose(page, measure, 'done')
          await until(page, 'a time', () => /\d\d:\d\d/.test(document.querySelector('save-state')?.textContent ?? ''))
          // Browsers write to the disk a little later.
          await new Promise((done) => setTimeout(done, 3000))
          return [checklist, measure]
        })
        await withBrowser(launch, { profile }, async (browser) => {
          const page = await browser.newPage()
          await visit(page, site.root + checklist)
          await shows(page, measure, 'done')
          await visit(page, `${site.root}measures/${measure}.html`)
          await shows(page, measure, 'done')
        })
      })
    }
  })

  for (const [how, blocked] of Object.entries({
    'a storage that is blocked': {
      Chromium: { cookies: 2 },
      Firefox: { preferences: { 'network.cookie.cookieBehavior': 2 } },
    },
    'no storage at all': {
      Chromium: { args: ['--disable-local-storage'] },
      Firefox: { preferences: { 'dom.storage.enabled': false } },
    },
  } satisfies Record<string, Record<string, LaunchOptions & { cookies?: number }>>)) {
    test(`with ${how} the page works and says that nothing stays ${where}`, async (t) => {
      await using site = await open(siteDir)
      for (const [name, launch] of browsers) {
        await t.test(name, async (t) => {
          const options: LaunchOptions & { cookies?: number } = { ...blocked[name] }
          if (options.cookies) {
            options.profile = await folder(t)
            await mkdir(join(options.profile, 'Default'))
            await writeFile(join(options.profile, 'Default', 'Preferences'), JSON.stringify({ profile: { default_content_setting_values: { cookies: options.cookies } } }))
          }
          await withBrowser(launch, options, async (browser) => {
            const [checklist, measure] = await aMeasure(site)
            const { page, faults } = await openPage(browser, site.root)
            await visit(page, site.root + checklist)
            assert.equal(await state(page), 'memory')
            await choose(page, measure, 'done')
            await shows(page, measure, 'done')
            assert.equal(await state(page), 'memory')
            await expectNotice(page, 'memory')
            expectNoFaults(faults, checklist)
          })
        })
      }
    })
  }

  forEachBrowser(`a full storage is told, and what did not fit is stored once there is room ${where}`, async (browser) => {
    await using site = await open(siteDir)
    const [checklist, measure] = await aMeasure(site)
    const page = await browser.newPage()
    await visit(page, site.root + checklist)
    await choose(page, measure, 'doing')
    const storage = await storagePage(browser, site)
    await storage.evaluate(() => {
      let size = 1 << 22
      for (let n = 0; size > 0;) {
        try {
          localStorage.setItem(`filler${n++}`, 'x'.repeat(size))
        } catch {
          size >>= 1
        }
      }
    })
    // Another process learns a little later that there is no room.
    for (let i = 0; i < 50 && (await state(page)) !== 'full'; i++) {
      await fill(page, measure, 'note', `${i}${'x'.repeat(1000)}`)
      await new Promise((done) => setTimeout(done, 200))
    }
    assert.equal(await state(page), 'full')
    await expectNotice(page, 'full')
    await choose(page, measure, 'na')
    await shows(page, measure, 'na')
    await storage.evaluate(() => {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith('filler')) localStorage.removeItem(key)
      }
    })
    await choose(page, measure, 'unknown')
    await until(page, 'the state saved', () => document.querySelector<HTMLElement>('save-state')?.dataset.state === 'saved')
    await page.reload()
    await shows(page, measure, 'unknown')
  })

  forEachBrowser(`what cannot be read is set aside and offered ${where}`, async (browser) => {
    await using site = await open(siteDir)
    const [checklist, measure] = await aMeasure(site)
    const storage = await storagePage(browser, site)
    const broken = '{"format":1,"companies":{"first":{"answers":'
    await storage.evaluate((text) => localStorage.setItem('tebiki', text), broken)
    const { page, faults } = await openPage(browser, site.root)
    await visit(page, site.root + checklist)
    assert.equal(await state(page), 'unreadable')
    await expectNotice(page, 'unreadable')
    await choose(page, measure, 'done')
    assert.equal(await state(page), 'saved')
    await expectNotice(page, 'unreadable')
    await page.reload()
    await shows(page, measure, 'done')
    await expectNotice(page, 'unreadable')
    const asides = await storage.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('tebiki-aside-')).map((key) => localStorage.getItem(key)))
    assert.deepEqual(asides, [broken])
    expectNoFaults(faults, checklist)
  })

  forEachBrowser(`answers of a newer version stay as they are ${where}`, async (browser) => {
    await using site = await open(siteDir)
    const [checklist, measure] = await aMeasure(site)
    const storage = await storagePage(browser, site)
    const newer = '{"format":99,"answers":"in a way unheard of"}'
    await storage.evaluate((text) => localStorage.setItem('tebiki', text), newer)
    const { page, faults } = await openPage(browser, site.root)
    await visit(page, site.root + checklist)
    assert.equal(await state(page), 'newer-format')
    await choose(page, measure, 'done')
    await shows(page, measure, 'done')
    await expectNotice(page, 'newer-format')
    assert.equal(await storage.evaluate(() => localStorage.getItem('tebiki')), newer)
    expectNoFaults(faults, checklist)
  })
}

forEachBrowser('a folder without hub.html keeps answers for one page, and joins them when it is back', async (browser) => {
  await using site = await unzip(siteDir)
  const [checklist, measure] = await aMeasure(site)
  const hub = fileURLToPath(`${site.root}hub.html`)
  await rename(hub, `${hub}.away`)
  const page = await browser.newPage()
  await visit(page, site.root + checklist)
  assert.equal(await state(page), 'page-only')
  await expectNotice(page, 'page-only')
  await choose(page, measure, 'done')
  await page.reload()
  await shows(page, measure, 'done')
  assert.equal(await state(page), 'page-only')

  await rename(`${hub}.away`, hub)
  await page.reload()
  await shows(page, measure, 'done')
  assert.equal(await state(page), 'saved')
  await visit(page, `${site.root}measures/${measure}.html`)
  await shows(page, measure, 'done')
})

test('Firefox says when it would lose answers for the length of their address', async (t) => {
  await using site = await unzip(siteDir)
  const [, launch] = browsers[1]
  // The first is too long for a page, not for hub.html, where the answers are; the second for both.
  for (const [length, want] of [[256 - '/hub.html'.length - 1, 'saved'], [256, 'memory']] as const) {
    await t.test(want, async (t) => {
      const base = `${await folder(t)}/`
      const long = base + 'x'.repeat(length - pathToFileURL(base).href.length)
      await cp(fileURLToPath(site.root), long, { recursive: true })
      const root = `${pathToFileURL(long).href}/`
      const profile = await folder(t)
      const [checklist, measure] = await withBrowser(launch, { profile }, async (browser) => {
        const [checklist, measure] = await aMeasure(site)
        const page = await browser.newPage()
        await visit(page, root + checklist)
        assert.ok(page.url().length >= 256)
        await choose(page, measure, 'done')
        assert.equal(await state(page), want)
        await new Promise((done) => setTimeout(done, 3000))
        return [checklist, measure]
      })
      await withBrowser(launch, { profile }, async (browser) => {
        const page = await browser.newPage()
        await visit(page, root + checklist)
        await shows(page, measure, want === 'saved' ? 'done' : 'todo')
      })
    })
  }
})

test('a private window keeps answers while it is open', async (t) => {
  await using site = await serve(siteDir)
  for (const [name, launch] of browsers) {
    await t.test(name, () => withBrowser(launch, { args: ['--incognito'], preferences: { 'browser.privatebrowsing.autostart': true } }, async (browser) => {
      const [checklist, measure] = await aMeasure(site)
      const page = await browser.newPage()
      await visit(page, site.root + checklist)
      await choose(page, measure, 'done')
      await visit(page, `${site.root}measures/${measure}.html`)
      await shows(page, measure, 'done')
    }))
  }
})

/** A checklist and a measure on it. */
async function aMeasure(site: Site): Promise<[checklist: string, measure: string]> {
  const checklist = site.pages.find((page) => kindOf(page) === 'checklists/*')
  assert.ok(checklist !== undefined, `${site.root}: got no checklists/*.html`)
  const html = await readFile(join(siteDir, checklist), 'utf8')
  const measure = [...html.matchAll(/ data-measure="([^"]*)"/g)].at(-1)?.[1]
  assert.ok(measure !== undefined, `${checklist}: got no measure`)
  return [checklist, measure]
}

function measuresOf(page: Page): Promise<string[]> {
  return page.$$eval('[data-measure]', (rows) => rows.map((row) => (row as HTMLElement).dataset.measure ?? ''))
}

async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await until(page, 'the answers', () => {
    const boxes = [...document.querySelectorAll<HTMLElement>('answer-box')]
    return boxes.length > 0 && boxes.every((box) => box.dataset.status)
  })
}

/** A page by which the storage itself can be reached, wherever it is. */
async function storagePage(browser: Browser, site: Site): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(`${site.root}hub.html`)
  return page
}

function choose(page: Page, measure: string, status: string): Promise<void> {
  return fill(page, measure, 'status', status)
}

/** Fills in a field, also on a page that lies behind another. */
function fill(page: Page, measure: string, field: string, value: string): Promise<void> {
  return page.$eval(`answer-box[data-slug="${measure}"]`, (box, measure, field, value) => {
    const selector = field === 'status' ? `[name="status-${measure}"][value="${value}"]` : `[name="${field}"]`
    const element = box.querySelector<HTMLInputElement>(selector)
    if (!element) throw new Error(`no ${selector}`)
    if (field === 'status') return element.click()
    element.value = value
    element.dispatchEvent(new InputEvent('input', { bubbles: true }))
    element.dispatchEvent(new Event('change', { bubbles: true }))
  }, measure, field, value)
}

function shows(page: Page, measure: string, status: string): Promise<void> {
  return until(page, `the status ${status} of ${measure}`, (measure, status) => {
    return document.querySelector<HTMLInputElement>(`input[name="status-${measure}"]:checked`)?.value === status
  }, measure, status)
}

function state(page: Page): Promise<string | undefined> {
  return page.$eval('save-state', (element) => (element as HTMLElement).dataset.state)
}

async function expectNotice(page: Page, about: string): Promise<void> {
  const shown = await page.$$eval('[data-js-save-notice]', (notices) => notices.filter((notice) => notice.checkVisibility()).map((notice) => (notice as HTMLElement).dataset.jsSaveNotice))
  assert.deepEqual(shown, [about], `${page.url()}: the notices shown`)
}

async function until<T extends unknown[]>(page: Page, what: string, condition: (...args: T) => boolean, ...args: T): Promise<void> {
  const start = Date.now()
  // The page may be on its way to another.
  while (!(await page.evaluate(condition as (...args: unknown[]) => boolean, ...args).catch(() => false))) {
    assert.ok(Date.now() - start < 20_000, `${page.url()}: got no ${what} in 20 s`)
    await new Promise((done) => setTimeout(done, 50))
  }
}

async function withBrowser<T>(launch: (options: LaunchOptions) => Promise<Browser>, options: LaunchOptions, use: (browser: Browser) => Promise<T>): Promise<T> {
  await using browser = await launch(options)
  return await use(browser)
}

async function folder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'p-'))
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))
  return folder
}
