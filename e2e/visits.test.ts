// What a reader's first visit weighs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { launchChromium } from './browser.ts'
import { start } from './servers.ts'
import { listPages, siteDir } from './site.ts'
import { costOf, open } from './visits.ts'

test('a first visit to a checklist takes 58 KB at most', async (t) => {
  await using server = await start('nginx', { dir: siteDir, notes: true })
  const browser = await launchChromium()
  t.after(() => browser.close())
  for (const checklist of listPages(siteDir).filter((page) => page.startsWith('checklists/'))) {
    const context = await browser.createBrowserContext()
    const { pages } = await costOf(server, async () => void (await open(context, server.root + checklist)))
    await context.close()
    t.diagnostic(`${checklist}: ${pages.body} bytes in ${pages.requests} files, ${pages.sent} with headers`)
    for (const kind of [/\.html$/, /\.css$/, /\.js$/, /icon|\.svg$/])
      assert.ok(
        pages.paths.some((path) => kind.test(path)),
        `${checklist}: got ${pages.paths}, want ${kind}`,
      )
    assert.ok(pages.body <= 58_000, `${checklist}: got ${pages.body} bytes of ${pages.paths}, want 58,000 at most`)
  }
})
