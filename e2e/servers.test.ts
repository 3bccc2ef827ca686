// Web servers of one's own do what Netlify is told to do: the same headers, of which each file is
// sent once, small, with its type, and not again when it is still the same.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { get, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, extname, join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync, zstdDecompressSync } from 'node:zlib'
import { names, start, type Name } from './servers.ts'
import { contentTypes, headersFor, parseHeaders, siteDir } from './site.ts'

interface Answer {
  status: number | undefined
  headers: IncomingHttpHeaders
  /** Names as often as they were sent, in small letters. */
  sent: string[]
  body: Buffer
}

const ask = (url: string, headers: Record<string, string> = {}) =>
  new Promise<Answer>((done, failed) => {
    get(url, { headers, agent: false }, async (response) => {
      const body = Buffer.concat(await response.toArray())
      const sent = response.rawHeaders.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase())
      done({ status: response.statusCode, headers: response.headers, sent, body })
    }).on('error', failed)
  })

/** The best that a server has for those who take everything. */
const best: Record<Name, string> = { nginx: 'br', caddy: 'zstd', apache: 'br' }
const decode: Record<string, (bytes: Buffer) => Buffer> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  zstd: zstdDecompressSync,
}
const packed = ['.png', '.woff2', '.xlsx', '.zip']

/** Addresses of Netlify's file, and what they lead to. */
const redirectsOf = (dir: string) => {
  const file = join(dir, '_redirects')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
  return lines.map((line) => line.split(' ').map((address) => address.replace('/', '')) as [string, string])
}

const folder = await mkdtemp(join(tmpdir(), 'below-'))
after(() => rm(folder, { recursive: true }))
// Of which a guide is gone. Its address leads to a term.
const content = join(folder, 'content')
await cp('content', content, { recursive: true })
const published = await readFile(join(content, 'published.toml'), 'utf8')
const withdrawn =
  '[withdrawn.guides.old]\ntitle = "前の題"\nreason = "前の訳です。"\ndate = 2026-11-24\nto = "glossary.html#vpn"\n'
await writeFile(
  join(content, 'published.toml'),
  `${published.replace(/^seal.*/m, '').replace('guides = [', 'guides = [\n"old",')}\n${withdrawn}`,
)
await promisify(execFile)('go', [
  'run',
  './generator',
  'build',
  '-content',
  content,
  '-base-url',
  'https://www.example/made/handbook/',
  '-out',
  join(folder, 'site'),
])

