// A button that only a browser with script can keep: it is hidden until then.
export class PrintButton extends HTMLElement {
  #listeners = new AbortController()

  connectedCallback(): void {
    this.#listeners = new AbortController()
    this.addEventListener('click', () => window.print(), { signal: this.#listeners.signal })
    this.hidden = false
  }

  disconnectedCallback(): void {
    this.#listeners.abort()
  }
}
