/**
 * The base of the site's custom elements. An element says in `connect` what it does while it stands
 * in the page, and gives `signal` to every listener and to whatever else it starts: the signal is
 * aborted when the element leaves the page.
 */
export abstract class SiteElement extends HTMLElement {
  #connection = new AbortController()

  abstract connect(signal: AbortSignal): void | Promise<void>

  connectedCallback(): void {
    this.#connection = new AbortController()
    void this.connect(this.#connection.signal)
  }

  disconnectedCallback(): void {
    this.#connection.abort()
  }
}
