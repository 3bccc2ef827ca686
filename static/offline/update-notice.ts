// The offer of a new version. It is taken when the reader says so, or when no page of the site is
// open any longer.
import { SiteElement } from '../element.ts'
import { part, setText } from '../parts.ts'
import { putOff, registration } from './copy.ts'

/**
 * `<update-notice data-offer data-taken data-reload>` holds a place for the text, and the buttons
 * `[data-js-take]` and `[data-js-later]`.
 */
export class UpdateNotice extends SiteElement {
  async connect(signal: AbortSignal): Promise<void> {
    const { serviceWorker } = navigator
    const take = part<HTMLButtonElement>(this, '[data-js-take]')
    const text = part(this, '[role=status]')
    const { offer = '', taken = '', reload = '' } = this.dataset
    const tellTaken = () => {
      this.hidden = false
      setText(text, taken)
      setText(take, reload)
    }
    let isAsked = false
    take.addEventListener(
      'click',
      async () => {
        isAsked = true
        const waiting = (await registration())?.waiting
        if (waiting) waiting.postMessage('take over')
        else location.reload()
      },
      { signal },
    )
    part(this, '[data-js-later]').addEventListener(
      'click',
      () => {
        putOff()
        this.hidden = true
      },
      { signal },
    )
    // In another tab, what is being written goes on until its reader reloads.
    serviceWorker.addEventListener('controllerchange', () => (isAsked ? location.reload() : tellTaken()), { signal })
    // Read out, as it comes after the place for it. Until then another tab may take the version.
    await new Promise((done) => setTimeout(done, 100))
    if ((await registration())?.waiting) setText(text, offer)
    else tellTaken()
  }
}
