// What a page does wrong for readers who enlarge it, use the keyboard, space the text or choose the
// colours themselves.
import type { Page } from 'puppeteer-core'
import { axeFindings } from './axe.ts'

/**
 * What axe finds on a page as it stands, and what lies beside it: on a phone and on a desk, by day and
 * by night, with the view in which it was found. Only Chromium can be asked for a colour scheme.
 */
export async function viewFindings(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const width of [320, 1280]) {
    await page.setViewport({ width, height: 900 })
    for (const scheme of ['light', 'dark']) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
      const findings = await axeFindings(page, scheme === 'dark' ? 'alone' : 'too')
      if (scheme === 'light') findings.push(...(await sidewaysFindings(page)))
      found.push(...findings.map((finding) => `${width} ${scheme}: ${finding}`))
    }
  }
  return found
}

/** Says what makes the page wider than the window, if it is. */
export function sidewaysFindings(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const tooWide = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > clientWidth,
    )
    const examples = tooWide.slice(0, 3).map((element) => element.outerHTML.slice(0, 120))
    const widths = `got scrollWidth ${scrollWidth}, want ${clientWidth} at most`
    return [`scrolls sideways: ${widths}, because of\n  ${examples.join('\n  ')}`]
  })
}

/**
 * Says of each element that can have the focus whether the reader sees that it has it (WCAG 2.4.7)
 * and whether anything lies over it (WCAG 2.4.11), going forwards and backwards through the page.
 * Of many that look the same it tries a few.
 */
export function focusFindings(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const name = (element: Element) => element.outerHTML.replace(/\s+/g, ' ').slice(0, 120)
    const findings = new Set<string>()
    const all = [
      ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex="0"]'),
    ].filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled'))
    const alike = Map.groupBy(all, (element) =>
      [element.tagName, element.className, element.parentElement?.tagName, element.parentElement?.className].join(),
    )
    const few = [...alike.values()].flatMap((same) =>
      same.filter((_, index) => index % Math.ceil(same.length / 8) === 0),
    )
    const stops = all.filter((element) => few.includes(element))
    const isMarked = (element: Element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2
    }
    for (const element of [...stops, ...stops.toReversed()]) {
      element.focus({ focusVisible: true } as FocusOptions)
      if (document.activeElement !== element) continue // a radio button of a group can refuse
      // A hidden control may be marked on what is drawn for it.
      const marked = [element, element.parentElement, element.closest('label')].some(
        (drawn) => drawn !== null && isMarked(drawn),
      )
      if (!marked) findings.add(`focus not seen: ${name(element)}`)

      const rect = element.getClientRects()[0]
      if (rect === undefined) continue
      const [top, bottom] = [Math.max(rect.top, 0), Math.min(rect.bottom, innerHeight)]
      for (const [x, y] of [
        [rect.left + rect.width / 2, (top + bottom) / 2],
        [rect.left + 2, top + 2],
        [rect.right - 2, bottom - 2],
      ] as const) {
        const over = document.elementFromPoint(x, y)
        let layer = over
        while (layer && !/fixed|sticky/.test(getComputedStyle(layer).position)) layer = layer.parentElement
        // What is in the element itself does not cover it.
        const lies =
          over === null
            ? 'outside the window'
            : layer && !layer.contains(element) && !element.contains(layer)
              ? `under ${name(layer)}`
              : ''
        if (lies) findings.add(`focus covered: ${name(element)} lies ${lies}`)
      }
    }
    scrollTo(0, 0)
    return [...findings]
  })
}

/** What is lost when the reader's own few colours replace the page's. */
export async function forcedColourFindings(page: Page): Promise<string[]> {
  const session = await page.createCDPSession()
  await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] })
  const findings = await axeFindings(page, 'alone')
  findings.push(
    ...(await page.evaluate(() => {
      const name = (element: Element) => element.outerHTML.replace(/\s+/g, ' ').slice(0, 120)
      const found: string[] = []
      const canvas = getComputedStyle(document.body).backgroundColor
      // Whether a choice is made, is told by more than the colour behind it, which is taken away.
      for (const input of document.querySelectorAll<HTMLInputElement>('label input:checked')) {
        const label = input.closest('label')!
        const other = label.parentElement?.querySelector('label:not(:has(:checked))')
        const look = (element: Element) =>
          ['borderWidth', 'borderStyle', 'borderColor', 'outline']
            .map((property) => getComputedStyle(element)[property as 'outline'])
            .join()
        if (getComputedStyle(input).opacity === '0' && other && look(label) === look(other))
          found.push(`a choice that is not seen: ${name(label)}`)
      }
      for (const shape of document.querySelectorAll('svg:not(.icon) rect, progress')) {
        if (
          shape.checkVisibility() &&
          getComputedStyle(shape).fill === canvas &&
          getComputedStyle(shape).stroke === 'none'
        )
          found.push(`a drawing that is not seen: ${name(shape)}`)
      }
      for (const button of document.querySelectorAll('.button')) {
        const { borderTopWidth, textDecorationLine } = getComputedStyle(button)
        if (parseFloat(borderTopWidth) < 1 && textDecorationLine === 'none')
          found.push(`a button without a border: ${name(button)}`)
      }
      return found
    })),
  )
  await session.send('Emulation.setEmulatedMedia', { features: [] })
  await session.detach()
  return findings.map((finding) => `forced colours: ${finding}`)
}

/**
 * What is cut off or scrolls sideways when the reader spaces the text as WCAG 1.4.12 lets them.
 * Leaves the text spaced.
 */
export async function spacedTextFindings(page: Page): Promise<string[]> {
  const cut = await page.evaluate(() => {
    const spaced = new CSSStyleSheet()
    spaced.replaceSync(`
      * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
      p { margin-block-end: 2em !important }
    `)
    document.adoptedStyleSheets.push(spaced)
    return [...document.body.querySelectorAll<HTMLElement>('*')]
      .filter((element) => {
        const { overflowX, overflowY, clipPath, webkitLineClamp } = getComputedStyle(element)
        // What is said and not shown is clipped on purpose; so is a note that ends in an ellipsis.
        if (
          clipPath !== 'none' ||
          webkitLineClamp !== 'none' ||
          !element.checkVisibility() ||
          element.textContent.trim() === ''
        )
          return false
        return (
          (/hidden|clip/.test(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
          (/hidden|clip/.test(overflowY) && element.scrollHeight > element.clientHeight + 1)
        )
      })
      .map((element) => `text cut off: ${element.outerHTML.replace(/\s+/g, ' ').slice(0, 120)}`)
  })
  return [...cut, ...(await sidewaysFindings(page))]
}
