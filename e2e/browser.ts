// The two browsers the site is tested in, and a record of everything that goes wrong in them.
import assert from 'node:assert/strict'
import { accessSync, constants } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { after, test, type TestContext } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import puppeteer, {
  type Browser,
  type BrowserContext,
  type ElementHandle,
  type Frame,
  type HTTPRequest,
  type LaunchOptions as PuppeteerLaunchOptions,
  type Page,
} from 'puppeteer-core'
import { cut, firstVisit, isCut, isTried, type Site } from './site.ts'

/**
 * How long, in milliseconds, a test waits before it takes something for lost. A machine that is
 * busy with other work may need long for what takes a moment elsewhere; only what never comes is a
 * failure.
 */
export const waitTimeout = 120_000

/** What a test may need to be different. */
export interface LaunchOptions {
  /** A folder for the profile, which then stays. */
  profile?: string
  /** Chromium's switches. */
  args?: string[]
  /** Firefox's preferences. */
  preferences?: Record<string, unknown>
}

/**
 * Starts Debian's Chromium, or the one CHROMIUM names, with a new profile that goes when it is
 * closed.
 */
export function launchChromium({ profile, args = [] }: LaunchOptions = {}): Promise<Browser> {
  return launch({
    userDataDir: profile,
    executablePath: findProgram('CHROMIUM', 'chromium'),
    args: [
      // Chromium's sandbox refuses to run as root, which is who tests run as in a container.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      // Without these it asks for updates, which a closed network refuses many times at every
      // start.
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // A click goes to where something stood when it was asked for: nothing may still be gliding.
      '--force-prefers-reduced-motion',
      // Puppeteer may look for a frame that has moved to a process of its own in the old one, for
      // ever.
      '--disable-site-isolation-trials',
      '--disable-features=IsolateOrigins,site-per-process,IsolateSandboxedIframes',
      ...args,
    ],
  })
}

/** Starts Firefox ESR, or the one FIREFOX names, with a new profile that goes when it is closed. */
export function launchFirefox(
  scheme: 'light' | 'dark' = 'light',
  { profile, preferences = {} }: LaunchOptions = {},
): Promise<Browser> {
  return launch({
    userDataDir: profile,
    browser: 'firefox',
    executablePath: findProgram('FIREFOX', 'firefox-esr'),
    extraPrefsFirefox: {
      // Tools that drive Firefox relax what a file may read: files would share storage and fetch
      // each other, unlike a reader's.
      'security.fileuri.strict_origin_policy': true,
      'remote.prefs.recommended': false,
      // Needed again with the recommended ones off: file inputs could not be filled otherwise.
      'dom.file.createInChild': true,
      // Only a preference decides it: Firefox has no command that emulates a colour scheme.
      'layout.css.prefers-color-scheme.content-override': scheme === 'dark' ? 0 : 1,
      // As in Chromium: nothing may still be gliding when a click comes.
      'ui.prefersReducedMotion': 1,
      ...preferences,
    },
  })
}

/** Puppeteer gives up after 30 s, unless each page is told to wait longer. */
async function launch(options: PuppeteerLaunchOptions): Promise<Browser> {
  const browser = await puppeteer.launch({ ...options, timeout: waitTimeout })
  browser.on('targetcreated', async (target) => {
    // It may be gone again.
    const page = await target.page().catch(() => null)
    page?.setDefaultTimeout(waitTimeout)
  })
  return browser
}

export const browsers = [
  ['Chromium', launchChromium],
  ['Firefox', (options?: LaunchOptions) => launchFirefox('light', options)],
] as const

type BrowserName = (typeof browsers)[number][0]

/** The browsers that the tests of a file share: one takes seconds to start. */
const shared = new Map<BrowserName, Promise<Browser>>()

/** Registers a test for each browser. Each gets a context, which has a storage of its own. */
export function forEachBrowser(
  name: string,
  fn: (context: BrowserContext, t: TestContext, browserName: BrowserName) => Promise<void>,
): void {
  for (const [browserName, launch] of browsers) {
    if (!isTried(name, browserName)) continue
    test(`${name} (${browserName}${cut})`, async (t) => {
      if (!shared.has(browserName)) shared.set(browserName, launch())
      await inContext(await shared.get(browserName)!, (context) => fn(context, t, browserName))
    })
  }
}

