// Where the answers are kept: what a reader once chose is there on every page and the next day, and
// what cannot be kept is told.
import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Browser, BrowserContext, Page } from 'puppeteer-core'
import { eventually, expectNoFaults, openPage, until, type LaunchOptions } from './browser.ts'
import { sideBySide } from './side-by-side.ts'
import { editions, isCut, kindOf, serve, siteDir, unzip, type Site } from './site.ts'

sideBySide((test, browserName, launch) => {
  for (const [where, open] of editions) {
    test(`another page, a reload and another tab show an answer ${where}`, async (browser) => {
      await using site = await open(siteDir)
      const [checklist, measure] = await aMeasure(site)
      const { page, faults } = await openPage(browser, site.root)
      await visit(page, site.root + checklist)
      await reaches(page, 'ready')
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

    test(`a page that comes back from the history shows what was chosen meanwhile ${where}`, async (browser) => {
      await using site = await open(siteDir)
      const [checklist, measure] = await aMeasure(site)
      const page = await browser.newPage()
      await visit(page, site.root + checklist)
      await choose(page, measure, 'doing')
      await visit(page, `${site.root}measures/${measure}.html`)
      await shows(page, measure, 'doing')
      await choose(page, measure, 'done')
      // Not goBack, which does not end in Firefox; and not at once, for the page that answers would be
      // gone.
      await page.evaluate(() => void setTimeout(() => history.back()))
      await until(page, 'the checklist', (name) => location.href.endsWith(name), checklist)
      await shows(page, measure, 'done')
    })

    test(`what is typed as the page is left is there when it is opened again ${where}`, async (browser) => {
      await using site = await open(siteDir)
      const [checklist, measure] = await aMeasure(site)
      const { page, faults } = await openPage(browser, site.root)
      await visit(page, site.root + checklist)
      await leave(page, measure, 'note', 'the last word', `${site.root}methods.html`)
      await visit(page, site.root + checklist)
      await holds(page, measure, 'note', 'the last word')
      await visit(page, `${site.root}measures/${measure}.html`)
      await holds(page, measure, 'note', 'the last word')
      // Nothing of it comes back later.
      const storage = await storagePage(browser, site)
      await fill(page, measure, 'note', 'the very last word')
      await until(
        storage,
        'the very last word',
        () => localStorage.getItem('tebiki')?.includes('the very last word') ?? false,
      )
      await visit(page, site.root + checklist)
      await holds(page, measure, 'note', 'the very last word')
      expectNoFaults(faults, checklist)
    })

    test(`two tabs lose none of 200 edits made at once ${where}`, async (browser) => {
      await using site = await open(siteDir)
      const [checklist] = await aMeasure(site)
      const tabs = [await browser.newPage(), await browser.newPage()] as const
      for (const tab of tabs) await visit(tab, site.root + checklist)
      const measures = await measuresOf(tabs[0])
      const fields = [
        ['note', 'due'],
        ['owner', 'status'],
      ] as const

      // Each tab has fields of its own, and goes through them several times.
      const edits = fields.map((ofTab) =>
        Array.from({ length: 100 }, (_, i) => {
          const measure = measures[i % 25] ?? ''
          const field = ofTab[Math.floor(i / 25) % 2] ?? ''
          const value =
            field === 'status'
              ? ['doing', 'na', 'unknown'][i % 3]
              : field === 'due'
                ? `2026-12-${String((i % 28) + 1).padStart(2, '0')}`
                : `${field} ${i}`
          return [measure, field, value ?? ''] as const
        }),
      )
      const want = Object.fromEntries(edits.flat().map(([measure, field, value]) => [`${measure} ${field}`, value]))
      assert.equal(Object.keys(want).length, 100)
      // Five at a time: the two are to change things in the same moment, not in turns.
      for (let i = 0; i < 100; i += 5) await Promise.all(tabs.map((tab, n) => fillAll(tab, edits[n]!.slice(i, i + 5))))

      const third = await browser.newPage()
      await visit(third, site.root + checklist)
      for (const page of [...tabs, third]) {
        await until(
          page,
          'all edits of both tabs',
          (want) =>
            Object.entries(want).every(([name, value]) => {
              const [measure, field] = name.split(' ')
              const box = document.querySelector(`answer-box[data-slug="${measure}"]`)
              const element = box?.querySelector<HTMLInputElement>(
                field === 'status' ? `[name="status-${measure}"]:checked` : `[name="${field}"]`,
              )
              return element?.value === value
            }),
          want,
        )
      }
    })

    test(`what is erased in one tab is gone from the other, and comes back to both ${where}`, async (browser) => {
      await using site = await open(siteDir)
      const [checklist, measure] = await aMeasure(site)
      const [tab, workspace, storage] = [
        await browser.newPage(),
        await browser.newPage(),
        await storagePage(browser, site),
      ]
      await visit(tab, site.root + checklist)
      await choose(tab, measure, 'done')
      await fill(tab, measure, 'note', 'a secret')
      await workspace.goto(`${site.root}workspace.html`)
      await until(workspace, 'the company', () => document.querySelector('company-list')?.checkVisibility() ?? false)
      await workspace.$eval('erase-all [data-js-erase]', (button) => (button as HTMLElement).click())
      await shows(tab, measure, 'todo')
      await fill(tab, measure, 'owner', 'after it')
      const stored = () => storage.evaluate(() => JSON.stringify(Object.entries(localStorage)))
      await until(storage, 'what came after it', () => localStorage.getItem('tebiki')?.includes('after it') ?? false)
      assert.doesNotMatch(await stored(), /a secret/)
      await until(workspace, 'the way back', () =>
        document.querySelector('erase-all [data-js-undo]')!.checkVisibility(),
      )
      await workspace.$eval('erase-all [data-js-undo]', (button) => (button as HTMLElement).click())
      await until(storage, 'what was erased', () => localStorage.getItem('tebiki')?.includes('a secret') ?? false)
      await shows(tab, measure, 'done')
    })

    test(`a full storage is told, and what did not fit is stored once there is room ${where}`, async (browser) => {
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
      let edits = 0
      await eventually('state full', async () => {
        if ((await state(page)) === 'full') return true
        await fill(page, measure, 'note', `${edits++}${'x'.repeat(1000)}`)
        return false
      })
      await expectNotice(page, 'full')
      await choose(page, measure, 'na')
      await shows(page, measure, 'na')
      await storage.evaluate(() => {
        for (const key of Object.keys(localStorage)) {
          if (key.startsWith('filler')) localStorage.removeItem(key)
        }
      })
      // And a little later that there is some again. A save is left alone, longer each time: a disk may
      // be slower than edits can follow each other, and the page says "full" until one is done.
      let patience = 1000
      await eventually('state saved', async () => {
        await choose(page, measure, edits++ % 2 ? 'doing' : 'todo')
        for (const end = Date.now() + patience; Date.now() < end && (await state(page)) !== 'saved';) await sleep(50)
        patience *= 2
        return (await state(page)) === 'saved'
      })
      await choose(page, measure, 'unknown')
      await reaches(page, 'saved')
      await page.reload()
      await shows(page, measure, 'unknown')
    })

    test(`what cannot be read is set aside and offered ${where}`, async (browser) => {
      await using site = await open(siteDir)
      const [checklist, measure] = await aMeasure(site)
      const broken = '{"format":1,"companies":{"first":{"answers":'
      const storage = await storageWith(broken, browser, site)
      const { page, faults } = await openPage(browser, site.root)
      await visit(page, site.root + checklist)
      await reaches(page, 'unreadable')
      await expectNotice(page, 'unreadable')
      await choose(page, measure, 'done')
      await reaches(page, 'saved')
      await expectNotice(page, 'unreadable')
      await page.reload()
      await shows(page, measure, 'done')
      await expectNotice(page, 'unreadable')
      assert.equal(await offered(page), broken, 'the file offered')
      await setsAside(storage, [broken])
      await page.$eval('[data-js-forget]', (button) => (button as HTMLElement).click())
      await until(
        page,
        'no notice',
        () => !document.querySelector('[data-js-save-notice="unreadable"]')!.checkVisibility(),
      )
      await setsAside(storage, [])
      await shows(page, measure, 'done')
      expectNoFaults(faults, checklist)
    })

    test(`answers of a newer version stay as they are ${where}`, async (browser) => {
      await using site = await open(siteDir)
      const [checklist, measure] = await aMeasure(site)
      const newer = '{"format":99,"answers":"in a way unheard of"}'
      const storage = await storageWith(newer, browser, site)
      const { page, faults } = await openPage(browser, site.root)
      await visit(page, site.root + checklist)
      await reaches(page, 'newer-format')
      await choose(page, measure, 'done')
      await shows(page, measure, 'done')
      await expectNotice(page, 'newer-format')
      // Opened again, the page has what it would have stored by then.
      await visit(page, site.root + checklist)
      await reaches(page, 'newer-format')
      assert.equal(await storage.evaluate(() => localStorage.getItem('tebiki')), newer)
      expectNoFaults(faults, checklist)
    })
  }

  test('an answer is not lost when the page is left before the folder has said where answers lie', async (browser) => {
    await using site = await unzip(siteDir)
    const [checklist, measure] = await aMeasure(site)
    const hub = fileURLToPath(`${site.root}hub.html`)
    await rename(hub, `${hub}.away`)
    const page = await browser.newPage()
    await page.goto(site.root + checklist)
    await leave(page, measure, 'status', 'doing', `${site.root}methods.html`)
    await rename(`${hub}.away`, hub)
    await visit(page, site.root + checklist)
    await shows(page, measure, 'doing')
    await visit(page, `${site.root}measures/${measure}.html`)
    await shows(page, measure, 'doing')
  })

  test('a folder without hub.html keeps answers for one page, and joins them when it is back', async (browser) => {
    await using site = await unzip(siteDir)
    const [checklist, measure] = await aMeasure(site)
    const hub = fileURLToPath(`${site.root}hub.html`)
    await rename(hub, `${hub}.away`)
    const page = await browser.newPage()
    await visit(page, site.root + checklist)
    await reaches(page, 'page-only')
    await expectNotice(page, 'page-only')
    await choose(page, measure, 'done')
    await page.reload()
    await shows(page, measure, 'done')
    await reaches(page, 'page-only')

    await rename(`${hub}.away`, hub)
    await page.reload()
    await shows(page, measure, 'done')
    await reaches(page, 'saved')
    await visit(page, `${site.root}measures/${measure}.html`)
    await shows(page, measure, 'done')
  })

  // What a browser started anew, or in another way, makes of it.
  const notVisited = 'a browser that is started here has not been on the site'

  test('answers outlive the browser', async (_, t) => {
    if (isCut) return t.skip(notVisited)
    await using site = await serve(siteDir)
    await using folder = await unzip(siteDir)
    const profile = await temporaryFolder(t)
    const [checklist, measure] = await aMeasure(site)
    await withBrowser(launch, { profile }, async (browser) => {
      for (const { root } of [site, folder]) {
        const page = await browser.newPage()
        await visit(page, root + checklist)
        await choose(page, measure, 'done')
        await until(page, 'a time', () => /\d\d:\d\d/.test(document.querySelector('save-state')?.textContent ?? ''))
      }
    })
    await withBrowser(launch, { profile }, async (browser) => {
      for (const { root } of [site, folder]) {
        const page = await browser.newPage()
        await visit(page, root + checklist)
        await shows(page, measure, 'done')
        await visit(page, `${root}measures/${measure}.html`)
        await shows(page, measure, 'done')
      }
    })
  })

  for (const [where, open] of editions) {
    test(`a browser that is killed loses nothing that was said to be stored ${where}`, async (_, t) => {
      if (isCut) return t.skip(notVisited)
      await using site = await open(siteDir)
      const profile = await temporaryFolder(t)
      const [checklist] = await aMeasure(site)
      const notes: (readonly [measure: string, field: string, value: string])[] = []
      await killAfter(launch, profile, async (browser) => {
        const page = await browser.newPage()
        await visit(page, site.root + checklist)
        for (const [n, measure] of (await measuresOf(page)).slice(0, 20).entries()) {
          notes.push([measure, 'note', `${n} words`])
          await fillAll(page, notes.slice(-1))
        }
        await isSaid(page)
      })
      await killAfter(launch, profile, async (browser) => {
        const page = await browser.newPage()
        await visit(page, site.root + checklist)
        for (const note of notes) await holds(page, ...note)
        // An erase is kept as well as an answer.
        await page.goto(`${site.root}workspace.html`)
        await until(page, 'the company', () => document.querySelector('company-list')?.checkVisibility() ?? false)
        await page.$eval('erase-all [data-js-erase]', (button) => (button as HTMLElement).click())
        await isSaid(page)
      })
      await withBrowser(launch, { profile }, async (browser) => {
        const page = await browser.newPage()
        await visit(page, site.root + checklist)
        // By then the journal has been read.
        await fill(page, notes[0]![0], 'owner', 'after it')
        await isSaid(page)
        for (const [measure, field] of notes) await holds(page, measure, field, '')
      })
    })
  }

  for (const how of ['throws', 'never answers'] as const) {
    test(`where a database ${how}, no word says more than the browser keeps`, async (browser) => {
      await using site = await serve(siteDir)
      const [checklist, measure] = await aMeasure(site)
      const page = await browser.newPage()
      await page.evaluateOnNewDocument((how) => {
        IDBFactory.prototype.open = () => {
          if (how === 'throws') throw new DOMException('blocked', 'SecurityError')
          return new EventTarget() as IDBOpenDBRequest
        }
      }, how)
      await visit(page, site.root + checklist)
      await choose(page, measure, 'done')
      await until(page, 'that it is with the browser', () => {
        const state = document.querySelector<HTMLElement>('save-state')
        const [handed] = state?.dataset.handed?.split('{time}') ?? []
        return Boolean(handed && state?.textContent.includes(handed))
      })
      await reaches(page, 'saved')
      await page.reload()
      await shows(page, measure, 'done')
    })
  }

  test('the line says after a reload when it was stored, and cleared answers stay away', async (browser) => {
    await using site = await serve(siteDir)
    const [checklist, measure] = await aMeasure(site)
    const page = await browser.newPage()
    await visit(page, site.root + checklist)
    await choose(page, measure, 'done')
    await isSaid(page)
    const line = await page.$eval('save-state', ({ textContent }) => textContent)
    await page.reload()
    await until(page, `the line ${line}`, (line) => document.querySelector('save-state')?.textContent === line, line)
    // What a page has stored itself it does not put back.
    await choose(page, measure, 'doing')
    await isSaid(page)
    await page.evaluate(() => localStorage.clear())
    await page.reload()
    await fill(page, measure, 'note', 'after it')
    await isSaid(page)
    await shows(page, measure, 'todo')
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
    test(`with ${how} the page works and says that nothing stays`, async (_, t) => {
      if (isCut) return t.skip(notVisited)
      const options: LaunchOptions & { cookies?: number } = { ...blocked[browserName] }
      if (options.cookies) {
        options.profile = await temporaryFolder(t)
        await mkdir(join(options.profile, 'Default'))
        await writeFile(
          join(options.profile, 'Default', 'Preferences'),
          JSON.stringify({ profile: { default_content_setting_values: { cookies: options.cookies } } }),
        )
      }
      await withBrowser(launch, options, async (browser) => {
        for (const [where, open] of editions) {
          await t.test(where, async () => {
            await using site = await open(siteDir)
            const [checklist, measure] = await aMeasure(site)
            const { page, faults } = await openPage(browser, site.root)
            await visit(page, site.root + checklist)
            await reaches(page, 'memory')
            await choose(page, measure, 'done')
            await shows(page, measure, 'done')
            await reaches(page, 'memory')
            await expectNotice(page, 'memory')
            // By then a copy of the site would have been begun.
            await until(page, 'two seconds', () => {
              const [{ loadEventEnd }] = performance.getEntriesByType('navigation') as [PerformanceNavigationTiming]
              return loadEventEnd > 0 && performance.now() > loadEventEnd + 2000
            })
            if (where === 'on the web') {
              await page.goto(`${site.root}download.html`)
              await until(page, 'what is not kept', () =>
                /入れられませんでした/.test(document.querySelector('offline-copy [role=status]')!.textContent),
              )
              assert.deepEqual(
                await page.$$eval(
                  'offline-copy button',
                  (buttons) => buttons.filter((button) => button.checkVisibility()).length,
                ),
                0,
              )
            }
            expectNoFaults(faults, checklist)
          })
        }
      })
    })
  }

  test('a private window keeps answers while it is open', async (_, t) => {
    if (isCut) return t.skip(notVisited)
    await withBrowser(
      launch,
      { args: ['--incognito'], preferences: { 'browser.privatebrowsing.autostart': true } },
      async (browser) => {
        for (const [where, open] of editions) {
          await t.test(where, async () => {
            await using site = await open(siteDir)
            const [checklist, measure] = await aMeasure(site)
            const page = await browser.newPage()
            await visit(page, site.root + checklist)
            await choose(page, measure, 'done')
            await visit(page, `${site.root}measures/${measure}.html`)
            await shows(page, measure, 'done')
          })
        }
      },
    )
  })

  if (browserName === 'Firefox')
    test('Firefox says when it would lose answers for the length of their address', async (_, t) => {
      await using site = await unzip(siteDir)
      const [checklist, measure] = await aMeasure(site)
      const profile = await temporaryFolder(t)
      const base = `${await temporaryFolder(t)}/`
      // The first is too long for a page, not for hub.html, where the answers are; the second for
      // both.
      const folders = await Promise.all(
        (
          [
            [256 - '/hub.html'.length - 1, 'saved'],
            [256, 'long-path'],
          ] as const
        ).map(async ([length, want]) => {
          const long = base + 'x'.repeat(length - pathToFileURL(base).href.length)
          await cp(fileURLToPath(site.root), long, { recursive: true })
          return { root: `${pathToFileURL(long).href}/`, want }
        }),
      )
      await withBrowser(launch, { profile }, async (browser) => {
        for (const { root, want } of folders) {
          const page = await browser.newPage()
          await visit(page, root + checklist)
          assert.ok(page.url().length >= 256)
          await choose(page, measure, 'done')
          await reaches(page, want)
          if (want === 'long-path') await expectNotice(page, want)
        }
      })
      await withBrowser(launch, { profile }, async (browser) => {
        for (const { root, want } of folders) {
          const page = await browser.newPage()
          await visit(page, root + checklist)
          await shows(page, measure, want === 'saved' ? 'done' : 'todo')
        }
      })
    })
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
async function storagePage(browser: BrowserContext, site: Site): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(`${site.root}hub.html`)
  return page
}

/**
 * Such a page, once another one, which may have a process of its own, has the given answers, too.
 */
async function storageWith(text: string, browser: BrowserContext, site: Site): Promise<Page> {
  const [storage, other] = [await storagePage(browser, site), await storagePage(browser, site)]
  await storage.evaluate((text) => localStorage.setItem('tebiki', text), text)
  await until(other, 'what was stored', (text) => localStorage.getItem('tebiki') === text, text)
  await other.close()
  return storage
}

/** Waits until these texts, and no others, are set aside. */
function setsAside(storage: Page, texts: string[]): Promise<void> {
  return until(
    storage,
    'what is set aside',
    (texts) => {
      const names = Object.keys(localStorage).filter((name) => name.startsWith('tebiki-aside-'))
      return names.map((name) => localStorage.getItem(name)).join('\n') === texts
    },
    texts.join('\n'),
  )
}

function choose(page: Page, measure: string, status: string): Promise<void> {
  return fill(page, measure, 'status', status)
}

function fill(page: Page, measure: string, field: string, value: string): Promise<void> {
  return fillAll(page, [[measure, field, value]])
}

/** Fills in fields one after the other, also on a page that lies behind another. */
function fillAll(
  page: Page,
  edits: readonly (readonly [measure: string, field: string, value: string])[],
): Promise<void> {
  return page.evaluate(async (edits) => {
    const pause = new MessageChannel()
    for (const [measure, field, value] of edits) {
      const input = field === 'status' ? `[name="status-${measure}"][value="${value}"]` : `[name="${field}"]`
      const selector = `answer-box[data-slug="${measure}"] ${input}`
      const element = document.querySelector<HTMLInputElement>(selector)
      if (!element) throw new Error(`no ${selector}`)
      if (field === 'status') element.click()
      else {
        element.value = value
        element.dispatchEvent(new InputEvent('input', { bubbles: true }))
        element.dispatchEvent(new Event('change', { bubbles: true }))
      }
      // Not a timer, which waits for a second in a page that nobody looks at.
      await new Promise((done) => {
        pause.port1.onmessage = done
        pause.port2.postMessage('')
      })
    }
  }, edits)
}

/** Fills in a field and goes to another page, in one moment. */
async function leave(page: Page, measure: string, field: string, value: string, url: string): Promise<void> {
  await page.$eval(
    `answer-box[data-slug="${measure}"]`,
    (box, measure, field, value, url) => {
      const element = box.querySelector<HTMLInputElement>(
        field === 'status' ? `[name="status-${measure}"][value="${value}"]` : `[name="${field}"]`,
      )!
      // Not at once, so that the answer to this call is not lost.
      setTimeout(() => {
        if (field === 'status') element.click()
        else {
          element.value = value
          element.dispatchEvent(new InputEvent('input', { bubbles: true }))
        }
        location.assign(url)
      })
    },
    measure,
    field,
    value,
    url,
  )
  await until(page, 'the other page', (url) => location.href === url && document.readyState === 'complete', url)
}

function holds(page: Page, measure: string, field: string, value: string): Promise<void> {
  return until(
    page,
    `the ${field} ${value} of ${measure}`,
    (measure, field, value) => {
      return (
        document.querySelector<HTMLInputElement>(`answer-box[data-slug="${measure}"] [name="${field}"]`)?.value ===
        value
      )
    },
    measure,
    field,
    value,
  )
}

function shows(page: Page, measure: string, status: string): Promise<void> {
  return until(
    page,
    `the status ${status} of ${measure}`,
    (measure, status) => {
      return document.querySelector<HTMLInputElement>(`input[name="status-${measure}"]:checked`)?.value === status
    },
    measure,
    status,
  )
}

/** Waits until the page says that all that was entered is stored, for good. */
async function isSaid(page: Page): Promise<void> {
  // What takes longer than 300 ms is not called stored any more.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)))
  await until(page, 'that it is stored', () => {
    const state = document.querySelector<HTMLElement>('save-state')
    const [saved] = state?.dataset.saved?.split('{time}') ?? []
    return Boolean(state?.dataset.state === 'saved' && saved && state.textContent.includes(saved))
  })
}

/** Uses a browser and then ends it as a power cut would. */
async function killAfter(
  launch: (options: LaunchOptions) => Promise<Browser>,
  profile: string,
  use: (browser: Browser) => Promise<void>,
): Promise<void> {
  const browser = await launch({ profile })
  try {
    await use(browser)
  } finally {
    // With its children: they are one group.
    process.kill(-browser.process()!.pid!, 'SIGKILL')
    // There is no browser any more, but the driver puts the profile in order first.
    await browser.close().catch(() => {})
  }
}

/** Waits until the page says that its answers are in a state. */
function reaches(page: Page, want: string): Promise<void> {
  return eventually(`state ${want}`, async () => (await state(page)) === want)
}

function state(page: Page): Promise<string | undefined> {
  return page.$eval('save-state', (element) => (element as HTMLElement).dataset.state)
}

/** What stands in the file that the notice hands out. */
function offered(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const { createObjectURL } = URL
        URL.createObjectURL = (blob: Blob) => {
          void blob.text().then(resolve)
          URL.createObjectURL = createObjectURL
          return createObjectURL(blob)
        }
        // What is in the file is looked at here, so it need not be written.
        HTMLAnchorElement.prototype.click = () => {}
        document.querySelector<HTMLElement>('[data-js-save-notice="unreadable"] [data-js-aside]')?.click()
      }),
  )
}

/** Waits until the page shows one notice and no other. */
function expectNotice(page: Page, about: string): Promise<void> {
  return until(
    page,
    `notice ${about} alone`,
    (about) => {
      const notices = [...document.querySelectorAll<HTMLElement>('[data-js-save-notice]')]
      const shown = notices.filter((notice) => notice.checkVisibility())
      return shown.map(({ dataset }) => dataset.jsSaveNotice).join() === about
    },
    about,
  )
}

async function withBrowser<T>(
  launch: (options: LaunchOptions) => Promise<Browser>,
  options: LaunchOptions,
  use: (browser: Browser) => Promise<T>,
): Promise<T> {
  await using browser = await launch(options)
  return await use(browser)
}

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'p-'))
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))
  return folder
}
