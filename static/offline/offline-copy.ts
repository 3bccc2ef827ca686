// Tells whether the browser keeps a copy of the site, and takes it away or makes it.
import { SiteElement } from '../element.ts'
import { part, setText } from '../parts.ts'
import { erase, isOff, isPossible, registration, savesData, setOff } from './copy.ts'
import type { SiteOffline } from './site-offline.ts'

/**
 * `<offline-copy data-id data-kept data-coming data-none data-failed>` holds a place for what is
 * told, and the buttons `[data-js-keep]` and `[data-js-erase]`.
 */
export class OfflineCopy extends SiteElement {
  async connect(signal: AbortSignal): Promise<void> {
    if (!isPossible()) return this.#show('failed')
    part(this, '[data-js-keep]').addEventListener('click', () => void this.#keep(), { signal })
    part(this, '[data-js-erase]').addEventListener('click', () => void this.#erase(), { signal })
    if ((await registration())?.active) this.#show('kept')
    else if (isOff() || savesData()) this.#show('none')
    else await this.#keep()
  }

  async #keep(): Promise<void> {
    setOff(false)
    this.#show('coming')
    try {
      await document.querySelector<SiteOffline>('site-offline')!.keep()
      // It is ready when all pages are there.
      await navigator.serviceWorker.ready
      this.#show('kept')
    } catch {
      this.#show('failed')
    }
  }

  async #erase(): Promise<void> {
    setOff(true)
    await erase(this.dataset.id ?? '')
    this.#show('none')
    part(this, '[data-js-keep]').focus()
  }

  #show(state: 'kept' | 'coming' | 'none' | 'failed'): void {
    setText(part(this, '[role=status]'), this.dataset[state] ?? '')
    part(this, '[data-js-keep]').hidden = state !== 'none'
    part(this, '[data-js-erase]').hidden = state !== 'kept'
  }
}