/** Runs a test in a context of its own. */
export async function inContext(browser: Browser, fn: (context: BrowserContext) => Promise<void>): Promise<void> {
  const context = await browser.createBrowserContext()
  const run = () => fn(context)
  try {
    await (isCut ? firstVisit.run((root) => visitOnce(context, root), run) : run())
  } finally {
    await context.close()
  }
}

/** The context of another reader, who has been on the site as well where the network is cut. */
export async function anotherReader(context: BrowserContext, site: Site): Promise<BrowserContext> {
  const other = await context.browser().createBrowserContext()
  await site.online?.(() => visitOnce(other, site.root))
  return other
}

async function visitOnce(context: BrowserContext, root: string): Promise<void> {
  const page = await context.newPage()
  await page.goto(root)
  await untilKept(page)
  await page.close()
}

/** Waits until the browser keeps all pages of the site. */
export function untilKept(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const { serviceWorker } = navigator
    await serviceWorker.ready
    if (!serviceWorker.controller)
      await new Promise((done) => serviceWorker.addEventListener('controllerchange', done, { once: true }))
  })
}

after(async () => {
  for (const browser of shared.values()) await (await browser).close()
})

/** Finds a program that a variable of the environment or the path names. */
export function findProgram(variable: string, name: string): string {
  const program = process.env[variable] ?? name
  const candidates = isAbsolute(program)
    ? [program]
    : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, program))
  const found = candidates.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
  if (found === undefined)
    throw new Error(`${program} is not installed; run make setup, or name another in ${variable}`)
  return found
}

/**
 * Opens a new page and records from then on what goes wrong on it: errors in the console, uncaught
 * errors, requests that fail, and requests that leave the site. A good page leaves the list empty.
 */
export async function openPage(
  browser: Browser | BrowserContext,
  root: string,
): Promise<{ page: Page; faults: string[] }> {
  const page = await browser.newPage()
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !wasNotTaken(message.text()))
      faults.push(`console error: ${message.text()} ${message.location().url ?? ''}`)
  })
  page.on('pageerror', (error) => {
    const message = error instanceof Error ? error.message : String(error)
    if (!wasNotTaken(message)) faults.push(`uncaught error: ${message}`)
  })
  page.on('request', (request) => {
    if (!/^(data|blob|about):/.test(request.url()) && !request.url().startsWith(root))
      faults.push(`foreign request: ${request.url()}`)
  })
  page.on('response', (response) => {
    // Firefox asks for an icon by this name when a page is left before the page's own has come.
    if (response.status() >= 400 && new URL(response.url()).pathname !== '/favicon.ico')
      faults.push(`answer ${response.status()}: ${response.url()}`)
  })
  page.on('requestfailed', (request) => {
    if (!wasLeft(request)) faults.push(`failed request: ${request.url()} ${request.failure()?.errorText ?? ''}`)
  })
  // Firefox reports no request for a file; the elements that wanted one still say so. What a page gives
  // up because it is being left is no fault.
  await page.evaluateOnNewDocument(() => {
    let isLeft = false
    navigation.addEventListener('navigate', ({ destination, downloadRequest }) => {
      isLeft ||= !destination.sameDocument && downloadRequest === null
    })
    const report = ({ target }: Event) => {
      if (target instanceof Element && !isLeft) console.error(`failed to load: ${target.outerHTML}`)
    }
    addEventListener('error', report, { capture: true })
  })
  return { page, faults }
}

/** Whether the browser itself gave the request up because the reader went to another page. */
function wasLeft(request: HTTPRequest): boolean {
  return /ERR_ABORTED|NS_BINDING_ABORTED/.test(request.failure()?.errorText ?? '')
}

/**
 * Whether Firefox could not hand a page the rest of what the service worker had answered with, as
 * when the page is left. It tells so in the console, or as an error of the page. Only then does it
 * name no address (FetchEventOpChild.cpp): where the worker fails, it does. What a page that stays
 * did not get is told by its requests and its elements, too.
 */
function wasNotTaken(message: string): boolean {
  return message.startsWith('Failed to load ‘’. A ServiceWorker intercepted the request')
}

