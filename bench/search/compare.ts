// Measures search engines side by side over the pages in public/ and the expectations in
// static/search/queries.txt, and prints a table. With --misses also what each engine did not find.
import { files, read, type Expectation } from '../../e2e/search-queries.ts'
import { launchChromium } from '../../e2e/browser.ts'
import { readDocuments } from './documents.ts'
import { makeMiniSearch, makeOwn, makePagefind, type Engine } from './engines.ts'
import { mean, quantile, recall, reciprocalRank } from '../../e2e/search-metrics.ts'
import { serve, siteDir, type Site } from '../../e2e/site.ts'

interface Measured {
  engine: Engine
  site: Site
  /**
   * In the order of the expectations; the times are those of each round. They are `first` in a page
   * whose browser has hardly run the engine yet, `then` when all has been asked once: who types has
   * the engine answer each letter.
   */
  outcomes: { expectation: Expectation; addresses: string[]; first: number[]; then: number[] }[]
  /** Until the first result can be shown, for some of the queries, each in a new page. */
  bytes: number[]
}

const expectations = read(files.known)
await using browser = await launchChromium()
const documents = await readDocuments(siteDir, await browser.newPage())

await using pagefind = await makePagefind(documents)
await using miniSearch = await makeMiniSearch(documents)
const engines: Engine[] = [await makeOwn(siteDir), pagefind, miniSearch]

// Each time with new pages: an engine may remember what it was asked before.
const rounds = 3

await using sites = new AsyncDisposableStack()
const all: Measured[] = []
for (const engine of engines) {
  const site = sites.use(await serve(engine.dir))
  all.push({ engine, site, bytes: await bytesToFirstResults(engine, site), outcomes: [] })
}
for (let round = 0; round < rounds; round++) await ask(all)
print(all)
if (process.argv.includes('--misses')) all.forEach(printMisses)

async function bytesToFirstResults(engine: Engine, site: Site): Promise<number[]> {
  const bytes: number[] = []
  for (const { query } of expectations.filter((_, i) => i % 20 === 0)) {
    await using page = await browser.newPage()
    await page.setCacheEnabled(false)
    await engine.open(page, site)
    const { addresses } = await engine.search(query)
    if (addresses.length > 0) bytes.push(engine.bytes())
  }
  return bytes
}

/** Asks all engines in turn, query by query, so that what else the machine does slows all of them. */
async function ask(all: Measured[]): Promise<void> {
  // A browser each: a page that another one covers is put to sleep.
  await using browsers = new AsyncDisposableStack()
  for (const { engine, site } of all) {
    const page = await browsers.use(await launchChromium()).newPage()
    await engine.open(page, site)
    await page.emulateCPUThrottling(4)
  }
  for (const time of ['first', 'then'] as const) {
    for (const [i, expectation] of expectations.entries()) {
      for (const { engine, outcomes } of all) {
        const { addresses, ms } = await engine.search(expectation.query)
        outcomes[i] ??= { expectation, addresses, first: [], then: [] }
        outcomes[i][time].push(ms)
      }
    }
  }
}

function print(all: Measured[]): void {
  console.log(
    `${expectations.length} expectations, ${documents.length} documents; Chromium at 4× CPU slowdown; of each query the median of ${rounds} times\n`,
  )
  console.log(
    '| engine | recall@5 | MRR | bytes to the first result | latency, median | 95th percentile | asked again, median | 95th percentile |',
  )
  console.log('| --- | --: | --: | --: | --: | --: | --: | --: |')
  for (const { engine, outcomes, bytes } of all) {
    const latencies = (['first', 'then'] as const).map((time) =>
      outcomes.map((outcome) => quantile(outcome[time], 0.5)),
    )
    const cells = [
      engine.name,
      mean(outcomes.map(({ expectation, addresses }) => recall(expectation.hits, addresses))).toFixed(3),
      mean(outcomes.map(({ expectation, addresses }) => reciprocalRank(expectation.hits, addresses))).toFixed(3),
      Math.round(quantile(bytes, 0.5)).toLocaleString('en'),
      ...latencies.flatMap((ms) => [0.5, 0.95].map((share) => `${quantile(ms, share).toFixed(1)} ms`)),
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
}

function printMisses({ engine, outcomes }: Measured): void {
  console.log(`\n${engine.name}: what is not among the first five`)
  for (const { expectation, addresses } of outcomes) {
    if (recall(expectation.hits, addresses) === 1) continue
    const want = expectation.hits.map((alternatives) => alternatives.join(' | ')).join(', ')
    const got = addresses.slice(0, 5).join(', ')
    const { line, query } = expectation
    console.log(`queries.txt:${line}: 「${query}」: got ${got || 'nothing'}; want ${want || 'nothing'}`)
  }
}