for (const name of names) {
  for (const [where, dir, path] of [
    ['at the top', siteDir, '/'],
    ['below another site', join(folder, 'site'), '/made/handbook/'],
  ] as const) {
    test(`${name} serves the site ${where} with the headers of Netlify's file`, async () => {
      await using server = await start(name, { dir, path })
      const rules = parseHeaders(await readFile(join(dir, '_headers'), 'utf8'))
      const expectHeaders = (what: string, answer: Answer, like: string) => {
        for (const [header, want] of Object.entries(headersFor(like, rules))) {
          assert.equal(answer.headers[header.toLowerCase()], want, `${header} of ${what}`)
          assert.equal(answer.sent.filter((sent) => sent === header.toLowerCase()).length, 1, `${header} of ${what}`)
        }
      }

      const gone = redirectsOf(dir)
      assert.ok(gone.length > 0 || dir === siteDir)
      for (const [from, to] of gone) {
        const answer = await ask(server.root + from)
        assert.equal(answer.status, 301, from)
        assert.equal(new URL(answer.headers.location ?? '', server.root).href, server.root + to, from)
        expectHeaders(from, answer, `/${from}`)
      }
      const isGone = (file: string) => gone.some(([from]) => from === file)

      const files = globSync('**', { cwd: dir, withFileTypes: true, exclude: ['_headers', '_redirects'] })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(join(dir, '/').length))
        .filter((file) => !isGone(file))
      const kinds = Map.groupBy(files, (file) => `${dirname(file)} ${extname(file)}`)
      assert.ok(kinds.size > 15, `got ${kinds.size} kinds of files`)
      for (const [file = ''] of kinds.values()) {
        const original = await readFile(join(dir, file))
        const whole = await ask(server.root + file)
        assert.deepEqual([whole.status, whole.headers['content-encoding']], [200, undefined], file)
        assert.ok(whole.body.equals(original), `${file} is the file`)
        expectHeaders(file, whole, `/${file}`)
        const type = contentTypes[extname(file)]
        if (type) assert.equal(whole.headers['content-type'], type, file)

        for (const [accepted, want] of [
          ['gzip', 'gzip'],
          ['gzip, deflate, br, zstd', best[name]],
        ] as const) {
          const small = await ask(server.root + file, { 'Accept-Encoding': accepted })
          const encoding = small.headers['content-encoding']
          if (packed.includes(extname(file))) assert.equal(encoding, undefined, `${file} is packed itself`)
          else if (original.length > 2000 && type) assert.equal(encoding, want, `${file} for ${accepted}`)
          assert.ok((encoding ? decode[encoding]!(small.body) : small.body).equals(original), `${file} for ${accepted}`)
          if (encoding) assert.match(small.headers.vary ?? '', /accept-encoding/i, file)
          expectHeaders(`${file} for ${accepted}`, small, `/${file}`)

          const { etag } = small.headers
          assert.ok(etag, `${file} has an ETag`)
          const again = await ask(server.root + file, { 'Accept-Encoding': accepted, 'If-None-Match': etag })
          assert.deepEqual([again.status, again.body.length], [304, 0], `${file} is the same for ${accepted}, ${etag}`)
          assert.equal(again.headers['cache-control'], headersFor(`/${file}`, rules)['Cache-Control'], `${file}, again`)
        }
      }

      const index = await readFile(join(dir, 'index.html'))
      const top = await ask(server.root)
      assert.ok(top.body.equals(index), 'the folder itself is its index.html')
      expectHeaders('the top', top, '/')

      const notFound = await readFile(join(dir, '404.html'))
      const folders = new Set(files.map((file) => dirname(file)).filter((folder) => folder !== '.'))
      const missing = [
        'nowhere',
        'nowhere.html',
        'nowhere.webmanifest',
        ...[...folders].flatMap((folder) => [`${folder}/`, `${folder}/nowhere.html`]),
      ]
      for (const address of missing) {
        const answer = await ask(server.root + address)
        assert.deepEqual([answer.status, answer.headers['content-type']], [404, contentTypes['.html']], address)
        assert.ok(answer.body.equals(notFound), `${address} is the page that says so`)
        // Even where a folder has others: nothing may be kept for a year that is not there.
        expectHeaders(address, answer, '/404.html')
      }
    })
  }
}

for (const name of ['nginx', 'caddy'] as const) {
  test(`${name} sends what was compressed before`, async () => {
    await using server = await start(name, { dir: siteDir })
    // Which tells where it comes from.
    const [gzip, br] = [gzipSync('gzip before'), brotliCompressSync('brotli before')]
    await writeFile(join(server.documents, 'index.html.gz'), gzip)
    await writeFile(join(server.documents, 'index.html.br'), br)
    for (const [accepted, encoding, want] of [
      ['gzip', 'gzip', gzip],
      ['gzip, deflate, br', 'br', br],
    ] as const) {
      const { headers, body } = await ask(`${server.root}index.html`, { 'Accept-Encoding': accepted })
      assert.deepEqual(
        [headers['content-encoding'], headers['content-type'], headers['cache-control']],
        [encoding, contentTypes['.html'], 'no-cache'],
      )
      assert.match(headers.vary ?? '', /accept-encoding/i)
      assert.ok(body.equals(want), `${name} for ${accepted}`)
    }
  })
}
