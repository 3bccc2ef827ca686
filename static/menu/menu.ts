// The menu works without script. Script lets Escape, and a press or focus elsewhere, close it where
// it covers the page.
import { SiteElement } from '../element.ts'
import { part } from '../parts.ts'

export class SiteMenu extends SiteElement {
  connect(signal: AbortSignal): void {
    this.addEventListener(
      'keydown',
      (event) => {
        const details = this.#details()
        if (event.key === 'Escape' && details.open) {
          details.open = false
          details.querySelector('summary')?.focus()
        }
      },
      { signal },
    )
    for (const type of ['pointerdown', 'focusin']) {
      document.addEventListener(
        type,
        (event) => {
          if (event.target instanceof Node && !this.contains(event.target)) this.#details().open = false
        },
        { signal },
      )
    }
  }

  #details(): HTMLDetailsElement {
    return part<HTMLDetailsElement>(this, 'details')
  }
}
