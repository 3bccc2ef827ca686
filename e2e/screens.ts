// Takes pictures of one page of each kind into e2e/screens/, to be looked at. With --firefox in
// Firefox, else in Chromium.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { launchChromium, launchFirefox } from './browser.ts'
import { onePageOfEachKind, serve, siteDir } from './site.ts'

const inFirefox = process.argv.includes('--firefox')
const folder = join(import.meta.dirname, 'screens', inFirefox ? 'firefox' : 'chromium')
await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })

await using site = await serve(siteDir)
for (const scheme of ['light', 'dark'] as const) {
  await using browser = await (inFirefox ? launchFirefox(scheme) : launchChromium())
  const page = await browser.newPage()
  if (!inFirefox) await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
  for (const width of [360, 1280]) {
    await page.setViewport({ width, height: 800 })
    for (const name of onePageOfEachKind(site.pages)) {
      await page.goto(site.root + name)
      const file = join(folder, `${name.replace(/\.html$/, '').replaceAll('/', '-')}-${width}-${scheme}.png`)
      await page.screenshot({ path: file as `${string}.png`, fullPage: true })
    }
  }
}
console.log(folder)
