// The site on paper: what two browsers make of it as PDF, read back as text.
import assert from 'node:assert/strict'
import { before } from 'node:test'
import type { BrowserContext, Page } from 'puppeteer-core'
import { getDocumentProxy } from 'unpdf'
import { anotherReader, forEachBrowser, launchChromium } from './browser.ts'
import { kindOf, serve, siteDir, type Site } from './site.ts'

/** What must stand on one sheet, as text without spaces. */
interface Expected {
  /** Each row of a checklist as a whole. */
  rows: string[]
  /** The head of the tables that the rows stand in: its running title, then its columns. */
  heads: string[]
  /** Each heading, and the beginning of what follows it. */
  headings: [string, string][]
  /** The words around a form. */
  furniture: string[]
}

const expected = new Map<string, Expected>()
let checklist = ''
let texts: string[] = []

// Only Chromium shows a page on the screen as it is printed. What is on it is the same in both.
before(async () => {
  await using site = await serve(siteDir)
  checklist = firstOf(site, 'checklists/*')
  texts = [firstOf(site, 'methods/*'), longestOf(site, 'measures/*'), 'flow.html', 'index.html']
  await using browser = await launchChromium()
  const page = await browser.newPage()
  await page.emulateMediaType('print')
  for (const name of [checklist, ...texts]) {
    await page.goto(site.root + name)
    expected.set(name, await expectedOn(page))
  }
})

forEachBrowser('pages print well', async (context, t, browserName) => {
  await using site = await serve(siteDir)
  // Firefox takes seconds for each page, and forms differ in words only.
  const few = browserName === 'Firefox'
  for (const form of few ? ['state'] : ['state', 'blank']) {
    await t.test(`${checklist}, ${form}`, async () => {
      const sheets = await print(context, site, checklist, form)
      const want = expected.get(checklist)!
      assert.ok(want.rows.length > 10, `got ${want.rows.length} rows on ${checklist}, want more`)
      const faults = [
        ...want.rows
          .filter((row) => sheetsWith(sheets, row).length !== 1)
          .map((row) => `row split, missing or twice: ${row}`),
        ...headingFaults(sheets, want),
        ...want.furniture
          .filter((words) => !sheets[0]?.includes(words))
          .map((words) => `not on the first sheet: ${words}`),
        ...sheets.flatMap((sheet, index) => headFaults(sheet, index, want)),
      ]
      report(faults, sheets)
    })
  }
  await t.test(`${checklist}, with a long note`, async () => {
    const { rows } = expected.get(checklist)!
    // Where it would leave a sheet half empty depends on the lengths of the rows before it.
    for (const row of few ? [7] : [5, 7, 9]) {
      const sheets = await printSheets(context, site, checklist, (page) => writeNote(page, row, 60))
      const texts = sheets.map(({ text }) => text)
      report(
        [
          ...rows
            .filter((row) => sheetsWith(texts, row).length !== 1)
            .map((row) => `row split, missing or twice: ${row}`),
          ...[1, 60]
            .filter((line) => sheetsWith(texts, `${line}番目。`).length === 0)
            .map((line) => `line ${line} of the note is missing`),
          ...sheets
            .slice(0, -1)
            .filter(({ empty }) => empty > 1 / 4)
            .map(({ text, empty }) => `${Math.round(empty * 100)} % of a sheet is empty: ${text.slice(0, 80)}`),
        ],
        texts,
      )
    }
  })
  for (const name of few ? texts.slice(0, 2) : texts) {
    await t.test(name, async () => {
      const sheets = await print(context, site, name)
      const want = expected.get(name)!
      assert.ok(want.headings.length > 2, `got ${want.headings.length} headings on ${name}, want more`)
      report(
        [
          ...headingFaults(sheets, want),
          ...want.furniture
            .filter((words) => !sheets[0]?.includes(words))
            .map((words) => `not on the first sheet: ${words}`),
        ],
        sheets,
      )
    })
  }
})

/** Rows under no head of their own on the same sheet. */
function headFaults(sheet: string, index: number, { rows, heads }: Expected): string[] {
  const firstRow = Math.min(...rows.map((row) => sheet.indexOf(row)).filter((at) => at >= 0))
  if (firstRow === Infinity) return []
  const firstHead = Math.min(...heads.map((head) => sheet.indexOf(head)).filter((at) => at >= 0))
  return firstHead < firstRow ? [] : [`no head above the first row of sheet ${index + 1}`]
}

/**
 * Headings at the end of a sheet. Between a heading and what follows may stand what is no text of
 * the page: a number, a reading.
 */
function headingFaults(sheets: string[], { headings }: Expected): string[] {
  const together = (sheet: string, heading: string, next: string) => {
    for (let at = sheet.indexOf(heading); at >= 0; at = sheet.indexOf(heading, at + 1)) {
      if (
        sheet
          .slice(at + heading.length)
          .slice(0, 60)
          .includes(next)
      )
        return true
    }
    return false
  }
  return headings
    .filter(([heading, next]) => !sheets.some((sheet) => together(sheet, heading, next)))
    .map(([heading, next]) => `heading parted from what follows: ${heading} | ${next}`)
}

function sheetsWith(sheets: string[], text: string): number[] {
  return sheets.flatMap((sheet, index) => (sheet.includes(text) ? [index] : []))
}

