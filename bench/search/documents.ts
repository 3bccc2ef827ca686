// What other search engines are given of the site: the text of its pages, and each item of a list
// as a document of its own.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { listPages } from '../../e2e/site.ts'

export interface SearchDocument {
  /** Relative to the site's root: measures/backup.html or glossary.html#vpn. */
  address: string
  title: string
  headings: string
  text: string
  /** Title and text as the page has them, with their headings. */
  html: string
}

/**
 * No reader looks for these: what is shown for a missing page, the frame that stores, and the copy
 * of the questions.
 */
const unsearched = ['404.html', 'embed/flow.html', 'hub.html']

/**
 * Reads the site in a folder. The browser's page only parses: nothing of the site is loaded or run.
 */
export async function readDocuments(dir: string, page: Page): Promise<SearchDocument[]> {
  const documents: SearchDocument[] = []
  for (const address of listPages(dir)) {
    if (unsearched.includes(address)) continue
    documents.push(...(await page.evaluate(split, address, await readFile(join(dir, address), 'utf8'))))
  }
  return documents
}

/**
 * The page without its items, and the items. Runs in the browser, so it uses nothing from around
 * it.
 */
function split(address: string, source: string): SearchDocument[] {
  const main = new DOMParser().parseFromString(source, 'text/html').querySelector('main')
  if (main === null) throw new Error(`${address}: no main`)
  // The foot of a page repeats the glossary: it would make every page a hit for its words.
  for (const element of main.querySelectorAll('script, style, svg, template, nav, form, [hidden], .terms'))
    element.remove()
  for (const wbr of main.querySelectorAll('wbr')) wbr.remove()

  const textOf = (element: Element | null) => element?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? ''
  const toDocument = (address: string, element: Element, title: string): SearchDocument => ({
    address,
    title,
    headings: [...element.querySelectorAll('h2, h3, h4')].map(textOf).join('\n'),
    text: textOf(element),
    html: element.innerHTML,
  })

  // Only pages at the top are lists; a checklist's rows have addresses too, but each measure has
  // its own page.
  const items = address.includes('/') ? [] : [...main.querySelectorAll(':is(section, li, tr, div)[id]')]
  const documents = items.map((item) => {
    item.remove()
    const title = item.querySelector('h2, h3, dt, th')
    const document = toDocument(`${address}#${item.id}`, item, textOf(title))
    title?.remove()
    return { ...document, html: `<h1>${title?.innerHTML ?? ''}</h1>${item.innerHTML}` }
  })
  return [toDocument(address, main, textOf(main.querySelector('h1'))), ...documents]
}
