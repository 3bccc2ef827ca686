// Search engines behind one interface, each set up as well as its makers allow, so that they can be
// compared.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import * as pagefind from 'pagefind'
import type { Page } from 'puppeteer-core'
import * as bigrams from './bigrams.ts'
import type { SearchDocument } from './documents.ts'
import type { Site } from '../../e2e/site.ts'

export interface Found {
  /** Relative to the site's root, the best first, ten at most. */
  addresses: string[]
  /** From the query to the addresses, by the page's own clock. */
  ms: number
}

export interface Engine {
  name: string
  /** The folder to be served for it. */
  dir: string
  /** Opens it in a new page of the served folder, and makes it ready to search. */
  open(page: Page, site: Site): Promise<void>
  search(query: string): Promise<Found>
  /**
   * In brotli, what was fetched from its opening until the first result of the first search could
   * be shown.
   */
  bytes(): number
}

/** The files that a page asks for from now on, in order, each once. */
export class Fetched {
  readonly #dir: string
  readonly #files = new Set<string>()

  constructor(page: Page, site: Site, dir: string) {
    this.#dir = dir
    page.on('request', (request) => {
      if (!request.url().startsWith(site.root)) return
      const { pathname } = new URL(request.url())
      this.#files.add(pathname.endsWith('/') ? `${pathname}index.html` : pathname)
    })
  }

  get files(): string[] {
    return [...this.#files]
  }

  sizeOf(files: string[]): number {
    return files.reduce((sum, file) => sum + sizeOf(join(this.#dir, file)), 0)
  }
}

const sizes = new Map<string, number>()

/**
 * The bytes of a file as a good host sends it: in brotli, or as it is where that is shorter
 * (Pagefind's files are compressed already).
 */
function sizeOf(file: string): number {
  let size = sizes.get(file)
  if (size === undefined) {
    const content = readFileSync(file)
    const compressed = brotliCompressSync(content, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
    })
    size = Math.min(content.length, compressed.length)
    sizes.set(file, size)
  }
  return size
}

/**
 * A temporary folder with an empty page of the site's language, without the site's policy: it
 * forbids what these engines need.
 */
async function makeFolder(name: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), `${name}-`))
  const head = `<meta charset="utf-8">\n<title>${name}</title>\n<link rel="icon" href="data:,">`
  await writeFile(join(dir, 'index.html'), `<!DOCTYPE html>\n<html lang="ja">\n${head}\n</html>\n`)
  await writeFile(join(dir, '_headers'), '')
  return dir
}

/** What Pagefind's script exports, as far as it is used. */
interface PagefindScript {
  createInstance(options: { basePath: string; noWorker: boolean; ranking: { termSimilarity: number } }): {
    init(): Promise<void>
    search(query: string): Promise<{ results: { data(): Promise<{ url: string }> }[] }>
  }
}

/**
 * Pagefind. Its sub-results begin at headings with an id, which most items of the site's lists are
 * not: so the items are given as pages, and the sub-results, now sections of pages that are found
 * anyway, are not needed.
 */
