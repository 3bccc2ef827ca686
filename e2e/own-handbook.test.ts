// A handbook of one's own, made as docs/new-handbook.md tells: the guide is followed word by word with
// a program that was built for it, and the site that comes of it is as good as this one.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { expectNoFaults, forEachBrowser, openPage, press, saved, until } from './browser.ts'
import { listPages, serve, siteDir } from './site.ts'

const guide = 'docs/new-handbook.md'

/** What the guide has in its blocks: commands, what these show, and files. */
type Step = { commands: string[] } | { shows: string } | { file: string; text: string }

function stepsOf(markdown: string): Step[] {
  const blocks = markdown.matchAll(/(?<=^([^\n]*)\n\n)```(\w+)\n(.*?)^```$/gms)
  return [...blocks].map(([, lead = '', kind, text = '']): Step => {
    if (kind === 'sh') return { commands: text.trim().split('\n') }
    if (kind === 'text') return { shows: text.trim() }
    // The sentence before a file's contents names it.
    const file = /`([^`]+)` を、次の内容にします。/.exec(lead)?.[1]
    assert.ok(file, `${guide}: no sentence names the file of\n${text}`)
    return { file, text }
  })
}

let folder = ''
let site = ''

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'own-'))
  // As `make release` does, but for what would have everything compiled anew.
  const program = ['-ldflags', '-X main.program=tebiki', '-o', join(folder, 'tebiki'), './generator']
  await promisify(execFile)('go', ['build', ...program])
  site = join(await follow(stepsOf(await readFile(guide, 'utf8'))), 'public')
})

after(() => rm(folder, { recursive: true }))

/** Does what the guide tells, and returns the folder where it ends. */
async function follow(steps: Step[]): Promise<string> {
  // The guide asks for the day on which it is followed.
  const today = new Date().toLocaleDateString('sv')
  let at = folder
  let said = ''
  for (const step of steps) {
    if ('file' in step) {
      await mkdir(dirname(join(at, step.file)), { recursive: true })
      await writeFile(join(at, step.file), step.text.replaceAll('2026-11-30', today))
      continue
    }
    if ('shows' in step) {
      assert.ok(said.includes(step.shows), `got\n${said}\nwant what the guide shows: ${step.shows}`)
      continue
    }
    said = ''
    for (const command of step.commands) {
      if (command.startsWith('cd ')) {
        at = join(at, command.slice('cd '.length))
        continue
      }
      const { stdout, stderr } = await promisify(execFile)('sh', ['-c', command], { cwd: at })
      assert.doesNotMatch(stderr, /:\d+: /, `${command}: problems or warnings`)
      said += stdout
    }
  }
  return at
}

test('each block of the guide is followed', async () => {
  const text = await readFile(guide, 'utf8')
  const steps = stepsOf(text)
  assert.equal(steps.length * 2, text.match(/^```/gm)?.length, 'blocks of the guide')
  const commands = steps.flatMap((step) => ('commands' in step ? step.commands : []))
  for (const want of ['./tebiki new handbook my-clinic', '../tebiki check']) {
    assert.ok(commands.includes(want), `got ${commands.join('\n')}\nwant ${want}`)
  }
})

// The program finds dead links itself, and builds nothing then.
test('its pages are valid and can be used by everyone', async () => {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const suites = ['e2e/html.test.ts', 'e2e/axe.test.ts']
  await promisify(execFile)(process.execPath, ['e2e/run.ts', ...suites], {
    env: { ...env, SITE_DIR: site },
    maxBuffer: 1 << 26,
  }).catch(({ stdout }) => assert.fail(stdout))
})

forEachBrowser('its flow leads to a checklist that keeps answers', async (browser) => {
  await using served = await serve(site)
  const { page, faults } = await openPage(browser, served.root)
  await page.goto(`${served.root}flow.html`)
  await page.waitForSelector('method-flow[data-state]')
  await press(page, 'label[for="answer-beds-yes"]')
  await press(page, 'form:has([for="answer-beds-yes"]) [type="submit"]')
  await press(page, '.flow__actions a[href*="checklists/inpatient.html"]')
  const radio = (status: string) => `input[name="status-flashlight"][value="${status}"]`
  await page.waitForSelector(radio('done'))
  await press(page, radio('done'))
  await saved(page)
  await page.reload()
  await until(
    page,
    'the answer after a reload',
    (selector) => document.querySelector<HTMLInputElement>(selector)?.checked === true,
    radio('done'),
  )
  expectNoFaults(faults, 'the checklist')
})

forEachBrowser('it shares nothing with another handbook on its origin', async (browser) => {
  const both = await mkdtemp(join(folder, 'both-'))
  await cp(site, both, { recursive: true })
  await cp(siteDir, join(both, 'other'), { recursive: true })
  const [, headers = ''] = /^\/\n((?: .*\n)+)/.exec(await readFile(join(siteDir, '_headers'), 'utf8')) ?? []
  await appendFile(join(both, '_headers'), `/other/*\n${headers}`)
  await using served = await serve(both, { hasWorker: true })
  const { page, faults } = await openPage(browser, served.root)
  /** What a reader is offered of the copy and of the key /, and what the search finds. */
  const switches = async (root: string) => {
    await page.goto(`${root}download.html`)
    const offered = await page.waitForSelector('offline-copy button:not([hidden])', { timeout: 60_000 })
    const copy = await offered!.evaluate((button) => (button.hasAttribute('data-js-erase') ? 'kept' : 'off'))
    await page.goto(`${root}search.html?q=${encodeURIComponent('データ')}`)
    await page.waitForSelector('[data-search-result]')
    return [copy, await page.$eval('slash-key input', (key) => (key as HTMLInputElement).checked)]
  }
  const [own, other] = [served.root, `${served.root}other/`]
  assert.deepEqual(
    [await switches(own), await switches(other)],
    [
      ['kept', true],
      ['kept', true],
    ],
  )
  await page.goto(`${own}download.html`)
  await press(page, 'offline-copy [data-js-erase]:not([hidden])')
  await page.waitForSelector('offline-copy [data-js-keep]:not([hidden])')
  await page.goto(`${own}search.html`)
  await press(page, 'slash-key input')
  assert.deepEqual(
    [await switches(own), await switches(other)],
    [
      ['off', false],
      ['kept', true],
    ],
  )
  // The keys under which readers of this handbook have switched off what they do not want.
  await page.evaluate(() => ['offline', 'slash'].forEach((word) => localStorage.setItem(`tebiki-${word}`, 'off')))
  assert.equal((await switches(other))[1], false)
  expectNoFaults(faults, 'two handbooks')
})

/** Words of other subjects than a clinic's, which no handbook's site shall say unasked. */
const foreignWords = ['テレワーク', 'VPN', '総務省', 'パソコン', '会社', '社長', '業者', '従業員', '端末', 'ウイルス']
/** Of these, those that are still said. */
const stillSaid = [
  // Because of the words of the interface (generator/words/ja.toml), which mean the reader's own.
  '端末',
]

test('its pages say nothing of telework', async (t) => {
  const texts = await Promise.all(listPages(site).map((page) => readFile(join(site, page), 'utf8')))
  const said = foreignWords.filter((word) => texts.some((text) => text.includes(word)))
  assert.deepEqual(
    said.filter((word) => !stillSaid.includes(word)),
    [],
  )
  for (const word of stillSaid.filter((word) => !said.includes(word))) t.diagnostic(`no page says ${word} any more`)
})
