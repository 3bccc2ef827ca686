// What Mozilla's HTTP Observatory says of the site: its own program reads really served pages, over
// https with the way there from http, and its own rules give the points.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import tls from 'node:tls'
import { eventually } from './browser.ts'
import { freePort, start } from './servers.ts'
import { siteDir } from './site.ts'

// The one thing that it would fetch: the list of hosts that browsers know to be on https alone.
// This host is not among them, and gets no points for it.
registerHooks({
  load: (url, context, load) =>
    url.endsWith('/analyzer/hsts.js')
      ? { format: 'module', source: 'export const isHstsPreloaded = () => null', shortCircuit: true }
      : load(url, context),
})
const { ALL_TESTS } = await import('@mdn/mdn-http-observatory/src/constants.js')
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await import('@mdn/mdn-http-observatory/src/grader/charts.js')
const { getGradeForScore, getScoreModifier } = await import('@mdn/mdn-http-observatory/src/grader/grader.js')
const { retrieve } = await import('@mdn/mdn-http-observatory/src/retriever/retriever.js')

test("Mozilla's HTTP Observatory gives A+", async (t) => {
  const securePort = await freePort()
  await using server = await start('caddy', { dir: siteDir, securePort })
  const root = `https://localhost:${securePort}/`
  await eventually(`page over ${root}`, async () => {
    const authority = await readFile(join(server.folder, 'caddy/pki/authorities/local/root.crt'), 'utf8')
    tls.setDefaultCACertificates([authority])
    return (await fetch(root)).ok
  })

  /** The points of a page, and which rules gave or took some. */
  const judge = async (path: string) => {
    const requests = await retrieve('localhost', {
      httpPort: Number(new URL(server.root).port),
      httpsPort: securePort,
      path,
    })
    assert.deepEqual([requests.responses.auto?.status, requests.responses.https?.verified], [200, true], path)
    const results = ALL_TESTS.map((test) => test(requests))
    const modifiers = results
      .map(({ result }) => [result, getScoreModifier(result)] as const)
      .filter(([, points]) => points !== 0)
    const add = (sum: number, points: number) => sum + points
    // As its scan adds up: what is good counts where little is bad.
    const lost = modifiers
      .map(([, points]) => points)
      .filter((points) => points < 0)
      .reduce(add, 100)
    const all = modifiers.map(([, points]) => points).reduce(add, 100)
    const { score, grade } = getGradeForScore(lost >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? all : lost)
    t.diagnostic(
      `${path}: ${score} points, ${grade} (${modifiers.map(([result, points]) => `${result} ${points}`).join(', ')})`,
    )
    return { score, grade, failed: results.filter(({ pass }) => !pass).map(({ result }) => result) }
  }
  for (const path of ['/', '/checklists/company-vpn.html', '/search.html']) {
    const { score, grade, failed } = await judge(path)
    assert.deepEqual([grade, failed], ['A+', []], path)
    assert.ok(score >= 125, `${path}: got ${score} points, want 125`)
  }
  // Whom any site may frame, by intention.
  const { failed } = await judge('/embed/flow.html')
  assert.deepEqual(failed, [])
})
