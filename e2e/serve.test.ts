// What an editor sees while working: serve shows each change, and each mistake, without a hand on
// the browser.
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { expectNoFaults, forEachBrowser, openPage } from './browser.ts'

forEachBrowser('a page served to its editor follows the sources', async (browser, t) => {
  const folder = await mkdtemp(join(tmpdir(), 'serve-'))
  t.after(() => rm(folder, { recursive: true }))
  const program = join(folder, 'generator')
  await promisify(execFile)('go', ['build', '-o', program, './generator'])
  const content = join(folder, 'content')
  await cp('content', content, { recursive: true })

  const server = spawn(program, ['serve', '-addr', '127.0.0.1:0', '-content', content], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => server.kill())
  const { value: line } = await createInterface(server.stdout)[Symbol.asyncIterator]().next()
  const root = /http:\S+\//.exec(line ?? '')?.[0]
  assert.ok(root, `got ${line}, want the address to open`)

  const file = join(content, 'measures/antivirus.md')
  const text = await readFile(file, 'utf8')
  const [, title = ''] = /^title = "(.*)"$/m.exec(text) ?? []
  const { page, faults } = await openPage(browser, root)
  await page.goto(`${root}measures/antivirus.html`)
  expectNoFaults(faults, 'as loaded')
  const shows = (heading: string, said: string) =>
    page.waitForFunction(
      (h, s) => document.querySelector('h1')?.textContent === h && document.body.textContent.includes(s),
      {},
      heading,
      said,
    )

  await writeFile(file, text.replace(`title = "${title}"`, 'title = "変えた題名"'))
  await shows('変えた題名', '')
  await writeFile(file, text.replace('threats = ["malware"]', 'threats = ["malwear"]'))
  await shows('直すところがあります', 'malware のことですか')
  await writeFile(file, text)
  await shows(title, '')
})
