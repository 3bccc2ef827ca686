import { fill } from '../words.ts'
import { judge } from './judge.ts'

/** Says which result the answers lead to, as soon as they do. Without script, readers count themselves. */
export class SelfTest extends HTMLElement {
  #listeners = new AbortController()

  connectedCallback(): void {
    this.#listeners = new AbortController()
    const { signal } = this.#listeners
    this.addEventListener('change', () => this.#show(), { signal })
    // The answers are still there while the event is on its way.
    this.addEventListener('reset', () => setTimeout(() => this.#show()), { signal })
    // Browsers bring back what was chosen.
    addEventListener('pageshow', () => this.#show(), { signal })
    this.#show()
  }

  disconnectedCallback(): void {
    this.#listeners.abort()
  }

  #show(): void {
    const said = this.querySelector('[role="status"]')
    if (!said) throw new Error('self-test: no [role="status"] in it')
    const answers = Array.from(this.querySelectorAll('fieldset'), (statement) => {
      const value = statement.querySelector<HTMLInputElement>(':checked')?.value
      return value === undefined ? undefined : value === 'yes'
    })
    const results = [...this.querySelectorAll<HTMLElement>('[data-js-from]')]
    const result = judge(answers, results.map(({ dataset }) => Number(dataset.jsFrom)))
    results.forEach((part, index) => part.toggleAttribute('data-current', index === result))
    const left = answers.filter((answer) => answer === undefined).length
    said.textContent = result !== undefined
      ? fill(this.dataset.result!, { result: results[result]!.querySelector('[data-js-title]')!.textContent })
      : left < answers.length ? fill(this.dataset.left!, { count: left }) : ''
  }
}
