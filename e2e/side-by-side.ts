// Tests in both browsers at the same time. A browser takes seconds to start, so the tests of a file
// share one of each kind; a context gives every test a storage of its own.
import { after, before, suite, test, type TestContext } from 'node:test'
import type { Browser, BrowserContext } from 'puppeteer-core'
import { browsers, inContext } from './browser.ts'
import { cut, isTried } from './site.ts'

/** Registers a test that gets a context of its own. */
export type Register = (name: string, fn: (context: BrowserContext, t: TestContext) => Promise<void>) => void

/**
 * Registers tests in each browser. `launch` starts another one, for a test that needs it to be
 * different.
 */
export function sideBySide(
  register: (test: Register, name: 'Chromium' | 'Firefox', launch: (typeof browsers)[number][1]) => void,
): void {
  suite('side by side', { concurrency: browsers.length }, () => {
    for (const [name, launch] of browsers) {
      suite(name + cut, { concurrency: 1 }, () => {
        let browser: Browser
        before(async () => {
          browser = await launch()
        })
        after(() => browser.close())
        register(
          (title, fn) => {
            if (isTried(title, name)) test(title, (t) => inContext(browser, (context) => fn(context, t)))
          },
          name,
          launch,
        )
      })
    }
  })
}