export function expectNoFaults(faults: string[], page: string): void {
  assert.ok(faults.length === 0, `${page}: got ${faults.length} faults, want none:\n${faults.join('\n')}`)
}

/**
 * Waits until something holds. What cannot be asked now, such as a page on its way to another, is
 * asked again.
 */
export async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const start = Date.now(); !(await holds().catch(() => false));) {
    assert.ok(Date.now() - start < waitTimeout, `got no ${what} in ${waitTimeout / 1000} s`)
    await setTimeout(50)
  }
}

/** Waits until a condition holds on a page. */
export function until<T extends unknown[]>(
  page: Page,
  what: string,
  condition: (...args: T) => boolean,
  ...args: T
): Promise<void> {
  return eventually(`${what} on ${page.url()}`, () =>
    page.evaluate(condition as (...args: unknown[]) => boolean, ...args),
  )
}

/**
 * Waits until the page says that it stores answers. What it said of an earlier one counts, too:
 * where a test reads the storage or another page, it waits for what is to be there.
 */
export function saved(page: Page): Promise<void> {
  return until(
    page,
    'saved answers',
    () => document.querySelector<HTMLElement>('save-state')?.dataset.state === 'saved',
  )
}

/**
 * Clicks what a reader sees. A click goes to the place where something stood a moment ago, and
 * misses what has moved since, as when a notice opens above it: what was missed is clicked again.
 * Without script nothing moves, and nothing can tell.
 */
export async function press(page: Page | Frame, target: string | ElementHandle): Promise<void> {
  const find = () => (typeof target === 'string' ? page.waitForSelector(target, { visible: true }) : target)
  if (!('page' in page ? page.page() : page).isJavaScriptEnabled()) return (await find())!.click()
  await eventually(`click on ${typeof target === 'string' ? target : 'an element'} of ${page.url()}`, async () => {
    const element = (await find())!
    await element.evaluate((element) => {
      element.scrollIntoView({ block: 'center', behavior: 'instant' })
      const note = (clicked: boolean) => Object.assign(element, { clicked })
      note(false)
      element.addEventListener('click', () => note(true), { capture: true, once: true })
    })
    await element.click()
    // What cannot be asked any more has led to another page.
    return element.evaluate((element) => 'clicked' in element && element.clicked === true).catch(() => true)
  })
}

/** What a page has copied, and the files that it has handed to the reader. */
interface Left {
  copies: string[]
  /** With their contents in Base64. */
  files: { name: string; content: string }[]
}

/** Has the pages that are opened from now on keep what they copy and download, for `nextCopy` and `nextFile`. */
export async function keepWhatLeaves(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const left: Left = { copies: [], files: [] }
    Object.assign(window, { left })
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: async (text: string) => void left.copies.push(text) },
    })
    const blobs = new Map<string, Blob>()
    const { createObjectURL } = URL
    URL.createObjectURL = (blob: Blob) => {
      const address = createObjectURL.call(URL, blob)
      blobs.set(address, blob)
      return address
    }
    const { click } = HTMLElement.prototype
    HTMLAnchorElement.prototype.click = function () {
      const blob = blobs.get(this.href)
      // A link that is no file is followed.
      if (!blob) return click.call(this)
      const reader = new FileReader()
      reader.onload = () =>
        void left.files.push({ name: this.download, content: String(reader.result).replace(/^.*,/s, '') })
      reader.readAsDataURL(blob)
    }
  })
}

/** Waits for the oldest text that a page has copied, and takes it. */
export function nextCopy(page: Page): Promise<string> {
  return next(page, 'copies')
}

/** Waits for the oldest file that a page has handed to the reader, and takes it. */
export async function nextFile(page: Page): Promise<{ name: string; bytes: Buffer<ArrayBuffer> }> {
  const { name, content } = await next(page, 'files')
  return { name, bytes: Buffer.from(content, 'base64') }
}

async function next<K extends keyof Left>(page: Page, what: K): Promise<Left[K][number]> {
  let found: Left[K][number] | undefined
  await eventually(`${what} of ${page.url()}`, async () => {
    found = await page.evaluate((what) => (window as unknown as { left: Left }).left[what].shift(), what)
    return found !== undefined
  })
  return found!
}
