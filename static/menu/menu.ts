// The menu works without script. This lets Escape, and a press or focus
// elsewhere, close it where it lies over the page.
export class SiteMenu extends HTMLElement {
  #listeners = new AbortController()

  connectedCallback(): void {
    this.#listeners = new AbortController()
    const { signal } = this.#listeners
    this.addEventListener('keydown', (event) => {
      const details = this.#details()
      if (event.key === 'Escape' && details.open) {
        details.open = false
        details.querySelector('summary')?.focus()
      }
    }, { signal })
    for (const type of ['pointerdown', 'focusin']) {
      document.addEventListener(type, (event) => {
        if (event.target instanceof Node && !this.contains(event.target)) this.#details().open = false
      }, { signal })
    }
  }

  disconnectedCallback(): void {
    this.#listeners.abort()
  }

  #details(): HTMLDetailsElement {
    const details = this.querySelector('details')
    if (!details) throw new Error('site-menu: no details element in it')
    return details
  }
}
