// What Lighthouse says of the pages that readers meet first. It imagines a phone with a slow
// processor and a slow network. What it finds wrong is a failure; its times are printed, as
// machines differ.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import lighthouse, { type Result } from 'lighthouse'
import { launchChromium } from './browser.ts'
import { kindOf, largestOfEachKind, serve, siteDir } from './site.ts'

/** Others take 20 seconds each, and only say the same of their layouts. */
const kinds = [
  'index.html',
  'checklists/*',
  ...(process.env.E2E_GRID === 'all' ? ['flow.html', 'methods/*', 'measures/*', 'search.html'] : []),
]

test('Lighthouse finds nothing wrong', async (t) => {
  await using site = await serve(siteDir)
  for (const kind of kinds) {
    const page = largestOfEachKind(site.pages).find((page) => kindOf(page) === kind)
    assert.ok(page, `got no page of the kind ${kind}`)
    await t.test(page, async (t) => {
      const { categories, audits } = await judge(site.root + page)
      const points = (category: string) => Math.round((categories[category]?.score ?? 0) * 100)
      const milliseconds = (audit: string) => `${Math.round(audits[audit]?.numericValue ?? NaN)} ms`
      const first = `first paint after ${milliseconds('first-contentful-paint')}`
      const largest = `largest after ${milliseconds('largest-contentful-paint')}`
      const blocked = `blocked for ${milliseconds('total-blocking-time')}`
      t.diagnostic(`performance ${points('performance')}: ${first}, ${largest}, ${blocked}`)

      const wrong = Object.values(categories)
        .filter(({ id }) => id !== 'performance')
        .flatMap(({ title, auditRefs }) =>
          auditRefs
            .filter(({ id, weight }) => weight > 0 && audits[id]!.score !== null && audits[id]!.score < 1)
            .map(({ id }) => `${title}: ${audits[id]!.title}`),
        )
      assert.deepEqual(wrong, [])
      for (const category of ['accessibility', 'best-practices', 'seo']) assert.equal(points(category), 100, category)
      assert.equal(audits['cumulative-layout-shift']?.numericValue, 0, 'layout shift')
    })
  }
})

/**
 * A new browser for each page: nothing of the last one is in its memory. On a busy machine
 * Lighthouse may lose what it measured.
 */
async function judge(url: string): Promise<Result> {
  for (let tries = 1; ; tries++) {
    await using browser = await launchChromium()
    const result = await lighthouse(url, { logLevel: 'error' }, undefined, await browser.newPage())
    assert.ok(result, `${url}: Lighthouse gave no result`)
    const { lhr } = result
    const lost =
      lhr.runtimeError?.message ??
      Object.values(lhr.audits).find(({ scoreDisplayMode }) => scoreDisplayMode === 'error')?.errorMessage
    if (lost === undefined) return lhr
    if (tries === 3) assert.fail(`${url}: ${lost}`)
  }
}
