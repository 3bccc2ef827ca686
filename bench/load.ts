// Measures how many requests a second one process of nginx answers from the site in public/, told to
// by the site's own file: as the ratio to an empty file, in turns, so that it holds on a machine that
// has other things to do. It wants wrk (Debian: wrk). FLAGS: seconds for each turn, and how many.
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { start } from '../e2e/servers.ts'
import { siteDir } from '../e2e/site.ts'

const [seconds = 3, turns = 7] = process.argv.slice(2).map(Number)
const checklist = 'checklists/company-vpn.html'

await using server = await start('nginx', { dir: siteDir })
const empty = 'empty.txt'
await writeFile(join(server.documents, empty), '')
// The same page, compressed once and not for each answer.
const before = 'before.html'
const page = await readFile(join(siteDir, checklist))
await writeFile(join(server.documents, before), page)
await writeFile(join(server.documents, `${before}.gz`), gzipSync(page, { level: 9 }))
await writeFile(join(server.documents, `${before}.br`), brotliCompressSync(page))
const etag = (await fetch(server.root + checklist, { headers: { 'Accept-Encoding': 'br' } })).headers.get('ETag')

/** What is asked for, and how. */
const requests: [name: string, address: string, headers: string[]][] = [
  ['empty file', empty, []],
  ['checklist, as it is', checklist, []],
  ['checklist, gzip', checklist, ['Accept-Encoding: gzip']],
  ['checklist, brotli', checklist, ['Accept-Encoding: br']],
  ['checklist, gzip before', before, ['Accept-Encoding: gzip']],
  ['checklist, brotli before', before, ['Accept-Encoding: br']],
  ['checklist, unchanged', checklist, ['Accept-Encoding: br', `If-None-Match: ${etag}`]],
  ['picture', 'images/icon-192.png', []],
]

const rates = new Map(requests.map(([name]) => [name, [] as number[]]))
for (let turn = 0; turn < turns; turn++) {
  for (const [name, address, headers] of requests) {
    const { stdout } = await promisify(execFile)('wrk', [
      '-t1',
      '-c16',
      `-d${seconds}s`,
      ...headers.flatMap((header) => ['-H', header]),
      server.root + address,
    ])
    if (/Non-2xx or 3xx/.test(stdout)) throw new Error(`${address}: ${stdout}`)
    rates.get(name)!.push(Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]))
  }
}
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
const ofEmpty = rates.get('empty file')!
for (const [name, values] of rates) {
  const ratio = median(values.map((rate, turn) => rate / ofEmpty[turn]!))
  console.log(
    `${name.padEnd(25)} ${median(values).toFixed(0).padStart(6)} a second, ${ratio.toFixed(3)} of an empty file`,
  )
}
