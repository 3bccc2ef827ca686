// The service worker: it keeps all pages of one version on this device, and answers with them, also
// without a network. The generator writes the version and the list of its files before this script.
// It stands alone: nothing of the pages' scripts is used here, and nothing of it there.

declare const self: ServiceWorkerGlobalScope & {
  tebikiSite: {
    /** Of the handbook: another one on this origin has caches of its own. */
    id: string
    version: string
    /** Tells which headers go with the files: a copy with other ones is fetched anew. */
    headers: string
    /**
     * By address, relative to this script: the SHA-256 of each file, as the first characters of its
     * base64. Without them the worker takes itself away.
     */
    files?: Record<string, string>
  }
}

const { id, version, headers, files } = self.tebikiSite
/** Files of these folders have names that change with what they hold: those of an older version harm nobody. */
const named = /^assets\//
/** So many files are fetched at a time: the page that is being read comes first. */
const atATime = 6

// A cache's name: what it belongs to, its headers, its version.
const family = `tebiki-offline:${id}:`
const sameHeaders = `${family}${headers}:`
const own = sameHeaders + version
const ofUnfinished = ':unfinished'
/** What has come of this version, until all of it is there. */
const unfinished = own + ofUnfinished

self.addEventListener('install', (event) => {
  event.waitUntil(files ? keep(files) : self.skipWaiting())
})

self.addEventListener('activate', (event) => {
  event.waitUntil(files ? takeOver() : leave())
})

self.addEventListener('message', (event) => {
  if (event.data === 'take over') void self.skipWaiting()
})

if (files) {
  self.addEventListener('fetch', (event) => {
    const { request } = event
    const address = addressOf(request)
    if (address === undefined) return
    if (Object.hasOwn(files, address)) event.respondWith(answer(request, address, own))
    // A page that was opened before this version took over goes on with its own scripts.
    else if (named.test(address)) event.respondWith(answer(request, request))
    // A mail program has made the fragment a part of the path, which the server's 404.html undoes.
    else if (Object.hasOwn(files, address.split('%23')[0]!))
      event.respondWith(Response.redirect(request.url.replace('%23', '#')))
  })
}

/** The address of a file of the site, relative to this script; undefined for what is somebody else's. */
function addressOf({ url, method }: Request): string | undefined {
  const scope = new URL('.', self.location.href)
  const { origin, pathname } = new URL(url)
  if (method !== 'GET' || origin !== scope.origin || !pathname.startsWith(scope.pathname)) return undefined
  const address = pathname.slice(scope.pathname.length)
  return address === '' || address.endsWith('/') ? `${address}index.html` : address
}

/** Answers with the copy at an address, where whatever stands behind ? is for the page: from one cache, or from any. */
async function answer(request: Request, address: RequestInfo, cacheName?: string): Promise<Response> {
  // Browsers may throw single copies away, and storage may fail.
  const copy = await caches.match(address, { ignoreVary: true, cacheName }).catch(() => undefined)
  return copy ?? fetch(request)
}

/**
 * Fetches all files of this version but those that an older one has, too. What came stays if the
 * rest fails, for the next time; only what is whole is ever used.
 */
async function keep(files: Record<string, string>): Promise<void> {
  const into = await caches.open(unfinished)
  const there = new Map<string, Cache>()
  for (const name of (await names()).filter((name) => name.startsWith(sameHeaders))) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) there.set(new URL(request.url).pathname, cache)
  }
  const missing = Object.entries(files)
  const takeNext = async () => {
    for (let next = missing.shift(); next; next = missing.shift()) await keepFile(into, there, ...next)
  }
  await Promise.all(Array.from({ length: atATime }, takeNext))

  // From here on it is done in one go, from what is there. A version that comes back is the newest
  // again.
  await caches.delete(own)
  const cache = await caches.open(own)
  await Promise.all(
    Object.keys(files).map(async (address) => {
      const response = await into.match(address, { ignoreVary: true })
      if (!response) throw new Error(`${address} is gone`)
      await cache.put(address, response)
    }),
  )
  await caches.delete(unfinished)
}

async function keepFile(into: Cache, there: Map<string, Cache>, address: string, sum: string): Promise<void> {
  const url = new URL(address, self.location.href)
  const copy = await there.get(url.pathname)?.match(url, { ignoreVary: true })
  if (copy && (await put(into, url, copy, sum))) return
  // Not from the browser's own store, which may have an older one.
  const response = await fetch(url, { cache: 'no-cache' })
  if (!response.ok) throw new Error(`${address}: ${response.status}`)
  // A server in the middle of an update has files of both versions.
  if (!(await put(into, url, response, sum))) throw new Error(`${address} is of another version`)
}

/** Puts a file where its bytes are those of this version, and says whether they are. */
async function put(into: Cache, url: URL, response: Response, sum: string): Promise<boolean> {
  const { headers } = response
  const bytes = await response.arrayBuffer()
  if ((await sumOf(bytes)) !== sum) return false
  // A new response: one that was redirected is refused for a page.
  const plain = new Headers(headers)
  for (const name of ['content-encoding', 'content-length']) plain.delete(name)
  await into.put(url, new Response(bytes, { headers: plain }))
  return true
}

async function sumOf(bytes: ArrayBuffer): Promise<string> {
  const sum = await crypto.subtle.digest('SHA-256', bytes)
  return btoa(String.fromCharCode(...new Uint8Array(sum))).slice(0, 16)
}

/**
 * Takes over from the version before, whose files stay until the next one comes: a page may still
 * need its scripts.
 */
async function takeOver(): Promise<void> {
  const all = await names()
  const earlier = all.slice(0, all.indexOf(own))
  const before = earlier.findLast((name) => !name.endsWith(ofUnfinished))
  for (const name of earlier) if (name !== before) await caches.delete(name)
  if (before === undefined) await self.clients.claim()
}

/** Of this site's caches, in the order in which they were made. */
async function names(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(family))
}

/** The site is not kept any longer: what is there goes, and pages are asked for as without it. */
async function leave(): Promise<void> {
  for (const name of await names()) await caches.delete(name)
  await self.registration.unregister()
}

export {}
