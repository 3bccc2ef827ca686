// The site under test, as its readers get it: from a web server, or as the unzipped offline
// edition.
import { AsyncLocalStorage } from 'node:async_hooks'
import { globSync, readFileSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, extname, join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { unzipSync } from 'fflate'

/** The folder under test. SITE_DIR names another than the one that `make build` fills. */
export const siteDir = process.env.SITE_DIR ?? 'public'

export interface Site extends AsyncDisposable {
  /** The address of the site's root; ends in a slash. */
  root: string
  /** The site's HTML pages, relative to the root, sorted. */
  pages: string[]
  /** Where the network is cut: has it back while something is done. */
  online?: (act: () => Promise<void>) => Promise<void>
}

/** Whether the network is cut after a first visit, which must have left all that readers need. */
export const isCut = process.env.E2E_NETWORK === 'cut'

/** What tests say of the network, after the name of their browser. */
export const cut = isCut ? ', network cut' : ''

/** How the reader of the test that runs visits a site for the first time, given its root. */
export const firstVisit = new AsyncLocalStorage<(root: string) => Promise<void>>()

/** The HTML pages of a folder, relative to it, sorted. */
export function listPages(dir: string): string[] {
  const pages = globSync('**/*.html', { cwd: dir })
    .map((page) => page.replaceAll(sep, '/'))
    .sort()
  if (!pages.includes('index.html')) throw new Error(`${dir}: no index.html; run make build first`)
  return pages
}

/** The kind of a page: pages of one folder are of one kind, pages at the top are each their own. */
export function kindOf(page: string): string {
  return page.includes('/') ? `${dirname(page)}/*` : page
}

/** The first page of each kind. */
export function onePageOfEachKind(pages: string[]): string[] {
  return [...Map.groupBy(pages, kindOf).values()].flatMap((same) => same.slice(0, 1))
}

/** The largest page of each kind: it is likely to have what others have. */
export function largestOfEachKind(pages: string[]): string[] {
  const sizeOf = (page: string) => statSync(join(siteDir, page)).size
  return onePageOfEachKind(pages.toSorted((a, b) => sizeOf(b) - sizeOf(a)))
}

/** What servers say that a file is, by the ending of its name. */
export const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.ics': 'text/calendar; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.jsonld': 'application/ld+json',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.xml': 'application/xml',
  '.zip': 'application/zip',
}

/** Of what `serve` serves. */
interface Host {
  /** Has a service worker, which fetches all pages in every new browser; without, it is one that does nothing. */
  hasWorker?: boolean
  /** What the server does instead with some requests. It says whether it did. */
  intercept?: (path: string, response: ServerResponse) => boolean
}

/**
 * Serves a folder on a free loopback port, with the headers of its `_headers` file and its
 * 404.html, compressed, as the host does. `dir` may name another folder each time.
 */
