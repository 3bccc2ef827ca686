// Deletes all answers from this device once the reader has said so twice, which can be undone until
// the page is left.
import { SiteElement } from '../element.ts'
import { Store } from '../store/store.ts'
import { part, setText } from '../parts.ts'
import { putBack } from './preview.ts'

export class EraseAll extends SiteElement {
  connect(signal: AbortSignal): void {
    const [ask, asked, erased, message] = [
      part(this, '[data-js-ask]'),
      part(this, '[data-js-asked]'),
      part(this, '[data-js-erased]'),
      part(this, '[data-js-message]'),
    ]
    let takeBack = async (): Promise<void> => {}
    /** Shows one of the three, and leads to it. */
    const show = (shown: HTMLElement) => {
      for (const place of [ask, asked, erased]) place.hidden = place !== shown
      setText(message, '')
      shown.focus()
    }
    const on = (selector: string, act: () => void) => part(this, selector).addEventListener('click', act, { signal })
    on('[data-js-ask]', () => show(asked))
    on('[data-js-cancel]', () => show(ask))
    on('[data-js-erase]', async () => {
      const store = await Store.open()
      const before = await store.erase()
      takeBack = () => store.replace(putBack(store.saved, before))
      show(erased)
    })
    on('[data-js-undo]', async () => {
      await takeBack()
      show(ask)
      setText(message, message.dataset.restored ?? '')
    })
  }
}
