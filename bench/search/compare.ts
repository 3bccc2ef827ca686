// Measures search engines side by side over the pages in public/ and the expectations in
// static/search/queries.txt, and prints a table. With --misses also what each engine did not find.
import { files, read, type Expectation } from '../../e2e/search-queries.ts'
import type { Browser } from 'puppeteer-core'
import { launchChromium } from '../../e2e/browser.ts'
import { readDocuments } from './documents.ts'
import { makeMiniSearch, makeOwn, makePagefind, type Engine, type Found } from './engines.ts'
import { mean, quantile, recall, reciprocalRank } from '../../e2e/search-metrics.ts'
import { serve, siteDir } from '../../e2e/site.ts'

interface Measured {
  engine: string
  outcomes: { expectation: Expectation; found: Found }[]
  /** Until the first result can be shown, for some of the queries, each in a new page. */
  bytes: number[]
}

const expectations = read(files.known)
await using browser = await launchChromium()
const documents = await readDocuments(siteDir, await browser.newPage())

await using pagefind = await makePagefind(documents)
await using miniSearch = await makeMiniSearch(documents)
const engines: Engine[] = [await makeOwn(siteDir), pagefind, miniSearch]

const all: Measured[] = []
for (const engine of engines) all.push(await measure(engine, browser))
print(all)
if (process.argv.includes('--misses')) all.forEach(printMisses)

async function measure(engine: Engine, browser: Browser): Promise<Measured> {
  await using site = await serve(engine.dir)

  const bytes: number[] = []
  for (const { query } of expectations.filter((_, i) => i % 20 === 0)) {
    await using page = await browser.newPage()
    await page.setCacheEnabled(false)
    await engine.open(page, site)
    const { addresses } = await engine.search(query)
    if (addresses.length > 0) bytes.push(engine.bytes())
  }

  await using page = await browser.newPage()
  await engine.open(page, site)
  await page.emulateCPUThrottling(4)
  const outcomes: Measured['outcomes'] = []
  for (const expectation of expectations) outcomes.push({ expectation, found: await engine.search(expectation.query) })
  return { engine: engine.name, outcomes, bytes }
}

function print(all: Measured[]): void {
  console.log(`${expectations.length} expectations, ${documents.length} documents; Chromium at 4× CPU slowdown\n`)
  console.log('| engine | recall@5 | MRR | bytes to the first result | latency, median | 95th percentile |')
  console.log('| --- | --: | --: | --: | --: | --: |')
  for (const { engine, outcomes, bytes } of all) {
    const latencies = outcomes.map(({ found }) => found.ms)
    const cells = [
      engine,
      mean(outcomes.map(({ expectation, found }) => recall(expectation.hits, found.addresses))).toFixed(3),
      mean(outcomes.map(({ expectation, found }) => reciprocalRank(expectation.hits, found.addresses))).toFixed(3),
      Math.round(quantile(bytes, 0.5)).toLocaleString('en'),
      `${quantile(latencies, 0.5).toFixed(1)} ms`,
      `${quantile(latencies, 0.95).toFixed(1)} ms`,
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
}

function printMisses({ engine, outcomes }: Measured): void {
  console.log(`\n${engine}: what is not among the first five`)
  for (const { expectation, found } of outcomes) {
    if (recall(expectation.hits, found.addresses) === 1) continue
    const want = expectation.hits.map((alternatives) => alternatives.join(' | ')).join(', ')
    const got = found.addresses.slice(0, 5).join(', ')
    const { line, query } = expectation
    console.log(`queries.txt:${line}: 「${query}」: got ${got || 'nothing'}; want ${want || 'nothing'}`)
  }
}