export async function makePagefind(documents: SearchDocument[]): Promise<Engine & AsyncDisposable> {
  const dir = await makeFolder('pagefind')
  const { index, errors } = await pagefind.createIndex({ forceLanguage: 'ja', rootSelector: 'main' })
  assert.ok(index, errors.join('\n'))
  for (const { address, html } of documents) {
    // It does not fold full and half width itself.
    const content = `<html lang="ja"><body><main>${html.normalize('NFKC')}</main></body></html>`
    const added = await index.addHTMLFile({ url: `/${address}`, content })
    assert.deepEqual(added.errors, [], address)
  }
  const written = await index.writeFiles({ outputPath: join(dir, 'pagefind') })
  assert.deepEqual(written.errors, [])
  await pagefind.close()

  let page: Page
  let fetched: Fetched
  return {
    name: 'Pagefind',
    dir,
    async open(newPage, site) {
      page = newPage
      await page.goto(site.root)
      fetched = new Fetched(page, site, dir)
      await page.evaluate(async () => {
        const script = '/pagefind/pagefind.js'
        const { createInstance } = (await import(script)) as PagefindScript
        // Without its worker it fetches less, and is slowed down as the others are. The ranking is,
        // of those that were tried, the one with the best recall on the expectations.
        const instance = createInstance({ basePath: '/pagefind/', noWorker: true, ranking: { termSimilarity: 10 } })
        await instance.init()
        Object.assign(globalThis, { engine: instance })
      })
    },
    async search(query) {
      const { addresses, ms } = await page.evaluate(async (query) => {
        const { engine } = globalThis as unknown as { engine: ReturnType<PagefindScript['createInstance']> }
        const start = performance.now()
        const { results } = await engine.search(query.normalize('NFKC'))
        const load = (from: number, to: number) => Promise.all(results.slice(from, to).map((result) => result.data()))
        const first = await load(0, 5)
        // The rest is only looked at for the rank: a page would show five.
        const ms = performance.now() - start
        return { addresses: [...first, ...(await load(5, 10))].map(({ url }) => url), ms }
      }, query)
      return { addresses: addresses.map((address) => address.replace(/^\//, '')), ms }
    },
    bytes() {
      const firstResult = fetched.files.findIndex((file) => file.endsWith('.pf_fragment'))
      return fetched.sizeOf(fetched.files.slice(0, firstResult === -1 ? undefined : firstResult + 1))
    },
    async [Symbol.asyncDispose]() {
      await rm(dir, { recursive: true })
    },
  }
}

/**
 * The search of the site in a folder. The bytes are those of its real page, the rest is its ranking
 * alone.
 */
export async function makeOwn(dir: string): Promise<Engine> {
  const bundle = bundled('own.ts', 'own')
  const handedOver = (pattern: string) => {
    const [file = ''] = globSync(pattern, { cwd: dir })
    return readFileSync(join(dir, file), 'utf8')
      .replace(/^tebikiSearch\(/, '')
      .replace(/\)\s*$/, '')
  }
  const data = { titles: handedOver('data/search-1.js'), texts: handedOver('assets/texts-*.js') }

  let page: Page
  let site: Site
  let bytes = 0
  return {
    name: 'this search',
    dir,
    async open(newPage, newSite) {
      page = newPage
      site = newSite
      await page.goto(`${site.root}index.html`)
      // Not as a script element, which the site's policy blocks.
      await page.evaluate(`${bundle};globalThis.own = own`)
      await page.evaluate(async ({ titles, texts }) => {
        const { own } = globalThis as unknown as { own: typeof import('./own.ts') }
        const index = new own.SearchIndex(JSON.parse(titles))
        await index.addTexts(JSON.parse(texts), async () => {})
        Object.assign(globalThis, { search: new own.Search(index) })
      }, data)
      bytes = 0
    },
    async search(query) {
      const found = await page.evaluate((query) => {
        const { search } = globalThis as unknown as { search: InstanceType<typeof import('./own.ts').Search> }
        const start = performance.now()
        const { hits } = search.find(query)
        return { ms: performance.now() - start, addresses: hits.slice(0, 10).map(({ doc }) => doc.address) }
      }, query)
      if (bytes === 0 && found.addresses.length > 0) bytes = await bytesToFirstResult(page, dir, query)
      return found
    },
    bytes: () => bytes,
  }
}

/**
 * Types a query into the field of the header, and counts what had come when its first result was
 * there.
 */
export async function bytesToFirstResult(page: Page, dir: string, query: string): Promise<number> {
  await page.setViewport({ width: 1280, height: 800 })
  const loaded = await page.evaluate(
    (query) =>
      new Promise<string[]>((resolve) => {
        const names = () => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
        const before = names()
        const input = document.querySelector<HTMLInputElement>('#search')!
        new MutationObserver((_, observer) => {
          if (!document.querySelector('[data-search-result]')) return
          observer.disconnect()
          resolve(names().filter((name) => !before.includes(name)))
        }).observe(document.body, { childList: true, subtree: true })
        input.value = query
        input.focus()
      }),
    query,
  )
  return [...new Set(loaded)].reduce((sum, file) => sum + sizeOf(join(dir, file)), 0)
}

/** A module and what it imports as one script, by the generator's esbuild. */
function bundled(module: string, name: string): string {
  const source = join(import.meta.dirname, module)
  return execFileSync(
    'go',
    [
      'run',
      'github.com/evanw/esbuild/cmd/esbuild',
      source,
      '--bundle',
      '--minify',
      `--global-name=${name}`,
      '--log-level=warning',
    ],
    { encoding: 'utf8' },
  )
}

/** MiniSearch over pairs of characters. */
export async function makeMiniSearch(documents: SearchDocument[]): Promise<Engine & AsyncDisposable> {
  const dir = await makeFolder('minisearch')
  await writeFile(join(dir, 'index.json'), bigrams.index(documents))
  // npm has MiniSearch only unminified.
  await writeFile(join(dir, 'search.js'), bundled('bigrams.ts', 'bigrams'))

  let page: Page
  let fetched: Fetched
  return {
    name: 'MiniSearch, bigrams',
    dir,
    async open(newPage, site) {
      page = newPage
      await page.goto(site.root)
      fetched = new Fetched(page, site, dir)
      await page.addScriptTag({ url: `${site.root}search.js` })
      await page.evaluate(async () => {
        const { bigrams } = globalThis as unknown as { bigrams: typeof import('./bigrams.ts') }
        Object.assign(globalThis, { search: bigrams.load(await (await fetch('/index.json')).text()) })
      })
    },
    search: (query) =>
      page.evaluate((query) => {
        const { search } = globalThis as unknown as { search: ReturnType<typeof bigrams.load> }
        const start = performance.now()
        const addresses = search(query)
        return { addresses, ms: performance.now() - start }
      }, query),
    bytes: () => fetched.sizeOf(fetched.files),
    async [Symbol.asyncDispose]() {
      await rm(dir, { recursive: true })
    },
  }
}
