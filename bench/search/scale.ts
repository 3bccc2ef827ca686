// Measures the search of handbooks that are much larger than the real one: the same expectations
// over the real content and thousands of generated pages beside it. Prints a table. Takes numbers
// of pages; without them 0, 3,000 and 10,000.
import { execFileSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { files, read } from '../../e2e/search-queries.ts'
import { launchChromium } from '../../e2e/browser.ts'
import { bytesToFirstResult } from './engines.ts'
import { mean, quantile, recall, reciprocalRank } from '../../e2e/search-metrics.ts'
import { serve } from '../../e2e/site.ts'

const expectations = read(files.known)
const counts = process.argv.slice(2).map(Number)

console.log(
  '| generated pages | recall@5 | MRR | bytes to the first result, median | most | index files | index bytes |',
)
console.log('| --: | --: | --: | --: | --: | --: | --: |')
for (const count of counts.length > 0 ? counts : [0, 3_000, 10_000]) await measure(count)

async function measure(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'search-scale-'))
  try {
    const content = join(folder, 'content')
    cpSync('content', content, { recursive: true })
    addPages(content, count)
    const dir = join(folder, 'public')
    execFileSync('go', ['run', './generator', 'build', '-content', content, '-out', dir], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const index = globSync(['data/search-1.js', 'assets/{texts,names,docs,parts}-*.js'], { cwd: dir })
    const size = index.reduce((sum, file) => sum + readFileSync(join(dir, file)).length, 0)

    await using site = await serve(dir)
    await using browser = await launchChromium()
    const bytes: number[] = []
    for (const { query, hits } of expectations.filter((_, i) => i % 10 === 0)) {
      if (hits.length === 0) continue
      await using page = await browser.newPage()
      await page.setCacheEnabled(false)
      await page.goto(`${site.root}about.html`)
      bytes.push(await bytesToFirstResult(page, dir, query))
    }
    await using page = await browser.newPage()
    await page.goto(`${site.root}search.html?q=vpn`)
    await page.waitForSelector('[data-search-result]')
    const found: string[][] = []
    for (const { query } of expectations) found.push(await ask(page, query))
    const cells = [
      count.toLocaleString('en'),
      mean(expectations.map(({ hits }, i) => recall(hits, found[i]!))).toFixed(3),
      mean(expectations.map(({ hits }, i) => reciprocalRank(hits, found[i]!))).toFixed(3),
      quantile(bytes, 0.5).toLocaleString('en'),
      Math.max(...bytes).toLocaleString('en'),
      index.length.toLocaleString('en'),
      size.toLocaleString('en'),
    ]
    console.log(`| ${cells.join(' | ')} |`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Asks the search page, and waits until nothing more is on its way. */
async function ask(page: Page, query: string): Promise<string[]> {
  await page.$eval(
    '#search',
    (input, query) => {
      ;(input as HTMLInputElement).value = query
      input.dispatchEvent(new Event('input', { bubbles: true }))
    },
    query,
  )
  await page.waitForFunction(() => document.querySelector('[data-js-results]')?.getAttribute('aria-busy') === 'false', {
    polling: 5,
  })
  return page.$$eval('[data-search-result] a', (links) => links.map((link) => link.getAttribute('href') ?? ''))
}

/**
 * Pages about other subjects: sentences of the real content, of whose words three in four are
 * exchanged for words that do not exist, made of the same characters. A page's title is of such
 * words alone: a real one in it would be a better answer.
 */
function addPages(content: string, count: number): void {
  const folder = join(content, 'pages')
  mkdirSync(folder, { recursive: true })
  // A page of the content stands in the list of what was published, which has a seal.
  const published = join(content, 'published.toml')
  const names = Array.from({ length: count }, (_, i) => `  "generated-${i}",\n`).join('')
  writeFileSync(
    published,
    readFileSync(published, 'utf8')
      .replace(/^seal = .*\n/m, '')
      .replace('\npages = [\n', `$&${names}`),
  )
  const texts = globSync('content/{measures,methods,threats,guides}/*.md')
    .sort()
    .map((file) => readFileSync(file, 'utf8').split(/\+\+\+\n/)[2] ?? '')
  const sentences = texts
    .join('')
    .split(/\n|(?<=。)/)
    .map((text) => text.trim())
    .filter((text) => /^[^#|\-\d].{15,80}。$/.test(text) && !/[[\]<*`]/.test(text))
  const word = /[\p{Script=Katakana}ー]{3,}|\p{Script=Han}{2,4}/gu
  const letters = (script: RegExp) => [...new Set(texts.join('').match(script))]
  const [kanji, katakana] = [letters(/\p{Script=Han}/gu), letters(/\p{Script=Katakana}/gu)]
  let seed = 20_200_911
  const random = (below: number) => (seed = (seed * 48_271) % 0x7fffffff) % below
  const one = <T>(list: readonly T[]): T => list[random(list.length)]!
  const invented = (length = 2 + random(2), from = random(2) ? kanji : katakana) =>
    Array.from({ length: from === kanji ? length : length + 2 }, () => one(from)).join('')
  const sentence = () =>
    one(sentences).replace(word, (word) =>
      random(4) ? invented(word.length, /\p{Script=Han}/u.test(word) ? kanji : katakana) : word,
    )
  const paragraph = () => Array.from({ length: 3 }, sentence).join('')
  for (let i = 0; i < count; i++) {
    const title = `${invented()}の${invented()}と${invented()}`
    writeFileSync(
      join(folder, `generated-${i}.md`),
      `+++
title = "${title}"
label = "${title}"
description = "${invented()}についてのページです。"
reviewed = 2026-11-25
+++

${paragraph()}

## ${invented()}と${invented()} {#first}

${paragraph()}

${paragraph()}

## ${invented()} {#second}

${paragraph()}

${paragraph()}
`,
    )
  }
}
