// Netlify's own programs read what the site tells Netlify, and understand what is meant.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { resolveConfig } from '@netlify/config'
import { parseAllHeaders } from '@netlify/headers-parser'
import { parseAllRedirects } from '@netlify/redirect-parser'
import { parseHeaders, siteDir } from './site.ts'

test('netlify.toml says how the site is built', async () => {
  const { config } = await resolveConfig({
    config: 'netlify.toml',
    cwd: '.',
    offline: true,
    context: 'production',
    branch: 'main',
    mode: 'buildbot',
  })
  assert.equal(config.build.command, 'go run ./generator build -base-url "$URL"')
  assert.equal(config.build.publish, resolve('public'))
  assert.equal(config.build.processing.html.pretty_urls, false, 'addresses stay as they are')
  const [, wanted] = /^go (\d+\.\d+)/m.exec(await readFile('go.mod', 'utf8')) ?? []
  assert.equal(config.build.environment.GO_VERSION, wanted, 'the Go of go.mod')
  assert.deepEqual([config.plugins, config.redirectsOrigin], [[], undefined])
})

test("_headers and _redirects are in Netlify's form", async () => {
  const file = join(siteDir, '_headers')
  const { headers, errors } = await parseAllHeaders({
    headersFiles: [file],
    netlifyConfigPath: 'netlify.toml',
    configHeaders: [],
    minimal: true,
  })
  assert.deepEqual(errors, [])
  const want = parseHeaders(await readFile(file, 'utf8')).map(({ path, headers }) => ({ for: path, values: headers }))
  assert.ok(want.length > 10, `got ${want.length} rules`)
  assert.deepEqual(headers, want)

  const redirects = join(siteDir, '_redirects')
  const parsed = await parseAllRedirects({
    redirectsFiles: [redirects],
    netlifyConfigPath: 'netlify.toml',
    configRedirects: [],
    minimal: true,
  })
  assert.deepEqual(parsed.errors, [])
  assert.equal(parsed.redirects.length > 0, existsSync(redirects))
})
