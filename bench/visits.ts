// Measures what visits to the site in public/ cost its server: nginx with brotli, told to by the
// site's own file, and Chromium. The next version differs by a word in one measure.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { launchChromium } from '../e2e/browser.ts'
import { start } from '../e2e/servers.ts'
import { siteDir } from '../e2e/site.ts'
import { costOf, kept, open, renewed, type Cost } from '../e2e/visits.ts'

const checklist = 'checklists/company-vpn.html'
const walk = ['flow.html', 'methods/company-vpn.html', checklist, 'measures/antivirus.html']

const folder = await mkdtemp(join(tmpdir(), 'visits-'))
await cp('content', join(folder, 'content'), { recursive: true })
const measure = join(folder, 'content/measures/antivirus.md')
await writeFile(measure, (await readFile(measure, 'utf8')).replace('## やり方\n', '## やり方\n\n新しいことばです。\n'))
await promisify(execFile)('go', [
  'run',
  './generator',
  'build',
  '-content',
  join(folder, 'content'),
  '-out',
  join(folder, 'next'),
])

const server = await start('nginx', { dir: siteDir, notes: true })
const browser = await launchChromium()

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`
const tell = (cost: Cost) =>
  `${String(cost.requests).padStart(4)} requests (${cost.same} unchanged), ${kilobytes(cost.body).padStart(9)}, with headers ${kilobytes(cost.sent).padStart(9)}`
const print = (visit: string, what: string, cost: Cost) =>
  console.log(`${visit.padEnd(36)} ${what.padEnd(5)} ${tell(cost)}`)
const measureVisit = async (name: string, visit: () => Promise<void>) => {
  const { pages, copy } = await costOf(server, visit)
  print(name, 'pages', pages)
  if (copy.requests > 0) print('', 'copy', copy)
}

try {
  // As where the browser keeps no copy: a private window of Firefox, or a reader who saves data.
  const plain = await browser.createBrowserContext()
  const noCopy = async (address: string) => {
    const page = await plain.newPage()
    await page.evaluateOnNewDocument(() =>
      Object.defineProperty(Navigator.prototype, 'connection', { value: { saveData: true } }),
    )
    await page.goto(server.root + address, { waitUntil: 'networkidle0' })
    await page.close()
  }
  await measureVisit('first page, no copy', () => noCopy(checklist))
  await measureVisit('the same again, no copy', () => noCopy(checklist))
  await measureVisit('four more pages, no copy', async () => {
    for (const address of ['index.html', ...walk.filter((page) => page !== checklist)]) await noCopy(address)
  })

  const context = await browser.createBrowserContext()
  await measureVisit('first page', async () => {
    const page = await open(context, server.root + checklist)
    await kept(page)
    await page.close()
  })
  await measureVisit('second visit, five pages', async () => {
    const page = await context.newPage()
    for (const address of ['index.html', ...walk]) await page.goto(server.root + address, { waitUntil: 'networkidle0' })
    // The browser looks for a new copy a while after a page.
    await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())!.update()))
    await page.close()
  })

  await measureVisit('visit after an update, a page', async () => {
    // The browser may still be looking for it from the visit before.
    await cp(join(folder, 'next'), server.documents, { recursive: true })
    const page = await context.newPage()
    await page.goto(server.root + checklist)
    await renewed(page)
    await page.close()
  })

  await server[Symbol.asyncDispose]()
  const page = await context.newPage()
  for (const address of walk) await page.goto(server.root + address)
  assert.ok(await page.$('h1'), 'the page is shown')
  console.log('visit without a network                    no request: the server had ended')
} finally {
  await browser.close()
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
}