export async function serve(dir: string | (() => string), { hasWorker = false, intercept }: Host = {}): Promise<Site> {
  const folder = typeof dir === 'string' ? () => dir : dir
  const pages = listPages(folder())
  const rules = parseHeaders(readFileSync(join(folder(), '_headers'), 'utf8'))

  for (const file of globSync('**', { cwd: folder() })) headersFor(`/${file}`, rules)

  // What a test has the server do otherwise is a matter of the network.
  const visit = dir === siteDir && !intercept ? firstVisit.getStore() : undefined
  let isOnline = true
  const server = createServer(async (request, response) => {
    if (!isOnline) return void response.destroy()
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
    if (intercept?.(path, response)) return
    const dir = folder()
    const name = path.endsWith('/') ? `${path}index.html` : path
    const found =
      name === '/sw.js' && !hasWorker && !visit ? Buffer.of() : await readFile(join(dir, name)).catch(() => undefined)
    const body = found ?? (await readFile(join(dir, '404.html')).catch(() => '404'))
    const contentType = contentTypes[found ? extname(name) : '.html'] ?? 'application/octet-stream'
    const { encoding, bytes } = await compress(
      Buffer.from(body),
      contentType,
      String(request.headers['accept-encoding'] ?? ''),
    )
    response
      .writeHead(found ? 200 : 404, { 'Content-Type': contentType, ...encoding, ...headersFor(path, rules) })
      .end(bytes)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const root = `http://127.0.0.1:${port}/`
  const online = async (act: () => Promise<void>) => {
    isOnline = true
    await act()
    isOnline = false
    server.closeAllConnections()
  }
  if (visit) await online(() => visit(root))

  return {
    root,
    pages,
    ...(visit && { online }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

/**
 * Text is sent small, as hosts do while a reader waits: quality 5, not the best that brotli can.
 */
async function compress(
  body: Buffer,
  contentType: string,
  accepted: string,
): Promise<{ encoding: Record<string, string>; bytes: Buffer }> {
  if (!/^text|json|xml/.test(contentType) || contentType.includes('openxml')) return { encoding: {}, bytes: body }
  if (/\bbr\b/.test(accepted)) {
    return {
      encoding: { 'Content-Encoding': 'br' },
      bytes: await promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
    }
  }
  if (/\bgzip\b/.test(accepted)) return { encoding: { 'Content-Encoding': 'gzip' }, bytes: await promisify(gzip)(body) }
  return { encoding: {}, bytes: body }
}

interface HeaderRule {
  path: string
  headers: Record<string, string>
}

/**
 * Reads Netlify's `_headers` syntax: a path with `*` or `:name` on a line of its own, under it
 * indented lines `Name: value`.
 */
export function parseHeaders(text: string): HeaderRule[] {
  const rules: HeaderRule[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue
    if (line.startsWith('/')) {
      rules.push({ path: line.trim(), headers: {} })
      continue
    }
    const [, name, value] = /^\s+([\w-]+):\s*(.+?)\s*$/.exec(line) ?? []
    const rule = rules.at(-1)
    if (name === undefined || value === undefined || rule === undefined) {
      throw new Error(
        `_headers:${index + 1}: got ${JSON.stringify(line)}, want a path, or "  Name: value" under a path`,
      )
    }
    rule.headers[name] = value
  }
  return rules
}

/**
 * The headers of one path. What the host does where rules overlap is not well defined, so they must
 * not.
 */
export function headersFor(path: string, rules: HeaderRule[]): Record<string, string> {
  const matching = rules.filter((rule) => pathPattern(rule.path).test(path))
  if (matching.length > 1) {
    throw new Error(
      `_headers: ${path} matches ${matching.map((rule) => rule.path).join(' and ')}, want one rule at most`,
    )
  }
  return matching[0]?.headers ?? {}
}

function pathPattern(path: string): RegExp {
  const parts = path
    .split(/(\*|:\w+)/)
    .map((part) => (part === '*' ? '.*' : part.startsWith(':') ? '[^/]+' : RegExp.escape(part)))
  return new RegExp(`^${parts.join('')}$`)
}

/**
 * Unpacks the offline edition into a folder, to be read without a server: a temporary one, or over
 * what is in the one that is given.
 */
export async function unzip(dir: string, into?: string): Promise<Site> {
  // Short: Firefox keeps nothing for file addresses of 256 characters or more.
  const folder = into ?? (await mkdtemp(join(tmpdir(), 'site-')))
  for (const [name, bytes] of Object.entries(unzipSync(await readFile(join(dir, 'download/offline.zip'))))) {
    if (name.endsWith('/')) continue
    const file = join(folder, name)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, bytes)
  }

  const [index] = globSync('{,*/}index.html', { cwd: folder })
  if (index === undefined) throw new Error('download/offline.zip: no index.html at its top or in its one folder')
  const top = join(folder, dirname(index))
  return {
    root: `${pathToFileURL(top).href}/`,
    pages: listPages(top),
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true })
    },
  }
}

/**
 * The editions in which readers have the site. With the network cut, that is the web alone: a folder
 * needs none.
 */
export const editions = isCut
  ? ([['on the web', serve]] as const)
  : ([
      ['on the web', serve],
      ['unzipped', unzip],
    ] as const)

/**
 * The editions in which a browser runs a test: each test runs once in each browser and once in each
 * edition, and the name decides which go together, so that many tests see all four pairs.
 * E2E_GRID=all runs each in all four.
 */
export function editionsOf(name: string, browserName: 'Chromium' | 'Firefox'): (typeof editions)[number][] {
  if (isCut || process.env.E2E_GRID === 'all') return [...editions]
  const turn = [...name].reduce((sum, letter) => sum + letter.codePointAt(0)!, browserName === 'Firefox' ? 1 : 0)
  return [editions[turn % editions.length]!]
}

/** Whether a browser runs a test: one whose name ends with an edition runs in that one alone. */
export function isTried(title: string, browserName: 'Chromium' | 'Firefox'): boolean {
  const edition = editions.find(([where]) => title.endsWith(where))
  return edition === undefined || editionsOf(title.slice(0, -edition[0].length), browserName).includes(edition)
}
