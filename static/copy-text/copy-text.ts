import { copyFrom } from '../clipboard.ts'
import { SiteElement } from '../element.ts'
import { part } from '../parts.ts'

/** `<copy-text>` copies the text in `[data-js-text]`, and says whether it could. */
export class CopyText extends SiteElement {
  connect(signal: AbortSignal): void {
    const button = part(this, '[data-js-copy]')
    button.addEventListener('click', () => void this.#copy(), { signal })
    button.hidden = false
  }

  async #copy(): Promise<void> {
    const said = part(this, '[role="status"]')
    // Emptied first, so that the same words are announced again.
    said.textContent = ''
    const copied = await copyFrom(part(this, '[data-js-text]'))
    said.textContent = (copied ? this.dataset.copied : this.dataset.failed) ?? ''
  }
}
