// Another program reads the data: the one in docs/data.md, as it is written there.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { siteDir } from './site.ts'

const run = promisify(execFile)
const docs = await readFile('docs/data.md', 'utf8')
const file = join(siteDir, 'data/handbook.json')

interface Handbook {
  methods: Record<string, { name: string; checklist: { address: string } }>
  measures: Record<string, { number: string; title: string; check: string }>
  licence: { text: string }
}

test('the program in docs/data.md prints the checklist of each method', async (t) => {
  const program = /```js\n([^]+?)```/.exec(docs)?.[1] ?? ''
  const lines = program.trim().split('\n')
  assert.ok(lines.length >= 10 && lines.length <= 24, `it has ${String(lines.length)} lines`)
  const dir = await mkdtemp(join(tmpdir(), 'data-'))
  t.after(() => rm(dir, { recursive: true }))
  const script = join(dir, 'checklist.mjs')
  await writeFile(script, program)
  const handbook = JSON.parse(await readFile(file, 'utf8')) as Handbook
  for (const [slug, method] of Object.entries(handbook.methods)) {
    const { stdout } = await run(process.execPath, [script, file, slug])
    const printed = stdout.split('\n').filter((line) => line.startsWith('[ ] '))
    const page = await readFile(join(siteDir, method.checklist.address), 'utf8')
    const shown = [...page.matchAll(/<tr class="row" id="([a-z0-9-]+)"/g)]
    const wanted = shown.map(([, name]) => {
      const measure = handbook.measures[name ?? '']
      return measure && `[ ] ${measure.number} ${measure.title}: ${measure.check}`
    })
    assert.ok(wanted.length > 0)
    assert.deepEqual(printed, wanted, slug)
    assert.ok(stdout.includes(method.name) && stdout.includes(handbook.licence.text))
  }
  await assert.rejects(run(process.execPath, [script, file, 'nothing']), /no method nothing: /)
})

test('docs/data.md names files that there are', () => {
  const named = [...docs.matchAll(/`((?:data|measures)\/[\w.-]+|[\w-]+\.txt)`/g)].map(([, name]) => name ?? '')
  assert.ok(named.length > 8)
  for (const name of named) assert.ok(existsSync(join(siteDir, name)), name)
})
