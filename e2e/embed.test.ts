// Pages in another site's frame, as the site and its readers see them.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Frame, Page } from 'puppeteer-core'
import { axeFindings } from './axe.ts'
import { sidewaysFindings } from './findings.ts'
import { eventually, expectNoFaults, forEachBrowser, openPage, press, until } from './browser.ts'
import { serve, siteDir, type Site } from './site.ts'

const script = `<script>
addEventListener('message', (event) => {
  for (const frame of document.querySelectorAll('iframe')) {
    if (frame.contentWindow === event.source && event.data?.type === 'tebiki:height') frame.height = event.data.height
  }
})
</script>`

forEachBrowser('a frame is as high as its page', async (browser, t) => {
  await using site = await serve(siteDir)
  await using host = await serveHost(t, [
    script,
    frameOf(site, 'embed/flow.html#owner=company', 'height="3000"'),
    // Nothing can be stored in there.
    frameOf(site, 'embed/flow.html#owner=employee', 'sandbox="allow-scripts"'),
    frameOf(site, 'embed/checklist/company-vpn.html', 'sandbox="allow-scripts"'),
  ])
  const page = await browser.newPage()
  // All in sight: Chromium puts a frame that is not to sleep, and it tells its height when it comes there.
  await page.setViewport({ width: 800, height: 12_000 })
  await page.goto(host.root.replace('127.0.0.1', 'localhost'))
  for (const address of ['embed/flow.html#owner=company', 'embed/flow.html#owner=employee', 'embed/checklist/']) {
    const frame = await page.waitForFrame((frame) => frame.url().includes(address))
    await eventually(`height of ${address}`, () => isWhole(frame))
  }
  const flow = await page.waitForFrame((frame) => frame.url().includes('#owner=employee'))
  const before = await flow.evaluate(() => innerHeight)
  for (const answer of ['remote-no', 'cloud-yes']) {
    await press(flow, `[for="answer-${answer}"]`)
    await press(flow, 'method-flow [type="submit"]')
  }
  await flow.waitForSelector('method-flow[data-state="result"]')
  await eventually('height of the result', () => isWhole(flow))
  assert.notEqual(await flow.evaluate(() => innerHeight), before)
})

/** Whether a page fills its frame, and no more. */
function isWhole(frame: Frame): Promise<boolean> {
  return frame.evaluate(() => {
    const { scrollHeight, clientHeight } = document.documentElement
    const { height } = document.querySelector('frame-height')!.getBoundingClientRect()
    return scrollHeight === clientHeight && Math.ceil(height) === clientHeight
  })
}

forEachBrowser('only pages for frames are shown in one', async (browser, t) => {
  await using site = await serve(siteDir)
  const meant = ['embed/checklist/company-vpn.html', 'embed/flow.html']
  const others = ['index.html', 'flow.html', 'hub.html', 'checklists/company-vpn.html', '404.html']
  await using host = await serveHost(
    t,
    [...meant, ...others].map((address) => frameOf(site, address)),
  )
  const page = await browser.newPage()
  await page.goto(host.root.replace('127.0.0.1', 'localhost'))
  // All have come, or were turned away: nobody can look into those.
  let shown: string[] = []
  await eventually('the frames that are meant', async () => {
    const frames = page.frames().filter((frame) => frame !== page.mainFrame())
    const looks = frames.map((frame) => Promise.race([frame.$('.page').catch(() => null), setTimeout(2000, null)]))
    const pages = await Promise.all(looks)
    shown = frames.filter((_, index) => pages[index]).map((frame) => frame.url().replace(site.root, ''))
    return meant.every((address) => shown.includes(address))
  })
  assert.deepEqual(shown.sort(), meant)
})

// The sandbox is that which the page of links tells of.
for (const sandbox of ['', 'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"']) {
  forEachBrowser(`the result in a frame opens on the site ${sandbox}`, async (browser, t) => {
    await using site = await serve(siteDir)
    await using host = await serveHost(t, [frameOf(site, 'embed/flow.html#owner=company&remote=no&cloud=no', sandbox)])
    const page = await browser.newPage()
    await page.goto(host.root.replace('127.0.0.1', 'localhost'))
    const frame = await page.waitForFrame((frame) => frame.url().includes('embed/flow.html'))
    const opened = await openedBy(page, () => press(frame, '[data-js-open]'))
    await until(
      opened,
      'the same result',
      (root) =>
        location.href === `${root}flow.html#owner=company&remote=no&cloud=no` &&
        `${origin}/` === root &&
        document.querySelector('[data-js-method="company-local"]')!.checkVisibility(),
      site.root,
    )
  })
}

forEachBrowser('a measure in a frame opens where it can be answered', async (browser, t) => {
  await using site = await serve(siteDir)
  await using host = await serveHost(t, [frameOf(site, 'embed/checklist/company-vpn.html')])
  const page = await browser.newPage()
  await page.goto(host.root.replace('127.0.0.1', 'localhost'))
  const frame = await page.waitForFrame((frame) => frame.url().includes('embed/checklist/'))
  const opened = await openedBy(page, () => press(frame, '#antivirus a'))
  await until(
    opened,
    'the measure',
    (root) =>
      location.href === `${root}checklists/company-vpn.html#antivirus` &&
      document.querySelector('[name="status-antivirus"]') !== null,
    site.root,
  )
})

forEachBrowser('everyone can use a checklist made for a frame', async (browser, _, browserName) => {
  await using site = await serve(siteDir)
  const { page, faults } = await openPage(browser, site.root)
  await page.goto(`${site.root}embed/checklist/employee-cloud.html`)
  for (const width of [320, 1280]) {
    await page.setViewport({ width, height: 800 })
    assert.deepEqual(await sidewaysFindings(page), [])
    if (browserName === 'Chromium') assert.deepEqual(await axeFindings(page), [])
  }
  expectNoFaults(faults, page.url())
})

function frameOf(site: Site, address: string, attributes = ''): string {
  return `<iframe width="700" src="${site.root}${address}" ${attributes}></iframe>`
}

/** Another site, with the given parts in its page. */
async function serveHost(t: TestContext, parts: string[]): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'host-'))
  t.after(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, '_headers'), '')
  await writeFile(join(folder, 'index.html'), `<!DOCTYPE html><title>host</title>${parts.join('\n')}`)
  return serve(folder)
}

/** The page that an act opens in a new tab. */
async function openedBy(page: Page, act: () => Promise<void>): Promise<Page> {
  const opened = new Promise<Page | null>((done) =>
    page.browserContext().once('targetcreated', (target) => void target.page().then(done)),
  )
  await act()
  return (await opened)!
}
