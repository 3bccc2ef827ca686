// Deletes all answers from this device in one step, which can be taken back until the page is left.
import { Store } from '../store/store.ts'
import { part, setText } from '../parts.ts'
import { putBack } from './preview.ts'

export class EraseAll extends HTMLElement {
  #listeners = new AbortController()

  connectedCallback(): void {
    this.#listeners = new AbortController()
    const { signal } = this.#listeners
    const [erase, erased, undo, message] = [part(this, '[data-js-erase]'), part(this, '[data-js-erased]'), part(this, '[data-js-undo]'), part(this, '[data-js-message]')]
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

  disconnectedCallback(): void {
    this.#listeners.abort()
  }
}
