// What axe-core finds on a page as it stands.
import type { AxeResults } from 'axe-core'
import axe from 'axe-core'
import type { Page } from 'puppeteer-core'

/**
 * WCAG 2.2 AA and axe's own good practice. axe runs `target-size` only when wcag22aa is asked for.
 */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** The rules that look at colours; a colour scheme changes nothing else. */
const colourRules = ['color-contrast', 'link-in-text-block']

/**
 * One entry for each element that breaks a rule: rule, what it asks, the element, and what axe says
 * of it. Half of the time goes into the colours, which can be asked for alone.
 */
export async function axeFindings(page: Page, colours: 'too' | 'alone' = 'too'): Promise<string[]> {
  // Not addScriptTag, which the site's policy blocks.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const results = (await page.evaluate(
    `axe.run(document, ${JSON.stringify({
      runOnly: colours === 'alone' ? colourRules : tags,
      resultTypes: ['violations'],
      // It would fetch the style sheet, which no page of a folder may; none of the rules asked for
      // needs that.
      preload: false,
    })})`,
  )) as AxeResults
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id}: ${help}\n  at ${target.join(' ')}\n  ${failureSummary?.replaceAll('\n', '\n  ')}`,
    ),
  )
}
