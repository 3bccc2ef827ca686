// Deletes all answers from this device in one step, which can be undone until the page is left.
import { SiteElement } from '../element.ts'
import { Store } from '../store/store.ts'
import { part, setText } from '../parts.ts'
import { putBack } from './preview.ts'

export class EraseAll extends SiteElement {
  connect(signal: AbortSignal): void {
    const [erase, erased, undo, message] = [
      part(this, '[data-js-erase]'),
      part(this, '[data-js-erased]'),
      part(this, '[data-js-undo]'),
      part(this, '[data-js-message]'),
    ]
    let takeBack = async (): Promise<void> => {}
    erase.addEventListener('click', async () => {
      const store = await Store.open()
      const before = await store.erase()
      takeBack = () => store.replace(putBack(store.saved, before))
      erase.hidden = true
      erased.hidden = false
      setText(message, '')
      erased.focus()
    }, { signal })
    undo.addEventListener('click', async () => {
      await takeBack()
      erased.hidden = true
      erase.hidden = false
      setText(message, message.dataset.restored ?? '')
      erase.focus()
    }, { signal })
  }
}