function report(faults: string[], sheets: string[]): void {
  assert.ok(
    faults.length === 0,
    `got ${faults.length} faults, want none:\n${faults.join('\n')}\nthe sheets:\n${sheets.join('\n\n')}`,
  )
}

function firstOf(site: Site, kind: string): string {
  const page = site.pages.find((page) => kindOf(page) === kind)
  assert.ok(page !== undefined, `got no ${kind}, want some`)
  return page
}

/**
 * Of many pages one that has several sheets: the one whose name sorts in the middle is as good as
 * any.
 */
function longestOf(site: Site, kind: string): string {
  const pages = site.pages.filter((page) => kindOf(page) === kind)
  const page = pages[Math.floor(pages.length / 2)]
  assert.ok(page !== undefined, `got no ${kind}, want some`)
  return page
}

/** Prints a page and reads the text of each sheet. */
async function print(context: BrowserContext, site: Site, name: string, form?: string): Promise<string[]> {
  const sheets = await printSheets(context, site, name, async (page) => {
    if (form === 'blank') await page.$eval('.check-list', (list) => list.setAttribute('data-print', 'blank'))
  })
  return sheets.map(({ text }) => text)
}

/** Writes a note of so many lines into a row of a checklist. */
async function writeNote(page: Page, row: number, lines: number): Promise<void> {
  await page.waitForSelector('check-list[data-ready]')
  await page.$$eval(
    '[data-measure] [name="note"]',
    (notes, row, lines) => {
      const note = notes[row] as HTMLTextAreaElement
      note.value = Array.from({ length: lines }, (_, index) => `${index + 1}番目。`).join('\n')
      note.dispatchEvent(new InputEvent('input', { bubbles: true }))
      note.dispatchEvent(new Event('change', { bubbles: true }))
    },
    row,
    lines,
  )
  await page.waitForSelector('.digest__note:not([hidden])')
}

interface Sheet {
  text: string
  /** The part of its height that is empty below the last line; a page number does not count. */
  empty: number
}

async function printSheets(
  context: BrowserContext,
  site: Site,
  name: string,
  prepare: (page: Page) => Promise<void>,
): Promise<Sheet[]> {
  // Apart from what was written before.
  const reader = await anotherReader(context, site)
  const page = await reader.newPage()
  await page.goto(site.root + name)
  await prepare(page)
  const pdf = await getDocumentProxy(new Uint8Array(await page.pdf({ preferCSSPageSize: true })), { verbosity: 0 })
  await reader.close()
  return Promise.all(
    Array.from({ length: pdf.numPages }, async (_, index) => {
      const sheet = await pdf.getPage(index + 1)
      const height = sheet.view[3]!
      const { items } = await sheet.getTextContent()
      const texts = items.flatMap((item) => ('str' in item ? [item] : []))
      const margin = height / 20
      const bottoms = texts
        .filter(({ str }) => str.trim())
        .map(({ transform }) => Number(transform[5]))
        .filter((bottom) => bottom > margin)
      return { text: squeeze(texts.map(({ str }) => str).join('')), empty: Math.min(...bottoms) / height }
    }),
  )
}

/**
 * A text as it can be compared: without spaces, and with one character where a font has one glyph
 * for several, for a PDF knows glyphs only.
 */
function squeeze(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/[‧·•]/g, '・')
    .replace(
      /[⻑⻘⻄⺠⻝⻩]/g,
      (radical) => ({ '⻑': '長', '⻘': '青', '⻄': '西', '⺠': '民', '⻝': '食', '⻩': '黄' })[radical] ?? radical,
    )
}

/** Reads what must hold together from a page that is shown as it is printed. */
async function expectedOn(page: Page): Promise<Expected> {
  const found = await page.evaluate(() => {
    const visible = (element: Element) => element.checkVisibility({ visibilityProperty: true })
    const texts = (root: ParentNode, selector: string) =>
      [...root.querySelectorAll(selector)].filter(visible).map((element) => element.textContent)
    const rows = [...document.querySelectorAll('.row')].map((row) =>
      texts(row, '.rows__number, .rows__category, .row__title, .row__check, .row__exception, .threat').join(''),
    )
    const heads = [...document.querySelectorAll('.rows thead')].map((head) => head.textContent)

    /** The texts of the page in their order, with the element each stands in. */
    const nodes: [string, Element][] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const { textContent, parentElement } = walker.currentNode
      if (
        textContent?.trim() &&
        parentElement &&
        !parentElement.closest('svg, rt, rp, script, template') &&
        visible(parentElement)
      )
        nodes.push([textContent, parentElement])
    }
    const headings = [...document.querySelectorAll('main :is(h2, h3)')]
      .filter(visible)
      .flatMap((heading): [string, string][] => {
        const last = nodes.findLastIndex(([, element]) => heading.contains(element))
        const next = nodes[last + 1]
        if (last < 0 || next === undefined) return []
        const own = nodes.filter(([, element]) => heading.contains(element)).map(([text]) => text)
        return [[own.join(''), next[0].trim().slice(0, 6)]]
      })
    const furniture = [
      ...texts(document, '.header__name, h1:not(:has(ruby)), .form__field dt, .form__field--filled dd'),
    ]
    return { rows, heads, headings, furniture }
  })
  return {
    rows: found.rows.map(squeeze),
    heads: found.heads.map(squeeze),
    headings: found.headings.map(([heading, next]) => [squeeze(heading), squeeze(next)]),
    furniture: found.furniture.map(squeeze).filter((words) => words !== ''),
  }
}
