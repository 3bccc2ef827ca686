// What visits to the site cost its server: requests, and bytes as nginx sends them, by its own notes.
import type { BrowserContext, Page } from 'puppeteer-core'
import { eventually } from './browser.ts'
import { answers, type Noted, type Server } from './servers.ts'

export interface Cost {
  requests: number
  /** Bytes without headers, and with them. */
  body: number
  sent: number
  /** How many answers say that what the browser has is still right. */
  same: number
  paths: string[]
}

const add = (noted: Noted[]): Cost => ({
  requests: noted.length,
  body: noted.reduce((sum, { body }) => sum + body, 0),
  sent: noted.reduce((sum, { sent }) => sum + sent, 0),
  same: noted.filter(({ status }) => status === 304).length,
  paths: noted.map(({ path }) => path),
})

const isOfWorker = ({ path, from }: Noted) => path.endsWith('/sw.js') || from.endsWith('/sw.js')

/** What a visit costs for its pages, and for the copy of the site that the browser keeps. */
export async function costOf(server: Server, visit: () => Promise<void>): Promise<{ pages: Cost; copy: Cost }> {
  const { length } = await answers(server)
  await visit()
  const noted = (await answers(server)).slice(length)
  return { pages: add(noted.filter((one) => !isOfWorker(one))), copy: add(noted.filter(isOfWorker)) }
}

/** Opens a page and gets its icon, which a browser without windows leaves out. */
export async function open(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url, { waitUntil: 'networkidle0' })
  await getIcon(page)
  return page
}

async function getIcon(page: Page): Promise<void> {
  const icon = await page.$eval('link[rel=icon]', (link) => link.href)
  const response = await fetch(icon, { headers: { 'Accept-Encoding': 'br' } })
  await response.arrayBuffer()
}

/** Waits until the browser has its copy. */
export async function kept(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
}

/** Has the browser look for a new copy, and waits until it has come. */
export async function renewed(page: Page): Promise<void> {
  await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())!.update()))
  await eventually('new copy', () =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistration())!.waiting !== null),
  )
}
