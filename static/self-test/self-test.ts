import { SiteElement } from '../element.ts'
import { part } from '../parts.ts'
import { fill } from '../words.ts'
import { judge } from './judge.ts'

/**
 * Shows which result the answers lead to, as soon as that is certain. Without script, readers count
 * for themselves.
 */
export class SelfTest extends SiteElement {
  connect(signal: AbortSignal): void {
    this.addEventListener('change', () => this.#show(), { signal })
    // The event comes before the answers are reset.
    this.addEventListener('reset', () => setTimeout(() => this.#show()), { signal })
    // Browsers restore what was chosen.
    addEventListener('pageshow', () => this.#show(), { signal })
    this.#show()
  }

  #show(): void {
    const said = part(this, '[role="status"]')
    const answers = Array.from(this.querySelectorAll('fieldset'), (statement) => {
      const value = statement.querySelector<HTMLInputElement>(':checked')?.value
      return value === undefined ? undefined : value === 'yes'
    })
    const results = [...this.querySelectorAll<HTMLElement>('[data-js-from]')]
    const result = judge(
      answers,
      results.map(({ dataset }) => Number(dataset.jsFrom)),
    )
    for (const [index, element] of results.entries()) element.toggleAttribute('data-current', index === result)
    const left = answers.filter((answer) => answer === undefined).length
    said.textContent =
      result !== undefined
        ? fill(this.dataset.result!, { result: part(results[result]!, '[data-js-title]').textContent })
        : left < answers.length
          ? fill(this.dataset.left!, { count: left })
          : ''
  }
}
