import { SiteElement } from '../element.ts'

/** A print button. It is hidden until there is script to make it work. */
export class PrintButton extends SiteElement {
  connect(signal: AbortSignal): void {
    this.addEventListener('click', () => window.print(), { signal })
    this.hidden = false
  }
}
